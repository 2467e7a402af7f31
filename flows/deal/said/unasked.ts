/** What was answered against a deal to questions that are not asked any more, as other answers or details are others now. House rule. */

import type { PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import { sameValue } from '../../policy/answers.ts';
import type { FactValue, QuestionId } from '../../policy/policy.ts';
import { speaksAgainst } from '../kept.ts';
import { othersFirst } from '../rights/others-first.ts';
import type { DealView } from '../view.ts';
import { allWhoSaid } from './first-said.ts';

export interface Unasked {
  question: QuestionId;
  value: FactValue;
  by: PersonId;
  /** Who else gave it. */
  also?: PersonId[] | undefined;
  at: string;
}

/** Returns them in sections that are given, colleagues' first. What is told as an answer of before is left out. */
export const saidUnasked = ({ deal, policy, facts }: Pick<DealView, 'deal' | 'policy' | 'facts'>): Unasked[] => {
  const all = policy.sections.flatMap(({ id: section, questions }) => {
    const [given, before] = [own(deal.answers, section), own(deal.earlierSaid, section)];
    const against = questions.flatMap(({ id: question }): Unasked[] => {
      const said = given && (own(given, question) ?? (before && own(before, question)));
      if (!said || !speaksAgainst(policy, question, said.value)) return [];
      const isTold = (deal.was ?? []).some((past) => past.question === question && sameValue(past.before, said.value));
      return isTold ? [] : [{ question, value: said.value, ...allWhoSaid(deal, said) }];
    });
    if (against.length === 0) return [];
    const asked = new Set(policy.questionsFor(section, facts).map(({ id }) => id));
    return against.filter(({ question }) => !asked.has(question));
  });
  return othersFirst(deal, all);
};
