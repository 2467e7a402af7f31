/** What the store keeps of who reads a case: whom it concerns, and the keys that were sealed to those who were let in later. */

import type Database from 'better-sqlite3';
import type { CaseId, HandlerId } from '../../flows/voices/case.ts';

/** Beside the tables of src/voices/database.ts. `handler` is empty once for each case whose ticks were kept from the first. */
const TABLES = `
CREATE TABLE IF NOT EXISTS concerned (
  case_id TEXT NOT NULL REFERENCES cases (id),
  handler TEXT NOT NULL,
  PRIMARY KEY (case_id, handler)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS case_keys (
  case_id TEXT NOT NULL REFERENCES cases (id),
  reader TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (case_id, reader)
) STRICT, WITHOUT ROWID;
`;

/** A column of `cases`: JSON. */
export const TICKS_COLUMN =
  '(SELECT json_group_array(handler) FROM concerned WHERE concerned.case_id = cases.id) AS ticks';

export const ticksIn = (json: string): { concerns: HandlerId[]; ticksKept: boolean } => {
  const all = JSON.parse(json) as string[];
  return { concerns: all.filter((id) => id !== ''), ticksKept: all.includes('') };
};

export interface ReadingStore {
  /** `isNew`: the case begins with it, so that nothing else was ticked before. */
  concern(id: CaseId, handlers: readonly HandlerId[], isNew: boolean): void;
  giveKeys(id: CaseId, reader: HandlerId, sealed: Uint8Array): void;
  /** Sealed keys to what was in the case when they were let in; undefined for those who need none. */
  keysFor(id: CaseId, reader: HandlerId): Uint8Array | undefined;
  forget(id: CaseId): void;
}

/** For use inside of the store's transactions. */
export const openReadingStore = (db: Database.Database): ReadingStore => {
  db.exec(TABLES);
  const concern = db.prepare('INSERT OR IGNORE INTO concerned VALUES (?, ?)');
  const give = db.prepare('INSERT INTO case_keys VALUES (?, ?, ?)');
  const given = db.prepare<[string, string], { sealed: Buffer }>(
    'SELECT sealed FROM case_keys WHERE case_id = ? AND reader = ?',
  );
  return {
    concern: (id, handlers, isNew) => {
      for (const handler of [...(isNew ? [''] : []), ...handlers]) concern.run(id, handler);
    },
    giveKeys: (id, reader, sealed) => void give.run(id, reader, sealed),
    keysFor: (id, reader) => given.get(id, reader)?.sealed,
    forget: (id) => {
      for (const table of ['concerned', 'case_keys']) db.prepare(`DELETE FROM ${table} WHERE case_id = ?`).run(id);
    },
  };
};
