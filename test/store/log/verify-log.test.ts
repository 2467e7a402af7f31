/** An attacker with the database: what the walk over the log finds by itself, and what needs a root from outside. */

import { afterAll, describe, expect, it } from 'vitest';
import { commitHash } from '../../../store/chain.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { logHeadText, readLogHead, withPlaced, type Placed } from '../../../store/log/commit-log.ts';
import { EMPTY_TREE, rootOfTree } from '../../../store/log/tree.ts';
import { verifyLog, type SavedRoot, type VerifiedLog } from '../../../store/log/verify-log.ts';
import { mongoForger, sqliteForger, type Forger } from '../../support/forger.ts';
import { mongoLogIntruder, sqliteLogIntruder, type LogIntruder } from '../../support/log-intruder.ts';
import { mongoDatabase, mongoServer } from '../../support/mongo.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { placeAll } from '../../support/store-contract-log.ts';
import { write } from '../../support/store-samples.ts';

interface Attacked {
  store: EventStore;
  forger: Forger;
  log: LogIntruder;
}

const server = await mongoServer();
afterAll(() => server.close());

const ENGINES = {
  SQLite: async (attack: (attacked: Attacked) => Promise<void>): Promise<void> => {
    const folder = sqliteFolder();
    try {
      const store = folder.open();
      const raw = folder.raw();
      await attack({ store, forger: sqliteForger(raw), log: sqliteLogIntruder(raw) });
    } finally {
      await folder.remove();
    }
  },
  MongoDB: async (attack: (attacked: Attacked) => Promise<void>): Promise<void> => {
    const database = mongoDatabase(server);
    try {
      const store = await database.open();
      const raw = await database.raw();
      await attack({ store, forger: mongoForger(raw), log: mongoLogIntruder(raw) });
    } finally {
      await database.remove();
    }
  },
};

/** Three streams of four commits, placed in rounds of five. */
const withLog = (engine: keyof typeof ENGINES, attack: (attacked: Attacked, saved: SavedRoot) => Promise<void>) =>
  ENGINES[engine](async (attacked) => {
    const { store } = attacked;
    for (let round = 0; round < 4; round += 1) {
      for (const stream of ['D-1', 'D-2', 'D-3']) await write(store, stream);
    }
    await placeAll(store, 5);
    const { tree } = (await store.logHead())!;
    expect(await verifyLog(store, [])).toEqual({ kind: 'whole', size: 12, root: rootOfTree(tree), unplaced: 0 });
    await attack(attacked, { size: 12, root: rootOfTree(tree), by: 'the digest' });
  });

const brokenWith = (words: string): unknown =>
  expect.objectContaining<Partial<VerifiedLog>>({ kind: 'broken', detail: expect.stringContaining(words) as string });

/** Changes a commit and gives it and all that follow new hashes. Returns the new hashes by version. */
const rehash = async (forger: Forger, stream: string, from: number): Promise<Map<number, string>> => {
  const hashes = new Map<number, string>();
  let prevHash = (await forger.commit(stream, from)).prevHash;
  for (let version = from; version <= 4; version += 1) {
    const before = await forger.commit(stream, version);
    const { hash: _hash, contextVersions, ...rest } = { ...before, prevHash };
    const changed = { ...rest, ...(version === from ? { actor: 'somebody-else' } : {}) };
    const hash = commitHash({ ...changed, contextVersions: JSON.parse(contextVersions) as never });
    await forger.putCommit(stream, version, { actor: changed.actor, prevHash, hash });
    hashes.set(version, hash);
    prevHash = hash;
  }
  return hashes;
};

/** The head that the attacker makes to fit the log. */
const fittingHead = (log: readonly Placed[]) => (text: string) =>
  logHeadText(withPlaced({ ...readLogHead(text), tree: EMPTY_TREE }, log));

describe.each(Object.keys(ENGINES) as (keyof typeof ENGINES)[])('the log in %s shows', (engine) => {
  it('a commit that was rewritten, with its whole chain', () =>
    withLog(engine, async ({ store, forger }) => {
      await rehash(forger, 'D-2', 3);
      expect(await store.verify()).toMatchObject({ kind: 'whole' });
      expect(await verifyLog(store, [])).toEqual(brokenWith('commit 3 of D-2, which is another one today'));
    }));

  it('a commit that was deleted', () =>
    withLog(engine, async ({ store, forger }) => {
      await forger.dropCommit('D-3', 4);
      expect(await verifyLog(store, [])).toEqual(brokenWith('Place 11 belongs to commit 4 of D-3, which is gone'));
    }));

  it('a place that was taken out', () =>
    withLog(engine, async ({ store, log }) => {
      await log.takeOut(6);
      expect(await verifyLog(store, [])).toMatchObject({ kind: 'broken' });
    }));

  it('two places of a stream that were swapped', () =>
    withLog(engine, async ({ store, log }) => {
      await log.rewrite((all) => all.with(0, all[3]!).with(3, all[0]!));
      expect(await verifyLog(store, [])).toEqual(brokenWith('Place 0 belongs to commit 2 of D-1, before its commit 1'));
    }));

  it('two places of different streams that were swapped', () =>
    withLog(engine, async ({ store, log }) => {
      await log.rewrite((all) => all.with(0, all[1]!).with(1, all[0]!));
      expect(await verifyLog(store, [])).toEqual(brokenWith('does not fit its commits'));
    }));

  it('a commit that was placed twice, head and all', () =>
    withLog(engine, async ({ store, log }) => {
      let made: Placed[] = [];
      await log.rewrite((all) => (made = [...all, all[4]!]));
      await log.editHead(fittingHead(made));
      expect(await verifyLog(store, [])).toEqual(brokenWith('commit 2 of D-2, which has a place already'));
    }));

  it('a hash that was edited', () =>
    withLog(engine, async ({ store, log }) => {
      await log.rewrite((all) => all.with(7, { ...all[7]!, hash: 'ab'.repeat(32) }));
      expect(await verifyLog(store, [])).toEqual(brokenWith('Place 7 belongs to commit 3 of D-2, which is another'));
    }));

  it('a hash that is none', () =>
    withLog(engine, async ({ store, log }) => {
      await log.rewrite((all) => all.with(7, { ...all[7]!, hash: 'x' }));
      expect(await verifyLog(store, [])).toMatchObject({ kind: 'broken' });
    }));

  it('a head that was edited', () =>
    withLog(engine, async ({ store, log }) => {
      await log.editHead((text) =>
        text.replace(/"peaks":\["(.)/, (all, first) => all.slice(0, -1) + (first === 'a' ? 'b' : 'a')),
      );
      expect(await verifyLog(store, [])).toEqual(brokenWith('does not fit its commits'));
      await log.editHead(() => 'nonsense');
      expect(await verifyLog(store, [])).toEqual(brokenWith('The head of the log is damaged'));
    }));

  it('a log that was cut', () =>
    withLog(engine, async ({ store, log }) => {
      await log.rewrite((all) => all.slice(0, 8));
      expect(await verifyLog(store, [])).toEqual(brokenWith('ends after 8 commits; its head knows 12'));
    }));

  it('with a root from outside: all of it written anew, head and all', () =>
    withLog(engine, async ({ store, forger, log }, saved) => {
      const hashes = await rehash(forger, 'D-1', 2);
      let made: Placed[] = [];
      await log.rewrite(
        (all) =>
          (made = all.map((each) => ({
            ...each,
            hash: (each.stream === 'D-1' && hashes.get(each.version)) || each.hash,
          }))),
      );
      await log.editHead(fittingHead(made));
      expect(await verifyLog(store, [])).toMatchObject({ kind: 'whole', size: 12 });
      expect(await verifyLog(store, [saved])).toEqual(
        brokenWith('The first 12 commits of the log are not those that the digest names'),
      );
    }));

  it('with a root from outside: the end cut off, in record, log and head', () =>
    withLog(engine, async ({ store, forger, log }, saved) => {
      await forger.dropCommit('D-3', 4);
      let made: Placed[] = [];
      await log.rewrite((all) => (made = all.slice(0, 11)));
      await log.editHead(fittingHead(made));
      expect(await verifyLog(store, [])).toMatchObject({ kind: 'whole', size: 11 });
      expect(await verifyLog(store, [saved])).toEqual(brokenWith('The log ends after 11 commits; the digest knows 12'));
    }));

  it('nothing where it only grew', () =>
    withLog(engine, async ({ store }, saved) => {
      await write(store, 'D-4');
      expect(await verifyLog(store, [saved])).toMatchObject({ kind: 'whole', size: 12, unplaced: 1 });
      await placeAll(store);
      expect(await verifyLog(store, [saved])).toMatchObject({ kind: 'whole', size: 13, unplaced: 0 });
    }));
});
