/** Somebody with the database and the data key: no state is believed that its commit does not speak for. */

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyHash, commitHash } from '../../store/chain.ts';
import type { EventStore, Json, Replays, VerifiedStates } from '../../store/event-store.ts';
import { storedCommit, type CommitRecord } from '../../store/sealed.ts';
import { forgedStores, type ForgedStore } from '../support/forged-stores.ts';
import { opened, resealed, type Forger } from '../support/forger.ts';
import { mongoServer } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { later, sampleCommit, sampleProjection, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

/** The sample's events don't say what becomes of them: the state is the one of the last event. */
const replays: Replays = () => {
  let state: unknown = null;
  return {
    add: ({ body }) => {
      state = (body.events.at(-1) as { state?: Json }).state;
    },
    now: () => ({ format: 1, state, columns: {} }),
  };
};

/** Makes a record's own hash right again, as somebody would who knows how it is made. */
const rehashed = (record: CommitRecord): CommitRecord => {
  const stored = storedCommit(record);
  if (!stored) throw new Error('not a commit');
  return { ...record, hash: commitHash(stored) };
};

const damaged = { name: 'StoreFault', code: 'damaged', outcome: 'not done' };

describe.each(Object.entries(forgedStores(server)))('%s believes no state', (_, open) => {
  let bench: ForgedStore;
  let store: EventStore;
  let forger: Forger;
  beforeEach(async () => {
    bench = await open();
    ({ store, forger } = bench);
    const decide = async (stream: string, tier: string, ...outcomes: string[]): Promise<void> => {
      for (const outcome of outcomes) {
        const body = { events: [{ type: 'Sampled', state: { outcome } }], notices: [] };
        await write(store, stream, [], { commit: { body }, snapshot: { status: outcome, tier, state: { outcome } } });
      }
    };
    await decide('D-1', 'high', 'none', 'declined');
    await decide('D-2', 'low', 'none', 'approved');
    expect(await states()).toEqual(whole(2));
  });
  afterEach(() => bench.close());

  const states = (): Promise<VerifiedStates> => store.verifyStates(DATA_KEY, replays);
  const whole = (compared: number, others: Partial<VerifiedStates> = {}): VerifiedStates =>
    ({
      kind: 'whole',
      compared,
      unproven: 0,
      otherFormat: 0,
      newer: 0,
      erased: 0,
      moved: 0,
      ...others,
    }) as VerifiedStates;
  const found = (version: number, detail: RegExp, what = 'edited'): unknown =>
    expect.objectContaining({ kind: 'broken', stream: 'D-1', version, what, detail: expect.stringMatching(detail) });

  it('that was opened, changed and sealed again', async () => {
    const { state, version } = await forger.snapshot('D-1');
    const approve = (plain: Json): Json => JSON.parse(JSON.stringify(plain).replace('declined', 'approved')) as Json;
    await forger.putSnapshot('D-1', {
      state: await resealed(forger, 'snapshot', { stream: 'D-1', version }, state, approve),
    });
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    expect((await store.load('D-2')).snapshot).toMatchObject({ state: { outcome: 'approved' } });
    // The chain knows nothing of it: only whoever has the key sees it.
    expect(await store.verify()).toMatchObject({ kind: 'whole' });
    expect(await states()).toEqual(found(2, /state kept beside it/));
  });

  it.each([
    ['kind', 'register'],
    ['status', 'answering'],
    ['tier', 'low'],
    ['tier', null],
    ['owner', 'rep-2'],
  ])('whose %s in the clear is another one: %s', async (column, value) => {
    expect((await store.load('D-1')).version).toBe(2);
    await forger.putSnapshot('D-1', { [column]: value });
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    expect(await states()).toEqual(found(2, /state kept beside it/));
  });

  it('of another stream', async () => {
    const { state, version } = await forger.snapshot('D-2');
    const plain = await opened(forger, 'snapshot', { stream: 'D-2', version }, state);
    const { state: mine } = await forger.snapshot('D-1');
    await forger.putSnapshot('D-1', {
      ...(await forger.snapshot('D-2')),
      state: await resealed(forger, 'snapshot', { stream: 'D-1', version }, mine, () => plain),
    });
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    expect(await states()).toEqual(found(2, /state kept beside it/));
  });

  it('of an older version, put back where its commits were cut', async () => {
    const saved = await store.heads();
    const older = await forger.snapshot('D-1');
    await write(store, 'D-1', [], { snapshot: { status: 'stopped', state: { outcome: 'stopped' } } });
    const now = await store.heads();
    await forger.putSnapshot('D-1', older);
    // The commit after it still says what happened since.
    expect((await store.load('D-1')).commits.map(({ version }) => version)).toEqual([3]);
    expect(await states()).toEqual(found(3, /older than this commit/));
    await forger.dropCommit('D-1', 3);
    // That is the whole truth of a moment ago: only a checkpoint knows better.
    expect(await store.verify(saved)).toMatchObject({ kind: 'whole' });
    expect(await store.verify(now)).toMatchObject({ kind: 'broken', stream: 'D-1', version: 3, what: 'truncated' });
  });

  it('without the commit of its version, or where the state is gone', async () => {
    const before = await forger.snapshot('D-1');
    await forger.dropCommit('D-1', 2);
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    expect(await states()).toEqual(found(2, /database ends at 1/, 'truncated'));
    await forger.putSnapshot('D-1', { ...before, version: 1 });
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    await forger.dropSnapshot('D-1');
    expect(await states()).toEqual(found(1, /No state is kept/, 'missing'));
  });

  /** The second commit of D-1 with another outcome inside. */
  const withAnotherBody = async (): Promise<CommitRecord> => {
    const record = await forger.commit('D-1', 2);
    const at = { stream: 'D-1', version: 2 };
    const approve = (plain: Json): Json => JSON.parse(JSON.stringify(plain).replace('declined', 'approved')) as Json;
    return { ...record, body: await resealed(forger, 'commit', at, record.body, approve) };
  };

  it.each([
    ['as it is', async (record: CommitRecord) => record],
    ['with a hash that fits', async (record: CommitRecord) => rehashed(record)],
    [
      'with a hash of the new state, but none of its own',
      async (record: CommitRecord) => {
        const plain = await opened(forger, 'commit', { stream: 'D-1', version: 2 }, record.body);
        return { ...record, stateHash: bodyHash(JSON.stringify(plain)) };
      },
    ],
  ])('whose commit was opened, changed and sealed again, %s', async (_name, finish) => {
    const { body, stateHash, hash } = await finish(await withAnotherBody());
    await forger.putCommit('D-1', 2, { body, stateHash, hash });
    await expect(store.load('D-1')).rejects.toMatchObject(damaged);
    const [chain, inside] = [await store.verify(), await states()];
    expect([chain.kind, inside.kind]).toContain('broken');
  });

  it('that events were made up for, whose hashes all fit: a checkpoint knows', async () => {
    const saved = await store.heads();
    const record = await withAnotherBody();
    const plain = await opened(forger, 'commit', { stream: 'D-1', version: 2 }, record.body);
    const { body, stateHash, hash } = rehashed({ ...record, stateHash: bodyHash(JSON.stringify(plain)) });
    await forger.putCommit('D-1', 2, { body, stateHash, hash });
    expect(await states()).toEqual(found(2, /events make another state/));
    expect(await store.verify(saved)).toMatchObject({ kind: 'broken', stream: 'D-1', version: 2 });
  });

  it.each([
    ['a commit more', 3],
    ['the last one', 2],
  ])('that %s says nothing of, as an older version wrote it', async (_name, version) => {
    const { stateHash: _gone, ...record } = await forger.commit('D-1', 2);
    const before = await forger.commit('D-1', version - 1);
    const at = { stream: 'D-1', version: 2 };
    const bare = await resealed(forger, 'commit', at, record.body, () => ({ events: [], notices: [] }), version);
    const forged = rehashed({ ...record, version, cause: 'forged', body: bare, prevHash: before.hash });
    if (version === 2) await forger.dropCommit('D-1', 2);
    await forger.addCommit(forged);
    expect(await store.verify()).toMatchObject({ kind: 'broken', stream: 'D-1', version, what: 'edited' });
  });

  it('of an erased stream, and says how many there are', async () => {
    await store.erase('D-2');
    expect(await states()).toEqual(whole(1, { erased: 1 }));
    await expect(store.verifyStates(Buffer.alloc(32, 9), replays)).rejects.toMatchObject({ code: 'wrong-data-key' });
  });

  it('of another format, or of a kind that is not known, and says how many there are', async () => {
    await store.append(sampleCommit('D-3', 0), sampleProjection(1, [], { format: 2 }));
    await store.append(sampleCommit('G-1', 0), sampleProjection(1));
    const some: Replays = (stream) => (stream === 'G-1' ? undefined : replays(stream));
    expect(await store.verifyStates(DATA_KEY, some)).toEqual(whole(2, { otherFormat: 1, newer: 1 }));
    expect((await store.load('D-3')).snapshot).toMatchObject({ format: 2, state: { number: 1 } });
  });

  it('but takes a due time that only the calendar changed', async () => {
    await store.setDue('D-1', 2, later(5));
    expect((await store.load('D-1')).snapshot).toMatchObject({ nextDueAt: later(5), state: { outcome: 'declined' } });
    expect(await states()).toEqual(whole(2, { moved: 1 }));
  });
});
