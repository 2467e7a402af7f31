/** How made-up deals answer: what a sample says, else the better answer, on a sample source. */

import type { GivenAnswer } from '../../../flows/deal/answer-shapes.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Source } from '../../../flows/ids.ts';
import type { FactValue, Question, QuestionId, SectionId } from '../../../flows/policy/policy.ts';
import { SAMPLE_SOURCE } from './sample-deals.ts';

/** Thrown where a sample's command is refused: the policy and the samples do not fit. */
export class SampleRefused extends Error {
  override readonly name = 'SampleRefused';
  readonly code: string;
  constructor(what: string, text: string) {
    super(`${what}: ${text}`);
    this.code = what;
  }
}

const betterAnswer = (question: Question, view: DealView): FactValue => {
  const better = (['no', 'yes'] as const).find((value) => view.policy.isBenign(question.id, value));
  if (question.kind !== 'yes-no' || better === undefined) throw new SampleRefused(question.id, 'no answer is given');
  return better;
};

/** Answers what the section asks, and what these answers make it ask. */
export const answersTo = (
  view: DealView,
  section: SectionId,
  given: Readonly<Record<QuestionId, FactValue>>,
  /** Not newer than the deal. */
  source: Source = SAMPLE_SOURCE,
): Record<QuestionId, GivenAnswer> => {
  const answers: Record<QuestionId, GivenAnswer> = {};
  const facts = { ...view.facts, answers: { ...view.facts.answers } };
  const unanswered = (): Question | undefined =>
    view.policy.questionsFor(section, facts).find(({ id }) => !(id in answers));
  for (let question = unanswered(); question; question = unanswered()) {
    const { id } = question;
    const value = given[id] ?? betterAnswer(question, view);
    facts.answers[id] = value;
    const onSource = view.policy.isBenign(id, value) && question.basis === 'source';
    answers[id] = {
      value,
      sources: question.evidence ? [source] : [],
      ...(onSource ? { basis: { sources: [source] } } : {}),
    };
  }
  return answers;
};
