/** The archive of a MongoDB database: its documents as stored. */

import { randomUUID } from 'node:crypto';
import { MongoBulkWriteError, type Document } from 'mongodb';
import { COPYING, type Archive, type Part, type Rows } from '../archive.ts';
import type { LogLedger } from '../log/commit-log.ts';
import { connect, type Connection } from './connection.ts';
import type { LaneRow, Rows as LaneRows } from './lane.ts';
import { lanesOf } from './lanes.ts';
import { ledgerMethods } from './ledger.ts';
import { logLedger, markLogged } from './log.ts';
import { openedAt } from './places.ts';
import { projectingOf } from './projecting.ts';
import { bringUpToDate, collectionsOf, summaryIn, type Collections, type SnapshotDoc } from './schema.ts';

const PAGE = 500;
/** Batches of the log, of a few hundred commits each. */
const BATCHES = 10;

/** Begins the mark of a page of long lanes' further rows: no lane's name does. */
const ASIDE = '\u0000';

type Plain = Exclude<Part, 'commits' | 'outbox' | 'log' | 'signedHeads'>;

/** The key of each document, and the members kept next to it. */
const PLAIN: Record<Plain, { in: keyof Collections; id: (row: Document) => string; idIs?: string }> = {
  policies: { in: 'policies', id: ({ hash }) => String(hash), idIs: 'hash' },
  streamKeys: { in: 'keys', id: ({ stream }) => String(stream), idIs: 'stream' },
  snapshots: { in: 'snapshots', id: ({ stream }) => String(stream), idIs: 'stream' },
  refs: { in: 'refs', id: ({ stream, key }) => JSON.stringify([stream, key]) },
  drafts: { in: 'drafts', id: ({ stream, key }) => JSON.stringify([stream, key]) },
  conversations: { in: 'conversations', id: ({ key }) => String(key), idIs: 'key' },
  turns: { in: 'turns', id: ({ key }) => String(key), idIs: 'key' },
  seen: { in: 'seen', id: ({ key }) => String(key), idIs: 'key' },
  meta: { in: 'meta', id: ({ key }) => String(key), idIs: 'key' },
};

const collectionOf = (all: Collections, part: Part) => {
  if (part === 'commits' || part === 'log' || part === 'signedHeads') return all[part];
  return part === 'outbox' ? all.lanes : all[PLAIN[part].in];
};

const toRow = (part: Plain, { _id, ...found }: Document): Document => {
  const { idIs } = PLAIN[part];
  const { summary: _summary, ...bare } = found;
  const doc = part === 'snapshots' ? { ...bare, ...summaryIn(found as SnapshotDoc) } : found;
  return idIs === undefined ? doc : { ...doc, [idIs]: _id };
};

const toDoc = (part: Plain, row: Document): Document => {
  const { id, idIs } = PLAIN[part];
  const { [idIs ?? '']: _name, ...kept } = row;
  // The driver would keep a member without a value as null.
  for (const name of Object.keys(kept)) if (kept[name] === undefined) delete kept[name];
  return { _id: id(row), ...kept, ...(part === 'turns' ? { token: randomUUID() } : {}) };
};

const pagesOf = ({ reading }: Connection, all: Collections, logHead: LogLedger['logHead']) => {
  const commits = async (after: string | undefined) => {
    const [stream = '', version = 0] = after === undefined ? [] : (JSON.parse(after) as [string, number]);
    // The rest of its stream first: a page may end in the middle of a stream.
    const rest = after === undefined ? [] : await commitsAfter({ stream, version: { $gt: version } });
    const room = PAGE - rest.length;
    const others = room > 0 ? await commitsAfter({ stream: { $gt: stream } }, room) : [];
    const rows = [...rest, ...others];
    const last = rows.at(-1);
    return { rows, next: last && rows.length === PAGE ? JSON.stringify([last.stream, last.version]) : undefined };
  };
  const commitsAfter = (filter: Document, limit = PAGE) =>
    reading(() => all.commits.find(filter).sort({ stream: 1, version: 1 }).limit(limit).toArray());
  const byId = async (part: Part, after: string | undefined): Promise<Document[]> => {
    const filter: Document = {
      ...(after === undefined ? {} : { _id: { $gt: after } }),
      // An erased stream leaves such a snapshot in this engine only.
      ...(part === 'snapshots' ? { kind: { $ne: null } } : {}),
    };
    const sorted = { _id: 1 } as const;
    return reading(() =>
      (collectionOf(all, part) as Collections['meta']).find(filter).sort(sorted).limit(PAGE).toArray(),
    );
  };
  const aside = async (after: string): Promise<{ rows: unknown[]; next: string | undefined }> => {
    const filter = { _id: { $gt: after } };
    const docs = await reading(() => all.overflow.find(filter).sort({ _id: 1 }).limit(PAGE).toArray());
    const last = docs.length === PAGE ? docs.at(-1)?._id : undefined;
    return { rows: docs.map(({ lane, row }) => ({ ...row, lane })), next: last && ASIDE + last };
  };
  /** Up to the head: what was listed behind it and not placed is listed anew by the next bot. */
  const log = async (after: string | undefined) => {
    const head = await logHead();
    const part = { _id: { $gte: Number(after ?? 0), $lt: head?.tree.size ?? 0 } };
    const batches = await reading(() => all.log.find(part).sort({ _id: 1 }).limit(BATCHES).toArray());
    const rows = batches.flatMap(({ _id, entries }) => entries.map((entry, n) => ({ place: _id + n, ...entry })));
    const last = rows.at(-1)?.place ?? 0;
    return { rows, next: batches.length === BATCHES ? String(last + 1) : undefined };
  };
  const signedHeads = async (after: string | undefined) => {
    const part = { _id: { $gt: Number(after ?? -1) } };
    const found = await reading(() => all.signedHeads.find(part).sort({ _id: 1 }).limit(PAGE).toArray());
    const next = found.length === PAGE ? String(found.at(-1)?._id) : undefined;
    return { rows: found.map(({ _id: size, note }) => ({ size, note })), next };
  };
  return async (part: Part, after: string | undefined): Promise<{ rows: unknown[]; next: string | undefined }> => {
    if (part === 'commits') return commits(after);
    if (part === 'log') return log(after);
    if (part === 'signedHeads') return signedHeads(after);
    if (part === 'outbox' && after?.startsWith(ASIDE)) return aside(after.slice(ASIDE.length));
    const docs = await byId(part, after);
    const next = docs.length === PAGE ? String(docs.at(-1)?.['_id']) : undefined;
    if (part !== 'outbox') return { rows: docs.map((doc) => toRow(part, doc)), next };
    const rows = docs.flatMap(({ _id, rows: near }) => (near as Document[]).map((row) => ({ ...row, lane: _id })));
    return { rows, next: next ?? ASIDE };
  };
};

/** Opens the archive and creates missing collections and indexes. Throws StoreFault. */
export const openMongoArchive = async (uri: string): Promise<Archive> => {
  const connection = await connect({ uri, answerMs: undefined });
  const all = collectionsOf(connection);
  await bringUpToDate(connection, all);
  const { reading, writing } = connection;
  const { heads, verify, verifyPolicies } = ledgerMethods(connection, all);
  const { logHead, placed, unplaced } = logLedger(connection, all);
  const lanes = lanesOf(connection, all);
  // No bot works here any more: projections that were cut off from their commits are made first, because a copy has
  // no notion of them.
  const { catchUp } = projectingOf(
    connection,
    all,
    lanes,
    () => new Date(Date.now() + 60_000).toISOString(),
    () => {},
  );
  while ((await catchUp(PAGE)) > 0);
  await lanes.tidy();
  /** The stream that is being copied: its commits come one after the other. */
  let opened = { stream: '', at: '' };

  const openedOf = async (stream: string, version: number, place: number): Promise<string> => {
    if (opened.stream === stream) return opened.at;
    const first = version === 1 ? null : await reading(() => all.commits.findOne({ stream, version: 1 }));
    opened = { stream, at: first?.opened ?? openedAt(place, stream) };
    return opened.at;
  };

  const insert = async (part: Part, docs: Document[]): Promise<void> => {
    try {
      const collection = collectionOf(all, part) as Collections['meta'];
      await writing(() => collection.insertMany(docs as { _id: string; value: string }[], { ordered: false }));
    } catch (error) {
      const there =
        error instanceof MongoBulkWriteError && [error.writeErrors].flat().every(({ code }) => code === 11000);
      if (!there) throw error;
    }
  };

  const addCommits = async (rows: Rows['commits'][]): Promise<void> => {
    const docs: Document[] = [];
    for (const { stateHash, ...row } of rows) {
      const at = await openedOf(row.stream, row.version, row.place);
      const state = stateHash === undefined ? {} : { stateHash };
      docs.push({ _id: `${row.stream}/${row.version}`, ...row, ...state, opened: at, projected: true, logged: false });
    }
    await insert('commits', docs);
  };
  const addSnapshots = async (rows: Rows['snapshots'][]): Promise<void> => {
    const firsts = await reading(() =>
      all.commits.find({ _id: { $in: rows.map(({ stream }) => `${stream}/1`) } }).toArray(),
    );
    const places = new Map(firsts.map((first) => [first.stream, first.opened]));
    await insert(
      'snapshots',
      rows.map((row) => ({
        ...toDoc('snapshots', row),
        opened: places.get(row.stream) ?? '',
        ...(row.summary === undefined ? {} : { summarized: row.version }),
      })),
    );
  };
  const addLog = async (rows: Rows['log'][]): Promise<void> => {
    const [first] = rows;
    if (!first) return;
    await writing(() =>
      all.log.insertOne({ _id: first.place, entries: rows.map(({ place: _place, ...entry }) => entry) }),
    );
    await markLogged({ writing }, all, rows);
  };
  const addOutbox = async (rows: Rows['outbox'][]): Promise<void> => {
    for (const lane of new Set(rows.map((row) => row.lane))) {
      const mine = rows
        .filter((row) => row.lane === lane)
        .map(({ lane: _lane, mark, ...row }): LaneRow => (mark === undefined ? row : { ...row, mark }))
        .toSorted((a, b) => a.place - b.place);
      const into = (row: LaneRow) => (there: LaneRows) =>
        there.some(({ id }) => id === row.id) ? there : [...there, row];
      await lanes.add(
        lane,
        mine.map((row) => ({ id: row.id, into: into(row) })),
        false,
      );
    }
  };

  return {
    heads,
    verify,
    verifyPolicies,
    logHead,
    placed,
    unplaced,
    close: connection.close,
    count: async (part) => {
      if (part === 'log') return (await logHead())?.tree.size ?? 0;
      if (part !== 'outbox')
        return reading(() => (collectionOf(all, part) as Collections['meta']).estimatedDocumentCount());
      const found = await reading(() => all.lanes.find().toArray());
      return found.reduce((sum, { rows }) => sum + rows.length, await lanes.overflow.count());
    },
    page: pagesOf(connection, all, logHead),
    add: async <P extends Part>(part: P, rows: Rows[P][]) => {
      if (part === 'commits') return addCommits(rows as Rows['commits'][]);
      if (part === 'snapshots') return addSnapshots(rows as Rows['snapshots'][]);
      if (part === 'outbox') return addOutbox(rows as Rows['outbox'][]);
      if (part === 'log') return addLog(rows as Rows['log'][]);
      if (part === 'signedHeads') {
        const docs = (rows as Rows['signedHeads'][]).map(({ size, note }) => ({ _id: size, note }));
        return void (await writing(() => all.signedHeads.insertMany(docs)));
      }
      const plain: Plain = part as Plain;
      return insert(
        part,
        rows.map((row) => toDoc(plain, row as Document)),
      );
    },
    clear: async (part) => {
      await writing(() => (collectionOf(all, part) as Collections['meta']).deleteMany({}));
      if (part === 'outbox') await writing(() => all.overflow.deleteMany({}));
    },
    meta: async (key) => (await reading(() => all.meta.findOne({ _id: key })))?.value,
    putMeta: async (key, value) => {
      await writing(() => all.meta.updateOne({ _id: key }, { $set: { value } }, { upsert: true }));
    },
    dropMeta: async (key) => {
      await writing(() => all.meta.deleteOne({ _id: key }));
    },
  };
};

/** Returns the mark of an unfinished copy, or undefined. */
export const copyingOf = async ({ reading }: Connection, { meta }: Collections): Promise<string | undefined> =>
  (await reading(() => meta.findOne({ _id: COPYING }), undefined))?.value;
