/** Finding precedents among many deals: what it opens, and its behaviour where deals are slow to read or fail. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { precedentBlocks } from '../../../blocks/forms/review-precedents.ts';
import { ALIKE, bestFirst, heaviestFirst, precedentsFor } from '../../../flows/deal/context/precedent.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { columnsOf } from '../../../flows/lists/columns.ts';
import { entryOf } from '../../../flows/lists/entry.ts';
import { createShare } from '../../../flows/lists/shared.ts';
import { indexedDeal, type IndexedDeal } from '../../../src/streams/indexed-deal.ts';
import { createPrecedents, MOST_LOADED, type PrecedentsOptions } from '../../../src/streams/precedents.ts';
import { aDecidingDeal, aRoute, aView } from '../../support/deal-builders.ts';
import { anApproval } from '../../support/every-deal.ts';

const view = aView(aDecidingDeal());
const decided = anApproval([]);

interface Past {
  id: string;
  /** As the index knows it. */
  indexed: IndexedDeal;
  view: () => Promise<DealView | undefined>;
}
const share = createShare();
const past = (id: string, more: Partial<typeof decided> = {}): Past => {
  const made = aView({ ...decided, id, ...more });
  return { id, indexed: indexedDeal(7, entryOf(made), share), view: async () => made };
};
const manyPast = (n: number, more: Partial<typeof decided> = {}): Past[] =>
  Array.from({ length: n }, (_, i) => past(`D-${i}`, more));

/** Counts what it asks for. `columns`: whether its index has them. */
const bot = (all: Past[], deadlineMs = 60_000, columns = true) => {
  const asked = { index: 0, loads: 0 };
  const logged: [string, number | undefined][] = [];
  const log = (event: string, fields: { count?: unknown } = {}): void =>
    void logged.push([event, fields.count as number | undefined]);
  const wired: Pick<PrecedentsOptions, 'index'> = {
    index: async () => {
      asked.index += 1;
      return all.map(({ indexed }) => indexed);
    },
  };
  const deals: PrecedentsOptions['deals'] = {
    view: async (id) => {
      asked.loads += 1;
      return all.find((deal) => deal.id === id)?.view();
    },
  };
  const logger = { info: log, warn: log, error: log };
  const index = Object.assign(
    () => wired.index(),
    columns ? { columns: (some: readonly IndexedDeal[]) => columnsOf(some.map(({ search }) => search)) } : {},
  );
  const precedents = createPrecedents({ index, deals, logger, deadlineMs });
  const ids = async (person = 'compliance-1'): Promise<string[]> =>
    (await precedents(view, person)).map(({ id }) => id);
  return { asked, logged, wired, ids, all: () => precedents(view, 'compliance-1') };
};

describe('2,000 past deals', () => {
  it('are compared by their summaries, and the three that are shown are loaded', async () => {
    const { asked, ids } = bot(manyPast(2000));
    expect(await ids()).toHaveLength(3);
    expect(asked).toEqual({ index: 1, loads: 3 });
  });

  it('that the reader may not read are passed over, and none of them is loaded', async () => {
    const { asked, ids } = bot(manyPast(2000, { route: aRoute('low') }));
    expect(await ids('senior-1')).toEqual([]);
    expect(asked.loads).toBe(0);
  });

  it('that changed since are passed over, but not without end', async () => {
    const all = manyPast(2000).map((deal): Past => ({ ...deal, view: async () => undefined }));
    const { asked, ids } = bot(all);
    expect(await ids()).toEqual([]);
    expect(asked.loads).toBe(MOST_LOADED);
  });
});

it('are those that a look at every deal finds', async () => {
  const names = ['Sample Ministry', 'Sample Police', 'Sample Harbour'];
  const kinds = ['security', 'government', 'private', 'unknown'] as const;
  const countries = ['NO', 'CI', 'XK'];
  const { details } = decided;
  const one = fc.record({
    name: fc.constantFrom(...names),
    kind: fc.constantFrom(...kinds),
    destination: fc.constantFrom(...countries),
    sold: fc.constantFrom('analytics', 'other'),
    day: fc.integer({ min: 1, max: 28 }),
    ministry: fc.boolean(),
  });
  const seen = { found: 0, few: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { maxLength: 30 }),
      fc.constantFrom('compliance-1', 'senior-1', 'stranger'),
      async (some, person) => {
        const all = some.map(({ name, kind, destination, sold, day, ministry }, n) =>
          past(`D-${n}`, {
            details: {
              ...details,
              destination,
              endUser: { name, kind },
              product: sold === 'other' ? { id: 'other', name: 'Sample Thing' } : details.product,
            },
            decision: { ...decided.decision, at: `2027-02-${String(day).padStart(2, '0')}T09:00:00.000Z` },
            ...(ministry ? {} : { route: aRoute('low') }),
          }),
        );
        const views = await Promise.all(all.map((deal) => deal.view()));
        const oracle = precedentsFor(
          view,
          views.filter((found) => found !== undefined),
          person,
        );
        expect(oracle).toEqual(oracle.toSorted(bestFirst));
        expect(oracle.every(({ similarity }) => similarity.score >= ALIKE)).toBe(true);
        const keys = ({ at, similarity: { score } }: (typeof oracle)[number]): string => `${score} ${at}`;
        const ids = await bot(all).ids(person);
        expect(await bot(all, 60_000, false).ids(person)).toEqual(ids);
        const found = new Set(ids);
        const shown = views.flatMap((other) => (other && found.has(other.deal.id) ? [other] : []));
        // Which of two that are equal in all is shown does not matter.
        expect(precedentsFor(view, shown, person).map(keys)).toEqual(oracle.map(keys));
        seen.found += Number(oracle.length === 3);
        seen.few += Number(oracle.length < 3);
      },
    ),
    { numRuns: 100 },
  );
  expect(seen.found).toBeGreaterThan(20);
  expect(seen.few).toBeGreaterThan(10);
});

describe('a sale in parts', () => {
  const open = (id: string, more: Partial<ReturnType<typeof aDecidingDeal>> = {}): Past => {
    const made = aView({ ...aDecidingDeal(), id, ...more });
    return { id, indexed: indexedDeal(7, entryOf(made), share), view: async () => made };
  };
  const harmless = { endUser: { name: 'Oslo Book Fair', kind: 'private' as const } };

  it('is named to whoever decides on one part while the others are open, whatever is decided already', async () => {
    const { details } = view.deal;
    const other = { ...details, product: { id: 'camera', name: 'Sample Camera' } };
    const all = [
      open('D-PART', { details: other }),
      ...manyPast(40),
      open('D-ELSE', { details: { ...details, ...harmless } }),
    ];
    const { ids } = bot(all);
    expect((await ids()).slice(3)).toEqual(['D-PART']);
    expect((await ids()).slice(0, 3)).not.toContain('D-PART');
    expect(await bot(all).ids('stranger')).toEqual([]);
  });

  it('hides no grave part behind light ones, and no decline behind any', async () => {
    const at = '2027-03-09T09:00:00.000Z';
    const parts = [{ at, tier: 'low' as const }, { at }, { at: '2027-01-09T09:00:00.000Z', tier: 'high' as const }];
    expect(parts.toSorted(heaviestFirst).map(({ tier }) => tier)).toEqual([undefined, 'high', 'low']);
    const many = Array.from({ length: 60 }, (_, i) => open(`D-PART${i}`));
    const declined = past('D-DECLINED', { decision: { ...decided.decision, outcome: 'declined' } });
    const { all } = bot([...many, declined]);
    const found = await all();
    expect(found.map(({ outcome }) => outcome)).toEqual(['declined', undefined, undefined, undefined]);
    expect(JSON.stringify(precedentBlocks(found))).toMatch(/Asked for the same end-user, and not decided.*D-PART/);
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

it('an index that fails leaves the page without them, until it answers again', async () => {
  const { ids, logged, wired } = bot([past('D-1')]);
  const { index } = wired;
  wired.index = () => Promise.reject(new Error('down'));
  expect(await ids()).toEqual([]);
  expect(logged).toEqual([['precedents.failed', undefined]]);
  wired.index = index;
  expect(await ids()).toEqual(['D-1']);
});

it('an index that is slow leaves the first page without them: the next one has them', async () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { ids, asked, wired } = bot([past('D-1'), past('D-2')], 1);
  const { index } = wired;
  wired.index = () => opened.then(index);
  expect(await ids()).toEqual([]);
  open();
  await expect.poll(ids).toEqual(['D-1', 'D-2']);
  expect(asked.loads).toBeGreaterThanOrEqual(2);
});
