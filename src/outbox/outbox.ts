/** Sends owed messages: lanes in parallel, each in order; retries after a failure, and idles when nothing is due. */

import type { Chat } from '../../flows/chats.ts';
import type { EventStore, OutboxRow } from '../../store/event-store.ts';
import { createBell, type Bell } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';
import { DeliveryFault, NotYet, UNREACHABLE, type Deliver, type Leased } from './delivery.ts';
import type { Mend } from './mending.ts';

export interface OutboxOptions {
  store: Pick<EventStore, 'claim' | 'settle' | 'retry' | 'fail' | 'release' | 'nextReady' | 'outboxProblems' | 'again'>;
  deliver: Deliver;
  /** Tells somebody who can act, before a row is given up. While it throws a passing fault, the row is tried again. */
  giveUp?: ((row: Leased, why: DeliveryFault) => Promise<void>) | undefined;
  /** Makes a row anew that was changed outside Clearthread. */
  mend?: Mend | undefined;
  clock: () => Date;
  logger: Logger;
  /** Longer than any send, or two would send the same; after a crash, another process sends. `LEASE_MS` if absent. */
  leaseMs?: number | undefined;
  /** Sends in parallel, each of another lane. */
  lanes?: number | undefined;
  /** Rung where there may be something to send. */
  bell?: Bell | undefined;
  maxTries?: number | undefined;
  /** Reports a try; `chat` is unknown where none was begun. */
  delivered?: ((chat: Chat | undefined, result: DeliveryResult) => void) | undefined;
}

/** `later`: not tried, because of a limit or a stop. */
export type DeliveryResult = 'delivered' | 'retried' | 'later' | 'failed' | 'unreachable';

export interface Outbox {
  /** Says that there may be something to send. */
  wake(): void;
  /** Resolves when nothing is ready to be sent. For tests. */
  drain(): Promise<void>;
  /** Claims no more, returns rows that no chat has begun to take, and waits a few seconds for sends in progress. */
  stop(): Promise<void>;
}

/** A dead process's rows are sent by another within half a minute. */
export const LEASE_MS = 25_000;
/** The last write that a lease allows must end within it: a call to a chat, and keeping the message's address. */
export const LAST_WRITE_MS = 8000;
/** Most of them wait for their turn in a busy channel: they hold up no other conversation. */
export const LANES = 16;
const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 15 * 60_000;
/** Another replica's new rows wake nothing here. */
const IDLE_MS = 15_000;
/** Why a row is set aside: a newer version wrote what it is drawn from. It is no failure, and nobody is told. */
const NEWER = 'newer_record';
const TAKE_UP_MS = 5 * 60_000;
/** A row that was not tried comes again at once, but not all the time. */
const LATER_MS = 250;
/** A process manager waits ten seconds. Work not done by then is left to its lease. */
const STOP_MS = 7000;
/** A due row that cannot be claimed: another process holds its lane. */
const HELD_MS = 1000;

/** 1 s, 4 s, 16 s, … 15 min: twelve tries outlast an outage of 1.5 hours, and a chat that fails every third time. */
const waitAfter = (tries: number): number => Math.min(FIRST_WAIT_MS * 4 ** (tries - 1), MOST_WAIT_MS);

export const startOutbox = (options: OutboxOptions): Outbox => {
  const {
    store,
    deliver,
    clock,
    logger,
    leaseMs = LEASE_MS,
    lanes = LANES,
    maxTries = 12,
    delivered = () => {},
    giveUp = async () => {},
    mend = async () => {},
    bell = createBell(),
  } = options;
  const sending = new Set<Promise<void>>();
  /** Rows being sent by a chat, and the attempts that their newest claim named. */
  const claims = new Map<string, number>();
  let drainers: (() => void)[] = [];
  let stopped = false;
  /** By the monotonic clock. */
  let takeUpAt = 0;
  /** Consecutive claims that the store refused. */
  let troubles = 0;

  /** Returns why it is tried again although it should be given up; undefined: somebody was told, or nobody can be. */
  const notTold = async (row: Leased, why: DeliveryFault): Promise<DeliveryFault | undefined> => {
    try {
      await giveUp(row, why);
    } catch (error) {
      const passing = error instanceof DeliveryFault && error.retryAfterMs !== undefined;
      if (passing && row.attempts + 1 < 2 * maxTries) return error;
      logger.error('outbox.nobody-told', { notice: row.id, stream: row.stream, trace: row.trace, error });
    }
    return undefined;
  };

  const failed = async (row: Leased, thrown: unknown): Promise<DeliveryResult> => {
    const { id, attempts } = row;
    if (thrown instanceof NewerRecord) {
      // Set aside, so that the person's other messages don't wait behind it.
      await store.fail(row, NEWER, attempts);
      return 'later';
    }
    const inMs = (ms: number): string => new Date(clock().getTime() + ms).toISOString();
    const first = thrown instanceof DeliveryFault ? thrown : new DeliveryFault('fault', 0, { cause: thrown });
    const isLast = first.retryAfterMs === undefined || (attempts + 1 >= maxTries && !(first instanceof NotYet));
    const fault = (isLast ? await notTold(row, first) : undefined) ?? first;
    const fields = { notice: id, stream: row.stream, trace: row.trace, attempts: attempts + 1, code: fault.code };
    if (fault instanceof NotYet) {
      if (fault.code !== 'paced') logger.info('outbox.later', { ...fields, retryAfterMs: fault.waitMs });
      await store.release(row, inMs(Math.max(fault.waitMs, LATER_MS)), attempts);
      return 'later';
    }
    if (isLast && fault === first) {
      logger.error('outbox.given-up', { ...fields, error: thrown });
      await store.fail(row, fault.code, attempts);
      return fault.code === UNREACHABLE ? 'unreachable' : 'failed';
    }
    const waitMs = Math.max(fault.retryAfterMs ?? 0, waitAfter(attempts + 1));
    logger.warn('outbox.retry', {
      ...fields,
      retryAfterMs: waitMs,
      ...(fault.code === 'fault' ? { error: thrown } : {}),
    });
    await store.retry(row, inMs(waitMs), fault.code, attempts);
    return 'retried';
  };

  const send = async (row: OutboxRow): Promise<void> => {
    const { id, stream, version, trace } = row;
    const started = performance.now();
    let chat: Chat | undefined;
    const beforeWrite = (): void => {
      if (stopped) throw new NotYet('stopping', 0);
      if (performance.now() - started > leaseMs - LAST_WRITE_MS) throw new DeliveryFault('too_slow', 0);
    };
    const via = (by: Chat): void => {
      chat = by;
    };
    try {
      claims.set(id, row.attempts);
      const leased: Leased = { ...row, beforeWrite, via };
      const fault: unknown = await deliver(leased).then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('nothing was thrown'),
      );
      const attempts = claims.get(id) ?? row.attempts;
      claims.delete(id);
      if (fault !== undefined) return delivered(chat, await failed({ ...leased, via: undefined, attempts }, fault));
      await store.settle(row, version, attempts);
      const ms = Math.round(performance.now() - started);
      logger.info('outbox.delivered', { notice: id, stream, trace, platform: chat, attempts: attempts + 1, ms });
      delivered(chat, 'delivered');
    } catch (error) {
      // The lease runs out and the row comes again; Slack recognises the sent message by its notice id.
      logger.error('outbox.not-settled', { notice: id, stream, trace, error });
    }
  };

  const renew = async (row: OutboxRow): Promise<void> => {
    try {
      await mend(row);
    } catch (error) {
      // Its lease runs out, and it comes again.
      logger.error('outbox.not-mended', { notice: row.id, stream: row.stream, error });
    }
  };

  /** Takes up what was set aside: this bot may know more than the one that did so. Nothing of it is ever dropped. */
  const takeUp = async (): Promise<void> => {
    if (performance.now() < takeUpAt) return;
    takeUpAt = performance.now() + TAKE_UP_MS;
    const now = clock().toISOString();
    for (const problem of await store.outboxProblems()) {
      if (problem.state === 'failed' && problem.error === NEWER) await store.again(problem, now);
    }
  };

  const start = (row: OutboxRow): void => {
    // A clock that jumps ahead ends leases early: a row being sent here is not sent a second time in parallel.
    if (claims.has(row.id)) return void claims.set(row.id, row.attempts);
    const sent = (row.changed ? renew(row) : send(row)).finally(() => {
      sending.delete(sent);
      bell.ring();
    });
    sending.add(sent);
  };

  /** Returns how long nothing will be ready, in milliseconds. */
  const idleMs = async (): Promise<number> => {
    const next = await store.nextReady();
    if (next === null) return IDLE_MS;
    const ms = Date.parse(next) - clock().getTime();
    return ms <= 0 ? HELD_MS : Math.min(ms, IDLE_MS);
  };

  /** Looks at the store once. Resolves with how long to sleep, or undefined to look again at once. */
  const look = async (): Promise<number | undefined> => {
    const room = lanes - sending.size;
    if (room <= 0) return IDLE_MS;
    const asked = drainers;
    await takeUp();
    const rows = await store.claim(clock().toISOString(), leaseMs, room);
    for (const row of rows) start(row);
    if (rows.length > 0) return undefined;
    if (sending.size === 0) {
      drainers = drainers.filter((done) => !asked.includes(done));
      for (const done of asked) done();
    }
    return idleMs();
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
    await inTime(Promise.all(sending), STOP_MS);
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
