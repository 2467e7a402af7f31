import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { closingOf } from '../../../src/web/closing.ts';

it('a server that closes answers who is in, for the last time on that connection, and refuses who comes', async () => {
  const waiting: ServerResponse[] = [];
  const server = createServer((_req, res) => void waiting.push(res));
  const closing = closingOf(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const inHand = fetch(url);
  await expect.poll(() => waiting.length).toBe(1);
  let closed = false;
  const done = closing.close().then(() => (closed = true));
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect(closed).toBe(false);
  waiting[0]?.end('answered');
  const response = await inHand;
  expect([await response.text(), response.headers.get('connection')]).toEqual(['answered', 'close']);
  await done;
  await closing.close();
});
