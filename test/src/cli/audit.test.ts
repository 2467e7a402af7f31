import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditCheckpoint } from '../../../src/cli/audit-checkpoint.ts';
import { auditVerify } from '../../../src/cli/audit.ts';
import type { CliCommand } from '../../../src/cli/io.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { publicKeyOf } from '../../../store/checkpoint.ts';
import type { EventStore, Json } from '../../../store/event-store.ts';
import { findCheckpointKey } from '../../../store/keys.ts';
import { readVerifierKey, verifierKeyOf } from '../../../store/log/note.ts';
import { readTreeHead, readUnsigned } from '../../../store/log/tree-head.ts';
import { policyHash } from '../../../store/policies.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { makeCheckpoint } from '../../support/first-checkpoint.ts';
import { resealed, sqliteForger } from '../../support/forger.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { placeAll } from '../../support/store-contract-log.ts';
import { write } from '../../support/store-samples.ts';

interface Answer {
  code: number;
  out: string;
  err: string;
}

const POLICY = { name: 'Sample policy', version: '1', flags: [{ id: 'F1', weight: 'heavy' }] };
const HASH = policyHash(POLICY);

/** Appends the next commit of a stream, decided under the sample policy. */
const decide = (store: EventStore, stream: string): Promise<number> =>
  write(store, stream, [], { commit: { contextVersions: { policy: HASH, organisation: 'o-1' } } });

describe('clearthread audit', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  beforeEach(async () => {
    folder = sqliteFolder();
    store = folder.open();
    await store.putPolicy(HASH, POLICY);
    for (const stream of ['D-1', 'D-1', 'D-1', 'D-2']) await decide(store, stream);
  });
  afterEach(() => folder.remove());

  const run = async (command: CliCommand, args: string[], env: Record<string, string> = {}): Promise<Answer> => {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), env };
    return { code: await command(args, io), out: out.join('\n'), err: err.join('\n') };
  };
  const verify = (...args: string[]): Promise<Answer> => run(auditVerify, ['--data', folder.dir, ...args]);
  const checkpoint = (...args: string[]): Promise<Answer> => run(auditCheckpoint, ['--data', folder.dir, ...args]);
  const saved = (): string => join(folder.dir, 'saved.txt');

  it('says that a record is whole while the bot has it open', async () => {
    const answer = await verify();
    expect(answer).toMatchObject({ code: 0, err: '' });
    expect(answer.out).toContain('The record is whole: 2 streams, 4 commits, 1 policy.');
    expect((await run(auditVerify, [], { DATA_DIR: folder.dir })).code).toBe(0);
  });

  it('reads a folder that nobody has open', async () => {
    await store.close();
    expect((await verify()).code).toBe(0);
  });

  it('names the first bad commit', async () => {
    folder.raw().exec(`UPDATE commits SET actor = 'x' WHERE stream = 'D-1' AND version = 2`);
    const answer = await verify();
    expect(answer.code).toBe(1);
    expect(answer.out).toContain('BROKEN: stream D-1, commit 2: edited.');
  });

  it.each([
    ['edited', `UPDATE policies SET policy = replace(policy, 'heavy', 'light')`],
    ['edited', `UPDATE policies SET policy = 'no JSON'`],
    ['missing', 'DELETE FROM policies'],
  ])('names a policy that is %s', async (what, sql) => {
    expect((await verify()).code).toBe(0);
    await checkpoint('--out', saved());
    folder.raw().exec(sql);
    for (const args of [[], ['--checkpoint', saved()]]) {
      const answer = await verify(...args);
      expect(answer).toMatchObject({ code: 1, err: '' });
      expect(answer.out).toContain(`BROKEN: policy ${HASH}: ${what}`);
    }
    const again = await checkpoint();
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain(`BROKEN: policy ${HASH}: ${what}`);
  });

  it('names a policy that was put under another hash', async () => {
    folder.raw().prepare(`INSERT INTO policies (hash, policy) VALUES (?, ?)`).run('x\u001b', JSON.stringify(POLICY));
    const answer = await verify();
    expect(answer).toMatchObject({ code: 1 });
    expect(answer.out).toContain('BROKEN: policy x\\u{1b}: edited');
  });

  it('checks policies without a data key', async () => {
    await store.close();
    folder.raw().exec(`DELETE FROM stream_keys; DELETE FROM meta`);
    expect((await verify()).code).toBe(0);
  });

  it('shows names from a changed database as visible characters only', async () => {
    folder.raw().prepare(`UPDATE commits SET stream = ? WHERE stream = 'D-1'`).run('A\u001b[2J\u202e\n');
    const answer = await verify();
    expect(answer.code).toBe(1);
    expect(answer.out).toContain('stream A\\u{1b}[2J\\u{202e}\\u{a}, commit 1');
  });

  const ownKey = () => findCheckpointKey(undefined, folder.dir)!;
  const rewrite = (): void =>
    void folder.raw().exec(`DELETE FROM commits WHERE stream = 'D-1' AND version = 3; DELETE FROM snapshots`);

  it('signs the log with every commit in it, and finds later what was cut off', async () => {
    const made = await checkpoint('--out', saved());
    expect(made).toMatchObject({ code: 0, err: '' });
    const { origin, tree } = (await store.logHead())!;
    expect(tree.size).toBe(4);
    const verifier = verifierKeyOf(origin, ownKey());
    const head = readTreeHead(readFileSync(saved(), 'utf8'), readVerifierKey(verifier)!);
    expect(head).toMatchObject({ origin, size: 4 });
    const root = `4:${head?.root.toString('hex')}`;
    expect(made.out).toContain(root);
    expect(made.out).toContain(`Verifier key: ${verifier}`);
    expect(await store.signedHeads()).toEqual([{ size: 4, note: readFileSync(saved(), 'utf8') }]);

    await decide(store, 'D-2');
    const whole = await verify('--checkpoint', saved());
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain(`everything that the checkpoint of 4 commits (root ${root}) signed`);
    expect(whole.out).toContain('1 commit has no place in it yet.');
    expect(whole.out).toContain('Not yet covered by what you brought from outside: 1 newer commit.');

    rewrite();
    folder.raw().exec('DELETE FROM log WHERE place = 2');
    for (const key of [verifier, publicKeyOf(ownKey())]) {
      const cut = await verify('--checkpoint', saved(), '--public-key', key);
      expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('BROKEN: The log ends after 2 commits') });
    }
  });

  it('finds by the log alone that the end of a stream is gone', async () => {
    await placeAll(store);
    rewrite();
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('commit 3 of D-1, which is gone') });
  });

  it('finds with a checkpoint, and with a root of a digest, that all of it was written anew', async () => {
    await checkpoint('--out', saved());
    const { size, root } = readUnsigned(readFileSync(saved(), 'utf8'))!;
    const hex = root.toString('hex');
    expect((await verify('--root', hex)).out).toContain('It had the root that you gave.');
    rewrite();
    folder.raw().exec("DELETE FROM log; DELETE FROM signed_heads; DELETE FROM meta WHERE key LIKE 'log:%'");
    await placeAll(store);
    expect(await verify()).toMatchObject({ code: 0 });
    for (const args of [
      ['--checkpoint', saved()],
      ['--root', `${size}:${hex}`],
      ['--root', hex],
    ]) {
      expect(await verify(...args)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/^(?:BROKEN|NOT FOUND): The/i),
      });
    }
    await decide(store, 'D-2');
    await placeAll(store);
    expect((await verify('--root', `${size}:${hex}`)).out).toContain('not those that the root that you gave names');
  });

  it('takes the root of a digest in any form that it shows', async () => {
    await checkpoint('--out', saved());
    const first = readUnsigned(readFileSync(saved(), 'utf8'))!.root.toString('hex');
    await decide(store, 'D-2');
    await placeAll(store);
    const sized = await verify('--root', `4:${first}`);
    expect(sized).toMatchObject({ code: 0 });
    expect(sized.out).toContain('Not yet covered by what you brought from outside: 1 newer commit.');
    const kept = await verify('--root', first.toUpperCase());
    expect(kept).toMatchObject({ code: 0 });
    expect(kept.out).toContain('1 newer commit');
    const { tree } = (await store.logHead())!;
    expect(tree.size).toBe(5);
    for (const wrong of ['9f86 d081', 'x', '4:', `:${first}`]) {
      expect(await verify('--root', wrong)).toMatchObject({ code: 2, err: expect.stringContaining('SIZE:HASH') });
    }
  });

  it('checks the heads that are kept against the log, and who signed them', async () => {
    await checkpoint('--out', saved());
    expect((await verify()).out).toContain(
      'It fits the 1 signed checkpoint kept with it; the newest covers 4 commits.',
    );
    await store.keepSignedHead({ size: 3, note: 'nonsense' });
    expect(await verify()).toMatchObject({
      code: 1,
      out: 'BROKEN: The signed checkpoint kept for 3 commits is damaged.',
    });
    const note = readFileSync(saved(), 'utf8');
    folder.raw().prepare('UPDATE signed_heads SET note = ? WHERE size = 3').run(note.replace('\n4\n', '\n3\n'));
    expect((await verify()).out).toContain('not those that the signed checkpoint kept for 3 commits names');
    folder.raw().exec('DELETE FROM signed_heads WHERE size = 3');
    folder
      .raw()
      .prepare('UPDATE signed_heads SET note = ?')
      .run(note.replace(/.{9}\n$/, 'AAAAAAA=\n'));
    expect((await verify()).out).toContain('Signed with another key than the one you trust: 1 of these.');
  });

  it('still verifies a checkpoint of the first form, and counts what is newer', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(saved(), JSON.stringify(await makeCheckpoint(store, privateKey, '2026-03-02T09:00:00.000Z')));
    await decide(store, 'D-2');
    const key = publicKeyOf(privateKey);
    for (const args of [[], ['--public-key', key], ['--public-key', verifierKeyOf('a.name', privateKey)]]) {
      const whole = await verify('--checkpoint', saved(), ...args);
      expect(whole).toMatchObject({ code: 0, err: '' });
      expect(whole.out).toContain('Not yet covered by what you brought from outside: 1 newer commit.');
    }
    rewrite();
    const cut = await verify('--checkpoint', saved(), '--public-key', key);
    expect(cut.code).toBe(1);
    expect(cut.out).toContain('BROKEN: stream D-1, commit 3: truncated.');
  });

  it('prints a checkpoint that can be saved by redirecting, and the key beside it', async () => {
    const { code, out, err } = await checkpoint();
    expect(code).toBe(0);
    const trusted = readVerifierKey(err.replace('Verifier key: ', ''))!;
    expect(readTreeHead(`${out}\n`, trusted)).toMatchObject({ size: 4 });
  });

  it('signs the log as it is where the database can not be written to, and says so', async () => {
    await placeAll(store);
    await decide(store, 'D-2');
    const raw = folder.raw();
    raw.exec('BEGIN IMMEDIATE');
    const answer = await checkpoint('--out', saved());
    raw.exec('ROLLBACK');
    expect(answer.code).toBe(0);
    expect(answer.err).toContain('locked by another process. The checkpoint covers the log as it is');
    expect(readUnsigned(readFileSync(saved(), 'utf8'))).toMatchObject({ size: 4 });
    expect(await store.signedHeads()).toEqual([]);
  });

  it('signs nothing that is broken, and writes over no older checkpoint', async () => {
    writeFileSync(saved(), 'older');
    const again = await checkpoint('--out', saved());
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('is there already');
    expect(readFileSync(saved(), 'utf8')).toBe('older');
    folder.raw().exec(`UPDATE commits SET at = 'x'`);
    const broken = await checkpoint('--out', `${saved()}.new`);
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('stream D-1, commit 1');
    expect(existsSync(`${saved()}.new`)).toBe(false);
  });

  it('refuses a checkpoint that was changed, or that another signed', async () => {
    await checkpoint('--out', saved());
    const text = readFileSync(saved(), 'utf8');
    writeFileSync(saved(), text.replace('\n4\n', '\n3\n'));
    expect(await verify('--checkpoint', saved())).toMatchObject({ code: 2, err: expect.stringContaining('changed') });
    for (const other of ['{}', 'nonsense', '']) {
      writeFileSync(saved(), other);
      expect(await verify('--checkpoint', saved())).toMatchObject({ code: 2, err: expect.stringContaining('not a') });
    }
    writeFileSync(saved(), text);
    const other = publicKeyOf(generateKeyPairSync('ed25519').privateKey);
    for (const key of ['AAAA', other]) {
      const answer = await verify('--checkpoint', saved(), '--public-key', key);
      expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('another key') });
    }
  });

  describe('with the data key', () => {
    const env = { CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64') };
    const verifyWithKey = (...args: string[]): Promise<Answer> =>
      run(auditVerify, ['--data', folder.dir, ...args], env);

    it('finds a deal that somebody with that key turned into another one', async () => {
      const own = sqliteFolder();
      try {
        const kept = own.open();
        const organisation = loadOrganisation(sampleOrganisationFile);
        const deals = createDeals({
          store: kept,
          policies: await createPolicies(kept, loadPolicy(defaultPolicyFile), policyFromJson),
          organisation: () => organisation,
          homes: (home) => [{ home }],
          clock: () => new Date('2027-03-12T09:00:00.000Z'),
          wake: () => {},
        });
        const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
        const details = { ...aDeal().details, product: { id: 'data-analytics', name: 'Sample data analytics' } };
        const opening = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: 'view:1' });
        const deal = opening.view?.deal.id ?? '';
        await deals.handle(deal, { type: 'Withdraw', reason: 'It was lost.' }, { actor: 'rep-1', cause: 'v2' });
        const here = (): Promise<Answer> =>
          run(auditVerify, ['--data', own.dir, '--checkpoint', join(own.dir, 'saved.json')], env);
        await run(auditCheckpoint, ['--data', own.dir, '--out', join(own.dir, 'saved.json')]);
        const before = await here();
        expect(before).toMatchObject({ code: 0, err: '' });
        expect(before.out).toMatch(/^Replayed: 1 stream with the state that its events make\.$/m);

        const forger = sqliteForger(own.raw());
        const { version, state } = await forger.snapshot(deal);
        const approve = (plain: Json): Json =>
          JSON.parse(JSON.stringify(plain).replaceAll('"withdrawn"', '"decided"')) as Json;
        const forged = await resealed(forger, 'snapshot', { stream: deal, version }, state, approve);
        await forger.putSnapshot(deal, { state: forged, status: 'decided' });
        const broken = (detail: string): Answer => ({
          code: 1,
          out: `BROKEN: stream ${deal}, commit ${version}: edited. ${detail}`,
          err: '',
        });
        expect(await here()).toEqual(broken('Its events make another status than the list shows.'));
        await forger.putSnapshot(deal, { status: 'withdrawn' });
        expect(await here()).toEqual(broken('The state kept beside it is not the one that it speaks for.'));
        await expect(deals.view(deal)).rejects.toMatchObject({ code: 'damaged' });
      } finally {
        await own.remove();
      }
    });

    it('says how many streams it could not compare, and why', async () => {
      const answer = await verifyWithKey();
      expect(answer).toMatchObject({ code: 0, err: '' });
      expect(answer.out).toContain(
        'Replayed: 0 streams with the state that their events make, 2 not compared, written to by a newer version.',
      );
    });

    it('names a stream whose key somebody destroyed', async () => {
      await store.erase('D-2');
      const answer = await verifyWithKey();
      expect(answer).toMatchObject({ code: 1, err: '' });
      expect(answer.out).toMatch(
        /^BROKEN: stream D-2, commit \d+: erased\. Its key is gone, and the record does not say that people decided it\.$/,
      );
    });

    it('names a row beside the record that was redirected', async () => {
      await store.saveConversation('teams:person:rep-1', { to: 'a:1' });
      expect(await verifyWithKey()).toMatchObject({ code: 0 });
      folder.raw().exec(`UPDATE conversations SET value = '{"to":"a:2"}'`);
      expect(await verifyWithKey()).toEqual({
        code: 1,
        out: 'CHANGED: row teams:person:rep-1 of conversations is not as Clearthread wrote it.',
        err: '',
      });
    });

    it('takes the key of the data folder, and says what it did not see without one', async () => {
      expect((await verify()).out).toContain('Not checked, for want of the data key');
      writeFileSync(join(folder.dir, 'data.key'), env.CLEARTHREAD_DATA_KEY);
      expect((await verify()).out).toContain('Replayed: ');
      writeFileSync(join(folder.dir, 'data.key'), Buffer.alloc(32, 9).toString('base64'));
      expect(await verify()).toMatchObject({ code: 2, err: expect.stringContaining('data key is not the one') });
    });
  });

  it('says what it needs', async () => {
    expect(await verify('--checkpoint', '/nowhere/at-all.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('read'),
    });
    expect(await verify('--nonsense')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage:') });
    const empty = await run(auditVerify, ['--data', '/nowhere/at-all']);
    expect(empty).toMatchObject({ code: 2, err: expect.stringContaining('--data DIR') });
    expect(await run(auditCheckpoint, ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--out FILE'),
    });
    writeFileSync(join(folder.dir, 'checkpoint.key'), 'half');
    expect(await checkpoint()).toMatchObject({ code: 2, err: expect.stringContaining('checkpoint.key is not usable') });
  });
});
