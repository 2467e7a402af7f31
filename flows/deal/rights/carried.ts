/** What discarded votes carried: their conditions wait until an approval takes over or leaves out each of them. */

import type { Ballot, Condition, DiscardedVote, LeftOut } from '../deal.ts';
import type { DealView } from '../view.ts';
import { seatOfVote } from './quorum.ts';
import { countedVotes } from './whose-turn.ts';

/** A condition and who asked for it. */
export interface Carried extends Pick<DiscardedVote, 'by' | 'for' | 'at'> {
  condition: Condition;
}

const words = ({ text }: Condition): string => text.trim().toLowerCase();

/** Tells whether two conditions ask for the same: the owner of one that was taken over may be another. */
const isSame = (a: Condition, b: Condition): boolean => words(a) === words(b) && (a.id === b.id || a.owner === b.owner);

const added = <T>(kept: readonly T[], more: readonly T[], conditionOf: (one: T) => Condition): T[] =>
  more.reduce<T[]>(
    (all, one) => (all.some((known) => isSame(conditionOf(known), conditionOf(one))) ? all : [...all, one]),
    [...kept],
  );

/** Adds discarded votes: of each approver the last one stays, with the conditions of the earlier ones. */
export const keepCarried = (
  carried: readonly DiscardedVote[] | undefined,
  discarded: readonly DiscardedVote[],
): DiscardedVote[] =>
  discarded.reduce<DiscardedVote[]>(
    (all, vote) => {
      const before = all.find((known) => seatOfVote(known) === seatOfVote(vote));
      const leftOut = added(vote.leftOut ?? [], before?.leftOut ?? [], ({ condition }) => condition);
      const kept: DiscardedVote = {
        ...vote,
        conditions: added(vote.conditions, before?.conditions ?? [], (condition) => condition),
        ...(leftOut.length > 0 ? { leftOut } : {}),
      };
      return [...all.filter((known) => known !== before), kept];
    },
    [...(carried ?? [])],
  );

const conditionsOf = ({ by, for: absent, at, conditions, leftOut }: DiscardedVote): Carried[] => [
  ...conditions.map((condition) => ({ condition, by, at, ...(absent === undefined ? {} : { for: absent }) })),
  ...(leftOut ?? []).map(({ condition, askedBy }) => ({ condition, by: askedBy, at })),
];

/** Tells whether a vote takes the condition over, or leaves it out with a reason. */
const settles = (
  { conditions, leftOut = [] }: Pick<Ballot, 'conditions' | 'leftOut'>,
  { condition }: Carried,
): boolean =>
  conditions.some((taken) => isSame(taken, condition)) ||
  leftOut.some((left) => left.condition.id === condition.id && left.reason.trim() !== '');

/** Returns the votes of which nothing counts: discarded ones, and those of people who may not vote any more. */
export const uncounted = (view: DealView): DiscardedVote[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [...(deal.carried ?? [])];
  const counted = countedVotes(view, deal);
  return keepCarried(
    deal.carried,
    deal.votes.filter((vote) => !counted.includes(vote)),
  );
};

/** Returns the conditions that the next approval takes over or leaves out: no vote that counts has settled them. */
export const openCarried = (view: DealView): Carried[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [];
  const counted = countedVotes(view, deal);
  return added([], uncounted(view).flatMap(conditionsOf), ({ condition }) => condition).filter(
    (one) => !counted.some((vote) => settles(vote, one)),
  );
};

/** Returns the first carried condition that the ballot passes over in silence. */
export const droppedBy = (ballot: Ballot, open: readonly Carried[]): Carried | undefined =>
  ballot.outcome === 'decline' ? undefined : open.find((one) => !settles(ballot, one));

/** Returns what the ballot leaves out, in the deal's own words: a form says only which and why. */
export const leftOutBy = ({ outcome, conditions, leftOut = [] }: Ballot, open: readonly Carried[]): LeftOut[] =>
  open.flatMap((one): LeftOut[] => {
    const { condition, by } = one;
    const reason = leftOut.find((left) => left.condition.id === condition.id)?.reason.trim();
    if (outcome === 'decline' || reason === undefined || settles({ conditions }, one)) return [];
    return [{ condition, askedBy: by, reason }];
  });
