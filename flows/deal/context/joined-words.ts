/** What several people said, in one text: each gets a share of it, and none can speak for another. House rule. */

import { endsOf } from '../../ends-of.ts';
import type { PersonId } from '../../ids.ts';
import { setApartWithin } from '../../set-apart.ts';
import { sharesByAuthor } from '../../shares.ts';

/**
 * Characters of whoever sells the deal, by themselves and beside others; and of all others, so that nine of the longest flags stand whole.
 * The fewest that a part of it gets.
 */
const MOST_OWN = 900;
const MOST_BESIDE = 300;
const MOST_OF_OTHERS = 9200;
const LEAST_TEXT = 60;
const MOST_PARTS = 14;

export interface Words {
  by: PersonId;
  text: string;
  /** It is of whoever sells the deal: they take little room from all others. */
  isOwn: boolean;
}

/** One of several texts, which stand in quotes together: it can't end where another begins. */
export const within = (text: string): string => `‘${setApartWithin(text)}’`;

/** Without its middle, where it is longer: the worst may stand at its end. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : endsOf(text, most));

/** Cuts the words of several people to that room, a fair part for each of them. */
const fitted = (words: readonly Words[], room: number): Map<Words, string> => {
  const parts = sharesByAuthor(
    words.map(({ by, text }) => ({ by, need: text.length })),
    room,
    LEAST_TEXT,
  );
  return new Map(
    words.flatMap((one, n): [Words, string][] => {
      const part = parts[n] ?? 0;
      return part > 0 ? [[one, cut(one.text, part)]] : [];
    }),
  );
};

/** Joins the texts in their order, each cut to its share; says how many more there are than fit. */
export const joined = (all: readonly Words[]): string => {
  const words = all.slice(0, MOST_PARTS);
  const own = words.filter(({ isOwn }) => isOwn);
  const others = words.filter(({ isOwn }) => !isOwn);
  const shown = new Map([
    ...fitted(others, MOST_OF_OTHERS),
    ...fitted(own, others.length === 0 ? MOST_OWN : MOST_BESIDE),
  ]);
  const texts = words.flatMap((one) => shown.get(one) ?? []);
  const more = all.length - texts.length;
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
};
