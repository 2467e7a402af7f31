/** Makes the proof that the log contains a commit. */

import { entryOf, leafOf, type LogLedger, type Placed, type SignedHead } from './commit-log.ts';
import { proofText } from './proof.ts';
import { readUnsigned } from './tree-head.ts';
import { inclusionProof, leafHash, rootFromProof } from './tree.ts';

/**
 * Proves a commit under the newest signed head that covers it. Undefined where it has no place yet, or where no such head
 * is there. Keeps 32 bytes per commit of the log in memory.
 */
export const proveCommit = async (
  ledger: Pick<LogLedger, 'placed' | 'signedHeads'>,
  { stream, version, hash }: Placed,
): Promise<string | undefined> => {
  const leaves: Buffer[] = [];
  let index: number | undefined;
  for await (const placed of ledger.placed()) {
    if (placed.stream === stream && placed.version === version && placed.hash === hash) index = leaves.length;
    leaves.push(leafOf(placed));
  }
  if (index === undefined) return undefined;
  const place = index;
  const proven = ({ size, note }: SignedHead): string | undefined => {
    if (size <= place || size > leaves.length) return undefined;
    const hashes = inclusionProof(place, size, leaves);
    const root = rootFromProof(place, size, leafHash(entryOf(hash)), hashes);
    // A head that somebody edited proves nothing.
    return root && readUnsigned(note)?.root.equals(root) ? proofText(place, hashes, note) : undefined;
  };
  for (const head of (await ledger.signedHeads()).toReversed()) {
    const proof = proven(head);
    if (proof !== undefined) return proof;
  }
  return undefined;
};
