/** The made-up Microsoft's keys: tokens signed for calls to the bot, and the bot's own tokens. */

import {
  createHmac,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  timingSafeEqual,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { z } from 'zod';
import { BOT, TENANT } from './directory.ts';

export const ISSUER = 'https://api.botframework.com';
/** Bot Connector's tokens are short-lived; the SDK allows five minutes of clock skew beyond it. */
const SERVICE_SECONDS = 300;
const BOT_SECONDS = 3600;

const claims = z.object({ aud: z.string(), appid: z.string(), exp: z.number() });

export interface Tokens {
  /** Makes a token for `POST /api/messages`; it names where the bot may answer. */
  service(serviceUrl: string): string;
  /** Makes the bot's token for the connector. */
  bot(): string;
  /** Tells whether it is a valid bearer token of ours for the connector. */
  isBots(token: string): boolean;
  jwks(): { keys: object[] };
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let pair: KeyPairKeyObjectResult | undefined;
/** Made once a process, and only when it is needed: it takes half a second, at times two. */
const keys = (): KeyPairKeyObjectResult => {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
};

const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

/** Tokens of an earlier start are no good: the key has another id then, and the secret is another. */
export const createTokens = (now: () => number): Tokens => {
  const kid = randomUUID();
  // Only this service reads the bot's tokens, so they need no pair of keys: a bot that nobody talks to in Teams makes none.
  const secret = randomBytes(32);
  const seconds = (): number => Math.floor(now() / 1000);
  const unsigned = (alg: string, payload: object, lifetime: number): string => {
    const at = seconds();
    const header = encoded({ alg, typ: 'JWT', kid });
    const body = encoded({ ...payload, iss: ISSUER, nbf: at - 5, iat: at, exp: at + lifetime, jti: randomUUID() });
    return `${header}.${body}`;
  };
  const sealed = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  return {
    service: (serviceUrl) => {
      const text = unsigned('RS256', { aud: BOT.clientId, serviceurl: serviceUrl }, SERVICE_SECONDS);
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), keys().privateKey).toString('base64url')}`;
    },
    bot: () => {
      const text = unsigned('HS256', { aud: ISSUER, appid: BOT.clientId, tid: TENANT.id }, BOT_SECONDS);
      return `${text}.${sealed(text).toString('base64url')}`;
    },
    isBots: (token) => {
      const [header = '', body = '', signature = ''] = token.split('.');
      const [ours, given] = [sealed(`${header}.${body}`), Buffer.from(signature, 'base64url')];
      if (given.length !== ours.length || !timingSafeEqual(given, ours)) return false;
      const parsed = claims.safeParse(decoded(body));
      return (
        parsed.success &&
        parsed.data.aud === ISSUER &&
        parsed.data.appid === BOT.clientId &&
        parsed.data.exp > seconds()
      );
    },
    jwks: () => ({ keys: [{ ...keys().publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] }),
  };
};
