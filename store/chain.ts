/** The hash chain of a stream: how a commit is hashed, and how a walk over stored commits finds the first bad one. */

import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { Columns, Head, Json, StoredCommit, Verified } from './event-store.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `prevHash` of a stream's first commit: commits can't be moved to another stream. */
export const genesisHash = (stream: string): string => sha256(`clearthread stream 1\n${stream}`);

/** Hashes every stored member, the ciphertext of the body included. Hex SHA-256. */
export const commitHash = (commit: Omit<StoredCommit, 'hash'>): string => {
  const { stream, version, at, actor, cause, contextVersions, body, prevHash, stateHash } = commit;
  const covered = { stream, version, at, actor, cause, contextVersions, body, prevHash };
  if (stateHash === undefined) return sha256(`clearthread commit 1\n${canonical(covered)}`);
  return sha256(`clearthread commit 2\n${canonical({ ...covered, stateHash })}`);
};

/**
 * The `stateHash` of a commit, over the text of its plain body. The salt in there hides what it is the hash of, so it
 * stands in the clear; sealing the body again with another IV changes nothing in it.
 */
export const bodyHash = (plain: string | Buffer): string =>
  createHash('sha256').update('clearthread body 1\n').update(plain).digest('hex');

/** A snapshot as its hash covers it. `columns` are those of its commit, whatever `setDue` made of the due date since. */
export interface PlainSnapshot {
  columns: Columns;
  format: number;
  state: Json;
}

/**
 * Returns the text that is sealed and hashed. Not canonical, because the order of members in a state means something
 * (who came first); read and written again it is the same text.
 */
export const snapshotText = ({ columns, format, state }: PlainSnapshot): string => {
  const { kind, status, tier, owner, nextDueAt } = columns;
  return JSON.stringify({ columns: { kind, status, tier, owner, nextDueAt }, format, state });
};

/** The member `snapshot` in the body of the snapshot's commit. `salt` is that body's, `text` that of the snapshot. */
export const snapshotHash = (salt: string, text: string): string => sha256(`clearthread snapshot 1\n${salt}\n${text}`);

/**
 * The `salt` in the body of a commit whose snapshot has a summary, base64: made of that summary's text, which holds random
 * bytes of its own. So the commit speaks for both, and older versions read it as they read any salt.
 */
export const saltFor = (summary: string | Buffer): string =>
  createHash('sha256').update('clearthread summary 1\n').update(summary).digest('base64');

type Broken = Extract<Verified, { kind: 'broken' }>;

/** One item of a walk: a commit, or the place of one whose stored form can't be read. */
export type Walked = { kind: 'commit'; commit: StoredCommit } | { kind: 'unreadable'; stream: string; version: number };

const hashed = (commit: StoredCommit): boolean => commitHash(commit) === commit.hash;

/** Says what is wrong. `rest` is the bad commit and everything after it in its stream, in stored order. */
const explain = (
  version: number,
  prevHash: string,
  bad: StoredCommit,
  rest: StoredCommit[],
  seen: Set<string>,
): Broken => {
  const broken = (what: Broken['what'], at: number, detail: string): Broken => ({
    kind: 'broken',
    stream: bad.stream,
    version: at,
    what,
    detail,
  });
  if (bad.version > version) {
    const last = bad.version - 1;
    const gap = last === version ? `Commit ${version} is` : `Commits ${version} to ${last} are`;
    return broken('missing', version, `${gap} not in the database; commit ${bad.version} is.`);
  }
  if (bad.version < version)
    return broken('reordered', bad.version, `Commit ${bad.version} is there twice or out of place.`);
  const belongsHere = rest.find(
    (other) => other !== bad && other.prevHash === prevHash && hashed({ ...other, version }),
  );
  if (belongsHere) {
    const detail = `The commit that belongs here stands at ${belongsHere.version}.`;
    return broken('reordered', version, detail);
  }
  if (bad.prevHash !== prevHash) {
    // Renumbered after a deletion: the commit is whole under the number it had before.
    for (let was = version + 1; was <= version + rest.length + 50; was += 1) {
      if (hashed({ ...bad, version: was })) {
        return broken('missing', version, `Commit ${was} was given this number; what stood here is gone.`);
      }
    }
    const elsewhere = seen.has(bad.prevHash) || rest.some((other) => other !== bad && other.hash === bad.prevHash);
    if (elsewhere) return broken('reordered', version, 'It names another commit of this stream as the one before it.');
    if (hashed(bad)) {
      const before = version === 1 ? 'the start of its stream' : `commit ${version - 1}`;
      return broken('edited', version, `Its link to ${before} does not fit: one of the two was rewritten.`);
    }
  }
  return broken('edited', version, 'What is stored does not match its hash.');
};

/**
 * Walks stored commits, sorted by stream and then version, and stops at the first bad one. With `saved` heads (a
 * checkpoint kept outside the database) it also finds streams that were cut, removed or rewritten since.
 */
export const walkChain = async (commits: AsyncIterable<Walked>, saved: Head[] = []): Promise<Verified> => {
  const expected = new Map(saved.map((head) => [head.stream, head]));
  let streams = 0;
  let count = 0;
  let stream: string | undefined;
  let version = 0;
  let prevHash = '';
  let seen = new Set<string>();
  /** True once a commit of the stream had a hash of its state. */
  let proven = false;
  let failed: { version: number; bad: StoredCommit; rest: StoredCommit[] } | undefined;

  const closeStream = (): Broken | undefined => {
    if (stream === undefined) return undefined;
    if (failed) return explain(failed.version, prevHash, failed.bad, failed.rest, seen);
    const head = expected.get(stream);
    expected.delete(stream);
    if (head === undefined || version >= head.version) return undefined;
    const detail = `The checkpoint knows ${head.version} commits, the database ends at ${version}.`;
    return { kind: 'broken', stream, version: version + 1, what: 'truncated', detail };
  };

  for await (const walked of commits) {
    const at = walked.kind === 'commit' ? walked.commit.stream : walked.stream;
    if (at !== stream) {
      const broken = closeStream();
      if (broken) return broken;
      stream = at;
      streams += 1;
      version = 0;
      prevHash = genesisHash(at);
      seen = new Set([prevHash]);
      proven = false;
    }
    if (walked.kind === 'unreadable') {
      if (failed) continue;
      return { ...walked, kind: 'broken', what: 'edited', detail: 'What is stored is not a commit.' };
    }
    const { commit } = walked;
    if (failed) {
      failed.rest.push(commit);
      continue;
    }
    if (commit.version !== version + 1 || commit.prevHash !== prevHash || !hashed(commit)) {
      failed = { version: version + 1, bad: commit, rest: [commit] };
      continue;
    }
    if (proven && commit.stateHash === undefined) {
      const detail = 'It says nothing about the state, and the commits before it do.';
      return { kind: 'broken', stream: at, version: commit.version, what: 'edited', detail };
    }
    proven ||= commit.stateHash !== undefined;
    const head = expected.get(at);
    if (head?.version === commit.version && head.hash !== commit.hash) {
      const detail = 'It is not the commit that the checkpoint signed: the stream was rewritten here or before.';
      return { kind: 'broken', stream: at, version: commit.version, what: 'edited', detail };
    }
    count += 1;
    version = commit.version;
    prevHash = commit.hash;
    seen.add(prevHash);
  }

  const broken = closeStream();
  if (broken) return broken;
  for (const head of expected.values()) {
    const detail = `The checkpoint knows ${head.version} commits of this stream, the database none.`;
    return { kind: 'broken', stream: head.stream, version: 1, what: 'missing', detail };
  }
  return { kind: 'whole', streams, commits: count };
};
