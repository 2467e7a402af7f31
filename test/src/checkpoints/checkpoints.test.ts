import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCheckpoints, type Checkpoints, type CheckpointsOptions } from '../../../src/checkpoints/checkpoints.ts';
import { PublishFault } from '../../../src/checkpoints/publish.ts';
import { sharedCheckpointKey, signingWarnings } from '../../../src/checkpoints/signing.ts';
import type { LogFields } from '../../../src/log.ts';
import type { EventStore } from '../../../store/event-store.ts';
import type { SignedHead } from '../../../store/log/commit-log.ts';
import { readVerifierKey, verifierKeyOf } from '../../../store/log/note.ts';
import { readTreeHead } from '../../../store/log/tree-head.ts';
import { rootOfTree } from '../../../store/log/tree.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { write, writeMany } from '../../support/store-samples.ts';

const { privateKey } = generateKeyPairSync('ed25519');

describe('checkpoints by themselves', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  let running: Checkpoints[];
  let now: string;
  let lines: [string, LogFields][];
  let published: SignedHead[];
  beforeEach(() => {
    folder = sqliteFolder();
    store = folder.open();
    running = [];
    now = '2026-03-02T09:00:00.000Z';
    lines = [];
    published = [];
  });
  afterEach(async () => {
    for (const each of running) await each.stop();
    await folder.remove();
  });

  const note = (event: string, fields: LogFields = {}): void => void lines.push([event, fields]);
  const start = (options: Partial<CheckpointsOptions> = {}): Checkpoints => {
    const checkpoints = startCheckpoints({
      store,
      key: () => privateKey,
      publish: async (head) => void published.push(head),
      clock: () => new Date(now),
      logger: { info: note, warn: note, error: note },
      everyMs: 5,
      ...options,
    });
    running.push(checkpoints);
    return checkpoints;
  };
  const events = (): string[] => lines.map(([event]) => event);
  const sizes = async (): Promise<number[]> => (await store.signedHeads()).map(({ size }) => size);
  /** Two more rounds have ended. */
  const rounds = async (): Promise<void> => {
    let asked = 0;
    const counting = startCheckpoints({
      store: { ...store, placeCommits: async () => ((asked += 1), 0) },
      key: () => undefined,
      publish: undefined,
      clock: () => new Date(now),
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      everyMs: 5,
    });
    await expect.poll(() => asked).toBeGreaterThan(4);
    await counting.stop();
  };

  it('places what is there and what comes, and signs once a day', async () => {
    await writeMany(store, 'D-1', 3);
    const checkpoints = start();
    await expect.poll(sizes).toEqual([3]);
    await write(store, 'D-2');
    await expect.poll(() => store.unplaced()).toBe(0);
    await rounds();
    expect(await sizes()).toEqual([3]);
    now = '2026-03-03T00:00:10.000Z';
    await expect.poll(sizes).toEqual([3, 4]);
    expect(checkpoints.signedSize()).toBe(4);
    const { origin, tree } = (await store.logHead())!;
    const trusted = readVerifierKey(verifierKeyOf(origin, privateKey))!;
    const last = (await store.signedHeads()).at(-1)!;
    expect(readTreeHead(last.note, trusted)).toEqual({ origin, size: 4, root: rootOfTree(tree) });
    await expect.poll(() => published).toEqual(await store.signedHeads());
  });

  it('signs nothing twice, and nothing where nothing is', async () => {
    const checkpoints = start();
    expect(await checkpoints.sign()).toBeUndefined();
    await write(store, 'D-1');
    for (const _ of ['one', 'two']) expect(await checkpoints.sign()).toMatchObject({ size: 1 });
    now = '2026-03-03T09:00:00.000Z';
    await rounds();
    expect(await sizes()).toEqual([1]);
    await expect.poll(() => published.length).toBe(1);
  });

  it('signs with a digest, which shows that very root', async () => {
    await write(store, 'D-1');
    const checkpoints = start();
    await expect.poll(sizes).toEqual([1]);
    await writeMany(store, 'D-2', 2);
    const head = await checkpoints.sign();
    expect(head).toMatchObject({ size: 3, root: rootOfTree((await store.logHead())!.tree) });
    expect(await sizes()).toEqual([1, 3]);
  });

  it('does not forget what could not be written outside', async () => {
    let broken = true;
    await write(store, 'D-1');
    const checkpoints = start({
      publish: async (head) => {
        if (broken) throw new PublishFault('status-503');
        published.push(head);
      },
    });
    await expect.poll(events).toContain('checkpoints.not-published');
    await write(store, 'D-1');
    await checkpoints.sign();
    broken = false;
    await expect.poll(() => published.map(({ size }) => size)).toEqual([1, 2]);
    await rounds();
    expect(published.length).toBe(2);
  });

  it('writes the newest outside again after a start: the last process may have died before it did', async () => {
    await write(store, 'D-1');
    const first = start({ publish: () => Promise.reject(new PublishFault('ENOENT')) });
    await expect.poll(events).toContain('checkpoints.not-published');
    await first.stop();
    start();
    await expect.poll(() => published.map(({ size }) => size)).toEqual([1]);
  });

  it('ends at once, however long the address takes', async () => {
    await write(store, 'D-1');
    let asked = 0;
    const checkpoints = start({
      publish: () => {
        asked += 1;
        return new Promise(() => {});
      },
    });
    await expect.poll(() => asked).toBe(1);
    await checkpoints.stop();
    expect(events()).not.toContain('checkpoints.published');
  });

  it('without a key places and does not sign', async () => {
    await write(store, 'D-1');
    const checkpoints = start({ key: () => undefined });
    await expect.poll(() => store.unplaced()).toBe(0);
    expect(await checkpoints.sign()).toMatchObject({ size: 1 });
    await rounds();
    expect(await sizes()).toEqual([]);
    expect(published).toEqual([]);
  });

  it('signs nothing smaller than what was signed: somebody cut the log', async () => {
    await writeMany(store, 'D-1', 3);
    const checkpoints = start();
    await expect.poll(sizes).toEqual([3]);
    const raw = folder.raw();
    raw.exec(
      "DELETE FROM log; DELETE FROM meta WHERE key IN ('log:head', 'log:looked-to'); DELETE FROM commits WHERE version = 3",
    );
    await checkpoints.sign();
    expect(await sizes()).toEqual([3]);
    expect(events()).toContain('checkpoints.log-shrank');
  });

  it('goes on after a fault of the store', async () => {
    await write(store, 'D-1');
    let broken = true;
    const checkpoints = start({
      store: {
        ...store,
        placeCommits: (limit) => (broken ? Promise.reject(new Error('no')) : store.placeCommits(limit)),
      },
    });
    await expect.poll(events).toContain('checkpoints.not-signed');
    expect(await checkpoints.sign()).toBeUndefined();
    broken = false;
    await expect.poll(sizes).toEqual([1]);
  });
});

describe('the key of checkpoints', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
  });
  afterEach(() => folder.remove());
  const mongodb = 'mongodb://db/clearthread';
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

  it('is the folder’s own for one bot, and must be given to several', () => {
    const own = sharedCheckpointKey({}, { dataDir: folder.dir, mongodb: undefined });
    expect(own?.asymmetricKeyType).toBe('ed25519');
    expect(signingWarnings({}, { dataDir: folder.dir, mongodb: undefined })).toEqual([]);
    // A key that lies there by chance is not one that all bots share.
    expect(sharedCheckpointKey({}, { dataDir: folder.dir, mongodb })).toBeUndefined();
    expect(signingWarnings({}, { dataDir: folder.dir, mongodb })).toEqual([expect.stringContaining('not signed')]);
    const given = { CLEARTHREAD_CHECKPOINT_KEY: pem };
    expect(sharedCheckpointKey(given, { dataDir: folder.dir, mongodb })?.equals(privateKey)).toBe(true);
    expect(signingWarnings(given, { dataDir: folder.dir, mongodb })).toEqual([]);
  });
});
