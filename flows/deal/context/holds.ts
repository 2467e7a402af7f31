/** Which holds of compliance reach a deal, and what they keep from happening. Guidance 7, points 1 and 8. */

import { endUserKey, type Hold } from '../../hold.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** Nothing is sold on it any more, so there is nothing to stop. */
export const isOver = (deal: OpenedDeal): boolean =>
  deal.status === 'withdrawn' || (deal.status === 'decided' && deal.decision.outcome === 'declined');

/** A deal that was once held stays held until compliance lifts that, whatever its end-user is called by then. */
export const isHeldBy = (deal: OpenedDeal, { id, on }: Pick<Hold, 'id' | 'on'>): boolean => {
  if (deal.holds?.[id]) return true;
  return on.of === 'deal' ? on.deal === deal.id : on.key === endUserKey(deal.details.endUser.name);
};

/** The standing holds on a deal, oldest first. None where it is over. */
export const holdsOn = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): Hold[] =>
  isOver(deal) ? [] : (organisation.holds ?? []).filter((hold) => isHeldBy(deal, hold));

/** Why nobody can approve now; undefined where no hold stands. */
export const approvalHeld = (view: DealView): string | undefined => {
  const [hold] = holdsOn(view);
  if (!hold) return undefined;
  const { organisation } = view;
  const who = organisation.people.find(({ id }) => id === hold.by)?.name;
  const what = hold.on.of === 'deal' ? 'this deal' : 'this end-user';
  return `${who === undefined ? 'Compliance' : `${who} of compliance`} put ${what} on hold, so nobody can approve the deal until compliance lifts that. You can decline it or ask for information.`;
};
