import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '../../src/slack/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives one channel a turn a second, and another its own', async () => {
  const pace = createPace(1000, () => new Date());
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

it('does not wait where nobody counts', async () => {
  const pace = createPace(0, () => new Date());
  await Promise.all([pace('a'), pace('a'), pace('a')]);
  expect(vi.getTimerCount()).toBe(0);
});
