/** Streams of commits with their snapshots: the record itself. */

import { genesisHash } from '../chain.ts';
import { UNPROVEN, type Commit, type EventStore, type NewCommit, type Projection } from '../event-store.ts';
import { instant } from '../instant.ts';
import type { OpenedSnapshots } from '../opened.ts';
import type { RowMarks } from '../row-marks.ts';
import {
  type CommitRecord,
  openCommit,
  openSound,
  readySnapshot,
  sealCommit,
  sealSnapshot,
  type SnapshotRecord,
} from '../sealed.ts';
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
  state_hash: string | null;
  hash: string;
}

export const COMMIT_COLUMNS = 'stream, version, at, actor, cause, context_versions, body, prev_hash, state_hash, hash';
export const SNAPSHOT_COLUMNS = 'version, kind, status, tier, owner, next_due_at AS nextDueAt, state';

/** Converts a row to the form that every engine shares. */
export const recordOf = (row: CommitRow): CommitRecord => {
  const { context_versions: contextVersions, prev_hash: prevHash, state_hash: stateHash, ...same } = row;
  return { ...same, contextVersions, prevHash, ...(stateHash === null ? {} : { stateHash }) };
};

const openRow = (row: CommitRow, key: Buffer): Commit => openCommit(key, recordOf(row));
const openSoundRow = (row: CommitRow, key: Buffer): Commit => openSound(key, recordOf(row));

type CommitMethods = Pick<EventStore, 'append' | 'load' | 'moved' | 'read' | 'byCause'>;

export const commitMethods = (
  db: Connection,
  write: Write,
  { keys, marks, opened, addRow }: { keys: StreamKeys; marks: RowMarks; opened: OpenedSnapshots; addRow: AddRow },
): CommitMethods => {
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
     VALUES (:stream, :version, :at, :actor, :cause, :context_versions, :body, :prev_hash, :state_hash, :hash)`,
  );
  const selectSnapshot = db.prepare<[string], SnapshotRecord>(
    `SELECT ${SNAPSHOT_COLUMNS}, mark FROM snapshots WHERE stream = ?`,
  );
  const saveSnapshot = db.prepare<[SnapshotRecord & { stream: string }]>(
    `INSERT INTO snapshots (stream, opened, version, kind, status, tier, owner, next_due_at, state, mark)
     VALUES (:stream, (SELECT place FROM commits WHERE stream = :stream ORDER BY version LIMIT 1),
             :version, :kind, :status, :tier, :owner, :nextDueAt, :state, :mark)
     ON CONFLICT (stream) DO UPDATE SET
       version = excluded.version, kind = excluded.kind, status = excluded.status, tier = excluded.tier,
       owner = excluded.owner, next_due_at = excluded.next_due_at, state = excluded.state, mark = excluded.mark
     WHERE excluded.version > version`,
  );
  const saveSummary = db.prepare<[{ stream: string; version: number; summary: string }]>(
    `INSERT INTO summaries (stream, version, summary) VALUES (:stream, :version, :summary)
     ON CONFLICT (stream) DO UPDATE SET version = excluded.version, summary = excluded.summary
     WHERE excluded.version > version`,
  );

  const writeCommit = ({ contextVersions, prevHash, stateHash, ...same }: CommitRecord): void => {
    insertCommit.run({
      ...same,
      context_versions: contextVersions,
      prev_hash: prevHash,
      state_hash: stateHash ?? null,
    });
  };

  return {
    append: async (commit: NewCommit, projection: Projection) => {
      const ready = readySnapshot(projection.snapshot);
      return write(() => {
        const { stream, cause } = commit;
        const last = head.get(stream);
        const known = last && keys.find(stream);
        const repeated = known && byCause.get(stream, cause);
        if (repeated) return { kind: 'repeated', commit: openRow(repeated, known) };
        const found = last?.version ?? 0;
        if (found !== commit.expectedVersion) return { kind: 'conflict', version: found };
        const version = found + 1;
        if (ready.version > version) throw new RangeError('A snapshot is ahead of its stream.');
        const key = known ?? keys.findOrMake(stream);
        const sealed = sealCommit(key, commit, { version, prevHash: last?.hash ?? genesisHash(stream) }, ready);
        const { summary, ...snapshot } = sealSnapshot(key, marks, stream, ready);
        writeCommit(sealed.record);
        saveSnapshot.run({ stream, ...snapshot });
        if (summary) saveSummary.run({ stream, version: snapshot.version, summary });
        opened.sealed(key, snapshot, sealed, ready);
        for (const row of projection.outbox) addRow({ stream, version, at: instant(commit.at) }, row);
        return { kind: 'appended', version };
      });
    },

    load: async (stream) =>
      reading(db, () => {
        const saved = selectSnapshot.get(stream);
        const rows = range.all(stream, saved ? saved.version - 1 : 0, Number.MAX_SAFE_INTEGER);
        if (!saved && rows.length === 0) return { snapshot: undefined, commits: [], version: 0, last: undefined };
        const key = keys.find(stream);
        // The first is the commit that speaks for the snapshot.
        const found = saved && opened.open(key, stream, saved, rows[0] && recordOf(rows[0]));
        const unproven = found?.snapshot.format === UNPROVEN;
        const after = unproven ? range.all(stream, 0, Number.MAX_SAFE_INTEGER) : saved ? rows.slice(1) : rows;
        const commits = after.map((row) => openSoundRow(row, key));
        return {
          snapshot: found?.snapshot,
          commits,
          version: rows.at(-1)?.version ?? 0,
          last: commits.at(-1) ?? found?.commit,
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
