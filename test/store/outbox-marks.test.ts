/** Outbox rows that somebody changes without the data key: found when they are claimed, and by the daily look. */

import fc from 'fast-check';
import type { Document } from 'mongodb';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore, OwedRows, RowLead } from '../../store/event-store.ts';
import { seal } from '../../store/seal.ts';
import { DATA_KEY_CHECK } from '../../store/stream-key.ts';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { fact, later, live, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
const LEASE = 60_000;
/** Few enough that some rows of a long lane wait further back, in the engine that does so. */
const NEAR = 4;

type Changes = Readonly<Record<string, string | number | boolean | null>>;

interface Bench {
  open: () => Promise<EventStore>;
  /** Changes members of a row, wherever it lies. */
  edit: (id: string, changes: Changes) => Promise<void>;
  /** Takes all marks away, and says that the database is of an older version. */
  age: (check: string) => Promise<void>;
  close: () => Promise<void>;
}

const COLUMNS: Readonly<Record<string, string>> = { askedAt: 'asked_at', readyAt: 'ready_at', errorAt: 'error_at' };

const sqlite = async (): Promise<Bench> => {
  const folder = sqliteFolder();
  return {
    open: async () => folder.open(),
    edit: async (id, changes) => {
      for (const [name, value] of Object.entries(changes)) {
        const stored = typeof value === 'boolean' ? Number(value) : value;
        folder
          .raw()
          .prepare(`UPDATE outbox SET ${COLUMNS[name] ?? name} = ? WHERE id = ?`)
          .run(stored, id);
      }
    },
    age: async (check) => {
      folder.raw().exec('UPDATE outbox SET mark = NULL');
      folder.raw().prepare('UPDATE meta SET value = ? WHERE key = ?').run(check, DATA_KEY_CHECK);
    },
    close: folder.remove,
  };
};

const mongo = async () => {
  const database = mongoDatabase(server);
  const client = await database.raw();
  const of = (name: string) => client.db().collection<{ _id: string } & Document>(name);
  const put = async (name: string, _id: string, changes: Document) =>
    void (await of(name).updateOne({ _id }, { $set: changes }, DURABLE));
  const edit: Bench['edit'] = async (id, { lane: to, ...changes }) => {
    const near = await of('lanes').findOne({ 'rows.id': id });
    if (near) {
      const rows = (near['rows'] as Document[]).map((row) => (row['id'] === id ? { ...row, ...changes } : row));
      const gone = rows.filter((row) => row['id'] !== id || to === undefined);
      await put('lanes', near._id, { rows: gone });
      // A row's lane is the document that it lies in.
      if (typeof to === 'string') {
        const moved = { _id: to, token: 'x', rows: rows.filter((row) => row['id'] === id) };
        await of('lanes').insertOne({ ...moved, at: '1970-01-01', bulk: false, place: 1, problems: 0 }, DURABLE);
      }
      return;
    }
    const aside = await of('lane_overflow').findOne({ 'row.id': id });
    if (!aside) throw new Error(`there is no row ${id}`);
    await put('lane_overflow', aside._id, { row: { ...(aside['row'] as Document), ...changes } });
  };
  return {
    of,
    put,
    cut: () => database.open({ laneRows: NEAR, cut: dies }),
    open: () => database.open({ laneRows: NEAR }),
    later: () =>
      database.open({ laneRows: NEAR, now: () => new Date(Date.now() + 60_000).toISOString(), measure: false }),
    edit,
    age: async (check: string) => {
      for (const { _id, rows } of await of('lanes').find().toArray()) {
        await put('lanes', _id, { rows: (rows as Document[]).map(({ mark: _mark, ...row }) => row) });
      }
      for (const { _id, row } of await of('lane_overflow').find().toArray()) {
        const { mark: _mark, ...bare } = row as Document;
        await put('lane_overflow', _id, { row: bare });
      }
      for (const { _id, pending } of await of('commits').find({ projected: false }).toArray()) {
        const { rows, ...same } = pending as { rows: Document[] };
        await put('commits', _id, { pending: { ...same, rows: rows.map(({ mark: _mark, ...row }) => row) } });
      }
      await put('meta', DATA_KEY_CHECK, { value: check });
    },
    close: database.remove,
  };
};

const dies = (): never => {
  throw new Error('the end of the process');
};

const changedIn = async (store: EventStore): Promise<string[]> => {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.checkRows(after, 2);
    found.push(...page.changed.map(({ lead }) => lead?.id ?? 'no row'));
    after = page.next;
  } while (after !== undefined);
  const audited = await store.verifyRows(DATA_KEY);
  expect(new Set(audited.kind === 'checked' ? audited.changed.map(({ lead }) => lead?.id ?? 'no row') : [])).toEqual(
    new Set(found),
  );
  // A lane may be named by each page that has rows of it.
  return [...new Set(found)].toSorted();
};

const FAR = '2999-01-01T00:00:00.000Z';
/** Each member that a mark covers, and how an intruder would have it. `claimed`: whether it still comes to be claimed. */
const EDITS: readonly [name: string, changes: Changes, claimed: boolean][] = [
  ['another id', { id: 'n-9' }, true],
  ['another kind', { kind: 'live' }, true],
  ['another lane', { lane: 'person:rep-9' }, true],
  ['another deal', { stream: 'D-2' }, true],
  ['another version', { version: 1 }, true],
  ['another place', { notice: '{"mirror":"slack","home":{"platform":"slack","channel":"C9"}}' }, true],
  ['no notice at all', { notice: '{' }, true],
  ['another trace', { trace: 'TRACE999' }, true],
  ['another time', { askedAt: '2020-01-01T00:00:00.000Z' }, true],
  ['been given up', { state: 'failed' }, false],
  ['a lease for ever', { state: 'leased', readyAt: FAR }, false],
  ['been put off', { readyAt: FAR }, false],
  ['almost all its tries behind it', { attempts: 11 }, true],
  ['had an error', { error: 'gone' }, true],
  ['had one then', { errorAt: FAR }, true],
  ['another mark', { mark: 'x' }, true],
  ['no mark', { mark: null }, true],
];

const owedBy = (version: number, rows: OwedRows['rows']): OwedRows => ({ stream: 'D-1', version, at: later(0), rows });

const ENGINES: Readonly<Record<string, () => Promise<Bench>>> = {
  SQLite: sqlite,
  [`MongoDB (${server.which})`]: mongo,
};

describe.each(Object.entries(ENGINES))('%s tells an owed message', (_, start) => {
  let bench: Bench;
  let store: EventStore;
  const own = fact('n-1', 'person:rep-1', {});
  const lead: RowLead = { id: 'n-1', lane: 'person:rep-1', stream: 'D-1', version: 2 };
  beforeEach(async () => {
    bench = await start();
    store = await bench.open();
    await write(store, 'D-1');
    await write(store, 'D-1', [own]);
    await write(store, 'D-2', [live('live:D-2:root', 'thread:D-2')]);
  });
  afterEach(() => bench.close());

  it.each(EDITS)('that has %s by the look, and by its claim', async (_name, changes, claimed) => {
    expect(await changedIn(store)).toEqual([]);
    await bench.edit('n-1', changes);
    const id = typeof changes['id'] === 'string' ? changes['id'] : 'n-1';
    const lane = typeof changes['lane'] === 'string' ? changes['lane'] : 'person:rep-1';
    store = await bench.open();
    expect((await changedIn(store)).filter((name) => name !== '')).toEqual([id]);
    const given = await store.claim(later(0), LEASE, 10);
    expect(given.find((row) => row.id === id)).toEqual(
      claimed ? expect.objectContaining({ id, lane, changed: true, notice: null }) : undefined,
    );
    expect(given.find((row) => row.id === 'live:D-2:root')).not.toHaveProperty('changed');
    // What it was is made anew of its commit, and counts as tried: it may have been sent.
    await store.renew({ id, lane }, [owedBy(2, [own])]);
    await store.renew({ id: '', lane }, []);
    expect(await changedIn(store)).toEqual([]);
    expect(await store.claim(later(0), LEASE, 10)).toEqual([{ ...lead, kind: 'fact', notice: {}, attempts: 1 }]);
    await store.settle(own, 2, 1);
    expect(await store.outboxBacklog(later(9))).toMatchObject({ owed: 1, failed: 0 });
  });

  it('that was only put elsewhere in line, as nothing that matters: it is sent', async () => {
    await bench.edit('n-1', { place: 999_999_999, bulk: true });
    expect((await changedIn(store)).filter((name) => name !== '')).toEqual([]);
    await store.renew({ id: '', lane: own.lane }, []);
    expect((await store.claim(later(0), LEASE, 10)).map((row) => [row.id, row.changed])).toContainEqual([
      'n-1',
      undefined,
    ]);
  });

  it('whose own acts give a changed row no mark that fits', async () => {
    const acts: (() => Promise<unknown>)[] = [
      () => store.retry(lead, later(1), 'ratelimited'),
      () => store.fail(lead, 'gone'),
      () => store.again(lead, later(1)),
      () => store.claim(later(1), LEASE, 10),
      () => store.release(lead, later(1), 0),
      () => write(store, 'D-1', [live('n-1', 'person:rep-1')]),
      () => write(store, 'D-1', [{ ...fact('n-5', 'person:rep-1'), bulk: false }]),
      () => store.settle(lead, 1),
    ];
    await bench.edit('n-1', { kind: 'live', version: 1 });
    for (const act of acts) {
      await act();
      expect(await changedIn(store)).toEqual(['n-1']);
    }
  });

  it('that was given up as changed, until it is made anew', async () => {
    await bench.edit('n-1', { stream: 'D-9', version: 7 });
    await store.claim(later(0), LEASE, 10);
    await store.fail(lead, 'changed_row');
    expect(await changedIn(store)).toEqual(['n-1']);
    expect(await store.outboxProblems()).toMatchObject([{ id: 'n-1', state: 'failed', error: 'changed_row' }]);
    expect(await store.again(lead, later(1))).toBe('ready');
    expect(await store.claim(later(1), LEASE, 1)).toMatchObject([{ id: 'n-1', changed: true }]);
    expect(await store.renew(lead, [owedBy(2, [own])])).toBe(true);
    expect(await store.renew(lead, [owedBy(2, [own])])).toBe(false);
    expect(await changedIn(store)).toEqual([]);
    await bench.edit('n-1', { stream: 'D-9' });
    expect(await store.renew(lead, [])).toBe(true);
    expect(await store.outboxBacklog(later(1))).toMatchObject({ owed: 1, failed: 0 });
  });

  it('beside others of its commit that nobody knew of any more', async () => {
    await bench.edit('n-1', { id: 'n-2' });
    const other = fact('n-3', 'person:rep-3', {});
    expect(await store.renew({ id: 'n-2', lane: own.lane }, [owedBy(2, [own, other])])).toBe(true);
    const given = await store.claim(later(0), LEASE, 10);
    expect(given.map(({ id }) => id).toSorted()).toEqual(['live:D-2:root', 'n-1', 'n-3']);
    expect(await changedIn(store)).toEqual([]);
  });

  it.each(['clearthread', 'clearthread, rows marked'])(
    'of an older version (%s) by the mark that the first start gives it, once',
    async (check) => {
      for (let n = 2; n < 3 * NEAR; n += 1) await write(store, 'D-1', [fact(`n-${n}`, 'person:rep-1')]);
      await bench.age(seal(DATA_KEY, check, { what: 'data key check' }));
      expect((await store.verifyRows(DATA_KEY)).kind).toBe(check === 'clearthread' ? 'not yet' : 'checked');
      store = await bench.open();
      expect(await changedIn(store)).toEqual([]);
      await bench.edit('n-2', { mark: null });
      store = await bench.open();
      expect(await changedIn(store)).toEqual(['n-2']);
    },
  );

  it('by a mark that every act of its own keeps up', async () => {
    const act = fc.record({
      what: fc.constantFrom('write', 'write', 'claim', 'settle', 'retry', 'fail', 'release', 'again', 'drop'),
      id: fc.integer({ min: 0, max: 7 }),
      lane: fc.integer({ min: 0, max: 1 }),
      bulk: fc.boolean(),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        round += 1;
        let minute = 0;
        for (const { what, id, lane, bulk } of acts) {
          minute += 1;
          const row = { id: `${round}-${id}`, lane: `lane-${round}-${lane}` };
          const asked = { ...(id < 4 ? live : fact)(row.id, row.lane), bulk };
          if (what === 'write') await write(store, 'D-3', [asked, fact(`${round}-${minute}-x`, row.lane)]);
          else if (what === 'claim') await store.claim(later(minute), LEASE, 3);
          else if (what === 'settle') await store.settle(row, 1);
          else if (what === 'retry') await store.retry(row, later(minute), 'ratelimited');
          else if (what === 'fail') await store.fail(row, 'gone');
          else if (what === 'release') await store.release(row, later(minute), 0);
          else if (what === 'again') await store.again(row, later(minute));
          else await store.settle(row, Number.MAX_SAFE_INTEGER);
        }
        expect(await changedIn(store)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

describe(`MongoDB (${server.which}) tells what lies around the rows`, () => {
  let bench: Awaited<ReturnType<typeof mongo>>;
  let store: EventStore;
  beforeEach(async () => {
    bench = await mongo();
    store = await bench.open();
    for (let n = 1; n <= 2 * NEAR; n += 1) await write(store, 'D-1', [fact(`n-${n}`, 'thread:D-1')]);
  });
  afterEach(() => bench.close());

  const sent = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (;;) {
      const [row] = await store.claim(later(0), LEASE, 1);
      if (!row) return ids;
      if (row.changed) throw new Error(`${row.id} was changed`);
      ids.push(row.id);
      await store.settle(row, row.version, row.attempts);
    }
  };
  const all = Array.from({ length: 2 * NEAR }, (_, n) => `n-${n + 1}`);

  it.each<[Document]>([[{ at: FAR }], [{ bulk: true }], [{ place: 5 }], [{ problems: 3 }], [{ rows: 'none' }]])(
    'a lane that says %j',
    async (changes) => {
      await bench.put('lanes', 'thread:D-1', changes);
      expect(await changedIn(store)).toEqual(['']);
      await store.renew({ id: '', lane: 'thread:D-1' }, []);
      expect(await changedIn(store)).toEqual([]);
      expect(await sent()).toEqual('rows' in changes ? all.slice(NEAR) : all);
    },
  );

  it('a lane that hides what waits further back', async () => {
    await bench.put('lanes', 'thread:D-1', { more: false });
    // What was put there a moment ago may not have been said yet.
    expect(await changedIn(store)).toEqual([]);
    for (const { _id, row } of await bench.of('lane_overflow').find().toArray()) {
      const place = Number((row as Document)['place']) - 3_600_000_000;
      await bench.put('lane_overflow', _id, { place, row: { ...(row as Document), place } });
    }
    expect(await changedIn(store)).toEqual(['']);
    await store.renew({ id: '', lane: 'thread:D-1' }, []);
    expect(await changedIn(store)).toEqual([]);
    expect((await sent()).toSorted()).toEqual(all.toSorted());
  });

  it.each<[Document]>([[{ failed: true }], [{ place: 1 }], [{ lane: 'thread:D-2' }]])(
    'a row further back whose document says %j',
    async (changes) => {
      await bench.put('lane_overflow', `thread:D-1 n-${2 * NEAR}`, changes);
      expect(await changedIn(store)).toEqual([`n-${2 * NEAR}`]);
      await store.renew({ id: `n-${2 * NEAR}`, lane: 'thread:D-1' }, []);
      expect(await changedIn(store)).toEqual([]);
      expect(await sent()).toEqual(all);
    },
  );

  it('what a commit still owes, which nobody marks later on', async () => {
    const dying = await bench.cut();
    for (const [stream, version] of [['D-8', 0] as const, ['D-9', 0] as const]) {
      const rows = [fact(`${stream}-1`, `thread:${stream}`)];
      await dying.append(sampleCommit(stream, version), sampleProjection(1, rows)).catch(() => {});
    }
    const [owed] = await bench.of('commits').find({ stream: 'D-9' }).toArray();
    const { rows, ...same } = (owed as Document)['pending'] as { rows: Document[] };
    const [{ mark: _mark, ...row } = {}] = rows;
    await bench.put('commits', 'D-9/1', { pending: { ...same, rows: [{ ...row, stream: 'D-1' }] } });
    store = await bench.later();
    await store.catchUp(10);
    expect(await changedIn(store)).toEqual(['D-9-1']);
  });
});
