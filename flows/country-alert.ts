/** Country alerts: compliance says that something social or political happened which could lead to misuse. Guidance 7, point 5. */

import type { Source, Day, Instant, PersonId } from './ids.ts';

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
