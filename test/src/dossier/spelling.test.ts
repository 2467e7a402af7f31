import { describe, expect, it } from 'vitest';
import { fontDraws } from '../../../src/dossier/fonts.ts';
import { createSpelling, spelledWords } from '../../../src/dossier/spelling.ts';

const spelled = (text: string): { text: string; scripts: readonly string[] } => {
  const spelling = createSpelling(fontDraws);
  return { text: spelling.spell(text), scripts: spelling.scripts() };
};

describe('what the font draws stays as it is', () => {
  it.each([
    'Größe, façade, Łódź, Ærø, Ğ ı, œ, ½ € £ – “x” …',
    'Nguyễn Thị Phương, Đà Nẵng',
    'Нордветтер, Київ, Ђорђе, Қазақстан',
    'Ελληνική Δημοκρατία',
    'a → b',
  ])('%s', (text) => {
    expect(spelled(text)).toEqual({ text, scripts: [] });
  });

  it('letters and their accents as one', () => {
    expect(spelled('Cafe\u0301').text).toBe('Café');
  });
});

describe('what it has no letters for is spelled, and said', () => {
  it.each([
    ['北京市公安局', '‹BeiJingShiGongAnJu›', ['Chinese characters']],
    ['Bureau (北京) of', 'Bureau (‹BeiJing›) of', ['Chinese characters']],
    ['وزارة الداخلية', '‹wzrh ldkhlyh›', ['Arabic']],
    ['משרד', '‹msrd›', ['Hebrew']],
    ['한국', '‹HanGug›', ['Korean']],
    ['x 😀 y', 'x ‹:grinning:› y', ['signs']],
    ['A 北京 公安 B', 'A ‹BeiJing GongAn› B', ['Chinese characters']],
  ])('%s', (text, expected, scripts) => {
    expect(spelled(text)).toEqual({ text: expected, scripts });
  });

  it('what no one can spell shows as its code point', () => {
    expect(spelled('a\u{F0000}b').text).toBe('a‹[U+F0000]›b');
  });

  it('in words', () => {
    expect(spelledWords([])).toBeUndefined();
    expect(spelledWords(['Arabic', 'Thai'])).toContain('(Arabic, Thai)');
  });
});
