/** Checks requests beyond the SDK's own check of the token's signature, issuer, audience and `serviceurl`. */

import { z } from 'zod';
import { parsedUrl } from '../../flows/url.ts';
import type { Keys } from './keys.ts';
import type { TeamsMode } from './mode.ts';
import { envelope, type Envelope } from './payloads.ts';

export type Admitted =
  | { ok: true; envelope: Envelope }
  | { ok: false; status: 400 | 403; code: 'garbage' | 'service-url' | 'channel' | 'tenant' };

const BEARER = /^Bearer (([\w-]+)\.([\w-]+))\.([\w-]+)$/;
const header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(500) });
/** Seconds since 1970. */
const claims = z.object({ exp: z.number().positive() });

const decoded = (part: string | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
};

export type TokenFault = 'no-token' | 'bad-token' | 'expired' | 'no-keys';

/**
 * Returns what is wrong with the token before the SDK checks it; undefined: nothing. The SDK lets a token without `exp`
 * in, and an expired one for five more minutes. `no-keys`: nobody can say just now.
 */
export const tokenFault = async (authorization: unknown, now: Date, keys: Keys): Promise<TokenFault | undefined> => {
  if (typeof authorization !== 'string' || authorization === '') return 'no-token';
  const [, text = '', head, body, signature = ''] = BEARER.exec(authorization) ?? [];
  const { data: found } = header.safeParse(decoded(head));
  const { data: claimed } = claims.safeParse(decoded(body));
  if (!found || !claimed) return 'bad-token';
  if (now.getTime() / 1000 > claimed.exp) return 'expired';
  const signed = await keys.signed({ id: found.kid, text, signature });
  if (signed === 'unknown') return 'no-keys';
  return signed === 'yes' ? undefined : 'bad-token';
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Tells whether a host may be called: the bot sends its own token there, so it has to be one of Microsoft's. */
export const mayBeCalled = (serviceUrl: string, { serviceHosts, loopback }: TeamsMode): boolean => {
  const url = parsedUrl(serviceUrl);
  if (!url) return false;
  const { protocol, hostname, port, username, password, search, hash } = url;
  if (username + password + search + hash !== '' || !serviceHosts.includes(hostname)) return false;
  if (protocol === 'https:' && port === '') return true;
  return loopback === true && protocol === 'http:' && LOOPBACK.has(hostname);
};

const tenantsOf = ({ channelData, conversation }: Envelope): string[] =>
  [channelData?.tenant?.id, conversation.tenantId].flatMap((id) => (id ? [id.toLowerCase()] : []));

export const admit = (activity: unknown, mode: TeamsMode): Admitted => {
  const parsed = envelope.safeParse(activity);
  if (!parsed.success) return { ok: false, status: 400, code: 'garbage' };
  const { serviceUrl, channelId } = parsed.data;
  if (!serviceUrl || !mayBeCalled(serviceUrl, mode)) return { ok: false, status: 403, code: 'service-url' };
  if (channelId !== 'msteams') return { ok: false, status: 403, code: 'channel' };
  const tenants = tenantsOf(parsed.data);
  const allowed = new Set(mode.tenants.map((id) => id.toLowerCase()));
  if (tenants.length === 0 || new Set(tenants).size > 1 || !tenants.every((id) => allowed.has(id))) {
    return { ok: false, status: 403, code: 'tenant' };
  }
  return { ok: true, envelope: parsed.data };
};
