/** What deals with other parties say in words of one of this deal's, or of somebody whom its words name: a report or a note may name whom no form asked for. House rule. */

import { companyKeys } from '../../company-name.ts';
import { shareKey } from '../../end-user.ts';
import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { namesNoMilder } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { calledEver, destinationsEver } from './ever-said.ts';
import { heldAgainst, isAgainst } from './held-against.ts';
import { namedHere } from './named-here.ts';
import { namesFound } from './names-in-words.ts';
import { namesToFind, type NameToFind } from './names-to-find.ts';
import { isOfCompanyIn } from './of-between.ts';
import { wordsElsewhere } from './words-ever.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

/** Those names which are of no party of that deal: of others in common it is heard otherwise. What is called so in every country is looked for in the same. */
const strangersIn = (
  names: readonly NameToFind[],
  { deal }: DealView,
  destinations: readonly string[],
): NameToFind[] => {
  const { endUsers, besides } = calledEver(deal);
  const parties = [...endUsers, ...besides].flatMap(companyKeys);
  const isNear = shareKey(destinations, destinationsEver(deal));
  return names.filter(({ name, common }) => (isNear || !common) && !shareKey(companyKeys(name), parties));
};

type Said = ReadonlyMap<DealId, readonly WordsEver[]>;

/**
 * Returns those that are of whom it is asked, the latest and the earliest first: of a colleague all of it, of whoever sells that deal what was
 * flagged or reported, or names a kind of end-user no milder than this deal's. `grave`: the latter, and what a colleague flagged or reported.
 */
const wordsOf = (
  view: DealView,
  others: readonly DealView[],
  said: Said,
  isOf: (other: DealView) => (words: WordsElsewhere) => boolean,
): WordsElsewhere[] => {
  const { kind } = view.deal.details.endUser;
  const there = new Map(others.map((other) => [other.deal.id, { deal: other.deal, isOf: isOf(other) }]));
  const spoken = new Map(
    others.map((other) => [other.deal.id, [...(said.get(other.deal.id) ?? []), ...heldAgainst(other)]]),
  );
  const heard = new Set((view.deal.others?.worries ?? []).map(({ deal, text = '' }) => `${deal} ${text}`));
  const isOfColleague = ({ deal, by }: WordsElsewhere): boolean => !isOwnWord(there.get(deal)!.deal, by);
  const isKind = ({ text }: WordsElsewhere): boolean => namesNoMilder(view.policy, text, kind);
  const isMeant = (words: WordsElsewhere): boolean =>
    words.of !== 'role' &&
    !heard.has(`${words.deal} ${words.text}`) &&
    there.get(words.deal)!.isOf(words) &&
    (isOfColleague(words) || isAgainst(words) || isKind(words));
  const found = wordsElsewhere(view, others, spoken, { isMeant });
  const latest = found.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return fromBothEnds(latest).map((words) => ({
    ...words,
    ...(isOfColleague(words) ? { ofColleague: 'said' as const } : {}),
    grave: isKind(words) || (isAgainst(words) && isOfColleague(words)),
  }));
};

/** Returns what names one of its parties. */
export const wordsNaming = (view: DealView, others: readonly DealView[], said: Said): WordsElsewhere[] => {
  const [names, destinations] = [namesToFind(calledEver(view.deal)), destinationsEver(view.deal)];
  return wordsOf(view, others, said, (other) => {
    const found = namesFound(strangersIn(names, other, destinations));
    return ({ text }) => found(text).length > 0;
  });
};

/** Returns what is said in deals of somebody whom words of this one name: where that is the end-user, all; of a company what is of that. */
export const wordsOfNamed = (view: DealView, others: readonly DealView[], said: Said): WordsElsewhere[] => {
  const named = namedHere(view);
  return wordsOf(view, others, said, (other) => {
    const { destination } = other.deal.details;
    const found = named({ destination, ...calledEver(other.deal) });
    if (found.some(({ of }) => of === 'end-user')) return () => true;
    return isOfCompanyIn(other);
  });
};
