/** Whom a changed file is told to: whoever held a place before it as well as whoever holds it now, at the accounts of both. House rule. */

import type { Instant, PersonId } from '../ids.ts';
import { membersOf, type Organisation } from '../organisation.ts';
import {
  accountsIn,
  concernedBy,
  gravestFirst,
  idsIn,
  namesFor,
  ownersIn,
  placesToTell,
  roleChanges,
  type MovedAccount,
  type RoleChange,
} from './organisation-changes.ts';
import { weakestFirst } from './policy-changes.ts';
import { toPeople, type RegisterTarget } from './register.ts';
import { changesBetween, withSince, type Change, type FileOf, type Said, type Since } from './said.ts';

/** What is told of changes: the gravest of them, how many `more`, and names as they are now, else as they were. */
export interface ToldChanges {
  changes: readonly Change[];
  more?: number | undefined;
  /** By `people` or `groups` and an id. */
  names: Readonly<Record<string, string>>;
}

export interface TakenFact extends Partial<ToldChanges> {
  fact: 'file taken';
  of: FileOf;
  corrected?: true | undefined;
  moved?: readonly MovedAccount[] | undefined;
  roles?: readonly RoleChange[] | undefined;
}

/** To somebody whose own place it is. `ask`: compliance of before and of now. */
export interface PlaceFact extends ToldChanges {
  fact: 'place changed';
  ask: readonly string[];
}
type ToldFact = TakenFact | PlaceFact;

/** A file that was taken, and how it differs; absent where nobody knows. */
interface Taken {
  of: FileOf;
  corrected?: true | undefined;
  changes?: readonly Change[] | undefined;
  moved?: readonly MovedAccount[] | undefined;
}

/** The parts of the record that are told of. */
interface Recorded {
  taken: Partial<Record<FileOf, { hash: string; at: Instant }>>;
  says?: Partial<Record<FileOf, { hash: string; said: Said }>> | undefined;
  since?: Partial<Record<FileOf, Since>> | undefined;
}

/** Compliance and the chief of that file. */
export const owners = (organisation: Organisation): PersonId[] =>
  [organisation.roles.compliance, organisation.roles.chief].flatMap((group) => membersOf(organisation, group));

/** Changes that one message tells. */
const MOST_TOLD = 20;

const toldOf = (changes: readonly Change[], names: ToldChanges['names'] = {}, most = MOST_TOLD): ToldChanges => {
  const more = changes.length - most;
  return { changes: changes.slice(0, most), ...(more > 0 ? { more } : {}), names };
};

type Telling = readonly [ToldFact, RegisterTarget[]];

/** Tells whom a change concerns: whoever held a place before, and whoever does now. */
const tellOrganisation = (event: Taken, before: Said, now: Said): Telling[] => {
  const { of, corrected, changes = [] } = event;
  const told = gravestFirst(changes, before, now);
  const roles = roleChanges(before, now);
  const moved = (event.moved ?? []).slice(0, MOST_TOLD / 2);
  const all = toldOf(told, undefined, MOST_TOLD - moved.length);
  const namesIn = (of: readonly Change[], ...more: readonly PersonId[]): ToldChanges['names'] =>
    namesFor([...of.flatMap(idsIn), ...more], before, now);
  const at = (person: PersonId): RegisterTarget[] =>
    placesToTell(person, before, now).map((place) => ({ to: 'person', ...place }));
  const overseers = [...new Set([...ownersIn(before), ...ownersIn(now)])];
  const inRoles = roles.flatMap(({ was, is }) => [...was, ...is]);
  const fact: ToldFact = {
    fact: 'file taken',
    of,
    ...all,
    names: namesIn(all.changes, ...inRoles, ...moved.flatMap(({ from, to }) => [from, to])),
    ...(corrected ? { corrected } : {}),
    ...(moved.length > 0 ? { moved } : {}),
    ...(roles.length > 0 ? { roles } : {}),
  };
  const theirs = new Map<PersonId, Change[]>();
  for (const change of told) {
    for (const id of new Set(concernedBy(change, before, now))) {
      if (!overseers.includes(id)) theirs.set(id, [...(theirs.get(id) ?? []), change]);
    }
  }
  const ask = Object.values(namesFor(overseers, before, now));
  return [
    [fact, overseers.flatMap(at)],
    ...[...theirs].map(([id, mine]): Telling => {
      const { changes: first, ...rest } = toldOf(mine);
      return [{ fact: 'place changed', ask, ...rest, changes: first, names: namesIn(first) }, at(id)];
    }),
  ];
};

export const tellTaken = (event: Taken, now: Recorded, before: Recorded, organisation: Organisation): Telling[] => {
  const { of, corrected, changes } = event;
  const [was, is] = [before.says?.organisation?.said, now.says?.organisation?.said];
  if (of === 'organisation' && changes && was && is) return tellOrganisation(event, was, is);
  // An organisation file that changed with it is not recorded yet: its people may have other accounts already.
  const behind = was !== undefined && before.says?.organisation?.hash !== organisation.hash;
  const told = [
    ...(behind
      ? ownersIn(was).flatMap((person) => accountsIn(was, person).map((at) => ({ to: 'person' as const, person, at })))
      : []),
    ...toPeople(owners(organisation)),
  ];
  const fact: ToldFact = {
    fact: 'file taken',
    of,
    ...(changes ? toldOf(weakestFirst(changes)) : {}),
    ...(corrected ? { corrected } : {}),
  };
  return [[fact, told]];
};

/** Returns all that one commit changed, most grave first; undefined where it changed nothing that is known. */
export const allChanges = (
  before: Recorded,
  now: Recorded,
): { of: FileOf; changes: readonly Change[]; names: ToldChanges['names']; at: Instant } | undefined => {
  for (const of of ['organisation', 'policy'] as const) {
    const [was, is, taken] = [before.says?.[of], now.says?.[of], now.taken[of]];
    if (!was || !is || !taken || was.hash === is.hash) continue;
    const changes = withSince(changesBetween(was.said, is.said), before.since?.[of]);
    const told = of === 'policy' ? weakestFirst(changes) : gravestFirst(changes, was.said, is.said);
    return { of, changes: told, names: namesFor(told.flatMap(idsIn), was.said, is.said), at: taken.at };
  }
  return undefined;
};
