/**
 * One lane of the outbox: its rows, and the effect of each act on them. Pure: the engine keeps a lane in one document
 * and writes the result only where nobody else has written meanwhile. An act that changes nothing returns the same
 * rows.
 */

import type { NewOutboxRow } from '../event-store.ts';
import { AT_ONCE } from '../instant.ts';
import type { LaneMarks } from '../outbox-marks.ts';

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
  /** See `outbox-marks.ts`. */
  mark?: string | undefined;
}

/** Undefined where the data key is not at hand: a copy takes rows as they are. */
export type Marks = LaneMarks | undefined;

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

const change = (rows: Rows, id: string, make: (row: LaneRow) => LaneRow, marks: Marks): Rows => {
  const row = rows.find((each) => each.id === id);
  const changed = row && make(row);
  if (!changed || changed === row) return rows;
  const marked = marks ? marks.remarked(row, changed) : changed;
  return rows.map((each) => (each === row ? marked : each));
};

const held = (row: LaneRow, { attempts }: Holder): boolean =>
  attempts === undefined || (row.state === 'leased' && row.attempts === attempts + 1);

/** Of a row that was never tried. */
const UNTRIED = { state: 'waiting', attempts: 0, readyAt: AT_ONCE, error: null, errorAt: null } as const;

export interface NewRow {
  /** `mark`: of the new row, from when its commit was sealed. */
  row: Omit<NewOutboxRow, 'notice'> & { notice: string; mark?: string | undefined };
  stream: string;
  version: number;
  at: string;
  place: number;
  /** How often it counts as tried. */
  tried?: number;
}

const madeOf = ({ row, stream, version, at, place, tried = 0 }: NewRow): LaneRow => {
  const { id, kind, notice, bulk = false, trace = null, mark } = row;
  const made = { id, kind, stream, version, notice, bulk, trace, askedAt: at, place, ...UNTRIED, attempts: tried };
  return mark === undefined ? made : { ...made, mark };
};

/** Returns the mark of a row that is about to be asked for. */
export const markOfNew = (asked: Omit<NewRow, 'place'>, marks: LaneMarks): string =>
  marks.marked(madeOf({ ...asked, place: 0 })).mark;

/**
 * Adds a row. A live row that is asked for again keeps its place while it waits; one that had failed goes to the end.
 * A row that is asked for a second time, after a crash, is there already.
 */
export const ask = (rows: Rows, asked: NewRow, marks: Marks): Rows => {
  const { row, version, place } = asked;
  const { id, notice, bulk = false, trace = null } = row;
  const there = rows.find((each) => each.id === id);
  let next = rows;
  if (!there) {
    // It brings its mark along: one that does not was changed on its way.
    next = [...rows, madeOf(asked)];
  } else if (there.kind === 'live' && version > there.version) {
    const revived = isFailed(there) ? { ...there, ...UNTRIED, place: placeAtEnd(rows, place) } : there;
    const newest = { ...revived, version, notice, trace, bulk: there.bulk && bulk };
    // Without the data key the new row has a mark, and what the two make together would have none.
    const { place: own, bulk: both } = newest;
    next = change(rows, id, () => (marks ? newest : { ...madeOf(asked), place: own, bulk: both }), marks);
  }
  // An urgent row would otherwise wait behind it for all bulk work.
  if (next === rows || bulk) return next;
  return next.map((each) => (each.bulk && !isFailed(each) ? { ...each, bulk: false } : each));
};

/** Brings a row near that waited further back; a card that is near already takes its newest version. */
export const joined = (rows: Rows, row: LaneRow, marks: Marks): Rows => {
  const there = rows.find(({ id }) => id === row.id);
  if (!there) return [...rows, row];
  const { version, notice, trace } = row;
  return version <= there.version ? rows : change(rows, row.id, (each) => ({ ...each, version, notice, trace }), marks);
};

/**
 * Leases the oldest row until `until`; undefined where none can be claimed now. `changed`: somebody else changed it, and
 * no attempt is counted.
 */
export const claim = (
  rows: Rows,
  now: string,
  until: string,
  marks: LaneMarks,
): { rows: Rows; row: LaneRow; changed: boolean } | undefined => {
  const row = headOf(rows);
  if (!row || readyAtOf(rows, row) > now) return undefined;
  const changed = !marks.fits(row);
  const leased: LaneRow = { ...row, state: 'leased', attempts: row.attempts + (changed ? 0 : 1), readyAt: until };
  const marked = changed ? leased : marks.marked(leased);
  return { rows: rows.map((each) => (each === row ? marked : each)), row, changed };
};

/** Marks a row delivered. A live card that changes often goes to the lane's end: it must not hold others back. */
export const settle = (rows: Rows, holder: Holder, version: number, place: number, marks: Marks): Rows => {
  const row = rows.find(({ id }) => id === holder.id);
  if (!row || !held(row, holder)) return rows;
  if (row.version <= version) return rows.filter((each) => each !== row);
  if (row.state === 'waiting') return rows;
  return change(rows, row.id, () => ({ ...row, ...UNTRIED, place: placeAtEnd(rows, place) }), marks);
};

/** A failure at `errorAt`, for operators. */
interface Trouble {
  error: string;
  errorAt: string;
}

export const retry = (rows: Rows, holder: Holder, readyAt: string, trouble: Trouble, marks: Marks): Rows =>
  change(
    rows,
    holder.id,
    (row) =>
      held(row, holder)
        ? { ...row, attempts: isFailed(row) ? 0 : row.attempts, state: 'waiting', readyAt, ...trouble }
        : row,
    marks,
  );

export const fail = (rows: Rows, holder: Holder, trouble: Trouble, marks: Marks): Rows =>
  change(rows, holder.id, (row) => (held(row, holder) ? { ...row, state: 'failed', ...trouble } : row), marks);

export const release = (rows: Rows, holder: Holder, readyAt: string, marks: Marks): Rows =>
  change(
    rows,
    holder.id,
    (row) => (held(row, holder) ? { ...row, state: 'waiting', attempts: row.attempts - 1, readyAt } : row),
    marks,
  );

export type Again = 'ready' | 'being sent' | 'none';

export const again = (rows: Rows, id: string, now: string, marks: Marks): { rows: Rows; answer: Again } => {
  const row = rows.find((each) => each.id === id);
  if (!row) return { rows, answer: 'none' };
  if (row.state === 'leased' && row.readyAt > now) return { rows, answer: 'being sent' };
  const attempts = isFailed(row) ? 0 : row.attempts;
  const ready = change(rows, id, () => ({ ...row, attempts, state: 'waiting', readyAt: AT_ONCE }), marks);
  return { rows: ready, answer: 'ready' };
};

/** Puts a row in the place of one that somebody changed; undefined: that one goes. The same rows where there is none. */
export const renew = (rows: Rows, id: string, made: NewRow | undefined, marks: LaneMarks): Rows => {
  const row = rows.find((each) => each.id === id && !marks.fits(each));
  if (!row) return rows;
  const rest = rows.filter((each) => each !== row);
  return made ? ask(rest, made, marks) : rest;
};
