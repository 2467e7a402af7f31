/**
 * Signed notes (c2sp.org/signed-note): text, an empty line, and a line per signature. Ed25519 only. Others may have
 * signed the same note, such as witnesses: their lines are kept and ignored.
 */

import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** Above what a checkpoint with sixteen large signatures needs. */
const MOST_BYTES = 100_000;
const ED25519 = Buffer.of(1);
/** What stands before the 32 bytes of an Ed25519 key in SPKI DER. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** No spaces, no plus: both end a name where notes and keys are written. */
const NAME = /^[^\s+]+$/u;

const idOf = (name: string, key: Uint8Array): Buffer =>
  createHash('sha256').update(`${name}\n`).update(ED25519).update(key).digest().subarray(0, 4);

/** Base64 in the one spelling that encoding gives; undefined for any other. */
const decoded = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

const rawKeyOf = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);

/** A verifier's key as others write it: `name+hash+base64`. `key` is an Ed25519 key, private or public. */
export const verifierKeyOf = (name: string, key: KeyObject): string => {
  const raw = rawKeyOf(key);
  return `${name}+${idOf(name, raw).toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`;
};

export interface VerifierKey {
  name: string;
  id: Buffer;
  key: KeyObject;
}

/** Reads `name+hash+base64`; undefined where it is not the key of a name that it says it is. */
export const readVerifierKey = (text: string): VerifierKey | undefined => {
  const [, name = '', hash, encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  const bytes = decoded(encoded);
  if (!NAME.test(name) || bytes?.length !== 33 || bytes[0] !== ED25519[0]) return undefined;
  const raw = bytes.subarray(1);
  const id = idOf(name, raw);
  if (id.toString('hex') !== hash) return undefined;
  return { name, id, key: createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' }) };
};

/** Signs a text that ends in a line feed. `key` is an Ed25519 private key. Throws RangeError where it is no note. */
export const signedNote = (text: string, name: string, key: KeyObject): string => {
  if (!NAME.test(name) || !text.endsWith('\n')) throw new RangeError('This can not be signed as a note.');
  const signature = Buffer.concat([idOf(name, rawKeyOf(key)), sign(null, Buffer.from(text), key)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
};

/** Control characters below U+0020 other than line feed. */
const hasControls = (text: string): boolean => /[\u0000-\u0009\u000b-\u001f]/u.test(text);

/**
 * Returns the text of a note that the key signed; undefined where it did not, where a signature under its name is
 * wrong, or where this is no note.
 */
export const openNote = (note: string, trusted: VerifierKey): string | undefined => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || note.length > MOST_BYTES || !note.endsWith('\n') || hasControls(note)) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  let signedIt = false;
  for (const line of lines) {
    const [, name, encoded = ''] = /^— ([^\s+]+) ([^\s]+)$/u.exec(line) ?? [];
    const bytes = decoded(encoded);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    if (name !== trusted.name || !bytes.subarray(0, 4).equals(trusted.id)) continue;
    if (!verify(null, Buffer.from(text), trusted.key, bytes.subarray(4))) return undefined;
    signedIt = true;
  }
  return signedIt ? text : undefined;
};
