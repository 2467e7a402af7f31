/**
 * Sealing to people, with age (https://age-encryption.org/v1), in its hybrid form: what is stored today cannot be read by
 * a quantum computer of later either. Whoever seals can't read it again.
 */

import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { padded, unpadded } from '../../flows/voices/padding.ts';

/** A public key to seal to: `age1pq1…`. */
export type Recipient = string;

/** A private key that opens: `AGE-SECRET-KEY-PQ-1…`. Never stored, never logged. */
export type Identity = string;

/** Seals what JSON can hold. Throws where there is nobody to seal to, or a recipient is none. */
export const seal = async (value: unknown, recipients: readonly Recipient[]): Promise<Uint8Array> => {
  if (recipients.length === 0) throw new Error('There is nobody to seal to.');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(padded(JSON.stringify(value)));
};

/** Opens what was sealed to that identity. Throws where it was not, or where a byte of it is another. */
export const open = async (sealed: Uint8Array, identity: Identity): Promise<unknown> => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(unpadded(await decrypter.decrypt(sealed, 'uint8array'))) as unknown;
};

/** The key of one sealed text alone, base64: who has it opens that text, and nothing else. */
export type FileKey = string;

/** Returns the key of a sealed text that the identity opens. Throws where it does not. */
export const fileKeyOf = async (sealed: Uint8Array, identity: Identity): Promise<FileKey> => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return btoa(String.fromCharCode(...(await decrypter.decryptHeader(sealed))));
};

/** Opens a sealed text by its own key. Throws where it is another one's, or where a byte of the text is another. */
export const openBy = async (sealed: Uint8Array, key: FileKey): Promise<unknown> => {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => Uint8Array.from(atob(key), (char) => char.charCodeAt(0)) });
  return JSON.parse(unpadded(await decrypter.decrypt(sealed, 'uint8array'))) as unknown;
};

export const isRecipient = (text: string): boolean => {
  if (!text.startsWith('age1pq1')) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
};

export const recipientOf = (identity: Identity): Promise<Recipient> => identityToRecipient(identity);
