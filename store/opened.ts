/**
 * Snapshots that were opened or sealed lately, so that the same bytes are not opened and checked twice. Their rows are
 * read each time, the stream's key among them: whatever was changed or erased meanwhile is opened anew.
 */

import type { Commit, Json, Snapshot } from './event-store.ts';
import { createRecentlyUsed } from './recently-used.ts';
import type { RowMarks } from './row-marks.ts';
import {
  openSnapshot,
  type CommitRecord,
  type OpenedSnapshot,
  type ReadySnapshot,
  type SealedCommit,
  type SnapshotRecord,
} from './sealed.ts';

export interface OpenedSnapshots {
  /** Like `openSnapshot`. The same object may be given out again: nobody changes it. */
  open(key: Buffer, stream: string, record: SnapshotRecord, commit: CommitRecord | undefined): OpenedSnapshot;
  /** Remembers what was just sealed. Whether it was stored shows when it is read. */
  sealed(key: Buffer, record: SnapshotRecord, commit: SealedCommit, ready: ReadySnapshot): void;
  forget(stream: string): void;
}

/** The summary has its own proof, and is not read with the state. */
type OpenedRecord = Omit<SnapshotRecord, 'summary'>;

interface Kept {
  key: Buffer;
  record: OpenedRecord;
  commit: CommitRecord;
  opened: () => OpenedSnapshot;
}

/** A deal takes some fifty kilobytes. */
const MOST = 200;

const SNAPSHOT: Record<keyof OpenedRecord, true> = {
  version: true,
  kind: true,
  status: true,
  tier: true,
  owner: true,
  nextDueAt: true,
  state: true,
  mark: true,
};
const COMMIT: Record<keyof CommitRecord, true> = {
  stream: true,
  version: true,
  at: true,
  actor: true,
  cause: true,
  contextVersions: true,
  body: true,
  prevHash: true,
  stateHash: true,
  hash: true,
};
/** Takes the members out of a row, which may have more. */
const taken = <T extends object>(members: Record<keyof T, true>): ((row: T) => T) => {
  const names = Object.keys(members) as (keyof T)[];
  return (row) => Object.fromEntries(names.map((name) => [name, row[name]])) as T;
};
const same = <T extends object>(members: Record<keyof T, true>): ((one: T, other: T) => boolean) => {
  const names = Object.keys(members) as (keyof T)[];
  return (one, other) => names.every((name) => one[name] === other[name]);
};
const [snapshotOf, sameSnapshot] = [taken<OpenedRecord>(SNAPSHOT), same<OpenedRecord>(SNAPSHOT)];
const [commitOf, sameCommit] = [taken<CommitRecord>(COMMIT), same<CommitRecord>(COMMIT)];

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Makes of what was sealed what opening it would make. */
const openedOf = (
  { version, kind, status, tier, owner, nextDueAt }: SnapshotRecord,
  { record, plain }: SealedCommit,
  { text }: ReadySnapshot,
): OpenedSnapshot => {
  const { format, state } = JSON.parse(text) as { format: number; state: Json };
  const snapshot: Snapshot = { version, kind, status, tier, owner, nextDueAt, format, state };
  const contextVersions = JSON.parse(record.contextVersions) as Commit['contextVersions'];
  return { snapshot, commit: { ...record, contextVersions, body: JSON.parse(plain) as Commit['body'] } };
};

export const openedSnapshots = (marks: RowMarks): OpenedSnapshots => {
  const kept = createRecentlyUsed<Kept>(MOST);
  return {
    open: (key, stream, record, commit) => {
      const known = kept.get(stream);
      const unchanged =
        known !== undefined &&
        commit !== undefined &&
        known.key.equals(key) &&
        sameSnapshot(known.record, record) &&
        sameCommit(known.commit, commit);
      if (unchanged) return known.opened();
      const opened = openSnapshot(key, marks, stream, record, commit);
      if (commit) kept.put(stream, { key, record: snapshotOf(record), commit: commitOf(commit), opened: () => opened });
      return opened;
    },
    sealed: (key, record, commit, ready) => {
      const opened = once(() => openedOf(record, commit, ready));
      kept.put(commit.record.stream, { key, record: snapshotOf(record), commit: commit.record, opened });
    },
    forget: kept.drop,
  };
};
