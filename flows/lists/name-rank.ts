/** Which names fit best what was looked for. */

import { readerIn } from '../deal/rights/readers.ts';
import { fold } from '../fold.ts';
import type { DealId, PersonId } from '../ids.ts';
import { isSlip } from '../nearest.ts';
import { namesSay, needleOf, needlesIn, SPACE, spaced, type Needle, type Searchable } from './search.ts';
import { firstOf, orderOf, type Sort } from './sort.ts';
import type { DealSummary } from './summary.ts';
import type { Today } from './waits.ts';

/** How well names fit: 0 the whole name of the end-user or the customer, 1 whole words of them, 2 beginnings, 3 not at all. */
type NameRank = 0 | 1 | 2 | 3;

const standsWhole = (names: string, needle: string): boolean => {
  for (let at = names.indexOf(needle); at >= 0; at = names.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if (end === names.length || names.charCodeAt(end) === SPACE) return true;
  }
  return false;
};

/** Ranks a deal by the words that stand in its names, whatever else the others fit. */
export const nameRank = (texts: readonly (readonly Needle[])[]): ((deal: Searchable) => NameRank) => {
  const words = texts
    .filter((needles) => needles.length > 0)
    .map((needles) => ({ needles, text: needles.map(({ text }) => text).join('') }));
  return (deal) => {
    const { names, summary } = deal;
    let called = '';
    let whole = true;
    for (const { needles, text } of words) {
      if (!needles.every((needle) => namesSay(deal, needle))) continue;
      called += text;
      whole &&= needles.every((needle) => standsWhole(names, needle.text));
    }
    if (called === '') return 3;
    // Names are folded anew for the few where that can be.
    const isCalled = (name: string): boolean => spaced(name) === called;
    if (names.endsWith(called) && isCalled(summary.customer)) return 0;
    if (names.startsWith(called) && isCalled(summary.endUser.name)) return 0;
    return whole ? 1 : 2;
  };
};

/** Returns the first of them: those whose names fit best, and among them as `sort` says. */
export const firstRanked = (
  deals: readonly Searchable[],
  rank: (deal: Searchable) => NameRank,
  most: number,
  sort?: Sort,
): DealSummary[] => {
  const ranks: readonly DealSummary[][] = [[], [], [], []];
  for (const deal of deals) ranks[rank(deal)]?.push(deal.summary);
  const first: DealSummary[] = [];
  for (const some of ranks) {
    if (first.length >= most) break;
    first.push(...firstOf(some, orderOf(sort), most - first.length));
  }
  return first;
};

/** Of the deals of which it is true, those whose end-user or customer is called so: who is just called so first. */
const calledSo = (deals: readonly Searchable[], text: string, isTrue: (summary: DealSummary) => boolean): DealId[] => {
  const needles = needlesIn(text).map((needle) => needleOf(needle));
  if (needles.length === 0) return [];
  const isCalled = (deal: Searchable): boolean => needles.every((needle) => namesSay(deal, needle));
  const found = deals.filter((deal) => isCalled(deal) && isTrue(deal.summary));
  return firstRanked(found, nameRank([needles]), found.length).map(({ id }) => id);
};

/** Returns the deals that are called so and that the person may read. */
export const findNamed = (deals: readonly Searchable[], text: string, today: Today, person: PersonId): DealId[] =>
  calledSo(deals, text, readerIn(today, person));

/** Returns the deals that are called so and were opened in a channel for which that is true, whoever asks. */
export const findOnCards = (deals: readonly Searchable[], text: string, stands: (home: string) => boolean): DealId[] =>
  calledSo(deals, text, ({ home }) => stands(home.channel));

/** Shorter words are near too many. */
const LEAST_LETTERS = 5;

/** One slip leaves the first two letters as they are, or the last two: of a hundred thousand names few words are compared. */
const isAlikeAtAnEnd = (said: string, names: string, from: number, end: number): boolean =>
  (said.charCodeAt(0) === names.charCodeAt(from) && said.charCodeAt(1) === names.charCodeAt(from + 1)) ||
  (said.charCodeAt(said.length - 1) === names.charCodeAt(end - 1) &&
    said.charCodeAt(said.length - 2) === names.charCodeAt(end - 2));

/** Returns the first of the words, each after a space, that is one letter away from one of those that were asked for. */
export const nearWord = (names: string, asked: readonly string[]): string | undefined => {
  for (let at = names.indexOf(' '); at >= 0; at = names.indexOf(' ', at + 1)) {
    const next = names.indexOf(' ', at + 1);
    const [from, end] = [at + 1, next < 0 ? names.length : next];
    for (const one of asked) {
      if (Math.abs(one.length - (end - from)) > 1 || !isAlikeAtAnEnd(one, names, from, end)) continue;
      const word = names.slice(from, end);
      if (isSlip(one, word)) return word;
    }
  }
  return undefined;
};

/**
 * Returns the end-user or customer, of a deal that the person may read, in whose name a word is one letter away from one of these
 * words. Undefined where there is none.
 */
export const nearName = (
  deals: readonly Searchable[],
  words: readonly string[],
  today: Today,
  person: PersonId,
): string | undefined => {
  const asked = words.map(fold).filter((word) => word.length >= LEAST_LETTERS && !word.includes(' '));
  if (asked.length === 0) return undefined;
  const reads = readerIn(today, person);
  for (const { names, summary } of deals) {
    const near = nearWord(names, asked);
    if (near !== undefined && reads(summary))
      return spaced(summary.endUser.name).split(' ').includes(near) ? summary.endUser.name : summary.customer;
  }
  return undefined;
};
