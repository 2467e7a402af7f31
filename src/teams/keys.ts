/**
 * Checks Microsoft's signature of a token before the SDK does: the SDK fetches the keys again for every unknown key id,
 * and anybody can make one up.
 */

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** `unknown`: the keys could not be fetched. */
export type SignedToken = 'yes' | 'no' | 'unknown';

export interface Keys {
  /** `id` of the key, the signed `text` (header and claims, with the dot), `signature` in base64url. Never throws. */
  signed(token: { id: string; text: string; signature: string }): Promise<SignedToken>;
}

export interface KeysOptions {
  /** The cloud's address. */
  openIdMetadataUrl: string;
  clock: () => Date;
}

/** At most ten fetches a minute, whatever arrives. */
const PACE_MS = 6000;
/** Deadline of one try. Teams itself waits 15 s. */
const DEADLINE_MS = 5000;

/** https://www.rfc-editor.org/rfc/rfc7517 */
const rsa = z.object({ kid: z.string().min(1), kty: z.literal('RSA'), n: z.string(), e: z.string() });
const document = z.object({ keys: z.array(z.unknown()) });

const keyOf = ({ kty, n, e }: z.infer<typeof rsa>): KeyObject[] => {
  try {
    return [createPublicKey({ format: 'jwk', key: { kty, n, e } })];
  } catch {
    return [];
  }
};

/** Fetches the keys. Throws for an answer that is no list of keys. */
const fetchKeys = async (url: string): Promise<Map<string, KeyObject>> => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const keys = document.parse(await answer.json()).keys.flatMap((found): [string, KeyObject][] => {
    const { data } = rsa.safeParse(found);
    return data ? keyOf(data).map((key) => [data.kid, key]) : [];
  });
  if (keys.length === 0) throw new Error('answered without keys');
  return new Map(keys);
};

export const createKeys = ({ openIdMetadataUrl, clock }: KeysOptions): Keys => {
  // Derived as in the SDK.
  const url = openIdMetadataUrl.replace(/\/openidconfiguration$/, '/keys');
  let known = new Map<string, KeyObject>();
  /** The latest try's result, shared by everybody who asked meanwhile or soon after. */
  let tried: { at: number; had: Promise<boolean> } | undefined;

  const refresh = (): Promise<boolean> => {
    const now = clock().getTime();
    if (tried && now - tried.at < PACE_MS) return tried.had;
    const had = fetchKeys(url).then(
      (keys) => {
        known = keys;
        return true;
      },
      () => false,
    );
    tried = { at: now, had };
    return had;
  };

  return {
    signed: async ({ id, text, signature }) => {
      // A key that Microsoft revoked stays here until the next try; the SDK has a list of its own, ten minutes old.
      if (!known.has(id) && !(await refresh())) return 'unknown';
      const key = known.get(id);
      if (!key) return 'no';
      return verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64url')) ? 'yes' : 'no';
    },
  };
};
