/** Keys of streams. Never cached: another process may erase a stream at any time. */
import { StoreFault } from '../event-store.ts';
import { newStreamKey, open, seal, unwrapStreamKey, wrapStreamKey } from '../seal.ts';
import type { Connection } from './connection.ts';
import { reading, writing } from './connection.ts';

export interface StreamKeys {
  /** Throws StoreFault `erased` where the key was destroyed or is not there. */
  find(stream: string): Buffer;
  /** Inside a write transaction: a stream without a key gets one. Throws StoreFault `erased`. */
  findOrMake(stream: string): Buffer;
  destroy(stream: string): void;
}

const CHECK = 'store:data-key-check';
const CHECKED = 'clearthread';

const erased = (stream: string): StoreFault =>
  new StoreFault('erased', 'not done', `The content of ${stream} was erased.`);

const wrongKey = (cause: unknown): StoreFault => {
  const message = 'The data key is not the one this database was written with. Set CLEARTHREAD_DATA_KEY to that one.';
  return new StoreFault('wrong-data-key', 'not done', message, { cause });
};

/** Refuses to start with another key than the one the database was begun with: two keys would split the record. */
export const checkDataKey = (db: Connection, dataKey: Buffer): void => {
  if (dataKey.length !== 32) throw new StoreFault('bad-data-key', 'not done', 'The data key must have 32 bytes.');
  const read = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const sealed = seal(dataKey, CHECKED, { what: 'data key check' });
  const found =
    reading(db, () => read.get(CHECK)) ??
    writing(db, () => {
      db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING').run(CHECK, sealed);
      return read.get(CHECK) ?? sealed;
    });
  try {
    open(dataKey, found, { what: 'data key check' });
  } catch (error) {
    throw wrongKey(error);
  }
};

export const streamKeys = (db: Connection, dataKey: Buffer): StreamKeys => {
  const select = db.prepare<[string], { wrapped: string | null }>('SELECT wrapped FROM stream_keys WHERE stream = ?');
  const insert = db.prepare<[string, string]>('INSERT INTO stream_keys (stream, wrapped) VALUES (?, ?)');
  const clear = db.prepare<[string]>('UPDATE stream_keys SET wrapped = NULL WHERE stream = ?');
  const commits = db.prepare<[string]>('SELECT 1 FROM commits WHERE stream = ? LIMIT 1');

  const unwrap = (stream: string, wrapped: string | null): Buffer => {
    if (wrapped === null) throw erased(stream);
    try {
      return unwrapStreamKey(dataKey, stream, wrapped);
    } catch (error) {
      throw new StoreFault('damaged', 'not done', `The key of ${stream} does not open.`, { cause: error });
    }
  };

  return {
    find: (stream) => unwrap(stream, select.get(stream)?.wrapped ?? null),
    findOrMake: (stream) => {
      const row = select.get(stream);
      if (row) return unwrap(stream, row.wrapped);
      // What is there was written with a key that is gone: a new one would hide that.
      if (commits.get(stream)) throw erased(stream);
      const key = newStreamKey();
      insert.run(stream, wrapStreamKey(dataKey, stream, key));
      return key;
    },
    destroy: (stream) => {
      clear.run(stream);
    },
  };
};
