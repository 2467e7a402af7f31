/** Which deals a change may be news for, and which others say all that these may hear: a look at a few instead of all. */

import type { DealId } from '../../ids.ts';
import type { Walk } from '../../walk.ts';
import { dealsByName, hearsMore, isHeardThrough, PARTS, type DealsByName, type Which } from './alike.ts';
import { heardByNames, type SaidElsewhere } from './elsewhere.ts';
import { productsNear } from './products-near.ts';
import { marksSpoken, marksToFind, placesSpoken, productsSpoken } from './spoke-of-product.ts';

/** What a deal said before, and what it says now; undefined where it was not there, or is gone. */
export interface SaidChange {
  before: SaidElsewhere | undefined;
  now: SaidElsewhere | undefined;
}

const some = <T>(one: readonly T[], other: ReadonlySet<T>): boolean => one.some((each) => other.has(each));
const add = <T>(to: Set<T>, all: readonly T[]): void => all.forEach((each) => to.add(each));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const named = (one: SaidElsewhere | undefined) => [one?.endUsers, one?.parties];

const saysOfSale = ({ otherwise, spoke }: SaidElsewhere): boolean => otherwise.length > 0 || spoke !== undefined;

/** What is said otherwise, or of the product, and who has to do with it. */
const spoken = (one: SaidElsewhere | undefined) =>
  one && saysOfSale(one) ? [one.otherwise, one.spoke, one.owner, one.team, one.products, one.destinations] : [];

/** A settled deal hears of one that is graver than the mildest with its name: that may have become another. */
const changesMildest = ({ before, now }: SaidChange): boolean =>
  before?.settled !== now?.settled || before?.kind.now !== now?.kind.now || !isSame(named(before), named(now));

function* those(all: readonly SaidElsewhere[], isMeant: (one: SaidElsewhere) => boolean): Walk<SaidElsewhere[]> {
  const found: SaidElsewhere[] = [];
  for (const one of all) {
    yield;
    if (isMeant(one)) found.push(one);
  }
  return found;
}

/** Returns the deals in which anybody may be one whom this deal names. */
const likeIn = (deals: DealsByName, one: SaidElsewhere, which: Which = 'all'): SaidElsewhere[] =>
  PARTS.flatMap((part) => [...deals.find(one, [...one.called.endUsers, ...one.called.besides], part, which).keys()]);

/** Returns the deals for which there may be news after these changes; for no others is there any that was not there before. */
export function* listenersTo(all: readonly SaidElsewhere[], changes: readonly SaidChange[]): Walk<SaidElsewhere[]> {
  const changed = new Set<DealId>();
  const keys = new Set<string>();
  const mildest = new Set<string>();
  const [countries, products] = [new Set<string>(), new Set<string>()];
  /** Marks of words that were said, among which a party's name may be. */
  const said = new Set<number>();
  const heard = dealsByName('heard');
  for (const change of changes) {
    yield;
    for (const one of [change.before, change.now]) {
      if (!one) continue;
      changed.add(one.id);
      heard.add(one);
      add(keys, heardByNames(one));
      if (changesMildest(change)) add(mildest, one.parties);
      if (isSame(spoken(change.before), spoken(change.now))) continue;
      add(countries, placesSpoken(one));
      add(products, productsSpoken(one));
      add(said, marksSpoken(one));
    }
  }
  if (mildest.size > 0)
    for (const one of all) {
      yield;
      if (some(one.parties, mildest)) add(keys, one.parties);
    }
  const nearTo = productsNear(products);
  const sells = ({ now }: SaidElsewhere): boolean =>
    some(now.products, products) || now.products.some((product) => nearTo(product).length > 0);
  return yield* those(
    all,
    (one) =>
      one.listens &&
      (changed.has(one.id) ||
        (one.rests !== undefined && changed.has(one.rests)) ||
        some(one.parties, keys) ||
        likeIn(heard, one, hearsMore(one) ? 'all' : 'doubted').length > 0 ||
        ((one.settled === undefined || one.foundAt !== undefined) && some(one.now.destinations, countries)) ||
        (said.size > 0 && one.scope !== 'in' && some(marksToFind(one), said)) ||
        ((one.settled === undefined || one.foundAt !== undefined) && sells(one))),
  );
}

/** Returns the deals that say what these hear: `newsInTurn` of them tells these what it tells them of all deals. */
export function* heardBy(all: readonly SaidElsewhere[], listeners: readonly SaidElsewhere[]): Walk<SaidElsewhere[]> {
  const near = new Set<string>();
  const bases = new Set<string>();
  const named = dealsByName('listener');
  const [countries, products] = [new Set<string>(), new Set<string>()];
  /** Marks of words of the names of their parties. */
  const looked = new Set<number>();
  for (const one of listeners) {
    add(near, one.parties);
    named.add(one);
    if (one.rests !== undefined) bases.add(one.rests);
    if (one.settled === undefined || one.foundAt !== undefined) add(products, one.now.products);
    if (one.settled === undefined || one.foundAt !== undefined) add(countries, one.now.destinations);
    if (one.scope !== 'in') add(looked, marksToFind(one));
  }
  // Whether a deal is graver than others with its name shows beside all of these.
  const beyond = new Set<string>(near);
  for (const one of all) {
    yield;
    if (bases.has(one.id) || some(one.parties, near)) add(beyond, one.parties);
  }
  const mayBeHeard = (one: SaidElsewhere): boolean =>
    likeIn(named, one).some((other) => isHeardThrough(one) || hearsMore(other));
  const nearTo = productsNear(products);
  const sells = (one: SaidElsewhere): boolean =>
    some(productsSpoken(one), products) || one.products.some((product) => nearTo(product).length > 0);
  return yield* those(
    all,
    (one) =>
      bases.has(one.id) ||
      some(heardByNames(one), beyond) ||
      mayBeHeard(one) ||
      (looked.size > 0 && some(marksSpoken(one), looked)) ||
      (saysOfSale(one) && (some(placesSpoken(one), countries) || sells(one))),
  );
}
