/** Proof that a log contains an entry (c2sp.org/tlog-proof): a text that anybody checks with the log's public key. */

import type { VerifierKey } from './note.ts';
import { readTreeHead, readUnsigned, type TreeHead } from './tree-head.ts';
import { leafHash, rootFromProof } from './tree.ts';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const INDEX = /^index (0|[1-9]\d{0,15})$/;
/** More than a tree of 2^53 leaves can have. */
const MOST_HASHES = 60;

/** `checkpoint` is the signed note of a tree that the proof leads to. Hashes start at the leaf's sibling. */
export const proofText = (index: number, hashes: readonly Buffer[], checkpoint: string): string =>
  [FIRST_LINE, `index ${index}`, ...hashes.map((hash) => hash.toString('base64')), '', checkpoint].join('\n');

/** Returns the name of the log that a proof says it is of, whoever signed it. */
export const originIn = (text: string): string | undefined => {
  const end = text.indexOf('\n\n');
  return end < 0 ? undefined : readUnsigned(text.slice(end + 2))?.origin;
};

export type CheckedProof =
  | { kind: 'good'; index: number; head: TreeHead }
  /** `problem` is a sentence for the person who gave the file. */
  | { kind: 'bad'; problem: string };

const bad = (problem: string): CheckedProof => ({ kind: 'bad', problem });

/** Checks whether the proof shows that the log of that key contains the entry. */
export const checkProof = (text: string, entry: Uint8Array, trusted: VerifierKey): CheckedProof => {
  const end = text.indexOf('\n\n');
  const [first, ...rest] = text.slice(0, Math.max(end, 0)).split('\n');
  // Nobody signed the extra data: it says nothing here.
  const lines = rest[0]?.startsWith('extra ') ? rest.slice(1) : rest;
  const index = INDEX.exec(lines[0] ?? '')?.[1];
  const hashes = lines.slice(1).map((line) => Buffer.from(line, 'base64'));
  const spelled = hashes.every((hash, n) => hash.length === 32 && hash.toString('base64') === lines[n + 1]);
  if (first !== FIRST_LINE || index === undefined || hashes.length > MOST_HASHES || !spelled) {
    return bad('This is not a proof of a transparency log (c2sp.org/tlog-proof, version 1).');
  }
  const head = readTreeHead(text.slice(end + 2), trusted);
  if (!head) return bad('The checkpoint in it was not signed with this key.');
  const root = rootFromProof(Number(index), head.size, leafHash(entry), hashes);
  if (!root?.equals(head.root)) return bad('The checkpoint in it does not contain this entry.');
  return { kind: 'good', index: Number(index), head };
};
