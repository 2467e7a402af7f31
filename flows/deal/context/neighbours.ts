/** Which deals one may hear of, by what they share with it: whom they name, and what is sold through whom. House rule. */

import { isFiller } from '../../filler.ts';
import type { DealId, Instant } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { Walk } from '../../walk.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { dealsByName, hearsMore, isHeardByName, isHeardThrough } from './alike.ts';
import type { Near } from './answered-otherwise.ts';
import { besideIn, heardBeside, isGrave, NOBODY_BESIDE, type Beside, type BesideIn } from './beside.ts';
import { companiesNamed, isSameProduct, isTwin, type SaidElsewhere } from './elsewhere.ts';
import { ofCompaniesIn, type OfCompanies } from './said-of-companies.ts';

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

/** Deals in which somebody may be one whom a deal names, by the name there. */
interface ByName {
  /** Their end-user may be anybody here. */
  endUser: Near;
  /** Whom else they name may be the end-user here. */
  party: Near;
  /** Whom else they name may be somebody in between here: those against which something stands. */
  company: Near;
  /** The same of those in which somebody wrote what may be of a company in between, while this one may be out of scope. */
  between: Near;
}
const NOBODY: Near = new Map();
const NO_NAMES: ByName = { endUser: NOBODY, party: NOBODY, company: NOBODY, between: NOBODY };

/** Finds them for each listener that is like somebody. */
function* findByName(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
): Walk<ReadonlyMap<SaidElsewhere, ByName>> {
  const index = dealsByName('heard');
  for (const one of all) {
    yield;
    index.add(one);
  }
  const found = new Map<SaidElsewhere, ByName>();
  for (const one of listeners) {
    yield;
    if (!one.listens) continue;
    const { endUsers, besides } = one.called;
    const which = hearsMore(one) ? 'all' : 'doubted';
    const endUser = index.find(one, [...endUsers, ...besides], 'endUsers', which);
    const party = index.find(one, endUsers, 'besides', which);
    const company = one.settled === undefined ? index.find(one, besides, 'besides', 'doubted') : NOBODY;
    const isSaid = one.scope !== 'in' && which === 'all';
    const between = isSaid ? index.find(one, companiesNamed(one), 'besides', 'between') : NOBODY;
    if (endUser.size + party.size + company.size + between.size > 0)
      found.set(one, { endUser, party, company, between });
  }
  return found;
}

/** Returns the deals through a company that may be one of its own, in which somebody wrote what may be of that. */
export const betweenIn = (one: SaidElsewhere, { byName }: Pick<Around, 'byName'>): Near =>
  (byName.get(one) ?? NO_NAMES).between;

const endUsersOf = ({ endUsers }: SaidElsewhere): readonly string[] => endUsers;
const partiesOf = ({ parties, once }: SaidElsewhere): readonly string[] => (once ? [...parties, ...once] : parties);

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
  /** Those that a colleague withdrew before anybody judged them, by their end-user. */
  left: Groups;
  beside: BesideIn;
  /** For those that listen: who may be the same there, though they are called otherwise. */
  byName: ReadonlyMap<SaidElsewhere, ByName>;
  byId: ReadonlyMap<DealId, SaidElsewhere>;
  ofCompanies: OfCompanies;
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
  /** Those whose end-user may be somebody whom it names, of which it hears more: what they say, and not only what stands against them. */
  near: Near;
  /** Those that name somebody besides who may be its end-user, by that one's name, of the same. */
  nearParty: Near;
  /** The one whose confirmation it rests on. */
  base: SaidElsewhere | undefined;
  /** For an approved one: those with its end-user that somebody withdrew before anybody judged them. */
  left: ReadonlySet<SaidElsewhere>;
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

/** Those of which a deal hears all, and not only what stands against them. Whoever is not named there is nobody it names. */
const nearOf = (one: SaidElsewhere, { byName }: Pick<Around, 'byName'>): Pick<ByName, 'endUser' | 'party'> => {
  const found = byName.get(one);
  if (!found || !hearsMore(one)) return { endUser: NOBODY, party: NOBODY };
  const named = (some: Near): Near => new Map([...some].filter(([, called]) => !isFiller(called)));
  return { endUser: named(found.endUser), party: named(found.party) };
};

/** Returns those of whose answers a deal hears, too, as of what is said of its own end-user. */
export const nearIn = (one: SaidElsewhere, around: Pick<Around, 'byName'>): Near => {
  const { endUser, party } = nearOf(one, around);
  return new Map([...party, ...endUser]);
};

export const neighboursOf = (one: SaidElsewhere, around: Around): Neighbours => {
  const { all, loud, byId } = around;
  const { endUsers, parties, settled } = one;
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
  const elsewhere = (found: Near, isMeant: (other: SaidElsewhere) => boolean = () => true): Near =>
    new Map([...found].filter(([other]) => isElse(other) && isMeant(other)));
  const byName = around.byName.get(one) ?? NO_NAMES;
  const endUser = elsewhere(byName.endUser, isHeardByName);
  const like = elsewhere(byName.party, (other) => isHeardByName(other) && !endUser.has(other));
  // Whoever these companies sell to, or some that may be the same, may be the end-user that is not named.
  const companies = elsewhere(byName.company, isHeardThrough);
  const sameCompany = grouped(!isOpen ? new Map() : one.unsaid ? around.loud.party : around.unsaid, parties);
  const nobodys = [...sameCompany, ...[...companies.keys()].filter((other) => one.unsaid || other.unsaid)].filter(
    (other) => other !== one && isElse(other) && !endUser.has(other) && !like.has(other),
  );
  const unsaid = heardBeside(new Set(nobodys)).map((other) => [other, other.called.endUsers.at(-1) ?? ''] as const);
  const mayBe = new Map([...endUser, ...like, ...unsaid]);
  const more = nearOf(one, around);
  const near = elsewhere(more.endUser);
  const nearParty = elsewhere(more.party, (other) => !near.has(other));
  const left = new Set(one.approvedAt === undefined ? [] : grouped(around.left, endUsers));
  const known = { same, named, mayBe, like: new Set(like.keys()), near, nearParty, base, left };
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
    left: yield* grouped(
      all.filter(({ left }) => left !== undefined && left.at > since),
      endUsersOf,
    ),
    beside: yield* besideIn(loud, since),
    byName: yield* findByName(all, listeners),
    byId,
    ofCompanies: yield* ofCompaniesIn(all, since),
  };
}
