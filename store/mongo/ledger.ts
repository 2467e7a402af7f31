/** The auditor's view: reads the stored record without the data key and without a time limit. */

import { z } from 'zod';
import { walkChain, type Walked } from '../chain.ts';
import type {
  GoneMessage,
  Head,
  Ledger,
  OutboxSeen,
  Replays,
  StoredCommit,
  Verified,
  VerifiedStates,
} from '../event-store.ts';
import type { LogLedger } from '../log/commit-log.ts';
import { checkPolicies, openPolicy } from '../policies.ts';
import { checkAllRows, FIRST_MARKED, MARKED_TABLES, refKey, rowMarks } from '../row-marks.ts';
import { damaged, storedCommit, type CommitRecord } from '../sealed.ts';
import { walkStates, type StateSource } from '../states.ts';
import { checkDataKey, DATA_KEY_CHECK } from '../stream-key.ts';
import { type Connection, connect } from './connection.ts';
import { logLedger } from './log.ts';
import { markMethods } from './marking.ts';
import { collectionsOf, unlessErased, type Collections } from './schema.ts';

/** Somebody who changed the database was held to no shape. */
const recordShape = z.object({
  stream: z.string(),
  version: z.number(),
  at: z.string(),
  actor: z.string(),
  cause: z.string(),
  contextVersions: z.string(),
  body: z.string(),
  prevHash: z.string(),
  stateHash: z.string().optional(),
  hash: z.string(),
}) satisfies z.ZodType<CommitRecord>;

const walkedOf = (doc: { stream: unknown; version: unknown }): Walked => {
  const read = recordShape.safeParse(doc);
  const commit = read.success ? storedCommit(read.data) : undefined;
  if (commit) return { kind: 'commit', commit };
  return { kind: 'unreadable', stream: String(doc.stream), version: Number(doc.version) || 0 };
};

const policyOf = (contextVersions: unknown): string | undefined => {
  try {
    const { policy } = z.object({ policy: z.string() }).parse(JSON.parse(String(contextVersions)));
    return policy;
  } catch {
    return undefined;
  }
};

/** The order in which commits are walked: by stream and then version. */
const IN_ORDER = { stream: 1, version: 1 } as const;

export const ledgerMethods = (connection: Connection, all: Collections) => {
  const { reading } = connection;
  const { commits, snapshots, policies, keys, meta, refs, lanes, overflow } = all;
  /** Commits of one stream where given, those after `from`. */
  async function* walk(stream?: string, from = 0): AsyncGenerator<Walked> {
    const filter = stream === undefined ? {} : { stream, ...(from === 0 ? {} : { version: { $gt: from } }) };
    const cursor = commits.find(filter).sort(IN_ORDER);
    try {
      for (;;) {
        // Every step asks the server, so every step can fail.
        const doc = await reading(() => cursor.next(), undefined);
        if (doc === null) return;
        yield walkedOf(doc);
      }
    } finally {
      await cursor.close();
    }
  }

  /** Notes the newest version of each stream on the way. */
  async function* noting(walked: AsyncIterable<Walked>, newest: Map<string, number>): AsyncGenerator<Walked> {
    for await (const each of walked) {
      const { stream, version } = each.kind === 'commit' ? each.commit : each;
      newest.set(stream, Math.max(version, newest.get(stream) ?? 0));
      yield each;
    }
  }

  /** Finds a snapshot that knows more commits than there are: somebody cut the end off and left it standing. */
  const cutBehindSnapshot = async (newest: Map<string, number>): Promise<Verified | undefined> => {
    const cursor = snapshots.find({ kind: { $ne: null } }).sort({ _id: 1 });
    try {
      for (;;) {
        const saved = await reading(() => cursor.next(), undefined);
        if (saved === null) return undefined;
        const { _id: stream, version: known } = saved;
        const version = newest.get(stream) ?? 0;
        // Bots go on during the walk: a commit added since is found when asked for by itself.
        if (known <= version || (await reading(() => commits.findOne({ stream, version: known }), undefined))) continue;
        const detail = `The snapshot knows ${known} commits, the database ends at ${version}.`;
        return { kind: 'broken', stream, version: version + 1, what: 'truncated', detail };
      }
    } finally {
      await cursor.close();
    }
  };

  const snapshotOf = async (stream: string) =>
    unlessErased(await reading(() => snapshots.findOne({ _id: stream }), undefined));

  const checkKey = async (dataKey: Buffer): Promise<ReturnType<typeof checkDataKey>> => {
    const found = await reading(() => meta.findOne({ _id: DATA_KEY_CHECK }), undefined);
    return found ? checkDataKey(dataKey, found.value) : 'marked';
  };

  const outbox = async (): Promise<OutboxSeen[]> => {
    // What waits further back may come near meanwhile, not the other way.
    const aside = await reading(() => overflow.find().toArray(), undefined);
    const near = await reading(() => lanes.find().toArray(), undefined);
    const all = [
      ...aside.map(({ lane, row }) => ({ lane, row })),
      ...near.flatMap(({ _id: lane, rows }) => (Array.isArray(rows) ? rows : []).map((row) => ({ lane, row }))),
    ];
    return all.map(({ lane, row: { id, kind, stream, version } }) => ({ id, kind, lane, stream, version }));
  };

  /** Bots go on during the walk. */
  const stateSource = (): StateSource => ({
    commits: walk(),
    beside: async (stream) => {
      const [snapshot, key] = await Promise.all([
        snapshotOf(stream),
        reading(() => keys.findOne({ _id: stream }), undefined),
      ]);
      return { wrapped: key?.wrapped, snapshot };
    },
    later: walk,
    coming: async (stream, version) => {
      const owed = { stream, version: { $gt: version }, projected: false };
      if (await reading(() => commits.findOne(owed, { projection: { _id: 1 } }), undefined)) return true;
      return ((await snapshotOf(stream))?.version ?? 0) > version;
    },
    outbox,
    refs: async (stream) => {
      // Its first rows come right behind the stream's name.
      const name = JSON.stringify([stream]).slice(0, -1);
      const own = { _id: { $gt: `${name},`, $lt: `${name}-` } };
      const found = await reading(() => refs.find(own, { projection: { key: 1 } }).toArray(), undefined);
      return found.map(({ key }) => key);
    },
    // A row goes once its message stands in the chat, and comes once its commit is projected.
    stillGone: async (messages) => {
      if (messages.length === 0) return messages;
      const there = new Set((await outbox()).map(({ stream, id }) => JSON.stringify([stream, id])));
      const left = messages.filter(({ stream, id }) => !there.has(JSON.stringify([stream, id])));
      const still: GoneMessage[] = [];
      for (const message of left) {
        const { stream, version, key } = message;
        const sent = await reading(() => refs.findOne({ _id: refKey(stream, key) }), undefined);
        const owed = { stream, version, projected: false };
        if (!sent && !(await reading(() => commits.findOne(owed, { projection: { _id: 1 } }), undefined))) {
          still.push(message);
        }
      }
      return still;
    },
  });

  return {
    heads: async (only) => {
      const heads: Head[] = [];
      const projection = { _id: 0, stream: 1, version: 1, hash: 1 } as const;
      if (only !== undefined) {
        const last = commits.find({ stream: only }, { projection }).sort({ version: -1 }).limit(1);
        return reading(() => last.toArray(), undefined);
      }
      const cursor = commits.find({}, { projection }).sort(IN_ORDER);
      for (;;) {
        const doc = await reading(() => cursor.next(), undefined);
        if (doc === null) return heads;
        const { stream, version, hash } = doc;
        if (heads.at(-1)?.stream === stream) heads.pop();
        heads.push({ stream, version, hash });
      }
    },

    verify: async (saved) => {
      const newest = new Map<string, number>();
      const verified = await walkChain(noting(walk(), newest), saved);
      return verified.kind === 'broken' ? verified : ((await cutBehindSnapshot(newest)) ?? verified);
    },

    verifyRows: async (dataKey: Buffer): ReturnType<Ledger['verifyRows']> => {
      const marked = await checkKey(dataKey);
      if (marked === 'not yet') return { kind: 'not yet' };
      const tables = marked === 'marked' ? MARKED_TABLES : FIRST_MARKED;
      const { checkRows } = markMethods(connection, all, rowMarks(dataKey), tables);
      return { kind: 'checked', changed: await checkAllRows(checkRows) };
    },

    verifyStates: async (
      dataKey: Buffer,
      replays: Replays,
      gone?: (message: GoneMessage) => void,
    ): Promise<VerifiedStates> => {
      await checkKey(dataKey);
      return walkStates(stateSource(), dataKey, replays, gone);
    },

    verifyPolicies: async () => {
      const stored = await reading(() => policies.find().sort({ _id: 1 }).toArray(), undefined);
      const named = new Set<string>();
      const cursor = commits.find({}, { projection: { _id: 0, contextVersions: 1 } });
      for (;;) {
        const doc = await reading(() => cursor.next(), undefined);
        if (doc === null) break;
        const policy = policyOf(doc.contextVersions);
        if (policy !== undefined) named.add(policy);
      }
      return checkPolicies(
        stored.map(({ _id: hash, policy }) => ({ hash, policy })),
        [...named].toSorted(),
      );
    },

    policy: async (hash: string) => openPolicy(hash, (await reading(() => policies.findOne({ _id: hash })))?.policy),

    async *stored(stream?: string): AsyncGenerator<StoredCommit> {
      for await (const walked of walk(stream)) {
        if (walked.kind === 'unreadable') throw damaged(walked.stream, walked.version);
        yield walked.commit;
      }
    },
  } satisfies Omit<Ledger, 'close' | keyof LogLedger>;
};

/** Opens the ledger next to running bots. Throws StoreFault where the server can't be reached. */
export const openMongoLedger = async (uri: string): Promise<Ledger> => {
  const connection = await connect({ uri, answerMs: undefined });
  const all = collectionsOf(connection);
  return { ...ledgerMethods(connection, all), ...logLedger(connection, all), close: connection.close };
};
