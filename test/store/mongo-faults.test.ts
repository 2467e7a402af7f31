/**
 * Errors of the MongoDB store when its server is slow, gone, or fails half-way: on the double, which can be told to.
 */

import { afterEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { openMongoLedger } from '../../store/mongo/ledger.ts';
import { LONG_MS } from '../../store/mongo/limits.ts';
import { openMongoStore } from '../../store/mongo/mongo.ts';
import { fillCompany, seenOfCompany } from '../support/company.ts';
import type { Kind } from '../support/mongo-double/commands.ts';
import { startMongoDouble, type Fate, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { AT, fact, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

describe('the MongoDB store on a bad day', () => {
  let double: MongoDouble;
  let database: MongoDatabase;
  let store: EventStore;
  const begin = async (kind: Kind['kind'] = 'replica set', answerMs?: number): Promise<void> => {
    double = await startMongoDouble(kind);
    database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    store = await database.open({ answerMs });
  };
  afterEach(async () => {
    double.fate = () => undefined;
    await database.remove();
    await double.close();
  });

  /** Fails once, and then all is well again. */
  const once = (command: string, collection: string, fate: Fate): void => {
    double.fate = (asked, of) => {
      if (asked !== command || of !== collection) return undefined;
      double.fate = () => undefined;
      return fate;
    };
  };
  const always = (command: string, fate: Fate): void => {
    double.fate = (asked) => (asked === command ? fate : undefined);
  };
  const append = (cause = 'click-1') =>
    store.append(sampleCommit('D-1', 0, { cause }), sampleProjection(1, [fact('a-1', 'a')]));
  const commits = async (): Promise<number> =>
    (await database.raw())
      .db()
      .collection('commits')
      .find()
      .toArray()
      .then((all) => all.length);

  it.each(['cut before', 'cut after'] as const)('is set right by the driver in a replica set: %s', async (fate) => {
    await begin();
    once('insert', 'commits', fate);
    expect(await append()).toEqual({ kind: 'appended', version: 1 });
    expect(await commits()).toBe(1);
    expect((await store.claim(AT, 1000, 10)).length).toBe(1);
  });

  it('is answered from what is stored where the answer was lost, on a single server', async () => {
    await begin('single');
    once('insert', 'commits', 'cut after');
    expect(await append()).toEqual({ kind: 'appended', version: 1 });
    expect(await store.verify()).toMatchObject({ kind: 'whole', commits: 1 });
  });

  it.each(['cut before', 'reset before', 'cut after'] as const)(
    'is sent again where the line broke, on a single server, and counts once: %s',
    async (fate) => {
      await begin('single');
      once('insert', 'commits', fate);
      expect(await append()).toEqual({ kind: 'appended', version: 1 });
      expect(await commits()).toBe(1);
      expect((await store.claim(AT, 1000, 10)).length).toBe(1);
      expect(await append()).toMatchObject({ kind: 'repeated', commit: { version: 1 } });
    },
  );

  it('is somebody else’s where that one came first, though the line broke under both', async () => {
    await begin('single');
    const other = await database.open();
    let sent = 0;
    double.fate = async (command, of) => {
      if (command !== 'insert' || of !== 'commits') return undefined;
      sent += 1;
      if (sent > 1) return undefined;
      expect(await other.append(sampleCommit('D-1', 0, { cause: 'other' }), sampleProjection(1))).toMatchObject({
        kind: 'appended',
      });
      return 'cut before';
    };
    expect(await append()).toEqual({ kind: 'conflict', version: 1 });
    expect(await commits()).toBe(1);
  });

  it('is not known where the line breaks each time, on a single server', async () => {
    await begin('single');
    double.fate = (command, of) => (command === 'insert' && of === 'commits' ? 'cut before' : undefined);
    await expect(append()).rejects.toMatchObject({ name: 'StoreFault', code: 'network', outcome: 'unknown' });
    double.fate = () => undefined;
    expect(await append()).toEqual({ kind: 'appended', version: 1 });
  });

  it.each(['cut before', 'cut after'] as const)(
    'is the first time of a click once, though the line broke under it: %s',
    async (fate) => {
      await begin('single');
      once('insert', 'seen_keys', fate);
      const far = '2999-01-01T00:00:00.000Z';
      expect(await store.firstTime('click-1', far)).toBe(true);
      expect(await store.firstTime('click-1', far)).toBe(false);
    },
  );

  it('gives the server no longer for a call than whoever waits for it has, and long for a walk', async () => {
    await begin('replica set', 2000);
    const given = new Map<string, number[]>();
    double.fate = (command, of, asked) => {
      if (['find', 'insert', 'update', 'delete', 'count', 'aggregate'].includes(command)) {
        const name = `${command} ${of}`;
        given.set(name, [...(given.get(name) ?? []), Number(asked['maxTimeMS'])]);
      }
      return undefined;
    };
    const company = async (): Promise<void> => {
      await fillCompany(store);
      await seenOfCompany(store);
      await store.dropDraft('D-5', 'product');
      await store.placeCommits(10);
      await store.keepSignedHead({ size: 1, note: 'one' });
      await store.checkRows(undefined, 10);
      await store.catchUp(10);
      await store.settle('a-2', 1);
      await store.unplaced();
      // What follows from a commit goes on after its answer.
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await company();
    const clicks = [...given].filter(([, limits]) => limits.some((ms) => !(ms >= 1 && ms <= 2000)));
    const walked = new Set(['find commits', 'find snapshots', 'find policies', 'find log']);
    expect(clicks.filter(([name]) => !walked.has(name))).toEqual([]);
    expect(given.size).toBeGreaterThan(25);
    for (const limits of given.values()) for (const ms of limits) expect(ms <= 2000 || ms === LONG_MS).toBe(true);
    given.clear();
    const ledger = await openMongoLedger(database.uri);
    await ledger.verify();
    await ledger.verifyPolicies();
    await ledger.verifyRows(DATA_KEY);
    await ledger.close();
    expect(given.size).toBeGreaterThan(5);
    expect([...given].flatMap(([, limits]) => limits.filter((ms) => ms !== LONG_MS))).toEqual([]);
  });

  it('is given up by the server itself, in time, and says what became of it', async () => {
    await begin('replica set', 400);
    await write(store, 'D-1');
    always('find', { worksMs: 5000 });
    await expect(store.load('D-1')).rejects.toMatchObject({ name: 'StoreFault', code: 'timeout', outcome: 'not done' });
    double.fate = (command, of) => (command === 'insert' && of === 'commits' ? { worksMs: 5000 } : undefined);
    await expect(store.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject({
      name: 'StoreFault',
      code: 'timeout',
      outcome: 'unknown',
    });
    double.fate = () => undefined;
    // Nobody waits for it, and nothing comes of it later.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await commits()).toBe(1);
  });

  it('is not known while nobody answers, and counts once when it is pressed again', async () => {
    await begin('replica set', 400);
    double.fate = (command, of) => (command === 'insert' && of === 'commits' ? 800 : undefined);
    await expect(append()).rejects.toMatchObject({ code: 'timeout', outcome: 'unknown' });
    double.fate = () => undefined;
    await expect.poll(commits).toBe(1);
    expect(await append()).toMatchObject({ kind: 'repeated', commit: { version: 1 } });
  });

  it('is not done where the reading before it took too long, and nothing is sent afterwards', async () => {
    await begin('replica set', 400);
    always('find', 800);
    await expect(append()).rejects.toMatchObject({ code: 'timeout', outcome: 'not done' });
    double.fate = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await commits()).toBe(0);
  });

  it('answers once the commit is stored, though what follows from it takes long', async () => {
    await begin('replica set', 20_000);
    const SLOW = 6000;
    double.fate = (command, of) => (command === 'update' && of !== 'commits' ? SLOW : undefined);
    const before = performance.now();
    expect(await append()).toEqual({ kind: 'appended', version: 1 });
    expect(performance.now() - before).toBeLessThan(SLOW);
    expect((await store.load('D-1')).version).toBe(1);
    expect(await store.list({ kind: 'deal', limit: 9 })).toEqual([]);
    // The sweep reports it, so that the outbox looks.
    await expect.poll(() => store.catchUp(10), { timeout: 30_000 }).toBe(1);
    expect((await store.list({ kind: 'deal', limit: 9 })).length).toBe(1);
    // Closing waits for work under way.
    await write(store, 'D-2');
    await store.close();
    double.fate = () => undefined;
    const again = await database.open({ now: () => new Date(Date.now() + 60_000).toISOString() });
    expect(await again.catchUp(10)).toBe(0);
    expect((await again.list({ kind: 'deal', limit: 9 })).length).toBe(2);
  });

  it('brings the lists up to date where another projection of the stream made their entry at that moment', async () => {
    await begin('replica set', 20_000);
    await write(store, 'D-1');
    let lost = 0;
    double.fate = (command, of) => {
      if (command !== 'update' || of !== 'snapshots' || lost > 0) return undefined;
      lost += 1;
      return 'lost upsert';
    };
    await write(store, 'D-1', [], { snapshot: { status: 'review' } });
    expect(lost).toBe(1);
    expect(await store.list({ kind: 'deal', limit: 9 })).toMatchObject([{ version: 2, status: 'review' }]);
  });

  it('looks for a row in the lane that its claim named: a cluster asks one shard', async () => {
    await begin();
    await write(store, 'D-1', [fact('a-1', 'a'), fact('b-1', 'b'), fact('c-1', 'c'), fact('d-1', 'd')]);
    const [a, b, c, d] = await store.claim(AT, 1000, 10);
    if (!a || !b || !c || !d) throw new Error('Nothing was claimed.');
    const filters: unknown[] = [];
    double.fate = (command, of, asked) => {
      const filter: unknown = command === 'find' ? asked['filter'] : asked['updates'];
      if (of === 'lanes') filters.push(JSON.stringify(filter ?? asked['deletes']));
      return undefined;
    };
    await store.settle(a, 1, 0);
    await store.retry(b, AT, 'slow', 0);
    await store.fail(c, 'gone', 0);
    await store.release(d, AT, 0);
    await store.again(c, AT);
    expect(filters.length).toBeGreaterThan(9);
    expect(filters.filter((filter) => !/"_id":"[abcd]"/.test(String(filter)))).toEqual([]);
    expect(await store.outboxProblems()).toMatchObject([{ id: 'b-1' }, { id: 'c-1' }]);
    // Another lane's row of that id would be another row.
    await store.settle({ id: 'b-1', lane: 'c' }, 1);
    expect(await store.outboxProblems()).toHaveLength(2);
  });

  it('says that a server is too old, and from which version on it will do', async () => {
    const old = await startMongoDouble('single', 8);
    const opened = openMongoStore({ uri: `${old.address}/clearthread`, dataKey: DATA_KEY });
    await expect(opened).rejects.toMatchObject({
      name: 'StoreFault',
      code: 'too-old',
      message: 'This MongoDB server is too old: Clearthread needs 4.4.2 or newer.',
    });
    await old.close();
    await begin();
  });

  it('says in time that a server is gone, that nothing was done, and works when it is back', async () => {
    await begin();
    await write(store, 'D-1');
    await double.goAway();
    const gone = { name: 'StoreFault', outcome: 'not done' };
    const before = performance.now();
    await expect(store.load('D-1')).rejects.toMatchObject(gone);
    // Takes half as long if nothing else runs.
    expect(performance.now() - before).toBeLessThan(5000);
    await expect(store.ping()).rejects.toMatchObject({ ...gone, message: 'MongoDB can not be reached.' });
    await expect(store.saveRef('D-1', 'root', { channel: 'C', message: '1' })).rejects.toMatchObject(gone);
    await expect(store.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject(gone);
    await double.comeBack();
    await expect
      .poll(
        () =>
          store.ping().then(
            () => 'there',
            () => 'gone',
          ),
        { timeout: 20_000 },
      )
      .toBe('there');
    expect(await write(store, 'D-1')).toBe(2);
  });

  it('says of what waited in vain for a connection that it was not done', async () => {
    await begin();
    const { uri } = database;
    const narrow = await openMongoStore({
      uri: `${uri}?maxPoolSize=1&minPoolSize=0&waitQueueTimeoutMS=100`,
      dataKey: DATA_KEY,
    });
    await write(narrow, 'D-1');
    await narrow.load('D-1');
    let free = (): void => {};
    double.fate = (command) =>
      command === 'ping' ? new Promise((resolve) => (free = () => resolve(undefined))) : undefined;
    const holding = narrow.ping();
    const waited = { name: 'StoreFault', code: 'pool', outcome: 'not done' };
    await expect(narrow.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject(waited);
    free();
    await holding.catch(() => {});
    double.fate = () => undefined;
    expect((await narrow.load('D-1')).version).toBe(1);
    await narrow.close();
  });

  it('is not known of a write that still waits for a connection when its time is over: it may yet go out', async () => {
    await begin();
    const narrow = await openMongoStore({
      uri: `${database.uri}?maxPoolSize=1&minPoolSize=0&waitQueueTimeoutMS=60000`,
      dataKey: DATA_KEY,
      answerMs: 400,
    });
    await write(narrow, 'D-1');
    let free = (): void => {};
    double.fate = (command) =>
      command === 'ping' ? new Promise((resolve) => (free = () => resolve(undefined))) : undefined;
    await narrow.load('D-1');
    const holding = narrow.ping().catch(() => {});
    const late = { name: 'StoreFault', code: 'timeout', outcome: 'unknown' };
    await expect(narrow.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject(late);
    free();
    await holding;
    await expect.poll(commits).toBe(2);
    await narrow.close();
  });

  it('stops a start with one sentence, without the address and the password in it', async () => {
    await begin();
    await double.goAway();
    const open = (uri: string) =>
      openMongoStore({ uri, dataKey: Buffer.alloc(32, 7) }).catch((error: unknown) => error as Error);
    const away = await open(`${double.address.replace('://', '://clerk:canary@')}/clearthread`);
    const malformed = await open('mongodb://db:canary/x');
    await double.comeBack();
    expect(away).toMatchObject({ name: 'StoreFault', message: 'MongoDB can not be reached.' });
    expect(malformed).toMatchObject({ name: 'StoreFault', code: 'bad-uri' });
    for (const fault of [away, malformed] as Error[]) {
      expect(JSON.stringify([fault, fault.stack, fault.cause])).not.toContain('canary');
    }
  });

  it('works on a single server, which has no majority', async () => {
    await begin('single');
    await write(store, 'D-1', [fact('a-1', 'a')]);
    expect(await store.claim(AT, 1000, 10)).toMatchObject([{ id: 'a-1' }]);
    expect(await store.verify()).toMatchObject({ kind: 'whole', commits: 1 });
  });
});

describe('the double', () => {
  it('refuses what it does not know, instead of ignoring it', async () => {
    const double = await startMongoDouble();
    const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    await database.open();
    const db = (await database.raw()).db();
    const durable = { writeConcern: { w: 'majority', journal: true } } as const;
    const docs = db.collection<{ _id: string; a?: number }>('docs');
    await docs.insertOne({ _id: 'x' }, durable);
    await expect(docs.insertOne({ _id: 'x' }, durable)).rejects.toMatchObject({ code: 11000 });
    await expect(docs.insertOne({ _id: 'y' })).rejects.toMatchObject({ code: 40415 });
    await expect(docs.aggregate([{ $match: {} }]).toArray()).rejects.toMatchObject({ code: 40415 });
    await expect(docs.find({ $or: [{ a: 1 }] }).toArray()).rejects.toMatchObject({ code: 2 });
    await expect(docs.find({}, { hint: 'a' }).toArray()).rejects.toMatchObject({ code: 40415 });
    await expect(docs.updateOne({ _id: 'x' }, { $inc: { a: 1 } }, durable)).rejects.toMatchObject({ code: 9 });
    await expect(docs.updateOne({ _id: 'x' }, [{ $set: { a: 1 } }], durable)).rejects.toMatchObject({ code: 9 });
    await expect(
      docs.createIndex({ a: 1 }, { ...durable, partialFilterExpression: { a: { $gt: 1 } } }),
    ).rejects.toMatchObject({ code: 40415 });
    await expect(docs.createIndex({ a: 1 }, { ...durable, expireAfterSeconds: 1 })).rejects.toMatchObject({
      code: 40415,
    });
    await database.remove();
    await double.close();
  });

  it('compares only what is of one kind, and pages through what it found', async () => {
    const double = await startMongoDouble();
    const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    await database.open();
    const docs = (await database.raw()).db().collection<{ _id: string; at: string | null }>('docs');
    const all = Array.from({ length: 250 }, (_, n) => ({ _id: String(n).padStart(3, '0'), at: n === 0 ? null : AT }));
    await docs.insertMany(all, { writeConcern: { w: 'majority', journal: true } });
    expect((await docs.find({ at: { $lte: AT } }).toArray()).length).toBe(249);
    expect((await docs.find().sort({ _id: -1 }).batchSize(100).toArray()).map(({ _id }) => _id)).toEqual(
      all.map(({ _id }) => _id).toReversed(),
    );
    await database.remove();
    await double.close();
  });
});
