/**
 * A receipt: 30 digits that open a case again for whoever reported it (items C9 and C10 of the Guidance). 28 of them are
 * the secret, 93 bits; the last two find a typing error (ISO 7064, MOD 97-10). Digits are the same in every language.
 */

import anyAscii from 'any-ascii';

/** Thirty ASCII digits whose check is right. */
export type Receipt = string & { readonly isReceipt: true };

const SECRET_DIGITS = 28;
const DIGITS = SECRET_DIGITS + 2;
const GROUP = 5;

/** The bytes that `receiptFrom` takes: so many that no digit is likelier than another by more than one part in 2^35. */
export const RECEIPT_BYTES = 16;

const remainder = (digits: string): number => Number(BigInt(digits) % 97n);

const isRight = (digits: string): digits is Receipt => remainder(digits) === 1;

/** Makes a receipt of random bytes. Throws where there are fewer than RECEIPT_BYTES. */
export const receiptFrom = (bytes: Uint8Array): Receipt => {
  if (bytes.length < RECEIPT_BYTES) throw new RangeError(`A receipt takes ${RECEIPT_BYTES} random bytes.`);
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  const secret = String(number % 10n ** BigInt(SECRET_DIGITS)).padStart(SECRET_DIGITS, '0');
  const digits = `${secret}${String(98 - remainder(`${secret}00`)).padStart(2, '0')}`;
  if (!isRight(digits)) throw new Error('The check of a receipt was computed wrong.');
  return digits;
};

/** The receipt as people write it down: six groups of five digits. */
export const spokenReceipt = (receipt: Receipt): string =>
  (receipt.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join(' ');

/** What is wrong with digits that were typed: their number, or one or two of them. */
export type ReceiptProblem = { problem: 'length'; digits: number } | { problem: 'check' };

/** Reads what somebody typed: with blanks, dashes or without, in the digits of any script. */
export const readReceipt = (typed: string): Receipt | ReceiptProblem => {
  const digits = anyAscii(typed.slice(0, 400)).replaceAll(/\D/g, '');
  if (digits.length !== DIGITS) return { problem: 'length', digits: digits.length };
  return isRight(digits) ? digits : { problem: 'check' };
};
