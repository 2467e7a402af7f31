/** The auditor's walk with the data key: is every stream what its events make of it? */

import { canonicalJson } from './canonical.ts';
import type { Walked } from './chain.ts';
import {
  type Columns,
  type Commit,
  type GoneMessage,
  type OutboxSeen,
  type Replays,
  type States,
  type StoredCommit,
  StoreFault,
  type StreamReplay,
  type VerifiedStates,
} from './event-store.ts';
import { isSummaryOf, openProven, openStored, type SnapshotRecord } from './sealed.ts';
import { unwrapped } from './stream-key.ts';

type Broken = Extract<VerifiedStates, { kind: 'broken' }>;

/** What lies beside a stream's commits, as of the moment before the first of them is walked, or later. */
export interface Beside {
  /** Null once the stream was erased; undefined where there is none. */
  wrapped: string | null | undefined;
  snapshot: SnapshotRecord | undefined;
}

export interface StateSource {
  /** Sorted by stream and then version. */
  commits: AsyncIterable<Walked>;
  beside(stream: string): Beside | Promise<Beside>;
  /** Commits after `version`, which were added during the walk. */
  later(stream: string, version: number): AsyncIterable<Walked>;
  /** Tells whether a snapshot newer than `version` is there by now, or is still to be made. */
  coming(stream: string, version: number): Promise<boolean>;
  /** Everything in the outbox, as of the moment before the first commit is walked. */
  outbox(): OutboxSeen[] | Promise<OutboxSeen[]>;
  /** Keys of the messages of a stream that stand in a chat. */
  refs(stream: string): string[] | Promise<string[]>;
  /** Returns those of them that are gone still: what was asked for, or sent, during the walk is not. */
  stillGone(messages: readonly GoneMessage[]): Promise<readonly GoneMessage[]>;
}

const sameState = (one: unknown, other: unknown): boolean =>
  // The text in the order of the members is mostly the same too, and is quicker to come by.
  JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other);

const otherColumn = (record: SnapshotRecord, replayed: Partial<Columns>): string | undefined =>
  Object.entries(replayed).find(([name, value]) => record[name as keyof Columns] !== value)?.[0];

/** One stream on its way through the walk. */
interface Walking {
  key: Buffer;
  snapshot: SnapshotRecord;
  replay: StreamReplay | undefined;
  version: number;
}

class Found extends Error {
  readonly broken: Broken;
  constructor(stream: string, version: number, what: Broken['what'], detail: string) {
    super(detail);
    this.broken = { kind: 'broken', stream, version, what, detail };
  }
}

const opened = (key: Buffer, stored: StoredCommit): Commit => {
  try {
    return openStored(key, stored);
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    throw new Found(
      stored.stream,
      stored.version,
      'edited',
      'Its body does not open, or is not the one that was hashed.',
    );
  }
};

/** Compares the snapshot with the replay, which has come to its version, and counts the stream. */
const compare = ({ key, snapshot, replay }: Walking, commit: Commit, states: States): void => {
  const { stream, version } = commit;
  const edited = (detail: string): Found => new Found(stream, version, 'edited', detail);
  const now = replay?.now();
  const wrong = now && otherColumn(snapshot, now.columns);
  if (wrong !== undefined) throw edited(`Its events make another ${wrong} than the list shows.`);
  if (commit.stateHash === undefined) {
    states.unproven += 1;
    return;
  }
  let plain;
  try {
    plain = openProven(key, snapshot, commit);
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    throw edited('The state kept beside it is not the one that it speaks for.');
  }
  if (typeof snapshot.summary === 'string' && !isSummaryOf(key, snapshot.summary, commit)) {
    throw edited('The summary kept beside it is not the one that it speaks for.');
  }
  if (plain.columns.nextDueAt !== snapshot.nextDueAt) {
    states.moved += 1;
    replay?.moved?.(snapshot.nextDueAt);
  }
  if (!now) states.newer += 1;
  else if (now.format !== plain.format) states.otherFormat += 1;
  else if (sameState(now.state, plain.state)) states.compared += 1;
  else throw edited('Its events make another state than the one that it speaks for.');
};

const step = (walking: Walking, stored: StoredCommit, states: States): void => {
  const { stream, version } = stored;
  const commit = opened(walking.key, stored);
  try {
    walking.replay?.add(commit);
  } catch {
    throw new Found(stream, version, 'edited', 'Its events can not be replayed.');
  }
  walking.version = version;
  if (version === walking.snapshot.version) compare(walking, commit, states);
};

const storedIn = (walked: Walked): StoredCommit => {
  if (walked.kind === 'commit') return walked.commit;
  throw new Found(walked.stream, walked.version, 'edited', 'What is stored is not a commit.');
};

/** Ends a stream: its snapshot was met on the way, and none newer is missing. */
const finish = async (source: StateSource, stream: string, walking: Walking, states: States): Promise<void> => {
  const { version: known } = walking.snapshot;
  if (known > walking.version) {
    for await (const walked of source.later(stream, walking.version)) step(walking, storedIn(walked), states);
  }
  if (known > walking.version) {
    const detail = `The snapshot knows ${known} commits, the database ends at ${walking.version}.`;
    throw new Found(stream, walking.version + 1, 'truncated', detail);
  }
  if (known < walking.version && !(await source.coming(stream, known))) {
    if (known === 0) throw new Found(stream, walking.version, 'missing', 'No state is kept beside the stream.');
    throw new Found(stream, known + 1, 'edited', 'The state kept beside the stream is older than this commit.');
  }
};

/** Undefined where the stream was erased. */
const begin = async (
  source: StateSource,
  stream: string,
  dataKey: Buffer,
  replays: Replays,
): Promise<Walking | undefined> => {
  const { wrapped, snapshot } = await source.beside(stream);
  if (wrapped === null) return undefined;
  if (wrapped === undefined) throw new Found(stream, 1, 'missing', 'Its key is gone, and nobody erased it.');
  let key: Buffer;
  try {
    key = unwrapped(dataKey, stream, wrapped);
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    throw new Found(stream, 1, 'edited', 'Its key does not open.');
  }
  // One that is about to be made for the first time.
  const none: SnapshotRecord = { version: 0, kind: '', status: '', tier: null, owner: '', nextDueAt: null, state: '' };
  return { key, snapshot: snapshot ?? none, replay: replays(stream), version: 0 };
};

/** Compares what a stream owes with the outbox and the chats. Takes its rows out of `rows`. */
const checkOwed = async (
  source: StateSource,
  stream: string,
  replay: StreamReplay | undefined,
  rows: Map<string, OutboxSeen[]>,
): Promise<GoneMessage[]> => {
  const own = rows.get(stream) ?? [];
  rows.delete(stream);
  if (!replay?.owed) return [];
  const { wrong, gone } = replay.owed(own, new Set(await source.refs(stream)));
  const [first] = wrong;
  if (first) throw new Found(stream, first.version, 'edited', first.detail);
  return gone.map((message) => ({ ...message, stream }));
};

const byStream = (rows: readonly OutboxSeen[]): Map<string, OutboxSeen[]> => {
  const found = new Map<string, OutboxSeen[]>();
  for (const row of rows) {
    const known = found.get(row.stream);
    if (known) known.push(row);
    else found.set(row.stream, [row]);
  }
  return found;
};

/**
 * Stops at the first stream that is not what its events make of it, or whose messages in the outbox are not what they
 * owe. Holds one stream's state at a time.
 */
export const walkStates = async (
  source: StateSource,
  dataKey: Buffer,
  replays: Replays,
  told: (message: GoneMessage) => void = () => {},
): Promise<VerifiedStates> => {
  const states: States = { compared: 0, unproven: 0, otherFormat: 0, newer: 0, erased: 0, moved: 0 };
  let stream: string | undefined;
  let walking: Walking | undefined;
  const gone: GoneMessage[] = [];
  const ended = async (rows: Map<string, OutboxSeen[]>): Promise<void> => {
    if (stream === undefined) return;
    if (walking) await finish(source, stream, walking, states);
    gone.push(...(await checkOwed(source, stream, walking?.replay, rows)));
  };
  try {
    const rows = byStream(await source.outbox());
    for await (const walked of source.commits) {
      const stored = storedIn(walked);
      if (stored.stream !== stream) {
        await ended(rows);
        stream = stored.stream;
        walking = await begin(source, stream, dataKey, replays);
        if (!walking) states.erased += 1;
      }
      if (walking) step(walking, stored, states);
    }
    await ended(rows);
    const [stray] = rows.values();
    if (stray?.[0]) {
      const { id, stream: of, version } = stray[0];
      throw new Found(of, version, 'missing', `The message ${id} in the outbox is of a commit that is not there.`);
    }
    for (const message of await source.stillGone(gone)) told(message);
    return { kind: 'whole', ...states };
  } catch (error) {
    if (error instanceof Found) return error.broken;
    throw error;
  }
};
