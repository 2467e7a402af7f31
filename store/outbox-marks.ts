/**
 * Marks of outbox rows. All that stands there in the clear has a part in its row's mark, but for `place` and `bulk`: they
 * only say who goes first, and whoever changes them keeps nothing from being sent.
 */

import type { RowLead } from './event-store.ts';
import type { Clear, RowMarks } from './row-marks.ts';

/** The members that a mark covers, as every engine keeps them. */
export interface ClearRow {
  id: string;
  kind: string;
  stream: string;
  version: number;
  /** JSON. */
  notice: string;
  trace: string | null;
  askedAt: string;
  state: string;
  attempts: number;
  readyAt: string;
  error: string | null;
  errorAt: string | null;
  /** Absent only until a bot that has the data key starts. */
  mark?: string | null | undefined;
}

/** Marks the rows of one lane. */
export interface LaneMarks {
  /** Returns a new row with its mark. */
  marked<R extends ClearRow>(row: R): R & { mark: string };
  fits(row: ClearRow): boolean;
  /** Marks a row as the bot changed it. One that somebody had changed before keeps its mark, which fits no better now. */
  remarked<R extends ClearRow>(before: ClearRow, after: R): R;
}

/** The key of an outbox row, as it is shown. */
export const outboxKey = (lane: string, id: string): string => JSON.stringify([lane, id]);

export const clearOfRow = (lane: string, row: ClearRow): Clear => ({
  lane,
  kind: row.kind,
  stream: row.stream,
  version: row.version,
  notice: row.notice,
  trace: row.trace,
  askedAt: row.askedAt,
  state: row.state,
  attempts: row.attempts,
  readyAt: row.readyAt,
  error: row.error,
  errorAt: row.errorAt,
});

export const laneMarks = (marks: RowMarks, lane: string): LaneMarks => {
  const keyOf = ({ id }: ClearRow): string => outboxKey(lane, id);
  const marked = <R extends ClearRow>(row: R): R & { mark: string } => ({
    ...row,
    mark: marks.of('outbox', keyOf(row), clearOfRow(lane, row)),
  });
  const fits = (row: ClearRow): boolean => marks.fits(row.mark, 'outbox', keyOf(row), clearOfRow(lane, row));
  return {
    marked,
    fits,
    remarked: (before, after) => (fits(before) ? marked(after) : { ...after, mark: before.mark }),
  };
};

/** What a row says of itself, for whoever makes it anew. Nothing of it is to be believed. */
export const leadOf = (lane: string, { id, stream, version }: ClearRow): RowLead => ({
  id: String(id),
  lane,
  stream: String(stream),
  version: Number(version) || 0,
});
