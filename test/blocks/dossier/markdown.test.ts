import { describe, expect, it } from 'vitest';
import { bullet, escapeMarkdown, heading, line, nested } from '../../../blocks/dossier/markdown.ts';

/** Text that a Markdown reader shows for escaped text. */
const read = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('what people typed stays text', () => {
  it.each([
    '[click](https://evil.example)',
    '<img src=x onerror=alert(1)>',
    '# heading',
    '1. item',
    '**bold** _it_ ~~gone~~ `code` | cell | $x^2$ &amp; \\',
    '===',
    '- [x] done',
  ])('%s', (text) => {
    const escaped = escapeMarkdown(text);
    expect(read(escaped)).toBe(text);
    expect(escaped).not.toMatch(/(^|[^\\])[[\]()#*_~`|$=!.:-]/u);
    expect(escaped).not.toMatch(/[<>]/u);
  });

  it('on one line, whatever line breaks it has', () => {
    expect(escapeMarkdown('one\r\ntwo\rthree\n\n  # four')).toBe('one / two / three / \\# four');
    expect(escapeMarkdown('    code')).toBe('code');
    expect(escapeMarkdown('a\tb')).toBe('a b');
    expect(escapeMarkdown(`a${' '.repeat(40_000)}b`)).toHaveLength(40_002);
  });

  it('with everything that hides or reorders shown', () => {
    expect(read(escapeMarkdown('a\u202Eb\u200Bc\u00ADd\u{E0041}e\u3164f\u0007'))).toBe(
      'a[U+202E]b[U+200B]c[U+00AD]d[U+E0041]e[U+3164]f[U+0007]',
    );
    expect(escapeMarkdown('❤\uFE0F')).toBe('❤\uFE0F');
    expect(read(escapeMarkdown('a\uFE0F'))).toBe('a[U+FE0F]');
  });

  it('in headings, lines and nested lines', () => {
    expect(heading(2, 'a # b')).toBe('## a \\# b\n');
    expect(nested([line('- x'), bullet('a*', 'b\n# c')])).toEqual(['  - \\- x', '  - **a\\*:** b / \\# c']);
  });
});
