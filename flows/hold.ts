/** Holds: compliance stops something after a sale, on a deal or on all for an end-user. Guidance: A1 and A8. */

import type { Day, Instant, DealId, PersonId } from './ids.ts';

export type HoldId = string;

export const HOLD_STOPS = ['upgrades', 'updates', 'support', 'training', 'access'] as const;
/** `access`: the product is disabled, where it allows that. */
export type HoldStop = (typeof HOLD_STOPS)[number];

/**
 * `breach` of what was agreed (A1); an `inquiry` until it ends, whatever began it: news, an audit, a suspicion, or a report
 * of misuse (A8), which no hold may show.
 */
export const HOLD_CAUSES = ['breach', 'inquiry'] as const;
/** `complaint`: said by holds of earlier versions, and shown as an inquiry. */
export type HoldCause = (typeof HOLD_CAUSES)[number] | 'complaint';

/** `key` is the normalised name by the rule of its day: names are compared by `name`. */
export type HoldTarget = { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string; key: string };

export interface Hold {
  id: HoldId;
  on: HoldTarget;
  stop: HoldStop[];
  because: HoldCause;
  /** Shown to those who may read the deal; where it names another deal's party or product, without whom it is on, to whoever decides on that. */
  reason: string;
  review: Day;
  by: PersonId;
  at: Instant;
}

/** How long a register keeps a hold or a country alert that was ended, for deals that come later. House rule. */
export const KEPT_DAYS = 365;

/** A hold that stood and was lifted. */
export interface LiftedHold {
  hold: Hold;
  reason: string;
  by: PersonId;
  at: Instant;
}

/** Waits for its day, and stops nothing before it: nobody but compliance sees it. */
export interface PlannedHold extends Hold {
  /** It begins on the morning of that day, with the day's other messages. */
  from: Day;
}

/** A planned hold that never began: nobody but compliance sees it. */
export interface WithdrawnPlan extends LiftedHold {
  hold: PlannedHold;
}

/** One that waits for its day, or that somebody withdrew before it. */
export interface Plan {
  hold: PlannedHold;
  /** Whom the deal names that it is on. Absent: it is on an end-user, or nobody looked. */
  parties?: readonly string[] | undefined;
  withdrawn?: Omit<WithdrawnPlan, 'hold'> | undefined;
}

export const stopsOf = (holds: readonly Pick<Hold, 'stop'>[]): HoldStop[] =>
  HOLD_STOPS.filter((stop) => holds.some((hold) => hold.stop.includes(stop)));
