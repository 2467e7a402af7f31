/** How a form that is too long for a chat is made to fit: its longest texts are cut, so that no part of it falls off its end. */

import type { FormBlock } from './card.ts';

/** What one text and one list may take, in the chat's own measure (letters, or bytes of JSON) and in items. */
export interface Fit {
  text: number;
  /** Items of a list that yields first. */
  first: number;
  /** Items of any other list, except one that never yields. */
  items: number;
}

const NO_END = Number.POSITIVE_INFINITY;
/** The longest text of a form. */
const LONGEST = 9000;
/** About 40 letters of three bytes: a question of the policy is never cut at it. */
const SHORT = 160;
const SHORTEST = 60;
/** Of a list that yields. */
const FEW = 2;
const MOST_ITEMS = 15;

const texts = (from: number, to: number): number[] =>
  from <= to ? [to] : [from, ...texts(Math.floor(from * 0.85), to)];

const WHOLE: Fit = { text: NO_END, first: NO_END, items: NO_END };
/** From the roomiest to the tightest: texts first, lists that yield, texts again, and the other lists last. */
const TIGHTER: readonly Fit[] = [
  ...texts(LONGEST, SHORT).map((text) => ({ ...WHOLE, text })),
  ...texts(SHORT, SHORTEST).map((text) => ({ text, first: FEW, items: NO_END })),
  ...Array.from({ length: MOST_ITEMS }, (_, i) => ({ text: SHORTEST, first: FEW, items: MOST_ITEMS - i })),
];

/** Returns the roomiest that fits, or the tightest: each takes less than the one before it. */
export const roomiest = (fits: (fit: Fit) => boolean): Fit => {
  if (fits(WHOLE)) return WHOLE;
  let [from, to] = [0, TIGHTER.length - 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (fits(TIGHTER[middle] ?? WHOLE)) to = middle;
    else from = middle + 1;
  }
  return TIGHTER[to] ?? WHOLE;
};

/** Lines of one text, each of which is a paragraph of its own. */
const MOST_LINES = 3;

/** Cuts a text to so much of the chat's measure. */
type Clip = (text: string, most: number) => string;

const cut = (text: string, most: number, clip: Clip): string => {
  const kept = clip(text, most).split('\n').slice(0, MOST_LINES).join('\n').replace(/…$/u, '').trimEnd();
  return kept.length >= text.trimEnd().length ? text : `${kept}… (${text.length - kept.length} more characters)`;
};

/** Quotation marks hold what somebody typed, and nothing typed can close them (`quoted`): what stands around them stays. */
const PIECES = /“[^”]*”|[^“]+|“/gu;

const cutPiece = (piece: string, most: number, clip: Clip): string =>
  piece.startsWith('“') && piece.endsWith('”') ? `“${cut(piece.slice(1, -1), most, clip)}”` : cut(piece, most, clip);

/** Cuts what is longer in a text. */
export const shortenedText = (text: string, most: number, clip: Clip): string =>
  most === NO_END ? text : (text.match(PIECES) ?? []).map((piece) => cutPiece(piece, most, clip)).join('');

/** Tells whether an address has room: whoever looks for a longer one finds it in the dossier. */
export const hasRoom = (url: string, { text }: Pick<Fit, 'text'>): boolean => url.length <= text;

/** How many items of this list are drawn. */
export const itemsOf = (block: Extract<FormBlock, { kind: 'list' }>, { first, items }: Fit): number => {
  if (block.yields === 'never') return NO_END;
  return block.yields === 'first' ? Math.min(first, items) : items;
};
