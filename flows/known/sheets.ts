/** Everything that this version knows of the stored register of product sheets and country briefs. */

import type { SheetFanOut, SheetsEvent, SheetsState } from '../registers/sheet-shapes.ts';
import { owners, spread, spreadWent, stage } from './registers.ts';
import type { Known, Shape } from './shape.ts';
import { acceptedOf, sheet, sheetAnswers, sheetChange, sheetDispute, sheetSaid, sheetWaits } from './shapes.ts';

const sheetFanOut: Shape<SheetFanOut> = { has: { sheet, questions: true } };

export const knownSheets: Known<SheetsState, SheetsEvent> = {
  format: 1,
  state: {
    has: {
      sheets: { each: sheet },
      asked: { each: { has: { on: acceptedOf, at: true, to: true } } },
      reminded: { each: true },
      spreads: { each: { has: { ...spread, what: sheetFanOut, owners } } },
    },
  },
  events: {
    SpreadWent: spreadWent,
    SheetSaved: {
      sheet: true,
      on: acceptedOf,
      version: true,
      until: true,
      answers: sheetAnswers,
      changes: sheetChange,
      said: sheetSaid,
      heavier: true,
      waits: sheetWaits,
    },
    SheetConfirmed: { sheet: true, version: true, answers: sheetAnswers, changes: sheetChange },
    SheetRefused: { sheet: true, reason: true },
    SheetDisputed: { sheet: true, dispute: sheetDispute },
    DisputeSettled: { sheet: true, dispute: true, reason: true },
    SheetsAsked: { asked: { has: { on: acceptedOf, to: true } } },
    SheetReminded: { of: stage, to: true, sheets: { has: { sheet: true, key: true, stage: true } } },
  },
};
