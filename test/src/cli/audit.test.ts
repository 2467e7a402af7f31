import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditCheckpoint, auditVerify } from '../../../src/cli/audit.ts';
import type { CliCommand } from '../../../src/cli/io.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { readCheckpoint } from '../../../store/checkpoint.ts';
import type { EventStore, Json } from '../../../store/event-store.ts';
import { policyHash } from '../../../store/policies.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { resealed, sqliteForger } from '../../support/forger.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
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
  const saved = (): string => join(folder.dir, 'saved.json');

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

  it('signs where every stream stands, and finds later what was cut off', async () => {
    const made = await checkpoint('--out', saved());
    expect(made).toMatchObject({ code: 0, err: '' });
    const read = readCheckpoint(readFileSync(saved(), 'utf8'));
    if (read.kind !== 'good') throw new Error(read.problem);
    expect(read.checkpoint.heads).toEqual(await store.heads());
    expect(made.out).toContain(read.checkpoint.root);
    expect(made.out).toContain(read.checkpoint.publicKey);

    await decide(store, 'D-2');
    const whole = await verify('--checkpoint', saved());
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain(read.checkpoint.root);

    folder.raw().exec(`DELETE FROM commits WHERE stream = 'D-1' AND version = 3; DELETE FROM snapshots`);
    expect((await verify()).code).toBe(0);
    const cut = await verify('--checkpoint', saved(), '--public-key', read.checkpoint.publicKey);
    expect(cut.code).toBe(1);
    expect(cut.out).toContain('BROKEN: stream D-1, commit 3: truncated.');
  });

  it('prints a checkpoint that can be saved by redirecting', async () => {
    const { code, out } = await checkpoint();
    expect(code).toBe(0);
    expect(readCheckpoint(out).kind).toBe('good');
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
    writeFileSync(saved(), text.replace('"version": 3', '"version": 2'));
    expect(await verify('--checkpoint', saved())).toMatchObject({ code: 2, err: expect.stringContaining('changed') });
    writeFileSync(saved(), '{}');
    expect(await verify('--checkpoint', saved())).toMatchObject({ code: 2 });
    writeFileSync(saved(), text);
    const other = await verify('--checkpoint', saved(), '--public-key', 'AAAA');
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('another key') });
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
      await store.erase('D-2');
      const answer = await verifyWithKey();
      expect(answer).toMatchObject({ code: 0, err: '' });
      expect(answer.out).toContain(
        'Replayed: 0 streams with the state that their events make, 1 not compared, written to by a newer version, 1 erased.',
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
    expect(await verify('--public-key', 'AAAA')).toMatchObject({ code: 2 });
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
