/** Whether we would cause or contribute to harm ourselves, as the deal's people answered. */

import { ownPartOf } from '../../flows/deal/context/contribution.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Text } from '../card.ts';

const WORDS: Readonly<Record<string, string>> = {
  contribute: 'We would contribute to the harm ourselves',
  cause: 'We would cause the harm ourselves',
};

export interface Contribution {
  words: string;
  by: PersonId | undefined;
}

export const ownPartWords = (value: string): string | undefined => WORDS[value];

/** Undefined where we would be linked to harm by the sale, no more, and where nobody knows. */
export const contributionOf = (view: DealView): Contribution | undefined => {
  const found = ownPartOf(view);
  return found && { words: WORDS[found.value] ?? `${found.question.text} ${found.label}`, by: found.by };
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
