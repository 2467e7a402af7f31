import type { Document } from 'mongodb';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongoDatabase, mongoServer, type MongoDatabase } from '../support/mongo.ts';
import { storeContract } from '../support/store-contract.ts';
import { AT, fact, later, sampleCommit, sampleProjection, write, writeMany } from '../support/store-samples.ts';

const server = await mongoServer();
process.stdout.write(`The MongoDB store is tested on ${server.which}.\n`);
afterAll(() => server.close());

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

/** By then the maker of a commit has finished with it, or never will. */
const aMinuteOn = (): string => new Date(Date.now() + 60_000).toISOString();

describe.each([
  ['', undefined],
  [', whose lanes keep two rows in their document', 2],
])('in all%s', (words, laneRows) =>
  storeContract(
    `MongoDB (${server.which}${words})`,
    async () => {
      const database = mongoDatabase(server);
      return {
        store: await database.open({ laneRows }),
        reopen: () => database.open({ now: aMinuteOn, laneRows }),
        cutOff: async (...append) => {
          const dying = await database.open({
            laneRows,
            cut: () => {
              throw new Error('the end of the process');
            },
          });
          await expect(dying.append(...append)).rejects.toThrow('the end of the process');
        },
        close: database.remove,
      };
    },
    { noRaces: server.real ? undefined : 'only a real server can show them', owedAlone: laneRows !== undefined },
  ),
);

describe(`MongoDB (${server.which})`, () => {
  let database: MongoDatabase;
  beforeEach(() => {
    database = mongoDatabase(server);
  });
  afterEach(() => database.remove());

  const documents = async (): Promise<Record<string, Document[]>> => {
    const db = (await database.raw()).db();
    const names = ['commits', 'snapshots', 'stream_keys', 'lanes', 'refs', 'drafts', 'seen_keys', 'meta'];
    const read = names.map(async (name) => [name, await db.collection(name).find().toArray()] as const);
    return Object.fromEntries(await Promise.all(read));
  };
  const change = async (commit: string, set: Document): Promise<void> => {
    const commits = (await database.raw()).db().collection<{ _id: string }>('commits');
    await commits.updateOne({ _id: commit }, { $set: set }, DURABLE);
  };
  const cutting = (where: string) =>
    database.open({
      cut: (at) => {
        if (at === where) throw new Error('the end of the process');
      },
    });

  it('writes nothing readable: no answers, names, states or drafts', async () => {
    const canaries = ['canary-answer', 'canary-notice', 'canary-state', 'canary-draft'];
    const dying = await cutting('inserted');
    const commit = sampleCommit('D-1', 0, {
      body: { events: [{ note: 'canary-answer' }], notices: [{ to: 'canary-notice' }] },
    });
    const projection = sampleProjection(1, [fact('n-1', 'a')], { state: { customer: 'canary-state' } });
    await expect(dying.append(commit, projection)).rejects.toThrow('the end');
    const visible = async (): Promise<string[]> => {
      const text = JSON.stringify(await documents());
      return ['click-1', ...canaries].filter((canary) => {
        const shifts = [0, 1, 2].map((skip) => Buffer.from(canary).subarray(skip).toString('base64').slice(0, -4));
        return [canary, ...shifts].some((form) => text.includes(form));
      });
    };
    expect(await visible()).toEqual(['click-1']);
    const store = await database.open({ now: aMinuteOn });
    expect(await store.catchUp(10)).toBe(1);
    await store.putDraft('D-1', 'product', { note: 'canary-draft' });
    expect((await store.load('D-1')).snapshot?.state).toEqual({ customer: 'canary-state' });
    expect(await visible()).toEqual(['click-1']);
  });

  it('keeps what follows from a commit only until it was made', async () => {
    const store = await database.open();
    await write(store, 'D-1', [fact('a-1', 'a')]);
    const [commit] = (await documents())['commits'] ?? [];
    expect(commit).toMatchObject({ _id: 'D-1/1', projected: true });
    expect(commit).not.toHaveProperty('pending');
    expect(commit).not.toHaveProperty('sweepFrom');
  });

  it.each(['snapshot', 'outbox'])('goes on after a crash that came behind the %s', async (where) => {
    const dying = await cutting(where);
    await dying.append(sampleCommit('D-1', 0), sampleProjection(1, [fact('a-1', 'a')], { nextDueAt: later(1) }));
    const store = await database.open({ now: aMinuteOn });
    // Sent before the sweep: it is not owed again afterwards.
    if (where === 'outbox') {
      expect(await store.claim(AT, 1000, 10)).toMatchObject([{ id: 'a-1' }]);
      await store.settle('a-1', 1, 0);
    }
    expect(await store.catchUp(10)).toBe(where === 'outbox' ? 0 : 1);
    expect((await store.claim(later(5), 1000, 10)).map(({ id }) => id)).toEqual(where === 'outbox' ? [] : ['a-1']);
    expect(await store.due('deal', later(1), 10)).toMatchObject([{ stream: 'D-1' }]);
  });

  it('leaves a projection to whoever is at it', async () => {
    const dying = await cutting('inserted');
    await expect(dying.append(sampleCommit('D-1', 0), sampleProjection(1))).rejects.toThrow('the end');
    expect(await (await database.open()).catchUp(10)).toBe(0);
    expect(await (await database.open({ now: aMinuteOn })).catchUp(10)).toBe(1);
  });

  it('leaves no empty lane and no key of an erased stream behind', async () => {
    const store = await database.open();
    await write(store, 'D-1', [fact('a-1', 'a')]);
    await store.claim(AT, 1000, 10);
    await store.settle('a-1', 1);
    await store.putDraft('D-1', 'product', 1);
    await store.erase('D-1');
    const { lanes, drafts, stream_keys: keys } = await documents();
    expect({ lanes, drafts, keys }).toEqual({ lanes: [], drafts: [], keys: [{ _id: 'D-1', wrapped: null }] });
  });

  it('refuses a data key that the database was not written with, and a newer format', async () => {
    await write(await database.open(), 'D-1');
    await expect(database.open({ dataKey: Buffer.alloc(32, 8) })).rejects.toMatchObject({
      code: 'wrong-data-key',
      message: expect.stringContaining('CLEARTHREAD_DATA_KEY'),
    });
    await (await database.open()).putMeta('store:format', '99');
    await expect(database.open()).rejects.toMatchObject({ code: 'newer-format' });
  });

  it('can be opened by several at once', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => database.open()));
    const appended = await Promise.all(
      stores.map((store, n) => store.append(sampleCommit('D-1', 0, { cause: `c-${n}` }), sampleProjection(1))),
    );
    expect(appended.filter(({ kind }) => kind === 'appended').length).toBe(1);
    expect(await stores[0]?.verify()).toMatchObject({ kind: 'whole', commits: 1 });
  });

  it('indexes of commits only those without their projection, and drops the index of them all', async () => {
    const commits = (await database.raw()).db(undefined, DURABLE).collection('commits');
    await commits.createIndexes([{ key: { projected: 1, sweepFrom: 1 } }]);
    for (const _ of ['a bot', 'the next']) await database.open();
    const indexes = (await commits.listIndexes().toArray()).filter(({ key }) => 'sweepFrom' in (key as object));
    expect(indexes).toMatchObject([{ key: { sweepFrom: 1 }, partialFilterExpression: { projected: false } }]);
  });

  it('forgets expired keys a few at a time', async () => {
    let now = AT;
    const store = await database.open({ now: () => now });
    await Promise.all(Array.from({ length: 60 }, (_, number) => store.firstTime(`k-${number}`, later(1))));
    now = later(1);
    await store.firstTime('other', later(9));
    await expect.poll(async () => (await documents())['seen_keys']?.length).toBe(11);
    await store.firstTime('another', later(9));
    await expect.poll(async () => (await documents())['seen_keys']?.length).toBe(2);
  });

  describe('with the database in somebody’s hands', () => {
    const MEMBERS = ['at', 'actor', 'cause', 'contextVersions', 'body', 'prevHash', 'hash'] as const;

    it.each(MEMBERS)('finds an edit of a commit’s %s', async (member) => {
      const store = await database.open();
      await writeMany(store, 'D-1', 3);
      await change('D-1/2', { [member]: 'another' });
      expect(await store.verify()).toMatchObject({ kind: 'broken', stream: 'D-1', version: 2, what: 'edited' });
    });

    it('finds what is no commit any more, what is gone and what was cut off', async () => {
      const store = await database.open();
      await writeMany(store, 'D-1', 3);
      await writeMany(store, 'D-2', 2);
      await change('D-1/2', { body: null });
      expect(await store.verify()).toMatchObject({ kind: 'broken', stream: 'D-1', version: 2, what: 'edited' });
      await expect(store.read('D-1')).rejects.toMatchObject({ code: 'damaged' });
      const commits = (await database.raw()).db().collection<{ _id: string }>('commits');
      await commits.deleteOne({ _id: 'D-1/2' }, DURABLE);
      expect(await store.verify()).toMatchObject({ stream: 'D-1', version: 2, what: 'missing' });
      await commits.deleteMany({ stream: 'D-1' }, DURABLE);
      await commits.deleteOne({ _id: 'D-2/2' }, DURABLE);
      expect(await store.verify()).toMatchObject({ stream: 'D-1', version: 1, what: 'truncated' });
    });

    it('finds a policy that is not what deals were opened under', async () => {
      const store = await database.open();
      await writeMany(store, 'D-1', 1);
      expect(await store.verifyPolicies()).toMatchObject({ kind: 'broken', hash: 'p-1', what: 'missing' });
      await store.putPolicy('p-1', { name: 'other' });
      expect(await store.verifyPolicies()).toMatchObject({ kind: 'broken', hash: 'p-1', what: 'edited' });
    });
  });

  it.skipIf(!server.real)(
    `finds what is due and what to send by index${server.real ? '' : ' (skipped: only a real server plans)'}`,
    async () => {
      const store = await database.open();
      await write(store, 'D-1', [fact('a-1', 'a')], { snapshot: { nextDueAt: AT } });
      const db = (await database.raw()).db();
      const stages = async (name: string, filter: Document, sort: Document): Promise<string> =>
        JSON.stringify(
          await db
            .collection(name)
            .find(filter)
            .sort(sort as Record<string, 1>)
            .explain('queryPlanner'),
        );
      for (const plan of [
        await stages('snapshots', { kind: 'deal', nextDueAt: { $lte: AT } }, { nextDueAt: 1 }),
        await stages('snapshots', { kind: 'deal', opened: { $lt: '9' } }, { opened: -1 }),
        await stages('lanes', { at: { $lte: AT } }, { bulk: 1, place: 1 }),
        await stages('lanes', { 'rows.id': 'a-1' }, {}),
        await stages('commits', { projected: false, sweepFrom: { $lte: AT } }, { sweepFrom: 1 }),
      ]) {
        expect(plan).toContain('IXSCAN');
      }
    },
  );
});
