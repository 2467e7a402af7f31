/**
 * Marks of rows that stand in the clear outside the chain: HMAC-SHA-256 under a key derived from the data key, over the
 * table, the row's key and its columns. Whoever changes such a row without the data key is found when it is read, or by
 * the daily pass. A row that was deleted, or put back as it once was, is not found.
 */

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { canonical } from './canonical.ts';
import { type ChangedRow, type EventStore, type Json, type Marked, StoreFault } from './event-store.ts';

export interface RowMarks {
  /** Returns the mark of a row, base64. */
  of(table: Marked, key: string, columns: { [name: string]: Json }): string;
  fits(mark: string | null | undefined, table: Marked, key: string, columns: { [name: string]: Json }): boolean;
}

const INFO = 'clearthread row mark 1';

export const rowMarks = (dataKey: Buffer): RowMarks => {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', INFO, 32));
  const of: RowMarks['of'] = (table, name, columns) =>
    createHmac('sha256', key)
      .update(canonical([table, name, columns]))
      .digest('base64');
  return {
    of,
    fits: (mark, ...row) => {
      const [found, right] = [Buffer.from(mark ?? ''), Buffer.from(of(...row))];
      return found.length === right.length && timingSafeEqual(found, right);
    },
  };
};

/** The row is there and nobody vouches for it: it is not to be used. */
export const changedRow = (table: Marked, key: string): StoreFault =>
  new StoreFault('changed-row', 'not done', `The row ${key} of ${table} was changed outside Clearthread.`);

const PAGE = 500;

/** The whole pass at once, for an auditor. */
export const checkAllRows = async (checkRows: EventStore['checkRows']): Promise<ChangedRow[]> => {
  const found: ChangedRow[] = [];
  let after: string | undefined;
  do {
    const { changed, next } = await checkRows(after, PAGE);
    found.push(...changed);
    after = next;
  } while (after !== undefined);
  return found;
};
