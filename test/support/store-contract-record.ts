/** The store's contract: commits, snapshots, lists, erasure and verification. */

import { describe, expect, it } from 'vitest';
import { commitHash, genesisHash } from '../../store/chain.ts';
import type { EventStore, StoredCommit } from '../../store/event-store.ts';
import { AT, fact, later, sampleCommit, sampleProjection, write, writeMany } from './store-samples.ts';

const collect = async (commits: AsyncIterable<StoredCommit>): Promise<StoredCommit[]> => {
  const all: StoredCommit[] = [];
  for await (const commit of commits) all.push(commit);
  return all;
};

export const recordContract = (store: () => EventStore): void => {
  describe('append', () => {
    it('gives a new stream version 1 and back what was written', async () => {
      const commit = sampleCommit('D-1', 0, { body: { events: [{ a: [1, null, 'ü'] }], notices: [{ id: 'n' }] } });
      expect(await store().append(commit, sampleProjection(1))).toEqual({ kind: 'appended', version: 1 });
      const { expectedVersion: _expected, ...written } = commit;
      const read = await store().read('D-1');
      expect(read).toMatchObject([{ ...written, version: 1, prevHash: genesisHash('D-1') }]);
    });

    it('refuses a decision made on an old version, and writes nothing of it', async () => {
      await write(store(), 'D-1');
      const stale = sampleCommit('D-1', 0, { cause: 'other' });
      const row = fact('lost', 'thread:D-1');
      expect(await store().append(stale, sampleProjection(1, [row], { status: 'lost' }))).toEqual({
        kind: 'conflict',
        version: 1,
      });
      expect(await store().append(sampleCommit('D-2', 3), sampleProjection(1, [row]))).toEqual({
        kind: 'conflict',
        version: 0,
      });
      expect((await store().read('D-1')).length).toBe(1);
      expect((await store().load('D-1')).snapshot?.status).toBe('answering');
      expect(await store().claim(later(0), 1000, 10)).toEqual([]);
      expect((await store().load('D-2')).version).toBe(0);
    });

    it('answers a repeated cause with its commit, whatever version it was sent for', async () => {
      await write(store(), 'D-1', [], { commit: { cause: 'view-1' } });
      await write(store(), 'D-1');
      for (const expectedVersion of [0, 1, 2]) {
        const repeat = sampleCommit('D-1', expectedVersion, { cause: 'view-1', actor: 'somebody-else' });
        const answer = await store().append(repeat, sampleProjection(expectedVersion + 1, [fact('n', 'l')]));
        expect(answer).toMatchObject({ kind: 'repeated', commit: { version: 1, cause: 'view-1', actor: 'rep-1' } });
      }
      expect((await store().load('D-1')).version).toBe(2);
      expect(await store().claim(later(0), 1000, 10)).toEqual([]);
      expect((await store().append(sampleCommit('D-2', 0, { cause: 'view-1' }), sampleProjection(1))).kind).toBe(
        'appended',
      );
    });

    it('lets one of twenty win each version', async () => {
      for (let version = 0; version < 5; version += 1) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, number) =>
            store().append(
              sampleCommit('D-1', version, { cause: `${version}-${number}` }),
              sampleProjection(version + 1),
            ),
          ),
        );
        expect(answers.filter((answer) => answer.kind === 'appended')).toEqual([
          { kind: 'appended', version: version + 1 },
        ]);
        expect(answers.filter((answer) => answer.kind === 'conflict').length).toBe(19);
      }
      expect((await store().read('D-1')).map((commit) => commit.version)).toEqual([1, 2, 3, 4, 5]);
      expect(await store().verify()).toMatchObject({ kind: 'whole' });
    });

    it('does one of twenty redeliveries of a cause', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => store().append(sampleCommit('D-1', 0), sampleProjection(1))),
      );
      expect(answers.filter((answer) => answer.kind === 'appended').length).toBe(1);
      expect(answers.filter((answer) => answer.kind === 'repeated').length).toBe(19);
    });
  });

  describe('load', () => {
    it('says that there is no such stream', async () => {
      expect(await store().load('D-none')).toEqual({
        snapshot: undefined,
        commits: [],
        version: 0,
        last: undefined,
      });
      expect(await store().read('D-none')).toEqual([]);
      expect(await store().byCause('D-none', 'x')).toBeUndefined();
    });

    it('gives the snapshot, and the commits after it', async () => {
      await write(store(), 'D-1');
      await store().append(sampleCommit('D-1', 1), sampleProjection(1));
      await store().append(sampleCommit('D-1', 2), sampleProjection(1, [], { status: 'never' }));
      const loaded = await store().load('D-1');
      expect(loaded.snapshot).toMatchObject({ version: 1, status: 'answering', state: { number: 1 } });
      expect(loaded.commits.map((commit) => commit.version)).toEqual([2, 3]);
      expect(loaded.version).toBe(3);
      expect(loaded.last).toEqual(loaded.commits.at(-1));
    });

    it('gives the last commit, as it is read', async () => {
      await writeMany(store(), 'D-1', 2);
      const { last } = await store().load('D-1');
      expect(last).toEqual((await store().read('D-1')).at(-1));
      expect((await store().load('D-1')).last).toEqual(last);
    });

    it('never lets a snapshot go back', async () => {
      await write(store(), 'D-1');
      await write(store(), 'D-1', [], { snapshot: { status: 'deciding' } });
      await store().append(sampleCommit('D-1', 2), sampleProjection(1, [], { status: 'answering' }));
      expect((await store().load('D-1')).snapshot).toMatchObject({ version: 2, status: 'deciding' });
    });

    it('refuses a snapshot that is ahead of its stream', async () => {
      await expect(store().append(sampleCommit('D-1', 0), sampleProjection(2))).rejects.toThrow();
      expect((await store().load('D-1')).version).toBe(0);
    });

    it('says which streams have gone on from a version', async () => {
      await writeMany(store(), 'D-1', 3);
      await write(store(), 'D-2');
      expect(await store().moved({ 'D-1': 3, 'D-2': 1, 'D-none': 0 })).toEqual([]);
      expect((await store().moved({ 'D-1': 1, 'D-2': 0, 'D-none': 0 })).toSorted()).toEqual(['D-1', 'D-2']);
      expect(await store().moved({})).toEqual([]);
    });

    it('reads up to a version, and finds a commit by its cause', async () => {
      await writeMany(store(), 'D-1', 4);
      expect((await store().read('D-1', 2)).map((commit) => commit.version)).toEqual([1, 2]);
      expect(await store().byCause('D-1', 'click-3')).toMatchObject({ version: 3 });
      expect(await store().byCause('D-1', 'click-9')).toBeUndefined();
    });
  });

  describe('lists', () => {
    const streams = async (query: Partial<Parameters<EventStore['list']>[0]>): Promise<string[]> =>
      (await store().list({ kind: 'deal', limit: 10, ...query })).map((summary) => summary.stream);

    it('shows the newest first, page by page, by kind, status and owner', async () => {
      await write(store(), 'D-1', [], { snapshot: { tier: 'high', nextDueAt: later(5) } });
      await write(store(), 'D-2', [], { snapshot: { owner: 'rep-2' } });
      await write(store(), 'D-3', [], { snapshot: { status: 'decided' } });
      await write(store(), 'G-1', [], { snapshot: { kind: 'grievance' } });
      await write(store(), 'D-1', [], { snapshot: { tier: 'high', nextDueAt: later(5) } });

      expect(await streams({})).toEqual(['D-3', 'D-2', 'D-1']);
      expect(await streams({ limit: 2 })).toEqual(['D-3', 'D-2']);
      expect(await streams({ limit: 2, after: 'D-2' })).toEqual(['D-1']);
      expect(await streams({ after: 'D-1' })).toEqual([]);
      expect(await streams({ status: 'answering' })).toEqual(['D-2', 'D-1']);
      expect(await streams({ owner: 'rep-2' })).toEqual(['D-2']);
      expect(await streams({ owner: 'rep-2', status: 'decided' })).toEqual([]);
      expect(await streams({ kind: 'grievance' })).toEqual(['G-1']);
      expect((await store().list({ kind: 'deal', limit: 1, after: 'D-2' }))[0]).toEqual({
        stream: 'D-1',
        kind: 'deal',
        status: 'answering',
        tier: 'high',
        owner: 'rep-1',
        version: 2,
        nextDueAt: later(5),
      });
    });
  });

  describe('the chain', () => {
    it('links every commit to the one before, over what is stored', async () => {
      await writeMany(store(), 'D-1', 3);
      await writeMany(store(), 'D-2', 2);
      const stored = await collect(store().stored());
      expect(stored.map(({ stream, version }) => `${stream}/${version}`)).toEqual([
        'D-1/1',
        'D-1/2',
        'D-1/3',
        'D-2/1',
        'D-2/2',
      ]);
      for (const [index, commit] of stored.entries()) {
        expect(commitHash(commit)).toBe(commit.hash);
        const before = commit.version === 1 ? genesisHash(commit.stream) : stored[index - 1]?.hash;
        expect(commit.prevHash).toBe(before);
      }
      expect((await collect(store().stored('D-2'))).length).toBe(2);
      expect(await store().heads()).toEqual([
        { stream: 'D-1', version: 3, hash: stored[2]?.hash },
        { stream: 'D-2', version: 2, hash: stored[4]?.hash },
      ]);
      expect(await store().heads('D-2')).toEqual([{ stream: 'D-2', version: 2, hash: stored[4]?.hash }]);
      expect(await store().heads('D-none')).toEqual([]);
    });

    it('is whole, alone and against heads saved before', async () => {
      expect(await store().verify()).toEqual({ kind: 'whole', streams: 0, commits: 0 });
      await writeMany(store(), 'D-1', 3);
      const saved = await store().heads();
      await writeMany(store(), 'D-1', 2);
      await writeMany(store(), 'D-2', 1);
      expect(await store().verify()).toEqual({ kind: 'whole', streams: 2, commits: 6 });
      expect(await store().verify(saved)).toEqual({ kind: 'whole', streams: 2, commits: 6 });
    });

    it('misses what saved heads know', async () => {
      await writeMany(store(), 'D-1', 2);
      const [head] = await store().heads();
      if (!head) throw new Error('Expected a head.');
      expect(await store().verify([{ ...head, version: 3 }])).toMatchObject({
        stream: 'D-1',
        version: 3,
        what: 'truncated',
      });
      expect(await store().verify([{ ...head, stream: 'D-0' }])).toMatchObject({
        stream: 'D-0',
        version: 1,
        what: 'missing',
      });
      const hash = '0'.repeat(64);
      expect(await store().verify([{ ...head, hash }])).toMatchObject({ stream: 'D-1', version: 2, what: 'edited' });
      expect(await store().verify([{ ...head, version: 1, hash }])).toMatchObject({ version: 1, what: 'edited' });
    });
  });

  describe('erase', () => {
    const erased = { name: 'StoreFault', code: 'erased', outcome: 'not done' };

    it('destroys the content and keeps the chain', async () => {
      await write(store(), 'D-1', [], { snapshot: { nextDueAt: AT } });
      await write(store(), 'D-2');
      await store().putDraft('D-1', 'product', { P1: 'yes' });
      for (const stream of ['D-1', 'D-2', 'D-10']) {
        await store().saveRef(stream, 'root', { channel: 'C1', message: `of ${stream}` });
      }
      const saved = await store().heads();
      await store().erase('D-1');

      expect(await store().ref('D-1', 'root')).toBeUndefined();
      expect(await store().findRef({ channel: 'C1', message: 'of D-1' })).toBeUndefined();
      for (const stream of ['D-2', 'D-10']) expect(await store().ref(stream, 'root')).toBeDefined();
      await expect(store().load('D-1')).rejects.toMatchObject(erased);
      await expect(store().read('D-1')).rejects.toMatchObject(erased);
      await expect(store().byCause('D-1', 'click-1')).rejects.toMatchObject(erased);
      await expect(store().append(sampleCommit('D-1', 1), sampleProjection(2))).rejects.toMatchObject(erased);
      await expect(store().putDraft('D-1', 'product', 1)).rejects.toMatchObject(erased);
      expect(await store().draft('D-1', 'product')).toBeUndefined();
      expect(await store().due('deal', later(60), 10)).toEqual([]);
      expect((await store().list({ kind: 'deal', limit: 10 })).map((summary) => summary.stream)).toEqual(['D-2']);
      expect(await store().verify(saved)).toEqual({ kind: 'whole', streams: 2, commits: 2 });
      expect((await store().load('D-2')).version).toBe(1);
    });

    it('can be asked twice, and for a stream that is not there', async () => {
      await write(store(), 'D-1');
      await store().erase('D-1');
      await store().erase('D-1');
      await store().erase('D-none');
      await expect(store().load('D-1')).rejects.toMatchObject(erased);
      expect((await store().load('D-none')).version).toBe(0);
    });
  });
};
