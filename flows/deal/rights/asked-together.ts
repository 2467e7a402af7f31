/** Conditions of the same words for the same owner are one: the earliest date of all, and everybody whose word it is. */

import type { Day, Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { Condition, LeftOut, Vote } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';

/** A condition and who asked for it. */
interface Asked {
  by: PersonId;
  condition: Condition;
  /** When the approval under reassessment was made, which it is of. */
  approval?: Instant | undefined;
  /** Its date has passed while nothing was approved: one until then is no later. */
  until?: Day | undefined;
}

export const wordsOf = ({ text }: Condition): string => text.trim().toLowerCase();

/** Returns everybody whose word a condition is. */
export const askersOf = ({ askedBy, condition }: Pick<LeftOut, 'askedBy' | 'condition'>): PersonId[] => {
  const { dueBy = askedBy, ownerBy = askedBy, askedAlso = [] } = condition;
  return [...new Set([askedBy, dueBy, ownerBy, ...askedAlso])];
};

/** Tells whether two conditions ask the same of the same person, by whatever date. */
export const isFor = (a: Condition, b: Condition): boolean => wordsOf(a) === wordsOf(b) && a.owner === b.owner;

/** Returns who else asked for the same as one of these, or named its owner: whoever made it later did not. */
export const alsoOf = ({ by, condition }: Asked, same: readonly Asked[]): PersonId[] => {
  const asked = same.flatMap(({ by: asker, condition: { ownerBy = asker, askedAlso = [] } }) => [
    asker,
    ownerBy,
    ...askedAlso,
  ]);
  return [...new Set([...(condition.askedAlso ?? []), ...asked])].filter(
    (id) => id !== by && id !== condition.ownerBy && id !== SYSTEM,
  );
};

/** By when it is asked for, at the least. */
const leastBy = ({ condition, until = condition.due }: Asked): Day => until;

/** Of one with the nearest date of all, and who set that. */
const byThen = <T extends Asked>(one: T, nearest: Asked): T => {
  if (nearest === one) return one;
  const { due, dueBy = nearest.by } = nearest.condition;
  const { dueBy: _later, ...condition } = one.condition;
  const { until: _passed, ...rest } = one;
  return {
    ...(rest as T),
    ...(nearest.until === undefined ? {} : { until: nearest.until }),
    condition: { ...condition, due, ...(dueBy === one.by ? {} : { dueBy }) },
  };
};

/** Groups those of the same words for the same owner. */
const groups = <T extends Asked>(all: readonly T[]): T[][] => {
  const together: T[][] = [];
  for (const one of all) {
    const same = together.find(([other]) => other && isFor(other.condition, one.condition));
    if (same) same.push(one);
    else together.push([one]);
  }
  return together;
};

/**
 * Of the same words for the same owner one stays: that of the approval, of which something may be handed in under its id, else the
 * one with the nearest date. It has that date, and all who asked for it. `besides`: somebody asked for that of the approval in a vote that no
 * longer counts, too.
 */
export const askedTogether = <T extends Asked>(all: readonly T[]): (T & { besides?: true })[] =>
  groups(all).flatMap((same) => {
    const nearest = same.reduce((a, b) => (leastBy(b) < leastBy(a) ? b : a));
    const one = same.find(({ approval }) => approval !== undefined) ?? nearest;
    const then = leastBy(one) === leastBy(nearest) ? one : byThen(one, nearest);
    const askedAlso = alsoOf(then, same);
    const besides =
      one.approval !== undefined && same.some(({ approval }) => approval === undefined)
        ? { besides: true as const }
        : {};
    const { askedAlso: _also, ...condition } = then.condition;
    return [{ ...then, ...besides, condition: { ...condition, ...(askedAlso.length === 0 ? {} : { askedAlso }) } }];
  });

/** Gives each an id of its own: a condition that somebody else has too keeps that of the one it was taken from, which nobody gave to another. */
export const withOwnIds = <T extends Asked>(all: readonly T[]): T[] => {
  const keeps = (one: T): boolean => {
    const same = all.filter(({ condition }) => condition.id === one.condition.id);
    // What was handed in for one of the approval is found by its id.
    const first =
      same.find(({ approval }) => approval !== undefined) ??
      same.find(({ condition: { owner, ownerBy, first } }) => !ownerBy && (first?.owner ?? owner) === owner) ??
      same[0];
    return first === one;
  };
  const kept = all.filter(keeps);
  const taken = new Set(kept.map(({ condition }) => condition.id));
  return all.map((one) => {
    if (kept.includes(one)) return one;
    let { id } = one.condition;
    while (taken.has(id)) id = `${id}:${one.condition.owner}`;
    taken.add(id);
    return { ...one, condition: { ...one.condition, id } };
  });
};

/**
 * Unites the conditions of several approvals, with who asked for each where that is more than one.
 *
 * @param standing - those of the approval that is renewed, each of whoever has it by now
 */
export const uniteConditions = (votes: readonly Vote[], standing: readonly Condition[] = []): Condition[] => {
  const all = votes.flatMap(({ conditions }) => conditions);
  /** What was handed in is found by its id: whoever has it by now, or whoever it is given to where nobody keeps it. */
  const isStanding = ({ id, owner }: Condition): boolean =>
    standing.some(
      (one) =>
        one.id === id && (one.owner === owner || !all.some((other) => other.id === id && other.owner === one.owner)),
    );
  return withOwnIds(
    askedTogether(
      votes.flatMap((vote): Asked[] =>
        vote.conditions.map((condition) => ({
          by: condition.askedBy ?? vote.by,
          condition,
          ...(isStanding(condition) ? { approval: vote.at } : {}),
        })),
      ),
    ),
  ).map(({ by, condition }) => (condition.askedAlso ? { ...condition, askedBy: by } : condition));
};

type Asking = Pick<DiscardedVote, 'by' | 'at' | 'conditions' | 'leftOut'>;

/** Adds what somebody asked for before in the same place, or another in their stead, to what a vote asks for: each stays of its own time. */
export const withEarlier = (
  { by, conditions }: Pick<Asking, 'by' | 'conditions'>,
  before: Asking | undefined,
): Condition[] => {
  const earlier = (before?.conditions ?? []).map((condition): Condition => {
    const { askedBy = before?.by, askedAt = before?.at } = condition;
    return { ...condition, ...(askedBy === by ? {} : { askedBy }), askedAt };
  });
  const isSaidAgain = (one: Condition): boolean =>
    conditions.some((own) => isFor(own, one) && own.due <= one.due && (own.askedBy ?? by) === (one.askedBy ?? by));
  return [...conditions, ...earlier.filter((one) => !isSaidAgain(one))];
};

/** The same of what they left out. */
export const withLeftOut = (leftOut: readonly LeftOut[], before: Asking | undefined): LeftOut[] => {
  const earlier = (before?.leftOut ?? []).map((one): LeftOut => ({ ...one, at: one.at ?? before?.at }));
  const isLeftAgain = (one: LeftOut): boolean =>
    leftOut.some(
      (left) =>
        isFor(left.condition, one.condition) && left.condition.due <= one.condition.due && left.askedBy === one.askedBy,
    );
  return [...leftOut, ...earlier.filter((one) => !isLeftAgain(one))];
};
