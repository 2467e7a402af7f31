import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_TREE,
  grown,
  inclusionProof,
  leafHash,
  rootFromProof,
  rootOfTree,
  type Tree,
} from '../../../store/log/tree.ts';

/** The entries and roots that implementations of RFC 6962 test themselves with. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaf = (n: number): Buffer => leafHash(Buffer.from(`entry ${n}`));
const leaves = (size: number): Buffer[] => Array.from({ length: size }, (_, n) => leaf(n));
const treeOf = (size: number): Tree => grown(EMPTY_TREE, leaves(size));

/** The definition of RFC 6962, section 2.1, word by word. */
const byDefinition = (of: Buffer[]): Buffer => {
  const sha256 = createHash('sha256');
  if (of.length === 0) return sha256.digest();
  if (of.length === 1) return of[0]!;
  let k = 1;
  while (k * 2 < of.length) k *= 2;
  return sha256
    .update(Buffer.of(1))
    .update(byDefinition(of.slice(0, k)))
    .update(byDefinition(of.slice(k)))
    .digest();
};

describe('the tree of the log', () => {
  it.each(ROOTS.map((root, size) => [size, root]))('of %i known entries has the known root', (size, root) => {
    const hashes = ENTRIES.slice(0, Number(size)).map((hex) => leafHash(Buffer.from(hex, 'hex')));
    expect(rootOfTree(grown(EMPTY_TREE, hashes)).toString('hex')).toBe(root);
  });

  it('has the root of the definition, however it grew', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (first, then) => {
        const all = leaves(first + then);
        const tree = grown(grown(EMPTY_TREE, all.slice(0, first)), all.slice(first));
        expect(rootOfTree(tree)).toEqual(byDefinition(all));
        expect(tree.size).toBe(first + then);
      }),
      { numRuns: 100 },
    );
  });

  it('proves each of its leaves, and no other, and none at another place or size', () => {
    for (const size of [1, 2, 3, 5, 8, 13, 64, 100]) {
      const root = rootOfTree(treeOf(size));
      const indexes = Array.from({ length: size }, (_, n) => n);
      const proofs = indexes.map((index) => inclusionProof(index, size, leaves(size)));
      for (const index of indexes) {
        const proof = proofs[index]!;
        expect(rootFromProof(index, size, leaf(index), proof)).toEqual(root);
        expect(rootFromProof(index, size, leaf(index + 1), proof)).not.toEqual(root);
        expect(rootFromProof(index, size, leaf(index), [...proof, root])).toBeUndefined();
        expect(rootFromProof(size, size, leaf(index), proof)).toBeUndefined();
        for (const other of indexes) {
          if (other !== index) expect(rootFromProof(other, size, leaf(index), proof)).not.toEqual(root);
        }
      }
    }
  });

  it('finds one changed bit of any proof', () => {
    const proof = inclusionProof(37, 100, leaves(100));
    const root = rootOfTree(treeOf(100));
    for (const [level, hash] of proof.entries()) {
      const changed = Buffer.from(hash);
      changed[level % 32]! ^= 1;
      expect(rootFromProof(37, 100, leaf(37), proof.with(level, changed))).not.toEqual(root);
    }
  });

  it('proves nothing outside itself, or of leaves that are not there', () => {
    expect(() => inclusionProof(3, 3, leaves(3))).toThrow(RangeError);
    expect(() => inclusionProof(-1, 3, leaves(3))).toThrow(RangeError);
    expect(() => inclusionProof(1, 5, leaves(4))).toThrow(RangeError);
  });
});
