/** Times at which deals are ticked, on a store in memory and a clock that the test moves. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogFields, Logger } from '../../../src/log.ts';
import type { ByStream } from '../../../src/streams/by-stream.ts';
import { startTicker, type Tick, type Ticker, type TickerOptions } from '../../../src/ticker/ticker.ts';
import type { StreamSummary } from '../../../store/event-store.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const START = Date.parse('2027-03-01T09:00:00.000Z');
const SECOND = 1000;

let due: Map<string, string>;
let looks: number;
let broken: boolean;
let ahead: number;
let ticked: string[];
let lines: { level: string; event: string; fields: LogFields }[];
let ticker: Ticker;

const at =
  (level: string) =>
  (event: string, fields: LogFields = {}): void =>
    void lines.push({ level, event, fields });
const logger: Logger = { info: at('info'), warn: at('warn'), error: at('error') };
const clock = (): Date => new Date(Date.now() + ahead);
const inSeconds = (seconds: number): string => new Date(clock().getTime() + seconds * SECOND).toISOString();

const kindOf = (stream: string): string => (stream.startsWith('D-') ? 'deal' : 'register');
const summary = ([stream, nextDueAt]: [string, string]): StreamSummary => ({
  stream,
  kind: kindOf(stream),
  status: 'answering',
  tier: null,
  owner: 'rep-1',
  version: 1,
  nextDueAt,
});
const store: TickerOptions['store'] = {
  due: async (kind, now, limit) => {
    if (kind === 'deal') looks += 1;
    if (broken) throw new Error('the disk is gone');
    const ripe = [...due]
      .filter(([stream, when]) => kindOf(stream) === kind && when <= now)
      .toSorted((a, b) => (a[1] < b[1] ? -1 : 1));
    return ripe.slice(0, limit).map(summary);
  },
  list: async () => [],
  meta: async () => undefined,
  putMeta: async () => {},
};
const done = async (deal: string): Promise<void> => {
  ticked.push(deal);
  due.delete(deal);
};
const start = (tick: Tick = done, others: ByStream<Tick> = {}): void => {
  ticker = startTicker({
    store,
    ticks: { deal: tick, ...others },
    deals: { reschedule: async () => {} },
    startAll: async () => {},
    organisation: anOrganisation,
    clock,
    logger,
  });
};
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * SECOND);
const events = (): string[] => lines.filter(({ level }) => level !== 'info').map(({ event }) => event);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  due = new Map();
  [looks, broken, ahead, ticked, lines] = [0, false, 0, [], []];
});
afterEach(async () => {
  const stopped = ticker.stop();
  await pass(60);
  await stopped;
  vi.useRealTimers();
});

describe('the ticker', () => {
  it('ticks whatever is due at its start, page by page, each once', async () => {
    for (let n = 0; n < 250; n += 1) due.set(`D-${n}`, inSeconds(n - 250));
    start();
    await pass(0.5);
    expect(ticked.length).toBe(250);
    expect(new Set(ticked).size).toBe(250);
    expect(ticked[0]).toBe('D-0');
    expect(looks).toBeLessThan(6);
  });

  it('ticks a deal when it is due, and not a moment earlier', async () => {
    const given: string[] = [];
    due.set('D-1', inSeconds(7));
    start(async (deal, dueAt) => {
      given.push(dueAt);
      await done(deal);
    });
    await pass(6.9);
    expect(ticked).toEqual([]);
    await pass(0.2);
    expect(ticked).toEqual(['D-1']);
    expect(given).toEqual([new Date(START + 7 * SECOND).toISOString()]);
  });

  it('looks three times a minute while nothing is due, and so sees what another replica made due', async () => {
    start();
    await pass(59);
    expect(looks).toBe(3);
    due.set('D-1', inSeconds(-5));
    await pass(2);
    expect(ticked).toEqual(['D-1']);
  });

  it('goes on beside a deal that fails, which is logged by its id and tried again later', async () => {
    const tries: number[] = [];
    for (const id of ['D-1', 'D-2', 'D-3']) due.set(id, inSeconds(-1));
    start(async (deal) => {
      if (deal !== 'D-1') return done(deal);
      tries.push((Date.now() - START) / SECOND);
      if (tries.length < 4) throw new Error('Sample Customer is not readable');
      await done(deal);
    });
    await pass(0.5);
    expect(ticked).toEqual(['D-2', 'D-3']);
    await pass(30);
    expect(ticked).toEqual(['D-2', 'D-3', 'D-1']);
    expect(tries.map(Math.round)).toEqual([0, 1, 5, 21]);
    const failed = lines.filter(({ event }) => event === 'ticker.failed');
    expect(failed.map(({ fields }) => [fields.stream, fields.attempts, fields.retryAfterMs])).toEqual([
      ['D-1', 1, 1000],
      ['D-1', 2, 4000],
      ['D-1', 3, 16_000],
    ]);
  });

  it('ticks each stream by what the table has for it', async () => {
    const by: string[] = [];
    const noting =
      (name: string): Tick =>
      async (stream) => {
        by.push(`${stream} by ${name}`);
        await done(stream);
      };
    for (const stream of ['D-1', 'register:holds', 'register:absences']) due.set(stream, inSeconds(-1));
    start(noting('deal'), { register: noting('register'), 'register:holds': noting('holds') });
    await pass(0.5);
    expect(by.toSorted()).toEqual(['D-1 by deal', 'register:absences by register', 'register:holds by holds']);
    expect(events()).toEqual([]);
  });

  it('logs a stream that nobody knows as a fault, tries it again later, and goes on beside it', async () => {
    due.set('register:unheard-of', inSeconds(-2));
    due.set('D-1', inSeconds(-1));
    start();
    await pass(2);
    expect(ticked).toEqual(['D-1']);
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([
      { event: 'ticker.failed', fields: { stream: 'register:unheard-of', attempts: 1, retryAfterMs: 1000 } },
      { event: 'ticker.failed', fields: { stream: 'register:unheard-of', attempts: 2, retryAfterMs: 4000 } },
    ]);
  });

  it('reaches the others where more deals fail than fit a page', async () => {
    for (let n = 0; n < 230; n += 1) due.set(`D-bad-${n}`, inSeconds(-100));
    due.set('D-good', inSeconds(-1));
    start(async (deal) => {
      if (deal !== 'D-good') throw new Error('damaged');
      await done(deal);
    });
    await pass(0.5);
    expect(ticked).toEqual(['D-good']);
  });

  it('does not tick a deal for ever that stays due after its tick', async () => {
    let times = 0;
    due.set('D-1', inSeconds(-1));
    start(async () => {
      times += 1;
    });
    await pass(60);
    // At once, and after 1, 4 and 16 s more; a minute later the next.
    expect(times).toBe(4);
    expect(new Set(events())).toEqual(new Set(['ticker.still-due']));
  });

  it('goes on at once with a deal of which the next thing is due as well', async () => {
    due.set('D-1', inSeconds(-10));
    start(async (deal, dueAt) => {
      const next = new Date(Date.parse(dueAt) + 4 * SECOND).toISOString();
      if (next > inSeconds(0)) return done(deal);
      ticked.push(deal);
      due.set(deal, next);
    });
    await pass(0.5);
    expect([ticked, events()]).toEqual([['D-1', 'D-1', 'D-1'], []]);
  });

  it('wakes when somebody travels in time', async () => {
    due.set('D-1', inSeconds(3 * 24 * 3600));
    start();
    await pass(1);
    ahead = 4 * 24 * 3600 * SECOND;
    ticker.wake();
    await pass(0.1);
    expect(ticked).toEqual(['D-1']);
  });

  it('ticks nothing early or twice when the clock steps back', async () => {
    due.set('D-1', inSeconds(5));
    due.set('D-2', inSeconds(15));
    start();
    await pass(6);
    ahead = -3600 * SECOND;
    await pass(120);
    expect(ticked).toEqual(['D-1']);
    ahead = 0;
    await pass(20);
    expect(ticked).toEqual(['D-1', 'D-2']);
  });

  it('waits for a store that does not answer, and goes on when it does', async () => {
    broken = true;
    due.set('D-1', inSeconds(-1));
    start();
    await pass(10);
    expect(ticked).toEqual([]);
    expect(events()).toEqual(['ticker.store-fault', 'ticker.store-fault', 'ticker.store-fault']);
    broken = false;
    await pass(20);
    expect(ticked).toEqual(['D-1']);
  });

  it('stops after what it is at, and begins nothing more', async () => {
    for (let n = 0; n < 50; n += 1) due.set(`D-${n}`, inSeconds(-1));
    let finished = 0;
    start(async (deal) => {
      await new Promise((resolve) => setTimeout(resolve, SECOND));
      finished += 1;
      await done(deal);
    });
    await pass(0.5);
    const stopped = ticker.stop();
    await pass(30);
    await stopped;
    expect(finished).toBe(8);
    expect(due.size).toBe(42);
  });
});
