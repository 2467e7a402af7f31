/** The shape of what is typed to find deals: filters such as `tier:high`, and free words beside them. */

import { hasLetters } from './flag-phrases.ts';

export const FILTERS = [
  'country',
  'product',
  'tier',
  'flag',
  'kind',
  'owner',
  'status',
  'waiting',
  'overdue',
  'hold',
  'scope',
  'since',
  'until',
  'year',
  'sort',
] as const;
export type Filter = (typeof FILTERS)[number];

/** Fits a deal that fits any of its values. */
export interface Clause {
  /** As it was typed, in small letters: whether there is such a filter is for the reader to say. */
  filter: string;
  values: readonly string[];
}

export interface Clauses {
  /** In the order in which they were typed. */
  clauses: readonly Clause[];
  /** What stands beside them. */
  words: readonly string[];
  /** Texts in quotation marks that stand beside them, without the marks. */
  quoted: readonly string[];
}

const QUOTES = '"“”„«»';
/** A quoted text, or letters without a space; phones write marks of their own, and Chinese keyboards a wide colon. */
const PIECE = new RegExp(`(?:[${QUOTES}][^${QUOTES}]*[${QUOTES}]|[^\\s${QUOTES}]|[${QUOTES}])+`, 'gu');
const NAMED = /^(\p{L}[\p{L}_-]{1,20})[:：]([^]*)$/u;
const isQuoted = (piece: string): boolean => QUOTES.includes(piece.charAt(0)) && piece.length > 2;
const bare = (text: string): string => text.replace(new RegExp(`[${QUOTES}]`, 'gu'), ' ').trim();

/** Splits at commas that stand in no quotation marks. */
const valuesIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(`(?:[${QUOTES}][^${QUOTES}]*[${QUOTES}]|[^,;])+`, 'gu'))]
    .map(([value]) => bare(value))
    .filter((value) => value !== '');

const isSaid = (text: string): boolean => text !== '';

const endsOpen = (text: string): boolean => /(?:^|,)$/u.test(text.trim());

export const clausesIn = (text: string): Clauses => {
  const clauses: Clause[] = [];
  const words: string[] = [];
  const quoted: string[] = [];
  const pieces = [...text.matchAll(PIECE)].map(([piece]) => piece);
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] ?? '';
    const [, filter, first] = isQuoted(piece) ? [] : (NAMED.exec(piece) ?? []);
    if (filter === undefined || first === undefined) {
      if (isQuoted(piece)) quoted.push(bare(piece));
      else words.push(bare(piece));
      continue;
    }
    // `tier: high` and `tier:high, low` are meant as one.
    let value = first;
    for (let next = pieces[at + 1]; endsOpen(value) && next !== undefined && !NAMED.test(next); next = pieces[at + 1]) {
      value += next;
      at += 1;
    }
    clauses.push({ filter: filter.toLowerCase(), values: valuesIn(value) });
  }
  const meant = words.filter(hasLetters);
  // Signs alone find nothing.
  const isNothing = meant.length === 0 && clauses.length === 0 && quoted.length === 0;
  return { clauses, words: isNothing ? words.filter(isSaid) : meant, quoted: quoted.filter(isSaid) };
};

const written = (value: string): string => (/[\s,;:：]/u.test(value) ? `"${value}"` : value);

/** Writes a filter as it is typed. Marks inside a value become spaces. */
export const clauseText = (filter: Filter, values: readonly string[]): string => {
  const said = values.map(bare).filter((value) => value !== '');
  return said.length === 0 ? '' : `${filter}:${said.map(written).join(',')}`;
};
