/**
 * The Merkle tree over all commits in the log's order, as RFC 6962 (section 2.1) defines it. Hashes are SHA-256, 32
 * bytes. A tree that grows is its few peaks; only a proof needs the leaves.
 */

import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Hashes an entry as a leaf. */
export const leafHash = (entry: Uint8Array): Buffer => sha256(LEAF, entry);

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** A tree that can grow: the roots of its complete subtrees, the largest first, one per binary one of `size`. */
export interface Tree {
  size: number;
  peaks: readonly Buffer[];
}

export const EMPTY_TREE: Tree = { size: 0, peaks: [] };

/** Adds leaf hashes at the end. */
export const grown = (tree: Tree, leaves: Iterable<Buffer>): Tree => {
  const peaks = [...tree.peaks];
  let { size } = tree;
  for (const leaf of leaves) {
    let top = leaf;
    // Each trailing one of the size is a complete subtree as large as the one that just became complete.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) top = nodeHash(peaks.pop()!, top);
    peaks.push(top);
    size += 1;
  }
  return { size, peaks };
};

/** The root hash; that of no leaves is the hash of nothing. */
export const rootOfTree = ({ peaks }: Tree): Buffer =>
  peaks.length === 0 ? sha256() : peaks.reduceRight((right, left) => nodeHash(left, right));

/** The largest power of two below `size`, which is at least 2. */
const split = (size: number): number => {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
};

interface Range {
  from: number;
  to: number;
}

/** The subtrees beside the path from a leaf to the root, from the leaf upwards. */
const besidePath = (index: number, from: number, to: number): Range[] => {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...besidePath(index, from, middle), { from: middle, to }]
    : [...besidePath(index, middle, to), { from, to: middle }];
};

/**
 * Makes the proof that the tree of the first `size` leaf hashes contains the one at `index`; it starts at the leaf's
 * sibling. Throws RangeError where the index lies outside the tree, or where there are fewer leaves.
 */
export const inclusionProof = (index: number, size: number, leaves: readonly Buffer[]): Buffer[] => {
  if (index < 0 || index >= size) throw new RangeError(`Leaf ${index} is outside a tree of ${size}.`);
  if (leaves.length < size) throw new RangeError(`There are ${leaves.length} leaves, not ${size}.`);
  return besidePath(index, 0, size).map(({ from, to }) => rootOfTree(grown(EMPTY_TREE, leaves.slice(from, to))));
};

/** Computes the root that a leaf and its proof lead to; undefined where the proof is not one for this place. */
export const rootFromProof = (
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
): Buffer | undefined => {
  if (index < 0 || index >= size) return undefined;
  const beside = besidePath(index, 0, size);
  if (beside.length !== proof.length) return undefined;
  return proof.reduce(
    (node, sibling, level) => (beside[level]!.from > index ? nodeHash(node, sibling) : nodeHash(sibling, node)),
    leaf,
  );
};
