/** The store's contract: each commit gets one place in the log, and keeps it. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { entryOf, leafOf, type Placed } from '../../store/log/commit-log.ts';
import { EMPTY_TREE, grown, inclusionProof, leafHash, rootFromProof, rootOfTree } from '../../store/log/tree.ts';
import { verifyLog } from '../../store/log/verify-log.ts';
import { type OpenedStore, write, writeMany } from './store-samples.ts';

export const placeAll = async (store: EventStore, limit = 500): Promise<number> => {
  let placed = 0;
  for (;;) {
    const count = await store.placeCommits(limit);
    if (count === 0) return placed;
    placed += count;
  }
};

export const placedIn = async (
  store: Pick<EventStore, 'placed'>,
): Promise<(Placed & { stored?: string | undefined })[]> => {
  const all = [];
  for await (const each of store.placed()) all.push(each);
  return all;
};

export const rootNow = async (store: EventStore): Promise<string | undefined> => {
  const head = await store.logHead();
  return head && rootOfTree(head.tree).toString('hex');
};

/** Every commit stands in the log once, each stream's from 1 on, and the head is the tree of them. */
export const expectOnePlaceEach = async (store: EventStore, commits: number): Promise<void> => {
  const all = await placedIn(store);
  const names = all.map(({ stream, version }) => `${stream}/${version}`);
  expect(new Set(names).size).toBe(names.length);
  expect(all.length).toBe(commits);
  const last = new Map<string, number>();
  for (const { stream, version, hash, stored } of all) {
    expect([stream, version]).toEqual([stream, (last.get(stream) ?? 0) + 1]);
    last.set(stream, version);
    expect(hash).toBe(stored);
  }
  const head = await store.logHead();
  expect(head?.tree).toEqual(all.length === 0 ? undefined : grown(EMPTY_TREE, all.map(leafOf)));
  expect(await store.unplaced()).toBe(0);
};

type Act = { write: number; times: number } | { place: number };

const acts = fc.array(
  fc.oneof(
    fc.record({ write: fc.nat(4), times: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ place: fc.integer({ min: 1, max: 6 }) }),
  ),
  { minLength: 1, maxLength: 12 },
);

export const logContract = (opened: () => OpenedStore): void => {
  const store = (): EventStore => opened().store;

  describe('the log', () => {
    it('does not begin before there is a commit', async () => {
      expect(await store().placeCommits(10)).toBe(0);
      expect(await store().logHead()).toBeUndefined();
      expect(await placedIn(store())).toEqual([]);
      expect(await store().unplaced()).toBe(0);
      expect(await verifyLog(store(), [])).toMatchObject({ kind: 'whole', size: 0, unplaced: 0 });
    });

    it('gives each commit one place, in rounds of any size between appends', async () => {
      let run = 0;
      let commits = 0;
      await fc.assert(
        fc.asyncProperty(acts, async (all: Act[]) => {
          run += 1;
          for (const act of all) {
            if ('place' in act) {
              const given = await store().placeCommits(act.place);
              expect(given).toBeLessThanOrEqual(act.place);
            } else {
              // A stream of each run, and one that all runs go on with.
              await writeMany(store(), act.write === 0 ? 'D-0' : `D-${run}-${act.write}`, act.times);
              commits += act.times;
            }
          }
          await placeAll(store(), 5);
          await expectOnePlaceEach(store(), commits);
        }),
        { numRuns: 8 },
      );
    });

    it('counts what has no place yet', async () => {
      await writeMany(store(), 'D-1', 3);
      expect(await store().unplaced()).toBe(3);
      expect(await store().placeCommits(2)).toBe(2);
      expect(await store().unplaced()).toBe(1);
      expect(await verifyLog(store(), [])).toMatchObject({ kind: 'whole', size: 2, unplaced: 1 });
    });

    it('is one for all who add to it', async () => {
      const other = await opened().reopen();
      await Promise.all(['D-1', 'D-2', 'D-3'].map((stream) => writeMany(store(), stream, 4)));
      await Promise.all([placeAll(store(), 2), placeAll(other, 3), placeAll(store(), 1)]);
      await placeAll(other);
      await expectOnePlaceEach(store(), 12);
      expect(await rootNow(other)).toBe(await rootNow(store()));
    });

    it('goes on after a crash, under the same name', async () => {
      await writeMany(store(), 'D-1', 2);
      await placeAll(store());
      const before = await store().logHead();
      const again = await opened().reopen();
      expect(await again.logHead()).toEqual(before);
      await write(again, 'D-1');
      await placeAll(again);
      expect(await again.logHead()).toMatchObject({ origin: before?.origin, tree: { size: 3 } });
      await expectOnePlaceEach(again, 3);
    });

    it('still proves the others when a stream was erased', async () => {
      for (const stream of ['D-1', 'D-2', 'D-1', 'D-2']) await write(store(), stream);
      await placeAll(store());
      const root = await rootNow(store());
      await store().erase('D-1');
      await placeAll(store());
      expect(await rootNow(store())).toBe(root);
      expect(await verifyLog(store(), [])).toMatchObject({ kind: 'whole', size: 4, unplaced: 0 });
      const all = await placedIn(store());
      const index = all.findIndex(({ stream, version }) => stream === 'D-2' && version === 2);
      const proof = inclusionProof(index, all.length, all.map(leafOf));
      const leaf = leafHash(entryOf(all[index]?.hash ?? ''));
      expect(rootFromProof(index, all.length, leaf, proof)?.toString('hex')).toBe(root);
    });

    it('keeps the first signed head of a size, whoever signed it', async () => {
      const other = await opened().reopen();
      expect(await store().signedHeads()).toEqual([]);
      expect(await store().keepSignedHead({ size: 20, note: 'twenty' })).toBe('twenty');
      expect(await other.keepSignedHead({ size: 3, note: 'three' })).toBe('three');
      expect(await other.keepSignedHead({ size: 20, note: 'another' })).toBe('twenty');
      const kept = [
        { size: 3, note: 'three' },
        { size: 20, note: 'twenty' },
      ];
      expect(await store().signedHeads()).toEqual(kept);
    });
  });
};
