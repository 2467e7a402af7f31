/** Counts the questions of a section of which some are saved for later, the same wherever it is said. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Question, SectionId } from '../../flows/policy/policy.ts';

/** Counts questions with the draft's answers, which can open follow-ups. */
export const askedWithDraft = (view: DealView, id: SectionId): { asked: readonly Question[]; filled: number } => {
  const draft = view.deal.drafts[id] ?? {};
  const answers = { ...view.facts.answers };
  for (const [question, given] of Object.entries(draft)) answers[question] = given.value;
  const asked = view.policy.questionsFor(id, { ...view.facts, answers });
  return { asked, filled: asked.filter((q) => draft[q.id] !== undefined).length };
};

/** A reopened deal asks for answers again: all filled in, none of them counted. */
export const draftText = (filled: number, asked: number): string =>
  filled === asked
    ? `${asked} of ${asked} answered, not counted yet. Look through them and finish.`
    : `${filled} of ${asked} answered, saved for later. They don't count yet.`;

/** Returns the questions that are left: neither answered nor saved for later. All that do not count yet, where all are saved. */
export const toAnswer = (view: DealView, id: SectionId): readonly Question[] => {
  const { deal } = view;
  const given = deal.answers[id] ?? {};
  const open = askedWithDraft(view, id).asked.filter((question) => given[question.id] === undefined);
  const left = open.filter((question) => deal.drafts[id]?.[question.id] === undefined);
  return left.length === 0 ? open : left;
};
