/** Deals of the same product through the same company, for another end-user: a reseller may have thousands. House rule. */

import type { Instant } from '../../ids.ts';
import type { Walk } from '../../walk.ts';
import { isOutside, isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { doubts, GRAVE, latestFirst } from './worries.ts';

/**
 * Deals through the same company that one hears of, where only their own teams speak against them. What somebody else said
 * against one is heard whatever there is beside it, up to a number that nobody opens by the way: dummies hide nothing.
 */
const MOST_BESIDE = 5;
const MOST_DOUBTED = 50;

const lastSaid = ({ worries, ended }: SaidElsewhere): Instant =>
  [ended?.at ?? '', ...worries.map(({ at }) => at)].reduce((a, b) => (a > b ? a : b));

/** Tells whether somebody else than who sells it ever spoke against a deal, also before they did. */
const isDoubted = (said: SaidElsewhere): boolean =>
  said.ended?.how === 'declined' ||
  said.worries.some(
    (worry) => doubts(worry) && [worry.by, ...(worry.also ?? [])].some((person) => !isSellersWord(said, person)),
  );

/** Tells whether it was stopped or declined, or something stands against it: what is heard of across borders. */
export const isGrave = ({ ended, worries }: SaidElsewhere): boolean =>
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

const pairsOf = (some: readonly string[], others: readonly string[]): string[] =>
  some.flatMap((one) => others.map((other) => `${one}\n${other}`));

/** Groups by a name; of one product and company by where they go, so that those of the same country need no look. */
type Groups = Map<string, Group>;
type ByPlaces = Map<string, Groups>;
const PLACES = ' and ';

const inGroup = (groups: Groups, name: string, one: SaidElsewhere): void => {
  const group = groups.get(name) ?? { doubted: [], others: [], isSorted: false };
  groups.set(name, group);
  (isDoubted(one) ? group.doubted : group.others).push(one);
};
const sorted = (group: Group): Group => {
  if (group.isSorted) return group;
  group.doubted.sort(gravest);
  group.others.sort(gravest);
  group.isSorted = true;
  return group;
};

/** Of several groups: the gravest of all are among the gravest of each. */
const gravestIn = (groups: readonly Group[], isMeant: (other: SaidElsewhere) => boolean): SaidElsewhere[] => {
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
  for (const group of groups.map(sorted)) {
    take(group.doubted, doubted, MOST_DOUBTED);
    take(group.others, others, MOST_BESIDE);
  }
  return [...[...doubted].sort(gravest).slice(0, MOST_DOUBTED), ...[...others].sort(gravest).slice(0, MOST_BESIDE)];
};

/** Returns those of such deals that one hears of. */
export const heardBeside = (all: Iterable<SaidElsewhere>): SaidElsewhere[] => {
  const groups: Groups = new Map();
  for (const one of all) inGroup(groups, '', one);
  return gravestIn([...groups.values()], () => true);
};

/** @param loud - deals against which something was said, or that ended; what was said before `since` is not told */
export function* besideIn(loud: readonly SaidElsewhere[], since: Instant): Walk<BesideIn> {
  const sales: Groups = new Map();
  const products: ByPlaces = new Map();
  for (const one of loud) {
    yield;
    if (lastSaid(one) <= since) continue;
    const sold = [ANY, ...(one.products.some(isOutside) ? [OUTSIDE] : []), ...one.products];
    for (const name of new Set(pairsOf(pairsOf(one.parties, one.destinations), sold))) inGroup(sales, name, one);
    if (!isGrave(one)) continue;
    for (const name of new Set(pairsOf(one.parties, one.products))) {
      const places: Groups = products.get(name) ?? new Map();
      products.set(name, places);
      inGroup(places, one.destinations.toSorted().join(PLACES), one);
    }
  }

  return (one, isElse) => {
    const { parties, destinations } = one;
    const isMeant = (other: SaidElsewhere): boolean => other !== one && isElse(other);
    const sold = one.products.some(isOutside) ? [ANY] : [OUTSIDE, ...one.products];
    const named = (names: readonly string[]): Group[] => [...new Set(names)].flatMap((name) => sales.get(name) ?? []);
    const elsewhere = [...new Set(pairsOf(parties, one.products))].flatMap((name) =>
      [...(products.get(name) ?? [])].flatMap(([places, group]) =>
        places.split(PLACES).some((place) => destinations.includes(place)) ? [] : [group],
      ),
    );
    return {
      beside: gravestIn(named(pairsOf(pairsOf(parties, destinations), sold)), isMeant),
      transit: gravestIn(elsewhere, isMeant),
    };
  };
}
