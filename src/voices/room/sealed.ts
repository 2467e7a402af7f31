/**
 * What the server can tell of a sealed text that it can't read: that it is one, how long it is, and to how many it is
 * sealed (https://age-encryption.org/v1). To whom, age does not say.
 */

import { MOST_WORDS } from './wire.ts';

/** A character takes four bytes at most. To each of so many, sealing adds 1.6 kB. */
const MOST_BYTES = MOST_WORDS * 4 + 64_000;

const HYBRID = /^-> mlkem768x25519 [A-Za-z0-9+/]{1400,1600}$/;

/** Header of a text that is sealed with a passphrase; the number is the base-2 logarithm of its cost. */
const WITH_PASSPHRASE = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 1[5-9]\n[A-Za-z0-9+/]{43}\n--- /;

const bytesOf = (base64: string, most: number): Buffer | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length > 0 && bytes.length <= most && bytes.toString('base64') === base64 ? bytes : undefined;
};

/** Returns the bytes of what is sealed to exactly so many hybrid keys, and to nothing else; undefined where it is not. */
export const sealedBytes = (base64: string, recipients: number): Buffer | undefined => {
  const bytes = bytesOf(base64, MOST_BYTES);
  if (!bytes) return undefined;
  const [version, ...lines] = bytes
    .subarray(0, bytes.indexOf('\n--- ') + 1)
    .toString('latin1')
    .trimEnd()
    .split('\n');
  const stanzas = lines.filter((line) => line.startsWith('-> '));
  return version === 'age-encryption.org/v1' &&
    lines.length === recipients * 2 &&
    stanzas.length === recipients &&
    stanzas.every((line) => HYBRID.test(line))
    ? bytes
    : undefined;
};

/** Tells whether that is a private key that was sealed with a passphrase. */
export const isWrapped = (base64: string): boolean => {
  const bytes = bytesOf(base64, 600);
  return bytes !== undefined && WITH_PASSPHRASE.test(bytes.toString('latin1'));
};
