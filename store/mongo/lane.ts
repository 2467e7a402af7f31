/**
 * One lane of the outbox: its rows, and the effect of each act on them. Pure: the engine keeps a lane in one document
 * and writes the result only where nobody else has written meanwhile. An act that changes nothing returns the same
 * rows.
 */

import type { NewOutboxRow } from '../event-store.ts';
import { AT_ONCE } from '../instant.ts';

export interface LaneRow {
  id: string;
  kind: 'live' | 'fact';
  stream: string;
  version: number;
  /** JSON. */
  notice: string;
  bulk: boolean;
  trace: string | null;
  askedAt: string;
  /** Its place in line. */
  place: number;
  state: 'waiting' | 'leased' | 'failed';
  attempts: number;
  /** Waiting: when it may be claimed. Leased: when the lease ends. */
  readyAt: string;
  error: string | null;
  errorAt: string | null;
}

export type Rows = readonly LaneRow[];

/**
 * `attempts` as the claim gave it: a claim that has lost its row changes nothing. Undefined: whichever claim has it.
 */
export interface Holder {
  id: string;
  attempts: number | undefined;
}

export const NEVER = '9999-12-31T23:59:59.999Z';

/** Rows of each kind, waiting and given up, that a lane's own document keeps. */
export const MOST = 100;

export const isFailed = ({ state }: LaneRow): boolean => state === 'failed';

export const waitingIn = (rows: Rows): number => rows.filter((row) => !isFailed(row)).length;

/** True where the lane's document has no room for that row. */
export const fullOf = (rows: Rows, row: LaneRow, most: number): boolean =>
  (isFailed(row) ? rows.length - waitingIn(rows) : waitingIn(rows)) >= most;

const headOf = (rows: Rows): LaneRow | undefined =>
  rows
    .filter((row) => !isFailed(row))
    .reduce<LaneRow | undefined>((a, b) => (a && a.place <= b.place ? a : b), undefined);

/** A lane is next claimed when its head is ready and every lease in it is over. */
const readyAtOf = (rows: Rows, head: LaneRow): string =>
  rows.reduce((at, { state, readyAt }) => (state === 'leased' && readyAt > at ? readyAt : at), head.readyAt);

/** What waits outside the lane's document, and whether any of it is urgent. */
interface Rest {
  more: boolean;
  urgent: boolean;
}

/** The values by which lanes are found. */
export const standingOf = (
  rows: Rows,
  { more, urgent }: Rest,
): { at: string; bulk: boolean; place: number; problems: number } => {
  const head = headOf(rows);
  const problems = rows.filter(({ error }) => error !== null).length;
  if (!head) return { at: more ? AT_ONCE : NEVER, bulk: false, place: 0, problems };
  return { at: readyAtOf(rows, head), bulk: head.bulk && !urgent, place: head.place, problems };
};

/** Returns since when a row of the lane can be claimed, or undefined where none can. */
export const readySince = (rows: Rows, now: string): string | undefined => {
  const head = headOf(rows);
  if (!head || readyAtOf(rows, head) > now) return undefined;
  return head.askedAt > head.readyAt ? head.askedAt : head.readyAt;
};

/** Returns a place at the lane's end: `place`, or the one after its last row where that is later. */
const placeAtEnd = (rows: Rows, place: number): number => Math.max(place, ...rows.map((row) => row.place + 1));

const change = (rows: Rows, id: string, make: (row: LaneRow) => LaneRow | undefined): Rows => {
  const row = rows.find((each) => each.id === id);
  const changed = row && make(row);
  return !changed || changed === row ? rows : rows.map((each) => (each === row ? changed : each));
};

const held = (row: LaneRow, { attempts }: Holder): boolean =>
  attempts === undefined || (row.state === 'leased' && row.attempts === attempts + 1);

type Trouble = 'state' | 'attempts' | 'readyAt' | 'error' | 'errorAt';

/** Resets a row to one that was never tried. */
const untried = (row: Omit<LaneRow, Trouble>, place: number): LaneRow => ({
  ...row,
  state: 'waiting',
  attempts: 0,
  readyAt: AT_ONCE,
  error: null,
  errorAt: null,
  place,
});

export interface NewRow {
  row: Omit<NewOutboxRow, 'notice'> & { notice: string };
  stream: string;
  version: number;
  at: string;
  place: number;
}

/**
 * Adds a row. A live row that is asked for again keeps its place while it waits; one that had failed goes to the end.
 * A row that is asked for a second time, after a crash, is there already.
 */
export const ask = (rows: Rows, { row, stream, version, at, place }: NewRow): Rows => {
  const { id, kind, notice, bulk = false, trace = null } = row;
  const there = rows.find((each) => each.id === id);
  let next = rows;
  if (!there) {
    const made = { id, kind, stream, version, notice, bulk, trace, askedAt: at, place };
    next = [...rows, untried(made, place)];
  } else if (there.kind === 'live' && version > there.version) {
    const revived = isFailed(there) ? untried(there, placeAtEnd(rows, place)) : there;
    next = change(rows, id, () => ({ ...revived, version, notice, trace, bulk: there.bulk && bulk }));
  }
  // An urgent row would otherwise wait behind it for all bulk work.
  if (next === rows || bulk) return next;
  return next.map((each) => (each.bulk && !isFailed(each) ? { ...each, bulk: false } : each));
};

/** Brings a row near that waited further back; a card that is near already takes its newest version. */
export const joined = (rows: Rows, row: LaneRow): Rows => {
  const there = rows.find(({ id }) => id === row.id);
  if (!there) return [...rows, row];
  const { version, notice, trace } = row;
  return version <= there.version ? rows : change(rows, row.id, (each) => ({ ...each, version, notice, trace }));
};

/** Leases the oldest row until `until`; undefined where none can be claimed now. */
export const claim = (rows: Rows, now: string, until: string): { rows: Rows; row: LaneRow } | undefined => {
  const row = headOf(rows);
  if (!row || readyAtOf(rows, row) > now) return undefined;
  const leased: LaneRow = { ...row, state: 'leased', attempts: row.attempts + 1, readyAt: until };
  return { rows: rows.map((each) => (each === row ? leased : each)), row };
};

/** Marks a row delivered. A live card that changes often goes to the lane's end: it must not hold others back. */
export const settle = (rows: Rows, holder: Holder, version: number, place: number): Rows => {
  const row = rows.find(({ id }) => id === holder.id);
  if (!row || !held(row, holder)) return rows;
  if (row.version <= version) return rows.filter((each) => each !== row);
  return row.state === 'waiting' ? rows : change(rows, row.id, () => untried(row, placeAtEnd(rows, place)));
};

export const retry = (rows: Rows, holder: Holder, readyAt: string, error: string, now: string): Rows =>
  change(rows, holder.id, (row) =>
    held(row, holder)
      ? { ...row, attempts: isFailed(row) ? 0 : row.attempts, state: 'waiting', readyAt, error, errorAt: now }
      : row,
  );

export const fail = (rows: Rows, holder: Holder, error: string, now: string): Rows =>
  change(rows, holder.id, (row) => (held(row, holder) ? { ...row, state: 'failed', error, errorAt: now } : row));

export const release = (rows: Rows, holder: Holder, readyAt: string): Rows =>
  change(rows, holder.id, (row) =>
    held(row, holder) ? { ...row, state: 'waiting', attempts: row.attempts - 1, readyAt } : row,
  );

export type Again = 'ready' | 'being sent' | 'none';

export const again = (rows: Rows, id: string, now: string): { rows: Rows; answer: Again } => {
  const row = rows.find((each) => each.id === id);
  if (!row) return { rows, answer: 'none' };
  if (row.state === 'leased' && row.readyAt > now) return { rows, answer: 'being sent' };
  const attempts = isFailed(row) ? 0 : row.attempts;
  return { rows: change(rows, id, () => ({ ...row, attempts, state: 'waiting', readyAt: AT_ONCE })), answer: 'ready' };
};
