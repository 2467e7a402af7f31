/** The organisation and policy files that count, and what was read and refused since: compliance hears of either. House rule. */

import type { DealId, Instant, PersonId } from '../ids.ts';
import { SYSTEM } from '../organisation.ts';
import { own } from '../own.ts';
import type { PlaceChange } from '../place-change.ts';
import { owners, tellTaken, type PlaceFact, type TakenFact } from './files-telling.ts';
import type { MovedAccount } from './organisation-changes.ts';
import { placesAfter } from './places.ts';
import { refuseRegister, toPeople, type Register } from './register.ts';
import {
  changesBetween,
  saidAfter,
  sinceAfter,
  withSince,
  type Change,
  type FileOf,
  type Said,
  type Since,
} from './said.ts';

/** Somebody's place in a group, or among the people where no group is named. */
export interface SeatChange {
  person: PersonId;
  /** Id of the group. */
  group?: string | undefined;
  is: 'gained' | 'lost';
}

/** Whose an account is: by the chat or `email` and a short hash of the account, such as `slack 0123456789abcdef`, a person's id. */
export type Accounts = Readonly<Record<string, PersonId>>;

/** A product of the catalogue that came, went, or is described otherwise. */
export interface ProductChange {
  product: string;
  name: string;
  is: 'added' | 'removed' | 'renamed' | 'changed';
  /** The name before, where it was renamed. */
  was?: string | undefined;
}

/** What a changed file says otherwise. Absent where nobody knows what was before, or nothing is. */
interface FileChanges {
  /** Every difference. Absent in what was recorded before all were: `seats` and `products` are there then. */
  changes?: readonly Change[] | undefined;
  moved?: readonly MovedAccount[] | undefined;
  seats?: readonly SeatChange[] | undefined;
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
  /** By file, what it says, and the hash of the file that says so: a version that does not record it may take another. */
  says?: Partial<Record<FileOf, { hash: string; said: Said }>> | undefined;
  /** By file, since when what was changed is as it is. */
  since?: Partial<Record<FileOf, Since>> | undefined;
  /** Places that they gave or took, oldest first. Absent: none yet. */
  places?: readonly PlaceChange[] | undefined;
  /** Deals of which was told that they go on by themselves or stand still. Absent: none. */
  reach?: Reach | undefined;
}

/** Deals being decided that a changed organisation file completes, or leaves with too few people. */
export interface Reach {
  full: readonly DealId[];
  short: readonly DealId[];
}

export type FilesCommand =
  /** `accounts`: all that the file has. `says`: all that it says. */
  | { type: 'TakeFile'; of: FileOf; hash: string; accounts?: Accounts | undefined; says?: Said | undefined }
  | { type: 'RefuseFile'; of: FileOf; text: string; problems: readonly string[] }
  /** All deals followed the file. */
  | ({ type: 'NoteReach' } & Reach);

export type FilesEvent = { at: Instant; by: PersonId } &
  /**
   * `first`: nothing was recorded before, or not whose the accounts are. `corrected`: a refused one was set right.
   * `accounts`: those that are new or another's. `forgotten`: keys of those that are not kept any more. `says`: all that
   * the file says, where nothing was kept before.
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
        says?: Said | undefined;
      } & FileChanges)
    | { type: 'FileRefused'; of: FileOf; text: string; problems: readonly string[] }
    | ({ type: 'ReachNoted' } & Reach)
  );

export type FilesFact =
  /** `seats` and `products` were told before every difference was. */
  | (TakenFact & Pick<FileChanges, 'seats' | 'products'>)
  | PlaceFact
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

/** Accounts that are another person's than they were. */
const movedIn = (kept: Accounts = {}, accounts: Accounts = {}): MovedAccount[] =>
  Object.entries(accounts).flatMap(([key, to]) => {
    const from = own(kept, key);
    const account = key.slice(0, key.indexOf(' ')) as MovedAccount['account'];
    return from === undefined || from === to ? [] : [{ account, from, to }];
  });

export const files: Register<FilesState, FilesCommand, FilesEvent, FilesFact> = {
  name: 'files',
  none: { taken: {}, refused: {} },
  evolve: (state, event) => {
    const { at } = event;
    switch (event.type) {
      case 'FileTaken': {
        const { [event.of]: _, ...refused } = state.refused;
        const { of, hash, accounts, forgotten, changes } = event;
        const before = state.taken[of];
        const said = event.says ?? (changes && saidAfter(state.says?.[of]?.said ?? {}, changes));
        // What counts already, counts since then.
        const taken = event.first && before ? before : { hash, at };
        const places = event.first ? state.places : placesAfter(state.places, event, at);
        const kept = accounts || forgotten ? keptAccounts(state.accounts, accounts, forgotten) : state.accounts;
        return {
          ...state,
          taken: { ...state.taken, [of]: taken },
          refused,
          ...(places === undefined ? {} : { places }),
          ...(kept === undefined ? {} : { accounts: kept }),
          ...(said ? { says: { ...state.says, [of]: { hash, said } } } : {}),
          ...(changes ? { since: { ...state.since, [of]: sinceAfter(state.since?.[of], changes, at) } } : {}),
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
        const { of, hash, accounts, says } = command;
        const [before, kept] = [state.taken[of], state.says?.[of]];
        const corrected = state.refused[of] !== undefined;
        const unkept =
          (of === 'organisation' && accounts !== undefined && state.accounts === undefined) ||
          (says !== undefined && kept?.hash !== hash);
        const same = before?.hash === hash;
        if (same && !corrected && !unkept) return refuseRegister('not now', 'This is the file that counts.');
        const changes = kept && says && withSince(changesBetween(kept.said, says), state.since?.[of]);
        const moved = of === 'organisation' ? movedIn(state.accounts, accounts) : [];
        const isQuiet = before === undefined || (same && !corrected && changes === undefined);
        const taken: FilesEvent = {
          ...stamp,
          type: 'FileTaken',
          of,
          hash,
          ...(changes ? { changes } : says ? { says } : {}),
          ...(moved.length > 0 ? { moved } : {}),
          ...(isQuiet ? { first: true } : {}),
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
  tell: (event, now, { organisation }, before) => {
    switch (event.type) {
      case 'FileTaken':
        return event.first && !event.corrected ? [] : tellTaken(event, now, before, organisation);
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
