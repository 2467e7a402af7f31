/** The store's contract: which streams are due, and how their due times are corrected. */

import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { later, sampleCommit, sampleProjection, write } from './store-samples.ts';

export const dueContract = (store: () => EventStore): void => {
  const due = async (now: string, limit = 10): Promise<string[]> =>
    (await store().due('deal', now, limit)).map(({ stream }) => stream);

  describe('what is due', () => {
    it('comes the longest due first', async () => {
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: later(10) } });
      await write(store(), 'D-2', [], { snapshot: { nextDueAt: later(5) } });
      await write(store(), 'D-3');
      await write(store(), 'D-4', [], { snapshot: { nextDueAt: later(11) } });
      await write(store(), 'G-1', [], { snapshot: { kind: 'grievance', nextDueAt: later(1) } });
      expect(await due(later(4))).toEqual([]);
      expect(await due(later(10))).toEqual(['D-2', 'D-1']);
      expect(await due(later(60), 1)).toEqual(['D-2']);
      await write(store(), 'D-2');
      expect(await due(later(10))).toEqual(['D-1']);
    });

    it('is corrected where only the calendar changed, and nothing else with it', async () => {
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: later(10), tier: 'high' } });
      await write(store(), 'D-2');
      const before = await store().load('D-1');
      await store().setDue('D-1', 1, '2026-03-02T10:20:00+01:00');
      await store().setDue('D-2', 1, later(30));
      const [summary] = await store().due('deal', later(20), 10);
      expect(summary).toMatchObject({ stream: 'D-1', version: 1, tier: 'high', nextDueAt: later(20) });
      expect(await due(later(30))).toEqual(['D-1', 'D-2']);
      expect(await store().load('D-1')).toEqual({ ...before, snapshot: { ...before.snapshot, nextDueAt: later(20) } });
      expect((await store().read('D-1')).length).toBe(1);
      await store().setDue('D-1', 1, null);
      expect(await due(later(60))).toEqual(['D-2']);
    });

    it('is not corrected by whoever looked at an older version', async () => {
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: later(10) } });
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: later(20) } });
      await store().setDue('D-1', 1, null);
      await store().setDue('D-1', 3, null);
      await store().setDue('D-none', 1, later(1));
      expect(await due(later(20))).toEqual(['D-1']);
      expect((await store().list({ kind: 'deal', limit: 10 })).map(({ stream }) => stream)).toEqual(['D-1']);
    });

    it('is what the newest snapshot says, whatever was corrected before', async () => {
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: later(10) } });
      await store().setDue('D-1', 1, null);
      await store().append(sampleCommit('D-1', 1), sampleProjection(2, [], { nextDueAt: later(5) }));
      expect(await due(later(5))).toEqual(['D-1']);
    });

    it('refuses what is no instant', async () => {
      await write(store(), 'D-1');
      await expect(store().setDue('D-1', 1, 'soon')).rejects.toThrow();
      expect(await due(later(60))).toEqual([]);
    });
  });
};
