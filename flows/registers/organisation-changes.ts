/** Whom a changed organisation file concerns, and how gravely: who may judge, who stands in, who is who, then the rest. House rule. */

import { ALL_CHATS, type Chat } from '../chats.ts';
import type { PersonId } from '../ids.ts';
import { counselGroup, salesGroup, type Organisation } from '../organisation.ts';
import type { Account } from './register.ts';
import { isNews, listOf, oneOf, type Change, type Said } from './said.ts';

export type RoleName = keyof Organisation['roles'];
/** Roles that judge, or read every deal. */
const TOLD: readonly RoleName[] = ['chief', 'compliance', 'counsel', 'auditors'];

/** A role that other people have than before. */
export interface RoleChange {
  role: RoleName;
  was: readonly PersonId[];
  is: readonly PersonId[];
}

/** An account that was corrected: it belonged to another person until now. */
export interface MovedAccount {
  account: Chat | 'email';
  from: PersonId;
  to: PersonId;
}

/** Where somebody is told: at each of these accounts; undefined: where they are reached now. */
export interface Told {
  person: PersonId;
  at?: Account | undefined;
}

const groupOf = (said: Said, role: RoleName): string => {
  const named = oneOf(said, `roles ${role}`);
  if (role === 'counsel') return counselGroup({ roles: { compliance: '', chief: '', counsel: named } });
  if (role === 'sales') return salesGroup({ sales: named });
  return named ?? (role === 'auditors' ? '' : role);
};

const membersIn = (said: Said, group: string): readonly PersonId[] => listOf(said, `groups ${group} members`);

/** Returns who has that role. */
export const holdersIn = (said: Said, role: RoleName): readonly PersonId[] => membersIn(said, groupOf(said, role));

/** Returns compliance and the chief. */
export const ownersIn = (said: Said): PersonId[] => [
  ...new Set([...holdersIn(said, 'compliance'), ...holdersIn(said, 'chief')]),
];

export const roleChanges = (before: Said, now: Said): RoleChange[] =>
  TOLD.flatMap((role) => {
    const [was, is] = [holdersIn(before, role), holdersIn(now, role)];
    return [...was].toSorted().join() === [...is].toSorted().join() ? [] : [{ role, was, is }];
  });

/** The parts of a path: what, of whom, and which member of it. */
const partsOf = ({ path }: Change): readonly [of: string, id: string, member: string] => {
  const [of = '', id = '', ...member] = path.split(' ');
  return [of, id, member.join(' ')];
};

const STAND_INS = new Set(['deputies', 'manager']);
const HOLIDAYS = 'holidays';
const WHO = new Set<string>([...ALL_CHATS, 'name', 'email', 'id']);

const gravity = (change: Change, before: Said, now: Said): number => {
  const [of, id, member] = partsOf(change);
  if (of === 'roles') return 0;
  if (of === 'groups' && member === 'members') {
    const grave = [before, now].some((said) => [groupOf(said, 'compliance'), groupOf(said, 'chief')].includes(id));
    return grave ? 1 : 2;
  }
  // Of one edit they are one line, which may stand for hundreds.
  if (of === HOLIDAYS) return 7;
  if (of !== 'people') return 6;
  if (STAND_INS.has(member)) return 3;
  return WHO.has(member) ? 4 : 5;
};

/** What comes or goes is one line, with what else is said of it; who is in a group or stands in is always said. */
const isFolded = (change: Change, before: Said, now: Said): boolean => {
  const [of, id, member] = partsOf(change);
  if (member === 'id' || member === '' || member === 'members' || member === 'deputies') return false;
  const whole = `${of} ${id} id`;
  return oneOf(before, whole) !== oneOf(now, whole);
};

/** Days that came, or went, are one change: as many as a year has would hide all else. */
const daysTogether = (changes: readonly Change[]): Change[] => {
  const days = changes.filter(({ path }) => path === HOLIDAYS);
  const [came, went] = [days.flatMap(({ is }) => is ?? []), days.flatMap(({ was }) => was ?? [])];
  return [
    ...changes.filter(({ path }) => path !== HOLIDAYS),
    ...(came.length > 0 ? [{ path: HOLIDAYS, is: came.toSorted().join(' ') }] : []),
    ...(went.length > 0 ? [{ path: HOLIDAYS, was: went.toSorted().join(' ') }] : []),
  ];
};

/** Returns the changes to tell, most grave first. */
export const gravestFirst = (changes: readonly Change[], before: Said, now: Said): Change[] =>
  daysTogether(changes)
    .filter((change) => isNews(change) && !isFolded(change, before, now))
    .map((change) => ({ change, is: gravity(change, before, now) }))
    .toSorted((a, b) => a.is - b.is)
    .map(({ change }) => change);

const values = ({ was, is }: Change): PersonId[] => [was, is].filter((value) => value !== undefined);

/** Returns the people whose place a change is. Somebody new hears of the groups that they are in, and for whom they stand in. */
export const concernedBy = (change: Change, before: Said, now: Said): readonly PersonId[] => {
  const [of, id, member] = partsOf(change);
  switch (of) {
    case 'roles': {
      const role = TOLD.find((one) => one === id);
      if (!role) return [];
      return [...holdersIn(before, role), ...holdersIn(now, role)];
    }
    case 'groups':
      return member === 'members' ? values(change) : [];
    case 'people': {
      const isNew = oneOf(before, `people ${id} id`) === undefined;
      if (member === 'deputies') return [id, ...values(change)];
      if (isNew) return [];
      return member === 'manager' ? [id, ...values(change)] : [id];
    }
    default:
      return [];
  }
};

export const accountsIn = (said: Said, person: PersonId): Account[] =>
  ALL_CHATS.flatMap((chat) => {
    const account = oneOf(said, `people ${person} ${chat}`);
    return account === undefined ? [] : [{ chat, account }];
  });

/** Returns where a person is told: where their accounts or their preferred chat changed, at all of before and of now. */
export const placesToTell = (person: PersonId, before: Said, now: Said): Told[] => {
  const [was, is] = [accountsIn(before, person), accountsIn(now, person)];
  const key = ({ chat, account }: Account): string => `${chat} ${account}`;
  const prefers = (said: Said) => oneOf(said, `people ${person} chat`);
  const same = was.map(key).join() === is.map(key).join() && prefers(before) === prefers(now);
  if (same) return is.length === 0 ? [] : [{ person }];
  const all = new Map([...was, ...is].map((account) => [key(account), account]));
  return [...all.values()].map((at) => ({ person, at }));
};

/** Returns the ids that a change names. */
export const idsIn = (change: Change): string[] => [partsOf(change)[1], ...values(change)];

/** Returns the names of people, groups and products with these ids: by the file now, else before. With its id, what was renamed. */
export const namesFor = (ids: readonly string[], before: Said, now: Said): Readonly<Record<string, string>> => {
  const paths = [...new Set(ids)].flatMap((id) => ['people', 'groups', 'products'].map((of) => `${of} ${id}`));
  return Object.fromEntries(
    paths.flatMap((path) => {
      const [was, is] = [before, now].map((said) => oneOf(said, `${path} name`));
      const name = is ?? was;
      if (name === undefined) return [];
      const isRenamed = was !== undefined && was !== name;
      return [[path, isRenamed ? `${name} (${path.split(' ')[1]})` : name]];
    }),
  );
};
