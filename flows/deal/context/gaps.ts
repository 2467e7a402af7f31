/** What compliance can accept as not known on a deal, and the exception that it can confirm. House rule. */

import { own } from '../../own.ts';
import type { OpenQuestion, Placed } from '../../policy/policy.ts';
import { smallSum } from '../../sum.ts';
import type { Gap } from '../deal.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';

/** Returns the open questions that compliance can accept: weighty ones, but none that must be known. */
export const acceptableGaps = ({ deal, policy, assessment }: DealView): OpenQuestion[] =>
  policy.picture && isOpen(deal)
    ? assessment.openQuestions.filter(({ id, weighty, accepted }) => {
        const question = policy.question(id);
        return weighty && !accepted && question !== undefined && !question.mustBeKnown;
      })
    : [];

/** Returns the exception that fits the deal and that compliance has not confirmed. */
export const exceptionToConfirm = ({ deal, assessment }: DealView): NonNullable<Placed['exception']> | undefined => {
  const fits = isOpen(deal) ? assessment.placed?.exception : undefined;
  return fits?.confirmed === false ? fits : undefined;
};

/** Names what a form about gaps shows: another answer in between is another thing to accept. */
export const gapsShown = (view: DealView): string => {
  const { facts } = view;
  return smallSum(
    JSON.stringify([
      ...acceptableGaps(view).map(({ id, why }) => [id, why, own(facts.answers, id)]),
      exceptionToConfirm(view)?.id ?? '',
    ]),
  );
};

export interface AcceptedGap extends Gap {
  question: OpenQuestion;
}

/** Returns the open questions that compliance accepted, in the policy's order. */
export const acceptedGaps = ({ deal, assessment }: DealView): AcceptedGap[] =>
  assessment.openQuestions.flatMap((question) => {
    const gap = question.accepted ? own(deal.gaps, question.id) : undefined;
    return gap ? [{ ...gap, question }] : [];
  });
