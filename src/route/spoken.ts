/** Reads what somebody typed: its first word, and the ways in which people ask for a list. */

/** Ways to ask for one's own deals. */
const MINE = new Set([
  'mine',
  'list',
  'deals',
  'my deals',
  'my list',
  'list my deals',
  'list deals',
  'show my deals',
  'where are my deals',
  'where is my deal',
  'what are my deals',
]);

/** Small letters, single spaces, no full stop or question mark at the end. */
const said = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .split(/\s+/u)
    .join(' ')
    .replace(/[\s?!.…]{1,20}$/u, '');

export interface Spoken {
  /** The first word. */
  verb: string;
  /** The list that was asked for, whatever the words. */
  list?: 'mine' | undefined;
}

export const spoken = (words: string): Spoken => {
  const text = said(words);
  const [verb = ''] = text.split(' ');
  return MINE.has(text) ? { verb, list: 'mine' } : { verb };
};
