/** Lists on the store: shared by all bots, sealed, whole, and gone once a newer version took their place. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listsInUse } from '../../../flows/registers/screening.ts';
import type { ListEntry } from '../../../flows/screening/entry.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { importList, readyLists } from '../../../src/screening/lists.ts';
import { ListProblem } from '../../../src/screening/read-list.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { startMongoDouble, type MongoDouble } from '../../support/mongo-double/server.ts';
import { mongoDatabase } from '../../support/mongo.ts';
import { registersOn } from '../../support/registers.ts';
import { backgroundList, madeUpList } from '../../support/screening.ts';
import { sqliteFolder } from '../../support/sqlite.ts';

const organisation = loadOrganisation(sampleOrganisationFile);

interface Engine {
  open: () => Promise<EventStore>;
  /** Keys of all drafts that are stored. */
  drafts: () => Promise<string[]>;
  remove: () => Promise<void>;
}

let double: MongoDouble;
beforeAll(async () => {
  double = await startMongoDouble();
});
afterAll(() => double.close());

const sqlite = (): Engine => {
  const folder = sqliteFolder();
  return {
    open: async () => folder.open(),
    drafts: async () => folder.raw().prepare<[], string>('SELECT key FROM drafts').pluck().all(),
    remove: folder.remove,
  };
};
const mongo = (): Engine => {
  const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
  return {
    open: () => database.open(),
    drafts: async () => {
      const found = await (await database.raw()).db().collection<{ key: string }>('drafts').find().toArray();
      return found.map(({ key }) => key);
    },
    remove: database.remove,
  };
};

let causes = 0;
/** A bot, or a command beside it. */
const botOn = (store: EventStore, at = '2026-11-27T09:00:00.000Z') => {
  const clock = (): Date => new Date(at);
  const register = registersOn(store, () => organisation, clock).screening;
  return {
    register,
    take: (entries: readonly ListEntry[], more: { name?: string; asOf?: string; sha256?: string } = {}) =>
      importList(
        { store, register, clock },
        {
          name: more.name ?? 'made-up',
          asOf: more.asOf ?? '2026-11-20T00:00:00.000Z',
          from: 'made-up.csv',
          file: {
            form: 'simple',
            entries: [...entries],
            rows: entries.length,
            badRows: 0,
            bad: [],
            sha256: more.sha256 ?? 'a'.repeat(64),
          },
          older: false,
          shorter: false,
        },
        { actor: 'operator', cause: `import:${(causes += 1)}` },
      ),
    lists: readyLists({ store, register }),
  };
};
const partsOf = (keys: readonly string[]): string[] => keys.filter((key) => key.startsWith('list:'));

describe.each([
  ['SQLite', sqlite],
  ['MongoDB', mongo],
])('lists on %s', (_, make) => {
  const on = async (work: (engine: Engine, store: EventStore) => Promise<void>): Promise<void> => {
    const engine = make();
    try {
      await work(engine, await engine.open());
    } finally {
      await engine.remove();
    }
  };

  it('are the same for another bot, in several parts, and no word of theirs is in the clear', () =>
    on(async (engine, store) => {
      const entries = [...madeUpList(), ...backgroundList(30_000)];
      const { kept, names } = await botOn(store).take(entries);
      expect(kept.parts).toBeGreaterThan(1);
      expect(partsOf(await engine.drafts())).toHaveLength(kept.parts);
      const [ready, ...others] = await botOn(await engine.open()).lists();
      expect(others).toEqual([]);
      expect(ready?.list).toMatchObject({ name: 'made-up', rows: entries.length, names, by: 'operator' });
      expect((await ready?.check({ name: 'Юсуф Кариманов' }))?.map(({ entry }) => entry.id)).toEqual(['P01']);
    }));

  it('give way to a newer version, for bots that run too; the older one’s parts go', () =>
    on(async (engine, store) => {
      const [one, other] = [madeUpList(), madeUpList().slice(1)];
      const bot = botOn(await engine.open());
      await botOn(store).take(one);
      const [before] = await bot.lists();
      expect((await bot.lists())[0]?.entries).toBe(before?.entries);
      const newer = await botOn(store).take(other, { asOf: '2026-11-21T00:00:00.000Z', sha256: 'b'.repeat(64) });
      const [now] = await bot.lists();
      expect(now?.list.asOf).toBe('2026-11-21T00:00:00.000Z');
      expect(now?.entries).toHaveLength(other.length);
      expect(partsOf(await engine.drafts())).toEqual([`list:made-up:${newer.kept.sha256}:0`]);
    }));

  it('stay where another is refused, and nothing of that is kept', () =>
    on(async (engine, store) => {
      const bot = botOn(store);
      const { kept } = await bot.take(madeUpList());
      const older = bot.take(madeUpList().slice(2), { asOf: '2026-11-01T00:00:00.000Z', sha256: 'b'.repeat(64) });
      await expect(older).rejects.toThrow(ListProblem);
      expect(partsOf(await engine.drafts())).toEqual([`list:made-up:${kept.sha256}:0`]);
      expect((await bot.lists())[0]?.entries).toHaveLength(madeUpList().length);
    }));

  it('share entries that came in another file', () =>
    on(async (engine, store) => {
      const bot = botOn(store);
      await bot.take(madeUpList());
      await bot.take(madeUpList(), { asOf: '2026-11-21T00:00:00.000Z', sha256: 'b'.repeat(64) });
      await bot.take(madeUpList(), { name: 'another' });
      expect(partsOf(await engine.drafts())).toHaveLength(2);
      expect((await bot.lists()).map(({ list }) => [list.name, list.sha256[0]])).toEqual([
        ['another', 'a'],
        ['made-up', 'b'],
      ]);
    }));

  it('come to one version where several are imported at once, and the next import removes what is left', () =>
    on(async (engine, store) => {
      const imports = [0, 1, 2, 3].map((n) =>
        botOn(store).take(madeUpList().slice(n), { asOf: `2026-11-2${n}T00:00:00.000Z`, sha256: String(n).repeat(64) }),
      );
      await Promise.allSettled(imports);
      const later = botOn(store, '2026-11-27T12:00:00.000Z');
      const [list] = listsInUse((await later.register.read()).state);
      expect(list?.asOf).toBe('2026-11-23T00:00:00.000Z');
      expect((await later.lists())[0]?.entries).toHaveLength(madeUpList().length - 3);
      await later.take(madeUpList(), { name: 'another' });
      expect(partsOf(await engine.drafts())).toHaveLength(2);
    }));

  it('that broke off before the record had them are removed by a later import', () =>
    on(async (engine, store) => {
      const { take } = botOn(store);
      await take(madeUpList());
      const breaking = { ...store, append: () => Promise.reject(new Error('the process ended')) } as EventStore;
      const broken = botOn(breaking).take(madeUpList().slice(1), {
        asOf: '2026-11-21T00:00:00.000Z',
        sha256: 'b'.repeat(64),
      });
      await expect(broken).rejects.toThrow('the process ended');
      expect(partsOf(await engine.drafts())).toHaveLength(2);
      expect((await botOn(store).lists())[0]?.entries).toHaveLength(madeUpList().length);
      await botOn(store, '2026-11-27T11:00:00.000Z').take(madeUpList(), { name: 'another' });
      expect(partsOf(await engine.drafts())).toHaveLength(2);
    }));

  it('with entries that are not those of the record are not asked', () =>
    on(async (_engine, store) => {
      const bot = botOn(store);
      const { kept } = await bot.take(madeUpList());
      const key = `list:made-up:${kept.sha256}:0`;
      const whole = await store.draft('register:screening', key);
      await store.putDraft('register:screening', key, `${String(whole).slice(0, -8)}AAAAAAA=`);
      await expect(bot.lists()).rejects.toThrow('not as it was imported');
      await store.dropDraft('register:screening', key);
      await expect(bot.lists()).rejects.toThrow('missing');
    }));
});
