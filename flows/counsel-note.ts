/** Counsel's note on a country's laws: who looked at them, when, and at what. It serves every deal there. Guidance: L1 to L3. */

import type { Day, Instant, PersonId, Source } from './ids.ts';

export interface CounselNote {
  id: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  looked: string;
  source?: Source | undefined;
  by: PersonId;
  at: Instant;
  /** The last day on which a deal may take it. */
  until: Day;
}

/** A note in whose place a colleague wrote another, or its author while it was valid. */
export interface ReplacedNote {
  note: CounselNote;
  by: PersonId;
  at: Instant;
}

/** House rule: laws change, so counsel looks again after so many months. */
export const NOTE_MONTHS = 12;
