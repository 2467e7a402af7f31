/** The questions of the policy whose "yes" stops a deal at once. House rule; the stop is ours, not the law's. */

import type { Question, QuestionId, SectionId } from '../../policy/policy.ts';
import type { GivenAnswer } from '../answer-shapes.ts';
import type { DealView } from '../view.ts';

const YES = 'yes';

/** Returns the questions that are answered "yes" and stop the deal. */
export const stoppingAnswers = ({ policy, facts }: DealView): Question[] =>
  policy.sections.flatMap(({ id, questions }) => {
    const said = questions.filter(({ id: question, stops }) => stops && facts.answers[question] === YES);
    if (said.length === 0) return [];
    const asked = policy.questionsFor(id, facts);
    return said.filter((question) => asked.some((one) => one.id === question.id));
  });

/** Returns the questions that answers are about to stop the deal with: their person is asked once more. */
export const aboutToStop = (
  { policy }: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value'>>>,
): Question[] =>
  (policy.sections.find(({ id }) => id === section)?.questions ?? []).filter(
    ({ id, stops }) => stops && answers[id]?.value === YES,
  );
