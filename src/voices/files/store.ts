/**
 * The store of files, beside the texts and apart from them, so that files never take the room of a text. It holds sealed
 * bytes in parts, and no name or day. A file belongs to a case once the message that names it is kept; what belongs to
 * none is erased when the process starts, and can't be opened: the key is in no message.
 */

import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A file whose bytes are on disk, whole. */
export interface StoredFile {
  id: string;
  /** Sealed. */
  bytes: number;
}

export interface FileWriter {
  id: string;
  /** Throws SQLite's errors, such as a full disk. */
  write(sealed: Uint8Array): void;
  /** What was written is on disk, whole. */
  end(): StoredFile;
}

export interface FileStore {
  begin(): FileWriter;
  /** One part after the other, so that no file is in memory whole. Throws where one is missing. */
  read(id: string): AsyncGenerator<Uint8Array>;
  /** They belong to a case now. */
  release(ids: readonly string[]): void;
  /** Erases files that were begun here, and belong to no case. */
  drop(ids: readonly string[]): void;
  /** Bytes of all whole files. */
  used(): number;
  /** Erases what belongs to no case, but for what is being sent now. */
  sweep(): void;
  /** The underlying database. */
  db: Database.Database;
  close(): void;
}

/** Written at once. */
const PART = 2 ** 20;

const TABLES = `
CREATE TABLE IF NOT EXISTS whole (id TEXT PRIMARY KEY, bytes INTEGER NOT NULL, parts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;
`;

const openDatabase = (file: string): Database.Database => {
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file, { timeout: 1000 });
  // Another process would erase what is being sent to this one.
  db.pragma('locking_mode = EXCLUSIVE');
  // What was erased goes back to the disk.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.exec(TABLES);
  return db;
};

/**
 * Opens it in the voices' folder, for this process alone. `linked`: the files that belong to cases. Throws SQLite's errors:
 * SQLITE_BUSY where another process has it.
 */
export const openFileStore = (folder: string, linked: () => ReadonlySet<string>): FileStore => {
  const db = openDatabase(join(folder, 'files.db'));
  const insert = db.prepare('INSERT INTO parts VALUES (?, ?, ?)');
  const complete = db.prepare('INSERT INTO whole VALUES (?, ?, ?)');
  const partOf = db.prepare<[string, number], { sealed: Buffer }>(
    'SELECT sealed FROM parts WHERE id = ? AND number = ?',
  );
  const partsOf = db.prepare<[string], { parts: number }>('SELECT parts FROM whole WHERE id = ?');
  const all = db.prepare<[], { id: string }>('SELECT DISTINCT id FROM parts');
  const sum = db.prepare<[], { bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM whole');
  const erase = db.transaction((id: string): void => {
    db.prepare('DELETE FROM whole WHERE id = ?').run(id);
    db.prepare('DELETE FROM parts WHERE id = ?').run(id);
  });
  /** Those that are being sent. */
  const begun = new Set<string>();

  const eraseAll = (ids: readonly string[]): void => {
    if (ids.length === 0) return;
    // Erasing needs some room itself; the log gives it.
    db.pragma('wal_checkpoint(TRUNCATE)');
    for (const id of ids) {
      begun.delete(id);
      erase.immediate(id);
    }
    db.pragma('incremental_vacuum');
    db.pragma('wal_checkpoint(TRUNCATE)');
  };
  /** Their keys were in memory alone: overwriting them would take as much room again. */
  const drop = (ids: readonly string[]): void => {
    db.pragma('secure_delete = OFF');
    try {
      eraseAll(ids);
    } finally {
      db.pragma('secure_delete = ON');
    }
  };
  const sweep = (): void => {
    const kept = linked();
    eraseAll(
      all
        .all()
        .map(({ id }) => id)
        .filter((id) => !kept.has(id) && !begun.has(id)),
    );
  };
  try {
    sweep();
  } catch (error) {
    // Whoever starts it on a full disk can still read what is there.
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_FULL')) throw error;
  }
  return {
    begin: () => {
      const id = randomBytes(16).toString('hex');
      begun.add(id);
      let waiting: Uint8Array[] = [];
      let length = 0;
      let bytes = 0;
      let parts = 0;
      const flush = (): void => {
        insert.run(id, parts, Buffer.concat(waiting));
        parts += 1;
        bytes += length;
        waiting = [];
        length = 0;
      };
      return {
        id,
        write: (sealed) => {
          waiting.push(sealed);
          length += sealed.length;
          if (length >= PART) flush();
        },
        end: () => {
          if (length > 0) flush();
          complete.run(id, bytes, parts);
          return { id, bytes };
        },
      };
    },
    async *read(id) {
      const { parts } = partsOf.get(id) ?? {};
      if (parts === undefined) throw new Error('A file is not there.');
      for (let number = 0; number < parts; number += 1) {
        const part = partOf.get(id, number);
        if (!part) throw new Error('A part of a file is not there.');
        yield part.sealed;
      }
    },
    release: (ids) => {
      for (const id of ids) begun.delete(id);
    },
    drop,
    used: () => sum.get()?.bytes ?? 0,
    sweep,
    db,
    close: () => db.close(),
  };
};
