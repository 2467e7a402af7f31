/** Tokens signed like Microsoft's for a bot, and the keys to check them with. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC } from '@microsoft/teams.api';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT_ID = '00000000-0000-4000-8000-0000000000bb';
export const TENANT_ID = '00000000-0000-4000-8000-0000000000aa';

export interface Issuer {
  /** Address of the keys, like a cloud's `openIdMetadataUrl`. */
  metadataUrl: string;
  /** Token for activities from this `serviceUrl`; valid for an hour, like Microsoft's. */
  token(serviceUrl: string): Promise<string>;
  stop(): void;
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig', alg: 'RS256' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [key] }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    metadataUrl: `http://127.0.0.1:${port}/v1/.well-known/openidconfiguration`,
    token: (serviceUrl) =>
      new SignJWT({ serviceurl: serviceUrl })
        .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
        .setIssuer(PUBLIC.tokenIssuer)
        .setAudience(CLIENT_ID)
        .setIssuedAt()
        .setNotBefore('-1m')
        .setExpirationTime('1h')
        .sign(privateKey),
    stop: () => void server.close(),
  };
}
