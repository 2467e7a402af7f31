/** Marks of rows in the clear: given once to those of an older version, and checked page by page. */

import type { EventStore } from '../event-store.ts';
import type { RowMarks } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import type { Connection } from './connection.ts';
import type { Collections } from './schema.ts';
import { checkDataKeyOf } from './stream-keys.ts';

const PAGE = 500;

const pageOf = (conversations: Collections['conversations'], after: string | undefined, limit: number) =>
  conversations
    .find(after === undefined ? {} : { _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();

/** Marks what an older version wrote. Does nothing where that was done; a start that was cut off does the rest. */
export const markRows = async (
  connection: Connection,
  all: Collections,
  dataKey: Buffer,
  marks: RowMarks,
): Promise<void> => {
  if ((await checkDataKeyOf(connection, all, dataKey)) === 'marked') return;
  const { reading, writing } = connection;
  const { conversations, meta } = all;
  let after: string | undefined;
  do {
    const page = await reading(() => pageOf(conversations, after, PAGE), undefined);
    for (const { _id, value } of page.filter(({ mark }) => mark === undefined)) {
      const marked = { $set: { mark: marks.of('conversations', _id, { value }) } };
      // Another bot may have learnt something new meanwhile.
      await writing(() => conversations.updateOne({ _id, value }, marked), undefined);
    }
    after = page.length === PAGE ? page.at(-1)?._id : undefined;
  } while (after !== undefined);
  const done = { $set: { value: newDataKeyCheck(dataKey) } };
  await writing(() => meta.updateOne({ _id: DATA_KEY_CHECK }, done), undefined);
};

export const markMethods = (
  { reading }: Connection,
  { conversations }: Collections,
  marks: RowMarks,
): Pick<EventStore, 'checkRows'> => ({
  checkRows: async (after, limit) => {
    const docs = await reading(() => pageOf(conversations, after, limit));
    const changed = docs.filter(({ _id, value, mark }) => !marks.fits(mark, 'conversations', _id, { value }));
    return {
      checked: docs.length,
      changed: changed.map(({ _id: key }) => ({ table: 'conversations', key })),
      next: docs.length === limit ? docs.at(-1)?._id : undefined,
    };
  },
});
