/** Changes a lane: it is written back only if nobody has written since it was read, else it is read again. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFault, type RowName } from '../event-store.ts';
import { idOf, laneOf } from '../row-name.ts';
import { type Connection, type Deadline, isDuplicate } from './connection.ts';
import { type Rows, standingOf } from './lane.ts';
import type { Collections, LaneDoc } from './schema.ts';

export interface Lanes {
  /** Writes the rows that `act` returns, creating the lane if need be. */
  change(lane: string, act: (rows: Rows) => Rows, by?: Deadline): Promise<void>;
  /** Like `change`, for the lane that has the row; does nothing where none has. */
  changeOf(row: RowName, act: (rows: Rows) => Rows): Promise<void>;
  /** Finds the lane that has the row: one shard is asked where the lane is named. */
  find(row: RowName, by?: Deadline): Promise<LaneDoc | null>;
  /** Resolves false where somebody has written since the lane was read. */
  replace(found: LaneDoc, rows: Rows, by: Deadline): Promise<boolean>;
}

const docOf = (_id: string, rows: Rows): LaneDoc => ({
  _id,
  token: randomUUID(),
  rows: [...rows],
  ...standingOf(rows),
});

/** Backs off after a lost race: a little longer each time, with jitter. */
export const loserWaits = (tries: number): Promise<void> => sleep(Math.random() * Math.min(2 ** tries, 64));

export const crowded = (by: Deadline): void => {
  if (by !== undefined && performance.now() >= by) {
    throw new StoreFault('crowded', 'not done', 'Too many wrote at the same time.');
  }
};

export const lanesOf = ({ reading, writing, deadline }: Connection, { lanes }: Collections): Lanes => {
  const find = (row: RowName): Promise<LaneDoc | null> => {
    const _id = laneOf(row);
    return lanes.findOne(_id === undefined ? { 'rows.id': idOf(row) } : { _id });
  };
  const make = async (lane: string, rows: Rows, by: Deadline): Promise<boolean> => {
    try {
      await writing(() => lanes.insertOne(docOf(lane, rows)), by);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };

  const replace: Lanes['replace'] = async ({ _id, token }, rows, by) => {
    if (rows.length === 0) {
      return (await writing(() => lanes.deleteOne({ _id, token }), by)).deletedCount === 1;
    }
    const { _id: _same, ...next } = docOf(_id, rows);
    return (await writing(() => lanes.updateOne({ _id, token }, { $set: next }), by)).matchedCount === 1;
  };

  const changeFound = async (
    find: () => Promise<LaneDoc | null>,
    lane: string | undefined,
    act: (rows: Rows) => Rows,
    by: Deadline,
  ): Promise<void> => {
    for (let tries = 0; ; tries += 1) {
      const found = await reading(find, by);
      const rows = found?.rows ?? [];
      const next = act(rows);
      if (next === rows) return;
      if (found ? await replace(found, next, by) : lane === undefined || (await make(lane, next, by))) return;
      crowded(by);
      await loserWaits(tries);
    }
  };

  return {
    replace,
    change: async (lane, act, by = deadline()) => {
      // Lanes are empty most of the time: asking first would cost every append another round trip.
      if (await make(lane, act([]), by)) return;
      await changeFound(() => lanes.findOne({ _id: lane }), lane, act, by);
    },
    find: (row, by) => reading(() => find(row), by),
    changeOf: (row, act) => changeFound(() => find(row), undefined, act, deadline()),
  };
};
