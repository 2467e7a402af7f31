/** A bell wakes one listener, so that none waits beside another in vain. */

import { expect, it } from 'vitest';
import { createBell, createBells, inSlices, yieldToOthers } from '../../src/bell.ts';

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
