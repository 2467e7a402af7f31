/** The embedded store: one SQLite file (WAL, every append on disk before its answer), one transaction per append. */

import { resolve } from 'node:path';
import { checkFilled } from '../archive.ts';
import type { EventStore } from '../event-store.ts';
import type { LogKeeper } from '../log/commit-log.ts';
import { openedSnapshots } from '../opened.ts';
import { readRestored, RESTORED } from '../restored.ts';
import { rowMarks } from '../row-marks.ts';
import { copyingOf } from './archive.ts';
import { commitMethods } from './commits.ts';
import { openToWrite, reading, writing, writingUnsynced } from './connection.ts';
import { groupWrites } from './group.ts';
import { openSqliteLedger } from './ledger.ts';
import { logMethods } from './log.ts';
import { markMethods, markRows } from './marking.ts';
import { outboxAdder, outboxMethods } from './outbox.ts';
import { refAndDraftMethods } from './refs-and-drafts.ts';
import { settingMethods } from './settings.ts';
import { eraser, streamKeys } from './stream-keys.ts';
import { streamMethods } from './streams.ts';
import { summaryMethods } from './summaries.ts';
import { turnMethods } from './turns.ts';

export interface SqliteOptions {
  /** Created where it does not exist, with its folder. */
  file: string;
  /** 32 bytes. */
  dataKey: Buffer;
  /** How long a call waits for another process's write before it throws `SQLITE_BUSY`; the process waits with it. */
  busyTimeoutMs?: number;
  /** The wall clock, ISO 8601, for expiries and for the time of a failure. */
  now?: () => string;
}

/** Opens the store. Throws StoreFault where the file can't be opened or was written with another data key. */
export const openSqliteStore = (options: SqliteOptions): EventStore => {
  const { dataKey, busyTimeoutMs = 2000, now = () => new Date().toISOString() } = options;
  const file = resolve(options.file);
  const db = openToWrite(file, busyTimeoutMs);
  try {
    checkFilled(copyingOf(db));
    const marks = rowMarks(dataKey);
    markRows(db, dataKey, marks);
    const keys = streamKeys(db, dataKey);
    const opened = openedSnapshots(marks);
    const synced = groupWrites(db, writing);
    const unsynced = groupWrites(db, writingUnsynced);
    const ledger = openSqliteLedger({ file, busyTimeoutMs });
    const forget = eraser(db);
    const { erased, ...summaries } = summaryMethods(db, dataKey);
    const meta = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
    // Nobody puts a backup back while the store is open.
    const restored = readRestored(reading(db, () => meta.get(RESTORED)));
    const ping = db.prepare('SELECT count(*) FROM meta');

    return {
      ...ledger,
      ...commitMethods(db, synced.write, { keys, marks, opened, addRow: outboxAdder(db, marks) }),
      ...streamMethods(db, synced.write, marks),
      ...summaries,
      ...outboxMethods(db, synced.write, { marks, restored, now }),
      ...turnMethods(db, unsynced.write),
      ...refAndDraftMethods(db, synced.write, { keys, marks }),
      ...settingMethods(db, { synced: synced.write, unsynced: unsynced.write }, marks, now),
      ...markMethods(db, marks),
      ...logMethods(db, synced.write),
      // A commit and its projection are one transaction here.
      catchUp: async () => 0,
      erase: async (stream) => {
        writing(db, () => forget(stream));
        for (const memory of [keys, opened]) memory.forget(stream);
        erased(stream);
        // The write-ahead log still contains the key until it is emptied.
        reading(db, () => db.pragma('wal_checkpoint(TRUNCATE)'));
      },
      clockAheadMs: () => 0,
      ping: async () => {
        reading(db, () => ping.get());
      },
      close: async () => {
        for (const group of [unsynced, synced]) group.flush();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Opens the parts of the log that write, without the data key. Throws StoreFault. */
export const openSqliteLog = (file: string): LogKeeper => {
  const db = openToWrite(resolve(file), 2000);
  try {
    checkFilled(copyingOf(db));
  } catch (error) {
    db.close();
    throw error;
  }
  const synced = groupWrites(db, writing);
  return {
    ...logMethods(db, synced.write),
    close: async () => {
      synced.flush();
      db.close();
    },
  };
};
