/** Requests to a deal, imperative. Edges build these from zod-checked payloads; `decide` trusts nothing in them. */

import type { CounselNote } from '../counsel-note.ts';
import type { AlertId, CountryAlert } from '../country-alert.ts';
import type { AcceptedUntil } from '../gap-acceptance.ts';
import type { Hold, HoldId } from '../hold.ts';
import type { PersonId, Source, Day, DealId, Instant } from '../ids.ts';
import type { VoteSignature } from '../passkey.ts';
import type { FlagId, QuestionId, SectionId, Weight } from '../policy/policy.ts';
import type { Sheet } from '../sheet.ts';
import type { Base, GivenAnswer } from './answer-shapes.ts';
import type { Ballot, DealDetails, DutyKey, ExportLicence, Home } from './deal.ts';
import type { Others } from './heard-shapes.ts';
import type { EarlierDeal } from './reuse-shapes.ts';
import type { PartyFound } from './screened-shapes.ts';
import type { AskedSoFar } from './seat-shapes.ts';

/** Kinds of change: a major change is point 4 of the Guidance's list, the others are point 3. */
export const CHANGES = ['activity', 'service', 'relationship', 'major'] as const;
export type ChangeKind = (typeof CHANGES)[number];

export type DealCommand =
  | { type: 'OpenDeal'; deal: DealId; home: Home; details: DealDetails }
  /** `base`: what the form showed, as for a section below. */
  | { type: 'CorrectDetails'; details: DealDetails; reason: string; base?: Base | undefined }
  /** `base`: what the form showed, if it says; what its person left as it was then follows what others saved since. */
  | {
      type: 'SaveSectionForLater';
      section: SectionId;
      answers: Record<QuestionId, GivenAnswer>;
      base?: Base | undefined;
      /** How often the deal had become another when the form was opened. Absent: it is not known. */
      of?: number | undefined;
      /** What its person may take of earlier deals: read by the bot itself, right before. */
      earlier?: readonly EarlierDeal[] | undefined;
    }
  /** `why`: the reason for answers that are lighter than before. */
  | {
      type: 'AnswerSection';
      section: SectionId;
      answers: Record<QuestionId, GivenAnswer>;
      base?: Base | undefined;
      /** How often the deal had become another when the form was opened. Absent: it is not known. */
      of?: number | undefined;
      why?: string | undefined;
      /** As above. */
      earlier?: readonly EarlierDeal[] | undefined;
    }
  /** The person whom answers name as having said so denies it. */
  | { type: 'ObjectToBasis'; reason: string }
  /** `factsHash`: the facts that compliance looked at; `seen`: all that the form showed (`waitingShown`). */
  | { type: 'ConfirmScope'; factsHash: string; seen?: string | undefined }
  | { type: 'RefuseScope'; factsHash: string; reason: string; seen?: string | undefined }
  /** `asOf`: the last change that compliance looked at; `seen` as above. */
  | { type: 'ConfirmLighter'; asOf: Instant; seen?: string | undefined }
  | { type: 'RefuseLighter'; asOf: Instant; reason: string; seen?: string | undefined }
  /** The authority was notified, or need not be: the note says which. */
  | { type: 'NoteAuthority'; note: string }
  | { type: 'HandOverSection'; section: SectionId; to: PersonId; note?: string | undefined }
  | { type: 'TakeSectionBack'; section: SectionId }
  | { type: 'RaiseFlag'; title: string }
  /** `seen`: what the form showed (`flagShown`); absent in forms from before it was kept. */
  | { type: 'AdmitFlag'; flag: FlagId; weight: Weight; reason?: string | undefined; seen?: string | undefined }
  | { type: 'DismissFlag'; flag: FlagId; reason: string; seen?: string | undefined }
  /**
   * Compliance accepts that these answers are not known. `confirm`: an exception of the risk picture that it confirms.
   * `seen`: what the form showed (`gapsShown`).
   */
  | {
      type: 'AcceptGaps';
      questions: QuestionId[];
      reason: string;
      confirm?: string | undefined;
      seen?: string | undefined;
      until?: AcceptedUntil | undefined;
    }
  /** These are accepted as not known no more, and these exceptions are not confirmed. */
  | {
      type: 'TakeGapsBack';
      questions: QuestionId[];
      reason: string;
      exceptions?: string[] | undefined;
      /** Who ended the acceptance of a country or a product that the deal took: said by the bot alone. */
      ended?: PersonId | undefined;
    }
  /** The deal goes to its approvers with what is not known. */
  | { type: 'SendOn' }
  /**
   * `factsHash` is the one the review form showed; `for` names the absent person voted for: absent, one's own vote.
   * `signature`: only one that was verified, over the text `over`.
   */
  | {
      type: 'CastVote';
      step: number;
      factsHash: string;
      ballot: Ballot;
      for?: PersonId | undefined;
      /** The votes that the voter was shown (`votesSum`). Absent: they are not compared. */
      votes?: string | undefined;
      signature?: (VoteSignature & { over: string }) | undefined;
    }
  | { type: 'TakeVoteBack'; step: number; reason?: string | undefined }
  /** Steps back from deciding on this deal, for good. */
  | { type: 'Recuse'; reason: string }
  | { type: 'AskForInformation'; step: number; question: string }
  | { type: 'GiveInformation'; request: string; text: string; sources: Source[] }
  /** The question no longer holds the deal, and is not answered. `reason`: from whoever did not ask it. */
  | { type: 'TakeQuestionBack'; request: string; reason?: string | undefined }
  | { type: 'Withdraw'; reason: string }
  /** `seen`: what the form showed (`reopenShown`). */
  | { type: 'Reopen'; reason: string; seen?: string | undefined }
  | { type: 'ReassignOwner'; to: PersonId; reason: string }
  | { type: 'Nudge' }
  | { type: 'RecordExport'; format: 'json' | 'markdown' | 'pdf' }
  /** Time has passed. Only the ticker sends it, as `system`. */
  | { type: 'Tick' }
  /** No reminder of this before that day, in the person's own zone. */
  | { type: 'Snooze'; duty: DutyKey; until: Day }
  | { type: 'MeetCondition'; condition: string; text: string; sources: Source[] }
  | { type: 'HandOverCondition'; condition: string; to: PersonId; reason: string }
  /** `evidence`: how much had been handed in when it was looked at; absent in forms from before it was asked. */
  | { type: 'AcceptCondition'; condition: string; evidence?: number | undefined; seen?: string | undefined }
  | { type: 'ReturnCondition'; condition: string; reason: string; evidence?: number | undefined }
  /** `suspension`: the one the form showed (`suspensionShown`); absent as above. */
  | { type: 'LiftSuspension'; reason: string; suspension?: string | undefined; seen?: string | undefined }
  /**
   * All dates at once; one that is absent is not foreseen. `reason`: why dates change, or why there are none. `seen`: what the form showed
   * (`renewalsShown`).
   */
  | {
      type: 'SetRenewals';
      licence?: Day | undefined;
      contract?: Day | undefined;
      reason?: string | undefined;
      seen?: string | undefined;
    }
  /** The export licence of an approved deal. `reason`: what it stands on, such as its number. `seen`: what the form showed (`licenceShown`). */
  | { type: 'SetLicence'; licence: ExportLicence; reason: string; seen?: string | undefined }
  /** Something changed (Guidance: A3 and A4). `on`: when the change begins, if it is still to come. */
  | { type: 'ReportChange'; what: ChangeKind; why: string; on?: Day | undefined }
  /** Takes back a change reported by mistake, and with it the reason for a reassessment. */
  | { type: 'TakeChangeBack'; task: string; reason: string }
  /** A country alert reaches this deal (Guidance: A5). Only the bot itself sends it, as `system`. */
  | { type: 'RequireReassessment'; trigger: 'A5'; alert: string; why: string; source?: Source | undefined }
  | { type: 'StartReassessment' }
  /** "Nothing changed here": gives the section's answers at the approval again, unchanged. */
  | { type: 'ConfirmSection'; section: SectionId }
  /** Asks counsel to look at the laws of the deal's country. */
  | { type: 'AskCounsel' }
  /** Counsel's note on the deal's country reaches a deal that is asked or decided. Only the bot itself sends it. */
  | { type: 'TakeLaws'; note: CounselNote }
  /** A version of a sheet that is heavier than the one before reaches a deal that took it. As above. */
  | { type: 'TakeSheet'; sheet: Sheet; questions: QuestionId[] }
  /** `together`: compliance is told at the deals that it is of. */
  | ({ type: 'NoteOthers'; together?: true | undefined } & Others)
  /** Several settled deals hear of this one. Only the bot itself sends it, as `system`. */
  | { type: 'NoteHeard'; deals: DealId[] }
  /** Another organisation file counts. `asked`: who was asked so far. Only the bot itself sends it, as `system`. */
  | { type: 'NoteSeats'; asked: AskedSoFar }
  /** A hold of compliance reaches this deal, or is lifted. Only the bot itself sends these, as `system`. */
  | { type: 'NoteHold'; hold: Hold }
  /** `was`: the hold itself, for deals that it did not hold, and that asked whether it is them. */
  | { type: 'NoteRelease'; hold: HoldId; reason: string; by: PersonId; was?: Hold | undefined }
  /** Parties of the deal were compared with the lists in use. As above. */
  | { type: 'NoteScreening'; found: readonly PartyFound[] }
  /** A country alert reaches a deal that is asked or decided, or is ended. As above. */
  | { type: 'NoteAlert'; alert: CountryAlert }
  /** `why` and `from`: of the alert. */
  | { type: 'NoteAlertEnd'; alert: AlertId; reason: string; by: PersonId; why?: string; from?: PersonId };
