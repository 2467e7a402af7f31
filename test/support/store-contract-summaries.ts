/** The store's contract: summaries beside states, and what was written since. */

import { describe, expect, it } from 'vitest';
import type { ChangedStream, EventStore, Json } from '../../store/event-store.ts';
import { sampleCommit, sampleProjection, write, type OpenedStore } from './store-samples.ts';

export const summarized = (store: EventStore, stream: string, summary: Json): Promise<number> =>
  write(store, stream, [], { snapshot: { summary } });

export const summariesContract = (opened: () => OpenedStore): void => {
  const store = (): EventStore => opened().store;
  const kept = async (...streams: string[]): Promise<[string, number, Json][]> =>
    (await store().summaries(streams))
      .map(({ stream, version, summary }): [string, number, Json] => [stream, version, summary])
      .toSorted(([a], [b]) => (a < b ? -1 : 1));

  describe('summaries', () => {
    it('are written with their state, and read without it', async () => {
      await summarized(store(), 'D-1', { customer: 'Sample Co, "salt":"x"', open: [1, null] });
      await summarized(store(), 'D-2', 'two');
      expect(await kept('D-1', 'D-2', 'D-none')).toEqual([
        ['D-1', 1, { customer: 'Sample Co, "salt":"x"', open: [1, null] }],
        ['D-2', 1, 'two'],
      ]);
      expect(await kept()).toEqual([]);
      expect((await store().load('D-1')).snapshot).not.toHaveProperty('summary');
    });

    it('are the same whichever are asked for together, and in whatever order', async () => {
      const all = Array.from({ length: 9 }, (_, n) => `D-${n}`);
      for (const stream of all) await summarized(store(), stream, `of ${stream}`);
      await write(store(), 'D-4');
      await store().erase('D-6');
      const there = all.filter((stream) => stream !== 'D-4' && stream !== 'D-6');
      const asked = [all, all.toReversed(), all.slice(2, 7), ['D-1', 'D-8'], ['D-7', 'D-7'], ['D-0', 'D-5x', 'D-8']];
      for (const some of asked)
        expect(
          new Set((await kept(...some)).map(([stream, version, summary]) => `${stream} ${version} ${summary}`)),
        ).toEqual(new Set(there.filter((stream) => some.includes(stream)).map((stream) => `${stream} 1 of ${stream}`)));
    });

    it('are those of the last commit, or none', async () => {
      await summarized(store(), 'D-1', 'first');
      await summarized(store(), 'D-1', 'second');
      expect(await kept('D-1')).toEqual([['D-1', 2, 'second']]);
      await write(store(), 'D-1');
      expect(await kept('D-1')).toEqual([]);
      await summarized(store(), 'D-1', 'fourth');
      expect(await kept('D-1')).toEqual([['D-1', 4, 'fourth']]);
    });

    it('are none of a commit that keeps an older state', async () => {
      await summarized(store(), 'D-1', 'first');
      await store().append(sampleCommit('D-1', 1), sampleProjection(1, [], { summary: 'late' }));
      expect(await kept('D-1')).toEqual([]);
    });

    it('outlast a crash, and go with an erased stream', async () => {
      await summarized(store(), 'D-1', 'one');
      await summarized(store(), 'D-2', 'two');
      const again = await opened().reopen();
      expect(await again.summaries(['D-1'])).toMatchObject([{ stream: 'D-1', version: 1, summary: 'one' }]);
      await store().erase('D-1');
      expect(await kept('D-1', 'D-2')).toEqual([['D-2', 1, 'two']]);
    });

    it('are made with a commit that was cut off from them', async () => {
      await opened().cutOff(sampleCommit('D-1', 0), sampleProjection(1, [], { summary: 'one' }));
      const again = await opened().reopen();
      while ((await again.catchUp(10)) > 0);
      // An engine that writes both at once has neither.
      const { version } = await again.load('D-1');
      const whole = [{ stream: 'D-1', version: 1, summary: 'one' }];
      expect(await again.summaries(['D-1'])).toEqual(version === 0 ? [] : whole);
    });
  });

  describe('what was written since', () => {
    const since = async (from: string): Promise<{ streams: ChangedStream[]; next: string }> => {
      const all: ChangedStream[] = [];
      let next = from;
      for (;;) {
        const page = await store().changed(next);
        all.push(...page.streams);
        next = page.next;
        if (!page.more) return { streams: all, next };
      }
    };
    const last = (streams: readonly ChangedStream[]): Record<string, number | undefined> =>
      Object.fromEntries(streams.map(({ stream, version }) => [stream, version]));

    it('names each stream with its version, of any kind, and what was erased', async () => {
      await write(store(), 'D-0');
      const { streams, next: start } = await store().changed();
      expect(streams).toEqual([]);
      await write(store(), 'D-1');
      await write(store(), 'D-1');
      await write(store(), 'register:holds', [], { snapshot: { kind: 'register' } });
      const first = await since(start);
      expect(last(first.streams)).toMatchObject({ 'D-1': 2, 'register:holds': 1 });
      await write(store(), 'D-2');
      await store().erase('D-1');
      const second = last((await since(first.next)).streams);
      expect(second).toMatchObject({ 'D-2': 1 });
      expect(Object.hasOwn(second, 'D-1') && second['D-1']).toBeUndefined();
    });

    it('loses none of many', async () => {
      const { next } = await store().changed();
      const names = Array.from({ length: 603 }, (_, n) => `D-${n}`);
      for (let from = 0; from < names.length; from += 20) {
        await Promise.all(
          names.slice(from, from + 20).map((name) => store().append(sampleCommit(name, 0), sampleProjection(1))),
        );
      }
      const found = last((await since(next)).streams);
      expect(names.filter((name) => found[name] !== 1)).toEqual([]);
    });
  });
};
