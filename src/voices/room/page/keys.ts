/** The handler's private key: made and opened in this browser, and sent only under its passphrase. */

import { Decrypter, Encrypter, generateHybridIdentity } from 'age-encryption';
import { recipientOf, type Identity, type Recipient } from '../../sealing.ts';

/** Base-2 logarithm of scrypt's cost: a second or two, and 256 MB. */
const COST = 18;

/** The same however a keyboard composes letters, and however many blanks stand between words. */
const typed = (passphrase: string): string => passphrase.normalize('NFKC').trim().replace(/\s+/g, ' ');

/** Tells whether it is long enough: four words of three letters or more, or sixteen characters. */
export const isLongEnough = (passphrase: string): boolean => {
  const text = typed(passphrase);
  return [...text].length >= 16 || text.split(' ').filter((word) => [...word].length >= 3).length >= 4;
};

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** For long texts: no call takes a hundred thousand arguments. */
export const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3 * 4096) text += base64(bytes.subarray(at, at + 3 * 4096));
  return text;
};

export const makeKey = async (passphrase: string): Promise<{ recipient: Recipient; wrapped: string }> => {
  const identity = await generateHybridIdentity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(typed(passphrase));
  encrypter.setScryptWorkFactor(COST);
  return { recipient: await recipientOf(identity), wrapped: base64Of(await encrypter.encrypt(identity)) };
};

/** Undefined where it is another passphrase. */
export const openKey = async (wrapped: string, passphrase: string): Promise<Identity | undefined> => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(typed(passphrase));
  try {
    return await decrypter.decrypt(bytesOf(wrapped), 'text');
  } catch {
    return undefined;
  }
};
