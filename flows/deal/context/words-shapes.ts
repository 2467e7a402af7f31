/** The shapes of what was ever written of a deal. */

import type { DealId, Instant, PersonId } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import type { DealDetails, ExportLicence, Renewal } from '../deal.ts';

export type SetWith = { licence: ExportLicence } | { dates: readonly Pick<Renewal, 'of' | 'on'>[] };

/** What a deal was of before a correction, and after it. */
export interface Moves {
  was: DealDetails;
  now: DealDetails;
}

export interface WordsEver {
  /**
   * `called`: a name in its details that says more than a name. `denied`: somebody said that they never said it. `sent back`: why compliance refused a change, or the scope. Those after
   * that are read from the events (`words-said.ts`), and a flag, a question and a report of other parties (`held-against.ts`).
   */
  of:
    | 'answer'
    | 'note'
    | 'source'
    | 'role'
    | 'called'
    | 'vote'
    | 'denied'
    | 'sent back'
    | 'reasons'
    | 'condition'
    | 'withdrawn'
    | 'reopened'
    | 'recused'
    | 'evidence'
    | 'returned'
    | 'handed over'
    | 'corrected'
    | 'settled'
    | 'taken back'
    | 'admitted'
    | 'dismissed'
    | 'set'
    | 'authority'
    | 'flag'
    | 'question'
    | 'report';
  question?: QuestionId | undefined;
  text: string;
  /** The flag that was admitted or dismissed with it. */
  flag?: string | undefined;
  /** Of whom it was asked, of a condition. */
  owner?: PersonId | undefined;
  /** What was said of the export licence or the renewal dates with it. */
  set?: SetWith | undefined;
  by: PersonId;
  at: Instant;
  /** True where other words took their place. */
  gone: boolean;
  /** True under an answer that speaks against the deal. */
  grave: boolean;
  /** A source whose author took another. */
  chosen?: true | undefined;
  /** The product, its end-user, the country or who is in between became another with it. */
  moves?: Moves | undefined;
  /** Of a flag that compliance dismissed there. */
  dismissed?: true | undefined;
  /** Of a flag that compliance admitted there. */
  admitted?: true | undefined;
  /** Of evidence: what an approver asked. */
  asked?: string | undefined;
}

/** Words of another deal that this one does not say. */
export interface WordsElsewhere extends WordsEver {
  deal: DealId;
  /** Somebody else than its seller said it; of a product and a country `weighs`: it is held against that deal, or said of both beside its answers. */
  ofColleague?: 'said' | 'weighs' | undefined;
  /** It names no company of that deal, nor its part, and may be of anybody in that sale: `let go` of a deal like this one as somebody let go of it. */
  ofAnybody?: 'said' | 'let go' | undefined;
}
