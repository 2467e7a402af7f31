import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { mountAlive, mountReadiness, type Readiness } from '../../../src/web/health.ts';
import { StoreFault } from '../../../store/event-store.ts';

const ask = async (path: string, more: Partial<Readiness> = {}): Promise<[number, unknown]> => {
  const app = express();
  mountAlive(app);
  mountReadiness(app, { on: ['slack'], store: async () => {}, chats: () => [], ...more });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const body: unknown = await response.json();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return [response.status, body];
};
const locked = () => Promise.reject(new StoreFault('SQLITE_BUSY', 'not done', 'Locked: /somewhere/private.'));
const gone = () => Promise.reject(new Error('locked'));

it('lives, whatever else is the matter', async () => {
  expect(await ask('/healthz', { store: gone, chats: () => ['Down.'] })).toEqual([200, { status: 'ok' }]);
});

it.each([
  ['the store does not answer', { store: gone }, 'The store does not answer.'],
  ['the store says why', { store: locked }, 'The store does not answer (SQLITE_BUSY).'],
  ['the store hangs', { store: () => new Promise<void>(() => {}) }, 'The store does not answer (timeout).'],
  ['a chat is not connected', { chats: () => ['Slack is down.'] }, 'Slack is down.'],
  ['neither chat is connected', { chats: () => ['Slack is down.', 'Teams too.'] }, 'Slack is down. Teams too.'],
])('is not ready while %s', async (_, more, why) => {
  expect(await ask('/readyz', more)).toEqual([503, { status: 'not ready', why, on: ['slack'] }]);
});

it('is ready, and counts the notices that were given up', async () => {
  expect(await ask('/readyz')).toEqual([200, { status: 'ready', on: ['slack'] }]);
  expect(await ask('/readyz', { failedNotices: async () => 3 })).toEqual([
    200,
    { status: 'ready', on: ['slack'], failedNotices: 3 },
  ]);
  expect(await ask('/readyz', { signatures: () => ['Votes wait.', 'Set it.'] })).toEqual([
    200,
    { status: 'ready', on: ['slack'], signatures: 'Votes wait. Set it.' },
  ]);
  expect(await ask('/readyz', { signatures: () => [] })).toEqual([200, { status: 'ready', on: ['slack'] }]);
  expect(await ask('/readyz', { failedNotices: gone })).toEqual([200, { status: 'ready', on: ['slack'] }]);
});
