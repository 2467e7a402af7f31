import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditProof } from '../../../src/cli/audit-proof.ts';
import { proofOf } from '../../../src/cli/deal-proof.ts';
import { publicKeyOf } from '../../../store/checkpoint.ts';
import type { EventStore, StoredCommit } from '../../../store/event-store.ts';
import { findCheckpointKey } from '../../../store/keys.ts';
import { leafOf } from '../../../store/log/commit-log.ts';
import { verifierKeyOf } from '../../../store/log/note.ts';
import { proveCommit } from '../../../store/log/prove.ts';
import { signTreeHead, treeHeadOf } from '../../../store/log/tree-head.ts';
import { EMPTY_TREE, grown } from '../../../store/log/tree.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { write } from '../../support/store-samples.ts';

describe('the proof of a deal', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  let stored: StoredCommit[];
  let key: KeyObject;
  let origin: string;
  beforeEach(async () => {
    folder = sqliteFolder();
    store = folder.open();
    for (const stream of ['D-1', 'D-2', 'D-1', 'D-3', 'D-1', 'D-2']) await write(store, stream);
    stored = await commitsOf('D-1');
    const proof = await proofOf(store, stored.at(-1), { dataDir: folder.dir, mongodb: undefined }, {});
    writeFileSync(at('D-1.tlog-proof'), proof ?? '');
    writeFileSync(at('D-1.json'), JSON.stringify({ stored }));
    key = findCheckpointKey(undefined, folder.dir)!;
    origin = (await store.logHead())!.origin;
  });
  afterEach(() => folder.remove());

  const at = (name: string): string => join(folder.dir, name);
  const commitsOf = async (stream: string): Promise<StoredCommit[]> => {
    const all = [];
    for await (const commit of store.stored(stream)) all.push(commit);
    return all;
  };
  const check = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const io = { out: (l: string) => void out.push(l), err: (l: string) => void err.push(l), env: {} };
    const code = await auditProof([at('D-1.tlog-proof'), ...args], io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const withExport = () => ['--export', at('D-1.json')];
  const withKey = () => ['--public-key', verifierKeyOf(origin, key)];

  it('is checked without a database, by either form of the key', async () => {
    const hash = stored.at(-1)?.hash ?? '';
    for (const [by, what] of [
      [withKey(), withExport()],
      [withKey(), ['--commit', hash]],
      [['--public-key', publicKeyOf(key)], withExport()],
    ] as const) {
      const answer = await check(...by, ...what);
      expect(answer).toMatchObject({ code: 0, err: '' });
      expect(answer.out).toContain(`Proven: commit ${hash} has place 4 in the log ${origin}.`);
      expect(answer.out).toContain('Its checkpoint covers 6 commits, root 6:');
    }
  });

  it('is for that deal, that log and that key', async () => {
    const notProven = { code: 1, out: expect.stringMatching(/^NOT PROVEN: /) };
    const other = generateKeyPairSync('ed25519').privateKey;
    expect(await check(...withKey(), '--commit', stored[0]!.hash)).toMatchObject(notProven);
    expect(await check('--public-key', verifierKeyOf(origin, other), ...withExport())).toMatchObject(notProven);
    expect(await check('--public-key', verifierKeyOf('a.name', key), ...withExport())).toMatchObject(notProven);
    const proof = readFileSync(at('D-1.tlog-proof'), 'utf8');
    for (const wrong of [proof.replace('index 4', 'index 5'), proof.replace('\n6\n', '\n7\n'), '', 'nonsense']) {
      writeFileSync(at('D-1.tlog-proof'), wrong);
      expect(await check(...withKey(), ...withExport())).toMatchObject(notProven);
    }
  });

  it('speaks for the whole export: one whose chain was changed is not proven', async () => {
    const put = (commits: StoredCommit[]): void => writeFileSync(at('D-1.json'), JSON.stringify({ stored: commits }));
    for (const wrong of [
      stored.map((commit) => ({ ...commit, actor: 'somebody-else' })),
      stored.toSpliced(0, 1),
      stored.toSpliced(1, 1),
      [...(await commitsOf('D-2')), ...stored],
    ]) {
      put(wrong);
      expect(await check(...withKey(), ...withExport())).toMatchObject({
        code: 1,
        out: expect.stringMatching(/^NOT PROVEN: /),
      });
    }
    put(stored.slice(0, 2));
    expect(await check(...withKey(), ...withExport())).toMatchObject({ code: 1 });
    writeFileSync(at('D-1.json'), '{}');
    expect(await check(...withKey(), ...withExport())).toMatchObject({ code: 2 });
  });

  it('outlives the erasure of other deals, and of its own', async () => {
    const before = readFileSync(at('D-1.tlog-proof'), 'utf8');
    await store.erase('D-2');
    expect(await proveCommit(store, stored.at(-1)!)).toBe(before);
    await store.erase('D-1');
    expect(await proveCommit(store, stored.at(-1)!)).toBe(before);
    expect(await check(...withKey(), ...withExport())).toMatchObject({ code: 0 });
  });

  it('is made under the newest head that covers it, and believes no head that was edited', async () => {
    const { tree } = (await store.logHead())!;
    await write(store, 'D-3');
    await store.placeCommits(10);
    const last = (await store.logHead())!;
    await store.keepSignedHead({ size: 7, note: signTreeHead(treeHeadOf(origin, { ...tree, size: 7 }), key) });
    expect(await proveCommit(store, stored.at(-1)!)).toContain('\n6\n');
    folder.raw().exec('DELETE FROM signed_heads WHERE size = 7');
    await store.keepSignedHead({ size: 7, note: signTreeHead(treeHeadOf(origin, last.tree), key) });
    const newest = await proveCommit(store, stored.at(-1)!);
    expect(newest).toContain('\n7\n');
    writeFileSync(at('D-1.tlog-proof'), newest ?? '');
    expect(await check(...withKey(), ...withExport())).toMatchObject({ code: 0 });
  });

  it('is none where nothing is signed and there is no key', async () => {
    await write(store, 'D-1');
    const last = (await commitsOf('D-1')).at(-1);
    const where = { dataDir: folder.dir, mongodb: 'mongodb://db/clearthread' };
    expect(await proofOf(store, last, where, {})).toBeUndefined();
    const pem = key.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(await proofOf(store, last, where, { CLEARTHREAD_CHECKPOINT_KEY: pem })).toContain('\nindex 6\n');
  });

  it('stays small in a long log', async () => {
    const commits = Array.from({ length: 100_000 }, (_, n) => ({
      stream: `D-${n}`,
      version: 1,
      hash: n.toString(16).padStart(64, '0'),
      stored: undefined,
    }));
    const head = treeHeadOf(origin, grown(EMPTY_TREE, commits.map(leafOf)));
    const proof = await proveCommit(
      {
        async *placed() {
          yield* commits;
        },
        signedHeads: async () => [{ size: head.size, note: signTreeHead(head, key) }],
      },
      commits[33_333]!,
    );
    // Seventeen hashes and the checkpoint; a million commits have three more, of 45 bytes each.
    expect(proof?.length).toBeGreaterThan(900);
    expect(proof?.length).toBeLessThan(1200);
  });

  it('says what it needs', async () => {
    expect(await check(...withExport())).toMatchObject({ code: 2, err: expect.stringContaining('--public-key') });
    expect(await check(...withKey())).toMatchObject({ code: 2, err: expect.stringContaining('--export') });
    expect(await check(...withKey(), '--commit', 'x')).toMatchObject({ code: 2 });
    expect(await check(...withKey(), '--export', '/nowhere')).toMatchObject({ code: 2 });
  });
});
