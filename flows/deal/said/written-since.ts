/** What colleagues wrote under answers since a deal was as it was: whoever accepted or confirmed something before has not read it. House rule. */

import { bare } from '../../bare.ts';
import type { Instant, PersonId } from '../../ids.ts';
import type { FactValue, QuestionId } from '../../policy/policy.ts';
import { speaksAgainst } from '../kept.ts';
import { isOwnWord, looksAfter } from '../rights/set-aside.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { sourcesOf, whoseNote, whoseSource, whoseValue } from './first-said.ts';

interface Written {
  question: QuestionId;
  text: string;
  isSource?: true;
  by: PersonId;
  at: Instant;
}

type Of = Pick<DealView, 'policy'> & { deal: OpenedDeal };

/**
 * Notes, answers in words or that speak against the deal, and sources, of what is answered and of what is only saved. What a sheet says
 * is looked at as that.
 */
const writtenUnder = ({ deal, policy }: Of): Written[] =>
  [deal.answers, deal.drafts].flatMap((all) =>
    Object.values(all)
      .flatMap((section) => Object.entries(section))
      .filter(([, { by, basis }]) => by !== undefined && basis?.sheet === undefined)
      .flatMap(([question, answer]) => [
        ...(answer.note === undefined ? [] : [{ question, text: answer.note, ...whoseNote(deal, answer) }]),
        ...(isSaid(policy, question, answer.value)
          ? [{ question, text: String(answer.value), ...whoseValue(deal, answer) }]
          : []),
        ...sourcesOf(answer).map((source) => ({
          question,
          text: `${source.name} ${source.url ?? ''}`,
          isSource: true as const,
          ...whoseSource(deal, answer, source),
        })),
      ]),
  );

const isSaid = (policy: DealView['policy'], question: QuestionId, value: FactValue | undefined): value is FactValue =>
  value !== undefined &&
  (speaksAgainst(policy, question, value) || (policy.question(question)?.kind === 'text' && typeof value === 'string'));

const keyOf = ({ question, text }: Written): string => `${question} ${bare(text)}`;

/** What colleagues wrote since: anything, and of which questions they named sources. */
interface Since {
  any: boolean;
  words: boolean;
  sourcesOf: ReadonlySet<QuestionId>;
}

/** Returns a look at what somebody else than who works on the deal alone wrote since then that was not there, or was theirs alone, `before`. */
export const writtenSince = (before: Of, now: Of): ((then: Instant) => Since) => {
  const known = new Set(writtenUnder(before).map(keyOf));
  const anew = writtenUnder(now).filter(
    (one) => !isOwnWord(now.deal, one.by) && (!known.has(keyOf(one)) || isOwnWord(before.deal, one.by)),
  );
  return (then) => {
    const since = anew.filter(({ at }) => at > then);
    return {
      any: since.length > 0,
      words: since.some(({ isSource }) => !isSource),
      sourcesOf: new Set(since.flatMap(({ question, isSource }) => (isSource ? [question] : []))),
    };
  };
};

/**
 * Tells whether a colleague who worked on the deal wrote something since then beside what they did to it, or to an approver; somebody
 * said that they never said what an answer stands on; or an officer why they leave it to others. Whoever took it over is a colleague, too.
 *
 * @param until - inclusive
 */
export const hasRemarkSince = (deal: OpenedDeal, then: Instant, until?: Instant): boolean => {
  const { remarks = [], requests, team, objections = [] } = deal;
  const said = [
    ...objections,
    ...remarks.filter(({ of, by }) => of === 'recused' || team.includes(by)),
    ...requests.flatMap(({ answer, before = [] }) =>
      [...before, ...(answer ? [answer] : [])].filter((one) => team.includes(one.by)),
    ),
  ];
  return said.some(({ by, at }) => at > then && (until === undefined || at <= until) && !looksAfter(deal, by));
};
