/**
 * Notices on their way. Delivered rows are deleted, so the table holds what is owed and what failed. A lane's head is
 * its oldest row that has not failed; only heads are claimed, and only where no row of the lane is under lease.
 */
import type { EventStore, Json, NewOutboxRow, OutboxProblem, OutboxRow } from '../event-store.ts';
import type { Connection } from './connection.ts';
import { reading } from './connection.ts';
import type { Write } from './group.ts';
import { instant } from './schema.ts';

/** Inside the append's transaction. */
export type AddRow = (stream: string, version: number, row: NewOutboxRow) => void;

interface Row {
  id: string;
  kind: 'live' | 'fact';
  lane: string;
  stream: string;
  version: number;
  notice: string;
  attempts: number;
}

/** Ready from the start, whatever the clocks of several processes say. */
const AT_ONCE = new Date(0).toISOString();

/** A live row that is asked for again keeps its place while it waits; one that had failed goes to the end. */
export const outboxAdder = (db: Connection): AddRow => {
  const insert = db.prepare<[Omit<Row, 'attempts'>]>(
    `INSERT INTO outbox (id, kind, lane, stream, version, notice, state, attempts, ready_at)
     VALUES (:id, :kind, :lane, :stream, :version, :notice, 'waiting', 0, '${AT_ONCE}')
     ON CONFLICT (id) DO UPDATE SET
       version = excluded.version, lane = excluded.lane, notice = excluded.notice
     WHERE kind = 'live' AND excluded.version > version`,
  );
  const revive = db.prepare<[string]>(
    `UPDATE outbox SET state = 'waiting', attempts = 0, ready_at = '${AT_ONCE}', error = NULL, error_at = NULL,
       place = (SELECT max(place) + 1 FROM outbox)
     WHERE id = ? AND kind = 'live' AND state = 'failed'`,
  );
  return (stream, version, { id, kind, lane, notice }) => {
    revive.run(id);
    insert.run({ id, kind, lane, stream, version, notice: JSON.stringify(notice) });
  };
};

type OutboxMethods = Pick<EventStore, 'claim' | 'settle' | 'retry' | 'fail' | 'outboxProblems' | 'nextReady'>;

/** `now` stamps failures that operators read. */
export const outboxMethods = (db: Connection, write: Write, now: () => string): OutboxMethods => {
  const select = db.prepare<[{ now: string; limit: number }], Row>(
    `SELECT id, kind, lane, stream, version, notice, attempts FROM outbox AS row
     WHERE state <> 'failed' AND ready_at <= :now
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS earlier
         WHERE earlier.lane = row.lane AND earlier.state <> 'failed' AND earlier.place < row.place)
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS leased
         WHERE leased.lane = row.lane AND leased.state = 'leased' AND leased.ready_at > :now)
     ORDER BY place LIMIT :limit`,
  );
  const lease = db.prepare<[{ id: string; until: string }]>(
    `UPDATE outbox SET state = 'leased', attempts = attempts + 1, ready_at = :until WHERE id = :id`,
  );
  const remove = db.prepare<[{ id: string; version: number }]>(
    'DELETE FROM outbox WHERE id = :id AND version <= :version',
  );
  // To the end of the line: a card that changes all the time must not hold the facts behind it back for ever.
  const askAgain = db.prepare<[string]>(
    `UPDATE outbox SET state = 'waiting', attempts = 0, ready_at = '${AT_ONCE}', error = NULL, error_at = NULL,
       place = (SELECT max(place) + 1 FROM outbox)
     WHERE id = ? AND state <> 'waiting'`,
  );
  const retryAt = db.prepare<[{ id: string; at: string; error: string; now: string }]>(
    `UPDATE outbox SET attempts = CASE state WHEN 'failed' THEN 0 ELSE attempts END,
       state = 'waiting', ready_at = :at, error = :error, error_at = :now
     WHERE id = :id`,
  );
  const giveUp = db.prepare<[{ id: string; error: string; now: string }]>(
    `UPDATE outbox SET state = 'failed', error = :error, error_at = :now WHERE id = :id`,
  );
  const problems = db.prepare<[], OutboxProblem>(
    `SELECT id, lane, stream, CASE state WHEN 'failed' THEN 'failed' ELSE 'waiting' END AS state, attempts, error,
       error_at AS at
     FROM outbox WHERE error IS NOT NULL ORDER BY error_at, place`,
  );
  // A lane is next claimed when its head is ready and every lease in it is over.
  const next = db
    .prepare<[], string | null>(
      `SELECT min(at) FROM (
         SELECT max(ready_at) AS at FROM outbox AS row
         WHERE state = 'leased' OR (state = 'waiting' AND NOT EXISTS (
           SELECT 1 FROM outbox AS earlier
           WHERE earlier.lane = row.lane AND earlier.state <> 'failed' AND earlier.place < row.place))
         GROUP BY lane)`,
    )
    .pluck();

  return {
    claim: async (at, leaseMs, limit) =>
      write(() => {
        const rows = select.all({ now: instant(at), limit });
        const until = new Date(Date.parse(at) + leaseMs).toISOString();
        for (const { id } of rows) lease.run({ id, until });
        return rows.map((row): OutboxRow => ({ ...row, notice: JSON.parse(row.notice) as Json }));
      }),

    settle: async (id, version) =>
      write(() => {
        if (remove.run({ id, version }).changes === 0) askAgain.run(id);
      }),

    retry: async (id, at, error) =>
      write(() => {
        retryAt.run({ id, at: instant(at), error, now: now() });
      }),

    fail: async (id, error) =>
      write(() => {
        giveUp.run({ id, error, now: now() });
      }),

    outboxProblems: async () => reading(db, () => problems.all()),

    nextReady: async () => reading(db, () => next.get() ?? null),
  };
};
