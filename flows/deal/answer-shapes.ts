/** The shapes of a deal's answers. */

import type { DealId, Instant, PersonId, Source } from '../ids.ts';
import type { FactValue, QuestionId, SectionId } from '../policy/policy.ts';
import type { TakenSheet } from '../sheet.ts';

/** What a benign answer stands on where it has no sources of its own: one for all such answers of a section. */
export interface AnswerBasis {
  sources?: Source[] | undefined;
  /** Somebody of the organisation who said so. They are told, and can object. */
  told?: PersonId | undefined;
  /** The product sheet or country brief that it was taken from; its sources are a copy. Set by the decision alone. */
  sheet?: TakenSheet | undefined;
  /** The answer of an earlier deal that it confirms; note, sources and word are a copy. Set by the decision alone. */
  earlier?: TakenAnswer | undefined;
}

/** Whose answer to the same question it was, in which deal, and when it was first given. */
export interface TakenAnswer {
  deal: DealId;
  by: PersonId;
  at: Instant;
}

export interface GivenAnswer {
  value: FactValue;
  note?: string | undefined;
  sources: Source[];
  basis?: AnswerBasis | undefined;
  /** The checklist whose one press gave this answer. */
  checklist?: string | undefined;
}

/** Whose words an answer has that was given again. Absent: whoever gave it, or in older ones. */
export interface Said {
  /** Who gave that value first. */
  first?: { by: PersonId; at: Instant } | undefined;
  /** Who else gave that value before whoever gives it now. Absent: nobody, or in older events. */
  also?: PersonId[] | undefined;
  /** Who wrote the note. */
  noted?: { by: PersonId; at: Instant } | undefined;
  /** Who named its sources. */
  sourced?: { by: PersonId; at: Instant } | undefined;
  /** Those of them that somebody else named, where not all are of one person. */
  named?: (Source & { by: PersonId; at: Instant })[] | undefined;
}

export interface Answer extends GivenAnswer, Said {
  by: PersonId;
  at: Instant;
}

/** Saved for later. Drafts from before this was kept name nobody. */
export interface DraftAnswer extends GivenAnswer, Said {
  by?: PersonId | undefined;
  at?: Instant | undefined;
}

/** Fingerprints of what a form showed, by question or detail; one that is absent was empty. */
export type Base = Readonly<Record<string, string>>;

export type AnswersBySection = Record<SectionId, Record<QuestionId, Answer>>;
