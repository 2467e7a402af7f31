/** Rows in the clear that somebody changes without the data key: found when they are read, and by the pass. */

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangedRow, EventStore, MessageRef } from '../../store/event-store.ts';
import { rowMarks } from '../../store/row-marks.ts';
import { seal } from '../../store/seal.ts';
import { DATA_KEY_CHECK } from '../../store/stream-key.ts';
import { mongoForger, sqliteForger, type Forger } from '../support/forger.ts';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { later, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

/** By then a commit whose maker died is any bot's to finish. */
const aMinuteOn = (): string => new Date(Date.now() + 60_000).toISOString();

type Change = { value?: string; mark?: string | null };
type RefChange = { channel: string } | { message: string } | { mark: string };
interface Bench {
  open: (now?: () => string) => Promise<EventStore>;
  change: (key: string, change: Change) => Promise<void>;
  forger: Forger;
  changeRef: (stream: string, key: string, change: RefChange) => Promise<void>;
  /** A copy of a ref's row under another stream, its mark included. */
  copyRef: (stream: string, key: string, to: string) => Promise<void>;
  /** Appends as an older bot does that dies before it makes the state, if the engine has such a moment. */
  cutOff: (...append: Parameters<EventStore['append']>) => Promise<void>;
  /** As an older version left it. */
  age: (check: string) => Promise<void>;
  close: () => Promise<void>;
}

const ENGINES: Readonly<Record<string, () => Promise<Bench>>> = {
  SQLite: async () => {
    const folder = sqliteFolder();
    const forger = sqliteForger(folder.raw());
    return {
      forger,
      changeRef: async (stream, key, change) => {
        const [[name, value] = ['', '']] = Object.entries(change);
        folder.raw().prepare(`UPDATE refs SET ${name} = ? WHERE stream = ? AND key = ?`).run(value, stream, key);
      },
      copyRef: async (stream, key, to) => {
        const copy = `INSERT INTO refs SELECT ?, key, channel, message, mark FROM refs WHERE stream = ? AND key = ?`;
        folder.raw().prepare(copy).run(to, stream, key);
      },
      cutOff: async (...append) => void (await folder.open().append(...append)),
      open: async () => folder.open(),
      change: async (key, change) => {
        const names = Object.keys(change).map((name) => `${name} = ?`);
        const update = folder.raw().prepare(`UPDATE conversations SET ${names.join(', ')} WHERE key = ?`);
        update.run(...Object.values(change), key);
      },
      age: async (check) => {
        folder
          .raw()
          .exec('UPDATE conversations SET mark = NULL; UPDATE snapshots SET mark = NULL; UPDATE refs SET mark = NULL');
        folder.raw().prepare('UPDATE meta SET value = ? WHERE key = ?').run(check, DATA_KEY_CHECK);
      },
      close: folder.remove,
    };
  },
  [`MongoDB (${server.which})`]: async () => {
    const database = mongoDatabase(server);
    const client = await database.raw();
    const of = (name: string) => client.db().collection<{ _id: string }>(name);
    return {
      forger: mongoForger(client),
      changeRef: async (stream, key, change) => {
        await of('refs').updateOne({ _id: JSON.stringify([stream, key]) }, { $set: change }, DURABLE);
      },
      copyRef: async (stream, key, to) => {
        const row = await of('refs').findOne({ _id: JSON.stringify([stream, key]) });
        await of('refs').insertOne({ ...row, _id: JSON.stringify([to, key]), stream: to } as never, DURABLE);
      },
      cutOff: async (...append) => {
        const dying = await database.open({
          cut: () => {
            throw new Error('the end of the process');
          },
        });
        await dying.append(...append).catch(() => {});
      },
      open: (now) => database.open(now ? { now } : {}),
      change: async (key, { mark, ...change }) => {
        const set = { ...change, ...(typeof mark === 'string' ? { mark } : {}) };
        await of('conversations').updateOne(
          { _id: key },
          { ...(Object.keys(set).length > 0 ? { $set: set } : {}), ...(mark === null ? { $unset: { mark: '' } } : {}) },
          DURABLE,
        );
      },
      age: async (check) => {
        for (const name of ['conversations', 'snapshots', 'refs']) {
          for (const { _id } of await of(name).find().toArray()) {
            await of(name).updateOne({ _id }, { $unset: { mark: '' } }, DURABLE);
          }
        }
        const owed = await of('commits').find({ projected: false }).toArray();
        for (const { _id, pending } of owed as unknown as { _id: string; pending: { snapshot: object } }[]) {
          const { mark: _mark, ...snapshot } = pending.snapshot as { mark: string };
          await of('commits').updateOne({ _id }, { $set: { pending: { ...pending, snapshot } } }, DURABLE);
        }
        await of('meta').updateOne({ _id: DATA_KEY_CHECK }, { $set: { value: check } }, DURABLE);
      },
      close: database.remove,
    };
  },
};

describe.each(Object.entries(ENGINES))('%s tells the row of a state', (_, start) => {
  let bench: Bench;
  let store: EventStore;
  beforeEach(async () => {
    bench = await start();
    store = await bench.open();
    await write(store, 'D-1', [], { snapshot: { nextDueAt: later(5), tier: 'high' } });
    await write(store, 'D-2');
    await write(store, 'D-3');
    await store.erase('D-3');
    await store.saveConversation('person:rep-1', { to: 'rep-1' });
  });
  afterEach(() => bench.close());

  const changed = async (): Promise<ChangedRow[]> => {
    const found = await store.verifyRows(DATA_KEY);
    if (found.kind !== 'checked') throw new Error(found.kind);
    return found.changed;
  };
  const row = (key: string): ChangedRow => ({ table: 'snapshots', key });

  it('whose due time was put off for ever, by whoever reads it, and setDue mends it', async () => {
    expect(await changed()).toEqual([]);
    for (const nextDueAt of ['2999-01-01T00:00:00.000Z', null]) {
      await bench.forger.putSnapshot('D-1', { nextDueAt });
      expect(await store.due('deal', later(10), 10)).toEqual([]);
      expect(await changed()).toEqual([row('D-1')]);
      expect((await store.load('D-1')).snapshot).toMatchObject({ dueChanged: true, state: { number: 1 } });
      await store.setDue('D-1', 1, later(5));
      expect((await store.load('D-1')).snapshot).not.toHaveProperty('dueChanged');
      expect(await changed()).toEqual([]);
    }
    expect((await store.due('deal', later(10), 10)).map(({ stream }) => stream)).toEqual(['D-1']);
  });

  it.each([
    ['kind', 'other'],
    ['status', 'decided'],
    ['tier', 'low'],
    ['owner', 'rep-2'],
  ])('whose %s in a list is another one', async (column, value) => {
    await bench.forger.putSnapshot('D-2', { [column]: value });
    expect(await changed()).toEqual([row('D-2')]);
  });

  it('by marks that an older version’s rows get once, those on their way among them', async () => {
    await bench.cutOff(sampleCommit('D-2', 1), sampleProjection(2));
    await bench.age(seal(DATA_KEY, 'clearthread', { what: 'data key check' }));
    store = await bench.open();
    expect(await changed()).toEqual([]);
    expect((await store.load('D-2')).version).toBe(2);
    await (await bench.open(aMinuteOn)).catchUp(10);
    expect((await store.load('D-2')).snapshot).toMatchObject({ version: 2 });
    expect(await changed()).toEqual([]);
    await bench.forger.putSnapshot('D-1', { nextDueAt: null });
    store = await bench.open();
    expect(await changed()).toEqual([row('D-1')]);
    await write(store, 'D-1');
    expect(await changed()).toEqual([]);
  });
});

describe.each(Object.entries(ENGINES))('%s tells the place of a message', (_, start) => {
  let bench: Bench;
  let store: EventStore;
  const at = (message: string): MessageRef => ({ channel: 'C1', message });
  beforeEach(async () => {
    bench = await start();
    store = await bench.open();
    await store.saveRef('D-2', 'root', at('1.1'));
    await store.saveRef('D-2', 'section:product', at('1.2'));
    await store.saveRef('D-3', 'root', at('1.3'));
  });
  afterEach(() => bench.close());

  const changed = async (): Promise<ChangedRow[]> => {
    const found: ChangedRow[] = [];
    let after: string | undefined;
    do {
      const page = await store.checkRows(after, 1);
      found.push(...page.changed);
      after = page.next;
    } while (after !== undefined);
    expect(await store.verifyRows(DATA_KEY)).toEqual({ kind: 'checked', changed: found });
    return found;
  };
  const row = (stream: string, key: string): ChangedRow => ({ table: 'refs', key: JSON.stringify([stream, key]) });

  it.each<[RefChange]>([[{ channel: 'C2' }], [{ message: '9.9' }], [{ mark: 'x' }]])(
    'that was changed by %j: as if it had never been posted, until it is',
    async (change) => {
      expect(await changed()).toEqual([]);
      await bench.changeRef('D-2', 'root', change);
      expect(await store.ref('D-2', 'root')).toBeUndefined();
      for (const message of [at('1.1'), at('9.9'), { channel: 'C2', message: '1.1' }]) {
        expect(await store.findRef(message)).toBeUndefined();
      }
      expect(await store.ref('D-2', 'section:product')).toEqual(at('1.2'));
      expect(await changed()).toEqual([row('D-2', 'root')]);
      await store.saveRef('D-2', 'root', at('2.1'));
      expect(await store.findRef(at('2.1'))).toEqual({ stream: 'D-2', key: 'root' });
      expect(await changed()).toEqual([]);
    },
  );

  it('from a copy under another deal, which hides nothing', async () => {
    await bench.copyRef('D-2', 'root', 'D-1');
    expect(await store.findRef(at('1.1'))).toEqual({ stream: 'D-2', key: 'root' });
    expect(await store.ref('D-1', 'root')).toBeUndefined();
    expect(await changed()).toEqual([row('D-1', 'root')]);
  });

  it('of an older version by the mark that the first start gives it', async () => {
    await bench.age(seal(DATA_KEY, 'clearthread', { what: 'data key check' }));
    store = await bench.open();
    expect(await changed()).toEqual([]);
    expect(await store.ref('D-2', 'root')).toEqual(at('1.1'));
    expect(await store.findRef(at('1.3'))).toEqual({ stream: 'D-3', key: 'root' });
  });
});

describe.each(Object.entries(ENGINES))('%s tells a conversation', (_, start) => {
  let bench: Bench;
  let store: EventStore;
  beforeEach(async () => {
    bench = await start();
    store = await bench.open();
    for (const person of ['rep-1', 'rep-2', 'rep-3']) await store.saveConversation(`person:${person}`, { to: person });
  });
  afterEach(() => bench.close());

  const changed = async (limit = 2): Promise<ChangedRow[]> => {
    const found: ChangedRow[] = [];
    let checked = 0;
    let after: string | undefined;
    do {
      const page = await store.checkRows(after, limit);
      found.push(...page.changed);
      checked += page.checked;
      after = page.next;
    } while (after !== undefined);
    expect(checked).toBe(3);
    expect(await store.verifyRows(DATA_KEY)).toEqual({ kind: 'checked', changed: found });
    return found;
  };
  const row = (key: string): ChangedRow => ({ table: 'conversations', key });
  const refused = { name: 'StoreFault', code: 'changed-row', outcome: 'not done' };

  it('that nobody touched from one that was redirected', async () => {
    expect(await changed()).toEqual([]);
    await bench.change('person:rep-2', { value: '{"to":"rep-1"}' });
    await expect(store.conversation('person:rep-2')).rejects.toMatchObject(refused);
    expect(await store.conversation('person:rep-1')).toEqual({ to: 'rep-1' });
    for (const limit of [1, 2, 3, 10]) expect(await changed(limit)).toEqual([row('person:rep-2')]);
  });

  it.each<[string, Change]>([
    ['has no mark', { mark: null }],
    ['has another mark', { mark: 'x' }],
    ['has the mark of another row', { mark: rowMarks(DATA_KEY).of('conversations', 'person:rep-1', { value: '{}' }) }],
    [
      'has a mark by another key',
      { mark: rowMarks(Buffer.alloc(32, 9)).of('conversations', 'person:rep-3', { value: '{"to":"rep-3"}' }) },
    ],
  ])('that %s, also after a restart', async (_name, change) => {
    await bench.change('person:rep-3', change);
    store = await bench.open();
    await expect(store.conversation('person:rep-3')).rejects.toMatchObject(refused);
    expect(await changed()).toEqual([row('person:rep-3')]);
  });

  it('that was changed, until it is learnt anew', async () => {
    await bench.change('person:rep-1', { value: '{"to":"rep-2"}' });
    await store.saveConversation('person:rep-1', { to: 'rep-1' });
    expect(await store.conversation('person:rep-1')).toEqual({ to: 'rep-1' });
    await bench.change('person:rep-1', { mark: null });
    await store.saveConversation('person:rep-1', { to: 'rep-1' });
    expect(await changed()).toEqual([]);
  });

  it('of an older version by the mark that the first start gives it, once', async () => {
    await bench.age(seal(DATA_KEY, 'clearthread', { what: 'data key check' }));
    expect(await store.verifyRows(DATA_KEY)).toEqual({ kind: 'not yet' });
    store = await bench.open();
    expect(await changed()).toEqual([]);
    expect(await store.conversation('person:rep-1')).toEqual({ to: 'rep-1' });
    await bench.change('person:rep-1', { mark: null });
    store = await bench.open();
    expect(await changed()).toEqual([row('person:rep-1')]);
  });
});
