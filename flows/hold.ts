/** Holds: compliance stops something after a sale, on a deal or on all for an end-user. Guidance: A1 and A8. */

import type { Day, Instant, DealId, PersonId } from './ids.ts';

export type HoldId = string;

export const HOLD_STOPS = ['upgrades', 'updates', 'support', 'training', 'access'] as const;
/** `access`: the product is disabled, where it allows that. */
export type HoldStop = (typeof HOLD_STOPS)[number];

/** `breach` of what was agreed (A1); a credible `complaint`, until its investigation ends (A8). */
export const HOLD_CAUSES = ['breach', 'complaint'] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

/** `key` is the normalised name by the rule of its day: names are compared by `name`. */
export type HoldTarget = { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string; key: string };

export interface Hold {
  id: HoldId;
  on: HoldTarget;
  stop: HoldStop[];
  because: HoldCause;
  /** Shown only to those who may read the deal. */
  reason: string;
  review: Day;
  by: PersonId;
  at: Instant;
}

export const stopsOf = (holds: readonly Pick<Hold, 'stop'>[]): HoldStop[] =>
  HOLD_STOPS.filter((stop) => holds.some((hold) => hold.stop.includes(stop)));
