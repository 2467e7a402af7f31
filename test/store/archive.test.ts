import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyArchive, type Archive } from '../../store/archive.ts';
import { openMongoArchive } from '../../store/mongo/archive.ts';
import { openSqliteArchive } from '../../store/sqlite/archive.ts';
import { fillCompany, seenOfCompany } from '../support/company.ts';
import { startMongoDouble, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { expectOnePlaceEach, placeAll } from '../support/store-contract-log.ts';
import { AT, fact, sampleCommit, sampleProjection, sampleReplays, write } from '../support/store-samples.ts';

describe('a record that is copied', () => {
  let double: MongoDouble;
  let database: MongoDatabase;
  let folder: SqliteFolder;
  let back: SqliteFolder;
  beforeEach(async () => {
    double = await startMongoDouble();
    database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    folder = sqliteFolder();
    back = sqliteFolder();
  });
  afterEach(async () => {
    await Promise.all([folder.remove(), back.remove(), database.remove()]);
    await double.close();
  });

  type Open = () => Archive | Promise<Archive>;
  const sqlite = (of: SqliteFolder) => () => openSqliteArchive(of.file);
  const mongo = () => openMongoArchive(database.uri);
  /** `change` wraps the target of the copy. */
  const copy = async (from: Open, to: Open, change: (archive: Archive) => Archive = (same) => same) => {
    const [source, target] = [await from(), await to()];
    const shown: number[] = [];
    try {
      const copied = await copyArchive(source, change(target), (done, of) => void shown.push(done / of));
      return { copied, shown };
    } finally {
      await source.close();
      await target.close();
    }
  };
  const whole = { kind: 'copied', streams: 5, commits: 6 };
  /** Decided under no policy, so that none is missing. */
  const bare = { commit: { contextVersions: {} } };

  it('is the same for the bots in MongoDB, and the same again when it is brought back', async () => {
    const store = folder.open();
    await fillCompany(store);
    await store.close();
    const { copied, shown } = await copy(sqlite(folder), mongo);
    expect(copied).toEqual(whole);
    expect(shown.at(-1)).toBe(1);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect((await copy(mongo, sqlite(back))).copied).toEqual(whole);
    const [before, there, again] = [
      await seenOfCompany(folder.open()),
      await seenOfCompany(await database.open()),
      await seenOfCompany(back.open()),
    ];
    expect(there).toEqual(before);
    expect(again).toEqual(before);
  });

  it('takes the log along: the same roots on the other side, and no commit has a second place', async () => {
    const store = folder.open();
    await fillCompany(store);
    for (let made = 0; made < 30; made += 1) await write(store, `D-${made % 4}0`, [], bare);
    await placeAll(store, 3);
    await store.keepSignedHead({ size: 12, note: 'twelve' });
    const before = await store.logHead();
    await write(store, 'D-10', [], bare);
    await store.close();
    expect((await copy(sqlite(folder), mongo)).copied).toMatchObject({ kind: 'copied', commits: 37 });
    const there = await database.open({
      placing: async (at) => {
        if (at === 'marked') throw new Error('the end of the process');
      },
    });
    expect(await there.logHead()).toEqual(before);
    expect(await there.signedHeads()).toEqual([{ size: 12, note: 'twelve' }]);
    // One that died before it moved the head, and what comes after that.
    await expect(there.placeCommits(1)).rejects.toThrow('the end');
    await write(there, 'D-10', [], bare);
    await there.close();
    expect((await copy(mongo, sqlite(back))).copied).toMatchObject({ kind: 'copied', commits: 38 });
    const again = back.open();
    expect(await again.logHead()).toEqual(before);
    await placeAll(again, 5);
    await expectOnePlaceEach(again, 38);
    expect(await again.logHead()).toMatchObject({ origin: before?.origin });
    expect(await again.signedHeads()).toEqual([{ size: 12, note: 'twelve' }]);
    const one = await database.open();
    await placeAll(one, 4);
    await expectOnePlaceEach(one, 38);
  });

  it('takes each summary along, but not one that an older bot has left behind', async () => {
    const there = await database.open();
    for (const [stream, summary] of [
      ['D-1', 'one'],
      ['D-2', 'two'],
    ] as const) {
      await write(there, stream, [], { ...bare, snapshot: { summary } });
    }
    await write(there, 'D-2', [], bare);
    await there.close();
    expect((await copy(mongo, sqlite(back))).copied).toMatchObject({ kind: 'copied', commits: 3 });
    const again = back.open();
    expect(await again.summaries(['D-1', 'D-2'])).toMatchObject([{ stream: 'D-1', summary: 'one' }]);
    expect(await again.verifyStates(DATA_KEY, sampleReplays)).toMatchObject({ kind: 'whole', compared: 2 });
    await again.close();
    const other = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    expect((await copy(sqlite(back), () => openMongoArchive(other.uri))).copied).toMatchObject({ kind: 'copied' });
    const once = await other.open();
    expect(await once.summaries(['D-1', 'D-2'])).toMatchObject([{ stream: 'D-1', summary: 'one' }]);
    await write(once, 'D-1', [], bare);
    expect(await once.verifyStates(DATA_KEY, sampleReplays)).toMatchObject({ kind: 'whole', compared: 2 });
    await other.remove();
  });

  it('is refused where its log is not whole', async () => {
    const store = folder.open();
    await fillCompany(store);
    await placeAll(store);
    await store.close();
    folder.raw().exec("UPDATE log SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE place = 2");
    expect((await copy(sqlite(folder), mongo)).copied).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('Place 2 belongs to commit'),
    });
  });

  it('takes long lanes along, in their order', async () => {
    const store = folder.open();
    const many = Array.from({ length: 620 }, (_, n) => fact(`n-${(n * 7919) % 620}`, 'a'));
    await write(store, 'D-1', many, bare);
    await store.close();
    await copy(sqlite(folder), mongo);
    const there = await database.open();
    expect(await there.verifyRows(DATA_KEY)).toEqual({ kind: 'checked', changed: [] });
    const first: string[] = [];
    for (let n = 0; n < 120; n += 1) {
      const [row] = await there.claim(AT, 1000, 1);
      if (row) await there.settle(row, row.version, row.attempts);
      first.push(row?.id ?? '');
    }
    expect(first).toEqual(many.slice(0, 120).map(({ id }) => id));
    await there.close();
    await copy(mongo, sqlite(back));
    const again = back.open();
    expect(await again.outboxBacklog(AT)).toMatchObject({ owed: 500 });
    expect(await again.verifyRows(DATA_KEY)).toEqual({ kind: 'checked', changed: [] });
    for (const { id } of many.slice(120, 240)) {
      expect(await again.claim(AT, 1000, 1)).toMatchObject([{ id }]);
      await again.settle(id, 1);
    }
  });

  it('goes on afterwards as it would have: newest first, and the next commit after the last', async () => {
    const store = folder.open();
    await fillCompany(store);
    await copy(sqlite(folder), mongo);
    const there = await database.open();
    await write(there, 'D-7', [], bare);
    await write(there, 'D-9', [fact('a-3', 'a')], bare);
    await there.close();
    await copy(mongo, sqlite(back));
    const again = back.open();
    await write(again, 'D-8', [], bare);
    expect((await again.list({ kind: 'deal', limit: 10 })).map(({ stream }) => stream)).toEqual([
      'D-8',
      'D-7',
      'D-5',
      'D-1',
      'D-9',
    ]);
    expect(await again.verify()).toMatchObject({ kind: 'whole', streams: 7, commits: 9 });
  });

  it('goes on where it was cut off, and no bot starts on it before it is whole', async () => {
    const store = folder.open();
    await fillCompany(store);
    for (let made = 0; made < 600; made += 1) await write(store, 'D-3', [], bare);
    let pages = 0;
    const cutting = (archive: Archive): Archive => ({
      ...archive,
      add: async (part, rows) => {
        if (part === 'commits') pages += 1;
        if (pages === 2) throw new Error('cut off');
        await archive.add(part, rows);
      },
    });
    await expect(copy(sqlite(folder), mongo, cutting)).rejects.toThrow('cut off');
    await expect(database.open()).rejects.toMatchObject({ code: 'unfinished-copy' });
    const again = await copy(sqlite(folder), mongo, (archive) => ({
      ...archive,
      add: (part, rows) => {
        if (part === 'commits') pages += 1;
        return archive.add(part, rows);
      },
    }));
    expect(again.copied).toEqual({ kind: 'copied', streams: 6, commits: 606 });
    expect(again.shown[0]).toBeGreaterThan(0.5);
    expect(pages).toBe(3);
    expect(await (await database.open()).verify()).toMatchObject({ kind: 'whole', commits: 606 });
  });

  it('is not taken for whole when it went on meanwhile, and is after another run', async () => {
    const store = folder.open();
    await fillCompany(store);
    const meanwhile = (archive: Archive): Archive => ({
      ...archive,
      add: async (part, rows) => {
        await archive.add(part, rows);
        if (part === 'commits') await write(store, 'D-1', [], bare);
      },
    });
    expect((await copy(sqlite(folder), mongo, meanwhile)).copied).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('went on while it was copied'),
    });
    await expect(database.open()).rejects.toMatchObject({ code: 'unfinished-copy' });
    expect((await copy(sqlite(folder), mongo)).copied).toMatchObject({ kind: 'copied', commits: 7 });
    expect((await (await database.open()).load('D-1')).snapshot?.version).toBe(2);
  });

  it('takes with it what a crash cut off from its commit', async () => {
    const dying = await database.open({
      cut: () => {
        throw new Error('the end of the process');
      },
    });
    const owes = sampleProjection(1, [fact('a-1', 'a')]);
    await expect(dying.append(sampleCommit('D-1', 0, { contextVersions: {} }), owes)).rejects.toThrow('the end');
    expect((await copy(mongo, sqlite(back))).copied).toMatchObject({ kind: 'copied', commits: 1 });
    const again = back.open();
    expect(await again.list({ kind: 'deal', limit: 1 })).toMatchObject([{ stream: 'D-1' }]);
    expect((await again.outboxBacklog('2999-01-01T00:00:00.000Z')).owed).toBe(1);
    expect(await again.verifyRows(DATA_KEY)).toEqual({ kind: 'checked', changed: [] });
  });

  it('is not mixed with another', async () => {
    const store = folder.open();
    await fillCompany(store);
    const refused = async (from: Open, to: Open): Promise<string> => {
      const { copied } = await copy(from, to);
      return copied.kind === 'refused' ? copied.problem : 'copied';
    };
    expect(await refused(mongo, sqlite(back))).toBe('There is no record to copy.');
    const other = await database.open();
    expect(await refused(sqlite(folder), mongo)).toMatch(/^There is a record already/);
    await write(other, 'D-1');
    expect(await refused(sqlite(folder), mongo)).toMatch(/^There is a record already/);
    const half = sqlite(back)();
    await half.putMeta('store:copying', JSON.stringify({ source: 'another' }));
    await half.close();
    expect(await refused(sqlite(folder), sqlite(back))).toMatch(/^Another record was half copied there/);
    expect(await refused(sqlite(back), mongo)).toBe('There is no record to copy.');
  });

  it('is refused where the one it came from is not whole', async () => {
    const store = folder.open();
    await fillCompany(store);
    folder.raw().exec(`UPDATE commits SET actor = 'somebody' WHERE stream = 'D-9' AND version = 2`);
    expect((await copy(sqlite(folder), mongo)).copied).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining('not whole. D-9, commit 2, is edited.'),
    });
  });
});
