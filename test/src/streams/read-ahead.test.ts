/** Readings of an act: never older than its own writes, and never another act's. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReadAhead } from '../../../src/streams/read-ahead.ts';
import { traced, tracedAgain } from '../../../src/trace.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { sampleCommit, sampleProjection } from '../../support/store-samples.ts';

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
  const [ahead, read] = [createReadAhead(), counting()];
  const twice = async (): Promise<number[]> => [await ahead.once('D-1', read), await ahead.once('D-1', read)];
  expect(await traced('A', twice)).toEqual([1, 1]);
  expect(await traced('B', twice)).toEqual([2, 2]);
  expect(await twice()).toEqual([3, 4]);
  // The same act continues, whoever resumes it.
  expect(await traced('C', async () => [...(await twice()), ...(await traced('C', twice))])).toEqual([5, 5, 5, 5]);
});

it('reads again what could not be read, and what was written since', async () => {
  const [ahead, read] = [createReadAhead(), counting()];
  await traced('A', async () => {
    await expect(ahead.once('D-1', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await ahead.once('D-1', read)).toBe(1);
    ahead.forget();
    expect(await ahead.once('D-1', read)).toBe(2);
  });
});

it('reads again after an append to any stream, done or not, and what was looked at meanwhile', async () => {
  const [ahead, read] = [createReadAhead(), counting()];
  const store = ahead.endedBy({
    append: async (...asked: Parameters<typeof at.store.append>) => {
      await ahead.once('D-1', read);
      return at.store.append(...asked);
    },
  });
  const write = () => store.append(sampleCommit('D-2', 0), sampleProjection(1));
  await traced('A', async () => {
    expect(await ahead.once('D-1', read)).toBe(1);
    expect((await write()).kind).toBe('appended');
    expect(await ahead.once('D-1', read)).toBe(3);
    expect(await ahead.once('D-1', read)).toBe(3);
  });
  const broken = ahead.endedBy<Pick<EventStore, 'append'>>({
    append: () => Promise.reject(new Error('the disk is gone')),
  });
  await traced('B', async () => {
    expect(await ahead.once('D-1', read)).toBe(4);
    await expect(broken.append(sampleCommit('D-2', 1), sampleProjection(2))).rejects.toThrow('the disk is gone');
    expect(await ahead.once('D-1', read)).toBe(5);
  });
});

it('reads again where an act had to wait, and goes on with that', async () => {
  const [ahead, read] = [createReadAhead(), counting()];
  const look = () => ahead.once('D-1', read);
  await traced('A', async () => {
    expect(await look()).toBe(1);
    const again = await tracedAgain('A', async () => [await look(), await traced('A', look)]);
    expect(again).toEqual([2, 2]);
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
