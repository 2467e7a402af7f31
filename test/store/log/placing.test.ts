/** Several bots place commits in MongoDB at once, and die between any two steps. */

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { EventStore } from '../../../store/event-store.ts';
import { rootOfTree } from '../../../store/log/tree.ts';
import { verifyLog } from '../../../store/log/verify-log.ts';
import type { PlacingStep } from '../../../store/mongo/log.ts';
import { openMongoLog } from '../../../store/mongo/mongo.ts';
import { mongoDatabase, mongoServer, type MongoDatabase } from '../../support/mongo.ts';
import { runs } from '../../support/runs.ts';
import { expectOnePlaceEach, placeAll, rootNow } from '../../support/store-contract-log.ts';
import { write } from '../../support/store-samples.ts';

const server = await mongoServer();
afterAll(() => server.close());

const withDatabase = async (act: (database: MongoDatabase) => Promise<void>): Promise<void> => {
  const database = mongoDatabase(server);
  try {
    await act(database);
  } finally {
    await database.remove();
  }
};

const DEATH = 'the end of the process';
const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

/** What a bot does at its next steps: dies, or waits so many milliseconds. */
const steps = fc.array(fc.oneof(fc.constant('dies' as const), fc.nat(4), fc.nat(1)), { maxLength: 10 });
const bot = fc.record({ steps, limit: fc.integer({ min: 1, max: 5 }), rounds: fc.integer({ min: 1, max: 8 }) });

const following = (plan: (number | 'dies')[]): PlacingStep => {
  const rest = [...plan];
  return async () => {
    const next = rest.shift() ?? 0;
    if (next === 'dies') throw new Error(DEATH);
    if (next > 0) await sleep(next);
  };
};

describe('bots that place commits at once', () => {
  it('give each commit one place and agree on every root, wherever they die', () =>
    withDatabase(async (database) => {
      const run = async (plans: { steps: (number | 'dies')[]; limit: number; rounds: number }[]): Promise<void> => {
        const writer = await database.open();
        const roots = new Map<number, string>();
        const seen = async (store: EventStore): Promise<void> => {
          const head = await store.logHead();
          if (!head) return;
          const { size } = head.tree;
          const root = rootOfTree(head.tree).toString('hex');
          expect(roots.get(size) ?? root).toBe(root);
          roots.set(size, root);
        };
        let ended = false;
        const placing = plans.map(async (plan) => {
          const store = await database.open({ placing: following(plan.steps) });
          for (let round = 0; round < plan.rounds; round += 1) {
            await store.placeCommits(plan.limit).catch((error: unknown) => {
              if (!(error instanceof Error && error.message === DEATH)) throw error;
            });
            await seen(store);
          }
          await store.close();
        });
        const writing = (async () => {
          let written = 0;
          for (; !ended || written < 6; written += 1) {
            await write(writer, `D-${commits % 3}`);
            commits += 1;
            if (written > 40) break;
          }
        })();
        const placed = await Promise.allSettled(placing);
        ended = true;
        await writing;
        expect(placed.filter(({ status }) => status === 'rejected')).toEqual([]);
        await placeAll(writer, 4);
        await expectOnePlaceEach(writer, commits);
        await seen(writer);
        expect(await verifyLog(writer, [])).toMatchObject({ kind: 'whole', size: commits });
        for (const [size, root] of roots) {
          const saved = { size, root: Buffer.from(root, 'hex'), by: 'a bot' };
          expect(await verifyLog(writer, [saved])).toMatchObject({ kind: 'whole' });
        }
        await writer.close();
      };
      let commits = 0;
      await fc.assert(fc.asyncProperty(fc.array(bot, { minLength: 2, maxLength: 3 }), run), { numRuns: runs(3) });
    }));

  it.each(['listed', 'inserted', 'marked'])('go on where one died when it had %s', (where) =>
    withDatabase(async (database) => {
      const dying = await database.open({
        placing: async (at) => {
          if (at === where) throw new Error(DEATH);
        },
      });
      for (const stream of ['D-1', 'D-2', 'D-1']) await write(dying, stream);
      await expect(dying.placeCommits(2)).rejects.toThrow(DEATH);
      const next = await database.open();
      await write(next, 'D-3');
      await placeAll(next, 3);
      await expectOnePlaceEach(next, 4);
    }),
  );

  it('go by the batch that was there first', () =>
    withDatabase(async (database) => {
      const first = await database.open();
      const late = await database.open({
        placing: async (at) => {
          if (at === 'listed') await placeAll(first, 2);
        },
      });
      for (const stream of ['D-1', 'D-2', 'D-1', 'D-2', 'D-1']) await write(first, stream);
      expect(await late.placeCommits(5)).toBe(2);
      await expectOnePlaceEach(first, 5);
      expect(await rootNow(late)).toBe(await rootNow(first));
    }));

  it('leave a commit whose forerunner has no place yet', () =>
    withDatabase(async (database) => {
      const store = await database.open();
      for (const stream of ['D-1', 'D-1', 'D-2']) await write(store, stream);
      const commits = (await database.raw()).db().collection<{ _id: string }>('commits');
      // As the list shows it to whoever reads while both are written.
      await commits.updateOne({ _id: 'D-1/1' }, { $set: { place: Number.MAX_SAFE_INTEGER } }, DURABLE);
      expect(await store.placeCommits(2)).toBe(1);
      await placeAll(store);
      await placeAll(store);
      await expectOnePlaceEach(store, 3);
    }));

  it('are helped by whoever has no data key', () =>
    withDatabase(async (database) => {
      const store = await database.open();
      for (const stream of ['D-1', 'D-2', 'D-1']) await write(store, stream);
      const log = await openMongoLog(database.uri);
      expect(await log.placeCommits(2)).toBe(2);
      expect(await log.keepSignedHead({ size: 2, note: 'two' })).toBe('two');
      await log.close();
      expect(await store.signedHeads()).toEqual([{ size: 2, note: 'two' }]);
      await placeAll(store);
      await expectOnePlaceEach(store, 3);
    }));

  it('place what an older version wrote, once, though several bots start on it', () =>
    withDatabase(async (database) => {
      const store = await database.open();
      for (const stream of ['D-1', 'D-2', 'D-1']) await write(store, stream);
      const raw = (await database.raw()).db();
      const older = { $unset: { logged: '' } } as const;
      await raw.collection('commits').updateMany({}, older, DURABLE);
      const format = (value: string) =>
        raw.collection<{ _id: string }>('meta').updateOne({ _id: 'store:format' }, { $set: { value } }, DURABLE);
      await format('1');
      const one = await database.open();
      await placeAll(one, 2);
      // Another one read the format before the first had raised it.
      await format('1');
      const two = await database.open();
      await placeAll(two);
      await expectOnePlaceEach(two, 3);
    }));
});
