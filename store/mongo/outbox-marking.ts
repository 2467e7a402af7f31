/** The outbox's part of marking: rows lie in the documents of lanes, and those of long lanes in documents of their own. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangedRow, RowLead } from '../event-store.ts';
import { clearOfRow, laneMarks, leadOf, outboxKey } from '../outbox-marks.ts';
import type { MarkedPage, MarkedRow, RowMarks } from '../row-marks.ts';
import type { Connection, Deadline } from './connection.ts';
import { markOfNew, standingOf, type LaneRow } from './lane.ts';
import { fitsItsRow, nameIn } from './overflow.ts';
import type { Collections, LaneDoc, OverflowDoc, Pending } from './schema.ts';

/** Begins the place of a page of long lanes' further rows: no lane's name does. */
const ASIDE = '\u0000';
/** A lane has up to 200 rows. */
const ROWS_PER_LANE = 10;
/** A lane says `more` a moment after its further rows are there, or when its commit's projection is repeated. */
const SAID_MS = 10 * 60_000;
const MOMENT_MS = 250;

const rowIn = (lane: string, row: LaneRow, lead = leadOf(lane, row)): MarkedRow => ({
  key: outboxKey(lane, lead.id),
  columns: clearOfRow(lane, row),
  mark: row.mark,
  lead,
});

const lane = (name: string): ChangedRow => {
  const lead: RowLead = { id: '', lane: name, stream: '', version: 0 };
  return { table: 'outbox', key: outboxKey(name, ''), lead };
};

/** Tells whether a lane's document says of its rows what they are: by that it is found. */
const fitsItsRows = ({ rows, more = false, urgent = false, ...doc }: LaneDoc): boolean => {
  const { at, bulk, place, problems } = standingOf(rows, { more, urgent });
  return doc.at === at && doc.bulk === bulk && doc.place === place && doc.problems === problems;
};

const ofLanes = (docs: readonly LaneDoc[]): Pick<MarkedPage, 'rows' | 'changed'> => {
  const found: { rows: MarkedRow[]; changed: ChangedRow[] } = { rows: [], changed: [] };
  for (const doc of docs) {
    try {
      if (!fitsItsRows(doc)) found.changed.push(lane(doc._id));
      found.rows.push(...doc.rows.map((row) => rowIn(doc._id, row)));
    } catch {
      // Somebody who changed the database was held to no shape.
      found.changed.push(lane(doc._id));
    }
  }
  return found;
};

const ofOverflow = (docs: readonly OverflowDoc[]): MarkedRow[] =>
  docs.map((doc) => {
    const { lane: own, id } = nameIn(doc._id);
    const row = rowIn(own, doc.row, { ...leadOf(own, doc.row), id, lane: own });
    return doc.lane === own && fitsItsRow(doc) ? row : { ...row, mark: undefined };
  });

/** Reads a page of the outbox: lanes first, then what waits further back. */
export const outboxPages =
  ({ reading }: Connection, { lanes, overflow }: Collections, by?: Deadline) =>
  async (after: string, limit: number): Promise<MarkedPage> => {
    if (!after.startsWith(ASIDE)) {
      const most = Math.ceil(limit / ROWS_PER_LANE);
      const behind = { _id: { $gt: after } };
      const docs = await reading(() => lanes.find(behind).sort({ _id: 1 }).limit(most).toArray(), by);
      return { ...ofLanes(docs), next: docs.length === most ? docs.at(-1)?._id : ASIDE };
    }
    const behind = { _id: { $gt: after.slice(ASIDE.length) } };
    const docs = await reading(() => overflow.find(behind).sort({ _id: 1 }).limit(limit).toArray(), by);
    const unsaid = async (asked: readonly OverflowDoc[]): Promise<OverflowDoc[]> => {
      if (asked.length === 0) return [];
      const names = [...new Set(asked.map((doc) => doc.lane))];
      const near = await reading(() => lanes.find({ _id: { $in: names } }).toArray(), by);
      const says = new Map(near.map((doc) => [doc._id, doc]));
      return asked.filter(({ _id, lane: of, failed }) => {
        const { more = false, aside = false, moved } = says.get(of) ?? {};
        return !(failed ? aside : more || moved?.ids.includes(_id));
      });
    };
    let hidden = await unsaid(docs.filter(({ place }) => place < (Date.now() - SAID_MS) * 1000));
    if (hidden.length > 0) {
      // It may have come near, or been put there, at that moment.
      await sleep(MOMENT_MS);
      const ids = { _id: { $in: hidden.map(({ _id }) => _id) } };
      hidden = await unsaid(await reading(() => overflow.find(ids).toArray(), by));
    }
    const changed = [...new Set(hidden.map((doc) => doc.lane))].map(lane);
    const next = docs.length === limit ? ASIDE + (docs.at(-1)?._id ?? '') : undefined;
    return { rows: ofOverflow(docs), changed, next };
  };

/** Marks what a commit of an older version owes. */
export const markedPending = (
  marks: RowMarks,
  by: { stream: string; version: number; at: string },
  rows: Pending['rows'],
): Pending['rows'] => rows.map((row) => ({ ...row, mark: markOfNew({ row, ...by }, laneMarks(marks, row.lane)) }));

/** Gives the rows of an older version their marks. */
export const markOutbox = async (
  { reading, writing }: Connection,
  { lanes, overflow }: Collections,
  marks: RowMarks,
): Promise<void> => {
  const names = await reading(() => lanes.find({}, { projection: { _id: 1 } }).toArray(), undefined);
  for (const { _id } of names) {
    const { marked } = laneMarks(marks, _id);
    for (;;) {
      const found = await reading(() => lanes.findOne({ _id }), undefined);
      if (!found) break;
      const rows = found.rows.map((row) => (typeof row.mark === 'string' ? row : marked(row)));
      const next = { $set: { rows, token: randomUUID() } };
      const { token } = found;
      // Another bot may have written something new meanwhile.
      if ((await writing(() => lanes.updateOne({ _id, token }, next), undefined)).matchedCount === 1) break;
    }
  }
  const cursor = overflow.find({}, { projection: { _id: 1 } });
  for (;;) {
    const named = await reading(() => cursor.next(), undefined);
    if (!named) break;
    const { _id } = named;
    for (;;) {
      const found = await reading(() => overflow.findOne({ _id }), undefined);
      if (!found || typeof found.row.mark === 'string') break;
      const { lane: own, token } = found;
      const next = { $set: { row: laneMarks(marks, own).marked(found.row), token: randomUUID() } };
      const written = await writing(() => overflow.updateOne({ _id, lane: own, token }, next), undefined);
      if (written.matchedCount === 1) break;
    }
  }
};
