/** What deals with other parties say in words of one of this deal's: a report or a note may name whom no form asked for. House rule. */

import { companyKeys } from '../../company-name.ts';
import { shareKey } from '../../end-user.ts';
import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { namesNoMilder, namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { calledEver } from './ever-said.ts';
import { heldAgainst } from './held-against.ts';
import { namesToFind } from './names-in-words.ts';
import { wordsElsewhere, type WordsElsewhere, type WordsEver } from './words-ever.ts';

/** Those names which are of no party of that deal: of others in common it is heard otherwise. */
const strangersIn = (names: readonly string[], { deal }: DealView): string[] => {
  const { endUsers, besides } = calledEver(deal);
  const parties = [...endUsers, ...besides].flatMap(companyKeys);
  return names.filter((name) => !shareKey(companyKeys(name), parties));
};

/**
 * Returns what names one of them: of a colleague all of it, of whoever sells that deal what was flagged or reported, or names a kind of
 * end-user no milder than this deal's. The latter come first and are `grave`.
 */
export const wordsNaming = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
): WordsElsewhere[] => {
  const names = namesToFind(view);
  const byId = new Map(
    others.map((other) => [other.deal.id, { other, isNamed: namesOneOf(strangersIn(names, other)) }] as const),
  );
  const spoken = new Map(
    others.map((other) => [other.deal.id, [...(said.get(other.deal.id) ?? []), ...heldAgainst(other)]] as const),
  );
  const heard = new Set((view.deal.others?.worries ?? []).map(({ deal, text = '' }) => `${deal} ${text}`));
  const found = wordsElsewhere(view, others, spoken).flatMap((words): WordsElsewhere[] => {
    if (words.of === 'role' || words.of === 'source' || heard.has(`${words.deal} ${words.text}`)) return [];
    const { other, isNamed } = byId.get(words.deal)!;
    if (!isNamed(words.text)) return [];
    const grave =
      words.of === 'flag' ||
      words.of === 'report' ||
      namesNoMilder(view.policy, words.text, view.deal.details.endUser.kind);
    const isOfColleague = !isOwnWord(other.deal, words.by);
    return grave || isOfColleague ? [{ ...words, grave }] : [];
  });
  const latest = found.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return othersFirst(view.deal, [
    ...fromBothEnds(latest.filter(({ grave }) => grave)),
    ...fromBothEnds(latest.filter(({ grave }) => !grave)),
  ]);
};
