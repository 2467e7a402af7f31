/**
 * Collections of the MongoDB store, their indexes, and by what each would be sharded.
 *
 * | collection    | indexes beside `_id`                                        | shard key       | because |
 * |---------------|-------------------------------------------------------------|-----------------|---------|
 * | commits       | stream+version (unique), stream+cause (unique), sweepFrom (where not projected), logged+place (where not logged) | `{stream: 1}` | both unique indexes begin with it, so that one shard sees every rival; ids of streams are random, so that they spread |
 * | snapshots     | kind+opened, kind+status+opened, kind+owner+opened, kind+nextDueAt, changed | `{_id: hashed}` | read and written by stream; lists ask every shard for one page |
 * | stream_keys   |                                                             | `{_id: hashed}` | read by stream; unique by `_id`, which one shard holds |
 * | lanes         | at, bulk+place, rows.id, problems                           | `{_id: hashed}` | a claim changes one lane, which is one document |
 * | lane_overflow | lane+failed+place, row.id, failed (where true)               | `{lane: hashed}` | read by lane; an `_id` begins with its lane, so that one shard sees every rival |
 * | refs          | channel+message                                             | `{_id: hashed}` | read by its name; one look-up by message asks every shard |
 * | drafts        | stream                                                      | `{_id: hashed}` | read and written by name |
 * | conversations, policies, meta, turns |                                      | `{_id: hashed}` | read and written by name; small enough to stay unsharded |
 * | seen_keys     | expires                                                     | `{_id: hashed}` | unique by `_id`, which one shard holds |
 * | log, signed_heads |                                                         | `{_id: hashed}` | unique by `_id`, which one shard holds |
 *
 * Every filter of a write names its shard key. JSON of people and policies is kept as text: a member's name may hold
 * what MongoDB reads as a path. Instants are text, so that text order is time order.
 */

import { MongoServerError, type Collection, type IndexDescription } from 'mongodb';
import { StoreFault } from '../event-store.ts';
import type { Placed } from '../log/commit-log.ts';
import type { CommitRecord, SnapshotRecord } from '../sealed.ts';
import type { Turns } from '../turns.ts';
import type { Connection } from './connection.ts';
import type { LaneRow, NewRow } from './lane.ts';

/** A snapshot without its stream and the time that was opened. `state` is sealed. */
export interface SnapshotFields extends Omit<SnapshotRecord, 'kind'> {
  /** Null once the stream was erased: it is in no list, and no other snapshot replaces it. */
  kind: string | null;
  /** The version that `summary` was written with: a bot of an older version leaves the summary of before it where it is. */
  summarized?: number;
}

export interface SnapshotDoc extends SnapshotFields {
  _id: string;
  /** Text that sorts by the time of the stream's first commit; unique to the stream. */
  opened: string;
  /** When it was written, by the server's clock, ISO 8601. Absent in those of older versions. */
  changed?: string;
}

/** Hides the summary of an earlier version. */
export const summaryIn = ({
  version,
  summary,
  summarized = version,
}: Pick<SnapshotDoc, 'version' | 'summary' | 'summarized'>) =>
  typeof summary === 'string' && summarized === version ? { summary } : {};

/** Hides erased streams, which keep a place in the lists and nothing else. */
export const unlessErased = (saved: SnapshotDoc | null): SnapshotRecord | undefined => {
  if (saved === null || saved.kind === null) return undefined;
  const { summary: _summary, summarized: _summarized, ...rest } = saved;
  return { ...rest, kind: saved.kind, ...summaryIn(saved) };
};

/** The projection that a commit still owes; no part of the record. Rows are without names and answers. */
export interface Pending {
  snapshot: SnapshotFields;
  rows: NewRow['row'][];
}

export interface CommitDoc extends CommitRecord {
  /** `D-7K3QXM/3`. */
  _id: string;
  /** Its place among all commits: microseconds by the server's clock, always after the commit before it. */
  place: number;
  opened: string;
  projected: boolean;
  /** Whether it has its place in the log. */
  logged: boolean;
  /** Until then its writer makes the projection; afterwards any process that finds it. */
  sweepFrom?: string;
  pending?: Pending;
}

/** Documents of the overflow as they were when their rows were copied into the lane. */
export interface Moved {
  ids: string[];
  tokens: string[];
}

export interface LaneDoc {
  _id: string;
  /** Changes with every write: a write names the token that it read. */
  token: string;
  rows: LaneRow[];
  /** When a row can next be claimed; NEVER where there is none. */
  at: string;
  /** Of the lane's next row. */
  bulk: boolean;
  place: number;
  /** Rows that have failed at least once. */
  problems: number;
  /** Further rows wait in the overflow, behind all of these; `urgent`: an urgent one among them. */
  more?: boolean;
  urgent?: boolean;
  /** Rows that were given up may lie in the overflow. */
  aside?: boolean;
  /** The documents that the last move took rows from. */
  moved?: Moved;
}

/** A row of a long lane that its document has no room for. */
export interface OverflowDoc {
  /** The lane and the row's id. */
  _id: string;
  lane: string;
  /** Changes with every write. */
  token: string;
  place: number;
  failed: boolean;
  row: LaneRow;
}

/** `mark`: of the row, by a key derived from the data key. Absent only until a bot that has that key starts. */
interface MarkedText {
  _id: string;
  value: string;
  mark?: string;
}

/** `_id`: size of the log before it. Never changed. */
interface LogBatch {
  _id: number;
  entries: Placed[];
}

interface NamedText {
  _id: string;
  value: string;
}

export interface Collections {
  commits: Collection<CommitDoc>;
  snapshots: Collection<SnapshotDoc>;
  keys: Collection<{ _id: string; wrapped: string | null }>;
  lanes: Collection<LaneDoc>;
  overflow: Collection<OverflowDoc>;
  refs: Collection<{ _id: string; stream: string; key: string; channel: string; message: string; mark?: string }>;
  drafts: Collection<{ _id: string; stream: string; key: string; value: string }>;
  conversations: Collection<MarkedText>;
  policies: Collection<{ _id: string; policy: string }>;
  meta: Collection<NamedText>;
  turns: Collection<{ _id: string; token: string; turns: Turns }>;
  /** `by`: the call that put it there. Absent in those of older versions. */
  seen: Collection<{ _id: string; expires: string; by?: string }>;
  log: Collection<LogBatch>;
  /** `_id`: number of commits that the note covers. */
  signedHeads: Collection<{ _id: number; note: string }>;
}

export const collectionsOf = ({ collection }: Pick<Connection, 'collection'>): Collections => ({
  commits: collection('commits'),
  snapshots: collection('snapshots'),
  keys: collection('stream_keys'),
  lanes: collection('lanes'),
  overflow: collection('lane_overflow'),
  refs: collection('refs'),
  drafts: collection('drafts'),
  conversations: collection('conversations'),
  policies: collection('policies'),
  meta: collection('meta'),
  turns: collection('turns'),
  seen: collection('seen_keys'),
  log: collection('log'),
  signedHeads: collection('signed_heads'),
});

/** Later than every place by any clock. */
export const LAST_VERSION = Number.MAX_SAFE_INTEGER;

const INDEXES: Partial<Record<keyof Collections, IndexDescription[]>> = {
  commits: [
    { key: { stream: 1, version: 1 }, unique: true },
    { key: { stream: 1, cause: 1 }, unique: true },
    // Of the few that still owe their projection: it does not grow with the record.
    { key: { sweepFrom: 1 }, partialFilterExpression: { projected: false } },
    { key: { logged: 1, place: 1 }, partialFilterExpression: { logged: false } },
  ],
  snapshots: [
    { key: { kind: 1, opened: -1 } },
    { key: { kind: 1, status: 1, opened: -1 } },
    { key: { kind: 1, owner: 1, opened: -1 } },
    { key: { kind: 1, nextDueAt: 1 } },
    { key: { changed: 1 } },
  ],
  lanes: [{ key: { at: 1 } }, { key: { bulk: 1, place: 1 } }, { key: { 'rows.id': 1 } }, { key: { problems: 1 } }],
  overflow: [
    { key: { lane: 1, failed: 1, place: 1 } },
    { key: { 'row.id': 1 } },
    { key: { failed: 1 }, partialFilterExpression: { failed: true } },
  ],
  refs: [{ key: { channel: 1, message: 1 } }],
  drafts: [{ key: { stream: 1 } }],
  seen: [{ key: { expires: 1 } }],
};

/** Indexes of earlier versions, by the names that MongoDB gave them. */
const FORMER: Partial<Record<keyof Collections, string[]>> = { commits: ['projected_1_sweepFrom_1'] };

/** MongoDB's code for an index that is not there. */
const NO_INDEX = 27;

const dropFormer = async ({ writing }: Connection, all: Collections): Promise<void> => {
  for (const [name, indexes] of Object.entries(FORMER)) {
    for (const index of indexes) {
      await writing(
        () =>
          all[name as keyof Collections].dropIndex(index).catch((error: unknown) => {
            if (!(error instanceof MongoServerError && error.code === NO_INDEX)) throw error;
          }),
        undefined,
      );
    }
  }
};

/**
 * Since 2 a commit has a `stateHash`, and rows of long lanes lie in `lane_overflow`, where an older version would leave
 * them. Commits say whether they have their place in the log. Since 3 outbox rows have marks, which an older version
 * would not keep. An older Clearthread refuses to start on a newer format.
 */
const FORMAT = '3';
const FORMAT_KEY = 'store:format';

/** Creates what is missing; several bots may start at once. Throws StoreFault where a newer Clearthread was here. */
export const bringUpToDate = async (connection: Connection, all: Collections): Promise<void> => {
  const found = await connection.reading(() => all.meta.findOne({ _id: FORMAT_KEY }), undefined);
  if (found && Number(found.value) > Number(FORMAT)) {
    const message = `The database has format ${found.value}, this Clearthread knows ${FORMAT}: start a newer one.`;
    throw new StoreFault('newer-format', 'not done', message);
  }
  for (const [name, indexes] of Object.entries(INDEXES)) {
    const collection = all[name as keyof Collections];
    await connection.writing(() => collection.createIndexes(indexes), undefined);
  }
  await dropFormer(connection, all);
  if (found?.value === FORMAT) return;
  // Those that say nothing are of an older version. Another bot that starts now may be placing others already.
  await connection.writing(
    () => all.commits.updateMany({ logged: { $exists: false } }, { $set: { logged: false } }),
    undefined,
  );
  const format = { $set: { value: FORMAT } };
  await connection.writing(() => all.meta.updateOne({ _id: FORMAT_KEY }, format, { upsert: true }), undefined);
};
