/** Conditions of the same words for the same owner are one: the earliest date of all, and everybody whose word it is. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { Condition, LeftOut, Vote } from '../deal.ts';

/** A condition and who asked for it. */
interface Asked {
  by: PersonId;
  condition: Condition;
}

export const wordsOf = ({ text }: Condition): string => text.trim().toLowerCase();

/** Returns everybody whose word a condition is. */
export const askersOf = ({ askedBy, condition }: Pick<LeftOut, 'askedBy' | 'condition'>): PersonId[] => {
  const { dueBy = askedBy, ownerBy = askedBy, askedAlso = [] } = condition;
  return [...new Set([askedBy, dueBy, ownerBy, ...askedAlso])];
};

/** Tells whether two conditions ask the same of the same person, by whatever date. */
export const isFor = (a: Condition, b: Condition): boolean => wordsOf(a) === wordsOf(b) && a.owner === b.owner;

/** Adds conditions; of the same words for the same owner, the earlier one stays. */
export const added = <T>(kept: readonly T[], more: readonly T[], conditionOf: (one: T) => Condition): T[] =>
  more.reduce<T[]>(
    (all, one) => {
      const condition = conditionOf(one);
      const at = all.findIndex((known) => isFor(condition, conditionOf(known)));
      const known = all[at];
      if (known === undefined) return [...all, one];
      return condition.due < conditionOf(known).due ? all.with(at, one) : all;
    },
    [...kept],
  );

/** Of the same words for the same owner the earlier one stays, with all who asked for it. */
export const askedTogether = <T extends Asked>(all: readonly T[]): T[] =>
  added([], all, ({ condition }) => condition).map((one) => {
    const { by, condition } = one;
    const same = all.filter((other) => isFor(other.condition, condition));
    const asked = same.flatMap(({ by: asker, condition: { ownerBy, askedAlso = [] } }) => [
      asker,
      ...(ownerBy === undefined ? [] : [ownerBy]),
      ...askedAlso,
    ]);
    const askedAlso = [...new Set(asked)].filter((id) => id !== by && id !== condition.ownerBy && id !== SYSTEM);
    return askedAlso.length === 0 ? one : { ...one, condition: { ...condition, askedAlso } };
  });

/** Unites the conditions of votes: each is of `by`, or says who asked for it. */
const together = (votes: readonly Pick<Vote, 'by' | 'conditions'>[]): Asked[] =>
  askedTogether(
    votes.flatMap(({ by, conditions }) => conditions.map((condition) => ({ by: condition.askedBy ?? by, condition }))),
  );

/** Unites the conditions of several approvals, with who asked for each where that is more than one. */
export const uniteConditions = (votes: readonly Vote[]): Condition[] =>
  together(votes).map(({ by, condition }) => (condition.askedAlso ? { ...condition, askedBy: by } : condition));

/** Adds what somebody asked for before in the same place, or another in their stead, to what a vote asks for. */
export const withEarlier = (
  { by, conditions }: Pick<Vote, 'by' | 'conditions'>,
  before: Pick<Vote, 'by' | 'conditions'> | undefined,
): Condition[] =>
  together(before ? [{ by, conditions }, before] : [{ by, conditions }]).map(({ by: asker, condition }) =>
    asker === (condition.askedBy ?? by) ? condition : { ...condition, askedBy: asker },
  );
