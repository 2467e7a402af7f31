/** In which order the words of other deals are shown: a page has room for some of them. House rule. */

import { spaced } from '../../bare.ts';
import type { DealId } from '../../ids.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

/** What everybody asks for by its name says nothing of a deal. */
const RANK = {
  vote: 0,
  denied: 0,
  'sent back': 0,
  'taken back': 0,
  recused: 0,
  withdrawn: 0,
  returned: 0,
  condition: 1,
  answer: 1,
  note: 1,
  role: 1,
  called: 1,
  evidence: 1,
  'handed over': 1,
  corrected: 1,
  reopened: 1,
  settled: 1,
  admitted: 1,
  dismissed: 1,
  set: 1,
  authority: 1,
  flag: 0,
  question: 0,
  report: 0,
  source: 2,
  reasons: 2,
} satisfies Record<WordsEver['of'], number>;

/** Of what votes asked for, and why, there is much; what somebody sent back, or stepped back over, is said once. */
const OF_VOTES: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['reasons', 'condition']);

const rankOf = ({ of, gone, grave, chosen }: WordsEver): number =>
  chosen ? 1 : OF_VOTES.has(of) ? (grave ? 1 : RANK[of]) : gone || grave ? 0 : RANK[of];

/** Puts what somebody else says there in the same words after all others. */
export const eachOnceFirst = (all: readonly WordsElsewhere[]): WordsElsewhere[] => {
  const seen = new Set<string>();
  const first = all.filter(({ text }) => {
    const words = spaced(text);
    return !seen.has(words) && seen.add(words);
  });
  return [...first, ...all.filter((one) => !first.includes(one))];
};

type First = (deal: DealId) => boolean;

const placesOf = (one: WordsElsewhere, comesFirst: First): number[] => [
  Number(!comesFirst(one.deal)),
  Number(one.dismissed ?? false),
  rankOf(one),
];

const byPlaces = (a: readonly number[], b: readonly number[]): number =>
  a.map((n, i) => n - (b[i] ?? 0)).find((n) => n !== 0) ?? 0;

/** What weighs most first, and of that the latest. `comesFirst`: of deals whose words come before all others. */
export const heaviestFirst = (all: readonly WordsElsewhere[], comesFirst: First): WordsElsewhere[] =>
  all
    .map((one) => ({ one, places: placesOf(one, comesFirst) }))
    .toSorted((a, b) => byPlaces(a.places, b.places) || (a.one.at < b.one.at ? 1 : Number(a.one.at > b.one.at) * -1))
    .map(({ one }) => one);

/**
 * Puts what each person said of each kind in turn where it weighs the same: twelve companies that somebody names hide none of their own
 * reasons. `all`: the heaviest first.
 */
export const eachKindInTurn = (all: readonly WordsElsewhere[], comesFirst: First): WordsElsewhere[] => {
  const known = new Map<string, number>();
  return all
    .map((one) => {
      const places = placesOf(one, comesFirst);
      const key = JSON.stringify([one.by, one.of, ...places]);
      const nth = known.get(key) ?? 0;
      known.set(key, nth + 1);
      return { one, places: [...places, nth] };
    })
    .toSorted((a, b) => byPlaces(a.places, b.places))
    .map(({ one }) => one);
};
