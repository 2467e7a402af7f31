/**
 * The outbox. Delivered rows are deleted, so the table holds owed and failed rows. A lane's head is its oldest row
 * that has not failed; only heads are claimed, and only where no row of the lane is under lease.
 */

import type {
  Json,
  NewOutboxRow,
  OutboxBacklog,
  OutboxMethods,
  OutboxProblem,
  OutboxRow,
  RowName,
} from '../event-store.ts';
import { AT_ONCE, instant } from '../instant.ts';
import { clearOfRow, laneMarks, leadOf, outboxKey, type ClearRow } from '../outbox-marks.ts';
import { uncertainSince, type RestoredAt } from '../restored.ts';
import { pageOf, type MarkedPage, type RowMarks } from '../row-marks.ts';
import { idOf } from '../row-name.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';

/** `tried`: how often it counts as tried. */
interface AskedBy {
  stream: string;
  version: number;
  at: string;
  tried?: number;
}

/** Inside the append's transaction. */
export type AddRow = (by: AskedBy, row: NewOutboxRow) => void;

interface Row extends ClearRow {
  kind: 'live' | 'fact';
  lane: string;
  state: 'waiting' | 'leased' | 'failed';
  bulk: 0 | 1;
  place: number;
  mark: string | null;
}

const ROW = `id, kind, lane, stream, version, notice, bulk, trace, place, asked_at AS askedAt, state, attempts,
  ready_at AS readyAt, error, error_at AS errorAt, mark`;

/** Rows one by one, each with its mark. */
interface MarkedRows {
  find(id: string): Row | undefined;
  /** At the end of its lane. */
  insert(row: Omit<Row, 'place' | 'mark'>): void;
  /** Writes a row back as the bot changed it. `fitted`: whether its mark did, where that is known. */
  put(before: Row, after: Row, fitted?: boolean): void;
  remove(id: string): void;
  /** Behind all that are there. */
  placeAtEnd(): number;
  fits(row: Row): boolean;
}

const markedRows = (db: Connection, marks: RowMarks): MarkedRows => {
  const find = db.prepare<[string], Row>(`SELECT ${ROW} FROM outbox WHERE id = ?`);
  const insert = db.prepare<[Omit<Row, 'place'>]>(
    `INSERT INTO outbox (id, kind, lane, stream, version, notice, bulk, trace, asked_at, state, attempts, ready_at, error,
       error_at, mark)
     VALUES (:id, :kind, :lane, :stream, :version, :notice, :bulk, :trace, :askedAt, :state, :attempts, :readyAt, :error,
       :errorAt, :mark)`,
  );
  const put = db.prepare<[Row]>(
    `UPDATE outbox SET lane = :lane, version = :version, notice = :notice, bulk = :bulk, trace = :trace, place = :place,
       state = :state, attempts = :attempts, ready_at = :readyAt, error = :error, error_at = :errorAt, mark = :mark
     WHERE id = :id`,
  );
  const remove = db.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const placeAtEnd = db.prepare<[], number>('SELECT max(place) + 1 FROM outbox').pluck();
  const fits = (row: Row): boolean => laneMarks(marks, row.lane).fits(row);
  return {
    find: (id) => find.get(id),
    insert: (row) => void insert.run(laneMarks(marks, row.lane).marked(row)),
    put: (before, after, fitted = fits(before)) =>
      void put.run(fitted ? laneMarks(marks, after.lane).marked(after) : { ...after, mark: before.mark }),
    remove: (id) => void remove.run(id),
    placeAtEnd: () => placeAtEnd.get() ?? 1,
    fits,
  };
};

/** Of a row that was never tried. */
const UNTRIED = { state: 'waiting', attempts: 0, readyAt: AT_ONCE, error: null, errorAt: null } as const;

/** A live row that is asked for again keeps its place while it waits; one that had failed goes to the end. */
export const outboxAdder = (db: Connection, marks: RowMarks): AddRow => {
  const rows = markedRows(db, marks);
  // An urgent row would otherwise wait behind it for all bulk work.
  const hurry = db.prepare<[string]>(`UPDATE outbox SET bulk = 0 WHERE lane = ? AND state <> 'failed' AND bulk = 1`);
  return ({ stream, version, at, tried = 0 }, { id, kind, lane, notice: said, bulk: late = false, trace = null }) => {
    const notice = JSON.stringify(said);
    const bulk = late ? 1 : 0;
    const there = rows.find(id);
    if (!there) {
      const asked = { id, kind, lane, stream, version, notice, bulk, trace, askedAt: at } as const;
      rows.insert({ ...asked, ...UNTRIED, attempts: tried });
    } else if (there.kind === 'live' && version > there.version) {
      const revived = there.state === 'failed' ? { ...there, ...UNTRIED, place: rows.placeAtEnd() } : there;
      rows.put(there, { ...revived, version, lane, notice, trace, bulk: there.bulk === 1 ? bulk : 0 });
    }
    if (!late) hurry.run(lane);
  };
};

/** A page of the daily look. */
export const outboxPages = (db: Connection): ((after: string, limit: number) => MarkedPage) => {
  const select = db.prepare<[string, number], Row>(`SELECT ${ROW} FROM outbox WHERE id > ? ORDER BY id LIMIT ?`);
  return (after, limit) => {
    const rows = select.all(after, limit);
    const marked = rows.map((row) => ({
      key: outboxKey(row.lane, row.id),
      columns: clearOfRow(row.lane, row),
      mark: row.mark,
      lead: leadOf(row.lane, row),
    }));
    return pageOf(marked, limit, rows.at(-1)?.id);
  };
};

/** Gives each row its mark, inside a write transaction. */
export const markOutbox = (db: Connection, marks: RowMarks): void => {
  const mark = db.prepare<[{ id: string; mark: string }]>('UPDATE outbox SET mark = :mark WHERE id = :id');
  for (const row of db.prepare<[], Row>(`SELECT ${ROW} FROM outbox`).all()) {
    mark.run({ id: row.id, mark: laneMarks(marks, row.lane).marked(row).mark });
  }
};

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

/** The row is held by the claim that made its attempt number `attempts + 1`; undefined: by any claim. */
const isHeld = (row: Row, attempts: number | undefined): boolean =>
  attempts === undefined || (row.state === 'leased' && row.attempts === attempts + 1);

/** A row that was changed is not read any further. */
const givenOf = (row: Row, fits: boolean, uncertain: string | undefined): OutboxRow => {
  const { id, kind, lane, stream, version, attempts, bulk, trace } = row;
  const given = { id, kind, lane, stream, version, attempts };
  if (!fits) return { ...given, notice: null, changed: true };
  const notice = JSON.parse(row.notice) as Json;
  return {
    ...given,
    notice,
    ...(bulk === 1 ? { bulk: true } : {}),
    ...(trace === null ? {} : { trace }),
    ...(uncertain === undefined ? {} : { uncertain }),
  };
};

/** `now` stamps failures that operators read. */
export const outboxMethods = (
  db: Connection,
  write: Write,
  { marks, restored, now }: { marks: RowMarks; restored: RestoredAt | undefined; now: () => string },
): OutboxMethods => {
  const rows = markedRows(db, marks);
  const addRow = outboxAdder(db, marks);
  const select = db.prepare<[{ now: string; limit: number }], Row>(
    `SELECT ${ROW} FROM outbox AS row WHERE ${CLAIMABLE} ORDER BY bulk, place LIMIT :limit`,
  );
  const remove = db.prepare<[{ id: string; attempts: number | null; version: number }]>(
    `DELETE FROM outbox WHERE id = :id AND version <= :version AND ${HELD}`,
  );
  /** Writes what `make` makes of the row, while that holder has it. */
  const change = (
    name: RowName,
    attempts: number | undefined,
    make: (row: Row) => Partial<Row> | undefined,
  ): Promise<void> =>
    write(() => {
      const row = rows.find(idOf(name));
      const made = row && isHeld(row, attempts) && make(row);
      if (row && made) rows.put(row, { ...row, ...made });
    });
  /** With all its attempts if it was given up. */
  const attemptsOf = ({ state, attempts }: Row): number => (state === 'failed' ? 0 : attempts);
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
        const until = new Date(Date.parse(at) + leaseMs).toISOString();
        return select.all({ now: instant(at), limit }).map((row) => {
          const fits = rows.fits(row);
          const leased = { state: 'leased', attempts: row.attempts + (fits ? 1 : 0), readyAt: until } as const;
          rows.put(row, { ...row, ...leased }, fits);
          return givenOf(row, fits, uncertainSince(restored, row.askedAt));
        });
      }),

    settle: async (name, version, attempts) =>
      write(() => {
        const id = idOf(name);
        if (remove.run({ id, version, attempts: attempts ?? null }).changes > 0) return;
        const row = rows.find(id);
        if (!row || row.state === 'waiting' || !isHeld(row, attempts)) return;
        // To the end of the lane: a card that changes all the time must not hold the facts behind it back without end.
        rows.put(row, { ...row, ...UNTRIED, place: rows.placeAtEnd() });
      }),

    retry: (name, at, error, attempts) =>
      change(name, attempts, (row) => {
        const tried = { state: 'waiting', readyAt: instant(at), error, errorAt: now() } as const;
        return { attempts: attemptsOf(row), ...tried };
      }),

    fail: (name, error, attempts) => change(name, attempts, () => ({ state: 'failed', error, errorAt: now() })),

    release: (name, at, attempts) =>
      change(name, attempts, (row) => ({ state: 'waiting', attempts: row.attempts - 1, readyAt: instant(at) })),

    again: async (name, at) =>
      write(() => {
        const row = rows.find(idOf(name));
        if (!row) return 'none';
        if (row.state === 'leased' && row.readyAt > instant(at)) return 'being sent';
        rows.put(row, { ...row, attempts: attemptsOf(row), state: 'waiting', readyAt: AT_ONCE });
        return 'ready';
      }),

    renew: async ({ id }, owed) =>
      write(() => {
        const row = rows.find(id);
        if (row && rows.fits(row)) return false;
        if (row) rows.remove(id);
        for (const { rows: made, ...by } of owed) for (const each of made) addRow({ ...by, tried: 1 }, each);
        return true;
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
