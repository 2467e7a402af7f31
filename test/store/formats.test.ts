/** Files made by an older Clearthread. */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../../store/log/verify-log.ts';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { expectOnePlaceEach, placeAll, placedIn } from '../support/store-contract-log.ts';
import { later, write } from '../support/store-samples.ts';

const FORMAT_1 = readFileSync(new URL('format-1.sql', import.meta.url), 'utf8');

describe('a database of format 1', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
    folder.raw().exec(FORMAT_1);
  });
  afterEach(() => folder.remove());

  const format = (): unknown => folder.raw().pragma('user_version', { simple: true });
  const schema = (of: SqliteFolder): unknown =>
    of.raw().prepare<[], string>('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name').pluck().all();

  it('becomes one of today and keeps everything', async () => {
    expect(format()).toBe(1);
    const store = folder.open();
    expect(format()).toBe(8);
    expect(await store.load('D-1')).toMatchObject({ version: 1, snapshot: { state: { number: 1 } } });
    expect(await store.read('D-1')).toMatchObject([{ body: { events: [{ type: 'Sampled', number: 1 }] } }]);
    expect(await store.ref('D-1', 'root')).toEqual({ channel: 'C1', message: '1.1' });
    expect(await store.draft('D-1', 'product')).toEqual({ P1: 'yes' });
    expect(await store.policy('p-1')).toEqual({ name: 'Sample policy' });
    expect(await store.meta('deployment')).toBe('real');
    expect(await store.claim(later(0), 1000, 10)).toMatchObject([{ id: 'n-1', notice: { notice: 'n-1' } }]);
    expect(await write(store, 'D-1')).toBe(2);
    expect(await store.verify()).toEqual({ kind: 'whole', streams: 1, commits: 2 });
    await store.saveConversation('teams:person:rep-1', 'a:1');
    expect(await store.conversation('teams:person:rep-1')).toBe('a:1');
  });

  it('has the tables of a new one then', () => {
    const fresh = sqliteFolder();
    fresh.open();
    folder.open();
    expect(schema(folder)).toEqual(schema(fresh));
    return fresh.remove();
  });

  it('is opened by two at once, and brought up to date by one of them', async () => {
    const [one, two] = [folder.open(), folder.open()];
    await one.saveConversation('teams:person:rep-1', 'a:1');
    expect(await two.conversation('teams:person:rep-1')).toBe('a:1');
  });

  it('stays as it was when a step fails', () => {
    folder.raw().exec('CREATE TABLE conversations (other TEXT)');
    expect(() => folder.open()).toThrow(expect.objectContaining({ name: 'StoreFault', outcome: 'not done' }));
    expect(format()).toBe(1);
    folder.raw().exec('DROP TABLE conversations');
    folder.open();
    expect(format()).toBe(8);
  });

  it('takes no commit more from an older bot that has it open, where today’s bot wrote', async () => {
    const older = folder.raw();
    await write(folder.open(), 'D-1');
    const appends = (stream: string): unknown =>
      older
        .prepare(
          `INSERT INTO commits (stream, version, at, actor, cause, context_versions, body, prev_hash, hash)
           VALUES (?, 3, '', '', 'older', '{}', '', '', '')`,
        )
        .run(stream);
    expect(() => appends('D-1')).toThrow('a newer Clearthread has this file');
    appends('D-2');
    expect(await folder.open().verify()).toMatchObject({ stream: 'D-2' });
  });

  it('is read by an auditor as it is', async () => {
    const ledger = openSqliteLedger({ file: folder.file });
    expect(await ledger.verify()).toMatchObject({ kind: 'whole', commits: 1 });
    expect(await verifyLog(ledger, [])).toMatchObject({ kind: 'whole', size: 0, unplaced: 1 });
    expect(await ledger.signedHeads()).toEqual([]);
    expect(format()).toBe(1);
  });

  it('gives its commits their places in the log, before those of today', async () => {
    const store = folder.open();
    await write(store, 'D-2');
    await placeAll(store, 1);
    await expectOnePlaceEach(store, 2);
    expect(await placedIn(store)).toMatchObject([{ stream: 'D-1' }, { stream: 'D-2' }]);
  });
});
