/** A reassessment asks each section again: its previous answers, and whether they can be given again unchanged. */

import { own } from '../../own.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { Answer, GivenAnswer } from '../answer-shapes.ts';
import { hasDenied } from '../basis/basis.ts';
import { otherSubjects, saidOfAnother } from '../formerly.ts';
import { worseSince } from '../sheets/said.ts';
import type { DealView } from '../view.ts';
import { isTooOld } from './age.ts';

/** Returns the section's answers at the approval under reassessment. Undefined where there are none. */
export const answersThen = ({ deal }: DealView, section: SectionId): Record<QuestionId, Answer> | undefined =>
  own(deal.standing?.basis.answers, section);

const said = (answers: Readonly<Record<QuestionId, GivenAnswer>>): string =>
  JSON.stringify(
    Object.entries(answers)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { value, note, sources, basis }]) => [id, value, note ?? '', sources, ...(basis ? [basis] : [])]),
  );

/** Drafts from before they kept what they stand on say nothing about it: that is no change. */
const standingOn = (
  drafts: Readonly<Record<QuestionId, GivenAnswer>>,
  then: Readonly<Record<QuestionId, GivenAnswer>>,
): Record<QuestionId, GivenAnswer> =>
  Object.fromEntries(
    Object.entries(drafts).map(([id, draft]) => [id, { ...draft, basis: draft.basis ?? own(then, id)?.basis }]),
  );

const isDenied = (deal: DealView['deal'], { basis }: GivenAnswer): boolean =>
  basis?.told !== undefined && hasDenied(deal, basis.told);

/**
 * Returns the answers that "nothing changed here" gives: the previous ones to every question that applies now.
 * Undefined where one of them was not asked then, where somebody began to change them, where the
 * deal has another product, country or end-user by now, whoever said so denies it, where a sheet says worse since, or where one
 * was confirmed of an earlier deal and is too old by now.
 */
export const confirmable = (view: DealView, section: SectionId): Record<QuestionId, GivenAnswer> | undefined => {
  const { deal, policy, facts } = view;
  const then = answersThen(view, section);
  if (!then || deal.status !== 'answering' || own(deal.answers, section) !== undefined) return undefined;
  if (said(standingOn(own(deal.drafts, section) ?? {}, then)) !== said(then)) return undefined;
  const { standing, elsewhereUntil } = deal;
  if (standing && elsewhereUntil !== undefined && elsewhereUntil > standing.decision.at) return undefined;
  // Another company in between is another in what is asked of it alone: that is looked at below.
  if (standing && otherSubjects(standing.basis.details, deal.details).some((of) => of !== 'between')) return undefined;
  if (worseSince(view, then).length > 0) return undefined;
  const values = Object.fromEntries(Object.entries(then).map(([id, { value }]) => [id, value]));
  const asked = policy.questionsFor(section, { ...facts, answers: { ...facts.answers, ...values } });
  if (asked.length === 0) return undefined;
  const given: Record<QuestionId, GivenAnswer> = {};
  for (const question of asked) {
    const { id } = question;
    const answer = then[id];
    // What was given of something else was never looked at since, and whose word was denied gives it no more.
    if (!answer || saidOfAnother(deal, question, answer) || isDenied(deal, answer)) return undefined;
    if (answer.basis?.earlier && isTooOld(view, answer.basis.earlier)) return undefined;
    const { by: _by, at: _at, ...answered } = answer;
    given[id] = answered;
  }
  return given;
};
