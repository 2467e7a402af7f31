/** Whether changed facts make a deal lighter: a red flag falls or weighs less, the tier falls, or it leaves the scope. */

import { deniedOf, heldAble, type HeldAble } from '../../catalogue.ts';
import type { Instant } from '../../ids.ts';
import { sameProduct, SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isOpenValue, sameValue } from '../../policy/answers.ts';
import { fallenFlags, isLighter } from '../../policy/compare.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { CompiledPolicy, FactValue, Facts, FlagId, QuestionId, SectionId } from '../../policy/policy.ts';
import { TIERS, type Assessment } from '../../policy/policy.ts';
import type { Answer, AnswersBySection, GivenAnswer } from '../answer-shapes.ts';
import { basedOn } from '../basis/basis.ts';
import { lawsOf } from '../basis/laws.ts';
import { saidOfAnother, wasMilder } from '../formerly.ts';
import { keptFacts, speaksAgainst } from '../kept.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { CountedFacts } from '../said-shapes.ts';
import { saidOnSheets, worseSince } from '../sheets/said.ts';
import { saidOnSheet, sheetAnswers } from '../taking/sheets.ts';
import { dealView, type DealView } from '../view.ts';
import { lastAnswers, savedForLater } from './last-answers.ts';
import { takesOutOthers } from './put-in.ts';
import { renamedIn } from './renamed.ts';
import { saidIn } from './scope.ts';

const tierOf = ({ tier }: Assessment): number => (tier === null ? -1 : TIERS.indexOf(tier));

export interface LighterChange {
  /** The changed answers that make it so, in the policy's order. */
  questions: QuestionId[];
  /** The red flags that fall. */
  flags: FlagId[];
  /** A flag or the tier falls by it, or an answer that weighs is taken back. False: with other answers it could. */
  atOnce: boolean;
  /** What was said before, where it is not the section's last answer. */
  said?: Record<QuestionId, Answer>;
}

/** Returns why the product counts as able where a change denies it: what the company says, or nobody of it ever did. */
export const deniedHere = (
  { deal, organisation, policy }: Pick<DealView, 'deal' | 'organisation' | 'policy'>,
  { said = {} }: Pick<LighterChange, 'said'>,
): HeldAble | undefined =>
  Object.values(said).some(({ by }) => by === SYSTEM)
    ? heldAble({ organisation, policy }, deal.details.product)
    : undefined;

/** Answers of a form; those of a command say what they stand on. */
type Given = Readonly<Record<QuestionId, Pick<GivenAnswer, 'value'> & Partial<GivenAnswer>>>;

/** Publishers that an answer is supposed to stand on: as many as any policy asks for. */
const ENOUGH = 2;

/**
 * Tells whether an answer that weighs is taken back. Where a risk picture counts what is not known as its worse answer, that
 * changes no tier at first: the next step, a basis or another answer, would.
 */
const takesBack = (policy: CompiledPolicy, id: QuestionId, before: FactValue, now: FactValue | undefined): boolean =>
  policy.picture !== undefined &&
  policy.question(id)?.weighty === true &&
  !isOpenValue(before) &&
  !policy.isBenign(id, before) &&
  now !== undefined &&
  (isOpenValue(now) || policy.isBenign(id, now));

/**
 * What a product sheet or a country brief says of questions that the deal had no answer to, or a milder one from before: whoever
 * answers apart changes it, also where it can be no basis, since it ran out or its author is on the team.
 */
const onSheets = (
  view: DealView,
  known: Readonly<Record<QuestionId, Answer>>,
  answers: Given,
): AnswersBySection[string] => {
  const all = saidOnSheets(view);
  const news = new Set(worseSince(view, known));
  return Object.fromEntries(
    Object.keys(answers).flatMap((id): [QuestionId, Answer][] => {
      const answered = own(known, id) === undefined || news.has(id) ? all.get(id) : undefined;
      return answered ? [[id, saidOnSheet(answered)]] : [];
    }),
  );
};

/**
 * What the company says of a product that it marks as able, or supposes of one that its catalogue does not have and no sheet
 * describes, where the answers deny that it gathers or analyses: whoever gives them for the first time, or for another product
 * than before, makes the deal lighter than the company's own word. House rule.
 */
const inCatalogue = (
  view: DealView,
  known: Readonly<Record<QuestionId, Answer>>,
  answers: Given,
): AnswersBySection[string] => {
  const { deal, policy, now } = view;
  const held = heldAble(view, deal.details.product);
  const denied = held ? deniedOf(view, held, (id) => answers[id]?.value === 'no') : [];
  // What its sheet says of a product that nobody marked is the company's word on it.
  const written = sheetAnswers(view);
  const isWritten = denied.every(({ id }) => written.get(id)?.answer.value === 'no');
  if (isWritten && (held === 'unlisted' || held === 'category')) return {};
  const news = denied.filter((question) => {
    const said = own(known, question.id);
    // A “yes” of the product before is what was said, and stays so once the deal is of that one again.
    if (said && speaksAgainst(policy, question.id, said.value)) return false;
    // “Don’t know” first says nothing that a “no” could stand on later.
    return said === undefined || isOpenValue(said.value) || saidOfAnother(deal, question, said) !== undefined;
  });
  return Object.fromEntries(news.map(({ id }) => [id, { value: 'yes', sources: [], by: SYSTEM, at: now }]));
};

/**
 * Returns what was said of the deal as it is now, before it was another for a while: answers of then that were replaced
 * meanwhile, where nobody gave one since; and what others than who sells it said of its end-user while that was of a milder kind, as
 * compliance confirmed of that kind alone that it is not so. What was said of something else takes nothing back.
 */
const saidOfThis = (
  { deal, policy }: DealView,
  given: AnswersBySection[string] | undefined,
): AnswersBySection[string] =>
  Object.fromEntries(
    (deal.was ?? []).flatMap((past): [QuestionId, Answer][] => {
      const question = policy.question(past.question);
      const last = own(given, past.question);
      const wasThen = (at: Instant) => question && saidOfAnother(deal, question, { at });
      const isOther = (at: Instant): boolean => wasThen(at) !== undefined;
      const isOfThis = isOther(past.until) && !isOther(past.at);
      return last && isOther(last.at) && (isOfThis || (wasMilder(deal, wasThen(past.at)) && !looksAfter(deal, past.by)))
        ? [[past.question, { value: past.before, sources: [], by: past.by, at: past.at }]]
        : [];
    }),
  );

/**
 * Returns the heaviest that was said of each question: the section's last answer, a draft of it, or what neither shows any
 * more; of a question without any, what a sheet says.
 */
const lastSaid = (view: DealView, section: SectionId, answers: Given): AnswersBySection[string] | undefined => {
  const { deal, policy } = view;
  const given = lastAnswers(deal, section);
  const earlier = own(deal.earlierSaid, section);
  const before = saidOfThis(view, given);
  const ids = Object.keys({ ...earlier, ...own(deal.drafts, section), ...before });
  const heavier = ids.flatMap((id): [QuestionId, Answer][] => {
    const others = [savedForLater(deal, section, id), own(earlier, id), own(before, id)];
    const last = given && own(given, id);
    const heaviest = others.reduce<Answer | undefined>(
      (most, one) =>
        one && speaksAgainst(policy, id, one.value) && (!most || policy.lightens(id, one.value, most.value))
          ? one
          : most,
      last,
    );
    return heaviest && heaviest !== last ? [[id, heaviest]] : [];
  });
  const said = { ...given, ...Object.fromEntries(heavier) };
  const all = { ...said, ...onSheets(view, said, answers), ...inCatalogue(view, said, answers) };
  return given || Object.keys(all).length > 0 ? all : undefined;
};

/** Tells whether something definite was said that the answer is lighter than, also where it became "don't know" since. */
const saidHeavier = ({ deal, policy }: DealView, id: QuestionId, before: FactValue, now: FactValue): boolean =>
  [
    before,
    ...(deal.was ?? []).flatMap((past) => (past.question === id && isOpenValue(before) ? [past.before] : [])),
  ].some((value) => !isOpenValue(value) && policy.lightens(id, value, now));

/**
 * Compares a section's answers with those it had last, also where they are asked again. Undefined where it had none, or
 * where nothing gets lighter, at once or with other answers. A question that is answered for the first time is no change,
 * and finding out what was not known is one only where something falls by it. A changed answer is supposed to stand on
 * enough: else it would be given first and its basis after.
 */
const lighterAnswers = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined => {
  const { deal, policy, facts } = view;
  const before = lastSaid(view, section, answers);
  const questions = policy.sections.find(({ id }) => id === section)?.questions ?? [];
  const changed = questions.flatMap(({ id }) =>
    before?.[id] !== undefined && !sameValue(before[id].value, answers[id]?.value) ? [id] : [],
  );
  if (!before || changed.length === 0) return undefined;
  const mine = new Set(questions.map(({ id }) => id));
  const values = Object.fromEntries([
    ...Object.entries(facts.answers).filter(([id]) => !mine.has(id)),
    ...Object.entries(answers).map(([id, { value }]) => [id, value] as const),
  ]);
  const stood = { ...basedOn(policy, { [section]: before }, lawsOf(deal) ? 1 : 0, deal), ...facts.based };
  const supposed = (id: QuestionId): [QuestionId, number][] =>
    policy.question(id)?.basis === 'counsel' ? [] : [[id, ENOUGH]];
  const factsWith = (ids: readonly QuestionId[]): Facts => ({
    ...facts,
    answers: { ...values, ...Object.fromEntries(ids.flatMap((id) => (before[id] ? [[id, before[id].value]] : []))) },
    based: { ...stood, ...Object.fromEntries(changed.filter((id) => !ids.includes(id)).flatMap(supposed)) },
  });
  const now = policy.evaluate(factsWith([]));
  const then = policy.evaluate(factsWith(changed));
  const of = (test: (id: QuestionId, was: FactValue, is: FactValue) => boolean): QuestionId[] =>
    changed.filter((id) => {
      const [was, is] = [before[id]?.value, answers[id]?.value];
      return was !== undefined && is !== undefined && test(id, was, is);
    });
  const back = of((id, was, is) => takesBack(policy, id, was, is));
  const lighter = of((id, was, is) => saidHeavier(view, id, was, is));
  const falls = isLighter(then, now);
  if (!falls && back.length === 0 && lighter.length === 0) return undefined;
  // An answer is gone with the question that asked for it.
  const gone = changed.filter(
    (id) => answers[id] === undefined && before[id] && speaksAgainst(policy, id, before[id].value),
  );
  const alone = changed.filter(
    (id) =>
      back.includes(id) ||
      lighter.includes(id) ||
      gone.includes(id) ||
      isLighter(policy.evaluate(factsWith([id])), now),
  );
  const named = alone.length > 0 ? alone : changed;
  const last = lastAnswers(deal, section);
  // What is asked again counts in no facts now, so that it is named too; what stopped the deal, the chief took back.
  const isGone = (id: QuestionId): boolean =>
    before[id] !== last?.[id] || (facts.answers[id] === undefined && policy.question(id)?.stops !== true);
  const said = named.flatMap((id) => (before[id] && isGone(id) ? [[id, before[id]] as const] : []));
  return {
    questions: named,
    flags: fallenFlags(then, now),
    atOnce: falls || back.length > 0,
    ...(said.length > 0 ? { said: Object.fromEntries(said) } : {}),
  };
};

/** Compares what counts, where other changes wait already: with an end-user of before, an answer may weigh more. */
const lighterCounted = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined => {
  const { deal, policy, organisation, assessment, now } = view;
  const before = own(deal.answers, section);
  if (!view.lighterSaid || !before) return undefined;
  const given = Object.entries(answers).map(([id, { value, ...more }]): [QuestionId, Answer] => {
    const was = before[id];
    return [id, was && sameValue(was.value, value) ? was : { sources: [], ...more, value, by: deal.owner, at: now }];
  });
  const next = { ...deal, answers: { ...deal.answers, [section]: Object.fromEntries(given) } };
  const after = dealView(next, policy, organisation, now).assessment;
  // What waits keeps counting, so that an answer for which the tier rises makes nothing lighter.
  if (!isLighter(assessment, after) || tierOf(after) > tierOf(assessment)) return undefined;
  const questions = Object.keys(before).filter((id) => !sameValue(before[id]?.value, answers[id]?.value));
  return { questions, flags: fallenFlags(assessment, after), atOnce: true };
};

/** Returns the change by which a section's answers make the deal lighter, or could; undefined where they don't. */
export const lighterChange = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined => {
  const change = lighterAnswers(view, section, answers);
  if (change?.atOnce) return change;
  const counted = lighterCounted(view, section, answers);
  if (!counted) return change;
  return { ...change, ...counted, questions: [...new Set([...(change?.questions ?? []), ...counted.questions])] };
};

/** Returns the facts that count now. */
export const countedFacts = ({ facts, heavier, deal }: DealView): CountedFacts => {
  const { endUser, answers, intermediaries, alert, based } = keptFacts(
    heavier?.facts ?? facts,
    deal.lighterKept?.answers ?? [],
  );
  return { endUser, answers, intermediaries, ...(alert ? { alert } : {}), based };
};

/** Returns them with what was said before, also where no answer shows it. What stops a deal does so once it is answered. */
const factsBefore = (view: DealView, { said = {} }: LighterChange): CountedFacts => {
  const counted = countedFacts(view);
  const values = Object.entries(said)
    .filter(([id]) => view.policy.question(id)?.stops !== true)
    .map(([id, { value }]) => [id, value] as const);
  return { ...counted, answers: { ...counted.answers, ...Object.fromEntries(values) } };
};

/**
 * Tells whether compliance confirms lighter answers: something was known before. Finding an answer to an open question is
 * no correction, nor is another answer to what stopped the deal, once the chief has it asked again.
 */
const isCorrection = (view: DealView, section: SectionId, change: LighterChange, answers: Given): boolean => {
  const { deal, policy } = view;
  const given = lastSaid(view, section, answers);
  const again = own(deal.answers, section) === undefined;
  return (
    policy.lighter === 'confirm' &&
    given !== undefined &&
    change.questions.some((id) => {
      const before = given[id];
      const settled = again && policy.question(id)?.stops === true && change.said?.[id] === undefined;
      if (before === undefined || settled) return false;
      const now = answers[id]?.value;
      return !isOpenValue(before.value) || (now !== undefined && saidHeavier(view, id, before.value, now));
    })
  );
};

/**
 * Returns what a lighter change needs beside its reason. `waits`: compliance confirms it first, and until then these facts
 * count beside the new ones; `keeps`: compliance does once it makes a difference.
 */
export const neededFor = (
  view: DealView,
  section: SectionId,
  change: LighterChange,
  answers: Given,
): { waits?: CountedFacts; keeps?: true } => {
  if (!isCorrection(view, section, change, answers)) return {};
  return change.atOnce ? { waits: factsBefore(view, change) } : { keeps: true };
};

/** Tells whether compliance confirms corrected details first. What is only heavier, or was answered by nobody, counts at once. */
export const detailsWait = (before: DealView, now: DealView): boolean => {
  if (now.policy.lighter !== 'confirm') return false;
  const [was, is] = [before.deal.details, now.deal.details];
  // What is known of one product or one country is not known of another, whatever was answered until then.
  const other = !sameProduct(was.product, is.product) || was.destination !== is.destination;
  const isOut = takesOutOthers(before.deal, now.deal);
  if (other || isOut || renamedIn(before, is).length > 0 || isLighter(before.assessment, now.assessment)) return true;
  const [then, said] = [saidIn(before), saidIn(now)];
  const [kindThen, kindNow] = [was.endUser.kind, is.endUser.kind];
  const isOtherKind = kindThen !== kindNow && !isGraver(kindNow, kindThen);
  return isLighter(then, said) || (isOtherKind && !isLighter(said, then));
};
