/** What colleagues wrote under answers since a deal was as it was: whoever accepted or confirmed something before has not read it. House rule. */

import { bare } from '../../bare.ts';
import type { PersonId } from '../../ids.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { OpenedDeal } from '../state.ts';
import { sourcesOf, whoseNote, whoseSource } from './first-said.ts';

interface Written {
  question: QuestionId;
  text: string;
  by: PersonId;
}

/** Notes and sources under what is answered, and under what is only saved. What a sheet says is looked at as that. */
const writtenUnder = (deal: OpenedDeal): Written[] =>
  [deal.answers, deal.drafts].flatMap((all) =>
    Object.values(all)
      .flatMap((section) => Object.entries(section))
      .filter(([, { by, basis }]) => by !== undefined && basis?.sheet === undefined)
      .flatMap(([question, answer]) => [
        ...(answer.note === undefined ? [] : [{ question, text: answer.note, by: whoseNote(deal, answer).by }]),
        ...sourcesOf(answer).map((source) => ({
          question,
          text: `${source.name} ${source.url ?? ''}`,
          by: whoseSource(deal, answer, source).by,
        })),
      ]),
  );

const keyOf = ({ question, text }: Written): string => `${question} ${bare(text)}`;

/** Returns the questions under which somebody else than who works on the deal alone wrote what did not stand there `before`. */
export const writtenSince = (before: OpenedDeal, now: OpenedDeal): QuestionId[] => {
  if (before.answers === now.answers && before.drafts === now.drafts) return [];
  const known = new Set(writtenUnder(before).map(keyOf));
  const anew = writtenUnder(now).filter((one) => !known.has(keyOf(one)) && !isOwnWord(now, one.by));
  return [...new Set(anew.map(({ question }) => question))];
};
