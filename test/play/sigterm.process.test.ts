/** A deployment: the process gets SIGTERM while it works, and another takes over at once. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { LEASE_MS } from '../../src/outbox/outbox.ts';
import { until } from '../support/bad-day.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { startCompany, type Company } from '../torture/support/bot-process.ts';

let company: Company;
beforeEach(async () => {
  company = await startCompany();
});
afterEach(() => company.end());

const isPost = ({ method }: { method: string }): boolean => method === 'chat.postMessage';

it('finishes what is in hand, gives the rest back, and the next process sends it once', async () => {
  const { api, deals, record } = await startedWith(() => 600);
  const opened = [await deals.open(), await deals.open(), await deals.open()];
  await until('a message on its way', () => (api.calls.some(isPost) ? true : undefined));
  // It is answered, or refused before anything is done; that may come before the process has ended.
  const last = deals.open().then(
    (deal) => [deal],
    () => [],
  );
  const asked = Date.now();
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);
  const answered = await last;
  const posted = api.messages.length;
  expect(posted).toBeGreaterThan(0);

  // The leases of the ended process delay nobody: what can be claimed once they were over can be well before. A message may
  // wait some seconds for its channel's turn.
  const soon = await claimable(record, Date.now() + LEASE_MS / 2);
  expect(soon).not.toEqual([]);
  expect(await claimable(record, Date.now() + 2 * LEASE_MS)).toEqual(soon);

  api.delayMs = () => 0;
  await company.start();
  await record.quiet();
  for (const deal of [...opened, ...answered]) expect(await record.types(deal)).toEqual(['DealOpened']);
  const ids = api.messages.map(({ metadata, channel }) => `${channel} ${JSON.stringify(metadata)}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(api.messages.filter((m) => m.channel === CLEARANCE && m.thread_ts === undefined)).toHaveLength(
    opened.length + answered.length,
  );
  expect(await record.store.outboxProblems()).toEqual([]);
});

it('refuses connections at once, so that a balancer asks another, and does not wait for a Slack that hangs', async () => {
  const { deals, api } = await startedWith(({ method }) => (isPost({ method }) ? 60_000 : 0));
  await deals.open();
  await until('a message on its way', () => (api.calls.some(isPost) ? true : undefined));
  const asked = Date.now();
  bot.kill('SIGTERM');
  const refused = until('a refused connection', () =>
    fetch(`${bot.url}/readyz`).then(
      () => undefined,
      // A request that arrives at that very moment is reset.
      (error: unknown) =>
        (error as Error & { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED' ? 'refused' : undefined,
    ),
  );
  // The refusal comes long before the process ends.
  expect(await Promise.race([refused, bot.ended])).toBe('refused');
  expect(await bot.ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);
});

/** The rows that could be sent at that time. They are given back as they were. */
const claimable = async ({ store }: Company['record'], at: number): Promise<string[]> => {
  const rows = await store.claim(new Date(at).toISOString(), 1, 1000);
  for (const row of rows) await store.release(row, new Date().toISOString(), row.attempts);
  return rows.map(({ id }) => id).toSorted();
};

let bot: Awaited<ReturnType<Company['start']>>;
const startedWith = async (delayMs: Company['api']['delayMs']): Promise<Company> => {
  company.api.delayMs = delayMs;
  bot = await company.start();
  return company;
};
