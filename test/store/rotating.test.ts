/** Replacing the data key: the record opens with the new one alone, and whoever has an old backup and no old key has nothing. */

import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditVerify } from '../../src/cli/audit.ts';
import type { CliCommand } from '../../src/cli/io.ts';
import { keysRotate } from '../../src/cli/keys.ts';
import type { EventStore } from '../../store/event-store.ts';
import { rotateMongo } from '../../store/mongo/rotating.ts';
import { rotateSqlite } from '../../store/sqlite/rotating.ts';
import { fillCompany, seenOfCompany } from '../support/company.ts';
import { startMongoDouble, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { fact, write } from '../support/store-samples.ts';

const NEW_KEY = Buffer.alloc(32, 8);
const THIRD_KEY = Buffer.alloc(32, 9);
const ROTATION = { before: DATA_KEY, after: NEW_KEY };

const pass = async (store: EventStore) => {
  const changed: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.checkRows(after, 100);
    changed.push(...page.changed.map(({ table, key }) => `${table} ${key}`));
    after = page.next;
  } while (after !== undefined);
  return changed;
};

describe('the data key of a file', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
  });
  afterEach(() => folder.remove());
  const withKey = (dataKey: Buffer) => folder.open({ dataKey });

  it('is replaced: all reads as before, with the new key alone', async () => {
    const twin = sqliteFolder();
    try {
      await fillCompany(twin.open());
      const store = folder.open();
      await fillCompany(store);
      await store.close();
      expect(rotateSqlite(folder.file, ROTATION)).toEqual({ keys: 4, changed: 0 });
      expect(() => withKey(DATA_KEY)).toThrow(/data key is not the one/);
      const now = withKey(NEW_KEY);
      expect(await pass(now)).toEqual([]);
      const [seen, before] = [await seenOfCompany(now), await seenOfCompany(twin.open())] as [object, object];
      expect(Object.keys(seen)).toEqual(Object.keys(before));
      expect(seen).toMatchObject({ erased: expect.stringContaining('erased'), draft: { P1: 'yes' } });
      await write(now, 'D-5', [], { snapshot: { status: 'decided' } });
      expect((await now.load('D-5')).version).toBe(2);
    } finally {
      await twin.remove();
    }
  });

  it('leaves nothing in the file that the old key opens, and an old backup to the old key alone', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    const raw = folder.raw();
    const old = raw.prepare('SELECT wrapped FROM stream_keys').pluck().get() as string;
    raw.close();
    await store.close();
    copyFileSync(folder.file, `${folder.file}.old`);
    rotateSqlite(folder.file, ROTATION);
    expect(folder.bytes().includes(old)).toBe(true);
    expect(readFileSync(folder.file).includes(old)).toBe(false);
    copyFileSync(`${folder.file}.old`, folder.file);
    expect(() => withKey(NEW_KEY)).toThrow(/data key is not the one/);
  });

  it('vouches for no row that somebody had changed', async () => {
    const store = folder.open();
    await store.saveConversation('teams:person:rep-1', { to: 'a:1' });
    await write(store, 'D-1', [fact('n-1', 'lane')]);
    await store.saveRef('D-1', 'root', { channel: 'C1', message: '1.1' });
    await store.close();
    const raw = folder.raw();
    raw.exec(`UPDATE conversations SET value = '{"to":"a:2"}'`);
    raw.exec(`UPDATE refs SET channel = 'C2'`);
    raw.exec(`UPDATE snapshots SET next_due_at = '2999-01-01T00:00:00.000Z'`);
    raw.exec(`UPDATE outbox SET ready_at = '2999-01-01T00:00:00.000Z'`);
    raw.close();
    expect(rotateSqlite(folder.file, ROTATION)).toEqual({ keys: 1, changed: 4 });
    expect((await pass(withKey(NEW_KEY))).map((row) => row.split(' ')[0])).toEqual([
      'conversations',
      'refs',
      'snapshots',
      'outbox',
    ]);
  });

  it('is not replaced while a bot runs, by itself, or by one who has not the old one', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    expect(() => rotateSqlite(folder.file, ROTATION)).toThrow(/stop it first/);
    await store.close();
    expect(() => rotateSqlite(folder.file, { before: DATA_KEY, after: DATA_KEY })).toThrow(/old one/);
    expect(() => rotateSqlite(folder.file, { before: THIRD_KEY, after: NEW_KEY })).toThrow(/data key is not the one/);
    expect(() => rotateSqlite(folder.file, { before: DATA_KEY, after: Buffer.alloc(31) })).toThrow(/32 bytes/);
    rotateSqlite(folder.file, ROTATION);
    expect(rotateSqlite(folder.file, ROTATION)).toMatchObject({ changed: 0 });
    expect(() => rotateSqlite(folder.file, { before: DATA_KEY, after: THIRD_KEY })).toThrow(/data key is not the one/);
  });
});

describe('the data key of several bots', () => {
  let double: MongoDouble;
  let database: MongoDatabase;
  beforeEach(async () => {
    double = await startMongoDouble();
    database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
  });
  afterEach(async () => {
    await database.remove();
    await double.close();
  });

  it('is replaced in every document, the erased stays erased', async () => {
    const store = await database.open();
    await fillCompany(store);
    await store.close();
    expect(await rotateMongo(database.uri, ROTATION)).toEqual({ keys: 4, changed: 0 });
    await expect(database.open()).rejects.toMatchObject({ code: 'wrong-data-key' });
    const now = await database.open({ dataKey: NEW_KEY });
    expect(await pass(now)).toEqual([]);
    expect((await now.load('D-9')).version).toBe(2);
    await expect(now.load('D-0')).rejects.toMatchObject({ code: 'erased' });
    expect(await now.draft('D-5', 'product')).toEqual({ P1: 'yes' });
    expect((await now.outboxProblems()).length).toBe(2);
  });

  it('that was cut off lets no bot start, and is finished by another run', async () => {
    const store = await database.open();
    await fillCompany(store);
    await write(store, 'D-7');
    await store.close();
    let calls = 0;
    double.fate = (command) => {
      if (command !== 'update') return undefined;
      calls += 1;
      return calls > 3 ? 'reset before' : undefined;
    };
    await expect(rotateMongo(database.uri, ROTATION)).rejects.toThrow();
    double.fate = () => undefined;
    for (const dataKey of [DATA_KEY, NEW_KEY]) {
      await expect(database.open({ dataKey })).rejects.toMatchObject({ code: 'rotating' });
    }
    await expect(rotateMongo(database.uri, { before: DATA_KEY, after: THIRD_KEY })).rejects.toMatchObject({
      code: 'wrong-data-key',
    });
    expect(await rotateMongo(database.uri, ROTATION)).toEqual({ keys: 5, changed: 0 });
    const now = await database.open({ dataKey: NEW_KEY });
    expect(await pass(now)).toEqual([]);
    for (const stream of ['D-1', 'D-5', 'D-7', 'D-9']) expect((await now.load(stream)).version).toBeGreaterThan(0);
  });
});

describe('clearthread keys rotate', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
  });
  afterEach(() => folder.remove());
  const run = async (command: CliCommand, env: Record<string, string> = {}) => {
    const [out, err]: [string[], string[]] = [[], []];
    const io = { out: (l: string) => void out.push(l), err: (l: string) => void err.push(l), env };
    const code = await command(['--data', folder.dir], io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const file = (name: string): string => join(folder.dir, name);

  it('makes the new key in the data folder and overwrites the old one', async () => {
    const store = folder.open();
    await fillCompany(store);
    await store.close();
    writeFileSync(file('data.key'), `${DATA_KEY.toString('base64')}\n`);
    expect(await run(keysRotate)).toMatchObject({ code: 0, out: expect.stringContaining('4 streams sealed') });
    const now = readFileSync(file('data.key'), 'utf8').trim();
    expect(now).not.toBe(DATA_KEY.toString('base64'));
    expect(existsSync(file('data.key.next'))).toBe(false);
    expect(await run(auditVerify)).toMatchObject({ code: 0, out: expect.stringContaining('5 streams') });
    expect((await folder.open({ dataKey: Buffer.from(now, 'base64') }).load('D-1')).version).toBe(1);
  });

  it('finishes what was cut off between database and file', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    await store.close();
    writeFileSync(file('data.key'), DATA_KEY.toString('base64'));
    writeFileSync(file('data.key.next'), NEW_KEY.toString('base64'));
    rotateSqlite(folder.file, ROTATION);
    expect(await run(keysRotate)).toMatchObject({ code: 0 });
    expect(readFileSync(file('data.key'), 'utf8')).toBe(NEW_KEY.toString('base64'));
  });

  it('takes both keys from the environment, and says what is missing', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    await store.close();
    const old = { CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64') };
    expect(await run(keysRotate, old)).toMatchObject({ code: 2, err: expect.stringContaining('NEW_DATA_KEY') });
    expect(await run(keysRotate)).toMatchObject({ code: 2, err: expect.stringContaining('no data key') });
    expect(await run(keysRotate, { ...old, CLEARTHREAD_NEW_DATA_KEY: 'short' })).toMatchObject({ code: 2 });
    const both = { ...old, CLEARTHREAD_NEW_DATA_KEY: NEW_KEY.toString('base64') };
    expect(await run(keysRotate, both)).toMatchObject({ code: 0, out: expect.stringContaining('for every bot') });
    expect((await folder.open({ dataKey: NEW_KEY }).load('D-1')).version).toBe(1);
  });
});
