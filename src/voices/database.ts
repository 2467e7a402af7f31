/** The voices' database file: made where it is not there, with its salt and the key that signs receipts. */

import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { newReceiptKey } from './signed-receipt.ts';

/** The database was made by a newer version, or is none of the voices. The message is for the person who starts it. */
export class VoicesStoreProblem extends Error {
  override name = 'VoicesStoreProblem';
}

const VERSION = 1;

const TABLES = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE handlers (
  id TEXT PRIMARY KEY,
  handler TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE invitations (
  hash TEXT PRIMARY KEY,
  invitation TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  lookup TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  day TEXT NOT NULL,
  sealed_to TEXT NOT NULL,
  events TEXT NOT NULL,
  who BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
  case_id TEXT NOT NULL REFERENCES cases (id),
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  handler TEXT,
  for_handlers BLOB NOT NULL,
  for_reporter BLOB,
  mark TEXT,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
`;

/** Opens it. Throws VoicesStoreProblem, and SQLite's errors. */
export const openDatabase = (file: string): Database.Database => {
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file, { timeout: 5000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // Overwrites what is erased, so that it is gone from the file as well.
  db.pragma('secure_delete = ON');
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > VERSION) {
    db.close();
    throw new VoicesStoreProblem(`${file} was written by a newer version of Clearthread. Start that one.`);
  }
  if (version === 0) {
    db.transaction(() => {
      db.exec(TABLES);
      const set = db.prepare('INSERT INTO setting VALUES (?, ?)');
      set.run('salt', randomBytes(16));
      set.run('receipt key', newReceiptKey());
      db.pragma(`user_version = ${VERSION}`);
    }).immediate();
  }
  return db;
};

/** What was made with the database, by name. Throws VoicesStoreProblem where it is not there. */
export const settingOf = (db: Database.Database, name: 'salt' | 'receipt key'): Buffer => {
  const { value } = db.prepare<[string], { value: Buffer }>('SELECT value FROM setting WHERE name = ?').get(name) ?? {};
  if (!value) throw new VoicesStoreProblem(`${db.name} is damaged: it has no ${name}.`);
  return value;
};
