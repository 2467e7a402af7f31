/** Keys of streams. Their rows are read each time: another process may erase a stream at any time. */

import { createRecentlyUsed } from '../recently-used.ts';
import { newStreamKey, wrapStreamKey } from '../seal.ts';
import { checkDataKey, DATA_KEY_CHECK, erased, newDataKeyCheck, unwrapped } from '../stream-key.ts';
import { type Connection, reading, writing } from './connection.ts';

export interface StreamKeys {
  /** Finds a stream's key. Throws StoreFault `erased` where it was destroyed or is missing. */
  find(stream: string): Buffer;
  /** Finds a stream's key, or makes one, inside a write transaction. Throws StoreFault `erased`. */
  findOrMake(stream: string): Buffer;
  /** Drops what is in memory of the key of a stream that was erased. */
  forget(stream: string): void;
}

const MOST = 500;

/** Throws StoreFault where the database was begun with another key. */
export const checkDataKeyOf = (db: Connection, dataKey: Buffer): ReturnType<typeof checkDataKey> => {
  const read = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const made = newDataKeyCheck(dataKey);
  const found =
    reading(db, () => read.get(DATA_KEY_CHECK)) ??
    writing(db, () => {
      db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING').run(DATA_KEY_CHECK, made);
      return read.get(DATA_KEY_CHECK) ?? made;
    });
  return checkDataKey(dataKey, found);
};

export const streamKeys = (db: Connection, dataKey: Buffer): StreamKeys => {
  const select = db.prepare<[string], { wrapped: string | null }>('SELECT wrapped FROM stream_keys WHERE stream = ?');
  const insert = db.prepare<[string, string]>('INSERT INTO stream_keys (stream, wrapped) VALUES (?, ?)');
  const commits = db.prepare<[string]>('SELECT 1 FROM commits WHERE stream = ? LIMIT 1');

  const recent = createRecentlyUsed<{ wrapped: string; key: Buffer }>(MOST);
  const keyIn = (stream: string, wrapped: string | null): Buffer => {
    const known = recent.get(stream);
    if (known && known.wrapped === wrapped) return known.key;
    recent.drop(stream);
    const key = unwrapped(dataKey, stream, wrapped);
    if (wrapped !== null) recent.put(stream, { wrapped, key });
    return key;
  };

  return {
    find: (stream) => keyIn(stream, select.get(stream)?.wrapped ?? null),
    forget: recent.drop,
    findOrMake: (stream) => {
      const row = select.get(stream);
      if (row) return keyIn(stream, row.wrapped);
      // The existing commits were written with a key that is gone: a new one would hide that.
      if (commits.get(stream)) throw erased(stream);
      const key = newStreamKey();
      insert.run(stream, wrapStreamKey(dataKey, stream, key));
      return key;
    },
  };
};

/** Destroys a stream's key, and what lies beside its commits. Returns false where it had no key. */
export const eraser = (db: Connection): ((stream: string) => boolean) => {
  const clear = db.prepare<[string]>('UPDATE stream_keys SET wrapped = NULL WHERE stream = ? AND wrapped IS NOT NULL');
  const rest = ['drafts', 'snapshots', 'summaries', 'refs'].map((table) =>
    db.prepare<[string]>(`DELETE FROM ${table} WHERE stream = ?`),
  );
  return (stream) => {
    const { changes } = clear.run(stream);
    for (const statement of rest) statement.run(stream);
    return changes > 0;
  };
};
