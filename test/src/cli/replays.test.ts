/** Every state that is kept is the one that its events make, for deals and registers, new and old. */

import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../flows/ids.ts';
import { replays } from '../../../src/cli/replays.ts';
import { createRefusals } from '../../../src/edge/refusals.ts';
import { silentLogger } from '../../../src/log.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { atDesk } from '../../support/desk.ts';
import { acts, approved, play, waitingForVotes, yearActs, type Act, type Script } from '../../support/model.ts';
import { startMongoDouble } from '../../support/mongo-double/server.ts';
import { mongoDatabase } from '../../support/mongo.ts';
import { DATA_KEY, sqliteFolder } from '../../support/sqlite.ts';
import { TIMED } from '../../support/ticking.ts';

const OLD = new URL('../../fixtures/data-2026-11/clearthread.sqlite.gz', import.meta.url);

/** Plays the acts of a model on a store: each is a command of its own, and reads what the one before wrote. */
const playOn = async (store: EventStore, script: Script, from: Parameters<typeof play>[2]): Promise<number> => {
  let now: Instant = '';
  const deals = createDeals({
    store,
    policies: { current: TIMED.policy, get: async () => TIMED.policy },
    organisation: () => TIMED.organisation,
    homes: (home) => [{ home }],
    clock: () => new Date(now),
    wake: () => {},
  });
  const all: Act[] = [];
  play(script, (act) => void all.push(act), from);
  let accepted = 0;
  let deal: string | undefined;
  for (const [n, { command, at, actor }] of all.entries()) {
    now = at;
    const ask = { actor, cause: `act-${n}` };
    const outcome =
      command.type === 'OpenDeal' ? await deals.open(command, ask) : await deals.handle(deal ?? '', command, ask);
    deal ??= outcome.view?.deal.id;
    if (outcome.kind === 'accepted') accepted += 1;
  }
  return accepted;
};

const whole = (compared: number): unknown => ({
  kind: 'whole',
  compared,
  unproven: 0,
  otherFormat: 0,
  newer: 0,
  erased: 0,
  moved: 0,
});

describe('a replay is the state that was kept', () => {
  it('of deals that anybody did anything to', async () => {
    const statuses = new Set<string>();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          acts.map((script) => [script, waitingForVotes] as const),
          yearActs.map((script) => [script, approved] as const),
        ),
        async ([script, from]) => {
          const folder = sqliteFolder();
          try {
            const store = folder.open();
            accepted += await playOn(store, script, from);
            expect(await store.verifyStates(DATA_KEY, replays)).toEqual(whole(1));
            const [{ stream } = { stream: '' }] = await store.heads();
            const { snapshot } = await store.load(stream);
            if (snapshot) statuses.add(snapshot.status);
          } finally {
            await folder.remove();
          }
        },
      ),
      { numRuns: 20 },
    );
    expect(statuses.size).toBeGreaterThan(2);
    expect(accepted).toBeGreaterThan(200);
  });

  it('of every register that a desk keeps, in both engines', async () => {
    const double = await startMongoDouble();
    const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    const folder = sqliteFolder();
    try {
      for (const store of [folder.open(), await database.open()]) {
        const at = atDesk({ store });
        const deal = await at.openDeal();
        await at.answerAll(deal);
        const { registers } = at.desk;
        const by = (cause: string, actor = 'compliance-1') => ({ actor, cause });
        const country = (await at.deals.view(deal))?.deal.details.destination ?? '';
        const issued = await registers.countries.handle(
          { type: 'IssueAlert', country, why: 'Elections were called off.', on: '2027-03-01' },
          by('alert'),
        );
        expect(issued.kind).toBe('accepted');
        expect((await at.digests.handle('rep-1', { type: 'Begin' }, 'digest')).kind).toBe('accepted');
        await createRefusals({ store, clock: () => new Date('2027-03-01T10:00:00.000Z'), logger: silentLogger })({
          chat: 'slack',
          account: 'U0STRANGER1',
          why: 'unknown',
        });
        await registers.startAll();
        await at.travel('2027-05-03T09:00:00.000Z');
        const streams = (await store.heads()).map(({ stream }) => stream);
        expect(streams).toEqual(
          expect.arrayContaining([deal, 'R-2027-03', 'register:countries', 'register:digest:person:rep-1']),
        );
        const found = await store.verifyStates(DATA_KEY, replays);
        expect(found).toEqual({ ...(whole(streams.length) as object), moved: expect.any(Number) as unknown });
        await at.end();
      }
    } finally {
      await folder.remove();
      await database.remove();
      await double.close();
    }
  });

  it('of an old data folder: not compared at first, and compared from its next commit on', async () => {
    const folder = sqliteFolder();
    try {
      writeFileSync(folder.file, gunzipSync(readFileSync(OLD)));
      const store = folder.open();
      const { length } = await store.heads();
      expect(await store.verifyStates(DATA_KEY, replays)).toEqual({
        ...(whole(0) as object),
        unproven: length,
      });
      const at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy, store });
      await at.travel('2027-05-03T09:00:00.000Z');
      await at.travel('2029-01-08T09:00:00.000Z');
      const found = await store.verifyStates(DATA_KEY, replays);
      if (found.kind !== 'whole') throw new Error(JSON.stringify(found));
      expect(found.compared).toBeGreaterThan(15);
      expect(found.compared + found.unproven).toBe((await store.heads()).length);
      expect(await store.verify()).toMatchObject({ kind: 'whole' });
      await at.end();
    } finally {
      await folder.remove();
    }
  });
});
