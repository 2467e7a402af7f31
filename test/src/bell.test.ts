/** A bell wakes one listener, so that none waits beside another in vain. */

import { describe, expect, it } from 'vitest';
import { createAlone, createBell, createBells, inSlices, repeating, yieldToOthers } from '../../src/bell.ts';

const HOUR = 3_600_000;

it('remembers a ring until somebody waits for it', async () => {
  const bell = createBell();
  bell.ring();
  await bell.heard(HOUR);
});

it('refuses a second listener, and wakes the first', async () => {
  const bell = createBell();
  const first = bell.heard(HOUR);
  await expect(bell.heard(HOUR)).rejects.toThrow(/one listener/);
  bell.ring();
  await first;
});

it('does one part at a time, in order, also after one that fails', async () => {
  const alone = createAlone();
  const log: string[] = [];
  const part = (name: string, fails = false) =>
    alone(async () => {
      log.push(`${name} begins`);
      await yieldToOthers();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([part('one', true), part('two')]);
  expect(all).toMatchObject([{ status: 'rejected', reason: { message: 'one' } }, { value: 'two' }]);
  expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

it('is one for each of several, who all hear', async () => {
  const bells = createBells();
  const heard = [bells.another(), bells.another()].map((bell) => bell.heard(HOUR));
  bells.ring();
  await Promise.all(heard);
});

it('lets others have their turn in a long walk, and not at each step of a short one', async () => {
  const turnsIn = async (sliceMs: number): Promise<number> => {
    let [turns, walking] = [0, true];
    const other = (async () => {
      while (walking) {
        await yieldToOthers();
        turns += 1;
      }
    })();
    const rest = inSlices(sliceMs);
    for (let step = 0; step < 50; step += 1) await rest();
    walking = false;
    await other;
    return turns;
  };
  expect(await turnsIn(0)).toBeGreaterThanOrEqual(50);
  expect(await turnsIn(HOUR)).toBe(1);
});

describe('work that comes again', () => {
  it('comes at once, and when the bell rings; stopping waits for what is under way and lets nothing begin', async () => {
    const bell = createBell();
    const log: string[] = [];
    let finish: () => void = () => {};
    const running = repeating(
      async (ended) => {
        log.push('begun');
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        log.push(ended() ? 'done, and ended' : 'done');
        return undefined;
      },
      60_000,
      bell,
    );
    finish();
    await expect.poll(() => log.length).toBe(2);
    bell.ring();
    await expect.poll(() => log.length).toBe(3);
    const stopped = running.stop();
    finish();
    await stopped;
    bell.ring();
    expect(log).toEqual(['begun', 'done', 'begun', 'done, and ended']);
  });

  it('comes again after the time that it asks for, or the usual one', async () => {
    const at: number[] = [];
    const running = repeating(async () => {
      at.push(performance.now());
      return at.length === 1 ? 1 : undefined;
    }, 5);
    await expect.poll(() => at.length).toBeGreaterThan(3);
    await running.stop();
    const count = at.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(at).toHaveLength(count);
  });
});
