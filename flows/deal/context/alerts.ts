/** The country alerts that a deal shows. Guidance 7, point 5. */

import type { CountryAlert } from '../../country-alert.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export const isOpen = ({ status }: OpenedDeal): boolean => status === 'answering' || status === 'deciding';

/**
 * Returns the standing alerts shown while a deal is asked or decided. For approved deals a reassessment is asked
 * instead.
 */
export const alertsShown = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] =>
  isOpen(deal) ? (organisation.alerts ?? []).filter(({ country }) => country === deal.details.destination) : [];
