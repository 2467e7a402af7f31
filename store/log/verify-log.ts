/** Walks the log against the record and the checkpoints that were signed of it. */

import { StoreFault } from '../store-fault.ts';
import { leafOf, type LogHead, type LogLedger, type Placed } from './commit-log.ts';
import type { TreeHead } from './tree-head.ts';
import { EMPTY_TREE, grown, rootOfTree } from './tree.ts';

/** A root that the log had at a size, and who says so: `the digest`. */
export type SavedRoot = Pick<TreeHead, 'size' | 'root'> & { by: string };

export type VerifiedLog =
  | {
      kind: 'whole';
      size: number;
      /** 32 bytes. */
      root: Buffer;
      /** Commits that wait for a place. */
      unplaced: number;
    }
  | { kind: 'broken'; detail: string };

type Walkable = Pick<LogLedger, 'logHead' | 'placed' | 'unplaced'>;

const broken = (detail: string): VerifiedLog => ({ kind: 'broken', detail });

const readHead = async (ledger: Walkable): Promise<LogHead | undefined | string> => {
  try {
    return await ledger.logHead();
  } catch (error) {
    if (error instanceof StoreFault && error.code === 'damaged') return 'The head of the log is damaged.';
    throw error;
  }
};

/** `saved`: roots from outside the database. Each must be one that the log had at that size. */
export const verifyLog = async (ledger: Walkable, saved: readonly SavedRoot[]): Promise<VerifiedLog> => {
  const head = await readHead(ledger);
  if (typeof head === 'string') return broken(head);
  const expected = [...saved].toSorted((a, b) => a.size - b.size);
  let tree = EMPTY_TREE;
  const misses = (): SavedRoot | undefined => {
    while (expected[0]?.size === tree.size) {
      const next = expected.shift()!;
      if (!rootOfTree(tree).equals(next.root)) return next;
    }
    return undefined;
  };
  const rewritten = ({ by, size }: SavedRoot): VerifiedLog =>
    broken(`The first ${size} commits of the log are not those that ${by} names: some of them were rewritten.`);
  /** The newest version of each stream that has a place so far. */
  const newest = new Map<string, number>();
  const problemOf = ({
    stream,
    version,
    hash,
    stored,
  }: Placed & { stored: string | undefined }): string | undefined => {
    const due = (newest.get(stream) ?? 0) + 1;
    newest.set(stream, due);
    if (version < due) return 'which has a place already';
    if (version > due) return `before its commit ${due}`;
    if (stored === undefined) return 'which is gone';
    return stored === hash ? undefined : 'which is another one today';
  };

  const none = misses();
  if (none) return rewritten(none);
  for await (const placed of ledger.placed()) {
    const problem = problemOf(placed);
    if (problem !== undefined) {
      return broken(`Place ${tree.size} belongs to commit ${placed.version} of ${placed.stream}, ${problem}.`);
    }
    tree = grown(tree, [leafOf(placed)]);
    const missed = misses();
    if (missed) return rewritten(missed);
  }
  const [beyond] = expected;
  if (beyond) return broken(`The log ends after ${tree.size} commits; ${beyond.by} knows ${beyond.size}.`);
  const kept = head?.tree ?? EMPTY_TREE;
  // A bot may have placed more since the head was read.
  if (kept.size > tree.size) return broken(`The log ends after ${tree.size} commits; its head knows ${kept.size}.`);
  if (kept.size === tree.size && !rootOfTree(kept).equals(rootOfTree(tree))) {
    return broken('The head of the log does not fit its commits.');
  }
  return { kind: 'whole', size: tree.size, root: rootOfTree(tree), unplaced: await ledger.unplaced() };
};
