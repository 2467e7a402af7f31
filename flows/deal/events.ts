/** What happened to a deal, in the past tense. Stored for ever: add optional members, never change or remove one. */

import type { AlertId, CountryAlert } from '../country-alert.ts';
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
  | { type: 'DetailsCorrected'; details: DealDetails; reason: string }
  | { type: 'SectionSavedForLater'; section: SectionId; answers: Record<QuestionId, GivenAnswer> }
  /** Replaces that section's answers and its half-filled draft. */
  | { type: 'SectionAnswered'; section: SectionId; answers: Record<QuestionId, Answer> }
  | { type: 'SectionHandedOver'; section: SectionId; handOver: HandOver }
  | { type: 'HandOverEnded'; section: SectionId }
  | { type: 'FoundOutOfScope'; reasons: string[] }
  | { type: 'FoundInScope'; reasons: string[] }
  | { type: 'FlagRaised'; flag: FlagId; title: string; pending: boolean; weight: Weight }
  | { type: 'FlagAdmitted'; flag: FlagId; weight: Weight; reason?: string | undefined }
  | { type: 'FlagDismissed'; flag: FlagId; reason: string }
  /** All sections are in: tier, route and the facts they rest on. Comes again when facts change. */
  | {
      type: 'DealRouted';
      tier: Tier;
      rule: string;
      route: DealRoute;
      /** What differs from the facts of votes that were voided and not made again. */
      differences?: Difference[] | undefined;
      /** In a reassessment: what differs from the facts of the approval, and which of its tasks this round settles. */
      sinceApproval?: Difference[] | undefined;
      covers?: string[] | undefined;
    }
  /** A named rule of the policy prohibits the deal. */
  | { type: 'DealStopped'; rule: string; factsHash: string }
  /** `for`: in whose name, where somebody acted for whoever was away. */
  | { type: 'VoteCast'; step: number; factsHash: string; ballot: Ballot; for?: PersonId | undefined }
  | { type: 'VoteTakenBack'; step: number; reason?: string | undefined }
  /** `seats`: in whose name a voter voted, where not in their own. */
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
   * `stage`: how many stages of this duty are behind it now; skipped ones count as told. `acting`: it went to whoever stands
   * in. `also`: other duties, of one stage each, that this tells as well.
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
  /** A condition is overdue for so long that the policy holds the approval back. */
  | { type: 'DealSuspended'; conditions: string[] }
  | { type: 'SuspensionLifted'; reason: string }
  /** Replaces the dates of before. None: nothing is renewed, and `reason` says why. */
  | { type: 'RenewalsSet'; dates: Pick<Renewal, 'of' | 'on'>[]; reason?: string | undefined }
  /** `alert`: the country alert that it came of. */
  | { type: 'ReassessmentRequired'; task: Omit<Reassessment, 'by' | 'since'>; alert?: string | undefined }
  /** A change that was reported by mistake: nothing asks for its reassessment any more. */
  | { type: 'ChangeTakenBack'; task: string; reason: string }
  /** The approval stands on; these sections' answers become drafts, to be confirmed or changed. */
  | { type: 'ReassessmentStarted'; tasks: string[]; askAgain: SectionId[] }
  /** Compliance put the deal or its end-user on hold, and lifted that. */
  | { type: 'HoldNoted'; hold: Hold }
  | { type: 'HoldEnded'; hold: HoldId; reason: string; lifted: PersonId }
  /** A country alert stands for the deal's destination while it is asked or decided; it changes no fact. */
  | { type: 'AlertNoted'; alert: CountryAlert }
  | { type: 'AlertEnded'; alert: AlertId; reason: string; ended: PersonId };

export type DealEventType = DealFact['type'];
