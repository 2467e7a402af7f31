import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, split } from '../../../blocks/limits.ts';
import { escapeMrkdwn, plain, plainLine } from '../../../blocks/text.ts';

describe('plain', () => {
  it.each([
    ['a bidi override', 'invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['isolates and marks', '\u2066a\u2069\u200Eb\u061C', 'ab'],
    ['zero-width characters', 'a\u200Bd\u2060m\uFEFFin\u00AD', 'admin'],
    ['hidden tags', 'hi\u{E0041}\u{E0042}', 'hi'],
    ['a blank letter', '\u3164\u115F', ''],
    ['control characters', 'a\u0000b\u001B[31mc\u0085d', 'ab[31mc d'],
    ['line ends', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    // A field of one line takes them, and a name would make a line of its own.
    ['separators of lines', 'a\u2028b\u2029c\u0085d', 'a b c d'],
    ['half a character', 'a\uD83Db', 'a\uFFFDb'],
  ])('takes out %s', (_, typed, shown) => {
    expect(plain(typed)).toBe(shown);
  });

  it.each(['👩‍👩‍👧', '🏳️‍🌈', '👍🏽', '❤️', 'می‌خواهم', 'क्‍ष', 'עברית 123', 'العربية', 'naïve', 'e\u0301'])(
    'leaves %s as it is',
    (text) => {
      expect(plain(text)).toBe(text);
    },
  );

  it('takes out a joiner that joins nothing', () => {
    expect(plain('ad\u200Dmin a\u200Cb')).toBe('admin ab');
  });

  it('is done after one pass', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (s) => plain(plain(s)) === plain(s)));
    expect(plainLine('  a \n\t b ')).toBe('a b');
  });
});

describe('clip and split', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }).map(plain),
  );
  const broken = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

  it('never break a surrogate pair, keep the limit and lose nothing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (s, max) => {
        const clipped = clip(s, max);
        expect(clipped.length).toBeLessThanOrEqual(max);
        expect(clipped).not.toMatch(broken);
        if (s.length > max) expect(clipped.endsWith('…')).toBe(true);
        const pieces = split(s, max);
        expect(pieces.join('')).toBe(s);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(max);
          expect(piece).not.toMatch(broken);
          expect(piece).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leave what fits', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    expect(split('one two three', 8)).toEqual(['one two ', 'three']);
  });
});

it('escapes what Slack reads as markup', () => {
  expect(escapeMrkdwn('<!here> & <@U1>')).toBe('&lt;!here&gt; &amp; &lt;@U1&gt;');
});
