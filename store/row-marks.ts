/**
 * Marks of rows that stand in the clear outside the chain: HMAC-SHA-256 under a key derived from the data key, over the
 * table, the row's key and its columns. Whoever changes such a row without the data key is found when it is read, or by
 * the daily pass. A row that was deleted, or put back as it once was, is not found.
 */

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonical } from './canonical.ts';
import {
  type ChangedRow,
  type Columns,
  type EventStore,
  type Json,
  type Marked,
  type RowLead,
  StoreFault,
} from './event-store.ts';

export type Clear = { [name: string]: Json };

export interface RowMarks {
  /** Returns the mark of a row, base64. */
  of(table: Marked, key: string, columns: Clear): string;
  fits(mark: string | null | undefined, table: Marked, key: string, columns: Clear): boolean;
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
      try {
        const [found, right] = [Buffer.from(mark ?? ''), Buffer.from(of(...row))];
        return found.length === right.length && timingSafeEqual(found, right);
      } catch {
        // Somebody who changed the database was held to no shape.
        return false;
      }
    },
  };
};

/** The row is there and nobody vouches for it: it is not to be used. */
export const changedRow = (table: Marked, key: string): StoreFault =>
  new StoreFault('changed-row', 'not done', `The row ${key} of ${table} was changed outside Clearthread.`);

/** Columns of a snapshot's row that stand in the clear. */
export const clearOf = ({ version, kind, status, tier, owner, nextDueAt }: Columns & { version: number }): Clear => ({
  version,
  kind,
  status,
  tier,
  owner,
  nextDueAt,
});

export interface MarkedRow {
  key: string;
  columns: Clear;
  mark: string | null | undefined;
  lead?: RowLead;
}

/** `next`: where the table's next page begins; undefined after its last. */
export interface MarkedPage {
  rows: MarkedRow[];
  next: string | undefined;
  /** What was found changed by other means than a mark. */
  changed?: ChangedRow[];
}

/** Those of versions before outbox rows had marks. */
export const FIRST_MARKED = ['conversations', 'refs', 'snapshots'] as const satisfies Marked[];
/** In the order of the pass. */
export const MARKED_TABLES = [...FIRST_MARKED, 'outbox'] as const satisfies Marked[];

/** A page of a table whose rows are read in the order of their keys. */
export const pageOf = (rows: MarkedRow[], limit: number, last = rows.at(-1)?.key): MarkedPage => ({
  rows,
  next: rows.length === limit ? last : undefined,
});

/** The key of a message's row: both in one, whatever letters they hold. */
export const refKey = (stream: string, key: string): string => JSON.stringify([stream, key]);

const placeShape = z.tuple([z.enum(MARKED_TABLES), z.string()]);

/** Pages over all marked rows of these tables. `read` gives the page of a table that begins behind `after`. */
export const rowPages =
  (
    marks: RowMarks,
    read: (table: Marked, after: string, limit: number) => Promise<MarkedPage>,
    tables: readonly Marked[] = MARKED_TABLES,
  ): EventStore['checkRows'] =>
  async (after, limit) => {
    const [table, from] = after === undefined ? ([MARKED_TABLES[0], ''] as const) : placeShape.parse(JSON.parse(after));
    const { rows, next, changed: others = [] } = await read(table, from, limit);
    const changed = rows.filter((row) => !marks.fits(row.mark, table, row.key, row.columns));
    const following = tables[tables.indexOf(table) + 1];
    const place = next === undefined ? following && [following, ''] : [table, next];
    return {
      checked: rows.length,
      changed: [...changed.map(({ key, lead }) => ({ table, key, ...(lead ? { lead } : {}) })), ...others],
      next: place && JSON.stringify(place),
    };
  };

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
