import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogFields, Logger } from '../../../src/log.ts';
import { DeliveryFault, NotYet, UNREACHABLE } from '../../../src/outbox/delivery.ts';
import { LAST_WRITE_MS, LEASE_MS, startOutbox, type Outbox, type OutboxOptions } from '../../../src/outbox/outbox.ts';
import { StoreFault, type OutboxRow } from '../../../store/event-store.ts';

interface Kept extends OutboxRow {
  state: 'waiting' | 'leased' | 'failed';
  readyAt: number;
  error?: string;
}

type Named = Pick<OutboxRow, 'id' | 'lane'>;

/** The outbox's part of a store, in memory, with the port's rules. */
const memoryOutbox = () => {
  const rows: Kept[] = [];
  const calls = { claim: 0, nextReady: 0 };
  /** Not by the id alone: the outbox has to name the lane, which is where a cluster looks. */
  const find = ({ id, lane }: Named) => rows.find((r) => r.id === id && r.lane === lane);
  return {
    rows,
    calls,
    add: (...lanes: string[]) => {
      for (const lane of lanes) {
        const id = `${lane}-${rows.length}`;
        rows.push({
          id,
          kind: 'fact',
          lane,
          stream: 'D-1',
          version: 1,
          notice: {},
          attempts: 0,
          state: 'waiting',
          readyAt: 0,
        });
      }
    },
    claim: async (now: string, leaseMs: number, limit: number): Promise<OutboxRow[]> => {
      calls.claim += 1;
      const at = Date.parse(now);
      const heads = rows.filter(
        (r) => r.state !== 'failed' && rows.find((o) => o.lane === r.lane && o.state !== 'failed') === r,
      );
      const ready = heads.filter((r) => r.readyAt <= at).slice(0, limit);
      return ready.map((r) => {
        const claimed = { ...r };
        Object.assign(r, { state: 'leased', attempts: r.attempts + 1, readyAt: at + leaseMs });
        return claimed;
      });
    },
    settle: async (name: Named) =>
      void rows.splice(
        rows.findIndex((r) => r === find(name)),
        1,
      ),
    retry: async (id: Named, at: string, error: string) =>
      void Object.assign(find(id) ?? {}, { state: 'waiting', readyAt: Date.parse(at), error }),
    release: async (id: Named, at: string) => {
      const row = find(id);
      if (row) Object.assign(row, { state: 'waiting', readyAt: Date.parse(at), attempts: row.attempts - 1 });
    },
    fail: async (id: Named, error: string) => void Object.assign(find(id) ?? {}, { state: 'failed', error }),
    outboxProblems: async () => [],
    again: async () => 'none' as const,
    nextReady: async () => {
      calls.nextReady += 1;
      const heads = rows.filter(
        (r) => r.state !== 'failed' && rows.find((o) => o.lane === r.lane && o.state !== 'failed') === r,
      );
      return heads.length === 0 ? null : new Date(Math.min(...heads.map((r) => r.readyAt))).toISOString();
    },
  };
};

let store: ReturnType<typeof memoryOutbox>;
let sent: string[];
let lines: [string, LogFields][];
let outbox: Outbox;
const logger: Logger = {
  info: (event, fields = {}) => void lines.push([event, fields]),
  warn: (event, fields = {}) => void lines.push([event, fields]),
  error: (event, fields = {}) => void lines.push([event, fields]),
};
const start = (deliver: OutboxOptions['deliver'], more: Partial<OutboxOptions> = {}) => {
  outbox = startOutbox({ store, deliver, clock: () => new Date(), logger, ...more });
  return outbox;
};
const note = async (row: OutboxRow) => void sent.push(row.id);

beforeEach(() => {
  vi.useFakeTimers();
  store = memoryOutbox();
  sent = [];
  lines = [];
});
afterEach(async () => {
  await outbox.stop();
  vi.useRealTimers();
});

describe('the outbox', () => {
  it('sends what waits, each lane in order, and then nothing is owed', async () => {
    store.add('a', 'b', 'a', 'a');
    await start(note).drain();
    expect(sent.filter((id) => id.startsWith('a'))).toEqual(['a-0', 'a-2', 'a-3']);
    expect(sent).toHaveLength(4);
    expect(store.rows).toEqual([]);
  });

  it('sends lanes side by side, no more at once than it may', async () => {
    store.add('a', 'b', 'c', 'd', 'a');
    let now = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    start(
      async () => {
        most = Math.max(most, (now += 1));
        await new Promise<void>((resolve) => gates.push(resolve));
        now -= 1;
      },
      { lanes: 3 },
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(gates).toHaveLength(3);
    while (store.rows.length > 0) {
      gates.splice(0).forEach((open) => open());
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(most).toBe(3);
  });

  it('sends nothing beside itself when the clock jumps past its leases', async () => {
    let ahead = 0;
    let finish = (): void => {};
    store.add('a', 'a');
    start(
      async (row) => {
        sent.push(row.id);
        if (row.id === 'a-0') await new Promise<void>((resolve) => (finish = resolve));
      },
      { clock: () => new Date(Date.now() + ahead) },
    );
    await vi.advanceTimersByTimeAsync(10);
    ahead = 7 * 24 * 3600_000;
    outbox.wake();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(sent).toEqual(['a-0']);
    finish();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['a-0', 'a-1']);
    expect(store.rows).toEqual([]);
  });

  it('sleeps when idle, and wakes at once', async () => {
    start(note);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.calls.claim).toBeLessThanOrEqual(6);
    store.add('a');
    outbox.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['a-0']);
  });

  it('finds by itself, in a while, what another process left', async () => {
    start(note);
    await vi.advanceTimersByTimeAsync(10);
    store.add('a');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sent).toEqual(['a-0']);
  });

  it('looks once a second, not all the time, at a lane that somebody else holds', async () => {
    store.add('a');
    const held = store.claim;
    store.claim = async () => {
      store.calls.claim += 1;
      return [];
    };
    start(note);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.calls.claim).toBeLessThanOrEqual(12);
    store.claim = held;
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual(['a-0']);
  });
});

describe('a failure', () => {
  it('is tried again, later each time, and delays no other lane', async () => {
    store.add('bad', 'good', 'bad');
    const at: number[] = [];
    const begin = Date.now();
    start(async (row) => {
      if (row.id === 'bad-0' && at.push(Date.now() - begin) < 4) throw new DeliveryFault('http_503', 0);
      sent.push(row.id);
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['good-1']);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(at).toEqual([0, 1000, 5000, 21_000]);
    expect(sent).toEqual(['good-1', 'bad-0', 'bad-2']);
    expect(lines[0]).toEqual([
      'outbox.retry',
      expect.objectContaining({ notice: 'bad-0', code: 'http_503', attempts: 1 }),
    ]);
  });

  it('waits as long as it is told to', async () => {
    store.add('a');
    start(async (row) => {
      if (row.attempts === 0) throw new DeliveryFault('ratelimited', 7000);
      sent.push(row.id);
    });
    await vi.advanceTimersByTimeAsync(6999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['a-0']);
  });

  it('of the chat to take anything counts as no try, and is not shown as trouble', async () => {
    store.add('a', 'b');
    const attempts: number[] = [];
    start(async (row) => {
      if (row.id === 'a-0' && attempts.push(row.attempts) < 20) throw new NotYet('ratelimited', 7000);
      sent.push(row.id);
    });
    await vi.advanceTimersByTimeAsync(18 * 7000 + 6999);
    expect(sent).toEqual(['b-1']);
    expect(store.rows).toMatchObject([{ id: 'a-0', state: 'waiting' }]);
    expect(store.rows[0]).not.toHaveProperty('error');
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['b-1', 'a-0']);
    expect(new Set(attempts)).toEqual(new Set([0]));
  });

  it('that cannot get better is given up at once and shown, and frees its lane', async () => {
    store.add('a', 'a');
    await start(async (row) => {
      if (row.id === 'a-0') throw new DeliveryFault('is_archived', undefined);
      sent.push(row.id);
    }).drain();
    expect(sent).toEqual(['a-1']);
    expect(store.rows).toMatchObject([{ id: 'a-0', state: 'failed', error: 'is_archived' }]);
    expect(lines[0]).toEqual(['outbox.given-up', expect.objectContaining({ notice: 'a-0', code: 'is_archived' })]);
  });

  it('is given up after twelve tries, and a bug is treated like any other', async () => {
    store.add('a');
    let tries = 0;
    start(async () => {
      tries += 1;
      throw new TypeError('a bug with words in it');
    });
    await vi.advanceTimersByTimeAsync(3 * 3600_000);
    expect(tries).toBe(12);
    expect(store.rows).toMatchObject([{ state: 'failed', error: 'fault' }]);
  });

  it('to settle leaves the row to its lease', async () => {
    store.add('a');
    const { settle } = store;
    store.settle = () => Promise.reject(new StoreFault('locked', 'unknown', 'locked'));
    start(note);
    await vi.advanceTimersByTimeAsync(0);
    store.settle = settle;
    expect(sent).toEqual(['a-0']);
    await vi.advanceTimersByTimeAsync(LEASE_MS + 1000);
    expect(sent).toEqual(['a-0', 'a-0']);
    expect(store.rows).toEqual([]);
  });

  it('of the store is waited out', async () => {
    store.add('a');
    const { claim } = store;
    let asked = 0;
    store.claim = () => {
      asked += 1;
      return Promise.reject(new StoreFault('locked', 'not done', 'locked'));
    };
    start(note);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toBeLessThanOrEqual(4);
    store.claim = claim;
    await vi.advanceTimersByTimeAsync(16_000);
    expect(sent).toEqual(['a-0']);
  });
});

describe('before a row is given up', () => {
  const dead = async (): Promise<never> => {
    throw new DeliveryFault('is_archived', undefined);
  };

  it('somebody is told, once', async () => {
    store.add('a');
    const told: unknown[] = [];
    await start(dead, { giveUp: async (row, why) => void told.push([row.id, why.code]) }).drain();
    expect(told).toEqual([['a-0', 'is_archived']]);
    expect(store.rows).toMatchObject([{ state: 'failed', error: 'is_archived' }]);
  });

  it('it is tried some more while nobody can be told, but not for ever', async () => {
    store.add('a', 'b');
    let asked = 0;
    const giveUp = async (row: OutboxRow): Promise<void> => {
      if (row.id === 'b-1') throw new TypeError('a bug');
      asked += 1;
      throw new DeliveryFault('http_503', 0);
    };
    start(dead, { giveUp });
    await vi.advanceTimersByTimeAsync(10 * 3600_000);
    expect(asked).toBe(24);
    expect(store.rows).toMatchObject([
      { id: 'a-0', state: 'failed', error: 'is_archived' },
      { id: 'b-1', state: 'failed', error: 'is_archived' },
    ]);
    expect(lines.map(([event]) => event)).toContain('outbox.nobody-told');
  });

  it('a limit of the chat that is to be told counts as no try', async () => {
    store.add('a');
    let asked = 0;
    start(dead, {
      giveUp: async () => {
        if ((asked += 1) < 30) throw new NotYet('ratelimited', 1000);
      },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(30);
    expect(store.rows).toMatchObject([{ state: 'failed', attempts: 1 }]);
  });
});

it('stop waits for what is being sent and claims no more', async () => {
  store.add('a', 'a');
  let finish: () => void = () => {};
  start(async (row) => {
    await new Promise<void>((resolve) => (finish = resolve));
    sent.push(row.id);
  });
  await vi.advanceTimersByTimeAsync(0);
  const stopped = outbox.stop();
  finish();
  await stopped;
  expect(sent).toEqual(['a-0']);
  expect(store.rows).toMatchObject([{ id: 'a-1', state: 'waiting' }]);
});

it('stop gives back what no chat has begun to take', async () => {
  store.add('a', 'b');
  const gates: (() => void)[] = [];
  start(async (row) => {
    if (row.id === 'a-0') row.beforeWrite?.();
    await new Promise<void>((resolve) => gates.push(resolve));
    if (row.id === 'b-1') row.beforeWrite?.();
    sent.push(row.id);
  });
  await vi.advanceTimersByTimeAsync(0);
  const stopped = outbox.stop();
  for (const open of gates) open();
  await stopped;
  expect(sent).toEqual(['a-0']);
  expect(store.rows).toMatchObject([{ id: 'b-1', state: 'waiting', attempts: 0 }]);
});

it('stop does not wait for a chat that hangs', async () => {
  store.add('a');
  start(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(0);
  let stopped = false;
  void outbox.stop().then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(8000);
  expect(stopped).toBe(true);
  expect(store.rows).toMatchObject([{ id: 'a-0', state: 'leased' }]);
});

it('begins no write that could outlive the lease', async () => {
  store.add('a');
  start(async (row) => {
    if (row.attempts === 0) await new Promise((resolve) => setTimeout(resolve, LEASE_MS - LAST_WRITE_MS + 1));
    row.beforeWrite?.();
    sent.push(row.id);
  });
  await vi.advanceTimersByTimeAsync(LEASE_MS - LAST_WRITE_MS + 1);
  expect(store.rows).toMatchObject([{ state: 'waiting', error: 'too_slow' }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(['a-0']);
});

it('says what became of each try, and by which chat', async () => {
  store.add('a', 'b', 'c', 'd', 'e');
  const faults: Record<string, DeliveryFault> = {
    'b-1': new DeliveryFault('http_503', 0),
    'c-2': new DeliveryFault('is_archived', undefined),
    'd-3': new DeliveryFault(UNREACHABLE, undefined),
    'e-4': new NotYet('paced', 3000),
  };
  const results: unknown[] = [];
  start(
    async (row) => {
      if (row.id !== 'c-2') row.via?.('slack');
      const fault = faults[row.id];
      if (fault) throw fault;
    },
    { delivered: (...result) => void results.push(result) },
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(results).toHaveLength(5);
  expect(results).toEqual(
    expect.arrayContaining([
      ['slack', 'delivered'],
      ['slack', 'retried'],
      [undefined, 'failed'],
      ['slack', 'unreachable'],
      ['slack', 'later'],
    ]),
  );
});
