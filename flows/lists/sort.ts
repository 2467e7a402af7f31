/** Orders of lists of deals. */

import { isOpen } from '../deal/context/alerts.ts';
import { fold } from '../fold.ts';
import { tierOf, TIERS } from './stage.ts';
import type { DealSummary } from './summary.ts';

export const SORTS = ['usual', 'waiting', 'newest', 'oldest', 'tier'] as const;
export type Sort = (typeof SORTS)[number];

export const isSort = (said: string): said is Sort => SORTS.some((sort) => sort === fold(said));

export type Order = (a: DealSummary, b: DealSummary) => number;

const rising = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const openFirst: Order = (a, b) => Number(isOpen(b)) - Number(isOpen(a));
const byId: Order = (a, b) => rising(a.id, b.id);
const newest: Order = (a, b) => rising(b.openedAt, a.openedAt) || byId(a, b);
const usual: Order = (a, b) => openFirst(a, b) || newest(a, b);

const ORDERS: Readonly<Record<Sort, Order>> = {
  usual,
  waiting: (a, b) => openFirst(a, b) || (isOpen(a) ? rising(a.since, b.since) || byId(a, b) : newest(a, b)),
  newest,
  oldest: (a, b) => rising(a.openedAt, b.openedAt) || byId(a, b),
  tier: (a, b) => TIERS.indexOf(tierOf(a)) - TIERS.indexOf(tierOf(b)) || usual(a, b),
};

/** `usual`: open deals first, then the newest. `waiting`: open ones first, those that wait longest before others. */
export const orderOf = (sort: Sort = 'usual'): Order => ORDERS[sort];

/** Keeps the first of those that are offered, in that order: of a hundred thousand, without sorting the others. */
export const firstFew = <T>(order: (a: T, b: T) => number, most: number): { first: T[]; offer(item: T): void } => {
  const first: T[] = [];
  return {
    first,
    offer: (item) => {
      const last = first.length < most ? undefined : first.at(-1);
      if (last && order(item, last) >= 0) return;
      let [low, high] = [0, first.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const there = first[middle];
        if (there && order(there, item) <= 0) low = middle + 1;
        else high = middle;
      }
      first.splice(low, 0, item);
      if (first.length > most) first.pop();
    },
  };
};

/** Returns the first of them in that order. */
export const firstOf = (deals: readonly DealSummary[], order: Order, most: number): DealSummary[] => {
  // Beyond that, keeping them in order costs more than sorting all.
  if (most > 400 || deals.length <= most) return deals.toSorted(order).slice(0, most);
  const few = firstFew(order, most);
  for (const deal of deals) few.offer(deal);
  return few.first;
};
