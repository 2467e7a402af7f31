/**
 * The log: all commits of all streams in one order that never changes, as a Merkle tree. A stream's own chain shows
 * that nothing in it was altered; the log shows the same of all streams with one hash, and proves one commit without
 * the others. Its order is that in which commits were placed, which is not their time.
 */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StoreFault } from '../store-fault.ts';
import { EMPTY_TREE, grown, leafHash, rootOfTree, type Tree } from './tree.ts';

/** A commit and its hash, hex. */
export interface Placed {
  stream: string;
  version: number;
  hash: string;
}

export interface LogHead {
  /** The log's name, as its checkpoints carry it. */
  origin: string;
  tree: Tree;
  /** As a checkpoint's: present where a backup was put back. */
  before?: string | undefined;
}

/** A signed note (`signTreeHead`) and the number of commits that it covers. */
export interface SignedHead {
  size: number;
  note: string;
}

/** What an auditor reads of the log. */
export interface LogLedger {
  /** Undefined before the first commit was placed. */
  logHead(): Promise<LogHead | undefined>;
  /** Yields the log in order; `stored` is the hash of that commit in the record today, undefined where it is gone. */
  placed(): AsyncIterable<Placed & { stored: string | undefined }>;
  /** Number of commits that wait for a place. */
  unplaced(): Promise<number>;
  /** Returns what was signed so far, the smallest first. */
  signedHeads(): Promise<SignedHead[]>;
}

export interface CommitLog extends LogLedger {
  /** Gives commits without a place the next ones, at most `limit`. Several bots may. Resolves with how many it gave. */
  placeCommits(limit: number): Promise<number>;
  /** Keeps a signed head, and returns the note kept for that size: the first one, of whichever bot. */
  keepSignedHead(head: SignedHead): Promise<string>;
}

/** The parts that write, opened by themselves. */
export interface LogKeeper extends Pick<CommitLog, 'placeCommits' | 'keepSignedHead'> {
  close(): Promise<void>;
}

/** The setting that holds the head of the log. */
export const LOG_HEAD = 'log:head';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const headShape = z.strictObject({
  origin: z.string().min(1),
  size: z.int().nonnegative(),
  peaks: z.array(hex),
  before: z.string().optional(),
});

export const newLogHead = (): LogHead => ({
  origin: `clearthread/log/${randomBytes(8).toString('hex')}`,
  tree: EMPTY_TREE,
});

export const logHeadText = ({ origin, tree: { size, peaks }, before }: LogHead): string =>
  JSON.stringify({ origin, size, peaks: peaks.map((peak) => peak.toString('hex')), before });

/** Throws StoreFault `damaged`. */
export const readLogHead = (text: string): LogHead => {
  try {
    const { size, peaks, ...named } = headShape.parse(JSON.parse(text));
    return { ...named, tree: { size, peaks: peaks.map((peak) => Buffer.from(peak, 'hex')) } };
  } catch (cause) {
    const message = 'The head of the log is damaged. Run: clearthread audit verify';
    throw new StoreFault('damaged', 'not done', message, { cause });
  }
};

/**
 * The log of a backup that is put back. What came after it may be lost, and a name has one root for each size: it goes on
 * under another one. `replaced`: the log of the database whose place it takes; where that is the same, nothing is lost.
 */
export const restoredLog = (log: LogHead, replaced: LogHead | undefined): LogHead => {
  const known = replaced?.origin === log.origin ? replaced : undefined;
  if (known && logHeadText(known) === logHeadText(log)) return log;
  const { origin, tree } = known && known.tree.size > log.tree.size ? known : log;
  const before = `${origin} ${tree.size} ${rootOfTree(tree).toString('base64')}`;
  return { origin: newLogHead().origin, tree: log.tree, before };
};

/** The entry of a commit in the log: the 32 bytes of its hash. */
export const entryOf = (hash: string): Buffer => Buffer.from(hash, 'hex');

export const leafOf = ({ hash }: Pick<Placed, 'hash'>): Buffer => leafHash(entryOf(hash));

export const withPlaced = ({ tree, ...named }: LogHead, commits: readonly Placed[]): LogHead => ({
  ...named,
  tree: grown(tree, commits.map(leafOf)),
});
