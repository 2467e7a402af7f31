/** The auditor's walk beside the outbox and the chats: each engine shows a replay what is owed and what was sent. */

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore, GoneMessage, OutboxSeen, Owing, Replays, StreamReplay } from '../../store/event-store.ts';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { fact, later, live, sampleReplays, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

interface Bench {
  store: EventStore;
  close: () => Promise<void>;
}

const ENGINES: Readonly<Record<string, () => Promise<Bench>>> = {
  SQLite: async () => {
    const folder = sqliteFolder();
    return { store: folder.open(), close: folder.remove };
  },
  [`MongoDB (${server.which})`]: async () => {
    const database = mongoDatabase(server);
    return { store: await database.open({ laneRows: 2 }), close: database.remove };
  },
};

describe.each(Object.entries(ENGINES))('%s shows a replay', (_, open) => {
  let bench: Bench;
  let store: EventStore;
  let shown: Map<string, { rows: readonly OutboxSeen[]; refs: string[] }>;
  let moved: [string, string | null][];
  beforeEach(async () => {
    bench = await open();
    ({ store } = bench);
    shown = new Map();
    moved = [];
    for (let n = 1; n <= 4; n += 1) await write(store, 'D-1', [fact(`n-${n}`, 'thread:D-1')]);
    await write(store, 'D-2', [live('live:D-2:root', 'thread:D-2')]);
    await store.saveRef('D-1', 'root', { channel: 'C1', message: '1' });
    await store.saveRef('D-1', 'n-0', { channel: 'C1', message: '2' });
    await store.saveRef('D-11', 'root', { channel: 'C1', message: '3' });
    await store.saveRef('D-1"', 'root', { channel: 'C1', message: '4' });
  });
  afterEach(() => bench.close());

  const replaysWith =
    (judge: (stream: string) => Owing): Replays =>
    (stream) => ({
      ...(sampleReplays(stream) as StreamReplay),
      moved: (nextDueAt) => void moved.push([stream, nextDueAt]),
      owed: (rows, refs) => {
        shown.set(stream, { rows, refs: [...refs].toSorted((a, b) => a.localeCompare(b)) });
        return judge(stream);
      },
    });
  const nothing = (): Owing => ({ wrong: [], gone: [] });
  const seen = (n: number): OutboxSeen => ({
    id: `n-${n}`,
    kind: 'fact',
    lane: 'thread:D-1',
    stream: 'D-1',
    version: n,
  });

  it('the rows of its stream, near and further back, and what of it stands in a chat', async () => {
    expect(await store.verifyStates(DATA_KEY, replaysWith(nothing))).toMatchObject({ kind: 'whole', compared: 2 });
    const { rows = [], refs } = shown.get('D-1') ?? {};
    expect(rows.toSorted((a, b) => a.version - b.version)).toEqual([1, 2, 3, 4].map(seen));
    expect(refs).toEqual(['n-0', 'root']);
    expect(shown.get('D-2')).toMatchObject({ rows: [{ id: 'live:D-2:root', version: 1 }], refs: [] });
  });

  it('and stops where that finds a row that nobody owes', async () => {
    const judge = (stream: string): Owing =>
      stream === 'D-1' ? { wrong: [{ version: 3, detail: 'It is another.' }], gone: [] } : nothing();
    const found = { kind: 'broken', stream: 'D-1', version: 3, what: 'edited', detail: 'It is another.' };
    expect(await store.verifyStates(DATA_KEY, replaysWith(judge))).toEqual(found);
  });

  it('nothing of an erased stream, whose rows are no strays', async () => {
    await store.erase('D-1');
    expect(await store.verifyStates(DATA_KEY, replaysWith(nothing))).toMatchObject({ kind: 'whole', erased: 1 });
    expect([...shown.keys()]).toEqual(['D-2']);
  });

  it('a due time that is not the commit’s', async () => {
    await store.setDue('D-2', 1, later(9));
    expect(await store.verifyStates(DATA_KEY, replaysWith(nothing))).toMatchObject({ kind: 'whole', moved: 1 });
    expect(moved).toEqual([['D-2', later(9)]]);
  });

  it('and names what is gone', async () => {
    const gone: GoneMessage[] = [];
    const lost = { version: 2, id: 'n-9', key: 'n-9' };
    const judge = (stream: string): Owing => ({ wrong: [], gone: stream === 'D-1' ? [lost] : [] });
    const found = await store.verifyStates(DATA_KEY, replaysWith(judge), (message) => void gone.push(message));
    expect(found).toMatchObject({ kind: 'whole' });
    expect(gone).toEqual([{ stream: 'D-1', ...lost }]);
  });
});

describe(`MongoDB (${server.which}), where bots go on during the walk`, () => {
  const database = mongoDatabase(server);
  afterAll(() => database.remove());

  it('takes for gone neither what was asked for meanwhile, nor what was sent, nor what is about to be projected', async () => {
    const store = await database.open();
    await write(store, 'D-1', [fact('n-1', 'thread:D-1'), fact('n-2', 'thread:D-1')]);
    await write(store, 'D-2');
    const raw = (await database.raw()).db();
    const lost = ['n-1', 'n-2', 'n-3', 'n-4'].map((id, n) => ({ version: n + 1, id, key: id }));
    const replays: Replays = (stream) => ({
      ...(sampleReplays(stream) as StreamReplay),
      owed: () => ({ wrong: [], gone: stream === 'D-1' ? lost : [] }),
    });
    await store.settle('n-2', 1);
    await store.saveRef('D-1', 'n-2', { channel: 'C1', message: '1' });
    await write(store, 'D-1');
    await write(store, 'D-1');
    const unfinished = { $set: { projected: false } };
    await raw
      .collection<{ _id: string }>('commits')
      .updateOne({ _id: 'D-1/3' }, unfinished, { writeConcern: { w: 'majority', journal: true } });
    const gone: string[] = [];
    await store.verifyStates(DATA_KEY, replays, ({ id }) => void gone.push(id));
    expect(gone).toEqual(['n-4']);
  });
});
