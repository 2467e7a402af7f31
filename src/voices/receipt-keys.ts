/**
 * What a receipt opens: one scrypt makes of its digits the number under which the case is found and the key to which
 * answers are sealed. The store holds neither.
 */

import { createHash, createHmac, scrypt } from 'node:crypto';
import { bech32 } from '@scure/base';
import type { Receipt } from '../../flows/voices/receipt.ts';
import { recipientOf, type Identity, type Recipient } from './sealing.ts';
import { createTurns } from './turns.ts';

export interface ReceiptKeys {
  /** Hex; finds the case. A hash of what the receipt gives, so that the store helps nobody to guess. */
  lookup: string;
  identity: Identity;
  recipient: Recipient;
  /** Hex; the same for the same text, and of no use without the receipt: a text that was sent twice is kept once. */
  markOf(text: string): string;
}

/** 64 MB and some tenths of a second each: with 93 bits of chance in the receipt, guessing is hopeless without any limit. */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 80 * 2 ** 20 };

/** So many at once, so that a crowd takes no more than 128 MB. */
const AT_ONCE = 2;

/** So many may wait: with two at once, half a minute. */
const MOST_WAITING = 200;

const derive = (receipt: Receipt, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(receipt, salt, 96, COST, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });

const keysOf = async (bytes: Buffer): Promise<ReceiptKeys> => {
  const lookup = createHash('sha256').update('clearthread voices lookup').update(bytes.subarray(0, 32)).digest('hex');
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', bytes.subarray(32, 64)).toUpperCase();
  const markOf = (text: string): string => createHmac('sha256', bytes.subarray(64)).update(text).digest('hex');
  return { lookup, identity, recipient: await recipientOf(identity), markOf };
};

export type KeysOfReceipt = (receipt: Receipt) => Promise<ReceiptKeys>;

/** `salt`: the installation's own. Rejects with Crowded where too many wait. */
export const createReceiptKeys = (salt: Uint8Array): KeysOfReceipt => {
  const inTurn = createTurns(AT_ONCE, MOST_WAITING);
  return (receipt) => inTurn(async () => keysOf(await derive(receipt, salt)));
};
