/** Whom a deal's own words name, beside its parties: an answer, or why somebody gave it back, may say for whom it is in truth. House rule. */

import { companyKeys } from '../../company-name.ts';
import { shareKey } from '../../end-user.ts';
import { perObject } from '../../per-object.ts';
import type { DealView } from '../view.ts';
import { besideAnswers } from './beside-answers.ts';
import { calledEver, destinationsEver } from './ever-said.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { marksOfText, namesFound, withCapital } from './names-in-words.ts';
import { namesToFind, type NameToFind } from './names-to-find.ts';
import { wordsEver } from './words-ever.ts';

/** All that anybody wrote in it, and whom it named before anything was said. */
const textsHere = perObject((view: DealView): readonly string[] => [
  ...new Set([
    ...[...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view), ...besideAnswers(view)].map(({ text }) => text),
    ...(view.deal.corrected ?? []).flatMap(({ before }) => before),
  ]),
]);

/** Returns whether one of these marks, of a word of each name of another deal, is of its words: hardly anybody else is named. */
export const mayBeNamedHere = (view: DealView): ((marks: readonly number[]) => boolean) => {
  const all = new Set(textsHere(view).flatMap(marksOfText));
  return (marks) => marks.some((mark) => all.has(mark));
};

interface Called {
  /** ISO 3166-1 alpha-2. */
  destination: string;
  endUsers: readonly string[];
  besides: readonly string[];
}

/** Returns those names of another deal's parties which its words have, and that are of none of its own. */
export const namedHere = (view: DealView): ((other: Called) => NameToFind[]) => {
  const { endUsers, besides } = calledEver(view.deal);
  const own = [...endUsers, ...besides].flatMap(companyKeys);
  const places = destinationsEver(view.deal);
  const texts = textsHere(view);
  return ({ destination, ...called }) => {
    const names = namesToFind(called)
      .map(withCapital)
      .filter(({ name, common }) => (!common || places.includes(destination)) && !shareKey(companyKeys(name), own));
    if (names.length === 0) return [];
    const found = namesFound(names);
    return [...new Set(texts.flatMap(found))];
  };
};
