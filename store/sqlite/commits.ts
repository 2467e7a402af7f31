/** Streams of commits with their snapshots: the record itself. */

import { genesisHash } from '../chain.ts';
import type { Commit, EventStore, NewCommit, Projection, Snapshot } from '../event-store.ts';
import { instant } from '../instant.ts';
import { type CommitRecord, openCommit, openState, sealCommit, sealState } from '../sealed.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';
import type { AddRow } from './outbox.ts';
import type { StreamKeys } from './stream-keys.ts';

export interface CommitRow {
  stream: string;
  version: number;
  at: string;
  actor: string;
  cause: string;
  context_versions: string;
  body: string;
  prev_hash: string;
  hash: string;
}

interface SnapshotRow {
  version: number;
  kind: string;
  status: string;
  tier: string | null;
  owner: string;
  next_due_at: string | null;
  state: string;
}

export const COMMIT_COLUMNS = 'stream, version, at, actor, cause, context_versions, body, prev_hash, hash';

/** Converts a row to the form that every engine shares. */
export const recordOf = (row: CommitRow): CommitRecord => {
  const { context_versions: contextVersions, prev_hash: prevHash, ...same } = row;
  return { ...same, contextVersions, prevHash };
};

const openRow = (row: CommitRow, key: Buffer): Commit => openCommit(key, recordOf(row));

const openSnapshot = (stream: string, row: SnapshotRow, key: Buffer): Snapshot => {
  const { version, kind, status, tier, owner, next_due_at: nextDueAt } = row;
  return { version, kind, status, tier, owner, nextDueAt, state: openState(key, stream, version, row.state) };
};

type CommitMethods = Pick<EventStore, 'append' | 'load' | 'moved' | 'read' | 'byCause'>;

export const commitMethods = (db: Connection, write: Write, keys: StreamKeys, addRow: AddRow): CommitMethods => {
  const selectCommits = `SELECT ${COMMIT_COLUMNS} FROM commits WHERE stream = ?`;
  const byCause = db.prepare<[string, string], CommitRow>(`${selectCommits} AND cause = ?`);
  const range = db.prepare<[string, number, number], CommitRow>(
    `${selectCommits} AND version > ? AND version <= ? ORDER BY version`,
  );
  const head = db.prepare<[string], { version: number; hash: string }>(
    'SELECT version, hash FROM commits WHERE stream = ? ORDER BY version DESC LIMIT 1',
  );
  const insertCommit = db.prepare<[CommitRow]>(
    `INSERT INTO commits (${COMMIT_COLUMNS})
     VALUES (:stream, :version, :at, :actor, :cause, :context_versions, :body, :prev_hash, :hash)`,
  );
  const selectSnapshot = db.prepare<[string], SnapshotRow>(
    'SELECT version, kind, status, tier, owner, next_due_at, state FROM snapshots WHERE stream = ?',
  );
  const saveSnapshot = db.prepare<[SnapshotRow & { stream: string }]>(
    `INSERT INTO snapshots (stream, opened, version, kind, status, tier, owner, next_due_at, state)
     VALUES (:stream, (SELECT place FROM commits WHERE stream = :stream ORDER BY version LIMIT 1),
             :version, :kind, :status, :tier, :owner, :next_due_at, :state)
     ON CONFLICT (stream) DO UPDATE SET
       version = excluded.version, kind = excluded.kind, status = excluded.status, tier = excluded.tier,
       owner = excluded.owner, next_due_at = excluded.next_due_at, state = excluded.state
     WHERE excluded.version > version`,
  );

  const writeCommit = (commit: NewCommit, key: Buffer, version: number, prev: string): void => {
    const { contextVersions: context_versions, prevHash: prev_hash, ...same } = sealCommit(key, commit, version, prev);
    insertCommit.run({ ...same, context_versions, prev_hash });
  };

  const writeSnapshot = (stream: string, key: Buffer, snapshot: Snapshot): void => {
    const { version, kind, status, tier, owner, nextDueAt } = snapshot;
    const state = sealState(key, stream, version, snapshot.state);
    const due = nextDueAt === null ? null : instant(nextDueAt);
    saveSnapshot.run({ stream, version, kind, status, tier, owner, next_due_at: due, state });
  };

  return {
    append: async (commit: NewCommit, projection: Projection) =>
      write(() => {
        const { stream, cause } = commit;
        const last = head.get(stream);
        const known = last && keys.find(stream);
        const repeated = known && byCause.get(stream, cause);
        if (repeated) return { kind: 'repeated', commit: openRow(repeated, known) };
        const found = last?.version ?? 0;
        if (found !== commit.expectedVersion) return { kind: 'conflict', version: found };
        const version = found + 1;
        if (projection.snapshot.version > version) throw new RangeError('A snapshot is ahead of its stream.');
        const key = known ?? keys.findOrMake(stream);
        writeCommit(commit, key, version, last?.hash ?? genesisHash(stream));
        writeSnapshot(stream, key, projection.snapshot);
        for (const row of projection.outbox) addRow({ stream, version, at: instant(commit.at) }, row);
        return { kind: 'appended', version };
      }),

    load: async (stream) =>
      reading(db, () => {
        const saved = selectSnapshot.get(stream);
        const rows = range.all(stream, saved?.version ?? 0, Number.MAX_SAFE_INTEGER);
        if (!saved && rows.length === 0) return { snapshot: undefined, commits: [], version: 0 };
        const key = keys.find(stream);
        return {
          snapshot: saved && openSnapshot(stream, saved, key),
          commits: rows.map((row) => openRow(row, key)),
          version: rows.at(-1)?.version ?? saved?.version ?? 0,
        };
      }),

    moved: async (remembered) =>
      reading(db, () =>
        Object.keys(remembered).filter((stream) => (head.get(stream)?.version ?? 0) !== remembered[stream]),
      ),

    read: async (stream, upTo = Number.MAX_SAFE_INTEGER) =>
      reading(db, () => {
        const rows = range.all(stream, 0, upTo);
        if (rows.length === 0) return [];
        const key = keys.find(stream);
        return rows.map((row) => openRow(row, key));
      }),

    byCause: async (stream, cause) =>
      reading(db, () => {
        const row = byCause.get(stream, cause);
        return row && openRow(row, keys.find(stream));
      }),
  };
};
