/** Gaps that compliance accepted of a country or a product until a day: later deals take them by name. House rule. */

import type { Day, Instant, PersonId } from './ids.ts';

export type AcceptanceId = string;

/** `country`: ISO 3166-1 alpha-2. `product`: its id in the catalogue. */
export type AcceptedOf = { of: 'country'; country: string } | { of: 'product'; product: string; name: string };

/**
 * What it was accepted over: a deal with a graver kind of end-user, or a product that can do more, does not take it.
 * `row`: of the policy's risk picture, `can`: that row's words then.
 */
export interface AcceptedOver {
  /** An `EndUserKind`. */
  kind: string;
  row: string;
  can: string;
}

/** The last day on which some of what is accepted on a deal counts there: they are accepted for others until then, too. */
export interface AcceptedUntil {
  /** Ids of questions. */
  questions: readonly string[];
  day: Day;
  /** The acceptance for others, which comes after this one. */
  acceptance: AcceptanceId;
}

export interface GapAcceptance {
  id: AcceptanceId;
  on: AcceptedOf;
  /** Ids of questions. */
  questions: readonly string[];
  reason: string;
  /** Absent in older ones: any deal takes it. */
  over?: AcceptedOver | undefined;
  /** The last day on which a deal takes it. */
  until: Day;
  by: PersonId;
  at: Instant;
}

/** What a deal keeps of an acceptance that it took. */
export interface TakenFrom extends Pick<GapAcceptance, 'id' | 'on' | 'by' | 'until' | 'over'> {}

/** One that compliance ended before its last day. `at`: when, `by`: who. */
export interface EndedAcceptance {
  on: AcceptedOf;
  until: Day;
  by: PersonId;
  at: Instant;
  reason: string;
  /** Until when deals show why. Absent in older ones: its last day. */
  kept?: Day | undefined;
  /** Why it was accepted, by whom and when. Absent in older ones. */
  was?: Pick<GapAcceptance, 'reason' | 'by' | 'at'> | undefined;
}
