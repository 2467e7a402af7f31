/** Somebody who edits the database, with the data key or without it: no summary is believed that its commit does not speak for. */

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore, Json } from '../../store/event-store.ts';
import { forgedStores, type ForgedStore } from '../support/forged-stores.ts';
import { opened, resealed, type Forger } from '../support/forger.ts';
import { mongoServer } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { summarized } from '../support/store-contract-summaries.ts';
import { sampleReplays, write } from '../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

describe.each(Object.entries(forgedStores(server)))('%s believes no summary', (_, open) => {
  let bench: ForgedStore;
  let store: EventStore;
  let forger: Forger;
  /** Both summaries as they lay there at version 1. */
  let before: Record<string, string>;
  beforeEach(async () => {
    bench = await open();
    ({ store, forger } = bench);
    before = {};
    for (const stream of ['D-1', 'D-2']) {
      await summarized(store, stream, { tier: 'low', of: stream });
      before[stream] = await summaryOf(stream);
      await summarized(store, stream, { tier: 'high', of: stream });
    }
    expect(await kept('D-1', 'D-2')).toEqual(['D-1 high', 'D-2 high']);
    expect(await store.verifyStates(DATA_KEY, sampleReplays)).toMatchObject({ kind: 'whole', compared: 2 });
  });
  afterEach(() => bench.close());

  const summaryOf = async (stream: string): Promise<string> => (await forger.snapshot(stream)).summary ?? '';
  const kept = async (...streams: string[]): Promise<string[]> =>
    (await store.summaries(streams))
      .map(({ summary }) => summary as { of: string; tier: string })
      .map(({ of, tier }) => `${of} ${tier}`)
      .toSorted();
  const found = expect.objectContaining({
    kind: 'broken',
    stream: 'D-1',
    version: 2,
    what: 'edited',
    detail: expect.stringMatching(/summary kept beside it/),
  }) as unknown;
  const audited = () => store.verifyStates(DATA_KEY, sampleReplays);
  const lighter = (plain: Json): Json => JSON.parse(JSON.stringify(plain).replace('high', 'low')) as Json;

  it('of another deal: two were swapped', async () => {
    const [one, two] = [await summaryOf('D-1'), await summaryOf('D-2')];
    await forger.putSnapshot('D-1', { summary: two });
    await forger.putSnapshot('D-2', { summary: one });
    expect(await kept('D-1', 'D-2')).toEqual([]);
    expect(await audited()).toEqual(found);
  });

  it('of an earlier version', async () => {
    await forger.putSnapshot('D-1', { summary: before['D-1']! });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    expect(await audited()).toEqual(found);
  });

  it('of an earlier version with the version of its row', async () => {
    await forger.putSnapshot('D-1', { summary: before['D-1']!, version: 1 });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
  });

  it('that was deleted, whose state is as good as before', async () => {
    await forger.putSnapshot('D-1', { summary: null });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    expect((await store.load('D-1')).snapshot).toMatchObject({ version: 2 });
    expect(await audited()).toMatchObject({ kind: 'whole' });
  });

  it('in which a byte is another', async () => {
    const sealed = Buffer.from(await summaryOf('D-1'), 'base64');
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      await forger.putSnapshot('D-1', { summary: changed.toString('base64') });
      expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    }
    expect(await audited()).toEqual(found);
    for (const summary of ['', 'AA==', 'not sealed']) {
      await forger.putSnapshot('D-1', { summary });
      expect(await kept('D-1')).toEqual([]);
    }
  });

  it('that was opened, changed and sealed again', async () => {
    const summary = await resealed(forger, 'summary', { stream: 'D-1', version: 2 }, await summaryOf('D-1'), lighter);
    await forger.putSnapshot('D-1', { summary });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    expect(await audited()).toEqual(found);
  });

  it('of the other deal, sealed again for this one', async () => {
    const plain = await opened(forger, 'summary', { stream: 'D-2', version: 2 }, await summaryOf('D-2'));
    const mine = await summaryOf('D-1');
    const summary = await resealed(forger, 'summary', { stream: 'D-1', version: 2 }, mine, () => plain);
    await forger.putSnapshot('D-1', { summary });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
  });

  it('whose commit was changed', async () => {
    const { body } = await forger.commit('D-1', 2);
    const changed = await resealed(forger, 'commit', { stream: 'D-1', version: 2 }, body, (plain) => ({
      ...(plain as { [name: string]: Json }),
      notices: ['another'],
    }));
    await forger.putCommit('D-1', 2, { body: changed });
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    await forger.putCommit('D-1', 2, { body });
    expect(await kept('D-1', 'D-2')).toEqual(['D-1 high', 'D-2 high']);
  });

  it('of before a bot that writes none, whose state is as good, and the record whole', async () => {
    await write(store, 'D-1');
    expect(await kept('D-1', 'D-2')).toEqual(['D-2 high']);
    expect(await audited()).toMatchObject({ kind: 'whole', compared: 2 });
    await summarized(store, 'D-1', { tier: 'none', of: 'D-1' });
    expect(await kept('D-1', 'D-2')).toEqual(['D-1 none', 'D-2 high']);
    await forger.putSnapshot('D-1', { summary: before['D-1']! });
    expect(await audited()).toMatchObject({ kind: 'broken', stream: 'D-1', version: 4 });
  });
});
