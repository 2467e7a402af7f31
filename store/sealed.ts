/** Seals commits and snapshots into their stored form, and opens them again: the same in every engine. */

import { z } from 'zod';
import { canonical } from './canonical.ts';
import { bodyHash, commitHash, saltFor, snapshotHash, snapshotText, type PlainSnapshot } from './chain.ts';
import {
  type Columns,
  type Commit,
  type Json,
  type NewCommit,
  type OpenedBody,
  type Snapshot,
  type StoredCommit,
  StoreFault,
  UNPROVEN,
} from './event-store.ts';
import { instant } from './instant.ts';
import { clearOf, type RowMarks } from './row-marks.ts';
import { newSalt, openBytes, openText, sealText } from './seal.ts';

/** A commit's members as every engine keeps them: `contextVersions` is canonical JSON. */
export interface CommitRecord extends Omit<StoredCommit, 'contextVersions'> {
  contextVersions: string;
}

/** A snapshot's members as every engine keeps them: `state` is sealed. */
export interface SnapshotRecord extends Columns {
  version: number;
  state: string;
  /** Sealed, too. Absent where there is none, and where it was not asked for. */
  summary?: string | null;
  /** Of the columns in the clear. Absent only until a bot that has the data key starts. */
  mark?: string | null;
}

const contextVersionsShape = z.record(z.string(), z.string());
const hash = z.string().length(64);
const lists = { events: z.array(z.unknown()), notices: z.array(z.unknown()) };
const bodyShape = z.strictObject({ ...lists, salt: z.string().length(44), snapshot: hash });
/** From before states stood in the chain. */
const bareShape = z.strictObject(lists);
const plainShape = z.strictObject({
  columns: z.strictObject({
    kind: z.string(),
    status: z.string(),
    tier: z.string().nullable(),
    owner: z.string(),
    nextDueAt: z.string().nullable(),
  }),
  format: z.int().positive(),
  state: z.unknown(),
});

/** Checks a record. Undefined where it is not in the form that stores write. */
export const storedCommit = (record: CommitRecord): StoredCommit | undefined => {
  const { stream, version, at, actor, cause, body, prevHash, stateHash, hash } = record;
  try {
    const contextVersions = contextVersionsShape.parse(JSON.parse(record.contextVersions));
    if (canonical(contextVersions) !== record.contextVersions) return undefined;
    const stored = { stream, version, at, actor, cause, contextVersions, body, prevHash, hash };
    return stateHash === undefined ? stored : { ...stored, stateHash };
  } catch {
    return undefined;
  }
};

export const damaged = (stream: string, version: number, cause?: unknown): StoreFault => {
  const message = `Commit ${version} of ${stream} is damaged. Run: clearthread audit verify`;
  return new StoreFault('damaged', 'not done', message, { cause });
};

/** A snapshot on its way into the store: what depends on the stream's key is still to be done. */
export interface ReadySnapshot {
  version: number;
  columns: Columns;
  /** What is sealed and hashed. */
  text: string;
  /** The text of its summary. */
  summary?: string;
}

export const readySnapshot = ({ version, format, state, summary, ...clear }: Snapshot): ReadySnapshot => {
  const { kind, status, tier, owner, nextDueAt } = clear;
  const columns = { kind, status, tier, owner, nextDueAt: nextDueAt === null ? null : instant(nextDueAt) };
  return {
    version,
    columns,
    text: snapshotText({ columns, format, state }),
    ...(summary === undefined ? {} : { summary: JSON.stringify({ salt: newSalt(), summary }) }),
  };
};

export const sealSnapshot = (
  key: Buffer,
  marks: RowMarks,
  stream: string,
  { version, columns, text, summary }: ReadySnapshot,
): SnapshotRecord & { mark: string } => ({
  version,
  ...columns,
  state: sealText(key, text, { what: 'snapshot', stream, version }),
  ...(summary === undefined ? {} : { summary: sealText(key, summary, { what: 'summary', stream, version }) }),
  mark: marks.of('snapshots', stream, clearOf({ version, ...columns })),
});

/** A commit in its stored form, and what is sealed in it. */
export interface SealedCommit {
  record: CommitRecord;
  plain: string;
}

/** Seals a commit, which speaks for its snapshot from then on. */
export const sealCommit = (
  key: Buffer,
  commit: NewCommit,
  { version, prevHash }: { version: number; prevHash: string },
  snapshot: ReadySnapshot,
): SealedCommit => {
  const { stream, at, actor, cause, contextVersions } = commit;
  const salt = snapshot.summary === undefined ? newSalt() : saltFor(snapshot.summary);
  const { events, notices } = commit.body;
  const plain = JSON.stringify({ events, notices, salt, snapshot: snapshotHash(salt, snapshot.text) });
  const stateHash = bodyHash(plain);
  const body = sealText(key, plain, { what: 'commit', stream, version });
  const hash = commitHash({ stream, version, at, actor, cause, contextVersions, body, prevHash, stateHash });
  const record = {
    stream,
    version,
    at,
    actor,
    cause,
    contextVersions: canonical(contextVersions),
    body,
    prevHash,
    stateHash,
    hash,
  };
  return { record, plain };
};

/** Opens a commit, whose body must be the one that its `stateHash` was made of. Throws StoreFault `damaged`. */
export const openStored = (key: Buffer, stored: StoredCommit): Commit => {
  const { stream, version } = stored;
  try {
    const plain = openText(key, stored.body, { what: 'commit', stream, version });
    const body: unknown = JSON.parse(plain);
    if (stored.stateHash === undefined) bareShape.parse(body);
    else {
      bodyShape.parse(body);
      if (bodyHash(plain) !== stored.stateHash) throw new Error('The body is not the one that was hashed.');
    }
    return { ...stored, body: body as OpenedBody };
  } catch (error) {
    throw damaged(stream, version, error);
  }
};

/** Opens a record like `openStored`. */
export const openCommit = (key: Buffer, record: CommitRecord): Commit => {
  const stored = storedCommit(record);
  if (!stored) throw damaged(record.stream, record.version);
  return openStored(key, stored);
};

/** Opens a commit whose own hash must be right as well: a state is about to be built on it. Throws like `openCommit`. */
export const openSound = (key: Buffer, record: CommitRecord): Commit => {
  const { stream, version } = record;
  const stored = storedCommit(record);
  if (!stored || commitHash(stored) !== stored.hash) throw damaged(stream, version);
  return openStored(key, stored);
};

/** Opens a snapshot that the opened commit of its version speaks for. Throws StoreFault `damaged`. */
export const openProven = (key: Buffer, record: SnapshotRecord, { stream, body }: Commit): PlainSnapshot => {
  const { version, kind, status, tier, owner } = record;
  try {
    const text = openText(key, record.state, { what: 'snapshot', stream, version });
    const { salt = '', snapshot } = body;
    if (snapshotHash(salt, text) !== snapshot) throw new Error('The commit speaks for another snapshot.');
    const { columns, format, state } = plainShape.parse(JSON.parse(text));
    const same = columns.kind === kind && columns.status === status && columns.tier === tier && columns.owner === owner;
    if (!same) throw new Error('The columns in the clear are not those of the commit.');
    return { columns, format, state: state as Json };
  } catch (error) {
    throw damaged(stream, version, error);
  }
};

/** Opens a snapshot from before states stood in the chain, whose commit says nothing of it. */
const openUnproven = (key: Buffer, stream: string, record: SnapshotRecord): Snapshot => {
  const { version, kind, status, tier, owner, nextDueAt } = record;
  try {
    const text = openText(key, record.state, { what: 'snapshot', stream, version });
    return { version, kind, status, tier, owner, nextDueAt, format: UNPROVEN, state: JSON.parse(text) as Json };
  } catch (error) {
    throw damaged(stream, version, error);
  }
};

export interface OpenedSnapshot {
  snapshot: Snapshot;
  /** The commit of its version. */
  commit: Commit;
}

/** Opens a snapshot beside the commit of its version, which must be there. Throws StoreFault `damaged`. */
export const openSnapshot = (
  key: Buffer,
  marks: RowMarks,
  stream: string,
  record: SnapshotRecord,
  commit: CommitRecord | undefined,
): OpenedSnapshot => {
  const { version, kind, status, tier, owner, nextDueAt } = record;
  if (commit?.version !== version) throw damaged(stream, version);
  const opened = openSound(key, commit);
  const due = marks.fits(record.mark, 'snapshots', stream, clearOf(record)) ? {} : { dueChanged: true as const };
  if (opened.stateHash === undefined) {
    return { snapshot: { ...openUnproven(key, stream, record), ...due }, commit: opened };
  }
  const { format, state } = openProven(key, record, opened);
  return { snapshot: { version, kind, status, tier, owner, nextDueAt, format, state, ...due }, commit: opened };
};

/** Tells whether the summary beside a snapshot is the one that the opened commit of its version speaks for. */
export const isSummaryOf = (key: Buffer, summary: string, { stream, version, body }: Commit): boolean => {
  try {
    return body.salt === saltFor(openText(key, summary, { what: 'summary', stream, version }));
  } catch {
    return false;
  }
};

/** The end of every body that speaks for a snapshot: `sealCommit` writes it there. */
const SALT = /"salt":"([^"]{44})","snapshot":"[0-9a-f]{64}"\}$/;
const SALT_AT = 150;

/**
 * Opens the summary beside a snapshot of that version, which the body of the commit of the same version must speak for.
 * Undefined where it does not: it was changed, or is another stream's or version's. Nothing else of the commit is looked
 * at, neither its events nor its hash: of a hundred thousand that would take long, and whoever reads the state does both.
 */
export const openSummary = (
  key: Buffer,
  { stream, version, summary }: { stream: string; version: number; summary: string },
  { body, stateHash }: Pick<StoredCommit, 'body' | 'stateHash'>,
): Json | undefined => {
  try {
    // As bytes: of the body only the end is read.
    const plain = openBytes(key, body, { what: 'commit', stream, version });
    if (bodyHash(plain) !== stateHash) return undefined;
    const text = openBytes(key, summary, { what: 'summary', stream, version });
    if (SALT.exec(plain.toString('latin1', Math.max(0, plain.length - SALT_AT)))?.[1] !== saltFor(text))
      return undefined;
    return (JSON.parse(text.toString()) as { summary: Json }).summary;
  } catch {
    return undefined;
  }
};
