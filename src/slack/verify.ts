/** Tells whether a request is Slack's, and new. https://docs.slack.dev/authentication/verifying-requests-from-slack */

import { createHmac, timingSafeEqual } from 'node:crypto';

const OLDEST_S = 300;
/** Bolt lets an hour pass. Clocks of two servers differ by less than this. */
const NEWEST_S = 5;

export type Verdict =
  /** `key` names exactly this request: it is computed here, so nobody can vary it. */
  { ok: true; key: string } | { ok: false; code: 'unsigned' | 'stale' | 'future' | 'forged' };

export const signatureOf = (secret: string, timestamp: string, body: Buffer | string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export interface SignatureHeaders {
  timestamp: unknown;
  signature: unknown;
}

/** Returns what the headers alone give away; undefined: the body decides. Nothing has to be read for it. */
export const headerFault = (
  { timestamp, signature }: SignatureHeaders,
  now: Date,
): 'unsigned' | 'stale' | 'future' | undefined => {
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return 'unsigned';
  if (!/^\d{1,12}$/.test(timestamp) || signature === '') return 'unsigned';
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (age > OLDEST_S) return 'stale';
  return age < -NEWEST_S ? 'future' : undefined;
};

export const verifyRequest = (secret: string, headers: SignatureHeaders, body: Buffer, now: Date): Verdict => {
  const code = headerFault(headers, now);
  if (code) return { ok: false, code };
  const expected = signatureOf(secret, String(headers.timestamp), body);
  return equal(expected, String(headers.signature))
    ? { ok: true, key: `slack:${expected}` }
    : { ok: false, code: 'forged' };
};
