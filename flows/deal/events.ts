/** A deal's events, in the past tense. Stored permanently: add optional members, never change or remove one. */

import type { CounselNote } from '../counsel-note.ts';
import type { AlertId } from '../country-alert.ts';
import type { AcceptedOver, AcceptedUntil, TakenFrom } from '../gap-acceptance.ts';
import type { GroupId, PersonId, Source, Instant, DealId } from '../ids.ts';
import type { VoteSignature } from '../passkey.ts';
import type { FlagId, QuestionId, SectionId, Tier, Weight } from '../policy/policy.ts';
import type { ScopeConfirmation } from '../scope-confirmation.ts';
import type { TakenSheet } from '../sheet.ts';
import type { Answer, DraftAnswer } from './answer-shapes.ts';
import type { Ballot, Condition, DealDetails, DealRoute, Difference, HandOver, Home } from './deal.ts';
import type { DiscardedBy, DiscardedVote } from './discarded-vote.ts';
import type { LaterFact } from './events-later.ts';
import type { Others } from './heard-shapes.ts';
import type { OwnFlag } from './own-flag.ts';
import type {
  ConfirmedBefore,
  CountedFacts,
  LighterChanged,
  LighterSaid,
  Lowered,
  LostBasis,
  Overturned,
  Renamed,
  Reworded,
  ScopeConfirmed,
  ScopeSaid,
} from './said-shapes.ts';
import type { SeatsNow } from './seat-shapes.ts';

export type DealEvent = { at: Instant; by: PersonId } & DealFact;

export type DealFact =
  /**
   * `oneCard`: its sections share one card in the thread. Absent in older events: each has its own. `keepsWords`: it keeps whom
   * people named, what they wrote beside what they did, and what they saved for later; absent: it did not.
   */
  | {
      type: 'DealOpened';
      deal: DealId;
      home: Home;
      owner: PersonId;
      details: DealDetails;
      policy: string;
      oneCard?: true | undefined;
      keepsWords?: true | undefined;
    }
  /** `alertsLeft`: country alerts that stand for the destination of before. `fell`: red flags that fell by it; `waits`: the facts that counted, until compliance confirms it. `renamed`: who is somebody else now. `formerly`: answers of before count as given of what it was then; absent in older events. `between`: somebody else is in between. */
  | {
      type: 'DetailsCorrected';
      details: DealDetails;
      reason: string;
      alertsLeft?: AlertId[] | undefined;
      fell?: FlagId[] | undefined;
      waits?: CountedFacts | undefined;
      renamed?: Renamed[] | undefined;
      formerly?: true | undefined;
      between?: true | undefined;
      /** The customer is another, or is written otherwise. Absent: not so, or in older events. */
      customer?: true | undefined;
      /** More is sold, or nobody said how much: what was accepted of this deal alone ends. Absent: not so, or in older events. */
      more?: true | undefined;
      /** Flags that were settled of other parties than these, and wait again. */
      flagsAgain?: FlagId[] | undefined;
      /** Questions of approvers that were answered of something else, and are open again. Absent: none, or in older events. */
      questionsAgain?: string[] | undefined;
      /** The parties are others: whoever said that they have no stake in the deal says so again. Absent: not so, or in older events. */
      stakesAgain?: true | undefined;
    }
  /**
   * `changed`: questions that were answered differently before, here as in a complete section. `earlier`: those whose answer
   * or draft spoke against the deal and is seen no more.
   */
  | {
      type: 'SectionSavedForLater';
      section: SectionId;
      answers: Record<QuestionId, DraftAnswer>;
      changed?: QuestionId[] | undefined;
      earlier?: QuestionId[] | undefined;
      /** A colleague's words that these replace. */
      reworded?: Reworded | undefined;
    }
  /**
   * Replaces that section's answers and its half-filled draft. `heldBy`, here and below: who held the section and lost
   * it by what somebody else did.
   */
  | {
      type: 'SectionAnswered';
      section: SectionId;
      answers: Record<QuestionId, Answer>;
      changed?: QuestionId[] | undefined;
      earlier?: QuestionId[] | undefined;
      /** The same of the draft, where that was heavier. */
      earlierSaved?: QuestionId[] | undefined;
      /** Words that these replace. Absent: none, or in older events. */
      reworded?: Reworded | undefined;
      heldBy?: PersonId | undefined;
      lighter?: LighterChanged | undefined;
      /** Why they put the deal out of scope again, after compliance sent that back. */
      again?: string | undefined;
    }
  /** What stood on this person's word stands on it no more. */
  | { type: 'BasisObjected'; questions: QuestionId[]; reason: string }
  | { type: 'CounselAsked' }
  /** Counsel's note on the deal's country counts for it. */
  | { type: 'LawsTaken'; note: CounselNote }
  /** The deal is looked at again, and stands no more on what had a last day, nor on the word of people who sell it now. */
  | ({ type: 'BasisEnded' } & LostBasis)
  /** A newer version of a sheet that the deal took says worse: its answers take the place of those of before. `reworded`: words that go. Absent: none, or in older events. */
  | {
      type: 'SheetMoved';
      sheet: TakenSheet;
      answers: Record<SectionId, Record<QuestionId, Answer>>;
      reworded?: Reworded | undefined;
    }
  /** What other deals say against this one. Voids no vote. */
  | ({ type: 'OthersNoted'; together?: true | undefined } & Others)
  /** Settled deals hear of this one: compliance was told of all of them here, and of none of it there (`together`). */
  | { type: 'HeardElsewhere'; deals: DealId[] }
  | { type: 'SectionHandedOver'; section: SectionId; handOver: HandOver; heldBy?: PersonId | undefined }
  | { type: 'HandOverEnded'; section: SectionId; heldBy?: PersonId | undefined }
  /** The answers put the deal out of scope, and compliance has yet to confirm it. */
  | ({
      type: 'ScopeSaid';
      /** Set where it was said before, and something else that compliance looks at changed since. */
      said?: Pick<ScopeSaid, 'by' | 'at'> | undefined;
    } & Omit<ScopeSaid, 'by' | 'at'>)
  /** `keeps`: what later deals can rest on. */
  | { type: 'ScopeConfirmed'; keeps?: ScopeConfirmation | undefined }
  /** That section is asked again. */
  | { type: 'ScopeRefused'; section: SectionId; reason: string }
  /** Compliance confirmed the changes that make the deal lighter (`lowered`: the tier that fell by it), or sent them back: then the old ones count again. */
  | { type: 'LighterConfirmed'; lowered?: Pick<Lowered, 'from' | 'to'> | undefined }
  /** `renamed`: details that come back in place of others; `reworded`: words of the answers that go. Absent: none, or in older events. */
  | {
      type: 'LighterRefused';
      reason: string;
      renamed?: Renamed[] | undefined;
      reworded?: Reworded | undefined;
      /** The answers that count again, where some are heavier than what was said before the first change. Absent: those, or in older events. */
      back?: LighterSaid['answers'] | undefined;
      /** The same of the details. */
      details?: DealDetails | undefined;
      /** As in DetailsCorrected. */
      flagsAgain?: FlagId[] | undefined;
      questionsAgain?: string[] | undefined;
      stakesAgain?: true | undefined;
    }
  /** `said`: who answered so, where compliance confirmed it. */
  | {
      type: 'FoundOutOfScope';
      reasons: string[];
      said?: { by: PersonId; at: Instant } | undefined;
      confirmed?: ScopeConfirmed | undefined;
    }
  | { type: 'FoundInScope'; reasons: string[] }
  /** `stops`: the stopped deals of its end-user for which it waits, and since when they are. `mayBe`: those of another name. `denies`: answers that stand on the word of whoever raises it, who never said so. `hit`: it is about somebody on a list. Absent: none, or in older events. */
  | ({ type: 'FlagRaised'; flag: FlagId; pending: boolean } & Pick<
      OwnFlag,
      'title' | 'weight' | 'stops' | 'mayBe' | 'denies' | 'hit' | 'like' | 'ended'
    >)
  /** `settledBy`: who admitted or dismissed it, from when that is shown. `over`, `waited`: as in the flag. */
  | ({ type: 'FlagAdmitted'; flag: FlagId; weight: Weight } & Pick<OwnFlag, 'reason' | 'settledBy' | 'over' | 'waited'>)
  | ({ type: 'FlagDismissed'; flag: FlagId; reason: string } & Pick<OwnFlag, 'settledBy' | 'over'>)
  /** Compliance accepted open questions, and confirmed an exception of the risk picture, all with one reason. */
  | {
      type: 'GapsAccepted';
      questions: QuestionId[];
      reason: string;
      confirm?: string | undefined;
      /** The deal took it from an acceptance for its country or its product. */
      from?: TakenFrom | undefined;
      /** What this deal was when compliance accepted it here. Absent where it was taken, and in older ones. */
      over?: AcceptedOver | undefined;
      until?: AcceptedUntil | undefined;
      /** The tier that fell by it. Absent: none did, or in older ones. */
      lowered?: Pick<Lowered, 'from' | 'to'> | undefined;
    }
  /** Compliance took back what it had accepted and confirmed. The deal takes none of it from its country or product then. */
  /**
   * `forAll`: with the acceptance for a country or a product, which compliance ended. `byItself`: after what somebody said, or changed.
   * Absent: not so, or in older events.
   */
  | {
      type: 'GapsTakenBack';
      questions: QuestionId[];
      reason: string;
      exceptions?: string[] | undefined;
      forAll?: true | undefined;
      byItself?: true | undefined;
    }
  /** All sections are in, and what is not known makes the tier heavier: who might know is asked first. */
  | { type: 'FindingOut'; until: Instant; nudge?: Instant | undefined }
  /** The owner and whoever might know were reminded that the deal goes on soon. */
  | { type: 'FindOutNudged' }
  /** It goes on with what is not known: somebody of the team sent it, or time did. */
  | { type: 'SentOn' }
  /** All sections are in: tier, route and the facts they rest on. Happens again when facts change. */
  | {
      type: 'DealRouted';
      tier: Tier;
      rule: string;
      route: DealRoute;
      /** Differences from the facts of votes that were voided and not cast again. */
      differences?: Difference[] | undefined;
      /** In a reassessment: differences from the facts of the approval, and the tasks that this round settles. */
      sinceApproval?: Difference[] | undefined;
      covers?: string[] | undefined;
      /** A note or a source changed, and nothing that the thread was told: its review card stays the one of before. */
      alike?: true | undefined;
    }
  /** A named rule of the policy prohibits the deal. */
  /**
   * `because`: the answers of which one is enough, whatever was open; none: all together. Absent in older events.
   * `notify`: the authority is to be notified.
   */
  | {
      type: 'DealStopped';
      rule: string;
      factsHash: string;
      because?: QuestionId[] | undefined;
      notify?: true | undefined;
    }
  | { type: 'AuthorityNoted'; note: string }
  /** `for`: the absent person, where somebody acted for them. `signature`: absent, it was not signed. */
  | {
      type: 'VoteCast';
      step: number;
      factsHash: string;
      ballot: Ballot;
      for?: PersonId | undefined;
      signature?: VoteSignature | undefined;
    }
  | { type: 'VoteTakenBack'; step: number; reason?: string | undefined }
  /**
   * Decides nothing on this deal any more. `voters`: those whose votes in the open step end with it. What these carried
   * is in the event after this one; in older records, nowhere. `full`: the votes that are left are enough without them,
   * and rest for a business day; absent in older records, where they completed the step at once.
   */
  | { type: 'Recused'; reason: string; voters?: PersonId[] | undefined; full?: true | undefined }
  /**
   * `seats`: the absent people voted for, by voter. `because`: absent, the facts changed. `discarded`: what the votes
   * carried; absent in older records.
   */
  | {
      type: 'VotesVoided';
      voters: PersonId[];
      seats?: Record<PersonId, PersonId> | undefined;
      differences: Difference[];
      factsHash: string;
      because?: DiscardedBy | undefined;
      discarded?: DiscardedVote[] | undefined;
    }
  /** `holds`: absent in older records. */
  | { type: 'InformationAsked'; request: string; step: number; question: string; holds?: true | undefined }
  | { type: 'InformationTakenBack'; request: string; reason?: string | undefined }
  | { type: 'InformationGiven'; request: string; text: string; sources: Source[] }
  /** Changed facts made further questions apply while approvers were deciding. */
  | { type: 'QuestionsReopened'; sections: SectionId[] }
  /**
   * `counted`: the voters whose votes counted then; absent in older records, where all of the step did. `without`: who was away
   * while those who stand close to the deal decided alone.
   */
  | {
      type: 'StepCompleted';
      step: number;
      group: GroupId;
      outcome: 'passed' | 'declined';
      counted?: PersonId[] | undefined;
      without?: PersonId[] | undefined;
    }
  | {
      type: 'DealDecided';
      outcome: 'approved' | 'approved with conditions' | 'declined';
      conditions: Condition[];
      tier: Tier;
    }
  /** Another organisation file counts. */
  | ({ type: 'SeatsNoted' } & SeatsNow)
  | { type: 'DealWithdrawn'; reason: string }
  /** `askAgain`: these sections' answers become drafts, to be confirmed or changed. `from`: absent in older events. `over`: absent: nothing, or in older events. */
  | {
      type: 'DealReopened';
      reason: string;
      askAgain: SectionId[];
      from?: string | undefined;
      over?: Overturned[] | undefined;
    }
  /** `from`: absent in older events. */
  | { type: 'OwnerReassigned'; to: PersonId; reason: string; from?: PersonId | undefined }
  /**
   * They wait for compliance: `reworded`, as they were settled of what was said in other words; else as they counted at once while whoever
   * raised them worked on the deal alone, and now others do.
   */
  | { type: 'FlagsAskedAgain'; flagsAgain: FlagId[]; reworded?: true | undefined }
  /** Lighter answers that compliance confirmed wait for it once more, where they make a difference: something was said in other words, or the deal is of others. */
  | ({ type: 'LighterAskedAgain' } & Pick<ConfirmedBefore, 'questions' | 'over'>)
  | { type: 'Nudged'; people: PersonId[] }
  | { type: 'RecordExported'; format: 'json' | 'markdown' | 'pdf' }
  | LaterFact;

export type DealEventType = DealFact['type'];
