/** Country alerts that stand where a deal was said to go before: another country is no way around one. Guidance: A5. House rule. */

import type { CountryAlert } from '../../country-alert.ts';
import type { DealView } from '../view.ts';
import { pastDetails } from './past-details.ts';

export const alertsLeftBehind = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] => {
  const before = new Set([
    ...pastDetails(deal, 'destination').map(({ value }) => value),
    deal.lighterSaid?.was.destination,
  ]);
  return (organisation.alerts ?? []).filter(
    ({ country }) => country !== deal.details.destination && before.has(country),
  );
};
