/** A deal's events, in the past tense. Stored permanently: add optional members, never change or remove one. */

import type { AlertId, CountryAlert } from '../country-alert.ts';
import type { TakenFrom } from '../gap-acceptance.ts';
import type { Hold, HoldId } from '../hold.ts';
import type { GroupId, ReminderStage, PersonId, Source, Instant, DealId } from '../ids.ts';
import type { FlagId, QuestionId, SectionId, Tier, Weight } from '../policy/policy.ts';
import type {
  Acting,
  Answer,
  Ballot,
  Condition,
  DealDetails,
  DealRoute,
  Difference,
  DutyKey,
  GivenAnswer,
  HandOver,
  Home,
  Owed,
  Reassessment,
  Renewal,
} from './deal.ts';

export type DealEvent = { at: Instant; by: PersonId } & DealFact;

export type DealFact =
  | { type: 'DealOpened'; deal: DealId; home: Home; owner: PersonId; details: DealDetails; policy: string }
  /** `alertsLeft`: country alerts that stand for the destination of before. */
  | { type: 'DetailsCorrected'; details: DealDetails; reason: string; alertsLeft?: AlertId[] | undefined }
  /** `changed`: questions that were answered differently before, here as in a complete section. */
  | {
      type: 'SectionSavedForLater';
      section: SectionId;
      answers: Record<QuestionId, GivenAnswer>;
      changed?: QuestionId[] | undefined;
    }
  /** Replaces that section's answers and its half-filled draft. */
  | {
      type: 'SectionAnswered';
      section: SectionId;
      answers: Record<QuestionId, Answer>;
      changed?: QuestionId[] | undefined;
    }
  | { type: 'SectionHandedOver'; section: SectionId; handOver: HandOver }
  | { type: 'HandOverEnded'; section: SectionId }
  | { type: 'FoundOutOfScope'; reasons: string[] }
  | { type: 'FoundInScope'; reasons: string[] }
  | { type: 'FlagRaised'; flag: FlagId; title: string; pending: boolean; weight: Weight }
  | { type: 'FlagAdmitted'; flag: FlagId; weight: Weight; reason?: string | undefined }
  | { type: 'FlagDismissed'; flag: FlagId; reason: string }
  /** Compliance accepted open questions, and confirmed an exception of the risk picture, all with one reason. */
  | {
      type: 'GapsAccepted';
      questions: QuestionId[];
      reason: string;
      confirm?: string | undefined;
      /** The deal took it from an acceptance for its country or its product. */
      from?: TakenFrom | undefined;
    }
  /** All sections are in, and what is not known makes the tier heavier: who might know is asked first. */
  | { type: 'FindingOut'; until: Instant; nudge?: Instant | undefined }
  /** The owner was reminded that the deal goes on soon. */
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
    }
  /** A named rule of the policy prohibits the deal. */
  | { type: 'DealStopped'; rule: string; factsHash: string }
  /** `for`: the absent person, where somebody acted for them. */
  | { type: 'VoteCast'; step: number; factsHash: string; ballot: Ballot; for?: PersonId | undefined }
  | { type: 'VoteTakenBack'; step: number; reason?: string | undefined }
  /** `seats`: the absent people voted for, by voter. */
  | {
      type: 'VotesVoided';
      voters: PersonId[];
      seats?: Record<PersonId, PersonId> | undefined;
      differences: Difference[];
      factsHash: string;
    }
  | { type: 'InformationAsked'; request: string; step: number; question: string }
  | { type: 'InformationGiven'; request: string; text: string; sources: Source[] }
  /** Changed facts made further questions apply while approvers were deciding. */
  | { type: 'QuestionsReopened'; sections: SectionId[] }
  | { type: 'StepCompleted'; step: number; group: GroupId; outcome: 'passed' | 'declined' }
  | {
      type: 'DealDecided';
      outcome: 'approved' | 'approved with conditions' | 'declined';
      conditions: Condition[];
      tier: Tier;
    }
  | { type: 'DealWithdrawn'; reason: string }
  /** `askAgain`: these sections' answers become drafts, to be confirmed or changed. */
  | { type: 'DealReopened'; reason: string; askAgain: SectionId[] }
  | { type: 'OwnerReassigned'; to: PersonId; reason: string }
  | { type: 'Nudged'; people: PersonId[] }
  | { type: 'RecordExported'; format: 'json' | 'markdown' }
  /**
   * `stage`: how many stages of this duty are done; skipped ones count as told. `acting`: it went to a stand-in.
   * `also`: other duties, of one stage each, covered by the same message.
   */
  | {
      type: 'Reminded';
      duty: DutyKey;
      owed: Owed;
      stage: number;
      of: ReminderStage;
      to: PersonId[];
      acting?: Acting | undefined;
      also?: DutyKey[] | undefined;
    }
  | { type: 'Snoozed'; duty: DutyKey; owed: Owed; until: Instant }
  | { type: 'ConditionMet'; condition: string; text: string; sources: Source[]; for?: PersonId | undefined }
  | { type: 'ConditionHandedOver'; condition: string; to: PersonId; reason: string }
  | { type: 'ConditionAccepted'; condition: string; for?: PersonId | undefined }
  | { type: 'ConditionReturned'; condition: string; reason: string; for?: PersonId | undefined }
  /** A condition has been overdue for so long that the policy suspends the approval. */
  | { type: 'DealSuspended'; conditions: string[] }
  | { type: 'SuspensionLifted'; reason: string }
  /** Replaces the previous dates. None: nothing is renewed, and `reason` says why. */
  | { type: 'RenewalsSet'; dates: Pick<Renewal, 'of' | 'on'>[]; reason?: string | undefined }
  /** `alert`: the country alert that caused it. */
  | { type: 'ReassessmentRequired'; task: Omit<Reassessment, 'by' | 'since'>; alert?: string | undefined }
  /** A change was reported by mistake: it is no longer a reason for a reassessment. */
  | { type: 'ChangeTakenBack'; task: string; reason: string }
  /** The approval stays in force; these sections' answers become drafts, to be confirmed or changed. */
  | { type: 'ReassessmentStarted'; tasks: string[]; askAgain: SectionId[] }
  /** Compliance put the deal or its end-user on hold, or lifted the hold. */
  | { type: 'HoldNoted'; hold: Hold }
  | { type: 'HoldEnded'; hold: HoldId; reason: string; lifted: PersonId }
  /** A country alert stands for the deal's destination while it is asked or decided. A fact where a risk picture weighs it. */
  | { type: 'AlertNoted'; alert: CountryAlert }
  | { type: 'AlertEnded'; alert: AlertId; reason: string; ended: PersonId };

export type DealEventType = DealFact['type'];
