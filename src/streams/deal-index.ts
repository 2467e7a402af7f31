/**
 * Facts of each deal that registers, lists and other deals need, in memory: filled once from the sealed summaries, a few at
 * a time between other work, and followed by what was written since.
 */

import { learnNames } from '../../flows/countries.ts';
import type { SaidElsewhere } from '../../flows/deal/context/elsewhere.ts';
import { saidIn } from '../../flows/deal/context/others.ts';
import type { DealId } from '../../flows/ids.ts';
import { columnsOf, columnsWalk, type Columns } from '../../flows/lists/columns.ts';
import { entryIn, entryOf, saidOf, type DealEntry } from '../../flows/lists/entry.ts';
import { createSaidShare } from '../../flows/lists/shared-said.ts';
import { createShare } from '../../flows/lists/shared.ts';
import { counting } from '../../flows/lists/sharing.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { sortingWalk, type Walk } from '../../flows/walk.ts';
import type { EventStore } from '../../store/event-store.ts';
import { isPassing } from '../../store/store-fault.ts';
import { inSlices, inTurns, yieldToOthers } from '../bell.ts';
import { isDealId, newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';
import { tracedAgain } from '../trace.ts';
import type { Deals } from './deals.ts';
import { indexedDeal, type IndexedDeal } from './indexed-deal.ts';

export interface DealIndexOptions {
  store: Pick<EventStore, 'list' | 'summaries' | 'changed'>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** What is the same product rests on its catalogue. */
  organisation: () => Pick<Organisation, 'products'>;
  /** Time after which all deals are listed once more, in milliseconds. */
  listEveryMs?: number | undefined;
}

/** Returns all deals as they are now, ordered by id. Unreadable ones are left out and logged. Throws StoreFault. */
export interface DealIndex {
  (): Promise<readonly IndexedDeal[]>;
  /** Deals that are left out because a newer version wrote to them. */
  newer(): readonly DealId[];
  /** Deals that are left out because they can't be read. */
  unread(): readonly DealId[];
  /** Returns what a search asks first of these deals, which the index returned. */
  columns(all: readonly IndexedDeal[]): Columns;
  /** Returns what these deals say that concerns others. Without those that can't be read. Throws StoreFault. */
  said(deals: readonly DealId[]): Promise<ReadonlyMap<DealId, SaidElsewhere>>;
}

const PAGE = 1000;
/** Summaries of one read: some milliseconds of an embedded store, and few enough waits for another one. */
const TOGETHER = 100;
/** What was written by an older version beside this one, or changed outside Clearthread, is seen then at the latest. */
const LIST_EVERY_MS = 10 * 60_000;

interface Read {
  version: number;
  entry: DealEntry;
}

/** Deals of one step. */
const A_STEP = 1000;

function* byIdWalk(all: readonly IndexedDeal[]): Walk<Map<DealId, IndexedDeal>> {
  const found = new Map<DealId, IndexedDeal>();
  for (const deal of all) {
    found.set(deal.id, deal);
    if (found.size % A_STEP === 0) yield;
  }
  return found;
}

const placeIn = (all: readonly IndexedDeal[], id: DealId): number => {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const createDealIndex = ({
  store,
  deals,
  logger,
  organisation,
  listEveryMs = LIST_EVERY_MS,
}: DealIndexOptions): DealIndex => {
  const numbers = counting();
  let [share, shareSaid] = [createShare(numbers), createSaidShare()];
  /** Those that are read while all are listed; what was read stays there where that fails. Found by their place else. */
  let filling: Map<DealId, IndexedDeal> | undefined;
  const newer = new Set<DealId>();
  const unread = new Set<DealId>();
  const isRead = (id: DealId): void => {
    newer.delete(id);
    unread.delete(id);
  };
  let sorted: readonly IndexedDeal[] = [];
  /** Where to go on following. Undefined until all were read once. */
  let from: string | undefined;
  let listedAt = 0;

  let searched: { all: readonly IndexedDeal[]; columns: Columns } | undefined;
  const columns = (all: readonly IndexedDeal[]): Columns => {
    if (searched?.all !== all) {
      const deals = all.map(({ search }) => search);
      searched = { all, columns: columnsOf(deals, searched?.columns) };
    }
    return searched.columns;
  };

  const kept = (id: DealId): IndexedDeal | undefined => {
    if (filling) return filling.get(id);
    const found = sorted[placeIn(sorted, id)];
    return found?.id === id ? found : undefined;
  };
  /** What deals have in common is remembered, also of those that are gone: of an erased one nothing may be. */
  const shareAnew = (): void => {
    [share, shareSaid] = [createShare(numbers), createSaidShare()];
    searched = undefined;
  };

  /** From the deal's state. Undefined where there is none, or it can't be read. Throws StoreFault where that may pass. */
  const readState = async (id: DealId, version: number, failures: unknown[]): Promise<Read | undefined> => {
    try {
      const view = await deals.view(id);
      isRead(id);
      return view && { version, entry: entryOf(view) };
    } catch (error) {
      if (isPassing(error)) throw error;
      if (error instanceof NewerRecord) newer.add(id);
      else {
        unread.add(id);
        failures.push(error);
      }
      return undefined;
    }
  };

  /** Reads deals by their summaries, else by their states; each is handed over as it was read, undefined where it can't be. */
  const readAll = async (
    listed: ReadonlyMap<DealId, number>,
    take: (id: DealId, read: Read | undefined) => void,
  ): Promise<void> => {
    const failures: unknown[] = [];
    const ids = [...listed.keys()];
    const rest = inSlices();
    for (let at = 0; at < ids.length; at += TOGETHER) {
      const some = ids.slice(at, at + TOGETHER);
      const found = new Map((await store.summaries(some)).map((one) => [one.stream, one]));
      for (const id of some) {
        const summary = found.get(id);
        const entry = summary && entryIn(summary.summary);
        if (summary && entry) {
          isRead(id);
          take(id, { version: summary.version, entry });
        } else take(id, await readState(id, listed.get(id) ?? 0, failures));
        await rest();
      }
    }
    if (failures.length > 0) logger.warn('deal-index.unread', { count: failures.length, error: failures.at(-1) });
  };

  /** Reads all deals that are listed in another version than is known. */
  const readListed = async (): Promise<void> => {
    const { next } = await store.changed();
    const read = (filling ??= await inTurns(byIdWalk(sorted)));
    const there = new Set<DealId>();
    const others: [DealId, number][] = [];
    let after: string | undefined;
    do {
      const page = await store.list({ kind: 'deal', limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream, version } of page) {
        there.add(stream);
        if (kept(stream)?.version !== version) others.push([stream, version]);
      }
      after = page.length < PAGE ? undefined : page.at(-1)?.stream;
      await yieldToOthers();
    } while (after !== undefined);
    // Whoever searches first need not wait for it.
    if (there.size > 0) await inTurns(learnNames());
    // In the order in which stores keep them: what lies side by side is read together.
    const ordered = await inTurns(sortingWalk(others, ([a], [b]) => (a < b ? -1 : 1)));
    await readAll(new Map(ordered), (id, found) => {
      // The number under which it is found is the one that it has itself: it is there once.
      if (found) read.set(id, indexedDeal(found.version, found.entry, share));
      else read.delete(id);
    });
    const gone = [...read.keys()].filter((id) => !there.has(id));
    for (const id of gone) read.delete(id);
    if (gone.length > 0) shareAnew();
    for (const id of [...newer, ...unread]) if (!there.has(id)) isRead(id);
    const all = await inTurns(sortingWalk([...read.values()], (a, b) => (a.id < b.id ? -1 : 1)));
    // Whoever searches first need not wait for them either.
    const deals = all.map(({ search }) => search);
    searched = { all, columns: await inTurns(columnsWalk(deals, searched?.columns)) };
    sorted = all;
    filling = undefined;
    from = next;
    listedAt = performance.now();
  };

  const replace = (changes: ReadonlyMap<DealId, IndexedDeal | undefined>): void => {
    if (changes.size === 0) return;
    // Whoever goes through the deals of a moment ago goes on with those.
    const next = sorted.slice();
    for (const [id, deal] of changes) {
      const at = placeIn(next, id);
      const isThere = next[at]?.id === id;
      next.splice(at, isThere ? 1 : 0, ...(deal ? [deal] : []));
    }
    sorted = next;
  };

  /** Reads what was written since. */
  const readChanged = async (): Promise<void> => {
    for (;;) {
      const { streams, next, more } = await store.changed(from);
      const changes = new Map<DealId, IndexedDeal | undefined>();
      const moved = new Map<DealId, number>();
      for (const { stream, version } of streams) {
        if (!isDealId(stream)) continue;
        if (version === undefined) {
          isRead(stream);
          changes.set(stream, undefined);
          shareAnew();
        } else if ((kept(stream)?.version ?? 0) < version) moved.set(stream, version);
      }
      await readAll(moved, (id, read) => changes.set(id, read && indexedDeal(read.version, read.entry, share)));
      replace(changes);
      from = next;
      if (!more) return;
    }
  };

  const bringUpToDate = async (): Promise<void> => {
    if (from === undefined || performance.now() - listedAt > listEveryMs) await readListed();
    await readChanged();
  };

  let bringing: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  /** What is under way may have looked before that was written which this caller knows of: then it is done once more. */
  const current = (): Promise<void> => {
    if (!bringing) {
      // An act of its own: what this one has read of a deal may be older than the version that the store names.
      bringing = tracedAgain(newTrace(), bringUpToDate).finally(() => {
        bringing = undefined;
      });
      return bringing;
    }
    following ??= bringing
      .catch(() => {})
      .then(() => {
        following = undefined;
        return current();
      });
    return following;
  };

  const said = async (ids: readonly DealId[]): Promise<ReadonlyMap<DealId, SaidElsewhere>> => {
    const today = organisation();
    const found = new Map<DealId, SaidElsewhere>();
    const versions = new Map(ids.map((id) => [id, kept(id)?.version ?? 0]));
    const take = (id: DealId, read: Read | undefined): void => {
      if (read) found.set(id, shareSaid(saidIn(today, saidOf(read.entry))));
    };
    await tracedAgain(newTrace(), () => readAll(versions, take));
    return found;
  };

  const index = async (): Promise<readonly IndexedDeal[]> => {
    await current();
    return sorted;
  };
  return Object.assign(index, { newer: () => [...newer], unread: () => [...unread], columns, said });
};
