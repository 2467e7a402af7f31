/**
 * A sale in parts: other deals with the end-user of one that nobody decided on, open or withdrawn within a year, as their rep can
 * reopen those. Each part looks lighter alone, so whoever decides reads of all. House rule.
 */

import { heldAble, productNamed, type HeldAble } from '../../catalogue.ts';
import type { DealId, Instant, PersonId } from '../../ids.ts';
import { TIERS, type Tier } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';
import { canRead } from '../rights/access.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import type { Precedent } from './precedent.ts';
import { RECENT_MS } from './topics.ts';

export interface Part {
  id: DealId;
  details: DealDetails;
  /** When it was opened. */
  at: Instant;
  /** Absent while it is answered. */
  tier?: Tier | undefined;
  withdrawn: boolean;
  /** Further deals with the same product; outside the catalogue, with any. */
  also: number;
  /** What those outside the catalogue are called, where that is something else; and how many more names they have. */
  alsoCalled: readonly string[];
  moreCalled: number;
}

/** Those that one page names, the gravest first, each product once; and how many more deals there are. */
export interface Parts {
  shown: readonly Part[];
  more: number;
}

/** What one deal is read beside: similar decided ones, the most similar first, and its parts. */
export interface Beside {
  similar: readonly Precedent[];
  /** Further similar deals that were declined, approved with conditions or suspended. Absent: none. */
  moreSimilar?: number | undefined;
  parts: Parts;
}
export const NOTHING_BESIDE: Beside = { similar: [], parts: { shown: [], more: 0 } };

/** Products that one page names. */
export const MOST_PARTS = 8;

type Catalogue = Parameters<typeof heldAble>[0];

const HELD: Readonly<Record<HeldAble, number>> = { analyses: 3, marked: 3, category: 2, unlisted: 2 };

/** From what the company says can be done to people to what it says cannot. */
const ability = (today: Catalogue, product: DealDetails['product']): number => {
  const held = heldAble(today, product);
  if (held !== undefined) return HELD[held];
  return productNamed(today.organisation, product)?.able === false ? 0 : 1;
};

interface Ranked {
  product: DealDetails['product'];
  tier?: Tier | undefined;
  at: Instant;
  /** All is answered, so that the tier is no guess. */
  answered: boolean;
  /** Red flags that its answers raise so far. */
  flags: number;
}

/**
 * Compares for a sort: by what the product can do, or what the answers made of it. A deal without answers may be of any tier, and
 * is a cheap dummy; among equals the one with more red flags comes first, and then the latest.
 */
export const gravestPart =
  (today: Catalogue) =>
  (a: Ranked, b: Ranked): number => {
    const tier = ({ tier: said, answered }: Ranked): number =>
      answered && said !== undefined ? TIERS.indexOf(said) + 1 : 0;
    const grave = (one: Ranked): number => Math.max(ability(today, one.product), tier(one));
    return grave(b) - grave(a) || tier(b) - tier(a) || b.flags - a.flags || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);
  };

/** Names are cheap: everything outside the catalogue is one line. */
const productKey = ({ id }: DealDetails['product']): string => id;

/** Names of that line: more than anybody opens by the way. */
const MOST_NAMES = 30;

type Further = Pick<Part, 'also' | 'alsoCalled' | 'moreCalled'>;

/** Returns the first of each product, with how many more of it there are. */
export const eachProduct = <T extends Ranked>(ranked: readonly T[]): (T & Further)[] => {
  const by = new Map<string, { first: T; also: number; called: Set<string> }>();
  for (const one of ranked) {
    const known = by.get(productKey(one.product));
    if (known) {
      known.also += 1;
      known.called.add(one.product.name);
    } else by.set(productKey(one.product), { first: one, also: 0, called: new Set() });
  }
  return [...by.values()].map(({ first, also, called }) => {
    const others = [...called].filter((name) => name !== first.product.name);
    return {
      ...first,
      also,
      alsoCalled: others.slice(0, MOST_NAMES),
      moreCalled: Math.max(0, others.length - MOST_NAMES),
    };
  });
};

/** Where nobody decided on a deal, and it may go on. */
export const UNDECIDED: ReadonlySet<OpenedDeal['status']> = new Set(['answering', 'deciding', 'withdrawn']);

/** The same of one that was not withdrawn long ago. `endedAt`: absent while it is open. */
export const isUndecided = (
  { status, endedAt }: { status: OpenedDeal['status']; endedAt?: Instant | undefined },
  now: Instant,
): boolean => UNDECIDED.has(status) && (endedAt === undefined || Date.parse(endedAt) > Date.parse(now) - RECENT_MS);

/** Returns such a deal as a page names it. Undefined where it was decided by now, or is hidden from the reader. */
export const partOf = (view: DealView, other: DealView, person: PersonId): Omit<Part, keyof Further> | undefined => {
  const { deal } = other;
  const endedAt = deal.status === 'withdrawn' ? deal.at : undefined;
  const isPart = isUndecided({ status: deal.status, endedAt }, view.now) && deal.id !== view.deal.id;
  if (!isPart || !canRead(other, person)) return undefined;
  const { id, details, openedAt: at } = deal;
  // While sections are open its tier is the worst that it may be.
  const tier = deal.status === 'deciding' ? deal.tier : undefined;
  return { id, details, at, tier, withdrawn: deal.status === 'withdrawn' };
};
