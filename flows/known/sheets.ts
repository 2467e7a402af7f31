/** Everything that this version knows of the stored register of product sheets and country briefs. */

import type { SheetFanOut, SheetsEvent, SheetsState } from '../registers/sheet-shapes.ts';
import type { SettledDispute, Sheet, SheetAnswer, SheetDispute, SheetSaid } from '../sheet.ts';
import { datasetIds } from './indicators.ts';
import { owners, spread, spreadWent, stage } from './registers.ts';
import type { Known, Shape } from './shape.ts';
import { acceptedOf, source } from './shapes.ts';

const sheetAnswer: Shape<SheetAnswer> = {
  has: {
    value: true,
    note: true,
    sources: source,
    suggested: {
      has: { dataset: datasetIds, year: true, madeUp: true, indicator: true, value: true },
    },
    by: true,
    at: true,
    counsel: true,
    confirmed: { has: { by: true, at: true } },
    noted: { has: { by: true, at: true } },
    sourced: { has: { by: true, at: true } },
    named: { has: { ...source.has, by: true, at: true } },
  },
};
const sheetAnswers = { each: sheetAnswer } as const;
const sheetChange = { has: { version: true, question: true, before: true } } as const;
const sheetSaid: Shape<SheetSaid> = {
  has: { question: true, value: true, note: true, by: true, at: true, version: true },
};
const sheetDispute: Shape<SheetDispute> = {
  has: { id: true, version: true, questions: true, reason: true, by: true, at: true, against: true },
};
const settledDispute: Shape<SettledDispute> = {
  has: { ...sheetDispute.has, settled: { has: { by: true, at: true, reason: true } } },
};
const sheetWaits = { has: { answers: sheetAnswers, why: true, by: true, at: true } } as const;
const sheet: Shape<Sheet> = {
  has: {
    id: true,
    on: acceptedOf,
    version: true,
    by: true,
    at: true,
    until: true,
    answers: sheetAnswers,
    changes: sheetChange,
    said: sheetSaid,
    reworded: {
      has: { question: true, value: true, note: true, sources: true, by: true, at: true, changedBy: true, until: true },
    },
    waits: sheetWaits,
    refused: { has: { questions: true, reason: true, from: true, by: true, at: true } },
    disputes: sheetDispute,
    settled: settledDispute,
  },
};

const sheetFanOut: Shape<SheetFanOut> = { has: { sheet, questions: true } };

export const knownSheets: Known<SheetsState, SheetsEvent> = {
  format: 2,
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
      keepsSources: true,
      keepsOwn: true,
    },
    SheetConfirmed: {
      sheet: true,
      version: true,
      answers: sheetAnswers,
      changes: sheetChange,
      keepsSources: true,
      keepsOwn: true,
    },
    SheetRefused: { sheet: true, reason: true, of: { has: { questions: true, from: true } } },
    SheetDisputed: { sheet: true, dispute: sheetDispute },
    DisputeSettled: { sheet: true, dispute: true, reason: true },
    SheetsAsked: { asked: { has: { on: acceptedOf, to: true } } },
    SheetReminded: { of: stage, to: true, sheets: { has: { sheet: true, key: true, stage: true } } },
  },
};
