/** Replaces the data key of a MongoDB database, document by document; a run that was cut off is finished by the next. */

import { randomUUID } from 'node:crypto';
import { StoreFault } from '../event-store.ts';
import { clearOfRow, outboxKey } from '../outbox-marks.ts';
import {
  checkRotation,
  remarkOf,
  rewrapped,
  rotationState,
  underWay,
  type Remark,
  type Rotated,
  type Rotation,
} from '../rotating.ts';
import { FIRST_MARKED } from '../row-marks.ts';
import { DATA_KEY_CHECK, newDataKeyCheck } from '../stream-key.ts';
import { connect, type Connection } from './connection.ts';
import type { LaneRow } from './lane.ts';
import { markedPages } from './marking.ts';
import { collectionsOf, type Collections } from './schema.ts';

const PAGE = 500;

const inUse = (): StoreFault =>
  new StoreFault('in-use', 'not done', 'Somebody writes to the database: stop every bot first, then run it once more.');

const rewrapKeys = async (
  { reading, writing }: Connection,
  { keys }: Collections,
  rotation: Rotation,
): Promise<number> => {
  let count = 0;
  const cursor = keys.find({ wrapped: { $ne: null } });
  for (;;) {
    const found = await reading(() => cursor.next(), undefined);
    if (!found) return count;
    const { _id, wrapped } = found;
    if (wrapped === null) continue;
    const next = rewrapped(rotation, _id, wrapped);
    if (next !== wrapped) await writing(() => keys.updateOne({ _id, wrapped }, { $set: { wrapped: next } }), undefined);
    count += 1;
  }
};

const remarkPlain = async (connection: Connection, all: Collections, { mark }: Remark): Promise<void> => {
  const read = markedPages(connection, all);
  for (const table of FIRST_MARKED) {
    const collection = all[table] as Collections['conversations'];
    let after: string | undefined = '';
    while (after !== undefined) {
      const { rows, next } = await read(table, after, PAGE);
      for (const { key, columns, mark: found } of rows) {
        const made = mark(found, table, key, columns);
        if (made === found || made === undefined || made === null) continue;
        await connection.writing(() => collection.updateOne({ _id: key }, { $set: { mark: made } }), undefined);
      }
      after = next;
    }
  }
};

const remarkOutbox = async (
  { reading, writing }: Connection,
  { lanes, overflow }: Collections,
  { mark }: Remark,
): Promise<void> => {
  const remarked = (lane: string, row: LaneRow): LaneRow => {
    const made = mark(row.mark, 'outbox', outboxKey(lane, row.id), clearOfRow(lane, row));
    return made === undefined || made === null ? row : { ...row, mark: made };
  };
  const near = lanes.find({});
  for (;;) {
    const found = await reading(() => near.next(), undefined);
    if (!found) break;
    const { _id, token, rows } = found;
    const next = { $set: { rows: rows.map((row) => remarked(_id, row)), token: randomUUID() } };
    if ((await writing(() => lanes.updateOne({ _id, token }, next), undefined)).matchedCount === 0) throw inUse();
  }
  const far = overflow.find({});
  for (;;) {
    const found = await reading(() => far.next(), undefined);
    if (!found) return;
    const { _id, lane, token, row } = found;
    const next = { $set: { row: remarked(lane, row), token: randomUUID() } };
    const { matchedCount } = await writing(() => overflow.updateOne({ _id, lane, token }, next), undefined);
    if (matchedCount === 0) throw inUse();
  }
};

/** Every bot must have stopped. Throws StoreFault. */
export const rotateMongo = async (uri: string, rotation: Rotation): Promise<Rotated> => {
  checkRotation(rotation);
  const connection = await connect({ uri, answerMs: undefined });
  try {
    const all = collectionsOf(connection);
    const { reading, writing } = connection;
    const { meta, commits, keys } = all;
    const found = await reading(() => meta.findOne({ _id: DATA_KEY_CHECK }), undefined);
    if (!found) throw new StoreFault('not-there', 'not done', 'No bot has written to this database yet.');
    const state = rotationState(rotation, found.value);
    if (state === 'finished') {
      return { keys: await reading(() => keys.countDocuments({ wrapped: { $ne: null } }), undefined), changed: 0 };
    }
    // Their rows are marked when they are made.
    if (await reading(() => commits.findOne({ projected: false }), undefined)) {
      const message = 'Some commits are not finished: start a bot for a minute, stop it, then run it once more.';
      throw new StoreFault('not-projected', 'not done', message);
    }
    if (state === 'to do') {
      const value = underWay(rotation, found.value);
      const { matchedCount } = await writing(
        () => meta.updateOne({ _id: DATA_KEY_CHECK, value: found.value }, { $set: { value } }),
        undefined,
      );
      if (matchedCount === 0) throw inUse();
    }
    const remark = remarkOf(rotation);
    await rewrapKeys(connection, all, rotation);
    await remarkPlain(connection, all, remark);
    await remarkOutbox(connection, all, remark);
    // Once more: a bot that was still running may have made a key meanwhile.
    const count = await rewrapKeys(connection, all, rotation);
    const done = { $set: { value: newDataKeyCheck(rotation.after) } };
    await writing(() => meta.updateOne({ _id: DATA_KEY_CHECK }, done), undefined);
    return { keys: count, changed: remark.changed() };
  } finally {
    await connection.close();
  }
};
