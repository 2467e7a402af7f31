/** The approval in force: of a decided deal, or the previous one while the deal is reassessed. */

import type { Condition } from '../deal.ts';
import type { Approval, OpenedDeal } from '../state.ts';
import { type DealView, dealView } from '../view.ts';
import { conditionsIn } from './evolve-conditions.ts';
import { withBasis } from './evolve-gaps.ts';

/** Returns the approval; undefined where the deal has none in force: never had one, it was declined, or it ended. */
export const approvalOf = (deal: OpenedDeal): Approval | undefined => {
  if (deal.status !== 'decided') return deal.standing;
  return deal.decision.outcome === 'declined' ? undefined : deal;
};

/** Returns the conditions in force, each with its present owner. */
export const conditionsNow = (deal: OpenedDeal): Condition[] => {
  const approval = approvalOf(deal);
  return approval ? conditionsIn(approval) : [];
};

/** Returns the deal as it was when the approval under reassessment was made. Undefined where none is. */
export const viewThen = ({ deal, policy, organisation, now }: DealView): DealView | undefined =>
  deal.standing && dealView(withBasis(deal, deal.standing.basis), policy, organisation, now);
