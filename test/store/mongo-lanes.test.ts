/** Long lanes: the document of a lane stays small, its order holds, and a lost line in between loses and doubles nothing. */

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventStore, NewOutboxRow } from '../../store/event-store.ts';
import { startMongoDouble, type Fate, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';
import { AT, fact, later, live, write } from '../support/store-samples.ts';

let double: MongoDouble;
let database: MongoDatabase;
const begin = async (kind: 'single' | 'replica set' = 'replica set'): Promise<void> => {
  double = await startMongoDouble(kind);
  database = mongoDatabase({ uri: (name) => `${double.address}/${name}?minPoolSize=1` });
};
const end = async (): Promise<void> => {
  double.fate = () => undefined;
  await database.remove();
  await double.close();
};

const LANE = 'person:rep-1';
const facts = (from: number, count: number): NewOutboxRow[] =>
  Array.from({ length: count }, (_, n) => fact(`n-${from + n}`, LANE));

describe('a lane of 1,500 messages', () => {
  afterEach(end);

  it('is sent in order, and no step writes them all', async () => {
    await begin();
    const store = await database.open();
    let most = 0;
    double.fate = (command, of, asked) => {
      if (of === 'lanes' && command !== 'find') most = Math.max(most, JSON.stringify(asked).length);
      return undefined;
    };
    for (let n = 0; n < 5; n += 1) await write(store, 'D-1', facts(n * 300, 300));
    await expect.poll(async () => (await store.outboxBacklog(AT)).owed).toBe(1500);
    const sent: string[] = [];
    for (let n = 0; n < 160; n += 1) {
      const [row, other] = await store.claim(AT, 1000, 2);
      expect(other).toBeUndefined();
      sent.push(row?.id ?? '');
      if (row) await store.settle(row, row.version, row.attempts);
    }
    expect(sent).toEqual(Array.from({ length: 160 }, (_, n) => `n-${n}`));
    expect((await store.outboxBacklog(AT)).owed).toBe(1340);
    expect(most).toBeLessThan(100_000);
  });

  it('keeps what was given up where it can be listed, tried again and dropped', async () => {
    await begin();
    const store = await database.open({ laneRows: 4 });
    await write(store, 'D-1', facts(0, 30));
    for (let n = 0; n < 30; n += 1) {
      const [row] = await store.claim(AT, 1000, 1);
      if (row) await store.fail(row, 'channel_not_found', row.attempts);
    }
    const listed = async () => (await store.outboxProblems()).map(({ id }) => Number(id.slice(2)));
    expect((await listed()).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(await store.outboxBacklog(AT)).toMatchObject({ owed: 0, failed: 30 });
    expect(await store.claim(later(9), 1000, 9)).toEqual([]);
    // By its name, and by its id alone.
    expect(await store.again({ id: 'n-0', lane: LANE }, AT)).toBe('ready');
    expect(await store.again('n-1', AT)).toBe('ready');
    expect(await store.again('n-29', AT)).toBe('ready');
    const sent = [];
    for (let n = 0; n < 3; n += 1) {
      const [row] = await store.claim(AT, 1000, 1);
      sent.push(row?.id);
      if (row) await store.settle(row, row.version, row.attempts);
    }
    expect(new Set(sent)).toEqual(new Set(['n-0', 'n-1', 'n-29']));
    await store.settle({ id: 'n-2', lane: LANE }, Number.MAX_SAFE_INTEGER);
    await store.settle('n-3', Number.MAX_SAFE_INTEGER);
    expect((await listed()).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, n) => n + 4));
    expect(await store.outboxBacklog(AT)).toMatchObject({ owed: 0, failed: 25 });
  });

  it('lets an urgent message through bulk, however far back it stands, and no bulk of another lane before it', async () => {
    await begin();
    const store = await database.open({ laneRows: 3 });
    const bulk = (id: string, lane: string) => ({ ...fact(id, lane), bulk: true });
    await write(store, 'D-1', [bulk('other', 'person:b')]);
    await write(
      store,
      'D-2',
      Array.from({ length: 9 }, (_, n) => bulk(`n-${n}`, LANE)),
    );
    expect(await store.claim(AT, 1000, 1)).toMatchObject([{ id: 'other', bulk: true }]);
    await store.release('other', AT, 0);
    await write(store, 'D-2', [fact('urgent', LANE)]);
    const sent: (string | boolean)[] = [];
    for (let n = 0; n < 10; n += 1) {
      const [row] = await store.claim(AT, 1000, 1);
      sent.push(row?.id ?? '', row?.bulk ?? false);
      if (row) await store.settle(row, row.version, row.attempts);
    }
    expect(sent).toEqual([...Array.from({ length: 9 }, (_, n) => [`n-${n}`, false]).flat(), 'urgent', false]);
    expect(await store.claim(AT, 1000, 9)).toMatchObject([{ id: 'other' }]);
  });
});

/** Each gap: so many commands later, the line breaks in that way. */
const breaks = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 25 }), fc.constantFrom<Fate>('cut before', 'cut after', 'reset before')),
  { minLength: 1, maxLength: 12 },
);

const breaking = (all: readonly (readonly [number, Fate])[]): MongoDouble['fate'] => {
  const left = [...all];
  let seen = 0;
  return (command, of) => {
    const [next] = left;
    if (!next || !['lanes', 'lane_overflow'].includes(of) || command === 'createIndexes') return undefined;
    seen += 1;
    if (seen < next[0]) return undefined;
    left.shift();
    seen = 0;
    return next[1];
  };
};

const persist = async <T>(act: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries > 40) throw error;
    }
  }
};

describe('with a line that breaks', () => {
  it('every message is sent in order, and none again after the next one', async () => {
    const play = async (all: readonly (readonly [number, Fate])[]): Promise<void> => {
      await begin('single');
      try {
        let now = Date.now();
        const open = (): Promise<EventStore> =>
          database.open({ laneRows: 3, now: () => new Date(now).toISOString(), measure: false });
        const stores = [await open(), await open()] as const;
        double.fate = breaking(all);
        const commits = [facts(0, 5), facts(5, 2), facts(7, 9), [live('live:D-1:root', LANE), ...facts(16, 4)]];
        for (const [n, rows] of commits.entries()) {
          await persist(() => write(stores[n % 2 === 0 ? 0 : 1], `D-${n}`, rows));
          now += 60_000;
          await persist(() => stores[1].catchUp(50));
        }
        const sent: string[] = [];
        for (let n = 0; n < 400 && (await persist(() => stores[0].nextReady())) !== null; n += 1) {
          const store = stores[n % 2 === 0 ? 0 : 1];
          now += 60_000;
          const [row] = await persist(() => store.claim(new Date(now).toISOString(), 1000, 1));
          if (!row) continue;
          sent.push(row.id);
          await persist(() => store.settle(row, row.version, row.attempts));
        }
        const ids = sent.filter((id, n) => id !== sent[n - 1]);
        const inOrder = commits.flat().map(({ id }) => id);
        expect(ids).toEqual(inOrder);
        double.fate = () => undefined;
        const db = (await database.raw()).db();
        expect(await db.collection('lane_overflow').find().toArray()).toEqual([]);
        expect(await db.collection('lanes').find().toArray()).toEqual([]);
      } finally {
        await end();
      }
    };
    const cut = (...gaps: number[]): [number, Fate][] => gaps.map((gap) => [gap, 'cut before']);
    await fc.assert(fc.asyncProperty(breaks, play), {
      numRuns: 6,
      examples: [[cut(2, 4)], [cut(1, 3, 3)]],
    });
  }, 180_000);
});
