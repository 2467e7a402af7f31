/** A section's form on what others saved since it was opened: what its person typed is kept, the rest is as it is now. */

import type { Base, GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { mergedIn } from '../../flows/deal/deciding/answering.ts';
import { standingAnswers } from '../../flows/deal/sections/merging.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { Question, QuestionId, SectionId } from '../../flows/policy/policy.ts';
import type { FormValues } from '../card.ts';
import { answerName, basisName, disputeName, noteName, sheetName, sourcesName, toldName } from './names.ts';
import { answerValues, layoutOf, runOf, shortcutValues, shownValues, tickGroups } from './section-layout.ts';
import { readSectionDraft } from './section-read.ts';

/** Every input about one question. */
const inputsAbout = (question: Question): string[] => [
  answerName(question.id),
  ...(question.kind === 'choices' ? tickGroups(question).map(({ name }) => name) : []),
  `u:${question.id}`,
  noteName(question.id),
  sourcesName(question.id),
];

/** Inputs about the whole section: only its own person fills them in. */
const OF_SECTION = [
  basisName,
  toldName,
  'why',
  ...(['product', 'country'] as const).flatMap((kind) => [sheetName(kind), disputeName(kind)]),
];

const pick = (values: FormValues, names: readonly string[]): FormValues =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined || value.length === 0 ? [] : [[name, value]];
    }),
  );

export interface Rebased {
  values: FormValues;
  /** Questions that somebody else answered differently, or that one of the two answers does away with. */
  met: QuestionId[];
  /** Questions that others changed since the form was opened. */
  moved: QuestionId[];
}

export const rebased = (view: DealView, id: SectionId, values: FormValues, base: Base, person: string): Rebased => {
  const { answers: mine, errors } = readSectionDraft(view, id, values);
  const { touched, moved, clashes } = mergedIn(view, person, { section: id, answers: mine, base });
  const layout = layoutOf(view, id, values);
  const theirs = (question: Question, answer: GivenAnswer): FormValues =>
    answer.basis?.earlier ? shownValues(layout?.offers ?? new Map(), question, answer) : answerValues(question, answer);
  const standing = standingAnswers(view.deal, id);
  /** Something is typed that is no answer yet, or one with a mistake. */
  const begun = (layout?.questions ?? []).filter((question) => {
    const names = inputsAbout(question);
    const unread = own(mine, question.id) === undefined && Object.keys(pick(values, names)).length > 0;
    return unread || names.some((name) => Object.hasOwn(errors, name));
  });
  const theirOwn = new Set([...touched, ...begun.map((q) => q.id)]);
  const answers: typeof mine = {};
  let merged: FormValues = {};
  for (const question of layout?.section.questions ?? []) {
    const isMine = theirOwn.has(question.id);
    const answer = own(isMine ? mine : standing, question.id);
    if (answer) answers[question.id] = answer;
    const shortcut = layout && runOf(layout, question)?.mode === 'all';
    merged = {
      ...merged,
      ...(answer && (!isMine || shortcut) ? theirs(question, answer) : {}),
      // A shortcut shows no inputs about the question but its sources.
      ...(isMine ? pick(values, shortcut ? [sourcesName(question.id)] : inputsAbout(question)) : {}),
    };
  }
  return {
    values: { ...merged, ...shortcutValues(view, id, answers, merged, values), ...pick(values, OF_SECTION) },
    met: [...new Set([...clashes, ...begun.map((q) => q.id).filter((q) => moved.includes(q))])],
    moved,
  };
};
