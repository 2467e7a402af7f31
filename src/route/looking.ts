/** What somebody who presses a form of a deal may know beside it: planned holds, similar deals, and what is written here and there. */

import type { FormValues } from '../../blocks/card.ts';
import type { Looking, Shown } from '../../blocks/forms/confirm-looking.ts';
import { plannedShown } from '../../flows/deal/context/planned-holds.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Desk } from './desk.ts';
import { plansNow } from './plans.ts';
import { writtenElsewhere } from './written.ts';

/** A form of a deal that is drawn again for whoever sends it, with what it showed before. */
export interface Again extends Shown {
  desk: Desk;
  person: PersonId;
  view: DealView;
  values: FormValues;
}

export const lookingAt = async (desk: Desk, reader: PersonId, views: readonly DealView[]): Promise<Looking> => {
  const [beside, written] = await Promise.all([
    Promise.all(views.map(async (view) => [view.deal.id, await desk.precedents(view, reader)] as const)),
    Promise.all(views.map(async (view) => [view.deal.id, await writtenElsewhere(desk, view, reader)] as const)),
  ]);
  // After the words, which name the plans that count as shown: one that comes between is shown and not counted, never the other way.
  const plans = await plansNow(desk, desk.clock().toISOString());
  return {
    reader,
    planned: Object.fromEntries(views.map((view) => [view.deal.id, plannedShown(view, plans, reader)])),
    beside: Object.fromEntries(beside),
    written: Object.fromEntries(written),
  };
};
