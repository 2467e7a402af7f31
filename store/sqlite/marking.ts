/** Marks of rows in the clear: given once to those of an older version, and checked page by page. */

import type { EventStore } from '../event-store.ts';
import type { RowMarks } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import { type Connection, reading, writing } from './connection.ts';
import { checkDataKeyOf } from './stream-keys.ts';

/** Marks what an older version wrote, in one transaction. Does nothing where that was done. */
export const markRows = (db: Connection, dataKey: Buffer, marks: RowMarks): void => {
  if (checkDataKeyOf(db, dataKey) === 'marked') return;
  const conversations = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM conversations');
  const mark = db.prepare<[string, string]>('UPDATE conversations SET mark = ? WHERE key = ?');
  const done = db.prepare<[string, string]>('UPDATE meta SET value = ? WHERE key = ?');
  writing(db, () => {
    for (const { key, value } of conversations.all()) mark.run(marks.of('conversations', key, { value }), key);
    done.run(newDataKeyCheck(dataKey), DATA_KEY_CHECK);
  });
};

export const markMethods = (db: Connection, marks: RowMarks): Pick<EventStore, 'checkRows'> => {
  const page = db.prepare<[string, number], { key: string; value: string; mark: string | null }>(
    'SELECT key, value, mark FROM conversations WHERE key > ? ORDER BY key LIMIT ?',
  );
  return {
    checkRows: async (after, limit) =>
      reading(db, () => {
        const rows = page.all(after ?? '', limit);
        const changed = rows.filter(({ key, value, mark }) => !marks.fits(mark, 'conversations', key, { value }));
        return {
          checked: rows.length,
          changed: changed.map(({ key }) => ({ table: 'conversations', key })),
          next: rows.length === limit ? rows.at(-1)?.key : undefined,
        };
      }),
  };
};
