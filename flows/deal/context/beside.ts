/** Deals of the same product through the same company, for another end-user: a reseller may have thousands. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import type { Walk } from '../../walk.ts';
import { isOutside, isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { doubts, GRAVE, latestFirst } from './worries.ts';

/**
 * Deals of each seller through the same company that one hears of, where only who sells them speaks against them. What somebody else
 * said against one is heard whatever there is beside it. Of both up to a number that nobody opens by the way: dummies hide nothing.
 */
const MOST_OF_SELLER = 5;
const MOST_BESIDE = 50;

const lastSaid = ({ worries, ended }: SaidElsewhere): Instant =>
  [ended?.at ?? '', ...worries.map(({ at }) => at)].reduce((a, b) => (a > b ? a : b));

/** Tells whether somebody had judged it, asked about it, or was to confirm it. */
const isWithdrawnFrom = ({ after, unconfirmed }: NonNullable<SaidElsewhere['ended']>): boolean =>
  after !== undefined || unconfirmed === true;

/** Whoever looks after a deal stands for what nobody said there. */
const BY_NOBODY: ReadonlySet<SaidElsewhere['worries'][number]['of']> = new Set(['listed', 'suspended'] as const);

/** Of one that is approved a question is settled. */
const isOpenDoubt = ({ settled }: SaidElsewhere, worry: SaidElsewhere['worries'][number]): boolean =>
  doubts(worry) || (worry.of === 'asked' && settled !== 'approved');

/** Tells whether somebody else than who sells it ever spoke against a deal, also before they did, or before they withdrew it. */
const isDoubted = (said: SaidElsewhere): boolean =>
  (said.ended !== undefined && (said.ended.how !== 'withdrawn' || isWithdrawnFrom(said.ended))) ||
  said.worries.some(
    (worry) =>
      isOpenDoubt(said, worry) &&
      (BY_NOBODY.has(worry.of) || [worry.by, ...(worry.also ?? [])].some((person) => !isSellersWord(said, person))),
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
  /** By who sells them. */
  others: Map<PersonId, SaidElsewhere[]>;
  isSorted: boolean;
}

const sellerOf = ({ askedBy, owner }: SaidElsewhere): PersonId => askedBy ?? owner;

/** Adds it to those of that name. */
const addTo = (lists: Map<string, SaidElsewhere[]>, name: string, one: SaidElsewhere): void => {
  const list = lists.get(name);
  if (list) list.push(one);
  else lists.set(name, [one]);
};

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
  const group: Group = groups.get(name) ?? { doubted: [], others: new Map(), isSorted: false };
  groups.set(name, group);
  if (isDoubted(one)) group.doubted.push(one);
  else addTo(group.others, sellerOf(one), one);
};
const sorted = (group: Group): Group => {
  if (group.isSorted) return group;
  group.doubted.sort(gravest);
  for (const list of group.others.values()) list.sort(gravest);
  group.isSorted = true;
  return group;
};

/** Returns the first of these that are meant. */
const firstOf = (from: readonly SaidElsewhere[], isMeant: (other: SaidElsewhere) => boolean, most: number) => {
  const found: SaidElsewhere[] = [];
  for (const other of from) {
    if (found.length === most) break;
    if (isMeant(other)) found.push(other);
  }
  return found;
};

/** Each once, the gravest first. */
const gravestOf = (some: readonly SaidElsewhere[], most: number): SaidElsewhere[] =>
  [...new Set(some)].sort(gravest).slice(0, most);

/** Of several groups: the gravest of all are among the gravest of each. */
const gravestIn = (groups: readonly Group[], isMeant: (other: SaidElsewhere) => boolean): SaidElsewhere[] => {
  const doubted: SaidElsewhere[] = [];
  const bySeller = new Map<PersonId, SaidElsewhere[]>();
  for (const group of groups.map(sorted)) {
    doubted.push(...firstOf(group.doubted, isMeant, MOST_BESIDE));
    for (const [seller, list] of group.others)
      for (const other of firstOf(list, isMeant, MOST_OF_SELLER)) addTo(bySeller, seller, other);
  }
  const others = [...bySeller.values()].flatMap((list) => gravestOf(list, MOST_OF_SELLER));
  return [...gravestOf(doubted, MOST_BESIDE), ...gravestOf(others, MOST_BESIDE)];
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
    const named = [...one.parties, ...(one.once ?? [])];
    const sold = [ANY, ...(one.products.some(isOutside) ? [OUTSIDE] : []), ...one.products];
    for (const name of new Set(pairsOf(pairsOf(named, one.destinations), sold))) inGroup(sales, name, one);
    if (!isGrave(one)) continue;
    for (const name of new Set(pairsOf(named, one.products))) {
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
