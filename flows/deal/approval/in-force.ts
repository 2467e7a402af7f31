/** The approval in force: of a decided deal, or the previous one while the deal is reassessed. */

import type { Condition, DealDetails } from '../deal.ts';
import { isMore, otherSubjects, sameName } from '../formerly.ts';
import type { Approval, OpenedDeal } from '../state.ts';
import { type DealView, dealView } from '../view.ts';
import { conditionsIn } from './evolve-conditions.ts';
import { withBasis } from './evolve-gaps.ts';

/** Returns the approval; undefined where the deal has none in force: never had one, it was declined, or it ended. */
export const approvalOf = (deal: OpenedDeal): Approval | undefined => {
  if (deal.status !== 'decided') return deal.standing;
  return deal.decision.outcome === 'declined' ? undefined : deal;
};

/** Whose a condition was first, and by when. */
export const firstOf = ({ owner, due, first = { owner, due } }: Condition): Pick<Condition, 'owner' | 'due'> => first;

/** Returns the conditions in force, each with its present owner, and with whose it was first where that is another. */
export const conditionsNow = (deal: OpenedDeal): Condition[] => {
  const approval = approvalOf(deal);
  if (!approval) return [];
  const decided = new Map(approval.decision.conditions.map((condition) => [condition.id, condition]));
  return conditionsIn(approval).map((now) => {
    const first = firstOf(decided.get(now.id) ?? now);
    return first.owner === now.owner ? now : { ...now, first };
  });
};

/**
 * Returns the details that were approved, where a deal under reassessment is of another customer, product, country or
 * end-user, or of more, by now: nobody voted on that, so the approval does not count for it until it is decided again, or the details
 * are corrected back. House rule.
 */
export const approvedOther = ({ standing, details: now }: OpenedDeal): DealDetails | undefined => {
  const then = standing?.basis.details;
  if (!then) return undefined;
  const isSame = otherSubjects(then, now).length === 0 && sameName(then.customer, now.customer) && !isMore(then, now);
  return isSame ? undefined : then;
};

/** Tells whether an approval was given that does not count for now. */
export const isSuspended = (deal: OpenedDeal): boolean =>
  approvalOf(deal)?.suspended !== undefined || approvedOther(deal) !== undefined;

/** Returns the deal as it was when the approval under reassessment was made. Undefined where none is. */
export const viewThen = ({ deal, policy, organisation, now }: DealView): DealView | undefined =>
  deal.standing && dealView(withBasis(deal, deal.standing.basis), policy, organisation, now);
