/** Marks of rows in the clear: given once to those of an older version, and checked page by page. */

import type { EventStore, Marked, MessageRef, StreamSummary } from '../event-store.ts';
import { clearOf, MARKED_TABLES, pageOf, refKey, rowPages, type MarkedPage, type RowMarks } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import { type Connection, reading, writing } from './connection.ts';
import { markOutbox, outboxPages } from './outbox.ts';
import { checkDataKeyOf } from './stream-keys.ts';

interface RefRow extends MessageRef {
  stream: string;
  key: string;
}

/** Marks what an older version wrote, in one transaction. Does nothing where that was done. */
export const markRows = (db: Connection, dataKey: Buffer, marks: RowMarks): void => {
  const found = checkDataKeyOf(db, dataKey);
  if (found === 'marked') return;
  const conversations = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM conversations');
  const mark = db.prepare<[string, string]>('UPDATE conversations SET mark = ? WHERE key = ?');
  const summaries = db.prepare<[], StreamSummary>(
    'SELECT stream, version, kind, status, tier, owner, next_due_at AS nextDueAt FROM snapshots',
  );
  const refs = db.prepare<[], RefRow>('SELECT stream, key, channel, message FROM refs');
  const markRef = db.prepare<[string, string, string]>('UPDATE refs SET mark = ? WHERE stream = ? AND key = ?');
  const markState = db.prepare<[string, string]>('UPDATE snapshots SET mark = ? WHERE stream = ?');
  const done = db.prepare<[string, string]>('UPDATE meta SET value = ? WHERE key = ?');
  writing(db, () => {
    markOutbox(db, marks);
    done.run(newDataKeyCheck(dataKey), DATA_KEY_CHECK);
    if (found === 'without outbox') return;
    for (const { key, value } of conversations.all()) mark.run(marks.of('conversations', key, { value }), key);
    for (const { stream, key, channel, message } of refs.all()) {
      markRef.run(marks.of('refs', refKey(stream, key), { channel, message }), stream, key);
    }
    for (const each of summaries.all()) markState.run(marks.of('snapshots', each.stream, clearOf(each)), each.stream);
  });
};

export const markMethods = (
  db: Connection,
  marks: RowMarks,
  tables: readonly Marked[] = MARKED_TABLES,
): Pick<EventStore, 'checkRows'> => {
  const conversations = db.prepare<[string, number], { key: string; value: string; mark: string | null }>(
    'SELECT key, value, mark FROM conversations WHERE key > ? ORDER BY key LIMIT ?',
  );
  const snapshots = db.prepare<[string, number], StreamSummary & { mark: string | null }>(
    `SELECT stream, version, kind, status, tier, owner, next_due_at AS nextDueAt, mark
     FROM snapshots WHERE stream > ? ORDER BY stream LIMIT ?`,
  );
  const refs = db.prepare<[string, string, number], RefRow & { mark: string | null }>(
    `SELECT stream, key, channel, message, mark FROM refs
     WHERE (stream, key) > (?, ?) ORDER BY stream, key LIMIT ?`,
  );
  // A file that no bot of today has opened yet has no such column.
  const outbox = tables.includes('outbox') ? outboxPages(db) : undefined;
  const read = async (table: Marked, after: string, limit: number): Promise<MarkedPage> =>
    reading(db, () => {
      if (table === 'outbox') return outbox?.(after, limit) ?? { rows: [], next: undefined };
      if (table === 'snapshots') {
        const found = snapshots.all(after, limit);
        const rows = found.map((each) => ({ key: each.stream, columns: clearOf(each), mark: each.mark }));
        return pageOf(rows, limit);
      }
      if (table === 'refs') {
        const [stream, name] = after === '' ? ['', ''] : (JSON.parse(after) as [string, string]);
        const rows = refs.all(stream, name, limit).map(({ stream: of, key, channel, message, mark }) => ({
          key: refKey(of, key),
          columns: { channel, message },
          mark,
        }));
        return pageOf(rows, limit);
      }
      const rows = conversations.all(after, limit).map(({ key, value, mark }) => ({ key, columns: { value }, mark }));
      return pageOf(rows, limit);
    });
  return { checkRows: rowPages(marks, read, tables) };
};
