/** The playground's file, which survives a restart: both clouds and the clock keep their tables in it. */

import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Database as Db } from 'better-sqlite3';

/** Readable by its owner alone, like the record next to it. */
export const openPlaygroundDatabase = (dataDir: string, schema: string): Db => {
  const file = join(dataDir, 'playground.sqlite');
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(schema);
  return db;
};
