/** Finding precedents among many deals: what it opens, and its behaviour where deals are slow to read or fail. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { precedentBlocks } from '../../../blocks/forms/review-precedents.ts';
import { mayNameEachOther } from '../../../flows/deal/context/may-be-one.ts';
import { gravestPart, MOST_PARTS } from '../../../flows/deal/context/parts.ts';
import { ALIKE, bestFirst, precedentsFor } from '../../../flows/deal/context/precedent.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
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
    (await precedents(view, person)).similar.map(({ id }) => id);
  return { asked, logged, wired, ids, all: (person = 'compliance-1') => precedents(view, person) };
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
    // The most similar, and of each owner those that were decided most gravely.
    expect(asked.loads).toBe(MOST_LOADED + 3);
  });
});

it('are those that a look at every deal finds', async () => {
  const names = ['Sample Ministry', 'Sample Police', 'Sample Harbour', 'Sample Ministry No. 2'];
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
    owner: fc.constantFrom('rep-1', 'rep-2', 'rep-3'),
    outcome: fc.constantFrom('approved', 'approved', 'approved', 'approved with conditions', 'declined'),
  });
  const seen = { found: 0, few: 0, grave: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { maxLength: 30 }),
      fc.constantFrom('compliance-1', 'senior-1', 'stranger'),
      async (some, person) => {
        const all = some.map(({ name, kind, destination, sold, day, ministry, outcome, owner }, n) =>
          past(`D-${n}`, {
            owner,
            details: {
              ...details,
              destination,
              endUser: { name, kind },
              product: sold === 'other' ? { id: 'other', name: 'Sample Thing' } : details.product,
            },
            decision: { ...decided.decision, outcome, at: `2027-02-${String(day).padStart(2, '0')}T09:00:00.000Z` },
            ...(ministry ? {} : { route: aRoute('low') }),
          }),
        );
        const views = await Promise.all(all.map((deal) => deal.view()));
        const oracle = precedentsFor(
          view,
          views.filter((found) => found !== undefined),
          person,
        );
        expect(oracle.slice(0, 3)).toEqual(oracle.toSorted(bestFirst).slice(0, 3));
        expect(oracle.every(({ similarity }) => similarity.score >= ALIKE)).toBe(true);
        const keys = ({ at, outcome, owner, similarity: { score } }: (typeof oracle)[number]): string =>
          `${score} ${at} ${outcome} ${owner}`;
        const ids = await bot(all).ids(person);
        expect(await bot(all, 60_000, false).ids(person)).toEqual(ids);
        const found = new Set(ids);
        const shown = views.flatMap((other) => (other && found.has(other.deal.id) ? [other] : []));
        // Which of two that are equal in all is shown does not matter.
        expect(precedentsFor(view, shown, person).map(keys)).toEqual(oracle.map(keys));
        seen.found += Number(oracle.length === 3);
        seen.grave += Number(oracle.length > 3);
        seen.few += Number(oracle.length < 3);
      },
    ),
    { numRuns: 200 },
  );
  expect(seen.found).toBeGreaterThan(20);
  expect(seen.grave).toBeGreaterThan(3);
  expect(seen.few).toBeGreaterThan(10);
});

it('name what was decided of an end-user that may be the same, whatever else is alike', async () => {
  const called = past('D-CALLED', {
    details: {
      ...decided.details,
      product: { id: 'other', name: 'Sample Thing' },
      endUser: { name: 'Sample Ministry Office No. 2', kind: 'private' },
    },
    decision: { ...decided.decision, at: '2027-01-01T09:00:00.000Z' },
  });
  const others = manyPast(40, {
    details: { ...decided.details, endUser: { name: 'Oslo Book Fair', kind: 'security' } },
  });
  const { ids, all } = bot([called, ...others]);
  expect(await ids()).toContain('D-CALLED');
  expect(JSON.stringify(precedentBlocks(await all()))).toContain('An end-user that may be the same');
});

describe('a sale in parts', () => {
  const CAMERA = { id: 'camera', name: 'Sample Camera' };
  const open = (id: string, more: Partial<DealDetails> = {}, openedAt = '2027-01-09T09:00:00.000Z'): Past => {
    const made = aView({ ...aDecidingDeal({ openedAt }), id, details: { ...view.deal.details, ...more } });
    return { id, indexed: indexedDeal(7, entryOf(made), share), view: async () => made };
  };
  const parts = async (all: Past[], person?: string) => (await bot(all).all(person)).parts;
  const idsOf = async (all: Past[], person?: string) => (await parts(all, person)).shown.map(({ id }) => id);
  const named = (name: string) => ({ endUser: { ...view.deal.details.endUser, name } });

  it('is named to whoever decides on one part while the others are open, whatever is decided already', async () => {
    const all = [open('D-PART', { product: CAMERA }), ...manyPast(40), open('D-ELSE', named('Oslo Book Fair'))];
    expect(await idsOf(all)).toEqual(['D-PART']);
    expect((await bot(all).all()).similar).toHaveLength(3);
    expect(await idsOf(all, 'stranger')).toEqual([]);
  });

  it.each<[string, Partial<DealDetails>]>([
    ['as the customer there', { ...named('Oslo Book Fair'), customer: view.deal.details.endUser.name }],
    [
      'as a company in between',
      { ...named('Oslo Book Fair'), intermediaries: [{ name: 'Sample Ministry', role: '' }] },
    ],
  ])('is found %s', async (_, details) => {
    expect(await idsOf([open('D-PART', { product: CAMERA, ...details })])).toEqual(['D-PART']);
  });

  it('is found under a name that may be the same', () => {
    const called = (endUser: string, ...besides: string[]) => ({ destination: 'KZ', endUsers: [endUser], besides });
    const isPart = mayNameEachOther(called('Andijon Road Office', 'Kestrel Trade'));
    expect(isPart(called('Andijon Roads Office HQ'))).toBe(true);
    expect(isPart(called('Oslo Police', 'Oslo Book Fair', 'Andijan Road Office'))).toBe(true);
    expect(isPart(called('Kestrel Trade Ltd'))).toBe(true);
    expect(isPart(called('Oslo Book Fair', 'Kestrel Trade'))).toBe(false);
    expect(mayNameEachOther(called('Not known yet', 'To be announced'))(called('Not known', 'To be named'))).toBe(
      false,
    );
  });

  it('is named where the other part is withdrawn, which its rep can reopen, for a year', async () => {
    const gone = (at: string): Past => {
      const { id, ...deal } = aDecidingDeal({ details: { ...view.deal.details, product: CAMERA } });
      const made = aView({
        ...deal,
        id: `${id}-GONE`,
        status: 'withdrawn',
        reason: 'Not now',
        by: 'rep-1',
        at,
      } as OpenedDeal);
      return { id: made.deal.id, indexed: indexedDeal(7, entryOf(made), share), view: async () => made };
    };
    const found = await parts([gone(view.now)]);
    expect(found.shown).toMatchObject([{ withdrawn: true }]);
    expect(JSON.stringify(precedentBlocks({ similar: [], parts: found }))).toContain('Withdrawn, and may be reopened');
    expect((await parts([gone('2024-01-09T09:00:00.000Z')])).shown).toEqual([]);
  });

  it('hides no part behind empty deals of another product, however many and late', async () => {
    const dummies = Array.from({ length: 60 }, (_, i) =>
      open(`D-DUMMY${i}`, { product: { id: 'sensor', name: 'Sample Sensor' } }, '2027-03-09T09:00:00.000Z'),
    );
    const found = await parts([...dummies, open('D-GRAVE', { product: CAMERA })]);
    expect(found.shown.map(({ id, also }) => [id, also])).toEqual(
      expect.arrayContaining([
        ['D-GRAVE', 0],
        [expect.stringMatching(/^D-DUMMY/), 59],
      ]),
    );
    const words = JSON.stringify(precedentBlocks({ similar: [], parts: found }));
    expect(words).toMatch(/Asked for the same end-user, or one that may be the same, and not decided.*D-GRAVE/);
    expect(words).toContain('And 59 more with this product');
  });

  it('hides no part behind empty deals of whatever is called so under “Other”', async () => {
    const dummies = ['Cable drum', 'Mounting kit', 'Spare belt', 'Sun roof'].map((name, i) =>
      open(`D-DUMMY${i}`, { product: { id: 'other', name } }, '2027-03-09T09:00:00.000Z'),
    );
    const found = await parts([...dummies, open('D-GRAVE', { product: CAMERA })]);
    expect(found.shown.map(({ id }) => id)).toContain('D-GRAVE');
    expect(found.shown).toHaveLength(2);
    expect(JSON.stringify(precedentBlocks({ similar: [], parts: found }))).toMatch(
      /And 3 more outside the catalogue: “[^”]+”, “[^”]+” and “/,
    );
    // Nor the one among them that is none.
    const many = (count: number): Past[] =>
      Array.from({ length: count }, (_, i) =>
        open(`D-EMPTY${i}`, { product: { id: 'other', name: `Part ${i}` } }, '2027-03-09T09:00:00.000Z'),
      );
    const wordsOf = async (all: Past[]) => JSON.stringify(precedentBlocks({ similar: [], parts: await parts(all) }));
    const matcher = { product: { id: 'other', name: 'Face matcher' } };
    expect(await wordsOf([...many(9), open('D-GRAVE', matcher)])).toContain('“Face matcher”');
    expect(await wordsOf(many(40))).toMatch(/And 39 more outside the catalogue: “.*” and 9 more names\./);
    // What is answered counts for what it came to; what is not, for nothing.
    const at = '2027-01-09T09:00:00.000Z';
    const [first] = [
      { product: CAMERA, at, answered: true, tier: 'high' as const, flags: 0 },
      {
        product: { id: 'other', name: 'Cable drum' },
        at: '2027-03-09T09:00:00.000Z',
        answered: false,
        tier: 'high' as const,
        flags: 0,
      },
    ].toSorted(gravestPart({ organisation: { products: [] }, policy: { sections: [] } }));
    expect(first?.product).toEqual(CAMERA);
  });

  it('names what the company says is able first, and counts what has no room', async () => {
    const products = [...'abcdefghij'].map((id) => ({
      id,
      name: `Sample ${id}`,
      category: 'Software',
      able: id === 'j',
    }));
    const ranked = products
      .map((product) => ({ product, at: '2027-03-09T09:00:00.000Z', answered: false, flags: 0 }))
      .toSorted(gravestPart({ organisation: { products }, policy: { sections: [] } }));
    expect(ranked[0]?.product.id).toBe('j');
    const found = await parts(products.map((product) => open(`D-${product.id}`, { product })));
    expect(found).toMatchObject({ more: products.length - MOST_PARTS });
    expect(found.shown).toHaveLength(MOST_PARTS);
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
