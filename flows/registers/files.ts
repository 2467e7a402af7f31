/** The organisation and policy files that count, and what was read and refused since: compliance hears of either. House rule. */

import type { Chat } from '../chats.ts';
import type { DealId, Instant, PersonId } from '../ids.ts';
import { membersOf, person, SYSTEM, type Organisation, type Product } from '../organisation.ts';
import { own } from '../own.ts';
import { refuseRegister, toPeople, type Register } from './register.ts';

export type FileOf = 'organisation' | 'policy';

/** Somebody's place in a group, or among the people where no group is named. */
export interface SeatChange {
  person: PersonId;
  /** Id of the group. */
  group?: string | undefined;
  is: 'gained' | 'lost';
}

/** Whose an account is: by the chat or `email` and a short hash of the account, such as `slack 0123456789abcdef`, a person's id. */
export type Accounts = Readonly<Record<string, PersonId>>;

/** An account that was corrected: it belonged to another person until now. */
export interface MovedAccount {
  account: Chat | 'email';
  from: PersonId;
  to: PersonId;
}

/** A product of the catalogue that came, went, or is described otherwise. */
export interface ProductChange {
  product: string;
  name: string;
  is: 'added' | 'removed' | 'renamed' | 'changed';
  /** The name before, where it was renamed. */
  was?: string | undefined;
}

/** What a changed organisation file says otherwise. Absent where nobody knows what was before, or nothing is. */
interface FileChanges {
  seats?: readonly SeatChange[] | undefined;
  moved?: readonly MovedAccount[] | undefined;
  products?: readonly ProductChange[] | undefined;
}

export interface FileRefusal {
  /** Sha256 of the text: one that is read again is not news. */
  text: string;
  /** A sentence for each problem, with its line. */
  problems: readonly string[];
  at: Instant;
}

export interface FilesState {
  /** By file, the hash of what it says, and since when that counts. */
  taken: Partial<Record<FileOf, { hash: string; at: Instant }>>;
  /** Refused since; the one taken before goes on counting. */
  refused: Partial<Record<FileOf, FileRefusal>>;
  /** Also those of people who left; an address that nobody has any more is forgotten. Absent: not kept yet. */
  accounts?: Accounts | undefined;
  /** Deals of which was told that they go on by themselves or stand still. Absent: none. */
  reach?: Reach | undefined;
}

/** Deals being decided that a changed organisation file completes, or leaves with too few people. */
export interface Reach {
  full: readonly DealId[];
  short: readonly DealId[];
}

export type FilesCommand =
  /** `accounts`: all that the file has. */
  | ({ type: 'TakeFile'; of: FileOf; hash: string; accounts?: Accounts | undefined } & FileChanges)
  | { type: 'RefuseFile'; of: FileOf; text: string; problems: readonly string[] }
  /** All deals followed the file. */
  | ({ type: 'NoteReach' } & Reach);

export type FilesEvent = { at: Instant; by: PersonId } &
  /**
   * `first`: nothing was recorded before, or not whose the accounts are. `corrected`: a refused one was set right.
   * `accounts`: those that are new or another's. `forgotten`: keys of those that are not kept any more.
   */
  (
    | ({
        type: 'FileTaken';
        of: FileOf;
        hash: string;
        first?: true | undefined;
        corrected?: true | undefined;
        accounts?: Accounts | undefined;
        forgotten?: readonly string[] | undefined;
      } & FileChanges)
    | { type: 'FileRefused'; of: FileOf; text: string; problems: readonly string[] }
    | ({ type: 'ReachNoted' } & Reach)
  );

export type FilesFact =
  | ({ fact: 'file taken'; of: FileOf; corrected?: true | undefined } & FileChanges)
  | { fact: 'file refused'; of: FileOf; problems: readonly string[] }
  /** Deals of which was not told yet. */
  | ({ fact: 'deals reached' } & Reach);

/** Problems that are kept of one file, and their length: an editor's accident may have thousands. */
const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;

/** The oldest are forgotten first. */
const MOST_ACCOUNTS = 20_000;

/** Returns how these accounts differ from those that are kept. A chat gives no id twice, but an address may be passed on. */
const accountChanges = (
  kept: Accounts = {},
  accounts: Accounts = {},
): { accounts?: Accounts; forgotten?: readonly string[] } => {
  const news = Object.entries(accounts).filter(([key, id]) => own(kept, key) !== id);
  const forgotten = Object.keys(kept).filter((key) => key.startsWith('email ') && !Object.hasOwn(accounts, key));
  return {
    ...(news.length > 0 ? { accounts: Object.fromEntries(news) } : {}),
    ...(forgotten.length > 0 ? { forgotten } : {}),
  };
};

const NOTHING_REACHED: Reach = { full: [], short: [] };

const newIn = ({ full, short }: Reach, before: Reach = NOTHING_REACHED): Reach => ({
  full: full.filter((deal) => !before.full.includes(deal)),
  short: short.filter((deal) => !before.short.includes(deal)),
});

const keptAccounts = (kept: Accounts = {}, accounts: Accounts = {}, forgotten: readonly string[] = []): Accounts => {
  const gone = new Set(forgotten);
  const all = Object.entries({ ...kept, ...accounts }).filter(([key]) => !gone.has(key));
  return Object.fromEntries(all.slice(-MOST_ACCOUNTS));
};

const changesIn = ({ seats, moved = [], products = [] }: FileChanges): FileChanges => ({
  ...(seats === undefined ? {} : { seats }),
  ...(moved.length > 0 ? { moved } : {}),
  ...(products.length > 0 ? { products } : {}),
});

const owners = (organisation: Organisation): PersonId[] =>
  [organisation.roles.compliance, organisation.roles.chief].flatMap((group) => membersOf(organisation, group));

/** Returns whose places differ: people who came and went, then those of each group. */
export const seatChanges = (before: Organisation, now: Organisation): SeatChange[] => {
  const compare = (was: readonly PersonId[], is: readonly PersonId[], group?: string): SeatChange[] => {
    const [had, has] = [new Set(was), new Set(is)];
    const of = group === undefined ? {} : { group };
    return [
      ...was.filter((id) => !has.has(id)).map((id): SeatChange => ({ person: id, ...of, is: 'lost' })),
      ...is.filter((id) => !had.has(id)).map((id): SeatChange => ({ person: id, ...of, is: 'gained' })),
    ];
  };
  const ids = ({ people }: Organisation): PersonId[] => people.map(({ id }) => id);
  const groups = [...new Set([...before.groups, ...now.groups].map(({ id }) => id))];
  return [
    ...compare(ids(before), ids(now)),
    ...groups.flatMap((group) => compare(membersOf(before, group), membersOf(now, group), group)),
  ];
};

const describedAs = ({ category, able }: Product): string => JSON.stringify([category, able ?? null]);

/** Returns the products that differ: what is said of them is held against new deals. */
export const productChanges = (before: Organisation, now: Organisation): ProductChange[] => {
  const [had, has] = [before, now].map(({ products }) => new Map(products.map((one) => [one.id, one])));
  const gone = before.products.filter(({ id }) => !has?.has(id));
  return [
    ...gone.map(({ id, name }): ProductChange => ({ product: id, name, is: 'removed' })),
    ...now.products.flatMap((one): ProductChange[] => {
      const { id: product, name } = one;
      const was = had?.get(product);
      if (!was) return [{ product, name, is: 'added' }];
      if (was.name !== name) return [{ product, name, is: 'renamed', was: was.name }];
      return describedAs(was) === describedAs(one) ? [] : [{ product, name, is: 'changed' }];
    }),
  ];
};

export const files: Register<FilesState, FilesCommand, FilesEvent, FilesFact> = {
  name: 'files',
  none: { taken: {}, refused: {} },
  evolve: (state, event) => {
    const { at } = event;
    switch (event.type) {
      case 'FileTaken': {
        const { [event.of]: _, ...refused } = state.refused;
        const { of, hash, accounts, forgotten } = event;
        const before = state.taken[of];
        // What counts already, counts since then.
        const taken = event.first && before ? before : { hash, at };
        const kept = accounts || forgotten ? keptAccounts(state.accounts, accounts, forgotten) : state.accounts;
        return {
          taken: { ...state.taken, [of]: taken },
          refused,
          ...(kept === undefined ? {} : { accounts: kept }),
          ...(state.reach ? { reach: state.reach } : {}),
        };
      }
      case 'FileRefused': {
        const { of, text, problems } = event;
        return { ...state, refused: { ...state.refused, [of]: { text, problems, at } } };
      }
      case 'ReachNoted': {
        const { full, short } = event;
        return { ...state, reach: { full, short } };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }) => {
    if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself reads its files.');
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'TakeFile': {
        const { of, hash, accounts } = command;
        const before = state.taken[of];
        const corrected = state.refused[of] !== undefined;
        const unkept = of === 'organisation' && accounts !== undefined && state.accounts === undefined;
        const same = before?.hash === hash;
        if (same && !corrected && !unkept) return refuseRegister('not now', 'This is the file that counts.');
        const taken: FilesEvent = {
          ...stamp,
          type: 'FileTaken',
          of,
          hash,
          ...changesIn(command),
          ...(before === undefined || (same && !corrected) ? { first: true } : {}),
          ...(corrected ? { corrected: true } : {}),
          ...(of === 'organisation' && accounts ? accountChanges(state.accounts, accounts) : {}),
        };
        return { kind: 'accepted', events: [taken] };
      }
      case 'RefuseFile': {
        const { of, text, problems } = command;
        if (state.refused[of]?.text === text) return refuseRegister('not now', 'This file was refused already.');
        const kept = problems.slice(0, MOST_PROBLEMS).map((problem) => problem.slice(0, LONGEST_PROBLEM));
        const more = problems.length - kept.length;
        const all = more > 0 ? [...kept, `And ${more} more.`] : kept;
        return { kind: 'accepted', events: [{ ...stamp, type: 'FileRefused', of, text, problems: all }] };
      }
      case 'NoteReach': {
        const { full, short } = command;
        const before = state.reach ?? NOTHING_REACHED;
        const isSame = JSON.stringify([full, short]) === JSON.stringify([before.full, before.short]);
        if (isSame) return refuseRegister('not now', 'No deal is reached otherwise.');
        return { kind: 'accepted', events: [{ ...stamp, type: 'ReachNoted', full, short }] };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, _now, { organisation }, before) => {
    switch (event.type) {
      case 'FileTaken': {
        const { of, first, corrected } = event;
        if (first && !corrected) return [];
        // Whoever was of compliance until now hears it too.
        const lost = (event.seats ?? []).flatMap(({ person: id, group, is }) =>
          is === 'lost' && (group === organisation.roles.compliance || group === organisation.roles.chief) ? [id] : [],
        );
        const told = [...owners(organisation), ...lost].filter((id) => person(organisation, id) !== undefined);
        return [[{ fact: 'file taken', of, ...changesIn(event), ...(corrected ? { corrected } : {}) }, toPeople(told)]];
      }
      case 'FileRefused':
        return [[{ fact: 'file refused', of: event.of, problems: event.problems }, toPeople(owners(organisation))]];
      case 'ReachNoted': {
        const news = newIn(event, before.reach);
        if (news.full.length + news.short.length === 0) return [];
        return [[{ fact: 'deals reached', ...news }, toPeople(owners(organisation))]];
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: () => null,
  tick: undefined,
};
