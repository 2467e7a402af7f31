/** Ticks every deal and register that is due. Costs one look at the store while nothing is due. */

import type { Instant } from '../../flows/ids.ts';
import type { EventStore, StreamSummary } from '../../store/event-store.ts';
import { atOnce, createBell, yieldToOthers, type Alone, type Bell } from '../bell.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';
import { closest, type ByStream } from '../streams/by-stream.ts';
import { KIND } from '../streams/register.ts';
import { traced } from '../trace.ts';
import { rescheduleDeals, type RescheduleOptions } from './reschedule.ts';

/** Handles the due time `dueAt` of a stream, which has come. */
export type Tick = (stream: string, dueAt: Instant) => Promise<void>;

export interface TickerOptions extends Omit<RescheduleOptions, 'store' | 'stopped'> {
  store: Pick<EventStore, 'due'> & RescheduleOptions['store'];
  ticks: ByStream<Tick>;
  /** Runs at each start, beside the first ticks: the files may have changed. */
  startAll: () => Promise<void>;
  clock: () => Date;
  logger: Logger;
  /** Other work goes on beside its sweeps, where absent. */
  alone?: Alone | undefined;
  /** Rung when something may be due earlier than known. */
  bell?: Bell | undefined;
  /** The longest sleep: a due time that another replica's commit moved forward is seen after it. */
  everyMs?: number | undefined;
}

export interface Ticker {
  /** Called when the clock was moved. */
  wake(): void;
  /** Stops ticking, and waits for the ticks under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 20_000;
const PAGE = 100;
/** Deals at the same time: a slow one holds up one of these. */
const LANES = 8;
const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 30 * 60_000;
/** 1 s, 4 s, 16 s, … 30 min. */
const waitAfter = (tries: number): number => Math.min(FIRST_WAIT_MS * 4 ** (tries - 1), MOST_WAIT_MS);

/** The next try of a deal that failed, by the monotonic clock. */
interface PutOff {
  tries: number;
  until: number;
}

/** Ticks everything due, page by page. Resolves with the time until something is due, at most `everyMs`. */
export const createSweep = ({
  store,
  ticks,
  clock,
  logger,
  everyMs = EVERY_MS,
  stopped = () => false,
}: Pick<TickerOptions, 'store' | 'ticks' | 'clock' | 'logger' | 'everyMs'> & {
  stopped?: () => boolean;
}): (() => Promise<number>) => {
  const putOff = new Map<string, PutOff>();

  const putOffAgain = (stream: string): { tries: number; waitMs: number } => {
    const tries = (putOff.get(stream)?.tries ?? 0) + 1;
    const waitMs = waitAfter(tries);
    putOff.set(stream, { tries, until: performance.now() + waitMs });
    return { tries, waitMs };
  };
  const tryLater = (stream: string, level: 'warn' | 'error', event: string, error?: unknown): void => {
    const { tries, waitMs } = putOffAgain(stream);
    logger[level](event, { stream, attempts: tries, retryAfterMs: waitMs, ...(error === undefined ? {} : { error }) });
  };

  const tick = async ({ stream, kind, nextDueAt }: StreamSummary): Promise<void> => {
    try {
      const ticked = closest(ticks, stream, kind);
      if (!ticked) throw new Error('nobody knows what this is due for');
      await traced(newTrace(), () => ticked(stream, nextDueAt ?? ''));
    } catch (error) {
      // Logged where it was met.
      if (error instanceof NewerRecord) return void putOffAgain(stream);
      tryLater(stream, 'error', 'ticker.failed', error ?? new Error('nothing was thrown'));
    }
  };

  const tickAll = async (due: readonly StreamSummary[]): Promise<void> => {
    const line = due.values();
    const lane = async (): Promise<void> => {
      for (const each of line) {
        if (stopped()) return;
        await tick(each);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  };

  return async () => {
    /** The page before, with due times: a stream that is still due after its tick must not be ticked endlessly. */
    let before = new Map<string, string>();
    for (;;) {
      const now = clock().getTime();
      const horizon = new Date(now + everyMs).toISOString();
      // Streams that are put off stay the first in line.
      const page = [
        ...(await store.due(KIND, horizon, PAGE)),
        ...(await store.due('deal', horizon, PAGE + putOff.size)),
      ];
      const ripe = page.filter(({ nextDueAt }) => Date.parse(nextDueAt ?? '') <= now);
      const waits = (stream: string): boolean => (putOff.get(stream)?.until ?? 0) > performance.now();
      const open = ripe.filter(({ stream }) => !waits(stream));
      // A stream that moved on may be due again: the clock was moved, or its next duty came due meanwhile.
      const stuck = open.filter(({ stream, nextDueAt }) => (nextDueAt ?? '') <= (before.get(stream) ?? ''));
      for (const { stream } of stuck) tryLater(stream, 'warn', 'ticker.still-due');
      const fresh = open.filter((each) => !stuck.includes(each));
      if (fresh.length === 0 || stopped()) {
        const still = new Set(ripe.map(({ stream }) => stream));
        for (const stream of putOff.keys()) if (!still.has(stream)) putOff.delete(stream);
        const next = page.filter((each) => !ripe.includes(each)).map((each) => Date.parse(each.nextDueAt ?? '') - now);
        const again = [...putOff.values()].map(({ until }) => until - performance.now());
        return Math.max(0, Math.min(everyMs, ...next, ...again));
      }
      await tickAll(fresh);
      before = new Map(fresh.map(({ stream, nextDueAt }) => [stream, nextDueAt ?? '']));
      // Requests that arrived meanwhile come first.
      await yieldToOthers();
    }
  };
};

/**
 * Sleeps until the next deal is due, `everyMs` at most. Replicas may run one each: the store lets one of them commit,
 * and the other finds nothing left to do. A deal that fails is logged and tried again later; the others go on.
 *
 * Deals from before there were reminders have no due time, and a changed organisation file (holidays, time zones) or an
 * absence moves due times without a commit: then `rescheduleDeals` recomputes them all in the background.
 */
export const startTicker = (options: TickerOptions): Ticker => {
  const { logger, everyMs = EVERY_MS, bell = createBell(), alone = atOnce } = options;
  let ended = false;
  const stopped = (): boolean => ended;
  const sweep = createSweep({ ...options, stopped });
  let rescheduledFor: string | undefined;
  let rescheduling: Promise<void> | undefined;
  /** One walk at a time; a change during it is seen by the sweep after it. */
  const reschedule = (): void => {
    rescheduling ??= rescheduleDeals({ ...options, stopped }, rescheduledFor)
      .then(
        ({ count, wanted }) => {
          rescheduledFor = wanted;
          if (count > 0) bell.ring();
        },
        // The next sweep does it.
        (error: unknown) => logger.error('ticker.not-rescheduled', { error }),
      )
      .finally(() => {
        rescheduling = undefined;
      });
  };
  const starting = options
    .startAll()
    .catch((error: unknown) => logger.error('ticker.registers-not-started', { error }));

  let troubles = 0;
  const loop = async (): Promise<void> => {
    while (!ended) {
      let ms: number;
      try {
        reschedule();
        ms = await alone(sweep);
        troubles = 0;
      } catch (error) {
        troubles += 1;
        ms = Math.min(waitAfter(troubles), everyMs);
        logger.error('ticker.store-fault', { error, retryAfterMs: ms });
      }
      if (!ended) await bell.heard(ms);
    }
  };
  const running = loop();

  return {
    wake: bell.ring,
    stop: async () => {
      ended = true;
      bell.ring();
      await Promise.all([running, starting, rescheduling]);
    },
  };
};
