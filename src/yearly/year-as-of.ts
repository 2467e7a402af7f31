/** Reads what a yearly report counted as the record stood at an instant: what happened since is left out. */

import type { DealId, Instant } from '../../flows/ids.ts';
import { entryOf } from '../../flows/lists/entry.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { YearSources } from './read-year.ts';

type Known = Pick<IndexedDeal, 'id' | 'summary' | 'end'>;

export interface AsOf {
  all: readonly Known[];
  /** Read as of then, too. */
  sources: Pick<YearSources, 'store' | 'deals' | 'registers'>;
  /** Deals of which something was written since. */
  changed: number;
}

interface Sources {
  store: Pick<EventStore, 'read' | 'load'>;
  deals: Pick<Deals, 'events' | 'viewAt'>;
  registers: YearSources['registers'];
}

/** Deals that were erased since are gone from `all`, and nobody can bring them back. Throws StoreFault. */
export const yearAsOf = async (
  all: readonly Known[],
  at: Instant,
  { store, deals, registers }: Sources,
): Promise<AsOf> => {
  const read = async (stream: string) => (await store.read(stream)).filter((commit) => commit.at <= at);
  /** As it was then; undefined where it was opened since. */
  const then = async (id: DealId): Promise<Known | undefined> => {
    const version = (await read(id)).length;
    const was = version === 0 ? undefined : await deals.viewAt(id, version);
    if (!was) return undefined;
    const { summary, end } = entryOf(was.view);
    return { id, summary, end };
  };
  const found: Known[] = [];
  let changed = 0;
  for (const deal of all) {
    const last = (await store.load(deal.id)).last?.at;
    if (last === undefined || last <= at) {
      found.push(deal);
      continue;
    }
    changed += 1;
    const was = await then(deal.id);
    if (was) found.push(was);
  }
  const { training } = registers;
  const trainingThen = async () => {
    const now = await training.now();
    const version = (await read(training.stream)).length;
    const state = version === 0 ? undefined : await training.at(version);
    return state ? { ...now, state, version, upTo: version } : now;
  };
  return {
    all: found,
    changed,
    sources: {
      store: { read },
      deals: { events: async (id) => (await deals.events(id)).filter((event) => event.at <= at) },
      registers: { training: { ...training, now: trainingThen } },
    },
  };
};
