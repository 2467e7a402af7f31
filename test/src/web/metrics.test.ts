import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { createMetrics, type MetricsOptions } from '../../../src/metrics.ts';
import { mountMetrics } from '../../../src/web/metrics.ts';
import type { StreamSummary } from '../../../store/event-store.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const before = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();
const stream: StreamSummary = {
  stream: 'D-1',
  kind: 'deal',
  status: 'answering',
  tier: null,
  owner: 'rep-1',
  version: 1,
  nextDueAt: before(1),
};

const metricsOf = (store: Partial<MetricsOptions['store']> = {}) =>
  createMetrics({
    store: {
      outboxBacklog: async () => ({ owed: 0, failed: 0, owedSince: null, readySince: null }),
      due: async () => [],
      unplaced: async () => 7,
      ...store,
    },
    clock: () => NOW,
  });

/** Our own lines, without their comments. */
const linesOf = async (metrics: ReturnType<typeof createMetrics>): Promise<string[]> =>
  (await metrics.page()).text.split('\n').filter((line) => line.startsWith('clearthread_'));

it('shows how many rows beside the record were found changed', async () => {
  const metrics = createMetrics({
    store: {
      outboxBacklog: async () => ({ owed: 0, failed: 0, owedSince: null, readySince: null }),
      due: async () => [],
      unplaced: async () => 0,
    },
    clock: () => NOW,
    rowsChanged: () => 3,
    signedSize: () => 1234,
  });
  const lines = await linesOf(metrics);
  expect(lines).toContain('clearthread_rows_changed 3');
  expect(lines).toContain('clearthread_log_signed_commits 1234');
  expect(await linesOf(metricsOf())).toContain('clearthread_log_unplaced_commits 7');
  expect(await linesOf(metricsOf())).toContain('clearthread_rows_changed 0');
});

it('counts requests, commits and deliveries by chat and result', async () => {
  const metrics = metricsOf();
  metrics.asked('slack', 'answered', 12);
  metrics.asked('slack', 'answered', 700);
  metrics.asked('teams', 'late', 2500);
  metrics.asked('teams', 'refused');
  metrics.appended('appended', 3);
  metrics.appended('conflict', 1);
  metrics.delivered('slack', 'delivered');
  metrics.delivered('teams', 'unreachable');
  metrics.delivered(undefined, 'failed');
  const lines = await linesOf(metrics);
  expect(lines).toEqual(
    expect.arrayContaining([
      'clearthread_requests_total{chat="slack",result="answered"} 2',
      'clearthread_requests_total{chat="slack",result="fault"} 0',
      'clearthread_requests_total{chat="teams",result="late"} 1',
      'clearthread_requests_total{chat="teams",result="refused"} 1',
      'clearthread_ack_seconds_bucket{le="0.025",chat="slack"} 1',
      'clearthread_ack_seconds_count{chat="slack"} 2',
      'clearthread_ack_seconds_count{chat="teams"} 1',
      'clearthread_appends_total{result="appended"} 1',
      'clearthread_appends_total{result="conflict"} 1',
      'clearthread_append_seconds_count 2',
      'clearthread_deliveries_total{chat="slack",result="delivered"} 1',
      'clearthread_deliveries_total{chat="teams",result="unreachable"} 1',
      'clearthread_deliveries_total{chat="none",result="failed"} 1',
      'clearthread_deliveries_total{chat="slack",result="retried"} 0',
    ]),
  );
});

it('says how much is owed and for how long, and what is due', async () => {
  const lines = await linesOf(
    metricsOf({
      outboxBacklog: async () => ({ owed: 7, failed: 2, owedSince: before(90), readySince: before(30) }),
      due: async (kind) => (kind === 'deal' ? [stream, stream] : [stream]),
    }),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'clearthread_store_up 1',
      'clearthread_outbox_owed 7',
      'clearthread_outbox_failed 2',
      'clearthread_outbox_owed_age_seconds 90',
      'clearthread_outbox_ready_age_seconds 30',
      'clearthread_due_streams 3',
    ]),
  );
});

it.each([
  ['refuses', () => Promise.reject(new Error('locked'))],
  ['hangs', () => new Promise<never>(() => {})],
])('is there when the store %s, and says so instead of old numbers', async (_, outboxBacklog) => {
  const lines = await linesOf(metricsOf({ outboxBacklog }));
  expect(lines).toEqual(expect.arrayContaining(['clearthread_store_up 0', 'clearthread_outbox_owed Nan']));
});

it('asks the store once for many scrapes at once', async () => {
  let asked = 0;
  const metrics = metricsOf({
    outboxBacklog: async () => {
      asked += 1;
      return { owed: 0, failed: 0, owedSince: null, readySince: null };
    },
  });
  await Promise.all([metrics.page(), metrics.page(), metrics.page()]);
  expect(asked).toBe(1);
});

it('is served as Prometheus reads it', async () => {
  const app = express();
  mountMetrics(app, metricsOf());
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text).toContain('# TYPE clearthread_requests_total counter');
  expect(text).toContain('process_resident_memory_bytes');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
