/**
 * Whose each account was. The record names people by their ids: whoever got another one could decide on their own deal, and
 * be two people where two are asked for. House rule.
 */

import { createHash } from 'node:crypto';
import { ALL_CHATS, CHATS } from '../../flows/chats.ts';
import type { Person } from '../../flows/organisation.ts';
import type { Accounts } from '../../flows/registers/files.ts';
import type { MovedAccount } from '../../flows/registers/organisation-changes.ts';
import type { Problem } from './yaml-file.ts';

const KINDS = [...ALL_CHATS, 'email'] as const;
type Kind = (typeof KINDS)[number];
type Holder = Pick<Person, 'id' | Kind>;

/** 64 bits: long enough to tell accounts apart. */
const HASH_LENGTH = 16;

export const accountKey = (kind: Kind, account: string): string =>
  `${kind} ${createHash('sha256').update(account.toLowerCase()).digest('hex').slice(0, HASH_LENGTH)}`;

const keysOf = (holder: Holder): { kind: Kind; key: string }[] =>
  KINDS.flatMap((kind) => {
    const account = holder[kind];
    return account === undefined ? [] : [{ kind, key: accountKey(kind, account) }];
  });

export const accountsOf = (people: readonly Holder[]): Accounts =>
  Object.fromEntries(people.flatMap((one) => keysOf(one).map(({ key }) => [key, one.id])));

/** Returns accounts that belong to another person than they did. */
const movedAccounts = (people: readonly Holder[], known: Accounts): MovedAccount[] =>
  people.flatMap((one) =>
    keysOf(one).flatMap(({ kind, key }): MovedAccount[] => {
      const from = known[key];
      return from === undefined || from === one.id ? [] : [{ account: kind, from, to: one.id }];
    }),
  );

/** Finds people who are in the file under another id than before; where both stay, an account was only corrected. */
export function* renamedProblems(people: readonly Holder[], known: Accounts): Generator<Problem> {
  const ids = new Set(people.map(({ id }) => id));
  for (const [i, one] of people.entries()) {
    const moved = movedAccounts([one], known).find(({ from }) => !ids.has(from));
    if (!moved) continue;
    const { account, from } = moved;
    const what = account === 'email' ? 'e-mail address' : `${CHATS[account].name} id`;
    const other = account === 'email' ? ' If it is somebody else, leave the address out.' : '';
    const message = `${one.id} has the ${what} of ${from}, who is not in the file any more: keep the id ${from}, by which the record names this person.${other}`;
    yield { path: ['people', i, 'id'], message };
  }
}
