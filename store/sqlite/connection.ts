/** One connection: how it is opened, its transactions, and how its errors are reported to callers. */

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreFault } from '../event-store.ts';
import { bringUpToDate } from './schema.ts';

export type Connection = Database.Database;

const sentences: Record<string, string> = {
  SQLITE_BUSY: 'The database is locked by another process.',
  SQLITE_FULL: 'The disk is full.',
  SQLITE_READONLY: 'The database file may not be written.',
  SQLITE_CANTOPEN: 'The database file could not be opened.',
  SQLITE_NOTADB: 'The file is not a Clearthread database.',
  SQLITE_CORRUPT: 'The database file is damaged.',
  SQLITE_IOERR: 'The disk reported an error.',
};

/** Gives SQLite's errors a code (`SQLITE_BUSY`) and the outcome; faults and our own errors stay as they are. */
const faultOf = (error: unknown, outcome: StoreFault['outcome']): unknown => {
  if (!(error instanceof Database.SqliteError)) return error;
  // Extended codes (SQLITE_BUSY_SNAPSHOT) mean the same to a caller as their first two words.
  const code = error.code.split('_').slice(0, 2).join('_');
  return new StoreFault(code, outcome, sentences[code] ?? 'The database did not answer.', { cause: error });
};

const checkOpen = (db: Connection): void => {
  if (!db.open) throw new StoreFault('closed', 'not done', 'The store is closed.');
};

export const reading = <T>(db: Connection, read: () => T): T => {
  checkOpen(db);
  try {
    return read();
  } catch (error) {
    throw faultOf(error, 'not done');
  }
};

/** Compiled once for each connection, not for every write. */
const transactions = new WeakMap<Connection, { begin: Database.Statement; commit: Database.Statement }>();

const transactionOf = (db: Connection): { begin: Database.Statement; commit: Database.Statement } => {
  const known = transactions.get(db);
  if (known) return known;
  const made = { begin: db.prepare('BEGIN IMMEDIATE'), commit: db.prepare('COMMIT') };
  transactions.set(db, made);
  return made;
};

/**
 * Runs one write transaction. BEGIN IMMEDIATE takes the write lock before anything is read, so what the closure reads
 * is still true when it commits, whatever other processes do.
 */
export const writing = <T>(db: Connection, write: () => T): T => {
  checkOpen(db);
  let committing = false;
  try {
    const { begin, commit } = transactionOf(db);
    begin.run();
    const result = write();
    committing = true;
    commit.run();
    return result;
  } catch (error) {
    // Some errors (disk full) make SQLite roll back by itself.
    if (db.inTransaction) db.exec('ROLLBACK');
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    // A COMMIT that failed half-way through its fsync may still be found whole at the next start.
    throw faultOf(error, committing && !busy ? 'unknown' : 'not done');
  }
};

/**
 * Like `writing`, but does not wait for the disk: its writes outlive the process, not a power cut. The log is kept as
 * a prefix, so a power cut that loses them loses everything written after them as well.
 */
export const writingUnsynced = <T>(db: Connection, write: () => T): T => {
  checkOpen(db);
  db.exec('PRAGMA synchronous = NORMAL');
  try {
    return writing(db, write);
  } finally {
    db.exec('PRAGMA synchronous = FULL');
  }
};

/** SQLite does not wait for its busy timeout when two processes switch a new file to WAL at once: ask again. */
const switchToWal = (db: Connection, busyTimeoutMs: number): void => {
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      if (db.pragma('journal_mode = WAL', { simple: true }) === 'wal') return;
      throw new StoreFault('no-wal', 'not done', 'The folder of the database does not allow a write-ahead log.');
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || Date.now() >= deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
};

/** Opens the file for writing; creates the folder (0700) and the file (0600) where they don't exist. */
export const openToWrite = (file: string, busyTimeoutMs: number): Connection => {
  let db: Connection | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    db = new Database(file, { timeout: busyTimeoutMs });
    switchToWal(db, busyTimeoutMs);
    db.pragma('synchronous = FULL');
    // Overwrites what is deleted, so that an erased stream's key is gone from the file as well.
    db.pragma('secure_delete = ON');
    const opened = db;
    writing(opened, () => bringUpToDate(opened));
    return opened;
  } catch (error) {
    db?.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(code)) {
      throw new StoreFault(code, 'not done', `The database ${file} could not be opened or made.`, { cause: error });
    }
    throw faultOf(error, 'not done');
  }
};

/** Opens the file for auditors: sees every durable commit while the bot writes, and changes nothing. */
export const openToRead = (file: string, busyTimeoutMs: number): Connection => {
  let db: Connection | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    db.pragma('user_version');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) {
      const message = `SQLite needs a lock file beside ${file}: copy it to a folder that you may write, and read it there.`;
      throw new StoreFault('SQLITE_READONLY', 'not done', message, { cause: error });
    }
    throw faultOf(error, 'not done');
  }
};

/** Syncs a file, or the names in a folder, to disk before it returns. */
export const syncFile = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

export const hasTable = (db: Connection, name: string): boolean =>
  db.prepare<[string]>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
