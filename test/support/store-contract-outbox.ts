/** The store's contract: notices wait in lanes, are leased, delivered, tried again or given up. */
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { fact, later, live, write } from './store-samples.ts';

const LEASE = 60_000;

export const outboxContract = (store: () => EventStore): void => {
  const claim = async (now = later(0), limit = 10): Promise<string[]> =>
    (await store().claim(now, LEASE, limit)).map((row) => row.id);

  describe('the outbox', () => {
    it('gives a row as it was asked for, once', async () => {
      await write(store(), 'D-1');
      await write(store(), 'D-1', [fact('n-1', 'thread:D-1', { notice: 'n-1', to: ['rep-1'] })]);
      expect(await store().claim(later(0), LEASE, 10)).toEqual([
        {
          id: 'n-1',
          kind: 'fact',
          lane: 'thread:D-1',
          stream: 'D-1',
          version: 2,
          notice: { notice: 'n-1', to: ['rep-1'] },
          attempts: 0,
        },
      ]);
      expect(await claim()).toEqual([]);
      await store().settle('n-1', 2);
      expect(await claim(later(600))).toEqual([]);
      expect(await store().outboxProblems()).toEqual([]);
    });

    it('sends a lane in order, one at a time, beside other lanes', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('b-1', 'b'), fact('a-2', 'a')]);
      await write(store(), 'D-1', [fact('a-3', 'a'), fact('c-1', 'c')]);
      expect(await claim(later(0), 2)).toEqual(['a-1', 'b-1']);
      expect(await claim()).toEqual(['c-1']);
      await store().settle('a-1', 1);
      expect(await claim()).toEqual(['a-2']);
      await store().settle('a-2', 1);
      expect(await claim()).toEqual(['a-3']);
    });

    it('never gives one row to two', async () => {
      await write(
        store(),
        'D-1',
        Array.from({ length: 12 }, (_, number) => fact(`n-${number}`, `lane-${number}`)),
      );
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(later(0), 3)));
      const given = claims.flat();
      expect(given.length).toBe(12);
      expect(new Set(given).size).toBe(12);
    });

    it('hands over a lease that ran out, counting the attempt', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a')]);
      expect(await claim(later(0))).toEqual(['a-1']);
      expect(await store().claim(new Date(Date.parse(later(1)) - 1).toISOString(), LEASE, 10)).toEqual([]);
      expect(await store().claim(later(1), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 1 }]);
      expect(await claim(later(1))).toEqual([]);
      await store().settle('a-1', 1);
      expect(await claim(later(1))).toEqual(['a-2']);
    });

    it('holds a lane back until its retry, and no other', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a'), fact('b-1', 'b'), fact('b-2', 'b')]);
      expect(await claim()).toEqual(['a-1', 'b-1']);
      await store().retry('a-1', later(10), 'ratelimited');
      await store().settle('b-1', 1);
      expect(await claim(later(9))).toEqual(['b-2']);
      expect(await store().outboxProblems()).toMatchObject([
        { id: 'a-1', lane: 'a', stream: 'D-1', state: 'waiting', attempts: 1, error: 'ratelimited' },
      ]);
      expect(await store().claim(later(10), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 1 }, { id: 'b-2' }]);
      await store().settle('a-1', 1);
      expect(await store().outboxProblems()).toEqual([]);
      expect(await claim(later(10))).toEqual(['a-2']);
    });

    it('shows what was given up and lets the lane go on, until it is retried or dropped', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a'), fact('b-1', 'b')]);
      await claim();
      await store().fail('a-1', 'channel_not_found');
      await store().fail('b-1', 'user_not_found');
      expect(await claim()).toEqual(['a-2']);
      expect(await store().outboxProblems()).toMatchObject([
        { id: 'a-1', state: 'failed', attempts: 1, error: 'channel_not_found' },
        { id: 'b-1', state: 'failed', attempts: 1, error: 'user_not_found' },
      ]);
      expect(await claim(later(600))).toEqual(['a-2']);

      // Retried while a later row of its lane is on its way: not beside it.
      await store().retry('a-1', later(600), 'tried again by an operator');
      expect(await claim(later(600))).toEqual([]);
      await store().settle('a-2', 1);
      expect(await store().claim(later(600), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 0 }]);
      await store().settle('a-1', 1);
      await store().settle('b-1', 1);
      expect(await store().outboxProblems()).toEqual([]);
    });

    it('takes an answer for a row that is gone', async () => {
      await store().settle('gone', 1);
      await store().retry('gone', later(1), 'late');
      await store().fail('gone', 'late');
      expect(await store().outboxProblems()).toEqual([]);
      expect(await claim()).toEqual([]);
    });
  });

  describe('live cards', () => {
    const root = (notice: string): ReturnType<typeof live> => live('live:D-1:root', 'a', { notice });

    it('become one update of the newest version', async () => {
      await write(store(), 'D-1', [root('first')]);
      await write(store(), 'D-1', [root('second'), fact('a-1', 'a')]);
      await write(store(), 'D-1', [root('third')]);
      expect(await store().claim(later(0), LEASE, 10)).toMatchObject([
        { id: 'live:D-1:root', kind: 'live', version: 3, notice: { notice: 'third' } },
      ]);
      await store().settle('live:D-1:root', 3);
      expect(await claim()).toEqual(['a-1']);
      await store().settle('a-1', 2);
      expect(await claim()).toEqual([]);
    });

    it('are drawn again when asked for during the sending, after what waits by then', async () => {
      await write(store(), 'D-1', [root('first'), fact('a-1', 'a')]);
      expect(await claim()).toEqual(['live:D-1:root']);
      await write(store(), 'D-1', [root('second')]);
      expect(await claim()).toEqual([]);
      await store().settle('live:D-1:root', 1);
      expect(await claim()).toEqual(['a-1']);
      await store().settle('a-1', 1);
      expect(await store().claim(later(0), LEASE, 10)).toMatchObject([
        { id: 'live:D-1:root', version: 2, notice: { notice: 'second' }, attempts: 0 },
      ]);
      await store().settle('live:D-1:root', 2);
      expect(await claim()).toEqual([]);
    });

    it('get a new place in line once delivered', async () => {
      await write(store(), 'D-1', [root('first')]);
      await claim();
      await store().settle('live:D-1:root', 1);
      await write(store(), 'D-1', [fact('a-1', 'a'), root('second')]);
      expect(await claim()).toEqual(['a-1']);
      await store().settle('a-1', 2);
      expect(await claim()).toEqual(['live:D-1:root']);
    });

    it('keep waiting for their retry when asked for again', async () => {
      await write(store(), 'D-1', [root('first')]);
      await claim();
      await store().retry('live:D-1:root', later(10), 'ratelimited');
      await write(store(), 'D-1', [root('second')]);
      expect(await claim(later(9))).toEqual([]);
      expect(await store().claim(later(10), LEASE, 10)).toMatchObject([{ version: 2, attempts: 1 }]);
    });

    it('are tried afresh when asked for after they were given up', async () => {
      await write(store(), 'D-1', [root('first')]);
      await claim();
      await store().fail('live:D-1:root', 'message_not_found');
      await write(store(), 'D-1', [fact('a-1', 'a'), root('second')]);
      expect(await store().outboxProblems()).toEqual([]);
      expect(await claim()).toEqual(['a-1']);
      await store().settle('a-1', 2);
      expect(await store().claim(later(0), LEASE, 10)).toMatchObject([{ version: 2, attempts: 0 }]);
    });
  });

  describe('the next thing to do', () => {
    it('is nothing, now, or when a lease or a pause ends', async () => {
      expect(await store().nextReady()).toBeNull();
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a')]);
      const first = await store().nextReady();
      expect(first !== null && first <= later(0)).toBe(true);
      await claim();
      // a-2 is ready but held back: an outbox that woke for it would spin.
      expect(await store().nextReady()).toBe(later(1));
      await store().retry('a-1', later(7), 'ratelimited');
      expect(await store().nextReady()).toBe(later(7));
      await write(store(), 'D-1', [fact('b-1', 'b')]);
      const again = await store().nextReady();
      expect(again !== null && again <= later(0)).toBe(true);
      await claim();
      await store().fail('b-1', 'gone');
      expect(await store().nextReady()).toBe(later(7));
      await claim(later(7));
      await store().settle('a-1', 1);
      await claim(later(7));
      await store().settle('a-2', 1);
      expect(await store().nextReady()).toBeNull();
    });

    it('waits for the lease of a later row when an earlier one was revived', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a')]);
      await claim();
      await store().fail('a-1', 'gone');
      await claim();
      await store().retry('a-1', later(0), 'tried again');
      expect(await store().nextReady()).toBe(later(1));
    });
  });
};
