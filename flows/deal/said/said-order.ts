/** What was said before, the heaviest first and one line for each question: what weighs little hides nothing that weighs more. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { sameValue } from '../../policy/answers.ts';
import { TIERS, WEIGHTS, type FactValue, type QuestionId } from '../../policy/policy.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { LighterSaid, PastAnswer } from '../said-shapes.ts';
import type { DealView } from '../view.ts';

/** More than the weights of all red flags together. */
const A_TIER = 1000;

type Said = ReadonlyMap<QuestionId, FactValue>;

const gravityWith = ({ policy, facts }: DealView, said: Said): number => {
  const { tier, flags } = policy.evaluate({ ...facts, answers: { ...facts.answers, ...Object.fromEntries(said) } });
  return (
    (tier === null ? -1 : TIERS.indexOf(tier)) * A_TIER +
    flags.reduce((sum, { weight }) => sum + WEIGHTS.indexOf(weight) + 1, 0)
  );
};

/** Returns how much each of these answers would add to the deal as it is, and to the deal with all of them. */
const weightsOf = (view: DealView, said: Said): ReadonlyMap<QuestionId, number> => {
  const [now, all] = [gravityWith(view, new Map()), gravityWith(view, said)];
  return new Map(
    [...said].map(([id, value]) => {
      const others = new Map([...said].filter(([other]) => other !== id));
      return [id, gravityWith(view, new Map([[id, value]])) - now + all - gravityWith(view, others)];
    }),
  );
};

/** One question's answers that were changed to lighter ones. */
export interface PastAnswers {
  /** The heaviest; of equals the first, a colleague's before that of whoever sells the deal. */
  said: PastAnswer;
  /** Who else gave the same. */
  also: PersonId[];
  last: PastAnswer;
  times: number;
}

/** Who gave this answer before it was changed: a colleague first, then whoever sells the deal. Undefined where nobody did. */
export const whoSaid = (
  { deal }: DealView,
  question: QuestionId,
  value: FactValue,
): Pick<PastAnswers, 'said' | 'also'> | undefined => {
  const same = (deal.was ?? []).filter((past) => past.question === question && sameValue(past.before, value));
  const said = same.find(({ by }) => by !== SYSTEM && !looksAfter(deal, by)) ?? same[0];
  const all = new Set(same.flatMap(({ by, also = [] }) => [by, ...also]));
  return said && { said, also: [...all].filter((id) => id !== said.by && id !== SYSTEM) };
};

/** Of each question the heaviest, and beside a colleague's what whoever sells the deal said, where that was another: toggles hide no word. */
const merged = (view: DealView): PastAnswers[] => {
  const { deal, policy } = view;
  const all = deal.was ?? [];
  const heaviest = new Map<string, PastAnswer>();
  for (const past of all) {
    const key = `${past.question} ${looksAfter(deal, past.by)}`;
    const known = heaviest.get(key);
    if (!known || policy.lightens(past.question, past.before, known.before)) heaviest.set(key, past);
  }
  return [...heaviest.values()].flatMap((said): PastAnswers[] => {
    const { question, before } = said;
    const first = whoSaid(view, question, before);
    // A colleague said it, too: it stands in their name.
    if (first && first.said.by !== said.by && looksAfter(deal, said.by)) return [];
    const of = all.filter((past) => past.question === question);
    return [{ said, also: [], last: of.at(-1)!, times: of.length, ...first }];
  });
};

const heaviestFirst = <T>(all: readonly T[], weight: (one: T) => number): T[] =>
  all.toSorted((a, b) => weight(b) - weight(a));

/** Among equals the oldest first. */
export const pastAnswers = (view: DealView): PastAnswers[] => {
  const all = merged(view);
  const weights = weightsOf(view, new Map(all.map(({ said }) => [said.question, said.before])));
  return heaviestFirst(all, ({ said }) => weights.get(said.question) ?? 0);
};

export interface Waiting {
  answers: LighterSaid['answers'];
  /** Those with the same words of the same person are one. */
  changes: (LighterSaid['changes'][number] & { times: number })[];
}

/** Returns what waits for compliance. Another kind of end-user or product goes before all answers. */
export const waitingInOrder = (view: DealView, { answers, changes }: LighterSaid): Waiting => {
  const weights = weightsOf(view, new Map(answers.map(({ question, answer }) => [question, answer.value])));
  const weightAt = (at: string): number =>
    Math.max(
      ...(view.deal.was ?? []).filter(({ until }) => until === at).map(({ question }) => weights.get(question) ?? 0),
      0,
    );
  const reasons = new Map<string, Waiting['changes'][number]>();
  for (const change of changes) {
    const key = JSON.stringify([change.of, change.by, change.why]);
    const known = reasons.get(key);
    reasons.set(key, { ...(known ?? change), times: (known?.times ?? 0) + 1 });
  }
  // The first change of a question is what took back what counted: what toggles it after that comes later.
  const firstOf = new Set(merged(view).map(({ said }) => said.until));
  const rank = ({ of, at }: LighterSaid['changes'][number]): number =>
    of === 'details' ? A_TIER * A_TIER : (firstOf.has(at) ? 1 : 0) + 2 * weightAt(at);
  return {
    answers: heaviestFirst(answers, ({ question }) => weights.get(question) ?? 0),
    changes: heaviestFirst([...reasons.values()], rank),
  };
};
