/** What the answers of a deal stand on. An answer that stands on nothing counts as not known. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import type { CompiledPolicy, Question, QuestionId } from '../../policy/policy.ts';
import type { Answer, AnswersBySection, GivenAnswer } from '../deal.ts';
import type { OpenedDeal } from '../state.ts';
import { publisherOf, sourceProblem } from './source.ts';

/**
 * Returns on how many publishers an answer stands; somebody's word is worth one, where there is none. A source that others
 * can't look up is worth nothing, also where an older form took it.
 */
const standsOn = ({ sources, basis, at }: GivenAnswer & { at?: Instant | undefined }): number => {
  const counted = [...sources, ...(basis?.sources ?? [])].filter((s) => sourceProblem(s, at) === undefined);
  return Math.max(new Set(counted.map(publisherOf)).size, basis?.told === undefined ? 0 : 1);
};

/** Tells whether the answer needs a basis that this one could give. */
export const needsBasis = (policy: CompiledPolicy, { id, basis }: Question, { value }: GivenAnswer): boolean =>
  basis === 'source' && policy.isBenign(id, value);

/** Returns the people whose own word their deal can't stand on. */
export const sellers = ({
  owner,
  requester,
  owned = [],
}: Pick<OpenedDeal, 'owner' | 'requester' | 'owned'>): PersonId[] => [...new Set([owner, requester, ...owned])];

/** Tells whether somebody else made an answer of this person's lighter. */
export const wasChanged = ({ was = [] }: Pick<OpenedDeal, 'was'>, person: PersonId): boolean =>
  was.some(({ by, changedBy }) => by === person && changedBy !== person);

/** Returns the questions whose answers stand on this person's word, in the order of the sections. */
export const saidBy = (answers: AnswersBySection, person: PersonId): QuestionId[] =>
  Object.values(answers).flatMap((section) =>
    Object.entries(section).flatMap(([id, { basis }]) => (basis?.told === person ? [id] : [])),
  );

/** Returns the questions with the same answer that stand on less than before: a source or somebody's word is gone. */
export const restsOnLess = (before: AnswersBySection, now: AnswersBySection): QuestionId[] =>
  Object.entries(before).flatMap(([section, given]) =>
    Object.entries(given).flatMap(([id, was]) => {
      const is = now[section]?.[id];
      if (!is || JSON.stringify(is.value) !== JSON.stringify(was.value)) return [];
      const [had, has] = [was, is].map(({ sources, basis }) => [
        ...[...sources, ...(basis?.sources ?? [])].map((source) => JSON.stringify(source)),
        ...(basis?.told === undefined ? [] : [`told ${basis.told}`]),
      ]);
      return had!.every((one) => has!.includes(one)) ? [] : [id];
    }),
  );

export const withoutTold = (answer: Answer, person: PersonId): Answer => {
  if (answer.basis?.told !== person) return answer;
  const { told: _, ...basis } = answer.basis;
  return { ...answer, basis };
};

/** Returns the answers without that person's word. */
export const withoutWord = (answers: AnswersBySection, person: PersonId): AnswersBySection =>
  Object.fromEntries(
    Object.entries(answers).map(([section, given]) => [
      section,
      Object.fromEntries(Object.entries(given).map(([id, answer]) => [id, withoutTold(answer, person)])),
    ]),
  );

/** By question, for the policy's evaluation. `counsel`: how many notes of counsel stand for the deal's country. */
export const basedOn = (
  policy: CompiledPolicy,
  answers: AnswersBySection,
  counsel: number,
): Record<QuestionId, number> => {
  const based: Record<QuestionId, number> = {};
  for (const section of Object.values(answers)) {
    for (const [id, answer] of Object.entries(section)) {
      const basis = policy.question(id)?.basis;
      if (basis !== undefined) based[id] = basis === 'counsel' ? counsel : standsOn(answer);
    }
  }
  return based;
};
