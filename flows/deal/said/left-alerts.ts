/** Country alerts that stand where a deal was said to go before: another country is no way around one. Guidance: A5. House rule. */

import type { CountryAlert } from '../../country-alert.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { pastDetails } from './past-details.ts';

/** Returns the countries to which the deal was said to go, and does not any more. */
export const countriesLeft = (deal: OpenedDeal): ReadonlySet<string | undefined> => {
  const before = new Set([
    ...pastDetails(deal, 'destination').map(({ value }) => value),
    ...(deal.formerly ?? []).map(({ destination }) => destination),
    deal.lighterSaid?.was.destination,
  ]);
  before.delete(deal.details.destination);
  return before;
};

export const alertsLeftBehind = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] => {
  const before = countriesLeft(deal);
  return (organisation.alerts ?? []).filter(({ country }) => before.has(country));
};
