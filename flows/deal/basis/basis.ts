/** What the answers of a deal stand on. An answer that stands on nothing counts as not known. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { OF_ANOTHER, type CompiledPolicy, type Question, type QuestionId } from '../../policy/policy.ts';
import type { TakenSheet } from '../../sheet.ts';
import type { Answer, AnswersBySection, GivenAnswer } from '../answer-shapes.ts';
import { countsOfAnother } from '../formerly.ts';
import type { OpenedDeal } from '../state.ts';
import { publisherOf, sourceProblem } from './source.ts';

type Working = Pick<OpenedDeal, 'team' | 'owner' | 'requester' | 'owned' | 'details' | 'formerly'>;

/** Returns the sheet that an answer stands on: one by nobody who works on the deal or sells it. */
const sheetUnder = ({ basis }: GivenAnswer, deal: Working): TakenSheet | undefined => {
  const sheet = basis?.sheet;
  const ours = sheet && new Set([...deal.team, ...sellers(deal)]);
  return sheet && ![sheet.by, ...(sheet.also ?? [])].some((id) => ours?.has(id)) ? sheet : undefined;
};

/** Returns the questions whose sheet counts for nothing here: somebody behind it works on the deal. */
export const ownSheets = (deal: Working & Pick<OpenedDeal, 'answers'>): QuestionId[] =>
  Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([id, answer]) => (answer.basis?.sheet && !sheetUnder(answer, deal) ? [id] : [])),
  );

/**
 * Returns on how many publishers an answer stands; somebody's word, or a sheet's, is worth one, where there is none. A source
 * that others can't look up is worth nothing, also where an older form took it.
 */
const standsOn = (answer: GivenAnswer & { at?: Instant | undefined }, deal: Working): number => {
  const { sources, basis, at } = answer;
  const sheet = sheetUnder(answer, deal);
  const copied = basis?.sheet && !sheet ? [] : (basis?.sources ?? []);
  const counted = [...sources, ...copied].filter((s) => sourceProblem(s, at) === undefined);
  return Math.max(new Set(counted.map(publisherOf)).size, basis?.told === undefined && !sheet ? 0 : 1);
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
        ...(basis?.sheet === undefined ? [] : [`sheet ${basis.sheet.id}`]),
      ]);
      return had!.every((one) => has!.includes(one)) ? [] : [id];
    }),
  );

/** Tells whether somebody said that they never said what answers of this deal stood on: also after it was decided, as a flag. */
export const hasDenied = (
  { objections = [], ownFlags }: Pick<OpenedDeal, 'objections' | 'ownFlags'>,
  person: PersonId,
): boolean => [...objections, ...ownFlags.filter(({ denies }) => denies)].some(({ by }) => by === person);

export const withoutTold = (answer: Answer, person: PersonId): Answer => {
  if (answer.basis?.told !== person) return answer;
  const { told: _, ...basis } = answer.basis;
  return { ...answer, basis };
};

/** Without the sheet, and without what was copied from it. */
export const withoutSheet = <T extends GivenAnswer>(given: T): T => {
  if (!given.basis?.sheet) return given;
  const { told } = given.basis;
  return { ...given, basis: told === undefined ? undefined : { told } };
};

/** Returns the answers with these standing on no sheet any more. */
export const withoutSheets = (answers: AnswersBySection, ids: readonly QuestionId[]): AnswersBySection =>
  Object.fromEntries(
    Object.entries(answers).map(([section, given]) => [
      section,
      Object.fromEntries(Object.entries(given).map(([id, one]) => [id, ids.includes(id) ? withoutSheet(one) : one])),
    ]),
  );

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
  deal: Working,
): Record<QuestionId, number> => {
  const based: Record<QuestionId, number> = {};
  for (const section of Object.values(answers)) {
    for (const [id, answer] of Object.entries(section)) {
      const question = policy.question(id);
      if (!question) continue;
      if (countsOfAnother(policy, deal, question, answer)) {
        based[id] = OF_ANOTHER;
        continue;
      }
      if (question.basis === undefined) continue;
      // A brief that counsel wrote says as much as a note of theirs.
      const brief = sheetUnder(answer, deal)?.counsel ? 1 : 0;
      based[id] = question.basis === 'counsel' ? Math.max(counsel, brief) : standsOn(answer, deal);
    }
  }
  return based;
};
