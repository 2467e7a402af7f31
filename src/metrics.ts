/** Metrics for Prometheus: counts and times by chat and result. No deal, person, answer or token is in any label. */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ALL_CHATS, type Chat } from '../flows/chats.ts';
import type { EventStore } from '../store/event-store.ts';
import { inTime } from './edge/deadline.ts';
import type { RequestResult } from './edge/request-watch.ts';
import type { DeliveryResult } from './outbox/outbox.ts';
import { KIND } from './streams/register.ts';
import type { AppendResult } from './streams/watched-store.ts';

export interface MetricsOptions {
  store: Pick<EventStore, 'outboxBacklog' | 'due' | 'unplaced'>;
  /** Clock of deals and of what is sent. */
  clock: () => Date;
  /** Number of rows beside the record that the last look found changed. */
  rowsChanged?: (() => number) | undefined;
  /** Number of commits that the newest signed checkpoint covers. */
  signedSize?: (() => number) | undefined;
}

export interface Metrics {
  appended(result: AppendResult, ms: number): void;
  asked(chat: Chat, result: RequestResult, ms?: number): void;
  delivered(chat: Chat | undefined, result: DeliveryResult): void;
  /** Returns the page of a scrape. Never waits long for the store, and never fails because of it. */
  page(): Promise<{ type: string; text: string }>;
}

const REQUESTS: readonly RequestResult[] = ['answered', 'late', 'fault', 'refused'];
const DELIVERIES: readonly DeliveryResult[] = ['delivered', 'retried', 'later', 'failed', 'unreachable'];
const APPENDS: readonly AppendResult[] = ['appended', 'conflict', 'repeated', 'fault'];
/** Slack waits three seconds. */
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];
const APPEND_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Counting stops at this number. */
const MOST_DUE = 1000;
const STORE_MS = 2000;
/** The page is open to anybody who reaches the port: frequent requests cost the store nothing more. */
const FRESH_MS = 1000;

export const createMetrics = ({
  store,
  clock,
  rowsChanged = () => 0,
  signedSize = () => 0,
}: MetricsOptions): Metrics => {
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  collectDefaultMetrics({ register });

  const requests = new Counter({
    name: 'clearthread_requests_total',
    help: 'Requests of a chat by how they were answered: late = "it may be saved", refused = turned away at the door',
    labelNames: ['chat', 'result'],
    registers,
  });
  const acks = new Histogram({
    name: 'clearthread_ack_seconds',
    help: 'From the arrival of a request to its answer',
    labelNames: ['chat'],
    buckets: ACK_BUCKETS,
    registers,
  });
  const appends = new Counter({
    name: 'clearthread_appends_total',
    help: 'Commits by result: conflict = somebody else wrote first, repeated = the same act came again',
    labelNames: ['result'],
    registers,
  });
  const appendTimes = new Histogram({
    name: 'clearthread_append_seconds',
    help: 'How long the store took to make a commit durable',
    buckets: APPEND_BUCKETS,
    registers,
  });
  const deliveries = new Counter({
    name: 'clearthread_deliveries_total',
    help: 'Tries to send a message by result: later = a rate limit or a stop, not counted as a try',
    labelNames: ['chat', 'result'],
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `clearthread_${name}`, help, registers });
  const storeUp = gauge('store_up', '1 while the store answers');
  const owed = gauge('outbox_owed', 'Messages that are neither delivered nor given up');
  const failed = gauge('outbox_failed', 'Messages that were given up and wait for an operator');
  const readyAge = gauge(
    'outbox_ready_age_seconds',
    'How long the oldest message that could be sent has waited for it',
  );
  const owedAge = gauge('outbox_owed_age_seconds', 'How old the oldest message is that is owed, whatever keeps it');
  const due = gauge(
    'due_streams',
    `Deals and registers whose time has come and that were not looked at, ${MOST_DUE} of a kind at most`,
  );

  const changed = gauge('rows_changed', 'Rows beside the record that were changed by something else than Clearthread');

  const unplaced = gauge(
    'log_unplaced_commits',
    'Commits that have no place in the log yet: each gets one in a minute',
  );
  const signed = gauge('log_signed_commits', 'Commits that the newest signed checkpoint covers');

  for (const chat of ALL_CHATS) {
    for (const result of REQUESTS) requests.inc({ chat, result }, 0);
    for (const result of DELIVERIES) deliveries.inc({ chat, result }, 0);
  }
  for (const result of APPENDS) appends.inc({ result }, 0);

  const read = async (): Promise<void> => {
    changed.set(rowsChanged());
    signed.set(signedSize());
    const now = clock();
    const seconds = (since: string | null): number =>
      since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
    const [backlog, waiting, ...dues] = await Promise.all([
      store.outboxBacklog(now.toISOString()),
      store.unplaced(),
      ...['deal', KIND].map((kind) => store.due(kind, now.toISOString(), MOST_DUE)),
    ]);
    owed.set(backlog.owed);
    unplaced.set(waiting);
    failed.set(backlog.failed);
    readyAge.set(seconds(backlog.readySince));
    owedAge.set(seconds(backlog.owedSince));
    due.set(dues.reduce((sum, streams) => sum + streams.length, 0));
  };

  const refresh = async (): Promise<void> => {
    const done = await inTime(
      read().then(
        () => true,
        () => false,
      ),
      STORE_MS,
    );
    storeUp.set(done === true ? 1 : 0);
    // An unknown number is not reported: an old one would look like a quiet day.
    if (done !== true) for (const unknown of [owed, failed, readyAge, owedAge, due, unplaced]) unknown.set(NaN);
  };

  let page: { at: number; text: Promise<string> } | undefined;

  return {
    appended: (result, ms) => {
      appends.inc({ result });
      appendTimes.observe(ms / 1000);
    },
    asked: (chat, result, ms) => {
      requests.inc({ chat, result });
      if (ms !== undefined) acks.observe({ chat }, ms / 1000);
    },
    delivered: (chat, result) => deliveries.inc({ chat: chat ?? 'none', result }),
    page: async () => {
      const now = performance.now();
      if (!page || now - page.at > FRESH_MS) page = { at: now, text: refresh().then(() => register.metrics()) };
      return { type: register.contentType, text: await page.text };
    },
  };
};
