/** Whether changed facts make a deal lighter: a red flag falls or weighs less, the tier falls, or it leaves the scope. */

import { sameProduct } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isOpenValue, sameValue } from '../../policy/answers.ts';
import type { CompiledPolicy, FactValue, Facts, FlagId, QuestionId, SectionId } from '../../policy/policy.ts';
import { TIERS, WEIGHTS, type Assessment } from '../../policy/policy.ts';
import { basedOn } from '../basis/basis.ts';
import { lawsOf } from '../basis/laws.ts';
import type { Answer, AnswersBySection, GivenAnswer } from '../deal.ts';
import type { CountedFacts } from '../said-shapes.ts';
import { dealView, type DealView } from '../view.ts';
import { draftOfOther, lastAnswers } from './evolve-said.ts';
import { renamedIn } from './renamed.ts';
import { saidIn } from './scope.ts';

export const fallenFlags = (before: Assessment, now: Assessment): FlagId[] =>
  before.flags.filter(({ id }) => !now.flags.some((flag) => flag.id === id)).map(({ id }) => id);

const weighsLess = (before: Assessment, now: Assessment): boolean =>
  before.flags.some(({ id, weight }) => {
    const flag = now.flags.find((one) => one.id === id);
    return flag === undefined || WEIGHTS.indexOf(flag.weight) < WEIGHTS.indexOf(weight);
  });

const tierOf = ({ tier }: Assessment): number => (tier === null ? -1 : TIERS.indexOf(tier));

const isLighter = (before: Assessment, now: Assessment): boolean =>
  (before.scope === 'in' && now.scope === 'out') ||
  weighsLess(before, now) ||
  (before.tier !== null && now.tier !== null && TIERS.indexOf(now.tier) < TIERS.indexOf(before.tier));

export interface LighterChange {
  /** The changed answers that make it so, in the policy's order. */
  questions: QuestionId[];
  /** The red flags that fall. */
  flags: FlagId[];
}

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

/** Returns what a section said last. What a colleague saved for later was said, too, where it weighs more. */
const lastSaid = ({ deal, policy }: DealView, section: SectionId): AnswersBySection[string] | undefined => {
  const given = lastAnswers(deal, section);
  const heavier = Object.keys(own(deal.drafts, section) ?? {}).flatMap((id): [QuestionId, Answer][] => {
    const draft = draftOfOther(deal, section, id);
    const answer = given && own(given, id);
    const milder = !answer || isOpenValue(answer.value) || policy.isBenign(id, answer.value);
    return draft && milder && !policy.isBenign(id, draft.value) ? [[id, draft]] : [];
  });
  return given || heavier.length > 0 ? { ...given, ...Object.fromEntries(heavier) } : undefined;
};

/**
 * Compares a section's answers with those it had last, also where they are asked again. Undefined where it had none, or
 * where nothing gets lighter. A question that is answered for the first time is no change. A changed answer is supposed
 * to stand on enough: else it would be given first and its basis after.
 */
const lighterAnswers = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined => {
  const { deal, policy, facts } = view;
  const before = lastSaid(view, section);
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
  const stood = { ...basedOn(policy, { [section]: before }, lawsOf(deal) ? 1 : 0), ...facts.based };
  const supposed = (id: QuestionId): [QuestionId, number][] =>
    policy.question(id)?.basis === 'source' ? [[id, ENOUGH]] : [];
  const factsWith = (ids: readonly QuestionId[]): Facts => ({
    ...facts,
    answers: { ...values, ...Object.fromEntries(ids.flatMap((id) => (before[id] ? [[id, before[id].value]] : []))) },
    based: { ...stood, ...Object.fromEntries(changed.filter((id) => !ids.includes(id)).flatMap(supposed)) },
  });
  const now = policy.evaluate(factsWith([]));
  const then = policy.evaluate(factsWith(changed));
  const back = changed.filter((id) => before[id] && takesBack(policy, id, before[id].value, answers[id]?.value));
  if (!isLighter(then, now) && back.length === 0) return undefined;
  const alone = changed.filter((id) => back.includes(id) || isLighter(policy.evaluate(factsWith([id])), now));
  return { questions: alone.length > 0 ? alone : changed, flags: fallenFlags(then, now) };
};

/** Compares what counts, where other changes wait already: with an end-user of before, an answer may weigh more. */
const lighterCounted = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined => {
  const { deal, policy, organisation, assessment, now } = view;
  const before = own(deal.answers, section);
  if (!deal.lighterSaid || !before) return undefined;
  const given = Object.entries(answers).map(([id, { value, ...more }]): [QuestionId, Answer] => {
    const was = before[id];
    return [id, was && sameValue(was.value, value) ? was : { sources: [], ...more, value, by: deal.owner, at: now }];
  });
  const next = { ...deal, answers: { ...deal.answers, [section]: Object.fromEntries(given) } };
  const after = dealView(next, policy, organisation, now).assessment;
  // What waits keeps counting, so that an answer for which the tier rises makes nothing lighter.
  if (!isLighter(assessment, after) || tierOf(after) > tierOf(assessment)) return undefined;
  const questions = Object.keys(before).filter((id) => !sameValue(before[id]?.value, answers[id]?.value));
  return { questions, flags: fallenFlags(assessment, after) };
};

/** Returns the change by which a section's answers make the deal lighter; undefined where they don't. */
export const lighterChange = (view: DealView, section: SectionId, answers: Given): LighterChange | undefined =>
  lighterAnswers(view, section, answers) ?? lighterCounted(view, section, answers);

/** Returns the facts that count now. */
export const countedFacts = ({ facts, heavier }: DealView): CountedFacts => {
  const { endUser, answers, intermediaries, alert, based } = heavier?.facts ?? facts;
  return { endUser, answers, intermediaries, ...(alert ? { alert } : {}), based };
};

/**
 * Tells whether compliance confirms lighter answers first: something was known before. Finding an answer to an open
 * question is no correction, nor is another answer to what stopped the deal, once the chief has it asked again.
 */
export const answersWait = (view: DealView, section: SectionId, change: LighterChange): boolean => {
  const { deal, policy } = view;
  const given = lastSaid(view, section);
  const again = own(deal.answers, section) === undefined;
  return (
    policy.lighter === 'confirm' &&
    given !== undefined &&
    change.questions.some((id) => {
      const settled = again && policy.question(id)?.stops === true;
      return given[id] !== undefined && !isOpenValue(given[id].value) && !settled;
    })
  );
};

/** Tells whether compliance confirms corrected details first. What is only heavier, or was answered by nobody, counts at once. */
export const detailsWait = (before: DealView, now: DealView): boolean => {
  if (now.policy.lighter !== 'confirm') return false;
  const [was, is] = [before.deal.details, now.deal.details];
  // What is known of one product or one country is not known of another, whatever was answered until then.
  const other = !sameProduct(was.product, is.product) || was.destination !== is.destination;
  if (other || renamedIn(before, is).length > 0 || isLighter(before.assessment, now.assessment)) return true;
  const [then, said] = [saidIn(before), saidIn(now)];
  return isLighter(then, said) || (was.endUser.kind !== is.endUser.kind && !isLighter(said, then));
};
