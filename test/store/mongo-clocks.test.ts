/** Bots whose clocks differ, on one database: leases, sweeps and turns go by the server's clock. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { startMongoDouble, type MongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase, type MongoDatabase } from '../support/mongo.ts';
import { fact, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

let double: MongoDouble;
let database: MongoDatabase;
beforeAll(async () => {
  double = await startMongoDouble();
});
afterAll(() => double.close());
beforeEach(() => {
  database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
});
afterEach(async () => {
  double.clock = () => new Date();
  double.fate = () => undefined;
  await database.remove();
});

interface Bot {
  store: EventStore;
  /** By its own clock. */
  in: (ms: number) => string;
}

const botAt = async (aheadMs: number, cut?: () => void): Promise<Bot> => {
  const clock = (ms: number): string => new Date(Date.now() + aheadMs + ms).toISOString();
  const store = await database.open({ now: () => clock(0), measure: true, ...(cut ? { cut } : {}) });
  return { store, in: clock };
};

const LEASE_MS = 25_000;
const SECOND = [{ everyMs: 1000, burst: 1 }];

describe.each([
  ['ahead', 90_000],
  ['behind', -90_000],
])('a bot whose clock is 90 s %s', (_, offMs) => {
  it('claims no fresh lease of another, and no other claims its own', async () => {
    const [right, wrong] = [await botAt(0), await botAt(offMs)];
    await write(right.store, 'D-1', [fact('a-1', 'a')]);
    expect(await right.store.claim(right.in(0), LEASE_MS, 10)).toHaveLength(1);
    expect(await wrong.store.claim(wrong.in(0), LEASE_MS, 10)).toEqual([]);
    await write(wrong.store, 'D-2', [fact('b-1', 'b')]);
    expect(await wrong.store.claim(wrong.in(0), LEASE_MS, 10)).toMatchObject([{ id: 'b-1' }]);
    expect(await right.store.claim(right.in(0), LEASE_MS, 10)).toEqual([]);
    // When a lease is over, it is over for both.
    const over = (bot: Bot) => bot.store.claim(bot.in(LEASE_MS + 1000), LEASE_MS, 1);
    expect(await over(wrong)).toHaveLength(1);
    expect(await over(right)).toHaveLength(1);
  });

  it('tries again when it says, and sleeps until then by its own clock', async () => {
    const [right, wrong] = [await botAt(0), await botAt(offMs)];
    await write(right.store, 'D-1', [fact('a-1', 'a')]);
    await wrong.store.claim(wrong.in(0), LEASE_MS, 10);
    const asked = wrong.in(60_000);
    await wrong.store.retry('a-1', asked, 'slow', 0);
    const sleeps = Date.parse((await wrong.store.nextReady()) ?? '') - Date.parse(asked);
    expect(Math.abs(sleeps)).toBeLessThan(1000);
    expect(Math.abs(Date.parse((await right.store.nextReady()) ?? '') - Date.parse(right.in(60_000)))).toBeLessThan(
      2000,
    );
    expect(await right.store.claim(right.in(50_000), LEASE_MS, 10)).toEqual([]);
    expect((await wrong.store.outboxBacklog(wrong.in(50_000))).readySince).toBeNull();
    expect(await right.store.claim(right.in(61_000), LEASE_MS, 10)).toHaveLength(1);
    expect(await wrong.store.again('a-1', wrong.in(62_000))).toBe('being sent');
  });

  it('leaves a commit to its writer, and a turn to whoever took it', async () => {
    const dies = (): void => {
      throw new Error('the end of the process');
    };
    const [dying, wrong, right] = [await botAt(0, dies), await botAt(offMs), await botAt(0)];
    await expect(dying.store.append(sampleCommit('D-1', 0), sampleProjection(1))).rejects.toThrow('the end');
    expect(await wrong.store.catchUp(10)).toBe(0);
    await right.store.turn('slack:C1', right.in(0), SECOND, 10_000);
    const { waitMs } = await wrong.store.turn('slack:C1', wrong.in(0), SECOND, 10_000);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(2000);
    await wrong.store.holdTurns('slack:C2', wrong.in(5000));
    const held = await right.store.turn('slack:C2', right.in(0), [], 0);
    expect([held.taken, Math.abs(held.waitMs - 5000) < 2000]).toEqual([false, true]);
  });

  it('puts its messages in line where others do', async () => {
    const [right, wrong] = [await botAt(0), await botAt(offMs)];
    for (const [n, { store }] of [wrong, right, wrong, right].entries()) {
      await write(store, `D-${n}`, [fact(`a-${n}`, 'a')]);
    }
    const order = [];
    for (let n = 0; n < 4; n += 1) {
      const [row] = await right.store.claim(right.in(0), LEASE_MS, 1);
      order.push(row?.id);
      await right.store.settle(row?.id ?? '', 1, 0);
    }
    expect(order).toEqual(['a-0', 'a-1', 'a-2', 'a-3']);
  });

  it('knows it, give or take what the network takes', async () => {
    const { store } = await botAt(offMs);
    expect(Math.abs(store.clockAheadMs() + offMs)).toBeLessThan(1000);
  });
});

it('takes a slow network for no difference', async () => {
  double.fate = (command) => (command === 'hello' ? 400 : undefined);
  expect((await botAt(0)).store.clockAheadMs()).toBe(0);
});

it('follows a clock that changes while the bot runs', async () => {
  let ownMs = 0;
  const store = await database.open({
    now: () => new Date(Date.now() + ownMs).toISOString(),
    measure: true,
    measureEveryMs: 20,
  });
  expect(store.clockAheadMs()).toBe(0);
  ownMs = 90_000;
  await expect.poll(() => store.clockAheadMs()).toBeLessThan(-89_000);
  ownMs = 0;
  await expect.poll(() => store.clockAheadMs()).toBe(0);
});
