/** The votes that end with the review or the approval that they are of. */

import { conditionsIn, progressOf } from '../approval/evolve-conditions.ts';
import type { Condition } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import type { Approval } from '../state.ts';
import type { DealView } from '../view.ts';
import { isFor } from './asked-together.ts';
import { isSame } from './carried.ts';

/** Returns the votes of a decision, of an approval with the conditions that are still to be met. */
export const votesOfDecision = ({ decision, ...rest }: Approval): DiscardedVote[] => {
  if (decision.outcome === 'declined') return decision.votes;
  const approval = { decision, ...rest };
  const open = conditionsIn(approval).filter(({ id }) => progressOf(approval, id).status !== 'accepted');
  // Each vote's own word, of whoever has it by now: what was handed in for it is found by its id.
  const openNow = (own: Condition): Condition[] => {
    const decided = decision.conditions.find((one) => isFor(one, own));
    const now = decided && open.find(({ id }) => id === decided.id);
    return now ? [{ ...own, id: now.id, owner: now.owner }] : [];
  };
  return decision.votes.map(({ leftOut, ...vote }) => ({
    ...vote,
    conditions: vote.conditions.flatMap(openNow),
    // One that is met in its weaker form is not asked for again.
    leftOut: leftOut?.filter(
      (left) => !left.instead || vote.conditions.some((c) => isSame(c, left.condition) && openNow(c).length > 0),
    ),
  }));
};

/** Returns the votes that are gone with the deal's status: those of the approval in force, and the present ones. */
export const votesGone = ({ deal }: DealView): DiscardedVote[] => [
  ...(deal.standing ? votesOfDecision(deal.standing) : []),
  ...(deal.status === 'deciding' ? deal.votes : []),
  ...(deal.status === 'decided' ? votesOfDecision(deal) : []),
];
