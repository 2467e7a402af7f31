/** What colleagues wrote under answers since a deal was as it was: whoever accepted or confirmed something before has not read it. House rule. */

import { bare } from '../../bare.ts';
import type { Instant, PersonId } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { isOwnWord, looksAfter } from '../rights/set-aside.ts';
import type { OpenedDeal } from '../state.ts';
import { sourcesOf, whoseNote, whoseSource } from './first-said.ts';

interface Written {
  question: QuestionId;
  text: string;
  by: PersonId;
  at: Instant;
}

/** Notes and sources under what is answered, and under what is only saved. What a sheet says is looked at as that. */
const writtenUnder = (deal: OpenedDeal): Written[] =>
  [deal.answers, deal.drafts].flatMap((all) =>
    Object.values(all)
      .flatMap((section) => Object.entries(section))
      .filter(([, { by, basis }]) => by !== undefined && basis?.sheet === undefined)
      .flatMap(([question, answer]) => [
        ...(answer.note === undefined ? [] : [{ question, text: answer.note, ...whoseNote(deal, answer) }]),
        ...sourcesOf(answer).map((source) => ({
          question,
          text: `${source.name} ${source.url ?? ''}`,
          ...whoseSource(deal, answer, source),
        })),
      ]),
  );

const keyOf = ({ question, text }: Written): string => `${question} ${bare(text)}`;

/** Returns a look at the questions under which somebody else than who works on the deal alone wrote what was not there then, or what was theirs alone `before`. */
export const writtenSince = (before: OpenedDeal, now: OpenedDeal): ((then: Instant) => ReadonlySet<QuestionId>) => {
  const known = new Set(writtenUnder(before).map(keyOf));
  const anew = writtenUnder(now).filter(
    (one) => !isOwnWord(now, one.by) && (!known.has(keyOf(one)) || isOwnWord(before, one.by)),
  );
  return (then) => new Set(anew.flatMap(({ question, at }) => (at > then ? [question] : [])));
};

/**
 * Tells whether a colleague who worked on the deal wrote something since then beside what they did to it, or to an approver. Whoever
 * took it over is one, too.
 */
export const hasRemarkSince = (deal: OpenedDeal, then: Instant): boolean =>
  [...(deal.remarks ?? []), ...deal.requests.flatMap(({ answer }) => answer ?? [])].some(
    ({ by, at }) => at > then && !looksAfter(deal, by) && deal.team.includes(by),
  );
