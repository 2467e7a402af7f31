/** The driver waits for good where a connection breaks at the moment at which it writes: a monitor that waits so sees no server. */

import { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { startMongoDouble, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';

let double: MongoDouble;
let database: MongoDatabase;
let store: EventStore;
const begin = async (options = ''): Promise<void> => {
  double = await startMongoDouble();
  database = mongoDatabase({ uri: (name) => `${double.address}/${name}${options}` });
  store = await database.open({ answerMs: 2000 });
};
afterEach(async () => {
  vi.restoreAllMocks();
  await database.remove();
  await double.close();
});

/** The next thing that is written to the database meets an end that its socket knows of, and nobody else yet. */
const breaksOnce = (): (() => boolean) => {
  const port = Number(new URL(double.address).port);
  const real = Socket.prototype.write;
  let isBroken = false;
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...given: unknown[]) {
    if (isBroken || this.remotePort !== port) return (real as (...all: unknown[]) => boolean).apply(this, given);
    isBroken = true;
    this.destroy();
    return (real as (...all: unknown[]) => boolean).apply(this, given);
  } as typeof real);
  return () => isBroken;
};
const answers = (): Promise<string> =>
  store.ping().then(
    () => 'ready',
    (error: { code: string }) => error.code,
  );

it.each([
  ['', ''],
  [', also where callers are answered before the driver gives up', '?serverSelectionTimeoutMS=5000'],
])('is begun anew, so that a bot finds the database again without a restart%s', async (_, options) => {
  await begin(options);
  expect(await answers()).toBe('ready');
  await double.goAway();
  expect(await answers()).toMatch(/unreachable|network|timeout/);
  const isBroken = breaksOnce();
  await double.comeBack();
  await expect.poll(answers, { timeout: 60_000 }).toBe('ready');
  expect(isBroken()).toBe(true);
});
