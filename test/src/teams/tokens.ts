/** Tokens signed like Microsoft's, with keys made here, and a server that serves the public ones. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { CLIENT_ID } from './bot-connector.ts';

export const ISSUER = 'https://api.botframework.com';
const KEY_ID = 'sample-key';

export interface Signing {
  /** For `withOverrides`. */
  openIdMetadataUrl: string;
  /** PEM of the public key. */
  publicPem: string;
  /** A token valid for an hour; `claims` set to undefined are left out. `foreign`: signed with another key. */
  sign(claims?: Record<string, unknown>, how?: { foreign?: boolean; kid?: string }): Promise<string>;
  close(): Promise<void>;
}

/** Made once for all bots of a test file: it takes a second. */
const makePairs = async () => ({
  ours: await generateKeyPair('RS256', { extractable: true }),
  others: await generateKeyPair('RS256'),
});
const pairs = makePairs();

export const startSigning = async (serviceUrl: () => string, now: () => Date): Promise<Signing> => {
  const { ours, others } = await pairs;
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  const server = createServer((req, res) => {
    const found = req.url === '/v1/.well-known/keys';
    res.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    openIdMetadataUrl: `http://127.0.0.1:${port}/v1/.well-known/openidconfiguration`,
    publicPem: await exportSPKI(ours.publicKey),
    sign: (claims = {}, { foreign = false, kid = KEY_ID } = {}) => {
      const seconds = Math.floor(now().getTime() / 1000);
      const payload: JWTPayload = {
        iss: ISSUER,
        aud: CLIENT_ID,
        // The SDK uses the machine's clock.
        nbf: Math.floor(Date.now() / 1000),
        exp: seconds + 3600,
        serviceurl: serviceUrl(),
      };
      const kept = Object.entries({ ...payload, ...claims }).filter(([, value]) => value !== undefined);
      return new SignJWT(Object.fromEntries(kept))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign((foreign ? others : ours).privateKey);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
