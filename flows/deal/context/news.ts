/** What a deal does not know yet of the others: it is told once. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { Walk } from '../../walk.ts';
import type { EndedOther, HeardWorry, Others } from '../said-shapes.ts';
import {
  BY_NAME,
  dealsByName,
  dealsByNameThere,
  hearsMore,
  isHeardByName,
  speaksByName,
  type DealsByName,
} from './alike.ts';
import { beyond, latestOtherwise, type Near } from './answered-otherwise.ts';
import { besideIn, NOBODY_BESIDE, type Beside, type BesideIn } from './beside.ts';
import { elsewhere, isTwin, listenedFor, type SaidElsewhere } from './elsewhere.ts';
import { graverKind } from './kinds.ts';
import { byGravity, gravestFirst, isEndKnown, RECENT_MS } from './others.ts';
import { AGES, GRAVE, isNoted } from './worries.ts';

/** Ends of the same end-user's deals that one deal takes, the gravest first, and as many of one that may be the same. Of the rest it knows how many. */
const MOST_ENDED = 10;

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

function* nearOf(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
): Walk<ReadonlyMap<SaidElsewhere, Near>> {
  const index = yield* byName(all, dealsByNameThere('heard'), speaksByName);
  const near = new Map<SaidElsewhere, Near>();
  for (const one of listeners) {
    yield;
    const found = one.listens && hearsMore(one) ? index.find(one) : undefined;
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

/**
 * Tells whether a deal hears of a worry. One that was found out of scope by itself hears that its twin is not, and
 * that one with its end-user was stopped; one that is out of scope, that compliance sent back there what makes it lighter.
 */
const hears = ({ settled }: SaidElsewhere, { of }: Pick<HeardWorry, 'of'>): boolean =>
  settled === undefined ||
  of === 'scope' ||
  of === 'stop' ||
  (of === 'refused' && settled !== 'approved') ||
  (GRAVE.has(of) && settled !== 'found');

/** Returns, for each deal that listens, what it does not know yet of the others. */
export const newsOfOthers = (all: readonly SaidElsewhere[], now: Instant): Map<DealId, Others> =>
  new Map([...newsInTurn(all, now)].filter((found) => found !== undefined));

type Groups = ReadonlyMap<string, readonly SaidElsewhere[]>;

/** All deals, and those that settled ones hear of, by whom they name. */
interface Around {
  all: { endUser: Groups; party: Groups };
  loud: { endUser: Groups; party: Groups };
  beside: BesideIn;
  /** Those that are heard of where their end-user may be the same, though it is called otherwise. */
  byName: DealsByName;
  /** The same of those that say more of it, for those that hear of that. */
  near: ReadonlyMap<SaidElsewhere, Near>;
  byId: ReadonlyMap<DealId, SaidElsewhere>;
}

/** The deals of which one may hear, by what they share with it. */
interface Neighbours extends Beside {
  /** With the same end-user. */
  same: ReadonlySet<SaidElsewhere>;
  /** Those, and where one of the two names the other's end-user in another part. */
  named: ReadonlySet<SaidElsewhere>;
  /** Those whose end-user may be somebody whom it names, by the name of that one. */
  mayBe: ReadonlyMap<SaidElsewhere, string>;
  /** The same in its country, of whom it hears more. */
  near: Near;
  /** The one whose confirmation it rests on. */
  base: SaidElsewhere | undefined;
}

const neighboursOf = (one: SaidElsewhere, around: Around): Neighbours => {
  const { all, loud, beside, byName, byId } = around;
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
  const mayBe = new Map([...byName.find(one)].filter(([other]) => other !== one && isElse(other)));
  const near = new Map([...(around.near.get(one) ?? [])].filter(([other]) => isElse(other)));
  return { same, named, mayBe, near, base, ...(isOpen ? beside(one, isElse) : NOBODY_BESIDE) };
};

const sharesWith = (
  { same, named, mayBe, base, transit }: Neighbours,
  other: SaidElsewhere,
): Pick<HeardWorry, 'shares'> => {
  if (same.has(other)) return {};
  if (named.has(other)) return { shares: 'party' };
  if (other === base) return { shares: 'confirmation' };
  if (mayBe.has(other)) return { shares: 'name' };
  return { shares: transit.includes(other) ? 'product' : 'sale' };
};

/** Takes turns from both ends: neither earlier nor later ones push out all others. */
const fromBothEnds = <T>(all: readonly T[]): T[] => {
  const half = Math.ceil(all.length / 2);
  const late = all.slice(half).toReversed();
  return all.slice(0, half).flatMap((one, i) => [one, ...late.slice(i, i + 1)]);
};

/** The approver's act after which a deal was withdrawn: a rep alone brings neither about. */
const JUDGED: readonly (EndedOther['after'] | undefined)[] = ['vote', 'question', undefined];

/** Returns all, in the order in which they are taken: dummies that a rep withdraws later, or withdrew before, hide no withdrawal. */
const inOrderTaken = (ends: readonly EndedOther[]): EndedOther[] => {
  const alike = new Map<string, EndedOther[]>();
  for (const end of gravestFirst(ends).toSorted(
    (a, b) => byGravity(a, b) || JUDGED.indexOf(a.after) - JUDGED.indexOf(b.after),
  )) {
    const key = `${end.how} ${end.after ?? ''}`;
    alike.set(key, [...(alike.get(key) ?? []), end]);
  }
  return [...alike.values()].flatMap(fromBothEnds);
};

const heardEnds = (one: SaidElsewhere, around: Neighbours, since: Instant): Pick<Others, 'ended' | 'more'> => {
  const endsOf = (others: Iterable<SaidElsewhere>): EndedOther[] =>
    gravestFirst(
      [...others].flatMap((other) =>
        other.ended ? [{ deal: other.id, ...other.ended, ...sharesWith(around, other) }] : [],
      ),
    );
  const isNew = (end: EndedOther): boolean => !isEndKnown(one.noted, end);
  const takenOf = (others: Iterable<SaidElsewhere>) => {
    const all = one.settled === 'found' ? [] : inOrderTaken(endsOf(others));
    return { taken: gravestFirst(all.slice(0, MOST_ENDED)), left: all.slice(MOST_ENDED) };
  };
  const [same, near] = [takenOf(around.named), takenOf(around.mayBe.keys())];
  const isElse = (end: EndedOther): boolean => near.taken.every(({ deal }) => deal !== end.deal);
  const beside = endsOf(around.beside).filter((end) => end.at > since && isElse(end));
  const transit = endsOf(around.transit.filter((other) => !around.mayBe.has(other))).filter(
    ({ at, how }) => at > since && how !== 'withdrawn',
  );
  const isListed = (end: EndedOther): boolean => beside.some(({ deal }) => deal === end.deal);
  const more = [...same.left, ...near.left].filter((end) => isNew(end) && !isListed(end)).length;
  return {
    ended: [...same.taken, ...near.taken, ...beside, ...transit].filter(isNew),
    ...(more > 0 ? { more } : {}),
  };
};

/** Tells whether it is heard of one that is asked anew under a name that may be the same: of the same sale, or whatever is sold. */
const isOfAnew = (one: SaidElsewhere, other: SaidElsewhere, { of }: Pick<HeardWorry, 'of'>): boolean =>
  of === 'cleared' || ((of === 'scope' || of === 'tier') && isTwin(one, other));

const heardWorries = (one: SaidElsewhere, around: Neighbours, since: Instant): HeardWorry[] => {
  const { same, named, mayBe, near, base, beside, transit } = around;
  // Whoever is asked about a list here already looks at the parties.
  const isListed = one.worries.some(({ of }) => of === 'listed');
  const saidOf = (other: SaidElsewhere, also: SaidElsewhere['worries']): HeardWorry[] =>
    [...other.worries, ...also].map((worry) => ({ deal: other.id, ...worry, ...sharesWith(around, other) }));
  const byName = [...mayBe].flatMap(([other, called]) =>
    other.worries.flatMap((worry) =>
      BY_NAME.has(worry.of) ? [{ deal: other.id, ...worry, shares: 'name' as const, called }] : [],
    ),
  );
  // The same sale asked anew under a longer name sheds no wait.
  const anew = [...near].flatMap(([other, called]) =>
    elsewhere(one, other, 'end-user').flatMap((worry) =>
      isOfAnew(one, other, worry) ? [{ deal: other.id, ...worry, shares: 'name' as const, called }] : [],
    ),
  );
  // What one name may say is not said again of what is beside it.
  const besides = (others: readonly SaidElsewhere[]): HeardWorry[] =>
    others.flatMap((other) => saidOf(other, []).filter(({ of }) => !(mayBe.has(other) && BY_NAME.has(of))));
  const close = [...named, ...(base && !named.has(base) ? [base] : [])].flatMap((other) =>
    saidOf(other, elsewhere(one, other, same.has(other) || other === base ? 'end-user' : 'party')),
  );
  return [
    ...[...byName, ...anew, ...close].filter(({ at, of }) => at > since || !AGES.has(of)),
    ...besides(beside).filter(({ at }) => at > since),
    ...besides(transit).filter(({ at, of }) => at > since && GRAVE.has(of)),
  ].filter((worry) => hears(one, worry) && !isNoted(one.noted, worry) && !(worry.of === 'listed' && isListed));
};

/**
 * The same, a deal at a time: many deals of one end-user take long together. Undefined: no news for one.
 *
 * @param listeners - those whose news is wanted; absent: all
 */
export function* newsInTurn(
  all: readonly SaidElsewhere[],
  now: Instant,
  listeners: readonly SaidElsewhere[] = all,
): Generator<[DealId, Others] | undefined> {
  const loud = yield* loudOf(all);
  const since = new Date(Date.parse(now) - RECENT_MS).toISOString();
  const byId = new Map<DealId, SaidElsewhere>();
  for (const one of all) {
    yield;
    byId.set(one.id, one);
  }
  const around: Around = {
    all: { endUser: yield* grouped(all, endUsersOf), party: yield* grouped(all, partiesOf) },
    loud: { endUser: yield* grouped(loud, endUsersOf), party: yield* grouped(loud, partiesOf) },
    beside: yield* besideIn(loud, since),
    byName: yield* byName(all, dealsByName('heard'), isHeardByName),
    near: yield* nearOf(all, listeners),
    byId,
  };
  const NOBODY: Near = new Map();
  const latest = yield* latestOtherwise(all, since, listeners, (one) => around.near.get(one) ?? NOBODY);
  for (const one of listeners) {
    yield;
    if (!one.listens) continue;
    const { id, noted, settled } = one;
    const neighbours = neighboursOf(one, around);
    const { named, mayBe, near } = neighbours;
    if (settled !== undefined && named.size + mayBe.size + near.size === 0) continue;
    const { ended, more = 0 } = heardEnds(one, neighbours, since);
    const otherwise = listenedFor(one).flatMap((said) => beyond(one, said, latest, near));
    const kind = graverKind(one, [...named, ...near.keys()], since, noted?.kinds, near);
    const worries = heardWorries(one, neighbours, since);
    if (ended.length + otherwise.length + worries.length > 0 || kind || more > (noted?.more ?? 0))
      yield [
        id,
        {
          ended,
          otherwise,
          ...(more > 0 ? { more } : {}),
          ...(kind ? { kinds: [kind] } : {}),
          ...(worries.length > 0 ? { worries } : {}),
        },
      ];
  }
}
