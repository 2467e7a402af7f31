/** Requests to a deal, imperative. Edges build these from zod-checked payloads; `decide` trusts nothing in them. */

import type { AlertId, CountryAlert } from '../country-alert.ts';
import type { Hold, HoldId } from '../hold.ts';
import type { PersonId, Source, Day, DealId } from '../ids.ts';
import type { FlagId, QuestionId, SectionId, Weight } from '../policy/policy.ts';
import type { Ballot, ChangeKind, DealDetails, DutyKey, GivenAnswer, Home } from './deal.ts';

export type DealCommand =
  | { type: 'OpenDeal'; deal: DealId; home: Home; details: DealDetails }
  | { type: 'CorrectDetails'; details: DealDetails; reason: string }
  | { type: 'SaveSectionForLater'; section: SectionId; answers: Record<QuestionId, GivenAnswer> }
  | { type: 'AnswerSection'; section: SectionId; answers: Record<QuestionId, GivenAnswer> }
  | { type: 'HandOverSection'; section: SectionId; to: PersonId; note?: string | undefined }
  | { type: 'TakeSectionBack'; section: SectionId }
  | { type: 'RaiseFlag'; title: string }
  | { type: 'AdmitFlag'; flag: FlagId; weight: Weight; reason?: string | undefined }
  | { type: 'DismissFlag'; flag: FlagId; reason: string }
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
    }
  /** The deal goes to its approvers with what is not known. */
  | { type: 'SendOn' }
  /** `factsHash` is the one the review form showed; `for` names the absent person voted for: absent, one's own vote. */
  | { type: 'CastVote'; step: number; factsHash: string; ballot: Ballot; for?: PersonId | undefined }
  | { type: 'TakeVoteBack'; step: number; reason?: string | undefined }
  | { type: 'AskForInformation'; step: number; question: string }
  | { type: 'GiveInformation'; request: string; text: string; sources: Source[] }
  | { type: 'Withdraw'; reason: string }
  | { type: 'Reopen'; reason: string }
  | { type: 'ReassignOwner'; to: PersonId; reason: string }
  | { type: 'Nudge' }
  | { type: 'RecordExport'; format: 'json' | 'markdown' }
  /** Time has passed. Only the ticker sends it, as `system`. */
  | { type: 'Tick' }
  /** No reminder of this before that day, in the person's own zone. */
  | { type: 'Snooze'; duty: DutyKey; until: Day }
  | { type: 'MeetCondition'; condition: string; text: string; sources: Source[] }
  | { type: 'HandOverCondition'; condition: string; to: PersonId; reason: string }
  /** `evidence`: how much had been handed in when it was looked at; absent in forms from before it was asked. */
  | { type: 'AcceptCondition'; condition: string; evidence?: number | undefined }
  | { type: 'ReturnCondition'; condition: string; reason: string; evidence?: number | undefined }
  /** `suspension`: the one the form showed (`suspensionShown`); absent as above. */
  | { type: 'LiftSuspension'; reason: string; suspension?: string | undefined }
  /** All dates at once; one that is absent is not foreseen. `reason`: why dates change, or why there are none. */
  | { type: 'SetRenewals'; licence?: Day | undefined; contract?: Day | undefined; reason?: string | undefined }
  /** Guidance 7, points 3 and 4. `on`: when the change begins, if it is still to come. */
  | { type: 'ReportChange'; what: ChangeKind; why: string; on?: Day | undefined }
  /** Takes back a change reported by mistake, and with it the reason for a reassessment. */
  | { type: 'TakeChangeBack'; task: string; reason: string }
  /** Guidance 7, point 5: a country alert reaches this deal. Only the bot itself sends it, as `system`. */
  | { type: 'RequireReassessment'; trigger: 'A5'; alert: string; why: string; source?: Source | undefined }
  | { type: 'StartReassessment' }
  /** "Nothing changed here": gives the section's answers at the approval again, unchanged. */
  | { type: 'ConfirmSection'; section: SectionId }
  /** A hold of compliance reaches this deal, or is lifted. Only the bot itself sends these, as `system`. */
  | { type: 'NoteHold'; hold: Hold }
  | { type: 'NoteRelease'; hold: HoldId; reason: string; by: PersonId }
  /** A country alert reaches a deal that is asked or decided, or is ended. As above. */
  | { type: 'NoteAlert'; alert: CountryAlert }
  | { type: 'NoteAlertEnd'; alert: AlertId; reason: string; by: PersonId };
