/**
 * Checkpoints of the first form, which are still verified: signed heads of all streams. Kept outside the database, one
 * shows later whether anything was cut off, removed or rewritten since. The signature is Ed25519 over the canonical JSON
 * of all other members. Those of today are of the log; see `log/tree-head.ts`.
 */

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonical } from './canonical.ts';
import { sha256 } from './chain.ts';
import type { Head } from './event-store.ts';

const FORMAT = 'clearthread-checkpoint-1';
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** The last letter of base64 has bits that decoding drops: only the spelling that encoding gives is accepted. */
const base64 = z.string().refine((text) => Buffer.from(text, 'base64').toString('base64') === text);

const checkpointShape = z.strictObject({
  format: z.literal(FORMAT),
  at: z.iso.datetime(),
  heads: z.array(z.strictObject({ stream: z.string().min(1), version: z.int().positive(), hash })),
  /** Hex SHA-256 over the heads: short enough to post, print or read aloud. */
  root: hash,
  /** Base64 SPKI DER. */
  publicKey: base64,
  signature: base64,
});

export type Checkpoint = z.infer<typeof checkpointShape>;

export type ReadCheckpoint =
  | { kind: 'good'; checkpoint: Checkpoint }
  /** `problem` is a sentence for the person who gave the file. */
  | { kind: 'bad'; problem: string };

const sorted = (heads: readonly Head[]): Head[] =>
  heads
    .map(({ stream, version, hash: head }) => ({ stream, version, hash: head }))
    .toSorted((a, b) => (a.stream < b.stream ? -1 : 1));

/** Hex SHA-256 over the heads of all streams. */
const rootOf = (heads: readonly Head[]): string => sha256(`clearthread heads 1\n${canonical(sorted(heads))}`);

const covered = ({ format, at, heads, root, publicKey }: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(canonical({ format, at, heads, root, publicKey }));

/** Returns a public key, or the public half of a key pair, as base64 SPKI DER: the key that `readCheckpoint` trusts. */
export const publicKeyOf = (key: KeyObject): string =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).toString('base64');

const signed = (checkpoint: Checkpoint): boolean => {
  try {
    const der = Buffer.from(checkpoint.publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const signature = Buffer.from(checkpoint.signature, 'base64');
    return key.asymmetricKeyType === 'ed25519' && verify(null, covered(checkpoint), key, signature);
  } catch {
    return false;
  }
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/**
 * Parses and verifies the text of a checkpoint. Without `trustedPublicKey` (base64 SPKI DER) a good signature only
 * says that the file is whole: anybody can sign another one with a key of their own.
 */
export const readCheckpoint = (json: string, trustedPublicKey?: string): ReadCheckpoint => {
  const bad = (problem: string): ReadCheckpoint => ({ kind: 'bad', problem });
  const parsed = checkpointShape.safeParse(parse(json));
  if (!parsed.success) return bad('This is not a checkpoint that Clearthread wrote.');
  const checkpoint = parsed.data;
  if (!signed(checkpoint)) return bad('The signature does not fit: the checkpoint was changed after it was signed.');
  if (trustedPublicKey !== undefined && checkpoint.publicKey !== trustedPublicKey) {
    return bad('The checkpoint was signed with another key than the one you trust.');
  }
  const streams = new Set(checkpoint.heads.map((head) => head.stream));
  if (streams.size !== checkpoint.heads.length || rootOf(checkpoint.heads) !== checkpoint.root) {
    return bad('The heads in the checkpoint do not fit its root hash.');
  }
  return { kind: 'good', checkpoint };
};
