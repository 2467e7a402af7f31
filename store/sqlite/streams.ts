/** Lists over snapshots, from their members in the clear; and when each stream is due. */

import type { EventStore, StreamSummary } from '../event-store.ts';
import { instant } from '../instant.ts';
import { clearOf, type RowMarks } from '../row-marks.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';

type Query = Parameters<EventStore['list']>[0];

export const streamMethods = (
  db: Connection,
  write: Write,
  marks: RowMarks,
): Pick<EventStore, 'list' | 'due' | 'setDue'> => {
  const summary = 'SELECT stream, kind, status, tier, owner, version, next_due_at AS nextDueAt FROM snapshots';
  // An erased stream has no snapshot but keeps its first commit, so a list can still continue after it.
  const place = db
    .prepare<[string], number>('SELECT place FROM commits WHERE stream = ? ORDER BY version LIMIT 1')
    .pluck();
  const due = db.prepare<[string, string, number], StreamSummary>(
    `${summary} WHERE kind = ? AND next_due_at <= ? ORDER BY next_due_at LIMIT ?`,
  );
  const summaryAt = db.prepare<[string, number], StreamSummary>(`${summary} WHERE stream = ? AND version = ?`);
  const correct = db.prepare<[string | null, string, string, number]>(
    'UPDATE snapshots SET next_due_at = ?, mark = ? WHERE stream = ? AND version = ?',
  );

  const list = ({ kind, status, owner, limit, after }: Query): StreamSummary[] => {
    const before = after === undefined ? Number.MAX_SAFE_INTEGER : place.get(after);
    if (before === undefined) return [];
    const filters = ['kind = :kind', 'opened < :before'];
    if (status !== undefined) filters.push('status = :status');
    if (owner !== undefined) filters.push('owner = :owner');
    const sql = `${summary} WHERE ${filters.join(' AND ')} ORDER BY opened DESC LIMIT :limit`;
    return db.prepare<[object], StreamSummary>(sql).all({ kind, before, status, owner, limit });
  };

  return {
    list: async (query) => reading(db, () => list(query)),
    due: async (kind, now, limit) => reading(db, () => due.all(kind, instant(now), limit)),
    setDue: async (stream, version, nextDueAt) => {
      const due = nextDueAt === null ? null : instant(nextDueAt);
      await write(() => {
        const found = summaryAt.get(stream, version);
        if (!found) return;
        const mark = marks.of('snapshots', stream, clearOf({ ...found, nextDueAt: due }));
        correct.run(due, mark, stream, version);
      });
    },
  };
};
