/** Country alerts: compliance reports a social or political event that could lead to misuse. Guidance: A5. */

import type { Source, Day, Instant, PersonId } from './ids.ts';

export type AlertId = string;

export interface CountryAlert {
  id: AlertId;
  /** ISO 3166-1 alpha-2. */
  country: string;
  why: string;
  source?: Source | undefined;
  /** The day of the event. */
  on: Day;
  by: PersonId;
  at: Instant;
}

/** An alert that stood and was ended. */
export interface EndedAlert {
  alert: CountryAlert;
  reason: string;
  by: PersonId;
  at: Instant;
}
