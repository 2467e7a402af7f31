/**
 * Rows of long lanes, a document each. A lane's own document keeps its next rows and is written anew with every step;
 * what waits further back lies here until its turn comes near, and so do the oldest of many that were given up.
 */

import { randomUUID } from 'node:crypto';
import { MongoBulkWriteError } from 'mongodb';
import type { OutboxRow, RowName } from '../event-store.ts';
import { idOf, laneOf } from '../row-name.ts';
import type { Connection, Deadline } from './connection.ts';
import { isFailed, type LaneRow, type Marks, type Rows } from './lane.ts';
import type { Collections, Moved, OverflowDoc } from './schema.ts';

/** A row on its way into a lane. */
export interface Arrival {
  id: string;
  /** Adds it to rows or merges it with the one there. Returns the same rows where that changes nothing. */
  into: (rows: Rows, marks: Marks) => Rows;
}

export interface Overflow {
  /** Adds rows, or merges them with those that wait. Can be repeated. */
  put(lane: string, arrivals: readonly Arrival[], by: Deadline): Promise<void>;
  /** Finds those of the rows that are there. */
  among(lane: string, ids: readonly string[], by: Deadline): Promise<OverflowDoc[]>;
  /** Returns the next rows in line. */
  next(lane: string, limit: number, by: Deadline): Promise<OverflowDoc[]>;
  /** Removes what was moved; a row that has changed since stays, and comes again. */
  remove(lane: string, moved: Moved, by: Deadline): Promise<void>;
  find(row: RowName, by?: Deadline): Promise<OverflowDoc | null>;
  /** Finds the document of that name, whatever lane it says that it belongs to. */
  named(row: Pick<OutboxRow, 'id' | 'lane'>, by: Deadline): Promise<OverflowDoc | null>;
  /** Writes the row back, or removes it. Resolves false where it has changed since it was read. */
  replace(found: OverflowDoc, row: LaneRow | undefined, by: Deadline): Promise<boolean>;
  failed(): Promise<OverflowDoc[]>;
  /** Approximate. */
  count(): Promise<number>;
}

const idIn = (lane: string, id: string): string => `${lane} ${id}`;

/** The lane and the row that a document is named by. */
export const nameIn = (_id: string): { lane: string; id: string } => {
  const at = _id.lastIndexOf(' ');
  return { lane: _id.slice(0, at), id: _id.slice(at + 1) };
};

/** Tells whether a document says the same as the row in it. */
export const fitsItsRow = ({ _id, lane, place, failed, row }: OverflowDoc): boolean =>
  _id === idIn(lane, row.id) && place === row.place && failed === isFailed(row);

const fieldsOf = (row: LaneRow) => ({
  token: randomUUID(),
  place: row.place,
  failed: isFailed(row),
  row,
});

export const overflowOf = (
  { reading, writing }: Connection,
  { overflow }: Collections,
  marksOf: (lane: string) => Marks,
): Overflow => {
  const replace: Overflow['replace'] = async ({ _id, lane, token }, row, by) => {
    const found = { _id, lane, token };
    if (row === undefined) return (await writing(() => overflow.deleteOne(found), by)).deletedCount === 1;
    return (await writing(() => overflow.updateOne(found, { $set: fieldsOf(row) }), by)).matchedCount === 1;
  };

  /** Inserts all at once, and resolves with the ids that are taken. */
  const inserted = async (lane: string, rows: ReadonlyMap<string, Arrival>, by: Deadline): Promise<string[]> => {
    const marks = marksOf(lane);
    const docs = [...rows].flatMap(([_id, { into }]) =>
      into([], marks).map((row) => ({ _id, lane, ...fieldsOf(row) })),
    );
    try {
      await writing(() => overflow.insertMany(docs, { ordered: false }), by);
      return [];
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      const errors = [error.writeErrors].flat();
      if (errors.some(({ code }) => code !== 11000)) throw error;
      return errors.map(({ index }) => docs[index]?._id ?? '');
    }
  };

  return {
    replace,
    put: async (lane, arrivals, by) => {
      let left = new Map(arrivals.map((arrival) => [idIn(lane, arrival.id), arrival]));
      while (left.size > 0) {
        const taken = await inserted(lane, left, by);
        const there = await reading(() => overflow.find({ _id: { $in: taken }, lane }).toArray(), by);
        const merged = await Promise.all(
          there.map(async (found) => {
            const [row = found.row] = left.get(found._id)?.into([found.row], marksOf(lane)) ?? [];
            return row === found.row || replace(found, row, by);
          }),
        );
        const done = new Set(there.filter((_, n) => merged[n]).map(({ _id }) => _id));
        left = new Map([...left].filter(([_id]) => taken.includes(_id) && !done.has(_id)));
      }
    },
    among: (lane, ids, by) => {
      const named = { _id: { $in: ids.map((id) => idIn(lane, id)) }, lane };
      return reading(() => overflow.find(named).toArray(), by);
    },
    next: (lane, limit, by) =>
      reading(() => overflow.find({ lane, failed: false }).sort({ place: 1 }).limit(limit).toArray(), by),
    remove: async (lane, { ids, tokens }, by) => {
      if (ids.length === 0) return;
      await writing(() => overflow.deleteMany({ _id: { $in: ids }, lane, token: { $in: tokens } }), by);
    },
    find: (row, by) => {
      const lane = laneOf(row);
      const named = lane === undefined ? { 'row.id': idOf(row) } : { _id: idIn(lane, idOf(row)), lane };
      return reading(() => overflow.findOne(named), by);
    },
    named: ({ id, lane }, by) => reading(() => overflow.findOne({ _id: idIn(lane, id) }), by),
    failed: () => reading(() => overflow.find({ failed: true }).toArray()),
    count: () => reading(() => overflow.estimatedDocumentCount()),
  };
};
