/**
 * A signed receipt: proves later that a report existed on a day, and which words it had, to whom its author shows both.
 * The company can't tell from it who that is, and can't deny it: it holds a commitment that only the author can open.
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { Day } from '../../flows/voices/days.ts';

const TITLE = 'clearthread voices receipt 1';

/** Ends of lines and blanks around it are no part of the words: browsers and editors change them. */
const wordsOf = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim();

const commitmentOf = (salt: string, text: string): string =>
  createHash('sha256')
    .update(`${salt}\n${wordsOf(text)}`)
    .digest('hex');

const statement = (day: Day, commitment: string): Buffer => Buffer.from(`${TITLE}\n${day}\n${commitment}\n`);

/** PKCS #8 of a new Ed25519 key. */
export const newReceiptKey = (): Buffer =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });

/** The public half as people compare it: SHA-256 of it, hex. */
export const receiptKeyPrint = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');

const publicOf = (key: Buffer): string =>
  createPublicKey(createPrivateKey({ key, type: 'pkcs8', format: 'der' }))
    .export({ type: 'spki', format: 'der' })
    .toString('base64url');

export const signedReceipt = (key: Buffer, { day, text }: { day: Day; text: string }): string => {
  const salt = randomBytes(16).toString('hex');
  const commitment = commitmentOf(salt, text);
  const signature = sign(null, statement(day, commitment), createPrivateKey({ key, type: 'pkcs8', format: 'der' }));
  return [
    TITLE,
    `day: ${day}`,
    `commitment: ${commitment}`,
    `salt: ${salt}`,
    `key: ${publicOf(key)}`,
    `signature: ${signature.toString('base64url')}`,
  ].join('\n');
};

const SHAPE =
  /clearthread voices receipt 1\s+day: (\d{4}-\d{2}-\d{2})\s+commitment: ([0-9a-f]{64})\s+salt: ([0-9a-f]{32})\s+key: ([\w-]+)\s+signature: ([\w-]+)/;

export type ReceiptCheck =
  | { is: 'unreadable' }
  /** The signature is not of the key that it names. */
  | { is: 'forged' }
  /** `print`: of the key that signed, to compare with the company's. `words`: undefined where none were given. */
  | { is: 'signed'; day: Day; print: string; words: boolean | undefined };

/** `text`: the words that it is said to be of; undefined: only the signature is looked at. */
export const checkSignedReceipt = (receipt: string, text: string | undefined): ReceiptCheck => {
  const [, day = '', commitment = '', salt = '', publicKey = '', signature = ''] =
    SHAPE.exec(receipt.replaceAll(/\r\n?/g, '\n')) ?? [];
  if (day === '') return { is: 'unreadable' };
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType !== 'ed25519') return { is: 'forged' };
    if (!verify(null, statement(day, commitment), key, Buffer.from(signature, 'base64url'))) return { is: 'forged' };
  } catch {
    return { is: 'forged' };
  }
  const words = text === undefined ? undefined : commitmentOf(salt, text) === commitment;
  return { is: 'signed', day, print: receiptKeyPrint(publicKey), words };
};

/** The print of the installation's own key. */
export const ownPrint = (key: Buffer): string => receiptKeyPrint(publicOf(key));
