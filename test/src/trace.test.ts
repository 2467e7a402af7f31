/** What an act reads once: never older than what it wrote, and nobody else's. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { readings, traced } from '../../src/trace.ts';
import { atDesk, type AtDesk } from '../support/desk.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

const counting = () => {
  let reads = 0;
  return async (): Promise<number> => (reads += 1);
};

it('reads a stream once in one act, anew in another, and each time where there is none', async () => {
  const read = counting();
  const twice = async (): Promise<number[]> => [await readings.once('D-1', read), await readings.once('D-1', read)];
  expect(await traced('A', twice)).toEqual([1, 1]);
  expect(await traced('B', twice)).toEqual([2, 2]);
  expect(await twice()).toEqual([3, 4]);
  // The same act goes on, whoever takes it up.
  expect(await traced('C', async () => [...(await twice()), ...(await traced('C', twice))])).toEqual([5, 5, 5, 5]);
});

it('reads again what could not be read, and what was written since', async () => {
  const read = counting();
  await traced('A', async () => {
    await expect(readings.once('D-1', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await readings.once('D-1', read)).toBe(1);
    readings.forget();
    expect(await readings.once('D-1', read)).toBe(2);
  });
});

it('decides on a deal as it is after what the act did to it, and to what it hangs on', async () => {
  const deal = await at.openDeal();
  const seen = await traced('A', async () => {
    const before = await at.deals.view(deal);
    const held = await at.desk.registers.holds.handle(
      {
        type: 'PlaceHold',
        on: { of: 'deal', deal },
        stop: ['upgrades'],
        because: 'breach',
        reason: 'A credible report names it.',
        review: '2027-03-20',
        reach: { deals: 1, team: [] },
      },
      { actor: 'compliance-1', cause: 'hold-1' },
    );
    return { before, held, after: await at.deals.view(deal) };
  });
  expect(seen.held.kind).toBe('accepted');
  expect(seen.before?.organisation.holds).toEqual([]);
  expect(seen.after?.organisation.holds).toHaveLength(1);
});

it('finds that somebody else was quicker, and decides again', async () => {
  const deal = await at.openDeal();
  const answer = (value: 'yes' | 'no', cause: string) =>
    at.deals.handle(
      deal,
      { type: 'SaveSectionForLater', section: 'scope', answers: { G1: { value, sources: [] } } },
      { actor: 'rep-1', cause },
    );
  const outcome = await traced('A', async () => {
    await at.deals.view(deal);
    await traced('B', () => answer('no', 'first'));
    return answer('yes', 'second');
  });
  expect(outcome.kind).toBe('accepted');
  expect((await at.store.read(deal)).map(({ cause }) => cause).slice(-2)).toEqual(['first', 'second']);
});
