/** SQLite stores in separate folders, and a raw connection to their files. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EventStore } from '../../store/event-store.ts';
import { databaseFile } from '../../store/keys.ts';
import { openSqliteStore, type SqliteOptions } from '../../store/sqlite/sqlite.ts';

export const DATA_KEY = Buffer.alloc(32, 7);

export interface SqliteFolder {
  dir: string;
  file: string;
  open: (options?: Partial<SqliteOptions>) => EventStore;
  raw: () => Database.Database;
  /** Everything in the folder, as stored on disk. */
  bytes: () => Buffer;
  remove: () => Promise<void>;
}

export const sqliteFolder = (): SqliteFolder => {
  const dir = mkdtempSync(join(tmpdir(), 'clearthread-'));
  const file = databaseFile(dir);
  const stores: EventStore[] = [];
  const raws: Database.Database[] = [];
  return {
    dir,
    file,
    open: (options) => {
      const store = openSqliteStore({ file, dataKey: DATA_KEY, ...options });
      stores.push(store);
      return store;
    },
    raw: () => {
      const db = new Database(file);
      raws.push(db);
      return db;
    },
    bytes: () => Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name)))),
    remove: async () => {
      for (const store of stores) await store.close();
      for (const raw of raws) raw.close();
      rmSync(dir, { recursive: true });
    },
  };
};
