/** What is asked of a person outside any deal: notes, sheets and training. */

import type { PersonId } from '../../flows/ids.ts';
import { asksOf, type Ask } from '../../flows/lists/asks.ts';
import type { Today } from '../../flows/lists/waits.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Desk } from './desk.ts';

interface AllDeals {
  deals: readonly IndexedDeal[];
  today: Today;
}

/** The most urgent first. */
export const asksNow = async (
  desk: Desk,
  { deals, today: { organisation, now } }: AllDeals,
  person: PersonId,
): Promise<Ask[]> => {
  const { training, sheets, countries, policy } = desk.registers;
  const [trained, filled, noted] = await Promise.all([training.now(), sheets.now(), countries.now()]);
  return asksOf(
    {
      organisation,
      now,
      deals,
      sheets: filled.state,
      training: { state: trained.state, rule: policy()?.training },
      laws: noted.state.laws ?? {},
    },
    person,
  );
};
