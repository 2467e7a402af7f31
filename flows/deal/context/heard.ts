/** What a deal heard of others, in the order in which whoever judges it should read it. House rule. */

import type { DealId } from '../../ids.ts';
import { mayBeNeeded } from '../rights/seats.ts';
import type { HeardWorry } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { inTurn } from './words-ever.ts';

/**
 * Returns the worries of each deal, one of a kind: of the same kind the latest was noted last. Those of people who may judge
 * this deal come first, then the latest, of each author in turn: dummies of one person push out nothing.
 */
export const worriesByDeal = (view: DealView): { deal: DealId; worries: HeardWorry[] }[] => {
  const byDeal = new Map<DealId, Map<HeardWorry['of'], HeardWorry>>();
  for (const worry of view.deal.others?.worries ?? [])
    byDeal.set(worry.deal, (byDeal.get(worry.deal) ?? new Map()).set(worry.of, worry));
  const told = [...byDeal]
    .map(([deal, kinds]) => {
      const worries = [...kinds.values()];
      const judged = worries.find(({ by }) => mayBeNeeded(view, by) && !view.deal.team.includes(by));
      const at = worries.map((worry) => worry.at).reduce((a, b) => (a > b ? a : b));
      return { deal, worries, at, by: (judged ?? worries[0]!).by, judged: judged !== undefined };
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return [...inTurn(told.filter(({ judged }) => judged)), ...inTurn(told.filter(({ judged }) => !judged))];
};
