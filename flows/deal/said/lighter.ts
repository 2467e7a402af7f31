/** Whether changed facts make a deal lighter: a red flag falls or weighs less, the tier falls, or it leaves the scope. */

import { own } from '../../own.ts';
import type { FactValue, Facts, FlagId, QuestionId, SectionId } from '../../policy/policy.ts';
import { TIERS, WEIGHTS, type Assessment } from '../../policy/policy.ts';
import type { GivenAnswer } from '../deal.ts';
import type { CountedFacts } from '../said-shapes.ts';
import { dealView, type DealView } from '../view.ts';
import { lastAnswers } from './evolve-said.ts';
import { saidIn } from './scope.ts';

export const fallenFlags = (before: Assessment, now: Assessment): FlagId[] =>
  before.flags.filter(({ id }) => !now.flags.some((flag) => flag.id === id)).map(({ id }) => id);

const weighsLess = (before: Assessment, now: Assessment): boolean =>
  before.flags.some(({ id, weight }) => {
    const flag = now.flags.find((one) => one.id === id);
    return flag === undefined || WEIGHTS.indexOf(flag.weight) < WEIGHTS.indexOf(weight);
  });

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

const OPEN: readonly unknown[] = ['unknown', 'not-applicable'];

const same = (a: FactValue | undefined, b: FactValue | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Compares a section's answers with those it had last, also where they are asked again. Undefined where it had none, or
 * where nothing gets lighter. A question that is answered for the first time is no change.
 */
const lighterAnswers = (
  { deal, policy, facts }: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value'>>>,
): LighterChange | undefined => {
  const before = lastAnswers(deal, section);
  const questions = policy.sections.find(({ id }) => id === section)?.questions ?? [];
  const changed = questions.flatMap(({ id }) =>
    before?.[id] !== undefined && !same(before[id].value, answers[id]?.value) ? [id] : [],
  );
  if (!before || changed.length === 0) return undefined;
  const mine = new Set(questions.map(({ id }) => id));
  const values = Object.fromEntries([
    ...Object.entries(facts.answers).filter(([id]) => !mine.has(id)),
    ...Object.entries(answers).map(([id, { value }]) => [id, value] as const),
  ]);
  const factsWith = (ids: readonly QuestionId[]): Facts => ({
    ...facts,
    answers: { ...values, ...Object.fromEntries(ids.flatMap((id) => (before[id] ? [[id, before[id].value]] : []))) },
  });
  const now = policy.evaluate(factsWith([]));
  const then = policy.evaluate(factsWith(changed));
  // While other questions wait for an answer, one that counts as the worst hides what this one changes.
  const milder = questions.flatMap(({ id, basis }) => {
    const was = changed.includes(id) && basis !== undefined ? before[id]?.value : undefined;
    const is = answers[id]?.value;
    return was === undefined || is === undefined || OPEN.includes(was) || policy.isBenign(id, was)
      ? []
      : policy.isBenign(id, is)
        ? [id]
        : [];
  });
  if (!isLighter(then, now)) return milder.length > 0 ? { questions: milder, flags: [] } : undefined;
  const alone = changed.filter((id) => isLighter(policy.evaluate(factsWith([id])), now));
  const all = new Set([...alone, ...milder]);
  return { questions: all.size > 0 ? changed.filter((id) => all.has(id)) : changed, flags: fallenFlags(then, now) };
};

/** Compares what counts, where other changes wait already: with an end-user of before, an answer may weigh more. */
const lighterCounted = (
  view: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value'>>>,
): LighterChange | undefined => {
  const { deal, policy, organisation, assessment, now } = view;
  const before = own(deal.answers, section);
  if (!deal.lighterSaid || !before) return undefined;
  const given = Object.entries(answers).map(([id, { value }]) => [id, { value, sources: [], by: deal.owner, at: now }]);
  const next = { ...deal, answers: { ...deal.answers, [section]: Object.fromEntries(given) } };
  const after = dealView(next, policy, organisation, now).assessment;
  if (!isLighter(assessment, after)) return undefined;
  const questions = Object.keys(before).filter((id) => !same(before[id]?.value, answers[id]?.value));
  return { questions, flags: fallenFlags(assessment, after) };
};

/** Returns the change by which a section's answers make the deal lighter; undefined where they don't. */
export const lighterChange = (
  view: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value'>>>,
): LighterChange | undefined => lighterAnswers(view, section, answers) ?? lighterCounted(view, section, answers);

/** Returns the facts that count now. */
export const countedFacts = ({ facts, heavier }: DealView): CountedFacts => {
  const { endUser, answers, intermediaries, alert, based } = heavier?.facts ?? facts;
  return { endUser, answers, intermediaries, ...(alert ? { alert } : {}), based };
};

/**
 * Tells whether compliance confirms lighter answers first: something was known before. Finding an answer to an open
 * question is no correction, nor is another answer to what stopped the deal, once the chief has it asked again.
 */
export const answersWait = ({ deal, policy }: DealView, section: SectionId, change: LighterChange): boolean => {
  const given = lastAnswers(deal, section);
  const again = own(deal.answers, section) === undefined;
  return (
    policy.lighter === 'confirm' &&
    given !== undefined &&
    change.questions.some((id) => {
      const settled = again && policy.question(id)?.stops === true;
      return given[id] !== undefined && !OPEN.includes(given[id].value) && !settled;
    })
  );
};

/** Tells whether compliance confirms corrected details first. What is only heavier, or was answered by nobody, counts at once. */
export const detailsWait = (before: DealView, now: DealView): boolean => {
  if (now.policy.lighter !== 'confirm') return false;
  const [was, is] = [before.deal.details, now.deal.details];
  // What is known of one product or one country is not known of another, whatever was answered until then.
  const other = was.product.id !== is.product.id || was.destination !== is.destination;
  if (other || isLighter(before.assessment, now.assessment)) return true;
  const [then, said] = [saidIn(before), saidIn(now)];
  return isLighter(then, said) || (was.endUser.kind !== is.endUser.kind && !isLighter(said, then));
};
