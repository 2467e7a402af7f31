/** Counts the questions of a section of which some are saved for later, the same wherever it is said. */

import { offersFor } from '../../flows/deal/reuse/offers.ts';
import { sheetAnswers } from '../../flows/deal/taking/sheets.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Question, Section, SectionId } from '../../flows/policy/policy.ts';
import { sheetName } from '../../flows/sheet.ts';
import { count, sectionEffort } from '../words.ts';

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

/**
 * Returns the questions that are left: neither answered nor saved for later. All that do not count yet, where all are saved. All that
 * are asked, where each is answered: they are looked through once more.
 */
export const toAnswer = (view: DealView, id: SectionId): readonly Question[] => {
  const { deal } = view;
  const given = deal.answers[id] ?? {};
  const { asked } = askedWithDraft(view, id);
  const open = asked.filter((question) => given[question.id] === undefined);
  const left = open.filter((question) => deal.drafts[id]?.[question.id] === undefined);
  return [left, open].find((some) => some.length > 0) ?? asked;
};

/** `5 more, answered in an earlier deal, to confirm one by one` */
const againWords = (n: number, what: string): string =>
  `${what}, answered in an earlier deal, to confirm${n === 1 ? '' : ' one by one'}`;

/**
 * `1 question, about 1 minute; the product sheet answers 7 more`: of these questions, those that a sheet answers are taken with
 * one press, and those that an earlier deal answered are confirmed each by itself.
 */
export const effortOf = (view: DealView, section: Section, questions: readonly Question[]): string => {
  const [all, offers] = [sheetAnswers(view), offersFor(view)];
  const taken = questions.flatMap(({ id }) => all.get(id) ?? []);
  const again = questions.filter(({ id }) => offers.has(id)).length;
  const rest = questions.filter(({ id }) => !all.has(id) && !offers.has(id));
  const names = [...new Set(taken.map(({ sheet }) => sheetName(sheet)))].join(' and the ');
  if (rest.length === 0 && again === 0 && taken.length > 0)
    return `${count(taken.length, 'question')}, 1 click: the ${names} answers ${taken.length === 1 ? 'it' : 'all of them'}`;
  if (rest.length === 0 && again > 0 && taken.length === 0) return againWords(again, count(again, 'question'));
  return [
    ...(rest.length > 0 ? [sectionEffort(section, rest)] : []),
    ...(taken.length > 0 ? [`the ${names} answers ${taken.length}${rest.length > 0 ? ' more' : ''}`] : []),
    ...(again > 0 ? [againWords(again, `${again} more`)] : []),
  ].join('; ');
};
