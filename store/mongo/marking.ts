/** Marks of rows in the clear: given once to those of an older version, and checked page by page. */

import type { EventStore, Marked } from '../event-store.ts';
import { clearOf, FIRST_MARKED, pageOf, rowPages, type MarkedPage, type RowMarks } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import type { Connection, Deadline } from './connection.ts';
import { markedPending, markOutbox, outboxPages } from './outbox-marking.ts';
import { unlessErased, type Collections } from './schema.ts';
import { checkDataKeyOf } from './stream-keys.ts';

const PAGE = 500;
/** Rows that are marked at the same time. */
const AT_ONCE = 20;

export const markedPages =
  (connection: Connection, all: Collections, by?: Deadline) =>
  async (table: Marked, after: string, limit: number): Promise<MarkedPage> => {
    if (table === 'outbox') return outboxPages(connection, all, by)(after, limit);
    const { reading } = connection;
    const { conversations, refs, snapshots } = all;
    if (table === 'conversations') {
      const behind = { _id: { $gt: after } };
      const found = await reading(() => conversations.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
      return pageOf(
        found.map(({ _id: key, value, mark }) => ({ key, columns: { value }, mark })),
        limit,
      );
    }
    if (table === 'refs') {
      const behind = { _id: { $gt: after } };
      const found = await reading(() => refs.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
      return pageOf(
        found.map(({ _id: key, channel, message, mark }) => ({ key, columns: { channel, message }, mark })),
        limit,
      );
    }
    const behind = { _id: { $gt: after }, kind: { $ne: null } };
    const found = await reading(() => snapshots.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
    const rows = found.flatMap((doc) => {
      const saved = unlessErased(doc);
      return saved ? [{ key: doc._id, columns: clearOf(saved), mark: doc.mark }] : [];
    });
    return pageOf(rows, limit);
  };

/** Marks what an older version wrote. Does nothing where that was done; a start that was cut off does the rest. */
export const markRows = async (
  connection: Connection,
  all: Collections,
  dataKey: Buffer,
  marks: RowMarks,
): Promise<void> => {
  const found = await checkDataKeyOf(connection, all, dataKey);
  if (found === 'marked') return;
  const { writing } = connection;
  const { commits, meta } = all;
  // What an older bot left to be done would bring states without marks.
  const owed = await connection.reading(
    () =>
      commits
        .find({ projected: false, sweepFrom: { $lte: '9' } })
        .sort({ sweepFrom: 1 })
        .toArray(),
    undefined,
  );
  for (const { _id, stream, version, at, pending } of owed) {
    const { kind, ...saved } = pending?.snapshot ?? { kind: null };
    if (!pending || !('version' in saved) || kind === null) continue;
    const snapshot = { ...saved, kind, mark: saved.mark ?? marks.of('snapshots', stream, clearOf({ ...saved, kind })) };
    const rows = markedPending(marks, { stream, version, at }, pending.rows);
    const marked = { $set: { pending: { ...pending, snapshot, rows } } };
    await writing(() => commits.updateOne({ _id, stream, projected: false }, marked), undefined);
  }
  await markOutbox(connection, all, marks);
  const read = markedPages(connection, all);
  for (const table of found === 'not yet' ? FIRST_MARKED : []) {
    const collection = all[table] as Collections['conversations'];
    let after: string | undefined = '';
    while (after !== undefined) {
      const { rows, next }: MarkedPage = await read(table, after, PAGE);
      const line = rows.filter(({ mark }) => mark === undefined).values();
      const lane = async (): Promise<void> => {
        for (const { key, columns } of line) {
          const marked = { $set: { mark: marks.of(table, key, columns) } };
          // Another bot may have written something new meanwhile.
          await writing(() => collection.updateOne({ _id: key, ...columns }, marked), undefined);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      after = next;
    }
  }
  const done = { $set: { value: newDataKeyCheck(dataKey) } };
  await writing(() => meta.updateOne({ _id: DATA_KEY_CHECK }, done), undefined);
};

export const markMethods = (
  connection: Connection,
  all: Collections,
  marks: RowMarks,
  tables?: readonly Marked[],
): Pick<EventStore, 'checkRows'> => ({ checkRows: rowPages(marks, markedPages(connection, all), tables) });
