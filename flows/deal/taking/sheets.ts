/** What a deal may take of its product's sheet and its country's brief, and whether it still has it. House rule. */

import { addMonths, calendarOf, dayIn, hasRunOut } from '../../calendar.ts';
import { sameEndUser } from '../../end-user.ts';
import type { PersonId } from '../../ids.ts';
import { catalogueNamed, OTHER_PRODUCT } from '../../organisation.ts';
import { own } from '../../own.ts';
import { sameValue } from '../../policy/answers.ts';
import { WEIGHTS, type QuestionId } from '../../policy/policy.ts';
import { usualSheets } from '../../policy/schema.ts';
import { isLighterThan, sheetKindOf } from '../../policy/sheet-questions.ts';
import {
  changedSince,
  isSheetOf,
  type Sheet,
  type SheetAnswer,
  type SheetId,
  type SheetOf,
  type SheetSaid,
} from '../../sheet.ts';
import { sellers, withoutSheet } from '../basis/basis.ts';
import type { Answer, GivenAnswer } from '../deal.ts';
import { actsFor } from '../rights/seats.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export interface SheetAnswered {
  sheet: Sheet;
  answer: SheetAnswer;
}

/**
 * Tells whether a sheet has something to say about a deal: of its country, or of a product with the same id or the same name.
 * Of a product that the catalogue renamed, or gave another id, it is no basis, but what it says against deals is heard.
 */
export const speaksOf = (
  { destination, product }: { destination: string; product: { id: string; name: string } },
  on: SheetOf,
): boolean =>
  on.of === 'country'
    ? on.country === destination
    : (on.product === product.id && on.product !== OTHER_PRODUCT) || sameEndUser(on.name, product.name);

/**
 * Returns the sheets that speak of the deal's product and country, valid or not. A product outside the catalogue that is called
 * much the same as one in it hears what that one's sheet says.
 */
export const sheetsOf = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): Sheet[] => {
  const { details } = deal;
  const all = organisation.sheets ?? [];
  if (all.length === 0) return [];
  const { alike } = catalogueNamed(organisation, details.product);
  return all.filter(
    ({ on }) =>
      speaksOf(details, on) ||
      (on.of === 'product' && alike.some(({ id, name }) => id === on.product || sameEndUser(name, on.name))),
  );
};

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

const answeredOn = ({ policy }: DealView, sheets: readonly Sheet[]): [QuestionId, SheetAnswered][] =>
  sheets.flatMap((sheet) =>
    Object.entries(sheet.answers).flatMap(([id, answer]): [QuestionId, SheetAnswered][] => {
      const question = policy.question(id);
      return question && sheetKindOf(question) === sheet.on.of ? [[id, { sheet, answer }]] : [];
    }),
  );

/** Returns by question the heaviest that the sheets say, whoever wrote them, until whatever day and under whatever name. */
export const saidOnSheets = (view: DealView): ReadonlyMap<QuestionId, SheetAnswered> => {
  const said = new Map<QuestionId, SheetAnswered>();
  for (const [id, answered] of answeredOn(view, sheetsOf(view))) {
    const other = said.get(id);
    if (!other || isLighterThan(view.policy, id, answered.answer.value, other.answer.value)) said.set(id, answered);
  }
  return said;
};

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

/** Returns by question what the deal may take today. */
export const sheetAnswers = (view: DealView): ReadonlyMap<QuestionId, SheetAnswered> => {
  const { deal, organisation, now } = view;
  const valid = sheetsOf(view).filter(
    (sheet) => isSheetOf(deal.details, sheet.on) && !hasRunOut(sheet, { organisation, now }),
  );
  return new Map(
    answeredOn(view, valid)
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

/** Returns the questions of which a sheet says worse than these answers, and said so after them, or they of something else. */
export const worseSince = (view: DealView, given: Readonly<Record<QuestionId, Answer>>): QuestionId[] => {
  const { deal } = view;
  const all = view.organisation.sheets?.length ? saidOnSheets(view) : new Map<QuestionId, SheetAnswered>();
  return Object.entries(given).flatMap(([id, { value, at }]) => {
    const said = all.get(id)?.answer;
    const isNews = said && (at < said.at || (deal.elsewhereUntil !== undefined && at < deal.elsewhereUntil));
    return isNews && isLighterThan(view.policy, id, said.value, value) ? [id] : [];
  });
};

/** What the sheet says as something that was said before: an answer that is lighter is a change. */
export const saidOnSheet = (answered: SheetAnswered): Answer => ({
  ...takenAnswer(answered),
  by: answered.answer.by,
  at: answered.answer.at,
});

/** Returns the questions whose answers stand on a sheet whose last day has passed. */
export const sheetsRunOut = ({ deal, organisation, now }: DealView): QuestionId[] =>
  deal.status === 'answering' || deal.status === 'deciding'
    ? Object.values(deal.answers).flatMap((section) =>
        Object.entries(section).flatMap(([id, { basis }]) =>
          basis?.sheet && hasRunOut(basis.sheet, { organisation, now }) ? [id] : [],
        ),
      )
    : [];

export interface SaidWorse extends SheetSaid {
  sheet: Sheet;
}

/** How heavy a red flag it would raise, beside the deal's other answers; -1: none. */
const weightOf = ({ policy, facts }: DealView, { question, value }: SheetSaid): number => {
  const { flags } = policy.evaluate({ ...facts, answers: { ...facts.answers, [question]: value } });
  return Math.max(
    -1,
    ...flags.flatMap(({ because, weight }) => (because.includes(question) ? [WEIGHTS.indexOf(weight)] : [])),
  );
};

/**
 * Returns what any version of the sheets ever said that is worse than the deal's answer, the gravest first, the worst of each
 * question: approvers read it.
 */
export const worseOnSheets = (view: DealView): SaidWorse[] => {
  const { deal, policy } = view;
  const answers: Readonly<Record<QuestionId, Answer>> = Object.assign({}, ...Object.values(deal.answers));
  const worst = new Map<QuestionId, SaidWorse>();
  for (const sheet of sheetsOf(view)) {
    for (const said of sheet.said) {
      const { question: id, value } = said;
      const [now, other] = [own(answers, id), worst.get(id)];
      if (!now || !isLighterThan(policy, id, value, now.value)) continue;
      // Of lists, neither of which is the worse, the last one said.
      if (!other || !isLighterThan(policy, id, other.value, value)) worst.set(id, { ...said, sheet });
    }
  }
  return [...worst.values()]
    .map((said) => ({ said, weight: weightOf(view, said) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ said }) => said);
};

/** Returns the sheets that answers of the deal were taken from. */
export const sheetsTaken = ({ answers }: Pick<OpenedDeal, 'answers'>): SheetId[] => [
  ...new Set(
    Object.values(answers).flatMap((section) => Object.values(section).flatMap(({ basis }) => basis?.sheet?.id ?? [])),
  ),
];
