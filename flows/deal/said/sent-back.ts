/** What counts again once compliance sends back what makes a deal lighter. House rule. */

import { own } from '../../own.ts';
import { sameValue } from '../../policy/answers.ts';
import type { Answer } from '../deal.ts';
import { withKept } from '../kept.ts';
import type { LighterSaid } from '../said-shapes.ts';
import type { DealView } from '../view.ts';

type Back = LighterSaid['answers'];

/**
 * Returns the heaviest of what was said before the first change, meanwhile, and now: sending it back makes no deal lighter, also
 * where a colleague answered in between.
 */
export const answersBack = ({ deal, policy }: DealView): Back => {
  const { answers, changes } = withKept(deal, []);
  const since = changes[0]?.at ?? '';
  return answers.map(({ section, question, answer }) => {
    const meanwhile = (deal.was ?? []).flatMap(({ question: id, before, by, at, until }): Answer[] =>
      id === question && until >= since ? [{ value: before, sources: [], by, at }] : [],
    );
    const now = own(own(deal.answers, section) ?? {}, question);
    const heaviest = [...meanwhile, ...(now ? [now] : [])].reduce<Answer>(
      (most, one) => (policy.lightens(question, one.value, most.value) ? one : most),
      answer,
    );
    return { section, question, answer: heaviest };
  });
};

/** Returns them where they are not what was said before the first change. */
export const heavierBack = (view: DealView, back: Back): { back?: Back } => {
  const { answers } = withKept(view.deal, []);
  return back.every(({ answer }, n) => sameValue(answer.value, answers[n]?.answer.value)) ? {} : { back };
};
