/** The part of a section's form that a product sheet or a country brief answers: taken as it is, or one by one. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { SheetAnswered } from '../../flows/deal/sheets/said.ts';
import { own } from '../../flows/own.ts';
import type { Question, QuestionId } from '../../flows/policy/policy.ts';
import type { SheetKind } from '../../flows/policy/sheet-questions.ts';
import type { Sheet } from '../../flows/sheet.ts';
import type { FormValues } from '../card.ts';
import { textOf } from './inputs.ts';
import { sheetName } from './names.ts';

/** The questions that a product sheet or a country brief has answered already. */
export interface SheetRun {
  kind: SheetKind;
  sheet: Sheet;
  /** The version that the form showed. */
  version: number;
  questions: readonly Question[];
  /** `all`: taken as they are. Undefined in a form that showed none. */
  mode: 'all' | 'one' | undefined;
}

/** `all@2`: taken as version 2 has them. */
const SHEET_MODE = /^(all|one)@(\d{1,9})$/u;

const sheetModeOf = (values: FormValues, kind: SheetKind): { mode: 'all' | 'one'; version: number } | undefined => {
  const [, mode, version] = SHEET_MODE.exec(textOf(values, sheetName(kind)) ?? '') ?? [];
  return mode === undefined ? undefined : { mode: mode === 'all' ? 'all' : 'one', version: Number(version) };
};

const KINDS: readonly SheetKind[] = ['product', 'country'];

export const sheetRunsOf = (
  answered: ReadonlyMap<QuestionId, SheetAnswered>,
  questions: readonly Question[],
  values: FormValues,
): SheetRun[] =>
  KINDS.flatMap((kind) => {
    const covered = questions.filter(({ id }) => answered.get(id)?.sheet.on.of === kind);
    const sheet = covered[0] && answered.get(covered[0].id)?.sheet;
    if (!sheet) return [];
    const { mode, version = sheet.version } = sheetModeOf(values, kind) ?? {};
    return [{ kind, sheet, version, questions: covered, mode }];
  });

export const sheetRunOf = (layout: { sheets: readonly SheetRun[] }, { id }: Question): SheetRun | undefined =>
  layout.sheets.find(({ questions }) => questions.some((one) => one.id === id));

/** Sheets are taken as they are, unless something was answered apart. */
export const sheetModes = (
  { sheets }: { sheets: readonly SheetRun[] },
  saved: Readonly<Record<QuestionId, GivenAnswer>>,
): FormValues =>
  Object.fromEntries(
    sheets.map(({ kind, sheet, questions }) => {
      const given = questions.flatMap(({ id }) => own(saved, id) ?? []);
      const all = given.every(({ basis }) => basis?.sheet?.id === sheet.id);
      return [sheetName(kind), `${all ? 'all' : 'one'}@${sheet.version}`];
    }),
  );
