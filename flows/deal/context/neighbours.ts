/** Which deals one may hear of, by what they share with it: whom they name, and what is sold through whom. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { Walk } from '../../walk.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import {
  dealsByName,
  dealsByNameThere,
  hearsMore,
  isHeardByName,
  isHeardThrough,
  speaksByName,
  type DealsByName,
} from './alike.ts';
import type { Near } from './answered-otherwise.ts';
import { besideIn, heardBeside, isGrave, NOBODY_BESIDE, type Beside, type BesideIn } from './beside.ts';
import { isSameProduct, isTwin, type SaidElsewhere } from './elsewhere.ts';

type Keys = (one: SaidElsewhere) => readonly string[];

function* grouped(all: readonly SaidElsewhere[], keys: Keys): Walk<Map<string, SaidElsewhere[]>> {
  const groups = new Map<string, SaidElsewhere[]>();
  for (const one of all) {
    yield;
    for (const key of keys(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
}

/** The mildest kind that settled deals say, by those keys. */
function* mildestKinds(all: readonly SaidElsewhere[], keys: Keys): Walk<Map<string, EndUserKind>> {
  const mildest = new Map<string, EndUserKind>();
  for (const one of all) {
    yield;
    const { now } = one.kind;
    if (one.settled === undefined || now === 'unknown') continue;
    for (const key of keys(one)) {
      const known = mildest.get(key);
      if (known === undefined || isGraver(known, now)) mildest.set(key, now);
    }
  }
  return mildest;
}

function* byName(
  all: readonly SaidElsewhere[],
  found: DealsByName,
  isMeant: (one: SaidElsewhere) => boolean,
): Walk<DealsByName> {
  for (const one of all) {
    yield;
    if (isMeant(one)) found.add(one);
  }
  return found;
}

/** @param as - who is looked for among what the others say: their end-user for whom it names; or whom else they name, for its end-user */
function* nearOf(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
  as: 'heard' | 'between',
): Walk<ReadonlyMap<SaidElsewhere, Near>> {
  const index = yield* byName(all, dealsByNameThere(as), speaksByName);
  const near = new Map<SaidElsewhere, Near>();
  for (const one of listeners) {
    yield;
    const named = as === 'between' ? one.called.endUsers : undefined;
    const found = one.listens && hearsMore(one) ? index.find(one, named) : undefined;
    if (found && found.size > 0) near.set(one, found);
  }
  return near;
}

const endUsersOf = ({ endUsers }: SaidElsewhere): readonly string[] => endUsers;
const partiesOf = ({ parties }: SaidElsewhere): readonly string[] => parties;

/** Returns the deals of which a settled one may hear: most deals are settled, and most say nothing against another. */
function* loudOf(all: readonly SaidElsewhere[]): Walk<SaidElsewhere[]> {
  const [ofEndUser, ofParty] = [yield* mildestKinds(all, endUsersOf), yield* mildestKinds(all, partiesOf)];
  const isGraverThan = (kind: EndUserKind, mildest: EndUserKind | undefined): boolean =>
    mildest !== undefined && isGraver(kind, mildest);
  const loud: SaidElsewhere[] = [];
  for (const one of all) {
    yield;
    const { ended, worries, kind, endUsers, parties } = one;
    if (
      ended !== undefined ||
      worries.length > 0 ||
      parties.some((key) => isGraverThan(kind.gravest, ofEndUser.get(key))) ||
      endUsers.some((key) => isGraverThan(kind.gravest, ofParty.get(key)))
    )
      loud.push(one);
  }
  return loud;
}

type Groups = ReadonlyMap<string, readonly SaidElsewhere[]>;

/** All deals, and those that settled ones hear of, by whom they name. */
export interface Around {
  all: { endUser: Groups; party: Groups };
  loud: { endUser: Groups; party: Groups };
  /** Those of the latter that were `unsaid`. */
  unsaid: Groups;
  beside: BesideIn;
  /** Those that are heard of where their end-user may be the same, though it is called otherwise. */
  byName: DealsByName;
  /** Those of which anything is heard, by whom else they name. */
  byParty: DealsByName;
  /** Those that say more of it, for those that hear of that. */
  near: ReadonlyMap<SaidElsewhere, Near>;
  /** Those that name somebody who may be its end-user, for the same. */
  nearParty: ReadonlyMap<SaidElsewhere, Near>;
  byId: ReadonlyMap<DealId, SaidElsewhere>;
}

/** The deals of which one may hear, by what they share with it. */
export interface Neighbours extends Beside {
  /** With the same end-user. */
  same: ReadonlySet<SaidElsewhere>;
  /** Those, and where one of the two names the other's end-user in another part. */
  named: ReadonlySet<SaidElsewhere>;
  /** Those whose end-user may be somebody whom it names, or who name somebody that may be its end-user, by that one's name there; where one says nobody, those with a company of its. */
  mayBe: ReadonlyMap<SaidElsewhere, string>;
  /** The latter of these. */
  like: ReadonlySet<SaidElsewhere>;
  /** Those beside it by a company that may be the same, by its name there. */
  through: ReadonlyMap<SaidElsewhere, string>;
  /** The same in its country, of whom it hears more. */
  near: Near;
  /** Those there that name somebody who may be its end-user, by that one's name. */
  nearParty: Near;
  /** The one whose confirmation it rests on. */
  base: SaidElsewhere | undefined;
}

/** Returns those of the deals with the same product through such companies that are heard of, as through the same one. */
const besideByName = (
  one: SaidElsewhere,
  through: ReadonlyMap<SaidElsewhere, string>,
  { beside, transit }: Beside,
): Beside => {
  const others = [...through.keys()];
  const sale = others.filter((other) => isTwin(one, other));
  const product = others.filter((other) => !sale.includes(other) && isSameProduct(one, other) && isGrave(other));
  return { beside: [...beside, ...heardBeside(sale)], transit: [...transit, ...heardBeside(product)] };
};

export const neighboursOf = (one: SaidElsewhere, around: Around): Neighbours => {
  const { all, loud, byName, byParty, byId } = around;
  const { endUsers, parties, settled, called } = one;
  const isOpen = settled === undefined;
  const others = isOpen ? all : loud;
  const grouped = (groups: Groups, keys: readonly string[]): SaidElsewhere[] =>
    keys.flatMap((key) => groups.get(key) ?? []);
  // What was found out of scope is looked at beside all its twins.
  const same = new Set(grouped(settled === 'approved' ? loud.endUser : all.endUser, endUsers));
  const named = new Set([...same, ...grouped(others.endUser, parties), ...grouped(others.party, endUsers)]);
  same.delete(one);
  named.delete(one);
  const base = one.rests === undefined ? undefined : byId.get(one.rests);
  const isElse = (other: SaidElsewhere): boolean => other !== base && !named.has(other);
  const elsewhere = (found: ReadonlyMap<SaidElsewhere, string>, also: (other: SaidElsewhere) => boolean = isElse) =>
    new Map([...found].filter(([other]) => isElse(other) && also(other)));
  const endUser = elsewhere(byName.find(one));
  const like = elsewhere(byParty.find(one, called.endUsers), (other) => isHeardByName(other) && !endUser.has(other));
  // Whoever these companies sell to, or some that may be the same, may be the end-user that is not named.
  const companies = isOpen ? byParty.find(one, called.besides) : new Map<SaidElsewhere, string>();
  const sameCompany = grouped(!isOpen ? new Map() : one.unsaid ? around.loud.party : around.unsaid, parties);
  const nobodys = [...sameCompany, ...[...companies.keys()].filter((other) => one.unsaid || other.unsaid)].filter(
    (other) => other !== one && isElse(other) && !endUser.has(other) && !like.has(other),
  );
  const unsaid = heardBeside(new Set(nobodys)).map((other) => [other, other.called.endUsers.at(-1) ?? ''] as const);
  const mayBe = new Map([...endUser, ...like, ...unsaid]);
  const near = elsewhere(around.near.get(one) ?? new Map());
  const nearParty = elsewhere(around.nearParty.get(one) ?? new Map(), (other) => !near.has(other));
  const known = { same, named, mayBe, like: new Set(like.keys()), near, nearParty, base };
  if (!isOpen) return { ...known, ...NOBODY_BESIDE, through: new Map() };
  const isOfCompany = (other: SaidElsewhere): boolean => other.parties.some((key) => parties.includes(key));
  const through = elsewhere(companies, (other) => !mayBe.has(other) && !isOfCompany(other));
  return { ...known, ...besideByName(one, through, around.beside(one, isElse)), through };
};

export const sharesWith = (
  { same, named, mayBe, like, base, transit }: Neighbours,
  other: SaidElsewhere,
): Pick<HeardWorry, 'shares'> => {
  if (same.has(other)) return {};
  if (named.has(other)) return { shares: 'party' };
  if (other === base) return { shares: 'confirmation' };
  if (mayBe.has(other)) return { shares: like.has(other) ? 'like' : 'name' };
  return { shares: transit.includes(other) ? 'product' : 'sale' };
};

/** @param since - what was said before is not told */
export function* aroundOf(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
  since: Instant,
): Walk<Around> {
  const loud = yield* loudOf(all);
  const byId = new Map<DealId, SaidElsewhere>();
  for (const one of all) {
    yield;
    byId.set(one.id, one);
  }
  return {
    all: { endUser: yield* grouped(all, endUsersOf), party: yield* grouped(all, partiesOf) },
    loud: { endUser: yield* grouped(loud, endUsersOf), party: yield* grouped(loud, partiesOf) },
    unsaid: yield* grouped(
      loud.filter((one) => one.unsaid),
      partiesOf,
    ),
    beside: yield* besideIn(loud, since),
    byName: yield* byName(all, dealsByName('heard'), isHeardByName),
    byParty: yield* byName(all, dealsByName('between'), isHeardThrough),
    near: yield* nearOf(all, listeners, 'heard'),
    nearParty: yield* nearOf(all, listeners, 'between'),
    byId,
  };
}
