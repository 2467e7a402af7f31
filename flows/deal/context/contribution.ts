/** Whether we would cause or contribute to harm ourselves, as the deal's people answered. Guidance: G10. */

import type { PersonId } from '../../ids.ts';
import type { Question } from '../../policy/policy.ts';
import type { DealView } from '../view.ts';

/** The Guidance asks how a company would stand to harm; its options come mildest first. */
const STANDING_TO_HARM = 'G10';

export interface OwnPart {
  question: Question;
  value: string;
  label: string;
  by: PersonId | undefined;
}

/** Undefined where we would be linked to harm by the sale, no more, and where nobody knows. */
export const ownPartOf = ({
  policy,
  facts,
  deal,
}: Pick<DealView, 'policy' | 'facts' | 'deal'>): OwnPart | undefined => {
  for (const section of policy.sections) {
    const question = section.questions.find((q) => q.kind === 'choice' && q.sources.includes(STANDING_TO_HARM));
    const value = question && facts.answers[question.id];
    const worse = question?.options.slice(1).find((option) => option.value === value);
    if (!question || !worse || !policy.questionsFor(section.id, facts).some(({ id }) => id === question.id)) continue;
    return { question, value: worse.value, label: worse.label, by: deal.answers[section.id]?.[question.id]?.by };
  }
  return undefined;
};
