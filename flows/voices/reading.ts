/** Who may be let in to a case after it arrived: never somebody whom it concerns (items C9 and C10 of the Guidance). */

import { mayRead, type Case, type HandlerId } from './case.ts';
import type { Day } from './days.ts';
import { isActive, keysOf, type Vouchable } from './vouching.ts';

/** A handler whom a report concerns, as who reported it ticked them. */
export interface Ticked {
  id: HandlerId;
  name: string;
}

const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Tells whether one of those who were ticked is the same person: by an id of theirs, or by name. Somebody who left and was
 * invited anew, or who has a new key, is still whom the report concerns. `keys`: ids of all their keys.
 */
export const isTicked = (
  ticked: readonly Ticked[],
  { name, keys }: { name: string; keys: readonly HandlerId[] },
): boolean => ticked.some((one) => keys.includes(one.id) || plain(one.name) === plain(name));

type Known = Vouchable & Ticked;

type Dated = { by: HandlerId; day: Day } | undefined;

/** Returns whom a case concerns, by what the server knows. */
export const tickedIn = <H extends Known & { vouched?: Dated; also?: Dated }>(
  of: Pick<Case, 'day' | 'sealedTo' | 'concerns' | 'ticksKept'>,
  all: readonly H[],
): H[] =>
  all.filter(({ id, vouched, also, left }) => {
    if (of.concerns?.includes(id)) return true;
    if (of.ticksKept === true || vouched === undefined) return false;
    // Before ticks were kept: whoever was there and got nothing.
    const wasThere = (also ?? vouched).day <= of.day && (left === undefined || left >= of.day);
    return wasThere && !of.sealedTo.includes(id);
  });

/** Returns why one can't let the other read a case, in words for who tries; undefined if they can. */
export const lettingProblem = (
  of: Case,
  all: readonly Known[],
  ticked: readonly Ticked[],
  { by, to }: { by: HandlerId; to: HandlerId },
): string | undefined => {
  if (!mayRead(of, by)) return 'There is no such case.';
  if (of.events.some(({ kind }) => kind === 'withdrawn')) {
    return 'Whoever reported this took it back. What they had sent is erased.';
  }
  const reader = all.find(({ id }) => id === to);
  if (!reader || !isActive(reader)) return 'They are not vouched for, or not here any more.';
  const { name } = reader;
  if (isTicked(ticked, { name, keys: keysOf(all, to) })) {
    return `This report concerns ${name}, by the word of whoever sent it. They can’t be let in.`;
  }
  return of.sealedTo.includes(to) ? `${name} can read it already.` : undefined;
};
