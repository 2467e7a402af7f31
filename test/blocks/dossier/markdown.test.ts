import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import {
  bullet,
  heading,
  line,
  nested,
  plainText,
  table,
  verbatim,
  type DossierPart,
} from '../../../blocks/dossier/parts.ts';

/** HTML as a strict reader of CommonMark and GitHub's dialect makes it; raw HTML would be kept. */
const html = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

const text = (made: string): string =>
  made
    .replace(/<[^>]*>/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const tags = (made: string): string[] => made.match(/<[a-z][^>]*>/gu) ?? [];

const lineOf = (typed: string): string => markdownOf([line(typed)]).trim();

describe('what people typed stays text', () => {
  const TRAPS = [
    '[click](https://evil.example)',
    '[click][1]',
    '[1]: https://evil.example "x"',
    '![x](https://evil.example/x.png)',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example> https://evil.example www.evil.example',
    '# heading',
    '1. item',
    '2) item',
    '- item',
    '+ item',
    '* * *',
    '---',
    '> quote',
    '```js',
    '~~~',
    '**bold** _it_ ~~gone~~ ~gone~ `code` __b__ *i* &amp; &#35; \\',
    '===',
    '- [x] done',
    '[x] done',
    'a[^1]',
    '[^1]: note',
    '| a | b |',
    'closing ##',
    'C:\\temp\\_x\\*y \\',
  ];
  const at: [string, (typed: string) => DossierPart[], string[]][] = [
    ['a line', (typed) => [line(typed)], ['<ul>', '<li>']],
    ['a label', (typed) => [bullet(typed, 'v')], ['<ul>', '<li>', '<strong>']],
    ['a value', (typed) => [bullet('l', typed)], ['<ul>', '<li>', '<strong>']],
    ['a heading', (typed) => [heading(2, typed)], ['<h2>']],
    ['a nested line', (typed) => [line('l'), ...nested([line(typed)])], ['<ul>', '<li>', '<ul>', '<li>']],
    [
      'a cell',
      (typed) => [
        table(
          [
            ['h', 'i'],
            [typed, 'v'],
          ],
          { row: 0, column: 0 },
        ),
      ],
      [],
    ],
  ];

  it.each(at.flatMap(([where, ...rest]) => TRAPS.map((typed) => [where, typed, ...rest] as const)))(
    'in %s: %s',
    (_, typed, parts, expected) => {
      const made = html(markdownOf(parts(typed)));
      expect(text(made)).toContain(plainText(typed));
      if (expected.length > 0) expect(tags(made)).toEqual(expected);
      expect(tags(made).join('')).not.toMatch(/<(?:a|img|em|del|code|input|h1|hr|blockquote)\b/u);
    },
  );

  it.each(at)('in %s, whatever it is', (_, parts, expected) => {
    const mark = fc.constantFrom(...'[](){}<>*_~`#+-.!|:\\&;=^$@ 1axé\u4e2d'.split(''));
    const typed = fc
      .array(fc.oneof(mark, fc.constantFrom('](', 'https://', 'www.', '<b>', '&lt;', '**', '~~', '1. ', '    ')), {
        maxLength: 14,
      })
      .map((all) => all.join(''))
      .filter((all) => plainText(all) !== '');
    fc.assert(
      fc.property(typed, (one) => {
        // An address in running text is a link in GitHub's dialect, whatever is escaped in it.
        fc.pre(!/@/u.test(one));
        const made = html(markdownOf(parts(one)));
        expect(text(made).replace(/\s+/gu, ' ')).toContain(plainText(one).replace(/\s+/gu, ' '));
        if (expected.length > 0) expect(tags(made)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('on one line, whatever line breaks it has', () => {
    expect(plainText('one\r\ntwo\rthree\n\n  # four')).toBe('one / two / three / # four');
    expect(plainText('    code')).toBe('code');
    expect(plainText('a\tb')).toBe('a b');
    expect(lineOf(`a${' '.repeat(40_000)}b`)).toHaveLength(40_004);
  });

  it('with everything that hides or reorders shown', () => {
    expect(plainText('a\u202Eb\u200Bc\u00ADd\u{E0041}e\u3164f\u0007')).toBe(
      'a[U+202E]b[U+200B]c[U+00AD]d[U+E0041]e[U+3164]f[U+0007]',
    );
    expect(plainText('❤\uFE0F')).toBe('❤\uFE0F');
    expect(plainText('a\uFE0F')).toBe('a[U+FE0F]');
  });
});

describe('only what would be misread is escaped', () => {
  it.each([
    'It was lost. (Sample Rep, 12 March 2027, 09:04:05 UTC): yes!',
    'export.pdf, snake_case, 2 * 3 = 6, a < b > c, R&D, #4, $5 million and $6, ~5, [sic], x-y, C:\\temp',
    'https, and 10:30; “quoted” {braces} ^up^ @ home',
    'Is there no independent oversight of it (G4, RF 3)?',
  ])('%s', (typed) => {
    expect(lineOf(typed)).toBe(`- ${typed}`);
    expect(markdownOf([bullet('What it is', typed)]).trim()).toBe(`- **What it is:** ${typed}`);
    expect(markdownOf([heading(3, typed)]).trim()).toBe(`### ${typed}`);
  });

  it('a link that is typed is not live', () => {
    expect(lineOf('see https://evil.example')).toBe('- see https\\://evil.example');
  });
});

it('writes headings, lists, tables and texts as they are', () => {
  const parts = [
    heading(1, 'One'),
    line('a'),
    ...nested([bullet('b', 'c'), ...nested([line('d')])]),
    heading(2, 'Two'),
    table(
      [
        ['', 'x|y'],
        ['r', '1'],
      ],
      { row: 0, column: 1 },
    ),
    verbatim('p\nq'),
  ];
  expect(markdownOf(parts)).toBe(
    [
      '# One',
      '',
      '- a',
      '  - **b:** c',
      '    - d',
      '',
      '## Two',
      '',
      '|  | x\\|y |',
      '| --- | --- |',
      '| r | **1** |',
      '',
      '```text',
      'p',
      'q',
      '```',
      '',
    ].join('\n'),
  );
});
