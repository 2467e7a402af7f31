/** Sends what the bot owes: lanes side by side, each in order; with patience after a failure, and idle when nothing is due. */
import type { EventStore, OutboxRow } from '../store/event-store.ts';
import { createBell } from './bell.ts';
import { DeliveryFault, type Deliver } from './delivery.ts';
import type { Logger } from './log.ts';

export interface OutboxOptions {
  store: Pick<EventStore, 'claim' | 'settle' | 'retry' | 'fail' | 'nextReady'>;
  deliver: Deliver;
  clock: () => Date;
  logger: Logger;
  /** Longer than any send, or two would send the same; after a crash, somebody else sends then. `LEASE_MS` if absent. */
  leaseMs?: number | undefined;
  /** Sends at the same time, each of another lane. */
  lanes?: number | undefined;
  maxTries?: number | undefined;
}

export interface Outbox {
  /** There may be something to send. */
  wake(): void;
  /** Resolves when nothing is ready to be sent. For tests. */
  drain(): Promise<void>;
  /** Claims no more, and waits for what is being sent. */
  stop(): Promise<void>;
}

/**
 * The slowest send to Slack: its link, the person's conversation, five pages of looking for a lost message and the post,
 * each up to its timeout of 5 s, and eight lanes that wait for one channel at a message a second: 48 s.
 */
export const LEASE_MS = 60_000;
export const LANES = 8;
const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 30 * 60_000;
/** Another replica's new rows wake nobody here. */
const IDLE_MS = 15_000;
/** A row that is due but not to be had: another process holds its lane. */
const HELD_MS = 1000;

/** 1 s, 4 s, 16 s, … 30 min: eight tries outlive an hour's outage. */
const waitAfter = (tries: number): number => Math.min(FIRST_WAIT_MS * 4 ** (tries - 1), MOST_WAIT_MS);

export const startOutbox = (options: OutboxOptions): Outbox => {
  const { store, deliver, clock, logger, leaseMs = LEASE_MS, lanes = LANES, maxTries = 8 } = options;
  const bell = createBell();
  const sending = new Set<Promise<void>>();
  /** Rows with a chat at this moment. */
  const delivering = new Set<string>();
  let drainers: (() => void)[] = [];
  let stopped = false;
  /** Claims in a row that the store refused. */
  let troubles = 0;

  const failed = async (row: OutboxRow, thrown: unknown): Promise<void> => {
    const tries = row.attempts + 1;
    const fault = thrown instanceof DeliveryFault ? thrown : new DeliveryFault('fault', 0, { cause: thrown });
    const fields = { notice: row.id, stream: row.stream, attempts: tries, code: fault.code };
    if (fault.retryAfterMs === undefined || tries >= maxTries) {
      logger.error('outbox.given-up', { ...fields, error: thrown });
      return store.fail(row.id, fault.code);
    }
    const waitMs = Math.max(fault.retryAfterMs, waitAfter(tries));
    logger.warn('outbox.retry', {
      ...fields,
      retryAfterMs: waitMs,
      ...(fault.code === 'fault' ? { error: thrown } : {}),
    });
    await store.retry(row.id, new Date(clock().getTime() + waitMs).toISOString(), fault.code);
  };

  const send = async (row: OutboxRow): Promise<void> => {
    try {
      delivering.add(row.id);
      const fault: unknown = await deliver(row).then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('nothing was thrown'),
      );
      delivering.delete(row.id);
      await (fault === undefined ? store.settle(row.id, row.version) : failed(row, fault));
    } catch (error) {
      // The lease runs out and the row comes again; Slack recognises what was sent, by its notice id.
      logger.error('outbox.not-settled', { notice: row.id, stream: row.stream, error });
    }
  };

  const start = (row: OutboxRow): void => {
    // A clock that jumps ahead ends leases early: what is being sent here is not sent beside itself.
    if (delivering.has(row.id)) return;
    const sent = send(row).finally(() => {
      sending.delete(sent);
      bell.ring();
    });
    sending.add(sent);
  };

  /** How long nothing will be ready, in milliseconds. */
  const quiet = async (): Promise<number> => {
    const next = await store.nextReady();
    if (next === null) return IDLE_MS;
    const ms = Date.parse(next) - clock().getTime();
    return ms <= 0 ? HELD_MS : Math.min(ms, IDLE_MS);
  };

  /** One look at the store. Resolves with how long to sleep, or undefined to look again at once. */
  const look = async (): Promise<number | undefined> => {
    const room = lanes - sending.size;
    if (room <= 0) return IDLE_MS;
    const asked = drainers;
    const rows = await store.claim(clock().toISOString(), leaseMs, room);
    for (const row of rows) start(row);
    if (rows.length > 0) return undefined;
    if (sending.size === 0) {
      drainers = drainers.filter((done) => !asked.includes(done));
      for (const done of asked) done();
    }
    return quiet();
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      let ms: number | undefined;
      try {
        ms = await look();
        troubles = 0;
      } catch (error) {
        troubles += 1;
        ms = waitAfter(Math.min(troubles, 3));
        logger.error('outbox.store-fault', { error, retryAfterMs: ms });
      }
      if (ms !== undefined && !stopped) await bell.heard(ms);
    }
    await Promise.all(sending);
    for (const done of drainers) done();
  };
  const running = loop();

  return {
    wake: bell.ring,
    drain: () =>
      new Promise((resolve) => {
        drainers = [...drainers, resolve];
        bell.ring();
      }),
    stop: async () => {
      stopped = true;
      bell.ring();
      await running;
    },
  };
};
