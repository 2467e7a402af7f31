/** What stays of a case that was erased: its number, the day, and what it is counted by, sealed to those who could read it. */

import type Database from 'better-sqlite3';
import type { CaseId, HandlerId } from '../../flows/voices/case.ts';
import type { Day } from '../../flows/voices/days.ts';

export interface Tombstone {
  id: CaseId;
  /** On which it was erased. */
  day: Day;
  sealedTo: readonly HandlerId[];
  /** `CaseCount` (flows/voices/counting.ts). Undefined where it was taken back before anybody said what to make of it. */
  count: Uint8Array | undefined;
}

const TABLE = `
CREATE TABLE IF NOT EXISTS tombstones (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  sealed_to TEXT NOT NULL,
  count BLOB
) STRICT, WITHOUT ROWID;
`;

/** Marks the message that a case is counted by. No mark of a reporter's words is so short. */
export const COUNT_MARK = 'count';

export interface Tombstones {
  /** For use inside of the store's transactions. */
  put(tombstone: Tombstone): void;
  all(): Tombstone[];
  /** What a case is counted by; undefined where it was never closed. */
  countOf(id: CaseId): Uint8Array | undefined;
}

/** The table beside that of the cases; made where it is not there. */
export const openTombstones = (db: Database.Database): Tombstones => {
  db.exec(TABLE);
  const insert = db.prepare('INSERT INTO tombstones VALUES (?, ?, ?, ?)');
  const every = db.prepare<[], { id: string; day: string; sealed_to: string; count: Buffer | null }>(
    'SELECT id, day, sealed_to, count FROM tombstones ORDER BY day, id',
  );
  const counted = db.prepare<[string, string], { for_handlers: Buffer }>(
    'SELECT for_handlers FROM messages WHERE case_id = ? AND mark = ? ORDER BY number DESC LIMIT 1',
  );
  return {
    put: ({ id, day, sealedTo, count }) => void insert.run(id, day, JSON.stringify(sealedTo), count ?? null),
    all: () =>
      every.all().map(({ id, day, sealed_to, count }) => ({
        id,
        day,
        sealedTo: JSON.parse(sealed_to) as HandlerId[],
        count: count ?? undefined,
      })),
    countOf: (id) => counted.get(id, COUNT_MARK)?.for_handlers,
  };
};
