/** Whether we would cause or contribute to harm ourselves, as the deal's people answered. */

import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Text } from '../card.ts';

/** The Guidance asks how a company would stand to harm; its options come mildest first. */
const STANDING_TO_HARM = 'G10';

const WORDS: Readonly<Record<string, string>> = {
  contribute: 'We would contribute to the harm ourselves',
  cause: 'We would cause the harm ourselves',
};

export interface Contribution {
  words: string;
  by: PersonId | undefined;
}

/** Undefined where we would be linked to harm by the sale, no more, and where nobody knows. */
export const contributionOf = ({ policy, facts, deal }: DealView): Contribution | undefined => {
  for (const section of policy.sections) {
    const question = section.questions.find((q) => q.kind === 'choice' && q.sources.includes(STANDING_TO_HARM));
    const value = question && facts.answers[question.id];
    const worse = question?.options.slice(1).find((option) => option.value === value);
    if (!question || !worse || !policy.questionsFor(section.id, facts).some(({ id }) => id === question.id)) continue;
    return {
      words: WORDS[worse.value] ?? `${question.text} ${worse.label}`,
      by: deal.answers[section.id]?.[question.id]?.by,
    };
  }
  return undefined;
};

/** `We would contribute to the harm ourselves (answered by @rep-1).` */
export const contributionText = (view: DealView): Text | undefined => {
  const found = contributionOf(view);
  if (!found) return undefined;
  return [
    { strong: found.words },
    ...(found.by === undefined ? ['.'] : [' (answered by ', { person: found.by }, ').']),
  ];
};
