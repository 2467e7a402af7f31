/** What a deal heard of others, in the order in which whoever judges it should read it. House rule. */

import type { DealId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isOnlyBeside } from '../only-beside.ts';
import { mayBeNeeded } from '../rights/seats.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';

/** What opening a deal alone brings about: many of these hide nothing else. */
export const LIGHT: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['country', 'scope', 'cleared']);

export interface HeardDeal {
  deal: DealId;
  worries: HeardWorry[];
  /** True where somebody who may judge this deal spoke. */
  judged: boolean;
  /** False where it says nothing but what opening a deal brings about. */
  grave: boolean;
}

/** A name of another company is no later word of the same. */
const kindOf = ({ of, text = '', shares }: HeardWorry): string =>
  of === 'named' && isOnlyBeside({ shares }) ? `${of} ${text}` : of;

/**
 * Returns the worries of each deal, one of a kind: of the same kind the latest was noted last. Those of people who may judge
 * this deal come first, then the latest, of each author in turn: dummies of one person push out nothing.
 */
export const worriesByDeal = (view: DealView): HeardDeal[] => {
  const byDeal = new Map<DealId, Map<string, HeardWorry>>();
  for (const worry of view.deal.others?.worries ?? [])
    byDeal.set(worry.deal, (byDeal.get(worry.deal) ?? new Map()).set(kindOf(worry), worry));
  const told = [...byDeal]
    .map(([deal, kinds]) => {
      const worries = [...kinds.values()];
      // Whoever sells this deal may have spoken last there.
      const voices = worries.flatMap(({ by, also = [] }) => [by, ...also]);
      const judge = voices.find((id) => mayBeNeeded(view, id) && !view.deal.team.includes(id));
      const by = judge ?? voices.find((id) => !isOwnWord(view.deal, id)) ?? voices[0]!;
      const at = worries.map((worry) => worry.at).reduce((a, b) => (a > b ? a : b));
      const grave = worries.some((worry) => !LIGHT.has(worry.of));
      return { deal, worries, at, by, judged: judge !== undefined, grave };
    })
    .toSorted((a, b) => Number(b.grave) - Number(a.grave) || (a.at < b.at ? 1 : -1));
  return [...inTurn(told.filter(({ judged }) => judged)), ...inTurn(told.filter(({ judged }) => !judged))];
};
