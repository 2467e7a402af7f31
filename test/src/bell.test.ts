/** A bell wakes one listener, so that none waits beside another in vain. */

import { expect, it } from 'vitest';
import { createBell, createBells } from '../../src/bell.ts';

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
