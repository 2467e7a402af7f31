/** Finding precedents among many deals: its loads, and its behaviour when they are slow or fail. */

import { describe, expect, it } from 'vitest';
import type { DealView } from '../../../flows/deal/view.ts';
import {
  createPrecedents,
  MOST_COMPARED,
  MOST_LOADED,
  type PrecedentsOptions,
} from '../../../src/streams/precedents.ts';
import type { StreamSummary } from '../../../store/event-store.ts';
import { aDecidingDeal, aRoute, aView } from '../../support/deal-builders.ts';
import { anApproval } from '../../support/every-deal.ts';

const view = aView(aDecidingDeal());
const decided = anApproval([]);

interface Past {
  id: string;
  version: number;
  view: () => Promise<DealView | undefined>;
}
const past = (id: string, more: Partial<typeof decided> = {}): Past => {
  const made = aView({ ...decided, id, ...more });
  return { id, version: 7, view: async () => made };
};
const manyPast = (n: number, more: Partial<typeof decided> = {}): Past[] =>
  Array.from({ length: n }, (_, i) => past(`D-${i}`, more));

/** `all`: newest first. Counts the calls to the store. */
const bot = (all: Past[], deadlineMs = 60_000) => {
  const asked = { lists: 0, loads: 0 };
  const logged: [string, number | undefined][] = [];
  const log = (event: string, fields: { count?: unknown } = {}): void =>
    void logged.push([event, fields.count as number | undefined]);
  const store: PrecedentsOptions['store'] = {
    list: async ({ kind, status, limit }) => {
      asked.lists += 1;
      expect([kind, status]).toEqual(['deal', 'decided']);
      return all.slice(0, limit).map(({ id, version }) => ({ stream: id, version }) as StreamSummary);
    },
  };
  const deals: PrecedentsOptions['deals'] = {
    view: async (id) => {
      asked.loads += 1;
      return all.find((deal) => deal.id === id)?.view();
    },
  };
  const precedents = createPrecedents({ store, deals, logger: { info: log, warn: log, error: log }, deadlineMs });
  const ids = async (person = 'compliance-1'): Promise<string[]> =>
    (await precedents(view, person)).map(({ id }) => id);
  return { asked, logged, store, ids };
};

describe('2,000 past deals', () => {
  it('are compared by the newest 500 once, then by what changed', async () => {
    const all = manyPast(2000);
    const { asked, ids } = bot(all);
    expect(await ids()).toHaveLength(3);
    expect(asked).toEqual({ lists: 1, loads: MOST_COMPARED + 3 });
    asked.loads = 0;
    await ids();
    expect(asked).toEqual({ lists: 2, loads: 3 });
    asked.loads = 0;
    for (const changed of all.slice(10, 12)) changed.version += 1;
    await ids();
    expect(asked.loads).toBe(2 + 3);
  });

  it('that the reader may not read are passed over, and not for ever', async () => {
    const { asked, ids } = bot(manyPast(2000, { route: aRoute('low') }));
    expect(await ids('senior-1')).toEqual([]);
    expect(asked.loads).toBe(MOST_COMPARED + MOST_LOADED);
  });

  it('are loaded once for two pages at the same time', async () => {
    const { asked, ids } = bot(manyPast(2000));
    await Promise.all([ids(), ids()]);
    expect(asked).toEqual({ lists: 1, loads: MOST_COMPARED + 3 + 3 });
  });
});

describe('a store that other bots write to', () => {
  it('is asked each time: a deal that was decided there is found, one that was reopened or erased is not', async () => {
    const all = [past('D-REOPENED'), past('D-ERASED')];
    const { ids } = bot(all);
    expect(await ids()).toEqual(['D-REOPENED', 'D-ERASED']);
    all.splice(0, 2, past('D-NEW'));
    expect(await ids()).toEqual(['D-NEW']);
  });

  it('may have moved on after it was asked', async () => {
    const reopened = past('D-REOPENED');
    reopened.view = async () => aView(aDecidingDeal({ id: 'D-REOPENED' }));
    const gone = { ...past('D-GONE'), view: async () => undefined };
    const { ids } = bot([reopened, gone, past('D-KEPT')]);
    expect(await ids()).toEqual(['D-KEPT']);
  });
});

it('a deal that cannot be read hides no other, and is told once', async () => {
  const broken = (id: string): Past => ({ ...past(id), view: () => Promise.reject(new Error('Sample Telecom')) });
  const { ids, logged } = bot([broken('D-1'), past('D-2'), broken('D-3')]);
  expect(await ids()).toEqual(['D-2']);
  expect(logged).toEqual([['precedents.unread', 2]]);
});

it('a store that fails leaves the page without them, until it answers again', async () => {
  const { ids, logged, store } = bot([past('D-1')]);
  const { list } = store;
  store.list = () => Promise.reject(new Error('down'));
  expect(await ids()).toEqual([]);
  expect(logged).toEqual([['precedents.failed', undefined]]);
  store.list = list;
  expect(await ids()).toEqual(['D-1']);
});

it('a store that is slow leaves the first page without them: the next one has them', async () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow = past('D-1');
  const quick = slow.view;
  slow.view = async () => {
    await opened;
    return quick();
  };
  const { ids, asked } = bot([slow, past('D-2')], 1);
  expect(await ids()).toEqual([]);
  open();
  await expect.poll(ids).toEqual(['D-1', 'D-2']);
  // The page that did not wait for them loaded no candidates; the facts kept stay.
  expect(asked.loads).toBeGreaterThanOrEqual(4);
});
