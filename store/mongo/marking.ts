/** Marks of rows in the clear: given once to those of an older version, and checked page by page. */

import type { EventStore, Marked } from '../event-store.ts';
import { clearOf, MARKED_TABLES, rowPages, type MarkedRow, type RowMarks } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import type { Connection, Deadline } from './connection.ts';
import { unlessErased, type Collections } from './schema.ts';
import { checkDataKeyOf } from './stream-keys.ts';

const PAGE = 500;
/** Rows that are marked at the same time. */
const AT_ONCE = 20;

const readerOf =
  ({ reading }: Connection, { conversations, refs, snapshots }: Collections, by?: Deadline) =>
  async (table: Marked, after: string, limit: number): Promise<MarkedRow[]> => {
    if (table === 'conversations') {
      const behind = { _id: { $gt: after } };
      const found = await reading(() => conversations.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
      return found.map(({ _id: key, value, mark }) => ({ key, columns: { value }, mark }));
    }
    if (table === 'refs') {
      const behind = { _id: { $gt: after } };
      const found = await reading(() => refs.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
      return found.map(({ _id: key, channel, message, mark }) => ({ key, columns: { channel, message }, mark }));
    }
    const behind = { _id: { $gt: after }, kind: { $ne: null } };
    const found = await reading(() => snapshots.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
    return found.flatMap((doc) => {
      const saved = unlessErased(doc);
      return saved ? [{ key: doc._id, columns: clearOf(saved), mark: doc.mark }] : [];
    });
  };

/** Marks what an older version wrote. Does nothing where that was done; a start that was cut off does the rest. */
export const markRows = async (
  connection: Connection,
  all: Collections,
  dataKey: Buffer,
  marks: RowMarks,
): Promise<void> => {
  if ((await checkDataKeyOf(connection, all, dataKey)) === 'marked') return;
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
  for (const { _id, stream, pending } of owed) {
    const { kind, ...saved } = pending?.snapshot ?? { kind: null };
    if (!pending || !('version' in saved) || kind === null || saved.mark !== undefined) continue;
    const snapshot = { ...saved, kind, mark: marks.of('snapshots', stream, clearOf({ ...saved, kind })) };
    const marked = { $set: { pending: { ...pending, snapshot } } };
    await writing(() => commits.updateOne({ _id, stream, projected: false }, marked), undefined);
  }
  const read = readerOf(connection, all);
  for (const table of MARKED_TABLES) {
    const collection = all[table] as Collections['conversations'];
    let after: string | undefined = '';
    while (after !== undefined) {
      const page: MarkedRow[] = await read(table, after, PAGE);
      const line = page.filter(({ mark }) => mark === undefined).values();
      const lane = async (): Promise<void> => {
        for (const { key, columns } of line) {
          const marked = { $set: { mark: marks.of(table, key, columns) } };
          // Another bot may have written something new meanwhile.
          await writing(() => collection.updateOne({ _id: key, ...columns }, marked), undefined);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      after = page.length === PAGE ? page.at(-1)?.key : undefined;
    }
  }
  const done = { $set: { value: newDataKeyCheck(dataKey) } };
  await writing(() => meta.updateOne({ _id: DATA_KEY_CHECK }, done), undefined);
};

export const markMethods = (
  connection: Connection,
  all: Collections,
  marks: RowMarks,
): Pick<EventStore, 'checkRows'> => ({ checkRows: rowPages(marks, readerOf(connection, all)) });
