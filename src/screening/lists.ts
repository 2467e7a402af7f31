/** Imports versions of lists, and makes the lists in use ready to be asked. */

import { canonical } from '../../flows/canonical.ts';
import type { PersonId } from '../../flows/ids.ts';
import {
  listsInUse,
  screeningLists,
  WATCHMAN,
  type ListInUse,
  type ListVersion,
  type ImportList,
} from '../../flows/registers/screening.ts';
import type { ListEntry } from '../../flows/screening/entry.ts';
import { screening } from '../../flows/screening/screening.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { inTurns } from '../bell.ts';
import type { Registers } from '../streams/registers.ts';
import { dropUnused, keepParts, keptEntries, noteWritten, packEntries } from './kept-lists.ts';
import { ListProblem, type ListFile } from './read-list.ts';
import type { ReadyList } from './ready-list.ts';
import { readyWatchman, type Loaded } from './watchman-lists.ts';
import type { Watchman } from './watchman.ts';

interface Around {
  store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>;
  register: Registers['screening'];
  clock: () => Date;
}

export interface ImportAsked {
  /** Name of the list. */
  name: string;
  /** When its publisher made it: an instant. */
  asOf: string;
  /** As `ListVersion` says. */
  from: string;
  file: ListFile;
  older: boolean;
  shorter: boolean;
}

/** The version is in use already. */
export class AlreadyInUse extends ListProblem {}

const notTaken = ({ code, text }: { code: string; text: string }): ListProblem =>
  code === 'not now' ? new AlreadyInUse(text) : new ListProblem(text);

/** How a version differs from the one before it, in entries by their id. */
export interface ListMoved {
  /** The version before: an instant. */
  asOf: string;
  added: number;
  gone: number;
  changed: number;
}

const movedFrom = ({ asOf }: ListInUse, before: readonly ListEntry[], now: readonly ListEntry[]): ListMoved => {
  const left = new Map(before.map((entry) => [entry.id, canonical(entry)]));
  let [added, changed] = [0, 0];
  for (const entry of now) {
    const was = left.get(entry.id);
    if (was === undefined) added += 1;
    else if (was !== canonical(entry)) changed += 1;
    left.delete(entry.id);
  }
  return { asOf, added, gone: left.size, changed };
};

/** Entries of the version in use; undefined where there is none, or they can't be read. */
const entriesBefore = async (store: Around['store'], used: ListInUse | undefined): Promise<ListEntry[] | undefined> => {
  try {
    return used && (await keptEntries(store, used));
  } catch (error) {
    if (error instanceof StoreFault && error.code === 'damaged') return undefined;
    throw error;
  }
};

/**
 * Takes a version into use: its entries first, then the record, then what nobody needs any more. Broken off in between, the
 * version before stays in use. Throws ListProblem with the reason where it is not taken, and StoreFault.
 */
export const importList = async (
  { store, register, clock }: Around,
  { name, asOf, from, file, older, shorter }: ImportAsked,
  { actor, cause }: { actor: PersonId; cause: string },
): Promise<ListVersion & { moved?: ListMoved }> => {
  const packed = packEntries(file.entries);
  const list: ListVersion = {
    name,
    form: file.form,
    asOf,
    from,
    rows: file.rows,
    badRows: file.badRows,
    names: file.entries.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0),
    sha256: file.sha256,
    kept: packed.kept,
  };
  const { state } = await register.read();
  const used = listsInUse(state).find((one) => one.name === name);
  const before = await entriesBefore(store, used);
  // What can't be read is taken again, though it is the version in use.
  const again = used?.sha256 === list.sha256 && !before;
  const command: ImportList = { type: 'ImportList', list, older, shorter, ...(again ? { again } : {}) };
  // What would be refused is not written first.
  const meta = { actor, at: clock().toISOString(), id: cause };
  const decided = screeningLists.decide(command, state, meta, register.context());
  if (decided.kind === 'refused') throw notTaken(decided.refusal);
  await noteWritten(store, list, listsInUse(state), clock());
  await keepParts(store, name, packed);
  const outcome = await register.handle(command, { actor, cause });
  // Another import at the same time may have come in between.
  const now = listsInUse(outcome.state);
  const others = now.filter((one) => one.name === name).flatMap((one) => one.before);
  await dropUnused(store, [...others.map((kept) => ({ name, kept })), list], now);
  if (outcome.kind === 'refused') throw notTaken(outcome.refusal);
  return { ...list, ...(used && before ? { moved: movedFrom(used, before, file.entries) } : {}) };
};

const NO_SERVER = `The list ${WATCHMAN} is in use, and no server is set: set CLEARTHREAD_WATCHMAN, or remove that list.`;

const ATTEMPTS = 5;

/**
 * Returns the lists in use, each made ready once for each version and never twice at a time. `watchman`: the server that is asked
 * where its lists are in use. Throws StoreFault and ListProblem.
 */
export const readyLists = ({
  store,
  register,
  watchman,
}: Pick<Around, 'store' | 'register'> & { watchman?: Watchman | undefined }): (() => Promise<ReadyList[]>) => {
  let ready: ReadyList[] = [];
  const loaded: Loaded = {};
  const made = async (list: ListInUse): Promise<ReadyList | undefined> => {
    if (list.form === 'watchman') {
      if (!watchman) throw new ListProblem(NO_SERVER);
      return readyWatchman(watchman, list, loaded);
    }
    const known = ready.find((one) => one.list.name === list.name && one.list.kept.sha256 === list.kept.sha256);
    if (known) return { ...known, list };
    const entries = await keptEntries(store, list);
    if (!entries) return undefined;
    const { index, check } = await inTurns(screening(entries));
    return { list, entries: index.entries, check: async (party) => check(party) };
  };
  const now = async (): Promise<ReadyList[]> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { state } = attempt === 0 ? await register.now() : await register.read();
      const all: (ReadyList | undefined)[] = [];
      for (const list of listsInUse(state)) all.push(await made(list));
      if (all.every((one) => one !== undefined)) {
        ready = all;
        return ready;
      }
    }
    throw new ListProblem('The entries of a list are missing. Import it again.');
  };
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(now);
    last = next.catch(() => {});
    return next;
  };
};
