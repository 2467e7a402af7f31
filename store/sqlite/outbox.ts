/**
 * The outbox. Delivered rows are deleted, so the table holds owed and failed rows. A lane's head is its oldest row
 * that has not failed; only heads are claimed, and only where no row of the lane is under lease.
 */

import type { EventStore, Json, NewOutboxRow, OutboxBacklog, OutboxProblem, OutboxRow } from '../event-store.ts';
import { AT_ONCE, instant } from '../instant.ts';
import { idOf } from '../row-name.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';

/** Inside the append's transaction. */
export type AddRow = (by: { stream: string; version: number; at: string }, row: NewOutboxRow) => void;

interface Row {
  id: string;
  kind: 'live' | 'fact';
  lane: string;
  stream: string;
  version: number;
  notice: string;
  attempts: number;
  bulk: 0 | 1;
  trace: string | null;
}

/** A live row that is asked for again keeps its place while it waits; one that had failed goes to the end. */
export const outboxAdder = (db: Connection): AddRow => {
  const insert = db.prepare<[Omit<Row, 'attempts'> & { at: string }]>(
    `INSERT INTO outbox (id, kind, lane, stream, version, notice, bulk, trace, asked_at, state, attempts, ready_at)
     VALUES (:id, :kind, :lane, :stream, :version, :notice, :bulk, :trace, :at, 'waiting', 0, '${AT_ONCE}')
     ON CONFLICT (id) DO UPDATE SET
       version = excluded.version, lane = excluded.lane, notice = excluded.notice, trace = excluded.trace,
       bulk = min(bulk, excluded.bulk)
     WHERE kind = 'live' AND excluded.version > version`,
  );
  const revive = db.prepare<[string]>(
    `UPDATE outbox SET state = 'waiting', attempts = 0, ready_at = '${AT_ONCE}', error = NULL, error_at = NULL,
       place = (SELECT max(place) + 1 FROM outbox)
     WHERE id = ? AND kind = 'live' AND state = 'failed'`,
  );
  // An urgent row would otherwise wait behind it for all bulk work.
  const hurry = db.prepare<[string]>(`UPDATE outbox SET bulk = 0 WHERE lane = ? AND state <> 'failed' AND bulk = 1`);
  return (by, { id, kind, lane, notice, bulk = false, trace = null }) => {
    revive.run(id);
    insert.run({ ...by, id, kind, lane, notice: JSON.stringify(notice), bulk: bulk ? 1 : 0, trace });
    if (!bulk) hurry.run(lane);
  };
};

type OutboxMethods = Pick<
  EventStore,
  'claim' | 'settle' | 'retry' | 'fail' | 'release' | 'again' | 'outboxProblems' | 'outboxBacklog' | 'nextReady'
>;

/** The row is held by the claim that made its attempt number `:attempts + 1`; with null, by any claim. */
const HELD = `(:attempts IS NULL OR (state = 'leased' AND attempts = :attempts + 1))`;
/** No row of its lane comes before it. */
const HEAD = `NOT EXISTS (
         SELECT 1 FROM outbox AS earlier
         WHERE earlier.lane = row.lane AND earlier.state <> 'failed' AND earlier.place < row.place)`;
/** It could be claimed now. */
const CLAIMABLE = `state <> 'failed' AND ready_at <= :now AND ${HEAD}
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS leased
         WHERE leased.lane = row.lane AND leased.state = 'leased' AND leased.ready_at > :now)`;

interface Holder {
  id: string;
  attempts: number | null;
}

/** `now` stamps failures that operators read. */
export const outboxMethods = (db: Connection, write: Write, now: () => string): OutboxMethods => {
  const select = db.prepare<[{ now: string; limit: number }], Row>(
    `SELECT id, kind, lane, stream, version, notice, attempts, bulk, trace FROM outbox AS row
     WHERE ${CLAIMABLE} ORDER BY bulk, place LIMIT :limit`,
  );
  const lease = db.prepare<[{ id: string; until: string }]>(
    `UPDATE outbox SET state = 'leased', attempts = attempts + 1, ready_at = :until WHERE id = :id`,
  );
  const remove = db.prepare<[Holder & { version: number }]>(
    `DELETE FROM outbox WHERE id = :id AND version <= :version AND ${HELD}`,
  );
  // To the end of the lane: a card that changes all the time must not hold the facts behind it back without end.
  const askAgain = db.prepare<[Holder]>(
    `UPDATE outbox SET state = 'waiting', attempts = 0, ready_at = '${AT_ONCE}', error = NULL, error_at = NULL,
       place = (SELECT max(place) + 1 FROM outbox)
     WHERE id = :id AND state <> 'waiting' AND ${HELD}`,
  );
  const retryAt = db.prepare<[Holder & { at: string; error: string; now: string }]>(
    `UPDATE outbox SET attempts = CASE state WHEN 'failed' THEN 0 ELSE attempts END,
       state = 'waiting', ready_at = :at, error = :error, error_at = :now
     WHERE id = :id AND ${HELD}`,
  );
  const giveUp = db.prepare<[Holder & { error: string; now: string }]>(
    `UPDATE outbox SET state = 'failed', error = :error, error_at = :now WHERE id = :id AND ${HELD}`,
  );
  const giveBack = db.prepare<[Holder & { at: string }]>(
    `UPDATE outbox SET state = 'waiting', attempts = attempts - 1, ready_at = :at WHERE id = :id AND ${HELD}`,
  );
  const standing = db.prepare<[{ id: string; now: string }], { leased: 0 | 1 }>(
    `SELECT state = 'leased' AND ready_at > :now AS leased FROM outbox WHERE id = :id`,
  );
  const sendAgain = db.prepare<[string]>(
    `UPDATE outbox SET attempts = CASE state WHEN 'failed' THEN 0 ELSE attempts END, state = 'waiting',
       ready_at = '${AT_ONCE}'
     WHERE id = ?`,
  );
  const problems = db.prepare<[], OutboxProblem>(
    `SELECT id, lane, stream, CASE state WHEN 'failed' THEN 'failed' ELSE 'waiting' END AS state, attempts, error,
       error_at AS at
     FROM outbox WHERE error IS NOT NULL ORDER BY error_at, place`,
  );
  const count = db.prepare<[], Omit<OutboxBacklog, 'readySince'>>(
    `SELECT count(*) FILTER (WHERE state <> 'failed') AS owed, count(*) FILTER (WHERE state = 'failed') AS failed,
       min(asked_at) FILTER (WHERE state <> 'failed') AS owedSince
     FROM outbox`,
  );
  const readySince = db
    .prepare<[{ now: string }], string | null>(
      `SELECT min(max(asked_at, ready_at)) FROM outbox AS row WHERE ${CLAIMABLE}`,
    )
    .pluck();
  // A lane is next claimed when its head is ready and every lease in it is over.
  const next = db
    .prepare<[], string | null>(
      `SELECT min(at) FROM (
         SELECT max(ready_at) AS at FROM outbox AS row
         WHERE state = 'leased' OR (state = 'waiting' AND ${HEAD})
         GROUP BY lane)`,
    )
    .pluck();

  return {
    claim: async (at, leaseMs, limit) =>
      write(() => {
        const rows = select.all({ now: instant(at), limit });
        const until = new Date(Date.parse(at) + leaseMs).toISOString();
        for (const { id } of rows) lease.run({ id, until });
        return rows.map(({ bulk, trace, ...row }): OutboxRow => {
          const notice = JSON.parse(row.notice) as Json;
          return { ...row, notice, ...(bulk === 1 ? { bulk: true } : {}), ...(trace === null ? {} : { trace }) };
        });
      }),

    settle: async (row, version, attempts) =>
      write(() => {
        const id = idOf(row);
        const holder = { id, attempts: attempts ?? null };
        if (remove.run({ ...holder, version }).changes === 0) askAgain.run(holder);
      }),

    retry: async (row, at, error, attempts) =>
      write(() => {
        const id = idOf(row);
        retryAt.run({ id, attempts: attempts ?? null, at: instant(at), error, now: now() });
      }),

    fail: async (row, error, attempts) =>
      write(() => {
        const id = idOf(row);
        giveUp.run({ id, attempts: attempts ?? null, error, now: now() });
      }),

    release: async (row, at, attempts) =>
      write(() => {
        const id = idOf(row);
        giveBack.run({ id, at: instant(at), attempts });
      }),

    again: async (row, at) =>
      write(() => {
        const id = idOf(row);
        const found = standing.get({ id, now: instant(at) });
        if (!found) return 'none';
        if (found.leased === 1) return 'being sent';
        sendAgain.run(id);
        return 'ready';
      }),

    outboxProblems: async () => reading(db, () => problems.all()),

    outboxBacklog: async (at) =>
      reading(db, () => {
        const { owed = 0, failed = 0, owedSince = null } = count.get() ?? {};
        return { owed, failed, owedSince, readySince: readySince.get({ now: instant(at) }) ?? null };
      }),

    nextReady: async () => reading(db, () => next.get() ?? null),
  };
};
