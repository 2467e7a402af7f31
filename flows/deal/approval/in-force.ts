/** The approval that counts now: of a decided deal, or of before while the deal is reassessed. */

import type { Condition } from '../deal.ts';
import type { Approval, OpenedDeal } from '../state.ts';
import { type DealView, dealView } from '../view.ts';
import { conditionsIn } from './evolve-conditions.ts';

/** Undefined where the deal has no approval in force: never had one, it was declined, or it ended. */
export const approvalOf = (deal: OpenedDeal): Approval | undefined => {
  if (deal.status !== 'decided') return deal.standing;
  return deal.decision.outcome === 'declined' ? undefined : deal;
};

/** The conditions that hold now, each with whoever has it now. */
export const conditionsNow = (deal: OpenedDeal): Condition[] => {
  const approval = approvalOf(deal);
  return approval ? conditionsIn(approval) : [];
};

/** The deal as it was when the approval that is being reassessed was made. Undefined where none is. */
export const viewThen = ({ deal, policy, organisation, now }: DealView): DealView | undefined =>
  deal.standing && dealView({ ...deal, ...deal.standing.basis }, policy, organisation, now);
