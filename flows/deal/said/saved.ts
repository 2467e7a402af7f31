/** What was saved for later over an answer that counts, is heavier, and nobody gave or settled: the decision waits for it. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { FactValue, QuestionId, SectionId } from '../../policy/policy.ts';
import type { DraftAnswer } from '../answer-shapes.ts';
import { speaksAgainst } from '../kept.ts';
import { isOwnSlip, scopeGivers } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { whoseValue } from './first-said.ts';

export interface SavedHeavier {
  section: SectionId;
  question: QuestionId;
  value: FactValue;
  by: PersonId;
  at: Instant;
  /** What counts now. Absent: the question is not asked as long as this is not given. */
  given?: FactValue | undefined;
  /** True where it stops the deal once it is given. */
  stops: boolean;
  /** True where it was written over, and nobody gave an answer since. */
  over: boolean;
}

/**
 * Returns answers in sections that are answered which somebody saved for later and that are heavier than those that count, in
 * the policy's order: also one that was saved over since. Giving the section settles them: the answer counts then, or one that is lighter than it
 * has a reason, and compliance confirms it.
 */
export const savedHeavier = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): SavedHeavier[] =>
  policy.sections.flatMap(({ id: section, questions }) => {
    const given = own(deal.answers, section);
    const drafts = own(deal.drafts, section);
    if (!given || !drafts) return [];
    const over = own(deal.earlierSaid, section);
    return questions.flatMap(({ id: question, stops }): SavedHeavier[] => {
      const now = own(given, question)?.value;
      const isHeavier = (saved: DraftAnswer | undefined): saved is DraftAnswer =>
        saved !== undefined &&
        ((stops === true && saved.value === 'yes' && now !== 'yes') ||
          (now === undefined
            ? speaksAgainst(policy, question, saved.value)
            : policy.lightens(question, saved.value, now)));
      const draft = own(drafts, question);
      // A question that is asked no more lost its answer when the section was given.
      const earlier = now === undefined && !draft ? undefined : own(over, question);
      const [saved, isOver] = isHeavier(draft) ? [draft, false] : [isHeavier(earlier) ? earlier : undefined, true];
      if (!saved) return [];
      const { value } = saved;
      return [
        { section, question, value, ...whoseValue(deal, saved), given: now, stops: stops === true, over: isOver },
      ];
    });
  });

/** Returns what colleagues saved against a deal that is said to be out of scope, in sections that nobody gave: it is asked no more then. */
export const savedBehind = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): SavedHeavier[] => {
  const givers = scopeGivers({ deal, policy });
  return policy.sections.flatMap(({ id: section, questions }) => {
    if (deal.status !== 'answering' || !deal.scopeSaid || own(deal.answers, section)) return [];
    return questions.flatMap(({ id: question, stops = false }): SavedHeavier[] => {
      const all = [own(own(deal.drafts, section), question), own(own(deal.earlierSaid, section), question)];
      const saved = all.find(
        (one) =>
          one !== undefined &&
          !isOwnSlip(deal, whoseValue(deal, one).by, givers) &&
          ((stops && one.value === 'yes') || speaksAgainst(policy, question, one.value)),
      );
      return saved
        ? [{ section, question, value: saved.value, ...whoseValue(deal, saved), stops, over: saved !== all[0] }]
        : [];
    });
  });
};
