/** What counts again once compliance sends back what makes a deal lighter. House rule. */

import { own } from '../../own.ts';
import { sameValue } from '../../policy/answers.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { Answer } from '../answer-shapes.ts';
import type { DealDetails } from '../deal.ts';
import { sameName } from '../formerly.ts';
import { goingBack, withKept } from '../kept.ts';
import type { LighterSaid } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { detailsBack } from './evolve-lighter.ts';

type Back = LighterSaid['answers'];

/**
 * Returns the heaviest of what was said before the first change, meanwhile, and now: sending it back makes no deal lighter, also
 * where a colleague answered in between.
 */
export const answersBack = ({ deal, policy }: DealView): Back => {
  const { answers, changes } = goingBack(deal);
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
  const { answers } = goingBack(view.deal);
  return back.every(({ answer }, n) => sameValue(answer.value, answers[n]?.answer.value)) ? {} : { back };
};

/** Returns the companies in between that somebody named by a correction which waits for nobody. */
const namedMeanwhile = ({ deal }: DealView, was: DealDetails): DealDetails['intermediaries'] => {
  const since = new Set(withKept(deal, []).changes.map(({ at }) => at));
  const named = (deal.renamed ?? []).filter(({ of }) => of === 'intermediaries');
  const now = deal.details.intermediaries;
  const waits = named.flatMap(({ before, until }, n) => {
    const after = named[n + 1]?.before ?? now.map(({ name }) => name);
    return since.has(until) ? after.filter((name) => !before.some((one) => sameName(one, name))) : [];
  });
  return now.filter(
    ({ name }) =>
      !was.intermediaries.some((one) => sameName(one.name, name)) && !waits.some((one) => sameName(one, name)),
  );
};

/**
 * Returns the details that count again: those of before the first change, with a graver kind of end-user and companies in between that
 * were named meanwhile.
 */
export const detailsAgain = (view: DealView): DealDetails => {
  const { deal } = view;
  const was = detailsBack(deal);
  const { kind } = deal.details.endUser;
  return {
    ...was,
    endUser: isGraver(kind, was.endUser.kind) ? { ...was.endUser, kind } : was.endUser,
    intermediaries: [...was.intermediaries, ...namedMeanwhile(view, was)],
  };
};

/** Returns them where they are not those of before the first change. */
export const heavierDetails = ({ deal }: DealView, back: DealDetails): { details?: DealDetails } => {
  const { endUser, intermediaries } = detailsBack(deal);
  const isSame = back.endUser.kind === endUser.kind && back.intermediaries.length === intermediaries.length;
  return isSame ? {} : { details: back };
};
