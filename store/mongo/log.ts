/**
 * The log in MongoDB: immutable batches, each named by the log's size before it, and a head that is moved by
 * compare-and-swap. Several bots place at once:
 *
 * 1. read the head, then the commits without a mark;
 * 2. insert their list as the batch of that size: whoever finds it taken adopts it;
 * 3. mark the batch's commits;
 * 4. move the head behind the batch.
 *
 * Each step can be repeated. The head moves only when the commits before it are marked, and is read before the list:
 * a list that becomes a batch has no commit of an earlier one.
 */

import { z } from 'zod';
import {
  LOG_HEAD,
  logHeadText,
  newLogHead,
  readLogHead,
  withPlaced,
  type CommitLog,
  type LogHead,
  type LogLedger,
  type Placed,
  type SignedHead,
} from '../log/commit-log.ts';
import { added, type Connection, type Deadline } from './connection.ts';
import type { Collections } from './schema.ts';

/** Between its steps a test lets a process wait or die. */
export type PlacingStep = (at: 'listed' | 'inserted' | 'marked') => Promise<void>;

/** Somebody who changed the database was held to no shape. */
const batchShape = z.object({
  _id: z.number(),
  entries: z.array(z.object({ stream: z.string(), version: z.number(), hash: z.string() })),
});

const idOf = ({ stream, version }: Pick<Placed, 'stream' | 'version'>): string => `${stream}/${version}`;

/** Names the shard key, by which each shard is asked for its own. */
const theseCommits = (commits: readonly Pick<Placed, 'stream' | 'version'>[]) => ({
  _id: { $in: commits.map(idOf) },
  stream: { $in: [...new Set(commits.map(({ stream }) => stream))] },
});

/** Marks commits as those that have their place. */
export const markLogged = async (
  { writing }: Pick<Connection, 'writing'>,
  { commits }: Pick<Collections, 'commits'>,
  placed: readonly Pick<Placed, 'stream' | 'version'>[],
): Promise<void> => {
  const logged = { $set: { logged: true } };
  await writing(() => commits.updateMany(theseCommits(placed), logged));
};

const headTextOf = async ({ reading }: Connection, { meta }: Collections, by?: Deadline): Promise<string | undefined> =>
  (await reading(() => meta.findOne({ _id: LOG_HEAD }), by))?.value;

const headOf = (text: string | undefined): LogHead | undefined => (text === undefined ? undefined : readLogHead(text));

export const logLedger = (connection: Connection, all: Collections): LogLedger => {
  const { reading } = connection;
  const { log, commits, signedHeads } = all;

  const storedHashes = async (entries: readonly Placed[]): Promise<Map<string, string>> => {
    const hash = { _id: 1, hash: 1 } as const;
    const found = await reading(() => commits.find(theseCommits(entries), { projection: hash }).toArray(), undefined);
    return new Map(found.map((doc) => [doc._id, String(doc.hash)]));
  };

  return {
    logHead: async () => headOf(await headTextOf(connection, all)),
    async *placed() {
      const head = headOf(await headTextOf(connection, all));
      const cursor = log.find({ _id: { $lt: head?.tree.size ?? 0 } }).sort({ _id: 1 });
      let size = 0;
      try {
        for (;;) {
          const doc = await reading(() => cursor.next(), undefined);
          const batch = batchShape.safeParse(doc);
          // Somebody took a part out: the log ends before it.
          if (!batch.success || batch.data._id !== size) return;
          const { entries } = batch.data;
          const stored = await storedHashes(entries);
          for (const entry of entries) yield { ...entry, stored: stored.get(idOf(entry)) };
          size += entries.length;
        }
      } finally {
        await cursor.close();
      }
    },
    unplaced: () => reading(() => commits.countDocuments({ logged: false })),
    signedHeads: async () =>
      (await reading(() => signedHeads.find().sort({ _id: 1 }).toArray())).map(({ _id, note }) => ({
        size: _id,
        note,
      })),
  };
};

/** The parts that write. */
export const logMethods = (
  connection: Connection,
  all: Collections,
  step: PlacingStep,
): Pick<CommitLog, 'placeCommits' | 'keepSignedHead'> => {
  const { reading, writing } = connection;
  const { log, commits, meta, signedHeads } = all;

  /**
   * Lists commits without a mark, each stream by version and without gaps. A commit that was added while the list was
   * read may be missing from it, and one after it not: that one waits.
   */
  const unmarked = async (limit: number): Promise<Placed[]> => {
    const fields = { _id: 0, stream: 1, version: 1, hash: 1 } as const;
    const found = await reading(() =>
      commits.find({ logged: false }, { projection: fields }).sort({ place: 1 }).limit(limit).toArray(),
    );
    if (found.length === 0) return [];
    const waiting = new Map<string, Placed[]>();
    for (const each of found) waiting.set(each.stream, [...(waiting.get(each.stream) ?? []), each]);
    const due = new Map<string, number>();
    for (const [stream, mine] of waiting) {
      mine.sort((a, b) => a.version - b.version);
      due.set(stream, mine[0]?.version ?? 0);
    }
    const before = [...due].map(([stream, version]) => ({ stream, version: version - 1 }));
    const without = { ...theseCommits(before), logged: false };
    const gaps = await reading(() => commits.find(without, { projection: { _id: 0, stream: 1 } }).toArray());
    for (const { stream } of gaps) due.delete(stream);
    return found.flatMap(({ stream }) => {
      const next = waiting.get(stream)?.shift();
      if (next === undefined || due.get(stream) !== next.version) return [];
      due.set(stream, next.version + 1);
      return [next];
    });
  };

  const entriesAt = async (size: number): Promise<Placed[] | undefined> =>
    (await reading(() => log.findOne({ _id: size })))?.entries;

  const place = async (text: string, limit: number): Promise<number> => {
    const head = readLogHead(text);
    const { size } = head.tree;
    let entries = await entriesAt(size);
    if (!entries) {
      const listed = await unmarked(limit);
      if (listed.length === 0) return 0;
      await step('listed');
      const won = await added(connection, () => log.insertOne({ _id: size, entries: listed }));
      entries = won ? listed : ((await entriesAt(size)) ?? []);
    }
    await step('inserted');
    await markLogged(connection, all, entries);
    await step('marked');
    const moved = { $set: { value: logHeadText(withPlaced(head, entries)) } };
    await writing(() => meta.updateOne({ _id: LOG_HEAD, value: text }, moved));
    return entries.length;
  };

  return {
    placeCommits: async (limit) => {
      const text = await headTextOf(connection, all);
      if (text !== undefined) return place(text, limit);
      if (!(await reading(() => commits.findOne({ logged: false }, { projection: { _id: 1 } })))) return 0;
      await added(connection, () => meta.insertOne({ _id: LOG_HEAD, value: logHeadText(newLogHead()) }));
      const begun = await headTextOf(connection, all);
      return begun === undefined ? 0 : place(begun, limit);
    },
    keepSignedHead: async ({ size, note }: SignedHead) => {
      if (await added(connection, () => signedHeads.insertOne({ _id: size, note }))) return note;
      return (await reading(() => signedHeads.findOne({ _id: size })))?.note ?? note;
    },
  };
};
