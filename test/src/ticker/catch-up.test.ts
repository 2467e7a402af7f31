import { expect, it } from 'vitest';
import { silentLogger } from '../../../src/log.ts';
import { startCatchingUp } from '../../../src/ticker/catch-up.ts';

/** Returns the answers one after the other, then always 0. */
const answering = (...answers: (number | Error)[]) => {
  const line = [...answers];
  let asked = 0;
  return {
    asked: () => asked,
    catchUp: async () => {
      asked += 1;
      const next = line.shift() ?? 0;
      if (next instanceof Error) throw next;
      return next;
    },
  };
};

it('goes on at once while there is more, and has the outbox look each time', async () => {
  const store = answering(50, 3);
  let woken = 0;
  const sweeping = startCatchingUp({ store, logger: silentLogger, wake: () => (woken += 1), everyMs: 600_000 });
  await expect.poll(store.asked).toBe(3);
  expect(woken).toBe(2);
  await sweeping.stop();
  expect(store.asked()).toBe(3);
});

it('logs a store that does not answer, and tries again', async () => {
  const store = answering(new Error('canary'), 1);
  const logged: string[] = [];
  const note = (event: string): void => void logged.push(event);
  const logger = { info: note, warn: note, error: note };
  const sweeping = startCatchingUp({ store, logger, wake: () => {}, everyMs: 5 });
  await expect.poll(() => logged).toEqual(['store.not-caught-up', 'store.caught-up']);
  await sweeping.stop();
});
