/**
 * Facts of each deal that registers, lists and other deals need, in memory: filled once from the sealed summaries, a few at
 * a time between other work, and followed by what was written since.
 */

import type { SaidElsewhere } from '../../flows/deal/context/elsewhere.ts';
import { saidIn } from '../../flows/deal/context/others.ts';
import type { DealId } from '../../flows/ids.ts';
import { entryIn, entryOf, saidOf, type DealEntry } from '../../flows/lists/entry.ts';
import { createSaidShare, createShare } from '../../flows/lists/shared.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { isPassing } from '../../store/store-fault.ts';
import { yieldToOthers } from '../bell.ts';
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
  /** Returns what these deals say that concerns others. Without those that can't be read. Throws StoreFault. */
  said(deals: readonly DealId[]): Promise<ReadonlyMap<DealId, SaidElsewhere>>;
}

const PAGE = 1000;
/** Summaries, or states, that are opened before other work has its turn. */
const SUMMARIES_A_TURN = 25;
const LOADS_A_TURN = 10;
/** What was written by an older version beside this one, or changed outside Clearthread, is seen then at the latest. */
const LIST_EVERY_MS = 10 * 60_000;

interface Read {
  version: number;
  entry: DealEntry;
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
  const share = createShare();
  const kept = new Map<DealId, IndexedDeal>();
  const newer = new Set<DealId>();
  let sorted: readonly IndexedDeal[] = [];
  /** Where to go on following. Undefined until all were read once. */
  let from: string | undefined;
  let listedAt = 0;

  const heard = new Map<DealId, { version: number; said: SaidElsewhere }>();
  const forget = (id: DealId): void => {
    kept.delete(id);
    heard.delete(id);
  };

  /** From the deal's state. Undefined where there is none, or it can't be read. Throws StoreFault where that may pass. */
  const readState = async (id: DealId, version: number, failures: unknown[]): Promise<Read | undefined> => {
    try {
      const view = await deals.view(id);
      newer.delete(id);
      return view && { version, entry: entryOf(view) };
    } catch (error) {
      if (isPassing(error)) throw error;
      if (error instanceof NewerRecord) newer.add(id);
      else failures.push(error);
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
    let loads = 0;
    for (let at = 0; at < ids.length; at += SUMMARIES_A_TURN) {
      const some = ids.slice(at, at + SUMMARIES_A_TURN);
      const found = new Map((await store.summaries(some)).map((one) => [one.stream, one]));
      for (const id of some) {
        const summary = found.get(id);
        const entry = summary && entryIn(summary.summary);
        if (summary && entry) {
          newer.delete(id);
          take(id, { version: summary.version, entry });
          continue;
        }
        take(id, await readState(id, listed.get(id) ?? 0, failures));
        loads += 1;
        if (loads % LOADS_A_TURN === 0) await yieldToOthers();
      }
      if (at + SUMMARIES_A_TURN < ids.length) await yieldToOthers();
    }
    if (failures.length > 0) logger.warn('deal-index.unread', { count: failures.length, error: failures.at(-1) });
  };

  /** Reads all deals that are listed in another version than is known. */
  const readListed = async (): Promise<void> => {
    const { next } = await store.changed();
    const there = new Set<DealId>();
    let after: string | undefined;
    do {
      const page = await store.list({ kind: 'deal', limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream } of page) there.add(stream);
      const others = page.filter(({ stream, version }) => kept.get(stream)?.version !== version);
      await readAll(new Map(others.map(({ stream, version }) => [stream, version])), (id, read) => {
        if (read) kept.set(id, indexedDeal(read.version, read.entry, share));
        else forget(id);
      });
      after = page.length < PAGE ? undefined : page.at(-1)?.stream;
      await yieldToOthers();
    } while (after !== undefined);
    for (const id of kept.keys()) if (!there.has(id)) forget(id);
    for (const id of newer) if (!there.has(id)) newer.delete(id);
    sorted = [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
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
      if (deal) kept.set(id, deal);
      else forget(id);
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
          newer.delete(stream);
          changes.set(stream, undefined);
        } else if ((kept.get(stream)?.version ?? 0) < version) moved.set(stream, version);
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

  let shareSaid = createSaidShare();
  let catalogue: string | undefined;

  const said = async (ids: readonly DealId[]): Promise<ReadonlyMap<DealId, SaidElsewhere>> => {
    const today = organisation();
    const products = JSON.stringify(today.products);
    if (products !== catalogue) {
      heard.clear();
      shareSaid = createSaidShare();
    }
    catalogue = products;
    const found = new Map<DealId, SaidElsewhere>();
    const missing = new Map<DealId, number>();
    for (const id of ids) {
      const version = kept.get(id)?.version ?? 0;
      const known = heard.get(id);
      if (known?.version === version) found.set(id, known.said);
      else missing.set(id, version);
    }
    const take = (id: DealId, read: Read | undefined): void => {
      if (!read) return;
      const own = shareSaid(saidIn(today, saidOf(read.entry)));
      heard.set(id, { version: read.version, said: own });
      found.set(id, own);
    };
    await tracedAgain(newTrace(), () => readAll(missing, take));
    return found;
  };

  const index = async (): Promise<readonly IndexedDeal[]> => {
    await current();
    return sorted;
  };
  return Object.assign(index, { newer: () => [...newer], said });
};
