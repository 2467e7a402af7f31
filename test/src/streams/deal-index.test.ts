/** The index of all deals: never older than what was written, and as the states are, whatever became of the summaries. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { saidElsewhere } from '../../../flows/deal/context/others.ts';
import { entryOf } from '../../../flows/lists/entry.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { silentLogger } from '../../../src/log.ts';
import { NewerRecord } from '../../../src/newer.ts';
import { createDealIndex, type DealIndex } from '../../../src/streams/deal-index.ts';
import { traced } from '../../../src/trace.ts';
import { StoreFault, type EventStore } from '../../../store/event-store.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { plainSummary } from '../../support/kept-summary.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

let acts = 0;
const act = async (deal: string, command: DealCommand, actor = 'rep-1'): Promise<void> => {
  acts += 1;
  const outcome = await at.deals.handle(deal, command, { actor, cause: `index-${acts}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const withdraw = (deal: string): Promise<void> => act(deal, { type: 'Withdraw', reason: 'The customer went away.' });

interface Watched {
  index: DealIndex;
  /** Deals whose states were read. */
  states: string[];
  /** Deals whose summaries were asked for. */
  asked: string[];
}

const watched = (store: EventStore = at.store, organisation: () => Organisation = anOrganisation): Watched => {
  const [states, asked]: [string[], string[]] = [[], []];
  const index = createDealIndex({
    store: {
      ...store,
      summaries: (streams) => {
        asked.push(...streams);
        return store.summaries(streams);
      },
    },
    deals: {
      view: (id) => {
        states.push(id);
        return at.deals.view(id);
      },
    },
    logger: silentLogger,
    organisation,
  });
  return { index, states, asked };
};

it('reads what another act wrote, though this one has read the deal before', async () => {
  const deal = await at.openDeal();
  const { index } = at.desk;
  expect((await index()).map(({ id, open }) => [id, open])).toEqual([[deal, true]]);
  await traced('A', async () => {
    await at.deals.view(deal);
    await traced('B', () => withdraw(deal));
    expect((await index()).map(({ open, over }) => [open, over])).toEqual([[false, true]]);
  });
  expect((await index()).map(({ open, over }) => [open, over])).toEqual([[false, true]]);
});

it('is filled without a state, and reads only what was written since', async () => {
  const ids = (await Promise.all(Array.from({ length: 5 }, () => at.openDeal()))).toSorted();
  const { index, states, asked } = watched();
  expect((await index()).map(({ id }) => id)).toEqual(ids);
  expect(asked.toSorted()).toEqual(ids);
  asked.length = 0;
  await index();
  expect(asked).toEqual([]);
  const [first = '', second = ''] = ids;
  await withdraw(second);
  const before = await index();
  expect(before.map(({ over }) => over)).toEqual([false, true, false, false, false]);
  expect(asked).toEqual([second]);
  const added = await at.openDeal();
  await at.store.erase(first);
  expect((await index()).map(({ id }) => id)).toEqual([...ids.slice(1), added].toSorted());
  // Whoever goes through them goes on with those of a moment ago.
  expect(before).toHaveLength(5);
  expect(states).toEqual([]);
});

it('shows what was written while it was looking', async () => {
  const deal = await at.openDeal();
  const { index } = watched();
  await index();
  const looking = index();
  await withdraw(deal);
  const [then] = await index();
  expect(then?.over).toBe(true);
  await looking;
});

it('says the same of a deal as its state', async () => {
  const deal = await at.openDeal();
  await at.answerAll(deal, { 'H-RF1': 'yes' });
  await at.openDeal();
  const { index } = watched();
  for (const { id, summary, said } of [...(await index())].map((one) => ({
    ...one,
    id: one.id,
    summary: one.summary,
    said: index.said([one.id]),
  }))) {
    const view = await at.deals.view(id);
    if (!view) throw new Error('there is no such deal');
    const own = entryOf(view).summary;
    expect(plainSummary(summary, own)).toEqual(own);
    const found = (await said).get(id);
    expect({ ...found, otherwise: found?.otherwise }).toEqual(saidElsewhere(view));
  }
});

describe('where summaries were changed outside Clearthread', () => {
  const sql = (text: string, ...values: unknown[]): void =>
    void at.folder
      .raw()
      .prepare(text)
      .run(...values);
  let one: string;
  let other: string;
  beforeEach(async () => {
    [one, other] = [await at.openDeal(), await at.openDeal()];
    await at.answerAll(one, { 'H-RF1': 'yes' });
    await withdraw(other);
  });

  it.each([
    [
      'swapped',
      () => {
        sql('CREATE TABLE kept AS SELECT * FROM summaries');
        sql('UPDATE summaries SET summary = (SELECT summary FROM kept WHERE kept.stream <> summaries.stream)');
      },
    ],
    ['deleted', () => sql('DELETE FROM summaries')],
    ['cut', () => sql('UPDATE summaries SET summary = substr(summary, 1, length(summary) - 4)')],
    ['made older', () => sql('UPDATE summaries SET version = version - 1')],
  ])('and %s, it is as the states are', async (_how, change) => {
    const whole = (await watched().index()).map(({ summary }) => summary);
    change();
    const { index, states } = watched();
    expect((await index()).map(({ summary }) => summary)).toEqual(whole);
    expect(states.toSorted()).toEqual([one, other].toSorted());
    // What moves has a summary again.
    await act(one, { type: 'Withdraw', reason: 'They went away, too.' });
    states.length = 0;
    await index();
    expect(states).toEqual([]);
  });

  it('is as the states are where another version wrote them in another shape', async () => {
    const newer: EventStore = {
      ...at.store,
      summaries: async (streams) =>
        (await at.store.summaries(streams)).map((found) => ({
          ...found,
          summary: { ...(found.summary as object), format: 99, summary: { id: 'D-WRONG1' } },
        })),
    };
    const { index, states } = watched(newer);
    expect((await index()).map(({ id }) => id)).toEqual([one, other].toSorted());
    expect(states).toHaveLength(2);
  });

  it('lists them all once more after a while', async () => {
    const index = createDealIndex({
      store: { ...at.store, changed: async () => ({ streams: [], next: '0', more: false }) },
      deals: at.deals,
      logger: silentLogger,
      organisation: anOrganisation,
      listEveryMs: 0,
    });
    expect(await index()).toHaveLength(2);
    const third = await at.openDeal();
    await at.store.erase(other);
    expect((await index()).map(({ id }) => id)).toEqual([one, third].toSorted());
  });
});

it('keeps nothing of an erased deal in memory, not even to share it', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const erased = await at.openDeal();
  const { index } = watched();
  /** In a function of its own, so that nothing here holds what it looks at. */
  const look = async (): Promise<WeakRef<object>[]> => {
    const [deal] = await index();
    const said = (await index.said([erased])).get(erased);
    if (!deal || !said) throw new Error('there is no such deal');
    return [deal, deal.summary.product, deal.summary.home, said, said.products].map((each) => new WeakRef(each));
  };
  const kept = await look();
  await at.store.erase(erased);
  expect(await index()).toEqual([]);
  await expect
    .poll(() => {
      collect();
      // What is compared is kept by the comparison.
      return kept.map((each) => each.deref() !== undefined);
    })
    .toEqual(kept.map(() => false));
});

describe('a deal whose state can not be read', () => {
  let deal: string;
  let fault: Error | undefined;
  beforeEach(async () => {
    deal = await at.openDeal();
    fault = undefined;
  });
  /** Of a store without summaries, unless they are asked of it again. */
  const failing = (summaries: () => boolean = () => false): DealIndex =>
    createDealIndex({
      store: { ...at.store, summaries: async (ids) => (summaries() ? at.store.summaries(ids) : []) },
      deals: {
        view: async (id) => {
          if (fault && id === deal) throw fault;
          return at.deals.view(id);
        },
      },
      logger: silentLogger,
      organisation: anOrganisation,
    });
  const idsIn = async (index: DealIndex): Promise<string[]> => (await index()).map(({ id }) => id);

  it('is not left out where the store only failed: whoever asked hears of it, and may ask again', async () => {
    const other = await at.openDeal();
    const index = failing();
    fault = new StoreFault('timeout', 'not done', 'No answer.');
    await expect(index()).rejects.toThrow('No answer.');
    fault = undefined;
    expect(await idsIn(index)).toEqual([deal, other].toSorted());
    await withdraw(deal);
    fault = new StoreFault('timeout', 'not done', 'No answer.');
    await expect(index()).rejects.toThrow('No answer.');
    fault = undefined;
    expect((await index()).find(({ id }) => id === deal)).toMatchObject({ over: true });
  });

  it('is left out alone where it is damaged', async () => {
    const other = await at.openDeal();
    fault = new StoreFault('damaged', 'not done', 'It was changed.');
    expect(await idsIn(failing())).toEqual([other]);
  });

  it('is no newer one any more once it can be read, by its state or its summary, or is gone', async () => {
    for (const [summaries, end] of [
      [false, withdraw],
      [true, (id: string) => act(id, { type: 'Withdraw', reason: 'They went away, too.' })],
      [false, (id: string) => at.store.erase(id)],
    ] as const) {
      deal = await at.openDeal();
      let answers = false;
      const index = failing(() => answers);
      fault = new NewerRecord(deal, 1);
      expect(await idsIn(index)).not.toContain(deal);
      expect(index.newer()).toEqual([deal]);
      fault = summaries ? fault : undefined;
      answers = summaries;
      await end(deal);
      await index();
      expect(index.newer()).toEqual([]);
    }
  });

  it('is named itself where what it rests on is newer', async () => {
    const index = failing();
    fault = new NewerRecord('register:holds', 1);
    await index();
    expect(index.newer()).toEqual([deal]);
  });
});

it('hears of products by the catalogue of today, and reads no state for it', async () => {
  const deal = await at.openDeal();
  let listed = anOrganisation();
  const { index, states } = watched(at.store, () => listed);
  const products = async () => (await index.said([deal])).get(deal)?.products;
  expect(await products()).toEqual(['analytics']);
  listed = anOrganisation({ products: listed.products.map((product) => ({ ...product, id: 'analysis' })) });
  expect(await products()).toEqual(['analytics', 'analysis']);
  expect(states).toEqual([]);
});
