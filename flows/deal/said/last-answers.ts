/** What a section was last answered with, also where it is asked again, and what was saved for later. */

import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { Answer, AnswersBySection } from '../answer-shapes.ts';
import type { Opened } from '../state.ts';

/** Returns a section's answers as last given, also where they are asked again. Undefined where there were none. */
export const lastAnswers = (
  { answers, lastSaid, standing }: Pick<Opened, 'answers' | 'lastSaid' | 'standing'>,
  section: SectionId,
): AnswersBySection[string] | undefined =>
  own(answers, section) ?? own(lastSaid, section) ?? own(standing?.basis.answers, section);

/** Returns a definite answer that was saved for later: it was said too. */
export const savedForLater = (
  { drafts }: Pick<Opened, 'drafts'>,
  section: SectionId,
  question: QuestionId,
): Answer | undefined => {
  const draft = own(own(drafts, section), question);
  const { by, at } = draft ?? {};
  return draft && by !== undefined && at !== undefined && !isOpenValue(draft.value) ? { ...draft, by, at } : undefined;
};
