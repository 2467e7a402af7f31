/** Streams of commits with their snapshots: the record itself. One append is one document. */

import { genesisHash } from '../chain.ts';
import {
  type Appended,
  type Commit,
  type EventStore,
  type Loaded,
  type NewCommit,
  type Projection,
  StoreFault,
  UNPROVEN,
} from '../event-store.ts';
import type { OpenedSnapshots } from '../opened.ts';
import type { RowMarks } from '../row-marks.ts';
import { openCommit, openSound, readySnapshot, sealCommit, sealSnapshot, type ReadySnapshot } from '../sealed.ts';
import { type Connection, type Deadline, isDuplicate } from './connection.ts';
import { crowded, loserWaits } from './lanes.ts';
import { markedPending } from './outbox-marking.ts';
import { openedAt, type Places } from './places.ts';
import { sweepFrom, type Cut, type Projecting } from './projecting.ts';
import type { Recent } from './recent.ts';
import { unlessErased, type Collections, type CommitDoc, type Pending } from './schema.ts';
import type { StreamKeys } from './stream-keys.ts';

export interface LoadedHead {
  head: CommitDoc | null;
  wrapped: string | null | undefined;
}

/** A stream's head, and the commit of a given cause if there is one. */
interface StoredHead extends LoadedHead {
  same: CommitDoc | null;
}

export interface Parts {
  connection: Connection;
  all: Collections;
  keys: StreamKeys;
  marks: RowMarks;
  opened: OpenedSnapshots;
  projecting: Projecting;
  places: Places;
  /** The heads that `load` saw, for the append that follows: asking again would cost every click a round trip. */
  loaded: Recent<LoadedHead>;
  now: () => string;
  cut: Cut;
}

const idOf = (stream: string, version: number): string => `${stream}/${version}`;

/** How long an append waits for its projection once the commit is stored: the person who clicked wants an answer. */
const FOLLOW_MS = 250;

const rowsOf = ({ outbox }: Projection): Pending['rows'] =>
  outbox.map(({ notice, ...row }) => ({ ...row, notice: JSON.stringify(notice) }));

type CommitMethods = Pick<EventStore, 'append' | 'load' | 'moved' | 'read' | 'byCause'>;

export const commitMethods = ({
  connection,
  all,
  keys,
  marks,
  opened,
  projecting,
  places,
  loaded,
  now,
  cut,
}: Parts): CommitMethods => {
  const { reading, writing, deadline, background } = connection;
  const { commits, snapshots } = all;

  const last = (stream: string, by: Deadline): Promise<CommitDoc | null> =>
    reading(() => commits.find({ stream }).sort({ version: -1 }).limit(1).next(), by);
  const withCause = (stream: string, cause: string, by: Deadline): Promise<CommitDoc | null> =>
    reading(() => commits.findOne({ stream, cause }), by);
  const after = (stream: string, version: number, upTo: number, by: Deadline): Promise<CommitDoc[]> =>
    reading(
      () =>
        commits
          .find({ stream, version: { $gt: version, $lte: upTo } })
          .sort({ version: 1 })
          .toArray(),
      by,
    );
  const openAll = (docs: CommitDoc[], key: Buffer): Commit[] => docs.map((doc) => openCommit(key, doc));

  /** Reads everything that an answer needs in one round trip. */
  const readHead = async (stream: string, cause: string, by: Deadline): Promise<StoredHead> => {
    const [head, same, wrapped] = await Promise.all([
      last(stream, by),
      withCause(stream, cause, by),
      keys.wrapped(stream, by),
    ]);
    return { head, same, wrapped };
  };

  /** Finds the cause's commit up to the head, which may have been read a moment after the cause was looked for. */
  const sameBelow = async (
    head: CommitDoc | null,
    { stream, cause, expectedVersion }: NewCommit,
    by: Deadline,
  ): Promise<CommitDoc | null> => {
    if (!head || head.version <= expectedVersion) return null;
    if (head.version === expectedVersion + 1) return head.cause === cause ? head : null;
    return withCause(stream, cause, by);
  };

  const sealed = (
    commit: NewCommit,
    { snapshot, rows }: { snapshot: ReadySnapshot; rows: Pending['rows'] },
    key: Buffer,
    head: CommitDoc | null,
  ): CommitDoc => {
    const { stream } = commit;
    const version = commit.expectedVersion + 1;
    const sealedCommit = sealCommit(key, commit, { version, prevHash: head?.hash ?? genesisHash(stream) }, snapshot);
    const { record } = sealedCommit;
    const sealedOne = sealSnapshot(key, marks, stream, snapshot);
    opened.sealed(key, sealedOne, sealedCommit, snapshot);
    const place = places.next(head?.place);
    return {
      _id: idOf(stream, version),
      ...record,
      place,
      opened: head?.opened ?? openedAt(place, stream),
      projected: false,
      logged: false,
      sweepFrom: sweepFrom(now()),
      pending: {
        snapshot: { ...sealedOne, ...(sealedOne.summary === undefined ? {} : { summarized: sealedOne.version }) },
        // Whoever makes the rows later may not have the data key.
        rows: markedPending(marks, { stream, version, at: record.at }, rows),
      },
    };
  };

  /** Checks whether an insert without an answer succeeded after all: no other commit has its hash. */
  const confirmStored = async (doc: CommitDoc, fault: StoreFault, by: Deadline): Promise<void> => {
    const found = fault.outcome === 'unknown' ? await withCause(doc.stream, doc.cause, by).catch(() => null) : null;
    if (found?.hash !== doc.hash) throw fault;
  };

  /** Resolves true when the commit is stored, false when its version or its cause is taken. */
  const insert = async (doc: CommitDoc, by: Deadline): Promise<boolean> => {
    try {
      // A single server takes no retries of the driver's. Of two that arrive the unique indexes take one.
      await writing(() => commits.insertOne(doc), by, 'repeatable');
      return true;
    } catch (error) {
      if (error instanceof StoreFault) return confirmStored(doc, error, by).then(() => true);
      if (!isDuplicate(error)) throw error;
      return false;
    }
  };

  /** Reads the commit that took its place; it may be the same one, sent before the line broke or a failover. */
  const readRival = async (doc: CommitDoc, by: Deadline): Promise<StoredHead> => {
    try {
      return await readHead(doc.stream, doc.cause, by);
    } catch (error) {
      throw error instanceof StoreFault ? new StoreFault(error.code, 'unknown', error.message) : error;
    }
  };

  const follow = async (doc: CommitDoc): Promise<void> => {
    cut('inserted');
    let answered = false;
    const following = projecting.project(doc, deadline()).then(() => {
      if (answered) projecting.late();
    });
    background(following);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FOLLOW_MS);
    });
    // The commit stands even if the projection fails: the next sweep makes it.
    await Promise.race([following.catch(() => {}), enough]).finally(() => clearTimeout(timer));
    answered = true;
  };

  const keyOfNew = (stream: string, wrapped: string | null | undefined, by: Deadline): Promise<Buffer> =>
    wrapped === undefined ? keys.make(stream, by) : keys.open(stream, wrapped, by);

  const append = async (commit: NewCommit, projection: Projection): Promise<Appended> => {
    const { stream, cause, expectedVersion } = commit;
    const by = deadline();
    const ready = { snapshot: readySnapshot(projection.snapshot), rows: rowsOf(projection) };
    const recent = loaded.take(stream);
    // The unique indexes protect the append if the cached head is out of date.
    const seen = recent && (recent.head?.version ?? 0) === expectedVersion ? { ...recent, same: null } : undefined;
    let now: StoredHead = seen ?? (await readHead(stream, cause, by));
    for (let tries = 0; ; tries += 1) {
      const { head, wrapped } = now;
      const known = head && (await keys.open(stream, wrapped, by));
      const found = head?.version ?? 0;
      const same = now.same ?? (await sameBelow(head, commit, by));
      if (same && known) return { kind: 'repeated', commit: openCommit(known, same) };
      if (found !== expectedVersion) return { kind: 'conflict', version: found };
      if (ready.snapshot.version > found + 1) throw new RangeError('A snapshot is ahead of its stream.');
      const key = known ?? (await keyOfNew(stream, wrapped, by));
      const doc = sealed(commit, ready, key, head);
      if (!(await insert(doc, by))) {
        now = await readRival(doc, by);
        if (now.same?.hash !== doc.hash) {
          if (now.same || (now.head?.version ?? 0) !== expectedVersion) continue;
          // The commit that took its place is not with a majority yet: it shows in a moment, or is gone.
          crowded(by);
          await loserWaits(tries);
          now = await readHead(stream, cause, by);
          continue;
        }
      }
      await follow(doc);
      return { kind: 'appended', version: doc.version };
    }
  };

  const load = async (stream: string): Promise<Loaded> => {
    const by = deadline();
    const [found, head, wrapped] = await Promise.all([
      reading(() => snapshots.findOne({ _id: stream }), by),
      last(stream, by),
      keys.wrapped(stream, by),
    ]);
    loaded.put(stream, { head, wrapped });
    const saved = unlessErased(found);
    if (!saved && !head) return { snapshot: undefined, commits: [], version: 0, last: undefined };
    const from = saved?.version ?? 0;
    // The first is the commit that speaks for the snapshot: mostly the head, which is here already.
    const docs = saved && head?.version === from ? [head] : await after(stream, saved ? from - 1 : 0, Infinity, by);
    const key = await keys.open(stream, wrapped, by);
    const spoken = saved && opened.open(key, stream, saved, docs[0]);
    const unproven = spoken?.snapshot.format === UNPROVEN;
    const rest = unproven ? await after(stream, 0, Infinity, by) : saved ? docs.slice(1) : docs;
    const all = rest.map((doc) => openSound(key, doc));
    return {
      snapshot: spoken?.snapshot,
      commits: all,
      version: docs.at(-1)?.version ?? 0,
      last: all.at(-1) ?? spoken?.commit,
    };
  };

  return {
    append,
    load,
    // Versions have no gaps: a stream has moved on where the commit after the remembered one exists.
    moved: async (remembered) => {
      const streams = Object.keys(remembered);
      const next = {
        stream: { $in: streams },
        _id: { $in: streams.map((each) => idOf(each, (remembered[each] ?? 0) + 1)) },
      };
      const found = await reading(() => commits.find(next, { projection: { stream: 1 } }).toArray());
      return found.map(({ stream }) => stream);
    },
    read: async (stream, upTo = Infinity) => {
      const by = deadline();
      const [docs, wrapped] = await Promise.all([after(stream, 0, upTo, by), keys.wrapped(stream, by)]);
      return docs.length === 0 ? [] : openAll(docs, await keys.open(stream, wrapped, by));
    },
    byCause: async (stream, cause) => {
      const by = deadline();
      const [doc, wrapped] = await Promise.all([withCause(stream, cause, by), keys.wrapped(stream, by)]);
      return doc ? openCommit(await keys.open(stream, wrapped, by), doc) : undefined;
    },
  };
};
