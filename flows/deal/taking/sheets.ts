/** What a deal may take of its product's sheet and its country's brief, and whether it still has it. House rule. */

import { addMonths, calendarOf, dayIn, hasRunOut } from '../../calendar.ts';
import type { PersonId } from '../../ids.ts';
import { sameValue } from '../../policy/answers.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { usualSheets } from '../../policy/schema.ts';
import { changedSince, isSheetOf, type SheetId } from '../../sheet.ts';
import type { Answer, GivenAnswer } from '../answer-shapes.ts';
import { sellers, withoutSheet } from '../basis/basis.ts';
import { actsFor } from '../rights/seats.ts';
import { sheetsOf } from '../sheets/heard.ts';
import { answeredOn, type SheetAnswered } from '../sheets/said.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** Nobody's own sheet is a basis for a deal that they work on or sell, nor for one of whom they stand in for. */
const isOfDeal = (view: DealView, id: PersonId): boolean => {
  const { deal } = view;
  const ours = new Set([...deal.team, ...sellers(deal)]);
  return ours.has(id) || actsFor(view, id).some((absent) => ours.has(absent));
};

/** Everybody on whom an answer of a sheet stands. */
const behind = ({ sheet, answer }: SheetAnswered): PersonId[] => [
  ...new Set([sheet.by, answer.by, ...(answer.confirmed ? [answer.confirmed.by] : [])]),
];

/**
 * Counsel's look at the laws lasts as long as a sheet does from the day of that look, whoever saved the brief again since: it
 * ends with that, and is no word of counsel after.
 */
const withinCounsels = ({ policy, organisation, now }: DealView, { sheet, answer }: SheetAnswered): SheetAnswered => {
  if (!answer.counsel) return { sheet, answer };
  const calendar = calendarOf(organisation);
  const until = addMonths(dayIn(answer.at, calendar), (policy.reminders.sheets ?? usualSheets).months);
  if (until >= dayIn(now, calendar)) return { sheet: until < sheet.until ? { ...sheet, until } : sheet, answer };
  const { counsel: _, ...word } = answer;
  return { sheet, answer: word };
};

/** What sheets that have not run out say of the deal. */
const saidToday = (view: DealView): [QuestionId, SheetAnswered][] => {
  const { deal, organisation, now } = view;
  const valid = sheetsOf(view).filter(
    (sheet) => isSheetOf(deal.details, sheet.on) && !hasRunOut(sheet, { organisation, now }),
  );
  return answeredOn(view, valid);
};

/** Returns by question the sheets of which it may take nothing there, as somebody behind them works on it or sells it, and whom. */
export const sheetsOfTeam = (view: DealView): ReadonlyMap<QuestionId, SheetAnswered & { people: PersonId[] }> =>
  new Map(
    saidToday(view).flatMap(([id, answered]) => {
      const people = behind(answered).filter((one) => isOfDeal(view, one));
      return people.length > 0 ? [[id, { ...answered, people }] as const] : [];
    }),
  );

/** Returns by question what the deal may take today. */
export const sheetAnswers = (view: DealView): ReadonlyMap<QuestionId, SheetAnswered> => {
  return new Map(
    saidToday(view)
      .filter(([, answered]) => !behind(answered).some((one) => isOfDeal(view, one)))
      .map(([id, answered]) => [id, withinCounsels(view, answered)]),
  );
};

/** Returns the answer as a deal has it that takes it: with the sheet's version, and a copy of its sources. */
export const takenAnswer = ({ sheet, answer }: SheetAnswered): GivenAnswer => {
  const { id, version, by, at, until } = sheet;
  const also = behind({ sheet, answer }).filter((one) => one !== by);
  return {
    value: answer.value,
    ...(answer.note === undefined ? {} : { note: answer.note }),
    sources: [],
    basis: {
      ...(answer.sources.length > 0 ? { sources: answer.sources } : {}),
      sheet: {
        id,
        version,
        by,
        at,
        until,
        ...(also.length > 0 ? { also } : {}),
        ...(answer.counsel ? { counsel: true as const } : {}),
      },
    },
  };
};

const plain = ({ value, note, sources, basis }: GivenAnswer): string =>
  JSON.stringify([
    value,
    note ?? '',
    [...sources, ...(basis?.sources ?? [])].map(({ name, year, url }) => [name, year ?? null, url ?? '']),
  ]);

/** Tells whether an answer says what the sheet says, with its note and on its sources. */
export const saysAsSheet = (given: GivenAnswer, answered: SheetAnswered): boolean =>
  plain(given) === plain(takenAnswer(answered));

/**
 * Reads what an answer that names a sheet really stands on: that sheet, if it says so today; `moved`: it said so until a
 * newer version; else nothing but its own word.
 */
export const readTaken = (
  id: QuestionId,
  given: GivenAnswer,
  all: ReadonlyMap<QuestionId, SheetAnswered>,
): { answer: GivenAnswer } | { moved: SheetAnswered } => {
  const claim = given.basis?.sheet;
  if (!claim) return { answer: given };
  const answered = all.get(id);
  if (!answered || answered.sheet.id !== claim.id) return { answer: withoutSheet(given) };
  if (saysAsSheet(given, answered)) return { answer: takenAnswer(answered) };
  const change = changedSince(answered.sheet, id, claim.version);
  return change && sameValue(change.before, given.value) ? { moved: answered } : { answer: withoutSheet(given) };
};

/** What the sheet says as something that was said before: an answer that is lighter is a change. */
export const saidOnSheet = (answered: SheetAnswered): Answer => ({
  ...takenAnswer(answered),
  by: answered.answer.by,
  at: answered.answer.at,
});

/** Returns the questions whose answers stand on a sheet whose last day has passed. */
export const sheetsRunOut = ({
  deal,
  organisation,
  now,
}: Pick<DealView, 'deal' | 'organisation' | 'now'>): QuestionId[] =>
  deal.status === 'answering' || deal.status === 'deciding'
    ? Object.values(deal.answers).flatMap((section) =>
        Object.entries(section).flatMap(([id, { basis }]) =>
          basis?.sheet && hasRunOut(basis.sheet, { organisation, now }) ? [id] : [],
        ),
      )
    : [];

/** Returns the sheets that answers of the deal were taken from. */
export const sheetsTaken = ({ answers }: Pick<OpenedDeal, 'answers'>): SheetId[] => [
  ...new Set(
    Object.values(answers).flatMap((section) => Object.values(section).flatMap(({ basis }) => basis?.sheet?.id ?? [])),
  ),
];
