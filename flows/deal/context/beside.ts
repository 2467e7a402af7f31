/** Deals of the same product through the same company, for another end-user: a reseller may have thousands. House rule. */

import type { Instant } from '../../ids.ts';
import { isOutside, isTwin, type SaidElsewhere } from './elsewhere.ts';
import { doubts, GRAVE, latestFirst } from './worries.ts';

/**
 * Deals through the same company that one hears of, where only their own teams speak against them. What somebody else said
 * against one is heard whatever there is beside it, up to a number that nobody opens by the way: dummies hide nothing.
 */
const MOST_BESIDE = 5;
const MOST_DOUBTED = 50;

const lastSaid = ({ worries, ended }: SaidElsewhere): Instant =>
  [ended?.at ?? '', ...worries.map(({ at }) => at)].reduce((a, b) => (a > b ? a : b));

/** Tells whether somebody beside its own team spoke against a deal. */
const isDoubted = ({ team, worries, ended }: SaidElsewhere): boolean =>
  ended?.how === 'declined' || worries.some((worry) => doubts(worry) && !team.includes(worry.by));

/** Tells whether it was stopped or declined, or something stands against it: what is heard of across borders. */
const isGrave = ({ ended, worries }: SaidElsewhere): boolean =>
  (ended !== undefined && ended.how !== 'withdrawn') || worries.some(({ of }) => GRAVE.has(of));

/** Declined ones first, and then the latest. */
const gravest = (a: SaidElsewhere, b: SaidElsewhere): number =>
  Number(b.ended?.how === 'declined') - Number(a.ended?.how === 'declined') ||
  latestFirst({ at: lastSaid(a) }, { at: lastSaid(b) }) ||
  (a.id < b.id ? -1 : Number(a.id > b.id));

/** Deals with the same company, by where they go and what is sold: those that others doubted, and the rest. */
interface Group {
  doubted: SaidElsewhere[];
  others: SaidElsewhere[];
  isSorted: boolean;
}

export interface Beside {
  /** The same sale through the same company, for another end-user: a name is changed easily. */
  beside: readonly SaidElsewhere[];
  /** The same product through the same company, to another country: it may be sold on to the first. */
  transit: readonly SaidElsewhere[];
}
export const NOBODY_BESIDE: Beside = { beside: [], transit: [] };

/** Finds those beside a deal. `isElse`: false of deals that it hears of otherwise. */
export type BesideIn = (one: SaidElsewhere, isElse: (other: SaidElsewhere) => boolean) => Beside;

const ANY = 'any product';
const OUTSIDE = 'a product outside the catalogue';
/** In place of a country. */
const ANYWHERE = ['anywhere'];

const keysOf = (parties: readonly string[], places: readonly string[], products: readonly string[]): Set<string> =>
  new Set(parties.flatMap((party) => places.flatMap((place) => products.map((sold) => `${party}\n${place}\n${sold}`))));

/** @param loud - deals against which something was said, or that ended; what was said before `since` is not told */
export const besideIn = (loud: readonly SaidElsewhere[], since: Instant): BesideIn => {
  const groups = new Map<string, Group>();
  const put = (one: SaidElsewhere, keys: ReadonlySet<string>): void => {
    for (const key of keys) {
      const group = groups.get(key) ?? { doubted: [], others: [], isSorted: false };
      groups.set(key, group);
      (isDoubted(one) ? group.doubted : group.others).push(one);
    }
  };
  for (const one of loud) {
    if (lastSaid(one) <= since) continue;
    const { parties, destinations, products } = one;
    put(one, keysOf(parties, destinations, [ANY, ...(products.some(isOutside) ? [OUTSIDE] : []), ...products]));
    if (isGrave(one)) put(one, keysOf(parties, ANYWHERE, products));
  }
  const sorted = (key: string): Group | undefined => {
    const group = groups.get(key);
    if (group && !group.isSorted) {
      group.doubted.sort(gravest);
      group.others.sort(gravest);
      group.isSorted = true;
    }
    return group;
  };

  /** The gravest of all are among the gravest of each group. */
  const gravestIn = (keys: ReadonlySet<string>, isMeant: (other: SaidElsewhere) => boolean): SaidElsewhere[] => {
    const [doubted, others] = [new Set<SaidElsewhere>(), new Set<SaidElsewhere>()];
    const take = (from: readonly SaidElsewhere[], into: Set<SaidElsewhere>, most: number): void => {
      let count = 0;
      for (const other of from) {
        if (!isMeant(other)) continue;
        into.add(other);
        count += 1;
        if (count === most) return;
      }
    };
    for (const key of keys) {
      const group = sorted(key);
      take(group?.doubted ?? [], doubted, MOST_DOUBTED);
      take(group?.others ?? [], others, MOST_BESIDE);
    }
    return [...[...doubted].sort(gravest).slice(0, MOST_DOUBTED), ...[...others].sort(gravest).slice(0, MOST_BESIDE)];
  };

  return (one, isElse) => {
    const { parties, destinations, products } = one;
    const isMeant = (other: SaidElsewhere): boolean => other !== one && isElse(other);
    return {
      beside: gravestIn(
        keysOf(parties, destinations, products.some(isOutside) ? [ANY] : [OUTSIDE, ...products]),
        isMeant,
      ),
      transit: gravestIn(keysOf(parties, ANYWHERE, products), (other) => isMeant(other) && !isTwin(one, other)),
    };
  };
};
