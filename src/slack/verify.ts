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

export const verifyRequest = (
  secret: string,
  headers: { timestamp: unknown; signature: unknown },
  body: Buffer,
  now: Date,
): Verdict => {
  const { timestamp, signature } = headers;
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp)) {
    return { ok: false, code: 'unsigned' };
  }
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (age > OLDEST_S) return { ok: false, code: 'stale' };
  if (age < -NEWEST_S) return { ok: false, code: 'future' };
  const expected = signatureOf(secret, timestamp, body);
  return equal(expected, signature) ? { ok: true, key: `slack:${expected}` } : { ok: false, code: 'forged' };
};
