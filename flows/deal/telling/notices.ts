/** The messages that a deal owes people, derived from its events. They stay in the outbox until delivered. */

import type { CounselNote } from '../../counsel-note.ts';
import type { TakenFrom } from '../../gap-acceptance.ts';
import type { Hold } from '../../hold.ts';
import type { DealId, PersonId, ReminderStage } from '../../ids.ts';
import type { FlagId, QuestionId, SectionId } from '../../policy/policy.ts';
import type { TakenSheet } from '../../sheet.ts';
import type { Acting, DealDetails, DutyKey, ExportLicence, Owed, Reassessment, Renewal } from '../deal.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import type { LostWord } from '../said-shapes.ts';

export type LiveCard =
  | { card: 'root' }
  /** `asked`: the number of the reassessment, from 1; absent: before the first. */
  | { card: 'section'; section: SectionId; asked?: number | undefined }
  /** All sections, before the first reassessment. */
  | { card: 'answers' }
  | { card: 'review'; round: number; step: number }
  /** The conditions of an approval, with the progress of each. */
  | { card: 'conditions' }
  /** No message of its own: private messages about the deal become what came of them. */
  | { card: 'private' };

export interface RemindedOf {
  duty: DutyKey;
  owed: Owed;
  of: ReminderStage;
}

/** The content of a fact notice, rendered from the deal as of the notice's commit. */
export type Fact =
  | { fact: 'section handed over'; section: SectionId; to: PersonId; by: PersonId }
  | { fact: 'section taken back'; section: SectionId; by: PersonId }
  | { fact: 'counsel asked'; by: PersonId }
  /** Counsel's note and accepted gaps whose last day has passed, and the word of people who sell the deal now. */
  | {
      fact: 'basis ended';
      note?: Pick<CounselNote, 'country' | 'until'> | undefined;
      gaps: QuestionId[];
      words: LostWord[];
      sheets?: QuestionId[] | undefined;
      /** Accepted over a deal that is milder than this one by now. */
      outgrown?: QuestionId[] | undefined;
      /** Accepted for other deals, and a colleague wrote under it here. */
      unread?: QuestionId[] | undefined;
    }
  /** A newer version of a sheet says worse, and its answers count. */
  | { fact: 'sheet moved'; sheet: TakenSheet; questions: QuestionId[] }
  /**
   * How many other deals ended without approval, and the answers that others gave otherwise. `kind`: a graver kind of
   * end-user is said elsewhere. `worries`: what stands in another deal. `asked`: to somebody who asked something there.
   */
  | {
      fact: 'others noted';
      ended: number;
      otherwise: QuestionId[];
      kind?: true | undefined;
      worries?: HeardWorry['of'][] | undefined;
      asked?: DealId | undefined;
    }
  /** To compliance: settled deals that hear of this one. */
  | { fact: 'heard elsewhere'; deals: DealId[] }
  /** To somebody whose word answers stand on: which ones, newly. */
  | { fact: 'named as basis'; questions: QuestionId[]; by: PersonId }
  /** To somebody whose answers another made lighter. */
  | { fact: 'answers changed'; questions: QuestionId[]; by: PersonId; why: string }
  /** To the owner and those who judge the deal: answers that were saved for later over lighter ones that count. */
  | { fact: 'saved heavier'; questions: QuestionId[] }
  | { fact: 'basis objected'; questions: QuestionId[]; reason: string; by: PersonId }
  | { fact: 'own flag raised'; flag: FlagId }
  | { fact: 'own flag settled'; flag: FlagId }
  | {
      fact: 'gaps accepted';
      by: PersonId;
      reason: string;
      questions: QuestionId[];
      confirm?: string | undefined;
      from?: TakenFrom | undefined;
    }
  | {
      fact: 'gaps taken back';
      by: PersonId;
      reason: string;
      questions: QuestionId[];
      exceptions?: string[] | undefined;
      /** They ended after what `by` said. */
      byItself?: true | undefined;
    }
  /** `soon`: the owner and whoever might know are reminded, the deal goes on by itself next. */
  | { fact: 'finding out'; soon?: true | undefined }
  /** `by`: `system` where its days were over. */
  | { fact: 'sent on'; by: PersonId }
  | { fact: 'routed' }
  | { fact: 'stopped' }
  | { fact: 'out of scope' }
  | { fact: 'scope said' }
  | { fact: 'lighter said' }
  | { fact: 'lighter settled'; confirmed: boolean; by: PersonId }
  | { fact: 'scope refused' }
  | { fact: 'authority noted' }
  /** `was`: the details before. `ended`: questions and exceptions that were accepted of these. Absent in older records. */
  | { fact: 'details corrected'; was?: DealDetails | undefined; ended?: string[] | undefined }
  | { fact: 'review wanted'; step: number }
  | { fact: 'vote cast'; step: number; by: PersonId }
  /** To whoever asked for them. */
  | { fact: 'conditions left out'; step: number; by: PersonId }
  | { fact: 'vote taken back'; step: number; by: PersonId }
  | { fact: 'recused'; by: PersonId; reason: string; voters?: PersonId[] | undefined }
  | { fact: 'votes voided' }
  /** In the thread: another organisation file counts. As in the event. */
  | { fact: 'seats noted'; gone: PersonId[]; full?: true | undefined; short?: true | undefined }
  | { fact: 'information asked'; request: string }
  | { fact: 'information given'; request: string }
  | { fact: 'information taken back'; request: string }
  | { fact: 'decided' }
  | { fact: 'withdrawn' }
  | { fact: 'reopened' }
  | { fact: 'owner reassigned'; to: PersonId; by: PersonId; reason: string }
  /** `asked`: what the deal waits for. Absent in older records. */
  | { fact: 'nudged'; by: PersonId; asked?: Owed | undefined }
  /** `escalation`: to somebody who does not owe it. In the thread: a condition's date has passed. */
  /** `with`: other conditions of which the same person is reminded in the same moment. */
  | { fact: 'reminded'; duty: DutyKey; owed: Owed; of: ReminderStage; with?: RemindedOf[] | undefined }
  | { fact: 'condition met'; condition: string }
  | { fact: 'condition handed over'; condition: string; to: PersonId; by: PersonId; reason: string }
  | { fact: 'condition accepted'; condition: string }
  | { fact: 'condition returned'; condition: string }
  | { fact: 'suspended' }
  | { fact: 'suspension lifted'; reason: string; by: PersonId }
  /** `before`: the dates that it takes the place of, where one of them is set off. */
  | { fact: 'renewals set'; by: PersonId; before?: Pick<Renewal, 'of' | 'on'>[] | undefined }
  /** Those who stand close to the deal decided alone while the recipient was away. `step`: as in the route. */
  | { fact: 'decided without'; step: number; voters: PersonId[] }
  | { fact: 'licence set'; licence: ExportLicence; reason: string; by: PersonId }
  | { fact: 'reassessment asked'; task: string }
  | { fact: 'change taken back'; task: Reassessment; reason: string; by: PersonId }
  | { fact: 'reassessment started'; by: PersonId }
  | { fact: 'put on hold'; hold: Hold }
  | { fact: 'hold lifted'; hold: Hold; reason: string; by: PersonId };

/** `acting`: the recipient stands in for somebody. */
export type NoticeTarget = { to: 'thread' } | { to: 'person'; person: PersonId; acting?: Acting | undefined };

/** `id` is stable: part of the message's metadata, so that a repeat is recognised. */
export type Notice =
  | { id: string; kind: 'live'; live: LiveCard }
  | { id: string; kind: 'fact'; target: NoticeTarget; fact: Fact };

export const THREAD: NoticeTarget = { to: 'thread' };
export const people = (ids: readonly PersonId[]): NoticeTarget[] =>
  [...new Set(ids)].map((person) => ({ to: 'person', person }));
