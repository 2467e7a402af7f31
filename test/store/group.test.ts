import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openToWrite, writing, writingUnsynced } from '../../store/sqlite/connection.ts';
import type { Connection } from '../../store/sqlite/connection.ts';
import { groupWrites } from '../../store/sqlite/group.ts';
import { sqliteFolder } from '../support/sqlite.ts';
import type { SqliteFolder } from '../support/sqlite.ts';

const FULL = 2;

describe('writes that come in together', () => {
  let folder: SqliteFolder;
  let db: Connection;
  let seen: Connection;
  beforeEach(() => {
    folder = sqliteFolder();
    db = openToWrite(folder.file, 20);
    seen = folder.raw();
  });
  afterEach(async () => {
    db.close();
    await folder.remove();
  });

  const put = (key: string) => () => {
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run(key, 'x');
    return key;
  };
  /** The view of another connection: only what is committed. */
  const keys = () => seen.prepare('SELECT key FROM meta ORDER BY key').pluck().all();

  it('are committed together, and each gets its own result', async () => {
    const { write } = groupWrites(db, writing);
    let first: unknown[] = [];
    const both = [write(put('a')).then(() => (first = keys())), write(put('b'))];
    expect(keys()).toEqual([]);
    expect((await Promise.all(both))[1]).toBe('b');
    expect(first).toEqual(['a', 'b']);
  });

  it('see what the one before them wrote', async () => {
    const { write } = groupWrites(db, writing);
    const count = () => db.prepare('SELECT count(*) FROM meta').pluck().get();
    const [, counted] = await Promise.all([write(put('a')), write(count)]);
    expect(counted).toBe(1);
  });

  it('fail alone: the others are kept, and nothing of the one that failed', async () => {
    const { write } = groupWrites(db, writing);
    const outcomes = await Promise.allSettled([
      write(put('a')),
      write(() => {
        put('half')();
        throw new RangeError('no');
      }),
      write(put('b')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { name: 'RangeError' } });
    expect(keys()).toEqual(['a', 'b']);
  });

  it('are all told when the database is locked, after one wait', async () => {
    const { write } = groupWrites(db, writing);
    seen.exec('BEGIN IMMEDIATE');
    const outcomes = await Promise.allSettled([write(put('a')), write(put('b'))]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { code: 'SQLITE_BUSY', outcome: 'not done' } });
    }
    seen.exec('ROLLBACK');
    expect(keys()).toEqual([]);
  });

  it('are none of them told that they are done when the commit fails', async () => {
    const full = Object.assign(new Error('the disk is full'), { outcome: 'unknown' });
    const { write } = groupWrites(db, (connection, work) =>
      writing(connection, () => {
        work();
        expect(connection.prepare('SELECT count(*) FROM meta').pluck().get()).toBe(2);
        throw full;
      }),
    );
    const outcomes = await Promise.allSettled([write(put('a')), write(put('b'))]);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: full },
      { status: 'rejected', reason: full },
    ]);
    expect(keys()).toEqual([]);
  });

  it('are on disk after a flush', async () => {
    const { write, flush } = groupWrites(db, writing);
    const written = write(put('a'));
    flush();
    expect(keys()).toEqual(['a']);
    await expect(written).resolves.toBe('a');
  });

  it('wait for the disk again after a write that did not', () => {
    const synchronous = () => db.pragma('synchronous', { simple: true });
    expect(synchronous()).toBe(FULL);
    let during: unknown;
    writingUnsynced(db, () => {
      during = synchronous();
      put('a')();
    });
    expect(during).toBe(1);
    expect(synchronous()).toBe(FULL);
    expect(() =>
      writingUnsynced(db, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(synchronous()).toBe(FULL);
    expect(keys()).toEqual(['a']);
  });
});
