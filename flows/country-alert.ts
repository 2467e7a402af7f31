/** Country alerts: compliance says that something social or political happened which could lead to misuse. Guidance 7, point 5. */
import type { Day, Instant, Source } from './deal/deal.ts';
import type { OpenedDeal } from './deal/state.ts';
import type { DealView } from './deal/view.ts';
import type { PersonId } from './organisation.ts';

export type AlertId = string;

export interface CountryAlert {
  id: AlertId;
  /** ISO 3166-1 alpha-2. */
  country: string;
  why: string;
  source?: Source | undefined;
  /** When it happened. */
  on: Day;
  by: PersonId;
  at: Instant;
}

const isOpen = ({ status }: OpenedDeal): boolean => status === 'answering' || status === 'deciding';

/** The standing alerts that a deal shows while it is asked or decided. Approved deals are asked to be reassessed instead. */
export const alertsShown = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): CountryAlert[] =>
  isOpen(deal) ? (organisation.alerts ?? []).filter(({ country }) => country === deal.details.destination) : [];
