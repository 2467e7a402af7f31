/**
 * Encryption at rest: AES-256-GCM with one key per stream, each wrapped by the installation's 32-byte data key.
 * Sealed form, base64: 1 byte format (1), 12 bytes IV, 16 bytes tag, ciphertext.
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Json } from './event-store.ts';

const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** The place of a sealed text. It opens nowhere else, so a ciphertext moved to another row is refused. */
export type SealedFor =
  | { what: 'commit'; stream: string; version: number }
  | { what: 'snapshot'; stream: string; version: number }
  | { what: 'summary'; stream: string; version: number }
  | { what: 'draft'; stream: string; key: string }
  | { what: 'stream key'; stream: string }
  | { what: 'data key check' };

const bound = (place: SealedFor): Buffer => {
  switch (place.what) {
    case 'commit':
    case 'snapshot':
    case 'summary':
      return Buffer.from(JSON.stringify([place.what, place.stream, place.version]));
    case 'draft':
      return Buffer.from(JSON.stringify([place.what, place.stream, place.key]));
    case 'stream key':
      return Buffer.from(JSON.stringify([place.what, place.stream]));
    case 'data key check':
      return Buffer.from(JSON.stringify([place.what]));
    default: {
      const never: never = place;
      return never;
    }
  }
};

/** Random bytes, made in bulk and each used once: a whole page costs little more than twelve bytes. */
let unused = Buffer.alloc(0);
const fresh = (bytes: number): Buffer => {
  if (unused.length < bytes) unused = randomBytes(4096);
  const taken = unused.subarray(0, bytes);
  unused = unused.subarray(bytes);
  return taken;
};

/** 32 random bytes, base64. */
export const newSalt = (): string => fresh(32).toString('base64');

const sealBytes = (key: Buffer, plain: Buffer, place: SealedFor): string => {
  const iv = fresh(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body]).toString('base64');
};

/** Opens a sealed text, as its bytes in UTF-8. Throws like `openText`. */
export const openBytes = (key: Buffer, sealed: string, place: SealedFor): Buffer => {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < HEADER_BYTES || bytes[0] !== FORMAT) throw new Error('Not a sealed text of a known format.');
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound(place));
  decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, HEADER_BYTES));
  const plain = decipher.update(bytes.subarray(HEADER_BYTES));
  // Throws where the tag is another one. In this mode nothing is left to come.
  decipher.final();
  return plain;
};

export const newStreamKey = (): Buffer => randomBytes(32);

export const wrapStreamKey = (dataKey: Buffer, stream: string, key: Buffer): string =>
  sealBytes(dataKey, key, { what: 'stream key', stream });

/** Throws when the data key is another one or the wrapped key was changed. */
export const unwrapStreamKey = (dataKey: Buffer, stream: string, wrapped: string): Buffer =>
  openBytes(dataKey, wrapped, { what: 'stream key', stream });

export const sealText = (key: Buffer, plain: string, place: SealedFor): string =>
  sealBytes(key, Buffer.from(plain), place);

export const seal = (key: Buffer, value: unknown, place: SealedFor): string =>
  sealText(key, JSON.stringify(value), place);

/** Opens a sealed text. Throws when the key or the place is another one, or when a byte was changed. */
export const openText = (key: Buffer, sealed: string, place: SealedFor): string =>
  openBytes(key, sealed, place).toString('utf8');

/** Opens a sealed value. Throws like `openText`. */
export const open = (key: Buffer, sealed: string, place: SealedFor): Json =>
  JSON.parse(openText(key, sealed, place)) as Json;
