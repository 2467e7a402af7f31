import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '../../src/pace.ts';
import { PACE_MS } from '../../src/slack/slack.ts';
import { TEAMS_RATE } from '../../src/teams/outbound.ts';

const SLACK_RATE = { everyMs: PACE_MS, burst: 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives one channel a turn a second in Slack, and another its own', async () => {
  const pace = createPace(SLACK_RATE, () => new Date());
  const start = Date.now();
  const turns: [string, number][] = [];
  const take = (channel: string) => void pace(channel).then(() => turns.push([channel, Date.now() - start]));
  for (const channel of ['a', 'a', 'a', 'b']) take(channel);
  await vi.advanceTimersByTimeAsync(2500);
  take('a');
  await vi.advanceTimersByTimeAsync(1000);
  expect(turns).toEqual([
    ['a', 0],
    ['b', 0],
    ['a', 1000],
    ['a', 2000],
    ['a', 3000],
  ]);
});

it('lets some follow each other at once in Teams, and never more than Teams takes', async () => {
  const pace = createPace(TEAMS_RATE, () => new Date());
  const start = Date.now();
  const turns: number[] = [];
  for (let n = 0; n < 200; n += 1) void pace('a').then(() => turns.push(Date.now() - start));
  await vi.advanceTimersByTimeAsync(200_000);
  expect(turns).toHaveLength(200);
  expect(turns.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 560]);
  const most = (ms: number) =>
    Math.max(...turns.map((from) => turns.filter((at) => at >= from && at < from + ms).length));
  expect(most(1000)).toBeLessThanOrEqual(7);
  expect(most(30_000)).toBeLessThanOrEqual(60);
});

it('does not wait after a silence', async () => {
  const pace = createPace(TEAMS_RATE, () => new Date());
  for (let n = 0; n < 5; n += 1) await pace('a');
  await vi.advanceTimersByTimeAsync(5 * 560);
  for (let n = 0; n < 5; n += 1) await pace('a');
  expect(vi.getTimerCount()).toBe(0);
});

it('does not wait where nobody counts', async () => {
  const pace = createPace({ everyMs: 0, burst: 1 }, () => new Date());
  await Promise.all([pace('a'), pace('a'), pace('a')]);
  expect(vi.getTimerCount()).toBe(0);
});
