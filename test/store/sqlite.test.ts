import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { storeContract } from '../support/store-contract.ts';
import { AT, fact, later, live, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

storeContract('SQLite', async () => {
  const folder = sqliteFolder();
  const store = folder.open();
  return {
    store,
    reopen: async () => folder.open(),
    cutOff: async (...append) => void (await store.append(...append)),
    close: folder.remove,
  };
});

describe('SQLite', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
  });
  afterEach(() => folder.remove());

  it('writes nothing readable: no answers, names, states or drafts', async () => {
    const canaries = ['canary-answer', 'canary-notice', 'canary-state', 'canary-draft'];
    const store = folder.open();
    await store.append(
      sampleCommit('D-1', 0, { body: { events: [{ note: 'canary-answer' }], notices: [{ to: 'canary-notice' }] } }),
      sampleProjection(1, [fact('n-1', 'a')], { state: { customer: 'canary-state' } }),
    );
    await store.putDraft('D-1', 'product', { note: 'canary-draft' });
    const visible = (): string[] =>
      ['click-1', ...canaries].filter((text) => {
        const bytes = folder.bytes();
        const shifts = [0, 1, 2].map((skip) => Buffer.from(text).subarray(skip).toString('base64').slice(0, -4));
        return [text, ...shifts].some((form) => bytes.includes(form));
      });
    expect(visible()).toEqual(['click-1']);
    await store.close();
    expect(visible()).toEqual(['click-1']);
  });

  it('leaves nothing of an erased key in its files', async () => {
    const store = folder.open();
    for (const stream of ['D-0', 'D-1', 'D-2']) await write(store, stream);
    const raw = folder.raw();
    const wrapped = raw.prepare<[], string>(`SELECT wrapped FROM stream_keys WHERE stream = 'D-1'`).pluck().get() ?? '';
    raw.close();
    expect(wrapped.length).toBeGreaterThan(60);
    expect(folder.bytes().includes(wrapped)).toBe(true);
    await store.erase('D-1');
    // Not a piece of it either: SQLite reuses a few bytes of what it frees.
    expect(folder.bytes().includes(wrapped.slice(-40))).toBe(false);
  });

  it('takes a stream whose key was removed for erased, and gives it no new one', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    folder.raw().exec('DELETE FROM stream_keys');
    await expect(store.load('D-1')).rejects.toMatchObject({ code: 'erased' });
    await expect(store.putDraft('D-1', 'product', 1)).rejects.toMatchObject({ code: 'erased' });
    await expect(store.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject({ code: 'erased' });
    expect(await store.verify()).toMatchObject({ kind: 'whole' });
  });

  it('loads the same from memory as from the file', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    await store.append(sampleCommit('D-1', 1), sampleProjection(2, [], { nextDueAt: later(9) }));
    const [sealed, again, opened] = [await store.load('D-1'), await store.load('D-1'), await folder.open().load('D-1')];
    expect(sealed).toEqual(opened);
    expect(again.snapshot).toBe(sealed.snapshot);
    await store.setDue('D-1', 2, later(5));
    expect((await store.load('D-1')).snapshot).toEqual({ ...opened.snapshot, nextDueAt: later(5) });
  });

  it('finds what was changed since it was last opened', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    await store.load('D-1');
    const raw = folder.raw();
    const other = folder.open();
    await write(other, 'D-2');
    const tables = {
      snapshots: ['version', 'kind', 'status', 'tier', 'owner', 'state'],
      commits: ['version', 'at', 'actor', 'cause', 'context_versions', 'body', 'prev_hash', 'state_hash', 'hash'],
      stream_keys: ['wrapped'],
    };
    for (const [table, columns] of Object.entries(tables)) {
      for (const column of columns) {
        const read = raw.prepare<[], string | number | null>(`SELECT ${column} FROM ${table} WHERE stream = 'D-1'`);
        const put = raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE stream = 'D-1'`);
        const before = read.pluck().get() ?? null;
        put.run(typeof before === 'number' ? before + 1 : `x${before?.slice(1) ?? ''}`);
        const found = await store.load('D-1').then(
          ({ version }) => ({ code: `version ${version}` }),
          (error: unknown) => error,
        );
        expect(found, `${table}.${column}`).toMatchObject({ code: 'damaged' });
        put.run(before);
        expect((await store.load('D-1')).version, `${table}.${column}`).toBe(1);
      }
    }
    raw.exec(`UPDATE snapshots SET next_due_at = '2031-01-01T00:00:00.000Z' WHERE stream = 'D-1'`);
    expect((await store.load('D-1')).snapshot).toMatchObject({ dueChanged: true });
    await other.erase('D-1');
    await expect(store.load('D-1')).rejects.toMatchObject({ code: 'erased' });
    await expect(store.read('D-1')).rejects.toMatchObject({ code: 'erased' });
  });

  it('keeps others out of the file', () => {
    folder.open();
    expect(statSync(folder.file).mode & 0o077).toBe(0);
  });

  it('refuses a data key that the database was not written with', async () => {
    await write(folder.open(), 'D-1');
    expect(() => folder.open({ dataKey: Buffer.alloc(32, 8) })).toThrow(
      expect.objectContaining({ code: 'wrong-data-key', message: expect.stringContaining('CLEARTHREAD_DATA_KEY') }),
    );
    expect(() => folder.open({ dataKey: Buffer.alloc(16) })).toThrow(expect.objectContaining({ code: 'bad-data-key' }));
  });

  it('refuses what is no database, and one of a newer Clearthread', async () => {
    writeFileSync(
      folder.file,
      'This is a text file, and not a short one: SQLite reads a header of a hundred bytes first.',
    );
    expect(() => folder.open()).toThrow(expect.objectContaining({ name: 'StoreFault', code: 'SQLITE_NOTADB' }));
    const newer = `${folder.dir}/newer.sqlite`;
    await folder.open({ file: newer }).close();
    const { default: Database } = await import('better-sqlite3');
    const raw = new Database(newer);
    raw.pragma('user_version = 99');
    raw.close();
    expect(() => folder.open({ file: newer })).toThrow(expect.objectContaining({ code: 'newer-format' }));
    mkdirSync(`${folder.dir}/folder.sqlite`);
    expect(() => folder.open({ file: `${folder.dir}/folder.sqlite` })).toThrow(
      expect.objectContaining({ name: 'StoreFault', code: 'EISDIR' }),
    );
  });

  it('says that a locked database did nothing, still reads, and goes on after', async () => {
    const store = folder.open({ busyTimeoutMs: 20 });
    await write(store, 'D-1', [fact('n-1', 'a')]);
    const raw = folder.raw();
    raw.exec('BEGIN IMMEDIATE');
    const busy = { name: 'StoreFault', code: 'SQLITE_BUSY', outcome: 'not done' };
    await expect(store.append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject(busy);
    await expect(store.claim(AT, 1000, 1)).rejects.toMatchObject(busy);
    await expect(store.firstTime('k', later(1))).rejects.toMatchObject(busy);
    await expect(store.erase('D-1')).rejects.toMatchObject(busy);
    expect((await store.load('D-1')).version).toBe(1);
    await store.ping();
    raw.exec('ROLLBACK');
    expect(await write(store, 'D-1')).toBe(2);
  });

  it('keeps appends apart that come in together: a conflict, a repeat and a failure concern no other', async () => {
    const store = folder.open();
    await write(store, 'D-0');
    folder
      .raw()
      .exec(`CREATE TRIGGER refuse BEFORE INSERT ON outbox WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const outcomes = await Promise.allSettled([
      store.append(sampleCommit('D-1', 0), sampleProjection(1, [fact('n-1', 'a')])),
      store.append(sampleCommit('D-1', 0, { cause: 'another' }), sampleProjection(1, [fact('n-2', 'a')])),
      store.append(sampleCommit('D-1', 0), sampleProjection(1, [fact('n-1', 'a')])),
      store.append(sampleCommit('D-2', 0), sampleProjection(1, [fact('bad', 'b')])),
      store.append(sampleCommit('D-0', 1), sampleProjection(2, [fact('n-3', 'c')])),
      store.append(sampleCommit('D-3', 0), sampleProjection(1, [fact('n-4', 'd')])),
    ]);
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value.kind : one.reason.outcome))).toEqual([
      'appended',
      'conflict',
      'repeated',
      'not done',
      'appended',
      'appended',
    ]);
    expect((await store.claim(AT, 1000, 10)).map(({ id }) => id).toSorted()).toEqual(['n-1', 'n-3', 'n-4']);
    const loaded = await Promise.all(['D-0', 'D-1', 'D-2', 'D-3'].map((stream) => store.load(stream)));
    expect(loaded.map(({ version }) => version)).toEqual([2, 1, 0, 1]);
    const other = folder.open();
    expect(await Promise.all(['D-0', 'D-1', 'D-2', 'D-3'].map((stream) => other.load(stream)))).toEqual(loaded);
    expect(await store.verify()).toMatchObject({ kind: 'whole', commits: 4 });
  });

  it('undoes the whole append when a part of it fails', async () => {
    const store = folder.open();
    await write(store, 'D-1');
    const raw = folder.raw();
    raw.exec(`CREATE TRIGGER refuse BEFORE INSERT ON outbox WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const projection = sampleProjection(2, [fact('good', 'a'), fact('bad', 'a')], { status: 'deciding' });
    await expect(store.append(sampleCommit('D-1', 1), projection)).rejects.toMatchObject({ outcome: 'not done' });
    raw.exec('DROP TRIGGER refuse');
    expect(await store.load('D-1')).toMatchObject({ version: 1, snapshot: { status: 'answering' } });
    expect(await store.claim(AT, 1000, 10)).toEqual([]);
    expect(await write(store, 'D-1')).toBe(2);
  });

  it('is one store for two that opened the same file', async () => {
    const [one, two] = [folder.open(), folder.open()];
    await write(one, 'D-1', [fact('a-1', 'a'), fact('b-1', 'b'), live('live:D-1:root', 'c')]);
    const answers = await Promise.all(
      [one, two, one, two].map((store, number) =>
        store.append(sampleCommit('D-1', 1, { cause: `c-${number}` }), sampleProjection(2)),
      ),
    );
    expect(answers.map((answer) => answer.kind).toSorted()).toEqual(['appended', 'conflict', 'conflict', 'conflict']);
    expect((await one.claim(AT, 1000, 2)).map((row) => row.id)).toEqual(['a-1', 'b-1']);
    expect((await two.claim(AT, 1000, 2)).map((row) => row.id)).toEqual(['live:D-1:root']);
    expect(await two.firstTime('k', '2999-01-01T00:00:00.000Z')).toBe(true);
    expect(await one.firstTime('k', '2999-01-01T00:00:00.000Z')).toBe(false);
    await one.erase('D-1');
    await expect(two.load('D-1')).rejects.toMatchObject({ code: 'erased' });
  });

  it('finds what is due, what to send and what to prune by index', () => {
    folder.open();
    const raw = folder.raw();
    const plan = (sql: string): string =>
      raw
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((step) => step.detail)
        .join('; ');
    expect(
      plan(`SELECT stream FROM snapshots WHERE kind = 'deal' AND next_due_at <= 'x' ORDER BY next_due_at LIMIT 5`),
    ).toBe('SEARCH snapshots USING INDEX snapshots_due (kind=? AND next_due_at<?)');
    expect(plan(`SELECT stream FROM snapshots WHERE kind = 'deal' AND opened < 9 ORDER BY opened DESC`)).toBe(
      'SEARCH snapshots USING INDEX snapshots_by_kind (kind=? AND opened<?)',
    );
    expect(plan(`SELECT key FROM seen_keys WHERE expires <= 'x' LIMIT 50`)).toContain('seen_keys_by_expiry');
  });

  it('forgets expired keys a few at a time', async () => {
    let now = AT;
    const store = folder.open({ now: () => now });
    for (let number = 0; number < 60; number += 1) await store.firstTime(`k-${number}`, later(1));
    now = later(1);
    await store.firstTime('other', later(9));
    const count = folder.raw().prepare<[], number>('SELECT count(*) FROM seen_keys').pluck();
    expect(count.get()).toBe(11);
    await store.firstTime('another', later(9));
    expect(count.get()).toBe(2);
  });
});
