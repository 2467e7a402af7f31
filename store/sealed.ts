/** Seals commits and states into their stored form, and opens them again: the same in every engine. */

import { z } from 'zod';
import { canonical } from './canonical.ts';
import { commitHash } from './chain.ts';
import {
  type Commit,
  type CommitBody,
  type Json,
  type NewCommit,
  type StoredCommit,
  StoreFault,
} from './event-store.ts';
import { open, seal } from './seal.ts';

/** A commit's members as every engine keeps them: `contextVersions` is canonical JSON. */
export interface CommitRecord extends Omit<StoredCommit, 'contextVersions'> {
  contextVersions: string;
}

const contextVersionsShape = z.record(z.string(), z.string());
const bodyShape = z.strictObject({ events: z.array(z.unknown()), notices: z.array(z.unknown()) });

/** Checks a record. Undefined where it is not in the form that stores write. */
export const storedCommit = (record: CommitRecord): StoredCommit | undefined => {
  const { stream, version, at, actor, cause, body, prevHash, hash } = record;
  try {
    const contextVersions = contextVersionsShape.parse(JSON.parse(record.contextVersions));
    if (canonical(contextVersions) !== record.contextVersions) return undefined;
    return { stream, version, at, actor, cause, contextVersions, body, prevHash, hash };
  } catch {
    return undefined;
  }
};

export const damaged = (stream: string, version: number, cause?: unknown): StoreFault => {
  const message = `Commit ${version} of ${stream} is damaged. Run: clearthread audit verify`;
  return new StoreFault('damaged', 'not done', message, { cause });
};

export const sealCommit = (key: Buffer, commit: NewCommit, version: number, prevHash: string): CommitRecord => {
  const { stream, at, actor, cause, contextVersions } = commit;
  const body = seal(key, commit.body, { what: 'commit', stream, version });
  const hash = commitHash({ stream, version, at, actor, cause, contextVersions, body, prevHash });
  return { stream, version, at, actor, cause, contextVersions: canonical(contextVersions), body, prevHash, hash };
};

/** Throws StoreFault `damaged`. */
export const openCommit = (key: Buffer, record: CommitRecord): Commit => {
  const { stream, version } = record;
  const stored = storedCommit(record);
  if (!stored) throw damaged(stream, version);
  try {
    const body = open(key, stored.body, { what: 'commit', stream, version });
    bodyShape.parse(body);
    return { ...stored, body: body as unknown as CommitBody };
  } catch (error) {
    throw damaged(stream, version, error);
  }
};

export const sealState = (key: Buffer, stream: string, version: number, state: Json): string =>
  seal(key, state, { what: 'snapshot', stream, version });

/** Throws StoreFault `damaged`. */
export const openState = (key: Buffer, stream: string, version: number, sealed: string): Json => {
  try {
    return open(key, sealed, { what: 'snapshot', stream, version });
  } catch (error) {
    throw damaged(stream, version, error);
  }
};
