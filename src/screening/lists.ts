/** Imports versions of lists, and makes the lists in use ready to be asked. */

import type { PersonId } from '../../flows/ids.ts';
import {
  listsInUse,
  screeningLists,
  type ListInUse,
  type ListVersion,
  type ImportList,
} from '../../flows/registers/screening.ts';
import { screening, type Screen } from '../../flows/screening/screening.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { inTurns } from '../bell.ts';
import type { Registers } from '../streams/registers.ts';
import { dropUnused, keepParts, keptEntries, noteWritten, packEntries } from './kept-lists.ts';
import { ListProblem, type ListFile } from './read-list.ts';

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

/** Tells whether this is the version in use, and its entries can't be read. */
const isDamaged = async (
  store: Around['store'],
  used: readonly ListInUse[],
  { name, sha256 }: ListVersion,
): Promise<boolean> => {
  const same = used.find((one) => one.name === name && one.sha256 === sha256);
  if (!same) return false;
  try {
    return (await keptEntries(store, same)) === undefined;
  } catch (error) {
    if (error instanceof StoreFault && error.code === 'damaged') return true;
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
): Promise<ListVersion> => {
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
  const again = await isDamaged(store, listsInUse(state), list);
  const command: ImportList = { type: 'ImportList', list, older, shorter, ...(again ? { again } : {}) };
  // What would be refused is not written first.
  const meta = { actor, at: clock().toISOString(), id: cause };
  const decided = screeningLists.decide(command, state, meta, register.context());
  if (decided.kind === 'refused') throw new ListProblem(decided.refusal.text);
  await noteWritten(store, list, listsInUse(state), clock());
  await keepParts(store, name, packed);
  const outcome = await register.handle(command, { actor, cause });
  // Another import at the same time may have come in between.
  const used = listsInUse(outcome.state);
  const before = used.filter((one) => one.name === name).flatMap((one) => one.before);
  await dropUnused(store, [...before.map((kept) => ({ name, kept })), list], used);
  if (outcome.kind === 'refused') throw new ListProblem(outcome.refusal.text);
  return list;
};

export interface ReadyList {
  list: ListInUse;
  screen: Screen;
}

const ATTEMPTS = 5;

/** Returns the lists in use, each made ready once for each version and never twice at a time. Throws StoreFault and ListProblem. */
export const readyLists = ({ store, register }: Pick<Around, 'store' | 'register'>): (() => Promise<ReadyList[]>) => {
  let ready: ReadyList[] = [];
  const made = async (list: ListInUse): Promise<ReadyList | undefined> => {
    const known = ready.find((one) => one.list.name === list.name && one.list.kept.sha256 === list.kept.sha256);
    if (known) return { list, screen: known.screen };
    const entries = await keptEntries(store, list);
    return entries && { list, screen: await inTurns(screening(entries)) };
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
