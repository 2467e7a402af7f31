/** What an earlier deal has said of its end-user that a later one may confirm again. House rule. */

import { isOpenValue } from '../../policy/answers.ts';
import type { CompiledPolicy, Question, QuestionId } from '../../policy/policy.ts';
import { sheetKindOf } from '../../policy/sheet-questions.ts';
import type { Answer } from '../answer-shapes.ts';
import { approvalOf, isSuspended } from '../approval/in-force.ts';
import { hasDenied } from '../basis/basis.ts';
import { holdsOn } from '../context/holds.ts';
import { isUnconfirmed } from '../context/others.ts';
import { leftUnsaid, topicOf } from '../context/topics.ts';
import { saidOfAnother } from '../formerly.ts';
import type { EarlierAnswer, EarlierDeal } from '../reuse-shapes.ts';
import { readershipOf } from '../rights/readers.ts';
import type { DealView } from '../view.ts';

/**
 * Tells whether answers to a question are offered at all: about the end-user, chosen among options, and such that another
 * deal's answer can contradict them. What sheets and briefs answer comes from there; the scope has rules of its own.
 */
export const isReusable = (policy: CompiledPolicy, question: Question): boolean =>
  question.section !== policy.scopeSection &&
  (question.kind === 'yes-no' || question.kind === 'choice') &&
  sheetKindOf(question) === undefined &&
  topicOf(policy, question) === 'end-user';

export const askedIn = ({ text, kind, options }: Question): string =>
  JSON.stringify([text, kind, options.map(({ value, label }) => [value, label])]);

/** Tells whether a deal stands as it was approved: nobody doubts it, and nothing waits to be looked at again. */
const stands = (view: DealView): boolean => {
  const { deal } = view;
  return (
    deal.status === 'decided' &&
    approvalOf(deal) !== undefined &&
    !isSuspended(deal) &&
    !isUnconfirmed(deal) &&
    (deal.reassessments ?? []).length === 0 &&
    holdsOn(view).length === 0 &&
    Object.keys(deal.holds ?? {}).length === 0
  );
};

/** Tells whether somebody said otherwise on the deal itself, or it heard so. */
const isDisputed = ({ deal }: DealView, id: QuestionId, { basis }: Answer): boolean =>
  [deal.was, deal.lighterKept?.answers, deal.others?.otherwise].some((all) =>
    (all ?? []).some(({ question }) => question === id),
  ) ||
  (deal.objections ?? []).some(({ questions }) => questions.includes(id)) ||
  (basis?.told !== undefined && hasDenied(deal, basis.told));

/** An answer that could be worse needs what it stood on. */
const stoodOnSomething = ({ facts, policy }: DealView, question: Question, { value }: Answer): boolean =>
  leftUnsaid(policy, question, value).length === 0 || (facts.based?.[question.id] ?? 0) > 0;

const answerOf = (view: DealView, question: Question, given: Answer): EarlierAnswer | undefined => {
  const { deal, policy } = view;
  const { value, note, sources, basis, by, at } = given;
  // What was confirmed of an earlier deal is offered from there, as long as that stands: it gets no younger by being repeated.
  if (basis?.sheet || basis?.earlier || isOpenValue(value) || !isReusable(policy, question)) return undefined;
  if (isDisputed(view, question.id, given) || saidOfAnother(deal, question, given)) return undefined;
  if (!stoodOnSomething(view, question, given)) return undefined;
  return {
    by,
    at,
    asked: askedIn(question),
    answer: {
      value,
      ...(note === undefined ? {} : { note }),
      // A file was handed in for that deal alone.
      sources: [...sources, ...(basis?.sources ?? [])].filter(({ file }) => file === undefined),
      ...(basis?.told === undefined ? {} : { told: basis.told }),
    },
  };
};

/** Returns what a deal offers to later ones. Undefined where it does not stand as it was approved. */
export const earlierDeal = (view: DealView): EarlierDeal | undefined => {
  if (!stands(view)) return undefined;
  const { deal, policy } = view;
  const { customer, product, destination, endUser, intermediaries } = deal.details;
  const answers = Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([id, given]): [QuestionId, EarlierAnswer][] => {
      const question = policy.question(id);
      const answer = question && answerOf(view, question, given);
      return answer ? [[id, answer]] : [];
    }),
  );
  return {
    id: deal.id,
    details: { customer, product, destination, endUser, intermediaries },
    readership: readershipOf(view),
    answers: Object.fromEntries(answers),
  };
};
