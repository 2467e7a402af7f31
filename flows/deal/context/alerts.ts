/** The country alerts that a deal shows. Guidance: A5. */

import type { CountryAlert } from '../../country-alert.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export const isOpen = ({ status }: OpenedDeal): boolean => status === 'answering' || status === 'deciding';

/** Returns the standing alerts of a deal being asked or decided. Approved deals are asked for a reassessment. */
export const alertsShown = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] =>
  isOpen(deal) ? (organisation.alerts ?? []).filter(({ country }) => country === deal.details.destination) : [];
