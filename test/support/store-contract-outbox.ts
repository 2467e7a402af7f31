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

      // Requeued while a later row of its lane is being sent: it must not go beside it.
      expect(await store().again('a-1', later(600))).toBe('ready');
      expect(await store().outboxProblems()).toMatchObject([{ id: 'a-1', state: 'waiting' }, { id: 'b-1' }]);
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
      await store().release('gone', later(1), 0);
      expect(await store().again('gone', later(1))).toBe('none');
      expect(await store().outboxProblems()).toEqual([]);
      expect(await claim()).toEqual([]);
    });

    it('says which act asked for a row, if that is known', async () => {
      await write(store(), 'D-1', [{ ...fact('a-1', 'a'), trace: 'ABC12345' }, fact('b-1', 'b')]);
      const rows = await store().claim(later(0), LEASE, 10);
      expect(rows.map(({ id, trace }) => [id, trace])).toEqual([
        ['a-1', 'ABC12345'],
        ['b-1', undefined],
      ]);
      await write(store(), 'D-1', [{ ...live('card', 'c'), trace: 'FIRST123' }]);
      await write(store(), 'D-1', [{ ...live('card', 'c'), trace: 'NEWEST12' }]);
      expect(await store().claim(later(0), LEASE, 10)).toMatchObject([{ id: 'card', trace: 'NEWEST12' }]);
    });

    it('gives what is urgent before what can wait', async () => {
      await write(store(), 'D-1', [
        { ...fact('a-1', 'a'), bulk: true },
        { ...live('b-1', 'b'), bulk: true },
      ]);
      await write(store(), 'D-2', [fact('c-1', 'c'), { ...fact('d-1', 'd'), bulk: false }]);
      expect(await claim(later(0), 2)).toEqual(['c-1', 'd-1']);
      const rows = await store().claim(later(0), LEASE, 10);
      expect(rows.map(({ id, bulk }) => [id, bulk])).toEqual([
        ['a-1', true],
        ['b-1', true],
      ]);
    });

    it('makes urgent what stands before something urgent in its lane, and keeps their order', async () => {
      await write(store(), 'D-1', [
        { ...fact('a-1', 'a'), bulk: true },
        { ...fact('b-1', 'b'), bulk: true },
        fact('b-2', 'b'),
      ]);
      expect(await claim(later(0), 1)).toEqual(['b-1']);
      await store().settle('b-1', 1);
      expect(await claim(later(0), 1)).toEqual(['b-2']);
      expect(await claim()).toEqual(['a-1']);
    });

    it('gives a card that is urgent once no longer as one that can wait', async () => {
      await write(store(), 'D-1', [{ ...fact('a-1', 'a'), bulk: true }, live('card', 'c')]);
      await write(store(), 'D-1', [{ ...live('card', 'c'), bulk: true }]);
      expect(await claim()).toEqual(['card', 'a-1']);
    });

    it('takes a row back that was not tried, without counting an attempt', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a')]);
      await claim();
      await store().release('a-1', later(5), 0);
      expect(await store().nextReady()).toBe(later(5));
      expect(await claim(later(4))).toEqual([]);
      expect(await store().outboxProblems()).toEqual([]);
      expect(await store().claim(later(5), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 0 }]);
      await store().retry('a-1', later(6), 'ratelimited', 0);
      expect(await store().claim(later(6), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 1 }]);
      await store().release('a-1', later(7), 1);
      expect(await store().claim(later(7), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 1 }]);
    });

    it('listens to nobody whose lease somebody else has taken over', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), live('b-1', 'b')]);
      await claim(later(0));
      expect(await claim(later(1))).toEqual(['a-1', 'b-1']);
      await store().settle('a-1', 1, 0);
      await store().retry('a-1', later(1), 'late', 0);
      await store().fail('a-1', 'late', 0);
      await store().release('a-1', later(1), 0);
      await write(store(), 'D-1', [live('b-1', 'b')]);
      await store().settle('b-1', 1, 0);
      expect(await claim(later(1))).toEqual([]);
      expect(await store().outboxProblems()).toEqual([]);
      await store().settle('a-1', 1, 1);
      await store().settle('b-1', 1, 1);
      expect(await store().claim(later(1), LEASE, 10)).toMatchObject([{ id: 'b-1', version: 2 }]);
    });

    it('takes an answer after the lease, where nobody took the row over', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('b-1', 'b')]);
      await claim(later(0));
      await store().settle('a-1', 1, 0);
      await store().fail('b-1', 'gone', 0);
      expect(await claim(later(600))).toEqual([]);
      expect(await store().outboxProblems()).toMatchObject([{ id: 'b-1', state: 'failed' }]);
    });

    it('leaves a row that is being sent alone when an operator wants it again', async () => {
      await write(store(), 'D-1', [fact('a-1', 'a')]);
      await claim(later(0));
      await store().retry('a-1', later(10), 'ratelimited', 0);
      await claim(later(10));
      expect(await store().again('a-1', later(10))).toBe('being sent');
      expect(await claim(later(10))).toEqual([]);
      await store().retry('a-1', later(30), 'ratelimited', 1);
      expect(await store().again('a-1', later(11))).toBe('ready');
      expect(await store().outboxProblems()).toMatchObject([{ id: 'a-1', state: 'waiting', error: 'ratelimited' }]);
      expect(await store().claim(later(11), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 2 }]);
      // The process that sent it died.
      expect(await store().again('a-1', later(12))).toBe('ready');
      expect(await store().claim(later(12), LEASE, 10)).toMatchObject([{ id: 'a-1', attempts: 3 }]);
    });

    it('counts what is owed and what was given up, and says since when a row could be sent', async () => {
      expect(await store().outboxBacklog(later(0))).toEqual({ owed: 0, failed: 0, owedSince: null, readySince: null });
      await write(store(), 'D-1', [fact('a-1', 'a'), fact('a-2', 'a')], { commit: { at: later(1) } });
      await write(store(), 'D-2', [fact('b-1', 'b')], { commit: { at: later(3) } });
      expect(await store().outboxBacklog(later(4))).toEqual({
        owed: 3,
        failed: 0,
        owedSince: later(1),
        readySince: later(1),
      });
      expect(await claim(later(4), 1)).toEqual(['a-1']);
      // a-2 cannot be claimed while a-1 is being sent.
      expect(await store().outboxBacklog(later(4))).toEqual({
        owed: 3,
        failed: 0,
        owedSince: later(1),
        readySince: later(3),
      });
      await claim(later(4));
      await store().fail('b-1', 'gone');
      await store().retry('a-1', later(8), 'ratelimited');
      expect(await store().outboxBacklog(later(7))).toEqual({
        owed: 2,
        failed: 1,
        owedSince: later(1),
        readySince: null,
      });
      expect(await store().outboxBacklog(later(9))).toEqual({
        owed: 2,
        failed: 1,
        owedSince: later(1),
        readySince: later(8),
      });
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
