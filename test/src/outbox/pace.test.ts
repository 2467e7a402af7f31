import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeliveryFault, NotYet, type Leased } from '../../../src/outbox/delivery.ts';
import { createPace, type Pace, type PaceOptions } from '../../../src/outbox/pace.ts';
import { SLACK_RATES } from '../../../src/slack/slack.ts';
import { TEAMS_RATES } from '../../../src/teams/outbound.ts';
import { hold, NO_TURNS, takeTurn, type Turns } from '../../../store/turns.ts';

/** The store's part, as the contract asks for it. */
const sharedTurns = (): PaceOptions['store'] => {
  const kept = new Map<string, Turns>();
  return {
    turn: async (key, now, rates, mostMs) => {
      const { turns, turn } = takeTurn(kept.get(key) ?? NO_TURNS, Date.parse(now), rates, mostMs);
      kept.set(key, turns);
      return turn;
    },
    holdTurns: async (key, until) => void kept.set(key, hold(kept.get(key) ?? NO_TURNS, Date.parse(until))),
  };
};

const row = (more: Partial<Leased> = {}): Leased => ({
  id: 'n-1',
  kind: 'fact',
  lane: 'thread:D-1',
  stream: 'D-1',
  version: 1,
  notice: {},
  attempts: 0,
  ...more,
});

let store: PaceOptions['store'];
const replica = (rates: PaceOptions['rates']): Pace =>
  createPace({
    chat: 'slack',
    store,
    rates,
    faultOf: (thrown) => (thrown instanceof DeliveryFault ? thrown : new DeliveryFault('fault', 0)),
    clock: () => new Date(),
  });

/** Sends, and comes again when told to, as the outbox does. */
const sendVia = async (pace: Pace, conversation: string, of: Leased, write: () => void): Promise<void> => {
  for (;;) {
    try {
      return await pace(conversation, of, async () => write());
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.waitMs));
    }
  }
};

beforeEach(() => {
  vi.useFakeTimers();
  store = sharedTurns();
});
afterEach(() => void vi.useRealTimers());

it('gives one channel a turn a second in Slack, whichever replica sends, and another its own', async () => {
  const replicas = [replica(SLACK_RATES), replica(SLACK_RATES)] as const;
  const start = Date.now();
  const turns: [string, number][] = [];
  const take = (of: 0 | 1, channel: string): void =>
    void sendVia(replicas[of], channel, row(), () => void turns.push([channel, Date.now() - start]));
  take(0, 'a');
  take(1, 'a');
  take(0, 'a');
  take(1, 'b');
  await vi.advanceTimersByTimeAsync(2500);
  take(1, 'a');
  await vi.advanceTimersByTimeAsync(1000);
  expect(turns).toEqual([
    ['a', 0],
    ['b', 0],
    ['a', 1000],
    ['a', 2000],
    ['a', 3000],
  ]);
});

it('sends a long queue from two replicas as fast as Slack takes it, and no faster', async () => {
  const replicas = [replica(SLACK_RATES), replica(SLACK_RATES)] as const;
  const turns: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    const pace = n % 2 === 0 ? replicas[0] : replicas[1];
    void sendVia(pace, 'a', row({ bulk: n % 3 === 0 }), () => void turns.push(Date.now()));
  }
  await vi.advanceTimersByTimeAsync(100_000);
  expect(turns).toHaveLength(60);
  const gaps = turns.slice(1).map((at, n) => at - (turns[n] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
});

it('lets some follow each other at once in Teams', async () => {
  const pace = replica(TEAMS_RATES);
  const start = Date.now();
  const turns: number[] = [];
  for (let n = 0; n < 40; n += 1) void sendVia(pace, 'a', row(), () => void turns.push(Date.now() - start));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(turns).toHaveLength(40);
  expect(turns.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 560]);
});

it('never sends more than Teams takes in a second, half a minute or an hour', () => {
  let turns: Turns = NO_TURNS;
  const at: number[] = [];
  // Everybody sends continuously, after a silence: nothing is sent faster than this.
  for (let n = 0; n < 4000; n += 1) {
    const taken = takeTurn(turns, at.at(-1) ?? 0, TEAMS_RATES, Infinity);
    ({ turns } = taken);
    at.push((at.at(-1) ?? 0) + taken.turn.waitMs);
  }
  const most = (ms: number): number => {
    let from = 0;
    return Math.max(
      ...at.map((now, n) => {
        while ((at[from] ?? 0) <= now - ms) from += 1;
        return n - from + 1;
      }),
    );
  };
  expect(most(1000)).toBeLessThanOrEqual(7);
  expect(most(30_000)).toBeLessThanOrEqual(60);
  expect(most(3600_000)).toBeLessThanOrEqual(1800);
});

it('lets what is urgent overtake what can wait', async () => {
  const pace = replica(SLACK_RATES);
  const sent: string[] = [];
  const take = (id: string, bulk: boolean): void =>
    void sendVia(pace, 'a', row({ id, bulk }), () => void sent.push(id));
  for (let n = 0; n < 30; n += 1) take(`bulk-${n}`, true);
  await vi.advanceTimersByTimeAsync(5000);
  const before = sent.length;
  take('urgent', false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent.indexOf('urgent') - before).toBeLessThanOrEqual(3);
  await vi.advanceTimersByTimeAsync(90_000);
  expect(sent).toHaveLength(31);
});

it('gives a row back whose turn is far off, and asks no chat', async () => {
  const pace = replica(SLACK_RATES);
  const fault = new NotYet('ratelimited', 30_000);
  await expect(pace('a', row(), () => Promise.reject(fault))).rejects.toBe(fault);
  const write = vi.fn(async () => {});
  await expect(pace('a', row(), write)).rejects.toMatchObject({ name: 'NotYet', code: 'paced' });
  expect(write).not.toHaveBeenCalled();
});

it('asks a conversation for nothing until the chat wants more, from no replica, and goes on in others', async () => {
  const [one, two] = [replica(SLACK_RATES), replica(SLACK_RATES)];
  const start = Date.now();
  await expect(one('a', row(), () => Promise.reject(new NotYet('ratelimited', 20_000)))).rejects.toThrow();
  const sent: [string, number][] = [];
  for (const [pace, conversation] of [
    [one, 'a'],
    [two, 'a'],
    [two, 'b'],
  ] as const) {
    void sendVia(pace, conversation, row(), () => void sent.push([conversation, Date.now() - start]));
  }
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([
    ['b', 0],
    ['a', 20_000],
    ['a', 21_000],
  ]);
});

it('does not write when the chat asked for less while it waited for its turn', async () => {
  const pace = replica(SLACK_RATES);
  await pace('a', row(), async () => {});
  const write = vi.fn(async () => {});
  const waiting = expect(pace('a', row(), write)).rejects.toMatchObject({ code: 'paced' });
  await store.holdTurns('slack:a', new Date(Date.now() + 30_000).toISOString());
  await vi.advanceTimersByTimeAsync(1000);
  await waiting;
  expect(write).not.toHaveBeenCalled();
});

it('does not begin to write when the bot was stopped while it waited', async () => {
  const pace = replica(SLACK_RATES);
  await pace('a', row(), async () => {});
  let stopped = false;
  const beforeWrite = (): void => {
    if (stopped) throw new NotYet('stopping', 0);
  };
  const write = vi.fn(async () => {});
  const waiting = expect(pace('a', row({ beforeWrite }), write)).rejects.toMatchObject({ code: 'stopping' });
  stopped = true;
  await vi.advanceTimersByTimeAsync(1000);
  await waiting;
  expect(write).not.toHaveBeenCalled();
});

it('does not wait where nobody counts, or after a silence', async () => {
  const free = replica([]);
  await Promise.all([free('a', row(), async () => {}), free('a', row(), async () => {})]);
  const pace = replica(TEAMS_RATES);
  for (let n = 0; n < 5; n += 1) await pace('b', row(), async () => {});
  await vi.advanceTimersByTimeAsync(5 * 560);
  for (let n = 0; n < 5; n += 1) await pace('b', row(), async () => {});
  expect(vi.getTimerCount()).toBe(0);
});
