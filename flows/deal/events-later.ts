/** Events of what comes beside a decision and after it: reminders, conditions, reassessments, holds, country alerts. */

import type { AlertId, CountryAlert } from '../country-alert.ts';
import type { Hold, HoldId } from '../hold.ts';
import type { ReminderStage, PersonId, Source, Instant } from '../ids.ts';
import type { FlagId, SectionId } from '../policy/policy.ts';
import type { Acting, DutyKey, ExportLicence, Owed, Reassessment, Renewal, SaidOf } from './deal.ts';
import type { ComparedList, GoneHit, PartyHit, PartyName, PartyRole } from './screened-shapes.ts';

export type LaterFact =
  /**
   * A name of the deal was compared with lists. `hits`: those that are new, for which `flag` waits; `gone`: those nobody had settled and
   * that are over. `nothing`: the name has nothing that could be compared; `more`: hits beyond those that are kept.
   */
  | {
      type: 'PartyScreened';
      /** What the party was on the deal, beside its end-user. Absent: nothing, or in older events. */
      roles?: readonly PartyRole[] | undefined;
      /** What the party did in between, in the deal's words: none where it was not there. Absent: as `roles`, and in older events beside them. */
      parts?: readonly string[] | undefined;
      party: PartyName;
      lists: readonly ComparedList[];
      hits: readonly PartyHit[];
      flag?: FlagId | undefined;
      gone?: readonly GoneHit[] | undefined;
      nothing?: true | undefined;
      more?: number | undefined;
    }
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
  /** `of`: what the deal is of, where its approval is of something else. Absent: it is not, or in older events. */
  | {
      type: 'ConditionMet';
      condition: string;
      text: string;
      sources: Source[];
      for?: PersonId | undefined;
      of?: SaidOf | undefined;
    }
  | { type: 'ConditionHandedOver'; condition: string; to: PersonId; reason: string }
  | { type: 'ConditionAccepted'; condition: string; for?: PersonId | undefined; of?: SaidOf | undefined }
  /** `again`: it was returned before, so that its time does not start over. Absent in older events. */
  | {
      type: 'ConditionReturned';
      condition: string;
      reason: string;
      for?: PersonId | undefined;
      again?: true | undefined;
    }
  /** A condition or a reassessment has been overdue for so long that the policy suspends the approval. */
  /** `why`: what is overdue, in words; `reassessments`: their ids, absent where none is. Both absent in older events. */
  /** `joins`: it was suspended already. Absent: not so, or in older events. */
  | {
      type: 'DealSuspended';
      conditions: string[];
      reassessments?: string[] | undefined;
      why?: string | undefined;
      joins?: true | undefined;
    }
  /** `returns`: it comes back for conditions that stay open. Both are absent in older events. */
  | { type: 'SuspensionLifted'; reason: string; why?: string | undefined; returns?: true | undefined }
  /** Replaces the previous dates. None: nothing is renewed, and `reason` says why. */
  /** `judged`: by compliance that is not on the deal; absent in older events. */
  /** `holds`: compliance set all of them, also those that stay as they were. Absent: not so, or in older events. */
  | {
      type: 'RenewalsSet';
      dates: Pick<Renewal, 'of' | 'on'>[];
      reason?: string | undefined;
      judged?: true | undefined;
      holds?: true | undefined;
    }
  /**
   * The export licence of an approved deal is settled, or is in another state than it was said to be. `judged`: by compliance that
   * is not on the deal. `renamed`: what it was said to be before stays visible; absent in older events.
   */
  | {
      type: 'LicenceSet';
      licence: ExportLicence;
      reason: string;
      judged?: true | undefined;
      renamed?: 'exportLicence'[] | undefined;
    }
  /** `alert`: the country alert that caused it. `stays`: it stays visible when it is settled; absent in older events. */
  | {
      type: 'ReassessmentRequired';
      task: Omit<Reassessment, 'by' | 'since'>;
      alert?: string | undefined;
      stays?: true | undefined;
    }
  /** A change was reported by mistake: it is no longer a reason for a reassessment. */
  | {
      type: 'ChangeTakenBack';
      task: string;
      reason: string;
      /** Of the report. Absent in older events. */
      why?: string | undefined;
      from?: PersonId | undefined;
    }
  /** The approval stays in force; these sections' answers become drafts, to be confirmed or changed. */
  | { type: 'ReassessmentStarted'; tasks: string[]; askAgain: SectionId[] }
  /** Compliance put the deal or its end-user on hold, or lifted the hold. */
  | { type: 'HoldNoted'; hold: Hold }
  /** `why` and `from`: of the hold. Absent in older events. `name`: whom it was on, where it did not hold the deal. */
  | {
      type: 'HoldEnded';
      hold: HoldId;
      reason: string;
      lifted: PersonId;
      why?: string | undefined;
      from?: PersonId | undefined;
      name?: string | undefined;
      /** When it was lifted, where that was before the deal heard of it. */
      on?: Instant | undefined;
    }
  /** A country alert stands for the deal's destination while it is asked or decided. A fact where a risk picture weighs it. */
  | { type: 'AlertNoted'; alert: CountryAlert }
  /** `why` and `from`: of the alert. Absent in older events. */
  | {
      type: 'AlertEnded';
      alert: AlertId;
      reason: string;
      ended: PersonId;
      why?: string | undefined;
      from?: PersonId | undefined;
      /** When it was ended, where that was before the deal heard of it. */
      on?: Instant | undefined;
    };
