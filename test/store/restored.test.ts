/** Rows of a record that was put back say since when they may have been sent. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { readRestored, RESTORED, restoredText, uncertainSince } from '../../store/restored.ts';
import { backUp, restore } from '../../store/sqlite/backup.ts';
import { mongoDatabase, mongoServer } from '../support/mongo.ts';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { AT, fact, later, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

const DAY = 24 * 60;
const claimed = async (store: EventStore) =>
  (await store.claim(later(30 * DAY), 60_000, 10)).map(({ id, uncertain }) => [id, uncertain]);

describe('a restore', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
  });
  afterEach(() => folder.remove());

  it('notes when, and from when on what is owed may have been sent', async () => {
    const file = join(folder.dir, 'backup.sqlite');
    const store = folder.open();
    await write(store, 'D-1', [fact('n-1', 'a')]);
    await write(store, 'D-2', [fact('n-2', 'b')], { commit: { at: later(7) } });
    expect(await claimed(store)).toEqual([
      ['n-1', undefined],
      ['n-2', undefined],
    ]);
    for (const [id, attempts] of [['n-1', 0] as const, ['n-2', 0] as const]) await store.release(id, AT, attempts);
    await backUp(folder.file, file, () => {});
    await store.close();
    await restore(file, folder.file, later(60));
    expect(existsSync(file)).toBe(true);
    const again = folder.open();
    expect(readRestored(await again.meta(RESTORED))).toEqual({ from: later(7), at: later(60) });
    await write(again, 'D-3', [fact('n-3', 'c')], { commit: { at: later(2 * DAY) } });
    await write(again, 'D-4', [fact('n-4', 'd')], { commit: { at: later(4 * DAY) } });
    expect(await claimed(again)).toEqual([
      ['n-1', AT],
      ['n-2', later(7)],
      // It may come again because the backup does not know that it came due before.
      ['n-3', later(7)],
      ['n-4', undefined],
    ]);
  });

  it('of a record with a clock ahead begins no later than itself', async () => {
    const file = join(folder.dir, 'backup.sqlite');
    const store = folder.open();
    await write(store, 'D-1', [fact('n-1', 'a')], { commit: { at: later(DAY) } });
    await backUp(folder.file, file, () => {});
    await store.close();
    await restore(file, folder.file, later(60));
    expect(await claimed(folder.open())).toEqual([['n-1', later(60)]]);
  });
});

it(`is known to MongoDB too (${server.which}), where the record was copied on`, async () => {
  const database = mongoDatabase(server);
  try {
    const store = await database.open();
    await store.putMeta(RESTORED, restoredText({ from: later(1), at: later(2) }));
    await write(store, 'D-1', [fact('n-1', 'a')]);
    const again = await database.open({ now: () => later(30 * DAY) });
    expect(await claimed(again)).toEqual([['n-1', AT]]);
  } finally {
    await database.remove();
  }
});

it('believes no note that it can not read', () => {
  for (const text of [undefined, '', 'x', '{}', '{"from":"x","at":"y"}']) expect(readRestored(text)).toBeUndefined();
  expect(uncertainSince(undefined, AT)).toBeUndefined();
});
