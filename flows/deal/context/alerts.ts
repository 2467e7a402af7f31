/** The country alerts that a deal shows. Guidance: A5. */

import type { CountryAlert } from '../../country-alert.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** Tells whether a deal is answered or decided. */
export const isOpen = ({ status }: Pick<OpenedDeal, 'status'>): boolean =>
  status === 'answering' || status === 'deciding';

/** A deal that is out of scope was cleared too, by what was known then. */
const showsAlerts = (deal: OpenedDeal): boolean => isOpen(deal) || deal.status === 'out of scope';

/** Returns the standing alerts of a deal asked, decided or out of scope. Approved deals are asked for a reassessment. */
export const alertsShown = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] =>
  showsAlerts(deal) ? (organisation.alerts ?? []).filter(({ country }) => country === deal.details.destination) : [];

/** Returns those of them that the deal's record does not show yet. */
export const alertsToNote = (view: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] =>
  alertsShown(view).filter(({ id }) => !view.deal.warned?.includes(id));
