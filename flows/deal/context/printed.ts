/** Of what good answers stand on, the first page of a review prints so much: what it may leave out is known here, too. */

import type { QuestionId } from '../../policy/policy.ts';
import { needsBasis } from '../basis/basis.ts';
import type { DealView } from '../view.ts';

/** Keeps the list under a block's 3,000 characters. */
export const MOST_BASES = 6;
export const MOST_SOURCES = 3;

/** Returns the sources of good answers that the first page may not print, with the question that each stands under. */
export const unprintedSources = ({ deal, policy }: DealView): { question: QuestionId; name: string }[] => {
  const given = Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([id, answer]) => {
      const question = policy.question(id);
      if (!question || !needsBasis(policy, question, answer)) return [];
      const { sources, basis } = answer;
      return [{ question: id, sources: [...sources, ...(basis?.sources ?? [])], basis }];
    }),
  );
  const bases = new Set(
    given.map(({ sources, basis }) => JSON.stringify([sources, basis?.told, basis?.sheet, basis?.earlier])),
  );
  const printed = bases.size > MOST_BASES ? 0 : MOST_SOURCES;
  return given.flatMap(({ question, sources }) => sources.slice(printed).map(({ name }) => ({ question, name })));
};
