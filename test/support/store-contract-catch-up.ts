/** The store's contract: the next sweep makes what a crash cut off from its commit. */

import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { type OpenedStore, fact, later, live, sampleCommit, sampleProjection, write } from './store-samples.ts';

/** Sweeps until nothing is left to do, a few at a time. */
const catchUp = async (store: EventStore): Promise<void> => {
  while ((await store.catchUp(2)) > 0);
};

export const catchUpContract = (opened: () => OpenedStore): void => {
  const ids = async (store: EventStore): Promise<string[]> =>
    (await store.claim(later(0), 60_000, 10)).map(({ id }) => id);

  describe('a crash between a commit and what follows from it', () => {
    it('loses no notice, no list entry and no due time, though nobody opens that stream again', async () => {
      const owes = { nextDueAt: later(5), status: 'deciding' };
      await write(opened().store, 'D-1', [fact('a-1', 'a')]);
      await opened().cutOff(sampleCommit('D-1', 1), sampleProjection(2, [fact('a-2', 'a'), live('card', 'b')], owes));
      const again = await opened().reopen();
      await catchUp(again);
      expect(await again.list({ kind: 'deal', limit: 10 })).toMatchObject([
        { stream: 'D-1', version: 2, status: 'deciding' },
      ]);
      expect(await again.due('deal', later(5), 10)).toMatchObject([{ stream: 'D-1', nextDueAt: later(5) }]);
      expect(await ids(again)).toEqual(['a-1', 'card']);
      await again.settle('a-1', 1);
      expect(await again.claim(later(0), 60_000, 10)).toMatchObject([{ id: 'a-2', version: 2 }]);
      expect(await again.verify()).toEqual({ kind: 'whole', streams: 1, commits: 2 });
      expect(await again.catchUp(10)).toBe(0);
    });

    it('is no crash for whoever comes before the sweep', async () => {
      await opened().cutOff(sampleCommit('D-1', 0), sampleProjection(1, [fact('a-1', 'a')]));
      const again = await opened().reopen();
      expect((await again.load('D-1')).version).toBe(1);
      expect(await again.append(sampleCommit('D-1', 0), sampleProjection(1))).toMatchObject({
        kind: 'repeated',
        commit: { version: 1 },
      });
      await write(again, 'D-1', [fact('a-2', 'a')], { snapshot: { status: 'deciding' } });
      await catchUp(again);
      expect((await again.load('D-1')).snapshot).toMatchObject({ version: 2, status: 'deciding' });
      expect(await again.list({ kind: 'deal', limit: 10 })).toMatchObject([{ stream: 'D-1', version: 2 }]);
      expect(await ids(again)).toEqual(['a-1']);
      await again.settle('a-1', 1);
      expect(await ids(again)).toEqual(['a-2']);
    });

    it('is made good once, however many sweep', async () => {
      for (const stream of ['D-1', 'D-2', 'D-3']) {
        await opened().cutOff(sampleCommit(stream, 0), sampleProjection(1, [fact(`${stream}:n`, stream)]));
      }
      const again = await opened().reopen();
      await Promise.all(Array.from({ length: 4 }, () => catchUp(again)));
      expect((await ids(again)).toSorted()).toEqual(['D-1:n', 'D-2:n', 'D-3:n']);
      for (const stream of ['D-1', 'D-2', 'D-3']) await again.settle(`${stream}:n`, 1);
      await catchUp(again);
      expect(await ids(again)).toEqual([]);
    });

    it('brings nothing of an erased stream back', async () => {
      await opened().cutOff(sampleCommit('D-1', 0), sampleProjection(1, [], { nextDueAt: later(1) }));
      await opened().store.erase('D-1');
      const again = await opened().reopen();
      await catchUp(again);
      expect(await again.list({ kind: 'deal', limit: 10 })).toEqual([]);
      expect(await again.due('deal', later(9), 10)).toEqual([]);
      expect(await again.verify()).toEqual({ kind: 'whole', streams: 1, commits: 1 });
    });
  });
};
