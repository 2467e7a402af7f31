import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditCheckpoint } from '../../../src/cli/audit-checkpoint.ts';
import { auditVerify } from '../../../src/cli/audit.ts';
import type { CliCommand } from '../../../src/cli/io.ts';
import { outboxList, outboxRetry } from '../../../src/cli/outbox.ts';
import { storeRestored } from '../../../src/cli/restored.ts';
import { storeBackup, storeCopy, storeRestore } from '../../../src/cli/store.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { databaseFile } from '../../../store/keys.ts';
import { readUnsigned } from '../../../store/log/tree-head.ts';
import { fillCompany } from '../../support/company.ts';
import { startMongoDouble, type MongoDouble } from '../../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../../support/mongo.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { placeAll } from '../../support/store-contract-log.ts';
import { AT, fact, later, write, writeMany } from '../../support/store-samples.ts';

const run = async (command: CliCommand, args: string[], env: Record<string, string> = {}, watched = false) => {
  const [out, err, terminal]: [string[], string[], string[]] = [[], [], []];
  const code = await command(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    terminal: watched ? (text) => void terminal.push(text) : undefined,
    env: { CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64'), ...env },
  });
  return { code, out: out.join('\n'), err: err.join('\n'), terminal: terminal.join('') };
};

describe('clearthread store', () => {
  let folder: SqliteFolder;
  let dir: string;
  beforeEach(() => {
    folder = sqliteFolder();
    dir = mkdtempSync(join(tmpdir(), 'clearthread-cli-'));
  });
  afterEach(async () => {
    await folder.remove();
    rmSync(dir, { recursive: true });
  });
  const backup = (...args: string[]) => run(storeBackup, [...args, '--data', folder.dir]);

  describe('copy', () => {
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

    it('moves a company to MongoDB and back; the other commands work on either', async () => {
      await fillCompany(folder.open());
      const env = { MONGODB_URI: database.uri };
      const there = await run(storeCopy, ['--from', folder.dir, '--to', 'mongodb'], env);
      expect(there).toMatchObject({ code: 0, out: expect.stringContaining('Copied and whole: 5 streams, 6 commits') });
      expect(there.err).toMatch(/^Copied \d+ of \d+\.$/m);
      expect(there.out + there.err).not.toContain('mongodb://');

      expect(await run(auditVerify, [], env)).toMatchObject({
        code: 0,
        out: expect.stringContaining('The record is whole: 5 streams, 6 commits, 1 policy.'),
      });
      expect((await run(outboxList, [], env)).out).toMatch(/^failed +d-1 .* user_disabled$/m);
      expect(await run(outboxRetry, ['d-1'], env)).toMatchObject({
        code: 0,
        out: 'Will be sent again: d-1 (person:d)',
      });

      const back = await run(storeCopy, ['--from', database.uri, '--to', dir]);
      expect(back).toMatchObject({ code: 0, out: expect.stringContaining('6 commits, the same in both') });
      expect(await run(auditVerify, ['--data', dir])).toMatchObject({ code: 0 });
      expect((await run(outboxList, ['--data', dir])).out).toMatch(/^waiting +d-1 /m);
    });

    it('takes note that MongoDB’s own tools put a record back', async () => {
      const env = { MONGODB_URI: database.uri, CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64') };
      const store = await database.open();
      await write(store, 'D-1', [], { commit: { at: AT } });
      await write(store, 'D-2', [fact('n-1', 'person:a')], { commit: { at: later(3) } });
      expect((await store.claim(later(9), 1, 1))[0]).not.toHaveProperty('uncertain');
      expect(await run(storeRestored, [], env)).toMatchObject({
        code: 0,
        out: expect.stringContaining(`since ${later(3)}`),
      });
      expect(await (await database.open()).claim('2999-01-01T00:00:00.000Z', 1, 1)).toMatchObject([
        { id: 'n-1', uncertain: later(3) },
      ]);
    });

    it('draws a bar where somebody watches', async () => {
      await fillCompany(folder.open());
      const words = ['--from', folder.dir, '--to', database.uri];
      const { code, terminal, err } = await run(storeCopy, words, {}, true);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(terminal).toMatch(/^\rCopied \[\.{30}\] 0%/);
      expect(terminal.endsWith(`\rCopied [${'#'.repeat(30)}] 100%\n`)).toBe(true);
    });

    it('refuses in a sentence', async () => {
      await fillCompany(folder.open());
      const refused = async (...args: string[]) => (await run(storeCopy, args)).err.split('\n')[0];
      expect(await refused('--from', folder.dir)).toBe('Say --from WHERE and --to WHERE.');
      expect(await refused('--from', dir, '--to', database.uri)).toMatch(/^There is no database at /);
      expect(await refused('--from', folder.dir, '--to', 'mongodb')).toMatch(/^Set MONGODB_URI/);
      expect(await refused('--from', folder.dir, '--to', 'mongodb://db')).toMatch(/must name a database/);
      expect(await refused('--from', folder.dir, '--to', `${folder.dir}/`)).toBe('Both are the same place.');
      await run(storeCopy, ['--from', folder.dir, '--to', dir]);
      expect(await run(storeCopy, ['--from', folder.dir, '--to', dir])).toMatchObject({
        code: 1,
        err: 'There is a record already: give an empty database.',
      });
    });
  });

  describe('backup', () => {
    it('saves one whole moment while a bot writes, and puts it back', async () => {
      const store = folder.open();
      await writeMany(store, 'D-1', 300);
      const file = join(dir, 'backup.sqlite');
      let writing = true;
      const bot = (async () => {
        let written = 0;
        for (; writing; written += 1) await write(store, 'D-2');
        return written;
      })();
      const saved = await backup(file);
      writing = false;
      expect(await bot).toBeGreaterThan(0);
      expect(saved).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Saved in .*: [12] streams?, \d+ commits, whole\./),
      });
      expect(readdirSync(dir)).toEqual(['backup.sqlite']);
      expect(statSync(file).mode & 0o077).toBe(0);

      const before = (await store.verify()) as { commits: number };
      await expect(run(storeRestore, [file, '--data', folder.dir])).resolves.toMatchObject({
        code: 2,
        err: expect.stringContaining('A bot is running on this data folder: stop it first.'),
      });
      expect(await store.verify()).toEqual(before);
      await store.close();

      const put = await run(storeRestore, [file, '--data', folder.dir]);
      expect(put).toMatchObject({ code: 0, out: expect.stringContaining('What was there is kept as ') });
      const again = folder.open();
      expect(((await again.verify()) as { commits: number }).commits).toBeLessThanOrEqual(before.commits);
      expect((await again.read('D-1')).length).toBe(300);
      await write(again, 'D-1');
      expect(readdirSync(folder.dir).filter((name) => name.includes('.before-')).length).toBe(1);
    });

    it('begins a log of another name, which says what the old one had: its end may be lost', async () => {
      /** Decided under no policy, so that none is missing. */
      const bare = async (to: EventStore, commits: number): Promise<void> => {
        for (let n = 0; n < commits; n += 1) await write(to, 'D-1', [], { commit: { contextVersions: {} } });
      };
      const store = folder.open();
      await bare(store, 3);
      await placeAll(store);
      const old = (await store.logHead())!;
      const file = join(dir, 'backup.sqlite');
      await backup(file);
      await bare(store, 2);
      await placeAll(store);
      const lost = join(dir, 'lost.txt');
      await run(auditCheckpoint, ['--data', folder.dir, '--out', lost]);
      const last = readUnsigned(readFileSync(lost, 'utf8'))!;
      await store.close();

      const put = await run(storeRestore, [file, '--data', folder.dir]);
      expect(put).toMatchObject({ code: 0, out: expect.stringContaining('Its log goes on under a new name') });
      const again = folder.open();
      await bare(again, 2);
      await run(auditCheckpoint, ['--data', folder.dir, '--out', join(dir, 'new.txt')]);
      const made = readUnsigned(readFileSync(join(dir, 'new.txt'), 'utf8'))!;
      const before = `${old.origin} 5 ${last.root.toString('base64')}`;
      expect(made).toMatchObject({ size: 5, before });
      expect(made.origin).not.toBe(old.origin);
      const whole = await run(auditVerify, ['--data', folder.dir, '--checkpoint', join(dir, 'new.txt')]);
      expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('A backup was put back') });
      expect(whole.out).toContain(`${old.origin}, 5 commits`);
      const missing = await run(auditVerify, ['--data', folder.dir, '--checkpoint', lost]);
      expect(missing).toMatchObject({ code: 1, out: expect.stringContaining('A backup was put back') });
    });

    it('keeps the name of a log that lost nothing', async () => {
      const store = folder.open();
      await writeMany(store, 'D-1', 3);
      await placeAll(store);
      const head = await store.logHead();
      const file = join(dir, 'backup.sqlite');
      await backup(file);
      await store.close();
      const put = await run(storeRestore, [file, '--data', folder.dir]);
      expect(put.out).not.toContain('new name');
      expect(await folder.open().logHead()).toEqual(head);
    });

    it('starts a new data folder', async () => {
      await fillCompany(folder.open());
      const file = join(dir, 'backup.sqlite');
      await backup(file);
      const data = join(dir, 'data');
      expect(await run(storeRestore, [file, '--data', data])).toMatchObject({ code: 0 });
      expect(existsSync(databaseFile(data))).toBe(true);
      expect(await run(auditVerify, ['--data', data])).toMatchObject({ code: 0 });
    });

    it('writes over nothing, and takes nothing that is not whole', async () => {
      const store = folder.open();
      await writeMany(store, 'D-1', 3);
      const file = join(dir, 'backup.sqlite');
      await backup(file);
      expect(await backup(file)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
      expect(await backup(join(dir, 'none', 'b'))).toMatchObject({
        code: 2,
        err: expect.stringMatching(/can't be written/),
      });
      const text = join(dir, 'text');
      writeFileSync(text, 'no database');
      expect(await run(storeRestore, [text, '--data', join(dir, 'd')])).toMatchObject({
        code: 2,
        err: expect.stringContaining('is it a backup of Clearthread?'),
      });
      expect(await run(storeRestore, [join(dir, 'gone'), '--data', join(dir, 'd')])).toMatchObject({ code: 2 });
      folder.raw().exec(`UPDATE commits SET actor = 'x' WHERE version = 2`);
      expect(await backup(join(dir, 'second'))).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^BROKEN: stream D-1, commit 2: edited\. .* Nothing was written\.$/),
      });
      expect(readdirSync(dir).toSorted()).toEqual(['backup.sqlite', 'd', 'text']);
    });

    it('is of the embedded database only', async () => {
      const answer = await run(storeBackup, ['x'], { MONGODB_URI: 'mongodb://db/x' });
      expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('with its own tools') });
    });
  });

  it.each([
    ['copy', storeCopy],
    ['backup', storeBackup],
    ['restore', storeRestore],
  ] as const)('explains %s', async (name, command) => {
    const { code, out } = await run(command, ['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: clearthread store ${name} `));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(116);
  });
});
