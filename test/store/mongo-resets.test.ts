/** A line that resets one message in twenty: most of what people do gets through, and nothing is kept twice. */

import { expect, it } from 'vitest';
import { StoreFault } from '../../store/event-store.ts';
import { openMongoStore } from '../../store/mongo/mongo.ts';
import { startMongoDouble } from '../support/mongo-double/server.ts';
import { mongoDatabase } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { fact, later, sampleCommit, sampleProjection } from '../support/store-samples.ts';
import { startFaultProxy } from '../torture/support/fault-proxy.ts';
import { chance } from '../torture/support/script.ts';

const CLICKS = 60;
const AT_ONCE = 10;

it.each([
  ['before', 'replica set'],
  ['after', 'replica set'],
  ['before', 'single'],
  ['after', 'single'],
] as const)(
  'lets most clicks through while one message in twenty is reset %s the server has it: a %s',
  async (reset, kind) => {
    const double = await startMongoDouble(kind);
    const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
    const line = await startFaultProxy(database.uri, chance(7));
    const store = await openMongoStore({ uri: line.uri, dataKey: DATA_KEY });
    await line.set({ reset, share: 0.05 });
    const kept: string[] = [];
    const faults: unknown[] = [];
    const click = async (n: number): Promise<void> => {
      try {
        await store.firstTime(`k-${n}`, later(600));
        await store.conversation('teams:person:rep-1');
        const { version } = await store.load(`D-${n}`);
        const projection = sampleProjection(version + 1, [fact(`n-${n}`, `thread:D-${n}`)]);
        await store.append(sampleCommit(`D-${n}`, version), projection);
        kept.push(`D-${n}`);
      } catch (error) {
        faults.push(error);
      }
    };
    try {
      for (let n = 0; n < CLICKS; n += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => click(n + k)));
      }
      expect(faults.filter((fault) => !(fault instanceof StoreFault))).toEqual([]);
      // Not repeated, half of them would fail; on a busy machine a few run out of time.
      expect(faults.length).toBeLessThan(CLICKS / 5);
      await line.set('healthy');
      const past = await database.open();
      const heads = new Map((await past.heads()).map(({ stream, version }) => [stream, version]));
      expect(kept.filter((stream) => heads.get(stream) !== 1)).toEqual([]);
      expect([...heads.values()].filter((version) => version > 1)).toEqual([]);
    } finally {
      await line.set('healthy');
      await store.close();
      await line.close();
      await database.remove();
      await double.close();
    }
  },
  120_000,
);
