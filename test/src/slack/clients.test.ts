/** What a log says of Slack's Web API when no answer comes: why, and nothing of what was asked. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createClient } from '../../../src/slack/clients.ts';
import { memoryLogger } from './bot.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
});

const listen = async (made: Server): Promise<string> => {
  server = made;
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/`;
};

const saidOf = async (apiUrl: string): Promise<unknown[]> => {
  const logger = memoryLogger();
  const client = createClient({ token: 'xoxb-secret', apiUrl, timeoutMs: 200, logger });
  await expect(client.chat.postMessage({ channel: 'C1', text: 'Canary' })).rejects.toMatchObject({
    code: 'slack_webapi_request_error',
  });
  return logger.lines.map(({ event, fields }) => [event, fields]);
};

it('says that nobody listened', async () => {
  const url = await listen(createServer());
  await new Promise((closed) => server?.close(closed));
  server = undefined;
  expect(await saidOf(url)).toEqual([['slack.sdk', { code: 'ECONNREFUSED' }]]);
});

it('says that the connection was cut', async () => {
  const url = await listen(createServer((request) => void request.socket.destroy()));
  expect(await saidOf(url)).toEqual([['slack.sdk', { code: 'UND_ERR_SOCKET' }]]);
});

it('says that it took too long', async () => {
  const url = await listen(createServer(() => {}));
  expect(await saidOf(url)).toEqual([['slack.sdk', { code: 'TimeoutError' }]]);
});
