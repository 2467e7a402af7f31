/** What product sheets and country briefs say of a deal, whoever wrote them, and until whatever day. House rule. */

import { spaced } from '../../bare.ts';
import { addMonths } from '../../calendar.ts';
import type { Instant, PersonId, Source } from '../../ids.ts';
import { fromBothEnds, inTurn } from '../../in-turn.ts';
import { authorOf, byAuthor } from '../../named-sources.ts';
import { own } from '../../own.ts';
import { isOpenValue, sameValue } from '../../policy/answers.ts';
import { WEIGHTS, type QuestionId } from '../../policy/policy.ts';
import { isLighterThan, sheetKindOf } from '../../policy/sheet-questions.ts';
import { keepersOf } from '../../registers/sheet-owners.ts';
import type {
  SettledDispute,
  Sheet,
  SheetAnswer,
  SheetDispute,
  SheetRefusal,
  SheetReworded,
  SheetSaid,
} from '../../sheet.ts';
import type { Answer } from '../answer-shapes.ts';
import { speaksAgainst } from '../kept.ts';
import { othersFirst } from '../rights/others-first.ts';
import type { DealView } from '../view.ts';
import { leftLast, sheetsEver, sheetsOf, type Heard } from './heard.ts';

export interface SheetAnswered {
  sheet: Sheet;
  answer: SheetAnswer;
}

export const answeredOn = (
  { policy }: Pick<DealView, 'policy'>,
  sheets: readonly Sheet[],
): [QuestionId, SheetAnswered][] =>
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

type Given = Readonly<Record<QuestionId, Answer>>;

/** `counts`: tells of an answer whether what the sheet says is news to it. */
const worseThan = (
  view: DealView,
  given: Given,
  counts: (said: SheetAnswer, answer: Answer) => boolean,
): QuestionId[] => {
  const all = saidOnSheets(view);
  return Object.entries(given).flatMap(([id, answer]) => {
    const said = all.get(id)?.answer;
    return said && counts(said, answer) && isLighterThan(view.policy, id, said.value, answer.value) ? [id] : [];
  });
};

/** Returns the questions of which a sheet says worse than these answers, and said so after them, or they of something else. */
export const worseSince = (view: DealView, given: Given): QuestionId[] => {
  const { elsewhereUntil = '' } = view.deal;
  return worseThan(view, given, (said, { at }) => at < said.at || at < elsewhereUntil);
};

const answersOf = ({ deal }: DealView): Given => Object.assign({}, ...Object.values(deal.answers)) as Given;

/** Returns the questions of which a sheet says worse than the deal's answers, whenever it said so. */
export const worseNow = (view: DealView): QuestionId[] => worseThan(view, answersOf(view), () => true);

/** Tells whether it says in words, or picks, what the deal does not, and no rule weighs that. */
const isLeftOut = (
  { policy }: DealView,
  id: QuestionId,
  said: SheetAnswer['value'],
  now: Answer['value'] = [],
): boolean => {
  const kind = policy.question(id)?.kind;
  if (kind === 'text') return !isOpenValue(said) && spaced([said].flat().join(' ')) !== spaced([now].flat().join(' '));
  return kind === 'choices' && Array.isArray(said) && said.some((pick) => ![now].flat().includes(pick));
};

const isScopeSaid = (deal: DealView['deal']): boolean => deal.status === 'answering' && deal.scopeSaid !== undefined;

const isAnswered = ({ policy, deal }: DealView, id: QuestionId): boolean =>
  own(deal.answers, policy.question(id)?.section ?? '') !== undefined;

/** Tells whether a sheet of what the deal was before says it against the deal, and nobody has answered that since. */
const isLeftBefore = (view: DealView, { left }: Heard, { question, value }: SheetSaid): boolean =>
  left === true && !isAnswered(view, question) && speaksAgainst(view.policy, question, value);

export interface SaidWorse extends SheetSaid, Heard {
  /** Who else said it so, or wrote something else under it. */
  also: SheetSaid[];
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
 * question; and what they say in words, or pick, that the deal leaves out: approvers read it.
 */
export const worseOnSheets = (view: DealView): SaidWorse[] => {
  const { policy } = view;
  const answers = answersOf(view);
  const worst = new Map<QuestionId, SaidWorse>();
  for (const heard of sheetsEver(view)) {
    const { sheet } = heard;
    for (const said of sheet.said) {
      const { question: id, value } = said;
      const [now, other] = [own(answers, id), worst.get(id)];
      const isWorse = now ? isLighterThan(policy, id, value, now.value) : isLeftBefore(view, heard, said);
      if (!isWorse) continue;
      // Of lists, neither of which is the worse, the last one said.
      if (!other || !isLighterThan(policy, id, other.value, value)) {
        const also = inTurn(
          sheet.said.filter((one) => one !== said && one.question === id && sameValue(one.value, value)).toReversed(),
        );
        worst.set(id, { ...said, ...heard, also });
      }
    }
    for (const [id, { answer }] of answeredOn(view, [sheet])) {
      const { value, by, at } = answer;
      const now = own(answers, id);
      // Answered otherwise above, a further question is not asked any more; nor is any of a deal that is out of scope.
      const isOver = now ?? (isAnswered(view, id) || heard.left || isScopeSaid(view.deal));
      if (!isOver || worst.has(id) || !isLeftOut(view, id, value, now?.value)) continue;
      worst.set(id, { question: id, value, by, at, version: sheet.version, ...heard, also: [] });
    }
  }
  return [...worst.values()]
    .map((said) => ({ said, weight: weightOf(view, said) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ said }) => said);
};

export interface DisputeOfSheet extends Heard {
  dispute: SheetDispute | SettledDispute;
}

/** In months: what was left as it is, or replaced, so long ago holds nothing up. */
const RECENT_MONTHS = 12;

/**
 * Returns what colleagues hold against the sheets of the deal's product and country, now or before, valid or not: what nobody answered,
 * then what was left as it is or answered otherwise within a year, the latest first. Others than who sells the deal come first, one of
 * each in turn.
 */
export const sheetDisputes = (view: Pick<DealView, 'deal' | 'organisation' | 'now'>): DisputeOfSheet[] => {
  const sheets = sheetsEver(view);
  const since = addMonths(view.now.slice(0, 10), -RECENT_MONTHS);
  const open = sheets.flatMap((one) => one.sheet.disputes.map((dispute): DisputeOfSheet => ({ ...one, dispute })));
  const over = sheets
    .flatMap((one) => (one.sheet.settled ?? []).map((dispute) => ({ ...one, dispute })))
    .filter(({ dispute }) => dispute.settled.at >= since)
    .toSorted((a, b) => (a.dispute.settled.at < b.dispute.settled.at ? 1 : -1));
  return leftLast<DisputeOfSheet>([...open, ...over], (some) => disputersFirst(view, some));
};

/** Others than who sells the deal first, by who disputed it. */
export const disputersFirst = <T extends { dispute: SheetDispute }>(
  { deal }: Pick<DealView, 'deal'>,
  all: readonly T[],
): T[] =>
  othersFirst(
    deal,
    all.map((one) => ({ by: one.dispute.by, one })),
  ).map(({ one }) => one);

/** Returns the disputes of the product's sheet: whoever disputes it may know the product better, also where somebody left it as it was. */
export const productDisputes = (view: DealView): { open: SheetDispute[]; left: SheetDispute[] } => {
  const all = sheetDisputes(view).flatMap((one) => (one.sheet.on.of === 'product' && !one.left ? [one.dispute] : []));
  const isLeft = (dispute: SheetDispute): boolean => 'settled' in dispute;
  return { open: all.filter((dispute) => !isLeft(dispute)), left: all.filter(isLeft) };
};

/** What a good answer stands on its author may choose: it is shown, and asks nobody again. */
export const isChosen = ({ policy }: Pick<DealView, 'policy'>, one: SheetReworded): boolean =>
  one.sources !== undefined && one.by === one.changedBy && policy.isBenign(one.question, one.value);

export interface RewordedOnSheet extends SheetReworded, Heard {}

/**
 * Returns what somebody replaced on the sheets of the deal's product and country within a year: what stood under an answer against deals first,
 * each author in turn, the latest and the earliest first. Many words that say nothing push off none.
 */
export const rewordedOnSheets = (
  view: Pick<DealView, 'deal' | 'organisation' | 'policy' | 'now'>,
): RewordedOnSheet[] => {
  const since = addMonths(view.now.slice(0, 10), -RECENT_MONTHS);
  const all = sheetsEver(view).flatMap((heard) =>
    (heard.sheet.reworded ?? []).map((one): RewordedOnSheet => ({ ...one, ...heard })),
  );
  const isGood = ({ question, value }: RewordedOnSheet): boolean => view.policy.isBenign(question, value);
  const inOrder = (some: readonly RewordedOnSheet[]): RewordedOnSheet[] => [
    ...inTurn(fromBothEnds(some.filter(({ sources }) => !sources))),
    ...inTurn(fromBothEnds(some.filter(({ sources }) => sources))),
  ];
  // One source stands under many answers.
  const known = new Set<string>();
  const isNew = (one: RewordedOnSheet): boolean => {
    const key = JSON.stringify([one.sheet.id, one.by, one.changedBy, one.sources]);
    return !isChosen(view, one) || (!known.has(key) && known.add(key).size > 0);
  };
  return leftLast(
    all
      .filter((one) => one.until >= since)
      .toSorted((a, b) => (a.until < b.until ? 1 : -1))
      .filter(isNew),
    (some) => [...inOrder(some.filter((one) => !isGood(one))), ...inOrder(some.filter(isGood))],
  );
};

/** The sources of an answer, by who named them. */
type NamedTogether = { by: PersonId; at: Instant; sources: Source[] };
const bySource = (answer: SheetAnswer): NamedTogether[] => {
  const { by, at } = answer;
  return byAuthor(answer.sources, (source) => authorOf(answer, source, { by, at }));
};

export interface NotedOnSheet extends SheetSaid, Heard {
  /** Those of an answer that is no good one, and those that nobody named who keeps the sheet. */
  sources: Source[];
  /** Who gave the answer over it, where that is somebody else. */
  answeredBy?: PersonId | undefined;
}

/**
 * Returns what somebody wrote, or named as a source, under answers that stand on the sheets of its product and country: first where they
 * speak against it or are open, each author in turn, the latest first. Whoever takes the sheet takes the answer, and reads the note.
 */
export const notedOnSheets = (view: Pick<DealView, 'deal' | 'organisation' | 'policy'>): NotedOnSheet[] => {
  const { policy, organisation } = view;
  const known = new Set<string>();
  const isNew = (by: PersonId, source: Source): boolean => {
    const key = JSON.stringify([by, source]);
    return !known.has(key) && known.add(key).size > 0;
  };
  // Of what good answers stand on a deal shows a few: nobody looks for an officer's among those of who keeps the sheet. One stands under many.
  const apart = (sheet: Sheet, answer: SheetAnswer): NamedTogether[] =>
    bySource(answer)
      .filter(({ by }) => !keepersOf(organisation, sheet).includes(by))
      .map((one) => ({ ...one, sources: one.sources.filter((source) => isNew(one.by, source)) }))
      .filter(({ sources }) => sources.length > 0);
  const answersIn = ({ sheet, left }: Heard) =>
    answeredOn(view, [sheet]).map(([question, { answer }]) => ({ question, sheet, answer, left }));
  const all = sheetsEver(view)
    .flatMap(answersIn)
    .flatMap(({ question, sheet, answer, left }): NotedOnSheet[] => {
      const { value, note, by, at, noted = { by, at } } = answer;
      const named = policy.isBenign(question, value) ? apart(sheet, answer) : bySource(answer);
      const of = { question, value, version: sheet.version, sheet, ...(left ? { left } : {}) };
      const beside = note === undefined ? undefined : named.find((one) => one.by === noted.by);
      return [
        ...(note === undefined ? [] : [{ ...of, note, sources: beside?.sources ?? [], ...noted }]),
        ...named.flatMap((one) => (one === beside ? [] : [{ ...of, ...one }])),
      ].map((one) => (one.by === by ? one : { ...one, answeredBy: by }));
    });
  const isGood = ({ question, value }: NotedOnSheet): boolean => policy.isBenign(question, value);
  const latest = all.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return leftLast(latest, (some) => [
    ...inTurn(some.filter((one) => !isGood(one))),
    ...inTurn(some.filter((one) => isGood(one))),
  ]);
};

/** Returns when somebody last wrote on the sheets of the deal's product and its country what is no good answer without a word: also where that was replaced since. */
export const lastWrittenOnSheets = (view: Pick<DealView, 'deal' | 'organisation' | 'policy' | 'now'>): Instant => {
  const { policy } = view;
  const sheets = sheetsOf(view);
  const now = answeredOn(view, sheets).flatMap(([id, { answer }]) =>
    answer.note === undefined && policy.isBenign(id, answer.value) ? [] : [answer.at],
  );
  const before = sheets.flatMap(({ said, reworded = [] }) =>
    [...said, ...reworded.filter((one) => !isChosen(view, one))].map(({ at }) => at),
  );
  return [...now, ...before].toSorted().at(-1) ?? '';
};

export interface RefusedOnSheet extends SheetRefusal, Heard {}

/** Returns why compliance did not confirm lighter answers of the sheets of the deal's product and country within a year: the latest first. */
export const refusedOnSheets = (view: Pick<DealView, 'deal' | 'organisation' | 'now'>): RefusedOnSheet[] => {
  const since = addMonths(view.now.slice(0, 10), -RECENT_MONTHS);
  const all = sheetsEver(view).flatMap((heard) =>
    (heard.sheet.refused ?? []).map((one): RefusedOnSheet => ({ ...one, ...heard })),
  );
  return leftLast(all.filter(({ at }) => at >= since).toReversed(), inTurn);
};
