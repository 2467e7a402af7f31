/** The current act: carried through every wait, and no further. */

import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { currentAct, currentTrace, traced, tracedAgain } from '../../src/trace.ts';

it('is known at once and later, of each act its own, and of nobody outside', async () => {
  const later = async (): Promise<(string | undefined)[]> => {
    const first = currentTrace();
    await setImmediate();
    return [first, currentTrace()];
  };
  const both = [traced('A', later), traced('B', later)];
  expect(currentTrace()).toBeUndefined();
  expect(await Promise.all(both)).toEqual([
    ['A', 'A'],
    ['B', 'B'],
  ]);
  expect(currentTrace()).toBeUndefined();
});

it('is one act within the same trace, another within another, and another where it begins again', () => {
  traced('A', () => {
    const act = currentAct();
    expect(traced('A', currentAct)).toBe(act);
    expect(traced('B', currentAct)).toEqual({ trace: 'B' });
    const again = tracedAgain('A', currentAct);
    expect(again).toEqual({ trace: 'A' });
    expect(again).not.toBe(act);
  });
  expect(traced('A', currentAct)).not.toBe(traced('A', currentAct));
});
