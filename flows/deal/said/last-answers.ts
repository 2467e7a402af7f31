/** What a section was last answered with, also where it is asked again, and what was saved for later. */

import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { Question, QuestionId, SectionId } from '../../policy/policy.ts';
import type { Answer, AnswersBySection, DraftAnswer } from '../answer-shapes.ts';
import { standingAnswers } from '../sections/merging.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { ofThis } from './first-said.ts';

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

interface Before {
  /** What its form starts from. */
  standing: Readonly<Record<QuestionId, DraftAnswer>>;
  /** What it was last answered with. */
  last: AnswersBySection[string];
  /** All that was said of what the deal is of now: what one of them stands on may be under another soon. */
  beside: readonly DraftAnswer[];
}

/** Returns a section as it was before somebody gives it. */
export const sectionBefore = (deal: OpenedDeal, section: SectionId, questions: readonly Question[]): Before => {
  const [standing, last] = [standingAnswers(deal, section), lastAnswers(deal, section) ?? {}];
  const beside = questions.flatMap((question) =>
    ofThis(deal, question, [own(last, question.id), own(standing, question.id)]),
  );
  return { standing, last, beside: beside.filter((one) => one !== undefined) };
};
