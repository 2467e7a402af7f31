/** Shapes of the register of product sheets and country briefs: its state, commands, events and messages. */

import type { SuggestedBy } from '../dataset.ts';
import type { Day, Instant, PersonId, ReminderStage, Source } from '../ids.ts';
import type { FactValue, QuestionId } from '../policy/policy.ts';
import type {
  Sheet,
  SheetAnswers,
  SheetAsked,
  SheetChange,
  SheetDispute,
  SheetId,
  SheetOf,
  SheetRefusal,
  SheetSaid,
} from '../sheet.ts';
import type { FanOut, FanOutPage, Reached, SpreadWent } from './fan-out.ts';

/** A version that is heavier than the one before reaches the deals of its product or country. */
export interface SheetFanOut {
  sheet: Sheet;
  /** The questions whose answers are heavier. */
  questions: QuestionId[];
}

export interface SheetsState {
  sheets: Readonly<Record<SheetId, Sheet>>;
  /** Sheets that deals want and that nobody has filled in since. */
  asked: Readonly<Record<SheetId, SheetAsked>>;
  /** By sheet and version: how many stages around its last day are done. */
  reminded: Readonly<Record<string, number>>;
  spreads: Readonly<Record<string, FanOut<SheetFanOut>>>;
}

export interface SheetGiven {
  value: FactValue;
  note?: string | undefined;
  sources: Source[];
  suggested?: SuggestedBy[] | undefined;
}

export type SheetsCommand =
  /** `from`: the version that the form showed, 0 for none. `why`: the reason for answers that are lighter than before. */
  | {
      type: 'SaveSheet';
      on: SheetOf;
      from: number;
      answers: Readonly<Record<QuestionId, SheetGiven>>;
      why?: string | undefined;
    }
  /** `asOf`: the lighter answers that compliance looked at. */
  | { type: 'ConfirmSheet'; sheet: SheetId; asOf: Instant }
  | { type: 'RefuseSheet'; sheet: SheetId; asOf: Instant; reason: string }
  /** Somebody who was to take the sheet says that it is wrong. */
  | { type: 'DisputeSheet'; sheet: SheetId; questions: QuestionId[]; reason: string }
  /** The sheet stays as it is. */
  | { type: 'SettleDispute'; sheet: SheetId; dispute: string; reason: string }
  /** Deals want these, and nobody has filled them in. Only the bot itself sends it. */
  | { type: 'AskSheets'; of: SheetOf[] }
  | FanOutPage
  | { type: 'Tick' };

export interface SheetReminder {
  of: ReminderStage;
  to: PersonId[];
  sheets: { sheet: SheetId; key: string; stage: number }[];
}

export type SheetsEvent =
  | SpreadWent
  | ({ at: Instant; by: PersonId } &
      /** `answers`: all that count from now on. `waits`: lighter ones that don't yet. `heavier`: questions whose answer is. */
      (
        | {
            type: 'SheetSaved';
            sheet: SheetId;
            on: SheetOf;
            version: number;
            until: Day;
            answers: SheetAnswers;
            changes: SheetChange[];
            said: SheetSaid[];
            heavier: QuestionId[];
            waits?: Sheet['waits'];
            /** It keeps sources, too, that somebody takes away. Absent in older events. */
            keepsSources?: true;
            /** It keeps also what its own author writes over. Absent in older events. */
            keepsOwn?: true;
          }
        | {
            type: 'SheetConfirmed';
            sheet: SheetId;
            version: number;
            answers: SheetAnswers;
            changes: SheetChange[];
            keepsSources?: true;
            keepsOwn?: true;
          }
        /** `of`: what was not confirmed, and who had given it. Absent in older events. */
        | { type: 'SheetRefused'; sheet: SheetId; reason: string; of?: Pick<SheetRefusal, 'questions' | 'from'> }
        | { type: 'SheetDisputed'; sheet: SheetId; dispute: SheetDispute }
        | { type: 'DisputeSettled'; sheet: SheetId; dispute: string; reason: string }
        | { type: 'SheetsAsked'; asked: { on: SheetOf; to: PersonId[] }[] }
        | ({ type: 'SheetReminded' } & SheetReminder)
      ));

export type SheetsFact =
  /** To who knows: deals want these. */
  | { fact: 'sheets asked'; of: SheetOf[] }
  /** To compliance: lighter answers to confirm. */
  | { fact: 'sheet waits'; sheet: SheetId; on: SheetOf; by: PersonId; why: string; questions: QuestionId[] }
  /** To compliance: the catalogue says otherwise. */
  | { fact: 'sheet against catalogue'; on: SheetOf; by: PersonId; says: string[] }
  /** Other words under an answer that speaks against deals: no deal moves by them. */
  | { fact: 'sheet noted'; on: SheetOf; by: PersonId; said: Pick<SheetSaid, 'question' | 'note'>[] }
  | { fact: 'sheet confirmed'; on: SheetOf; by: PersonId; version: number }
  | { fact: 'sheet refused'; on: SheetOf; by: PersonId; reason: string }
  | { fact: 'sheet disputed'; sheet: SheetId; on: SheetOf; dispute: SheetDispute }
  | { fact: 'dispute settled'; on: SheetOf; by: PersonId; dispute: SheetDispute; reason: string }
  | { fact: 'sheets run out'; of: ReminderStage; sheets: { on: SheetOf; until: Day }[] }
  /** To the owners of the deals that it reaches. */
  | { fact: 'sheet heavier for deals'; sheet: Sheet; questions: QuestionId[]; reached: Reached };
