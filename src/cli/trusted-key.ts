/** The key whose signatures a command trusts, in either form in which people pass it on. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import { publicKeyOf } from '../../store/checkpoint.ts';
import { readVerifierKey, verifierKeyOf, type VerifierKey } from '../../store/log/note.ts';

export interface TrustedKey {
  /** Base64 SPKI DER, as the first form of checkpoints names it. */
  spki: string;
  /** The key as a verifier of that log; undefined where it is the key of another one, or no key. */
  of(origin: string): VerifierKey | undefined;
}

const ofLog =
  (key: KeyObject) =>
  (origin: string): VerifierKey | undefined =>
    readVerifierKey(verifierKeyOf(origin, key));

const publicKeyIn = (text: string): KeyObject | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
};

/** Reads `name+hash+base64` or base64 SPKI DER. */
export const trustedKeyIn = (text: string): TrustedKey => {
  const named = readVerifierKey(text);
  if (named) return { spki: publicKeyOf(named.key), of: (origin) => (origin === named.name ? named : undefined) };
  const key = publicKeyIn(text);
  return { spki: text, of: key ? ofLog(key) : () => undefined };
};

/** `key`: the private half, of the data folder or the environment. */
export const ownKey = (key: KeyObject): TrustedKey => ({ spki: publicKeyOf(key), of: ofLog(key) });
