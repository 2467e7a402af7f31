/** Whoever opens connections and says nothing. */

import { once } from 'node:events';
import { get } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { makeHttpServer } from '../../../src/web/http-server.ts';

it('refuses connections beyond its limit, and serves again once some have gone', async () => {
  const { app, server, refuse, endConnections } = makeHttpServer(3);
  app.get('/', (_req, res) => void res.send('here'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const silent: Socket[] = [];
  for (let n = 0; n < 3; n += 1) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    silent.push(socket);
  }
  // Its agent keeps no connection.
  const answer = (): Promise<string> =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false }, (res) => void text(res).then(resolve, reject)).on('error', reject);
    });
  await expect.poll(() => answer().catch(() => 'refused')).toBe('refused');
  silent[0]?.destroy();
  await expect.poll(() => answer().catch(() => 'refused')).toBe('here');
  const closed = refuse();
  for (const socket of silent) socket.destroy();
  endConnections();
  await closed;
});
