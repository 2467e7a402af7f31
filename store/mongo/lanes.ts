/**
 * Changes a lane: it is written back only if nobody has written since it was read, else it is read again. A lane's
 * document keeps at most `most` rows that wait, and as many that were given up; the rest is in the overflow.
 *
 * Rows go into the overflow before the lane says `more`, and into the lane before they leave the overflow: a crash in
 * between repeats a step and loses nothing. `moved` names the documents of the last move, which are gone for certain
 * before the next one. Whoever puts something into the overflow writes the lane afterwards, so that nobody who looked
 * before that can say that there is nothing more.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFault, type RowName } from '../event-store.ts';
import { idOf, laneOf } from '../row-name.ts';
import { type Connection, type Deadline, isDuplicate } from './connection.ts';
import { fullOf, isFailed, joined, MOST, standingOf, waitingIn, type LaneRow, type Marks, type Rows } from './lane.ts';
import { overflowOf, type Arrival, type Overflow } from './overflow.ts';
import type { Collections, LaneDoc, Moved, OverflowDoc } from './schema.ts';

export interface Lanes {
  overflow: Overflow;
  /**
   * Adds rows in order, creating the lane if need be. `repeated`: it may have been begun before, and some of them may
   * lie in the overflow without the lane's knowing.
   */
  add(lane: string, arrivals: readonly Arrival[], repeated: boolean, by?: Deadline): Promise<void>;
  /** Writes the rows that `act` returns into the lane whose document has the row; does nothing where none has. */
  changeOf(row: RowName, act: (rows: Rows, marks: Marks) => Rows): Promise<void>;
  /** Finds the lane that has the row: one shard is asked where the lane is named. */
  find(row: RowName, by?: Deadline): Promise<LaneDoc | null>;
  /** Resolves false where somebody has written since the lane was read. */
  replace(found: LaneDoc, rows: Rows, by: Deadline): Promise<boolean>;
  /** Brings rows near that wait further back. Undefined: somebody has written since the lane was read. */
  refilled(found: LaneDoc, by: Deadline): Promise<LaneDoc | undefined>;
  /** Makes anew what a lane's document says about its rows. What waits further back is looked for again. */
  mend(lane: string): Promise<void>;
  /** Finishes the moves that a crash cut off. */
  tidy(): Promise<void>;
}

type Content = Omit<LaneDoc, '_id' | 'token' | 'at' | 'bulk' | 'place' | 'problems'>;

const NOTHING: Moved = { ids: [], tokens: [] };

/** Lanes of earlier versions have their rows alone. */
const contentOf = (found: LaneDoc | null): Required<Content> => ({
  rows: found?.rows ?? [],
  more: found?.more ?? false,
  urgent: found?.urgent ?? false,
  aside: found?.aside ?? false,
  moved: found?.moved ?? NOTHING,
});

const docOf = (_id: string, content: Required<Content>): LaneDoc => ({
  _id,
  token: randomUUID(),
  ...content,
  ...standingOf(content.rows, content),
});

const isEmpty = ({ rows, more, aside }: Content): boolean => rows.length === 0 && !more && !aside;

const hurried = (rows: Rows): LaneRow[] =>
  rows.map((row) => (row.bulk && !isFailed(row) ? { ...row, bulk: false } : row));

/** Backs off after a lost race: a little longer each time, with jitter. */
export const loserWaits = (tries: number): Promise<void> => sleep(Math.random() * Math.min(2 ** tries, 64));

export const crowded = (by: Deadline): void => {
  if (by !== undefined && performance.now() >= by) {
    throw new StoreFault('crowded', 'not done', 'Too many wrote at the same time.');
  }
};

/** What becomes of arrivals. */
interface Divided {
  /** Of the lane's document. */
  rows: Rows;
  rest: { arrival: Arrival; row: LaneRow }[];
  moved: Moved;
}

/** Divides arrivals into what fits into the lane's document, and the rest. `known`: those that lie in the overflow. */
const divided = (
  { rows: before, more, moved }: Required<Content>,
  arrivals: readonly Arrival[],
  known: ReadonlyMap<string, OverflowDoc>,
  most: number,
  marks: Marks,
): Divided => {
  const made: Divided = { rows: before, rest: [], moved };
  // What was asked for earlier, and comes late because of a crash, still goes first.
  const isNear = (row: LaneRow): boolean =>
    made.rows.some((each) => !isFailed(each) && each.place > row.place) ||
    (!more && made.rest.length === 0 && !fullOf(made.rows, row, most));
  for (const arrival of arrivals) {
    const [row] = arrival.into([], marks);
    if (!row) continue;
    const there = known.get(arrival.id);
    if (there && !isFailed(there.row) && !moved.tokens.includes(there.token) && isNear(there.row)) {
      made.rows = arrival.into(joined(made.rows, there.row, marks), marks);
      made.moved = { ids: [...made.moved.ids, there._id], tokens: [...made.moved.tokens, there.token] };
    } else if (!there && (made.rows.some(({ id }) => id === row.id) || isNear(row))) {
      made.rows = arrival.into(made.rows, marks);
    } else made.rest.push({ arrival, row });
  }
  return made;
};

/** `marksOf` undefined: the data key is not at hand. */
export const lanesOf = (
  connection: Connection,
  all: Collections,
  marksOf: (lane: string) => Marks = () => undefined,
  most = MOST,
): Lanes => {
  const { reading, writing, deadline } = connection;
  const { lanes } = all;
  const overflow = overflowOf(connection, all, marksOf);

  const find = (row: RowName): Promise<LaneDoc | null> => {
    const _id = laneOf(row);
    return lanes.findOne(_id === undefined ? { 'rows.id': idOf(row) } : { _id });
  };
  const make = async (lane: string, content: Required<Content>, by: Deadline): Promise<boolean> => {
    try {
      await writing(() => lanes.insertOne(docOf(lane, content)), by);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  const write = async ({ _id, token }: LaneDoc, content: Required<Content>, by: Deadline): Promise<boolean> => {
    if (isEmpty(content)) {
      // Nobody would know of an unfinished move once the lane is gone.
      await overflow.remove(_id, content.moved, by);
      return (await writing(() => lanes.deleteOne({ _id, token }), by)).deletedCount === 1;
    }
    const { _id: _same, ...next } = docOf(_id, content);
    return (await writing(() => lanes.updateOne({ _id, token }, { $set: next }), by)).matchedCount === 1;
  };

  const replace: Lanes['replace'] = (found, rows, by) => write(found, { ...contentOf(found), rows: [...rows] }, by);

  /** Puts the oldest of many rows that were given up aside, and returns the others. */
  const lightened = async (lane: string, rows: Rows, by: Deadline): Promise<Rows> => {
    const failed = rows.filter(isFailed);
    if (failed.length <= most) return rows;
    const out = new Set(failed.toSorted((a, b) => a.place - b.place).slice(0, Math.ceil(most / 2)));
    const rest = [...out].map((row) => ({ id: row.id, into: () => [row] }));
    await overflow.put(lane, rest, by);
    return rows.filter((row) => !out.has(row));
  };

  return {
    overflow,
    replace,
    find: (row, by) => reading(() => find(row), by),
    changeOf: async (row, act) => {
      const by = deadline();
      for (let tries = 0; ; tries += 1) {
        const found = await reading(() => find(row), by);
        if (!found) return;
        const next = act(found.rows, marksOf(found._id));
        if (next === found.rows) return;
        const rows = await lightened(found._id, next, by);
        const aside = contentOf(found).aside || rows !== next;
        if (await write(found, { ...contentOf(found), rows: [...rows], aside }, by)) return;
        crowded(by);
        await loserWaits(tries);
      }
    },
    add: async (lane, arrivals, repeated, by = deadline()) => {
      const put = new Set<string>();
      const are = { more: false, aside: false, urgent: false };
      const ask = (): Promise<LaneDoc | null> => reading(() => lanes.findOne({ _id: lane }), by);
      // Lanes are empty most of the time: asking first would cost every append another round trip.
      let found = repeated || arrivals.length > most ? await ask() : null;
      for (let tries = 0; ; tries += 1) {
        const before = contentOf(found);
        const left = arrivals.filter(({ id }) => !put.has(id));
        const ids = left.map(({ id }) => id);
        const known = repeated || before.more || before.aside ? await overflow.among(lane, ids, by) : [];
        const byId = new Map(known.map((doc) => [doc.row.id, doc]));
        const { rows, rest, moved } = divided(before, left, byId, most, marksOf(lane));
        const further = rest.map(({ arrival }) => arrival);
        if (further.length > 0) await overflow.put(lane, further, by);
        for (const { arrival, row } of rest) {
          put.add(arrival.id);
          if (isFailed(row)) are.aside = true;
          else are.more = true;
          if (!row.bulk && !isFailed(row)) are.urgent = true;
        }
        if (rows === before.rows && put.size === 0) return;
        const next = {
          rows: [...rows],
          more: before.more || are.more,
          urgent: before.urgent || are.urgent,
          aside: before.aside || are.aside,
          moved,
        };
        if (found ? await write(found, next, by) : await make(lane, next, by)) {
          if (moved !== before.moved) await overflow.remove(lane, moved, by);
          return;
        }
        if (tries > 0) {
          crowded(by);
          await loserWaits(tries);
        }
        found = await ask();
      }
    },
    refilled: async (found, by) => {
      const before = contentOf(found);
      if (!before.more || waitingIn(before.rows) >= most / 2) return found;
      await overflow.remove(found._id, before.moved, by);
      const room = most - waitingIn(before.rows);
      // One more tells whether that is all.
      const inLine = await overflow.next(found._id, room + 1, by);
      const batch = inLine.slice(0, room);
      const marks = marksOf(found._id);
      const moved = { ids: batch.map(({ _id }) => _id), tokens: batch.map(({ token }) => token) };
      const near = batch.reduce<Rows>((rows, { row }) => joined(rows, row, marks), before.rows);
      const more = inLine.length > room;
      const rows = before.urgent ? hurried(near) : [...near];
      const next = { ...before, rows, more, urgent: before.urgent && more, moved };
      if (!(await write(found, next, by))) return undefined;
      await overflow.remove(found._id, moved, by);
      return isEmpty(next) ? undefined : ((await reading(() => lanes.findOne({ _id: found._id }), by)) ?? undefined);
    },
    mend: async (lane) => {
      const by = deadline();
      for (let tries = 0; ; tries += 1) {
        const found = await reading(() => lanes.findOne({ _id: lane }), by);
        const { rows, moved } = contentOf(found);
        const content = { rows: Array.isArray(rows) ? rows : [], moved, more: true, urgent: true, aside: true };
        if (found ? await write(found, content, by) : await make(lane, content, by)) return;
        crowded(by);
        await loserWaits(tries);
      }
    },
    tidy: async () => {
      for (const found of await reading(() => lanes.find().toArray())) {
        await overflow.remove(found._id, contentOf(found).moved, undefined);
      }
    },
  };
};
