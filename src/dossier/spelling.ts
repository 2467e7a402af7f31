/** Texts as the shipped font can draw them: what it has no letters for is spelled in Latin ones, between ‹ and ›. */

import anyAscii from 'any-ascii';
import type { DossierPart } from '../../blocks/dossier/parts.ts';

/** Names of the scripts that people write to us in most; any other is "another script". */
const SCRIPTS: readonly [RegExp, string][] = [
  [/\p{Script=Arabic}/u, 'Arabic'],
  [/\p{Script=Han}/u, 'Chinese characters'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Japanese'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Thai}/u, 'Thai'],
  [/\p{Script=Devanagari}/u, 'Devanagari'],
  [/\p{Script=Bengali}/u, 'Bengali'],
  [/\p{Script=Tamil}/u, 'Tamil'],
  [/\p{Script=Georgian}/u, 'Georgian'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Ethiopic}/u, 'Ethiopic'],
  [/\p{Script=Khmer}/u, 'Khmer'],
  [/\p{Script=Lao}/u, 'Lao'],
  [/\p{Script=Myanmar}/u, 'Burmese'],
];
const OTHER = 'another script';
/** Emoji and other signs are no script. */
const SIGNS = 'signs';

const scriptOf = (run: string): string =>
  SCRIPTS.find(([pattern]) => pattern.test(run))?.[1] ?? (/\p{L}/u.test(run) ? OTHER : SIGNS);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const codePoints = (text: string): string =>
  [...text].map((char) => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`).join('');

export interface Spelling {
  /** Returns the text with nothing in it that can't be drawn. */
  spell(text: string): string;
  /** The scripts that had to be spelled so far. */
  scripts(): readonly string[];
}

/** `draws`: tells whether the font has a letter for a code point. */
export const createSpelling = (draws: (codePoint: number) => boolean): Spelling => {
  const found = new Set<string>();
  const drawn = (cluster: string): boolean => [...cluster].every((char) => draws(char.codePointAt(0) ?? 0));

  const spelled = (run: string): string => {
    found.add(scriptOf(run));
    const text = anyAscii(run).trim();
    return `‹${text === '' ? codePoints(run) : text}›`;
  };

  const spell = (text: string): string => {
    const parts: string[] = [];
    let run = '';
    // Spaces between two foreign words belong to both: one pair of marks is enough for a name.
    let gap = '';
    for (const { segment } of graphemes.segment(text.normalize('NFC'))) {
      if (!drawn(segment)) {
        run += run === '' ? segment : gap + segment;
        if (run === segment) parts.push(gap);
        gap = '';
      } else if (run !== '' && /^\s$/u.test(segment)) {
        gap += segment;
      } else {
        if (run !== '') parts.push(spelled(run));
        parts.push(gap, segment);
        [run, gap] = ['', ''];
      }
    }
    if (run !== '') parts.push(spelled(run));
    return parts.join('') + gap;
  };

  return { spell, scripts: () => [...found] };
};

export const spellPart = (part: DossierPart, spell: (text: string) => string): DossierPart => {
  switch (part.kind) {
    case 'heading':
    case 'paragraph':
      return { ...part, text: spell(part.text) };
    case 'line':
      return { ...part, text: spell(part.text), ...(part.label === undefined ? {} : { label: spell(part.label) }) };
    case 'table':
      return { ...part, rows: part.rows.map((cells) => cells.map(spell)) };
    case 'verbatim':
      return { ...part, text: part.text.split('\n').map(spell).join('\n') };
    default: {
      const never: never = part;
      return never;
    }
  }
};

/** Says which scripts are spelled; undefined where none is. */
export const spelledWords = (
  scripts: readonly string[],
  original = 'The record and its Markdown page have it',
): string | undefined =>
  scripts.length === 0
    ? undefined
    : `What stands between ‹ and › was written in letters that this page does not draw (${scripts.join(', ')}), and is spelled in Latin ones. ${original} as it was written.`;
