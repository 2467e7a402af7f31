/** The holds of compliance that reach a deal, and what they prevent. Guidance: A1 and A8. */

import { sameEndUser } from '../../end-user.ts';
import type { Hold } from '../../hold.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { calledEver } from './ever-said.ts';
import { listsToCompare } from './screening.ts';

/** Tells whether nothing is sold on the deal any more, so that there is nothing to stop. */
export const isOver = (deal: OpenedDeal): boolean =>
  deal.status === 'withdrawn' || (deal.status === 'decided' && deal.decision.outcome === 'declined');

/** Tells whether it names them, or ever did after anything was said of it: another name is no way around, before a hold or after. */
const everNames = (deal: OpenedDeal, name: string): boolean => {
  const { endUsers, besides } = calledEver(deal);
  return [...endUsers, ...besides].some((one) => sameEndUser(one, name));
};

/** Tells whether a hold applies. Once held, a deal stays held until it is lifted, even if its end-user is renamed. */
export const isHeldBy = (deal: OpenedDeal, { id, on }: Pick<Hold, 'id' | 'on'>): boolean => {
  if (deal.holds?.[id]) return true;
  return on.of === 'deal' ? on.deal === deal.id : everNames(deal, on.name);
};

/** Returns the standing holds on a deal, oldest first. None where it is over. */
export const holdsOn = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): Hold[] =>
  isOver(deal) ? [] : (organisation.holds ?? []).filter((hold) => isHeldBy(deal, hold));

const isOfEndUser = ({ deal }: DealView, name: string): boolean => sameEndUser(name, deal.details.endUser.name);

/** Returns why nobody can approve yet: who is named was not compared with a list that is in use. */
const notCompared = (view: DealView): string | undefined => {
  const [list] = listsToCompare(view);
  return (
    list &&
    `The parties of this deal are not screened yet: they are still being compared with the list ${list.name}, so nobody can approve it yet. Please try again in a minute. If it stays so, tell whoever runs Clearthread. You can decline it or ask for information.`
  );
};

/** Returns why nobody can approve now; undefined where no hold stands, and everybody was compared with the lists in use. */
export const approvalHeld = (view: DealView): string | undefined => {
  const [hold] = holdsOn(view);
  if (!hold) return notCompared(view);
  const { organisation } = view;
  const who = organisation.people.find(({ id }) => id === hold.by)?.name;
  const what = hold.on.of === 'deal' ? 'this deal' : isOfEndUser(view, hold.on.name) ? 'this end-user' : hold.on.name;
  return `${who === undefined ? 'Compliance' : `${who} of compliance`} put ${what} on hold, so nobody can approve the deal until compliance lifts that. You can decline it or ask for information.`;
};
