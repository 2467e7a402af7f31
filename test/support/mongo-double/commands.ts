/** The commands of the double. Strict: an unknown command or option is refused, never ignored. */

import { BSON, MongoServerError, type Document } from 'mongodb';
import { z } from 'zod';
import { Collection, refusal } from './collection.ts';

export interface Kind {
  /** A single server has no majority to read from, and takes no retries. */
  kind: 'single' | 'replica set';
  /** Such as `127.0.0.1:27017`. */
  address: string;
  /** The newest protocol that it speaks: 21 is MongoDB 7.0, 8 is 4.2. */
  wireVersion: number;
  clock: () => Date;
}

const doc = z.custom<Document>((value) => typeof value === 'object' && value !== null);
const common = {
  $db: z.string(),
  lsid: doc.optional(),
  /** What the server may take; a fate of the double's may be longer. */
  maxTimeMS: z.int().positive().optional(),
  $readPreference: z.object({ mode: z.enum(['primary', 'primaryPreferred']) }).optional(),
};
const reading = { readConcern: z.strictObject({ level: z.enum(['local', 'majority']) }).optional() };
const writing = {
  ordered: z.boolean().optional(),
  txnNumber: z.unknown().optional(),
  // Every write of the store is durable with a majority: anything less is a mistake of the store.
  writeConcern: z.strictObject({ w: z.literal('majority'), j: z.literal(true) }),
};

const COMMANDS = {
  find: z.strictObject({
    ...common,
    ...reading,
    find: z.string(),
    filter: doc,
    sort: z.custom<Document>().default({}),
    projection: doc.default({}),
    skip: z.number().default(0),
    limit: z.number().default(0),
    batchSize: z.number().default(101),
    singleBatch: z.boolean().default(false),
  }),
  getMore: z.strictObject({
    ...common,
    getMore: z.unknown(),
    collection: z.string(),
    batchSize: z.number().optional(),
  }),
  count: z.strictObject({ ...common, ...reading, count: z.string() }),
  // As the driver counts the documents of a filter.
  aggregate: z.strictObject({
    ...common,
    ...reading,
    aggregate: z.string(),
    cursor: z.strictObject({}),
    pipeline: z.tuple([
      z.strictObject({ $match: doc }),
      z.strictObject({ $group: z.strictObject({ _id: z.literal(1), n: z.strictObject({ $sum: z.literal(1) }) }) }),
    ]),
  }),
  killCursors: z.strictObject({ ...common, killCursors: z.string(), cursors: z.array(z.unknown()) }),
  insert: z.strictObject({ ...common, ...writing, insert: z.string(), documents: z.array(doc) }),
  update: z.strictObject({
    ...common,
    ...writing,
    update: z.string(),
    updates: z
      .array(z.strictObject({ q: doc, u: doc, upsert: z.boolean().default(false), multi: z.boolean().default(false) }))
      .length(1),
  }),
  delete: z.strictObject({
    ...common,
    ...writing,
    delete: z.string(),
    deletes: z.array(z.strictObject({ q: doc, limit: z.union([z.literal(0), z.literal(1)]) })).length(1),
  }),
  createIndexes: z.strictObject({
    ...common,
    writeConcern: writing.writeConcern,
    createIndexes: z.string(),
    indexes: z.array(
      z.strictObject({
        name: z.string(),
        key: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])),
        unique: z.boolean().default(false),
        partialFilterExpression: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
      }),
    ),
  }),
  dropIndexes: z.strictObject({
    ...common,
    writeConcern: writing.writeConcern,
    dropIndexes: z.string(),
    index: z.string().refine((name) => name !== '*'),
  }),
  listIndexes: z.strictObject({ ...common, listIndexes: z.string(), cursor: z.strictObject({}) }),
  dropDatabase: z.strictObject({ ...common, dropDatabase: z.literal(1), writeConcern: doc.optional() }),
  ping: z.strictObject({ ...common, ping: z.literal(1) }),
  endSessions: z.strictObject({ ...common, endSessions: z.array(doc), writeConcern: doc.optional() }),
};

type Name = keyof typeof COMMANDS;
type Asked<N extends Name> = z.infer<(typeof COMMANDS)[N]>;

export type Run = (command: Document) => Document;

const failureOf = (error: unknown): Document => {
  if (!(error instanceof MongoServerError)) throw error;
  return { code: error.code, errmsg: error.message };
};

export const commandsOf = ({ kind, address, wireVersion, clock }: Kind): Run => {
  const databases = new Map<string, Map<string, Collection>>();
  const cursors = new Map<string, { ns: string; rest: Document[] }>();
  /** First answers of writes, for their retries. */
  const answers = new Map<string, Document>();
  let connections = 0;

  const collection = (db: string, name: string): Collection => {
    const all = databases.get(db) ?? new Map<string, Collection>();
    databases.set(db, all);
    const there = all.get(name) ?? new Collection();
    all.set(name, there);
    return there;
  };

  const hello = (): Document => {
    connections += 1;
    const set = { setName: 'double', setVersion: 1, hosts: [address], primary: address, me: address, secondary: false };
    return {
      ...(kind === 'replica set' ? set : {}),
      ok: 1,
      helloOk: true,
      isWritablePrimary: true,
      ismaster: true,
      readOnly: false,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: clock(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: connections,
      minWireVersion: 0,
      maxWireVersion: wireVersion,
    };
  };

  const write = (one: (index: number) => Document, writes: number, ordered = true): Document => {
    let reply: Document = { n: 0 };
    const writeErrors: Document[] = [];
    for (let index = 0; index < writes; index += 1) {
      try {
        const { n, ...more } = one(index);
        reply = { ...reply, ...more, n: Number(reply['n']) + Number(n) };
      } catch (error) {
        writeErrors.push({ index, ...failureOf(error) });
        if (ordered) break;
      }
    }
    return writeErrors.length > 0 ? { ...reply, writeErrors } : reply;
  };

  const page = (ns: string, found: Document[], size: number, id: BSON.Long): { batch: Document[]; id: BSON.Long } => {
    const rest = found.slice(size);
    if (rest.length === 0) cursors.delete(id.toString());
    else cursors.set(id.toString(), { ns, rest });
    return { batch: found.slice(0, size), id: rest.length === 0 ? BSON.Long.ZERO : id };
  };

  const run: { [N in Name]: (asked: Asked<N>) => Document } = {
    find: ({ $db, find, filter, sort, skip, limit, projection, batchSize, singleBatch, readConcern }) => {
      if (kind === 'single' && readConcern?.level === 'majority') throw refusal(123, 'There is no majority here.');
      const found = collection($db, find).find(filter, sort, skip, limit, projection);
      const ns = `${$db}.${find}`;
      const { batch, id } = page(ns, found, batchSize, BSON.Long.fromNumber(cursors.size + connections * 1000 + 1));
      if (singleBatch) cursors.delete(id.toString());
      return { cursor: { firstBatch: batch, id: singleBatch ? BSON.Long.ZERO : id, ns } };
    },
    getMore: ({ getMore, batchSize = 1000 }) => {
      const cursor = cursors.get(String(getMore));
      if (!cursor) throw refusal(43, 'There is no such cursor.');
      const { batch, id } = page(cursor.ns, cursor.rest, batchSize, BSON.Long.fromString(String(getMore)));
      return { cursor: { nextBatch: batch, id, ns: cursor.ns } };
    },
    count: ({ $db, count }) => ({ n: collection($db, count).find({}, {}, 0, 0, {}).length }),
    aggregate: ({ $db, aggregate, pipeline: [{ $match }], readConcern }) => {
      if (kind === 'single' && readConcern?.level === 'majority') throw refusal(123, 'There is no majority here.');
      const n = collection($db, aggregate).find($match, {}, 0, 0, {}).length;
      const firstBatch = n === 0 ? [] : [{ _id: 1, n }];
      return { cursor: { firstBatch, id: BSON.Long.ZERO, ns: `${$db}.${aggregate}` } };
    },
    killCursors: ({ cursors: ids }) => {
      for (const id of ids) cursors.delete(String(id));
      return { cursorsKilled: ids, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
    },
    insert: ({ $db, insert, documents, ordered }) =>
      write(
        (index) => {
          collection($db, insert).insert(documents[index] ?? {});
          return { n: 1 };
        },
        documents.length,
        ordered,
      ),
    update: ({ $db, update, updates, txnNumber }) =>
      write((index) => {
        const { q = {}, u = {}, upsert = false, multi = false } = updates[index] ?? {};
        if (multi && txnNumber !== undefined) throw refusal(72, 'Cannot use retryable writes with multi=true');
        const { matched, modified, upserted } = collection($db, update).update(q, u, upsert, multi);
        if (upserted === undefined) return { n: matched, nModified: modified };
        return { n: 1, nModified: 0, upserted: [{ index, _id: upserted }] };
      }, updates.length),
    delete: ({ $db, delete: name, deletes }) =>
      write((index) => {
        const { q = {}, limit = 1 } = deletes[index] ?? {};
        return { n: collection($db, name).delete(q, limit) };
      }, deletes.length),
    createIndexes: ({ $db, createIndexes, indexes }) => {
      for (const index of indexes) collection($db, createIndexes).index(index);
      return {};
    },
    dropIndexes: ({ $db, dropIndexes, index }) => {
      collection($db, dropIndexes).dropIndex(index);
      return {};
    },
    listIndexes: ({ $db, listIndexes }) => ({
      cursor: { id: BSON.Long.ZERO, ns: `${$db}.${listIndexes}`, firstBatch: collection($db, listIndexes).indexes() },
    }),
    dropDatabase: ({ $db }) => {
      databases.delete($db);
      return {};
    },
    ping: () => ({}),
    endSessions: () => ({}),
  };

  const retried = ({ lsid, txnNumber }: Document): string | undefined => {
    if (txnNumber === undefined) return undefined;
    if (kind === 'single') throw refusal(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    return `${BSON.EJSON.stringify(lsid)} ${String(txnNumber)}`;
  };

  const answer = (command: Document): Document => {
    const [name = ''] = Object.keys(command);
    if (['hello', 'ismaster', 'isMaster'].includes(name)) return hello();
    if (!(name in COMMANDS)) throw refusal(59, `no such command: ${name}`);
    const asked = COMMANDS[name as Name].safeParse(command);
    if (!asked.success) throw refusal(40415, `${name}: ${asked.error.message}`);
    const act = run[name as Name] as (asked: unknown) => Document;
    const key = retried(command);
    const before = key === undefined ? undefined : answers.get(key);
    if (before) return before;
    const made = { ok: 1, ...act(asked.data) };
    if (key !== undefined) answers.set(key, made);
    return made;
  };

  return (command) => {
    try {
      return answer(command);
    } catch (error) {
      return { ok: 0, codeName: 'Refused', ...failureOf(error) };
    }
  };
};
