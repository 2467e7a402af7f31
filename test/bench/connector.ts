/** As much of the Bot Connector as a bot under load needs: everybody is a member, everything can be posted. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Connector {
  /** The `serviceUrl` of activities. */
  url: string;
  /** Messages posted and updated so far. */
  messages(): number;
  stop(): void;
}

/** `silent`: never answers requests that send a message, so a bot waits with all of them and only takes requests. */
export async function startConnector(account: string, { silent = false } = {}): Promise<Connector> {
  let messages = 0;
  let made = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const path = request.url ?? '';
      response.setHeader('content-type', 'application/json');
      if (path.includes('/members/')) {
        const [, user = ''] = /\/members\/([^/?]+)/.exec(path) ?? [];
        const known = { aadObjectId: account, name: 'Sample Rep', userRole: 'user', email: 'rep@sample.example' };
        response.end(JSON.stringify({ id: decodeURIComponent(user), userPrincipalName: known.email, ...known }));
        return;
      }
      if (path.includes('/activities')) {
        if (silent) return;
        messages += 1;
      }
      made += 1;
      response.statusCode = 201;
      response.end(JSON.stringify({ id: `bench-${made}` }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    messages: () => messages,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
