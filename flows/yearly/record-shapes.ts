/** What a yearly report counts, as it is read from the record. Guidance: R1. */

import type { Day, Instant, PersonId } from '../ids.ts';
import type { AskedKind } from '../programme/asked-kinds.ts';
import type { DealInYear } from './deal-year.ts';

/** A hold that was placed: on a deal, or on all of an end-user. */
export interface HoldInYear {
  id: string;
  because: 'breach' | 'inquiry';
  at: Instant;
  /** Its customer and end-user. A deal that is not there any more has none. */
  customer?: string | undefined;
  endUser?: string | undefined;
}

/** A course that people are asked to take, with the day on which each took it last. */
export interface CourseInYear {
  id: string;
  title: string;
  people: readonly { person: PersonId; on?: string | undefined }[];
}

/** Somebody outside who was asked, as the register of the programme has it. */
export interface AskedInYear {
  id: string;
  who: string;
  kind: AskedKind;
  /** In UTC. */
  on: Day;
}

export interface RecordOfYear {
  deals: readonly DealInYear[];
  holds: readonly HoldInYear[];
  courses: readonly CourseInYear[];
  asked: readonly AskedInYear[];
  /** When a changed policy was taken into use. */
  policyChanges: readonly Instant[];
}
