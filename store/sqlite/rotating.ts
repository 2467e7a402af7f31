/** Replaces the data key of a SQLite file, in one transaction: all of it or nothing. */

import { StoreFault, type MessageRef, type StreamSummary } from '../event-store.ts';
import { clearOfRow, outboxKey, type ClearRow } from '../outbox-marks.ts';
import { checkRotation, remarkOf, rewrapped, rotationState, type Rotated, type Rotation } from '../rotating.ts';
import { clearOf, refKey } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import { inUse } from './backup.ts';
import { type Connection, openToWrite, reading, writing } from './connection.ts';

type WithMark<T> = T & { mark: string | null };

const remark = (db: Connection, rotation: Rotation): number => {
  const { mark, changed } = remarkOf(rotation);
  const put = (table: string, where: string): ((values: Record<string, string | null>) => void) => {
    const update = db.prepare<[Record<string, string | null>]>(`UPDATE ${table} SET mark = :mark WHERE ${where}`);
    return (values) => void update.run(values);
  };
  const putConversation = put('conversations', 'key = :key');
  const conversations = db.prepare<[], WithMark<{ key: string; value: string }>>(
    'SELECT key, value, mark FROM conversations',
  );
  for (const { key, value, mark: found } of conversations.all()) {
    putConversation({ key, mark: mark(found, 'conversations', key, { value }) ?? null });
  }
  const putRef = put('refs', 'stream = :stream AND key = :key');
  const refs = db.prepare<[], WithMark<MessageRef & { stream: string; key: string }>>(
    'SELECT stream, key, channel, message, mark FROM refs',
  );
  for (const { stream, key, channel, message, mark: found } of refs.all()) {
    putRef({ stream, key, mark: mark(found, 'refs', refKey(stream, key), { channel, message }) ?? null });
  }
  const putState = put('snapshots', 'stream = :stream');
  const states = db.prepare<[], WithMark<StreamSummary>>(
    'SELECT stream, version, kind, status, tier, owner, next_due_at AS nextDueAt, mark FROM snapshots',
  );
  for (const each of states.all()) {
    putState({ stream: each.stream, mark: mark(each.mark, 'snapshots', each.stream, clearOf(each)) ?? null });
  }
  const putRow = put('outbox', 'id = :id');
  const rows = db.prepare<[], ClearRow & { lane: string }>(
    `SELECT id, kind, lane, stream, version, notice, trace, asked_at AS askedAt, state, attempts, ready_at AS readyAt,
       error, error_at AS errorAt, mark
     FROM outbox`,
  );
  for (const row of rows.all()) {
    const { id, lane } = row;
    putRow({ id, mark: mark(row.mark, 'outbox', outboxKey(lane, id), clearOfRow(lane, row)) ?? null });
  }
  return changed();
};

/** Nobody may be writing meanwhile. Throws StoreFault. */
export const rotateSqlite = (file: string, rotation: Rotation): Rotated => {
  checkRotation(rotation);
  if (inUse(file)) {
    throw new StoreFault('in-use', 'not done', 'A bot is running on this data folder: stop it first.');
  }
  const db = openToWrite(file, 0);
  try {
    const check = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
    const found = reading(db, () => check.get(DATA_KEY_CHECK));
    if (found === undefined) throw new StoreFault('not-there', 'not done', 'No bot has written to this database yet.');
    const keys = db.prepare<[], { stream: string; wrapped: string }>(
      'SELECT stream, wrapped FROM stream_keys WHERE wrapped IS NOT NULL',
    );
    const put = db.prepare<[string, string]>('UPDATE stream_keys SET wrapped = ? WHERE stream = ?');
    const done = db.prepare<[string, string]>('UPDATE meta SET value = ? WHERE key = ?');
    const rotated = writing(db, (): Rotated => {
      const all = keys.all();
      if (rotationState(rotation, found) === 'finished') return { keys: all.length, changed: 0 };
      for (const { stream, wrapped } of all) put.run(rewrapped(rotation, stream, wrapped), stream);
      const changed = remark(db, rotation);
      done.run(newDataKeyCheck(rotation.after), DATA_KEY_CHECK);
      return { keys: all.length, changed };
    });
    // The write-ahead log still contains what the old key opens until it is emptied.
    reading(db, () => db.pragma('wal_checkpoint(TRUNCATE)'));
    return rotated;
  } finally {
    db.close();
  }
};
