import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { recordJson } from '../../../src/cli/deal-record.ts';
import { dealExport } from '../../../src/cli/deal.ts';
import { deskOn } from '../../../src/cli/desk.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { isDealId } from '../../../src/ids.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore, StoredCommit } from '../../../store/event-store.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk } from '../../support/desk.ts';
import { readPdf } from '../../support/pdf-reading.ts';
import { answerPicture } from '../../support/picture-deal.ts';
import { givenAll, MILD } from '../../support/sheets.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { TIMED } from '../../support/ticking.ts';

interface StoredRecord {
  deal: string;
  howToVerify: string[];
  policy: { hash: string; document: unknown };
  commits: (Record<string, unknown> & { plain?: string; body: { salt?: string; snapshot?: string } })[];
  snapshot: { plain: string };
  state: unknown;
  stored: (Record<string, unknown> & { hash: string; prevHash: string; stateHash?: string; version: number })[];
}

const OLD = new URL('../../fixtures/data-2026-11/clearthread.sqlite.gz', import.meta.url);

const DETAILS = { ...aDeal().details, product: { id: 'data-analytics', name: 'Sample data analytics' } };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Written from the contents of the file, not of the store. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
};

/** Does what `howToVerify` says, step by step. */
const broken = (
  { deal, policy, commits, stored, snapshot, state }: StoredRecord,
  underPolicy = true,
): string | undefined => {
  let before = sha256(`clearthread stream 1\n${deal}`);
  let speaks = false;
  for (const [i, commit] of stored.entries()) {
    const { hash, ...covered } = commit;
    if (commit.version !== i + 1 || commit['stream'] !== deal) return `step 2 at ${i + 1}`;
    if (commit.prevHash !== before) return `step 3 at ${i + 1}`;
    const form = commit.stateHash === undefined ? 1 : 2;
    if (hash !== sha256(`clearthread commit ${form}\n${canonical(covered)}`)) return `step 4 at ${i + 1}`;
    if (speaks && form === 1) return `step 4 at ${i + 1}`;
    speaks ||= form === 2;
    const { body, plain, ...open } = commits[i] ?? { body: {} };
    const { body: _, ...closed } = commit;
    if (canonical(open) !== canonical(closed)) return `step 5 at ${i + 1}`;
    if (form === 2) {
      if (commit.stateHash !== sha256(`clearthread body 1\n${plain ?? ''}`)) return `step 5 at ${i + 1}`;
      if (canonical(JSON.parse(plain ?? '')) !== canonical(body)) return `step 5 at ${i + 1}`;
    }
    const { policy: named } = commit['contextVersions'] as { policy: string };
    const same = named === policy.hash && sha256(canonical(policy.document)) === policy.hash;
    if (underPolicy && !same) return `step 7 at ${i + 1}`;
    before = hash;
  }
  const { salt = '', snapshot: spoken } = commits.at(-1)?.body ?? {};
  if (spoken !== undefined) {
    if (spoken !== sha256(`clearthread snapshot 1\n${salt}\n${snapshot.plain}`)) return 'step 6';
    const {
      eventTypes: _types,
      committedAt: _at,
      ...kept
    } = (JSON.parse(snapshot.plain) as { state: Record<string, unknown> }).state;
    if (canonical(kept) !== canonical(state)) return 'step 6';
  }
  return stored.length === commits.length ? undefined : 'lengths';
};

describe('clearthread deal export', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  let deal: string;
  beforeEach(async () => {
    folder = sqliteFolder();
    store = folder.open();
    const organisation = loadOrganisation(sampleOrganisationFile);
    const deals = createDeals({
      store,
      policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
      organisation: () => organisation,
      homes: (home) => [{ home }],
      clock: () => new Date('2027-03-12T09:00:00.000Z'),
      wake: () => {},
    });
    const opened = await deals.open(
      { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEARANCE1' }, details: DETAILS },
      { actor: 'rep-1', cause: 'view:1' },
    );
    if (opened.kind !== 'accepted') throw new Error(opened.refusal.text);
    deal = opened.view.deal.id;
    const withdrawn = await deals.handle(
      deal,
      { type: 'Withdraw', reason: 'It was lost.' },
      { actor: 'rep-1', cause: 'v2' },
    );
    if (withdrawn.kind !== 'accepted') throw new Error(withdrawn.refusal.text);
  });
  afterEach(() => folder.remove());

  const out = (): string => join(folder.dir, 'out');
  const run = async (args: string[], env: Record<string, string> = {}) => {
    const said: string[] = [];
    const err: string[] = [];
    const code = await dealExport(args, {
      out: (l) => void said.push(l),
      err: (l) => void err.push(l),
      env: { DATA_DIR: folder.dir, CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64'), ...env },
    });
    return { code, out: said.join('\n'), err: err.join('\n') };
  };
  const exported = async (): Promise<StoredRecord> => {
    expect(await run([deal, '--out', out()])).toMatchObject({ code: 0, err: '' });
    return JSON.parse(readFileSync(join(out(), `${deal}.json`), 'utf8')) as StoredRecord;
  };

  it('writes three files that only their owner can read, as one recorded export', async () => {
    const { commits } = await exported();
    expect(readdirSync(out()).toSorted()).toEqual([`${deal}.json`, `${deal}.md`, `${deal}.tlog-proof`]);
    for (const name of readdirSync(out())) expect(statSync(join(out(), name)).mode & 0o777).toBe(0o600);
    const kinds = commits.map((c) => (c['body'] as { events: { type: string }[] }).events.map((e) => e.type));
    expect(kinds).toEqual([['DealOpened'], ['DealWithdrawn'], ['RecordExported']]);
    expect(readFileSync(join(out(), `${deal}.md`), 'utf8')).toContain('Reason: It was lost.');
    expect((await store.load(deal)).version).toBe(3);
  });

  it('writes the PDF alone, into a folder or as the file that is named, with the proof in it', async () => {
    expect(await run([deal, '--pdf', '--out', out()])).toMatchObject({
      code: 0,
      err: '',
      out: join(out(), `${deal}.pdf`),
    });
    const named = join(out(), 'for the board.PDF');
    expect(await run([deal, '--pdf', '--out', named])).toMatchObject({ code: 0, err: '', out: named });
    expect(readdirSync(out()).toSorted()).toEqual([`${deal}.pdf`, 'for the board.PDF']);
    expect(statSync(named).mode & 0o777).toBe(0o600);
    const commits = await store.read(deal);
    expect(commits.slice(2).map(({ body }) => body.events)).toMatchObject([
      [{ type: 'RecordExported', format: 'pdf', by: 'operator' }],
      [{ type: 'RecordExported', format: 'pdf', by: 'operator' }],
    ]);
    const all = readPdf(readFileSync(named)).pages.join('');
    expect(all).toContain(`Headoftherecord:version4,${commits[3]?.hash}`);
    expect(all).toContain('Reason:Itwaslost.');
    expect(all).toContain('c2sp.org/tlog-proof@v1');
  });

  it('has what sheets say against the answers, as the dossier in chat has', async () => {
    const { deals, registers } = deskOn(store, loadOrganisation(sampleOrganisationFile), {});
    const by = (cause: string, actor = 'rep-1') => ({ actor, cause });
    const again = await deals.handle(deal, { type: 'Reopen', reason: 'They ask again' }, by('r'));
    expect(again.kind).toBe('accepted');
    for (const section of ['scope', 'product']) {
      const [, command] = answerPicture(section);
      const told = { ...(command as Extract<DealCommand, { type: 'AnswerSection' }>), why: 'It only reads weather' };
      expect(await deals.handle(deal, told, by(section))).toMatchObject({ kind: 'accepted' });
    }
    const on = { of: 'product', product: DETAILS.product.id, name: DETAILS.product.name } as const;
    const saved = await registers.sheets.handle(
      { type: 'SaveSheet', on, from: 0, answers: givenAll({ ...MILD, P1: 'yes' }) },
      by('sheet', 'product-manager-1'),
    );
    expect(saved.kind).toBe('accepted');
    await exported();
    const page = readFileSync(join(out(), `${deal}.md`), 'utf8').replaceAll('\\', '');
    expect(page).toMatch(/The product sheet said otherwise, version 1:.*“Yes” to “Does it collect sensitive data/);
  });

  it('carries what is stored, so that the chain can be checked from the file alone', async () => {
    const record = await exported();
    expect(record.stored).toHaveLength(3);
    expect(broken(record)).toBeUndefined();
    expect(record.stored.at(-1)?.hash).toBe((await store.heads()).find((h) => h.stream === deal)?.hash);
    expect(record.howToVerify.join('\n')).toContain('clearthread commit 2\\n');
    expect(JSON.stringify(record.stored)).not.toContain('It was lost');
  });

  it('can be checked where older commits say nothing of the state', async () => {
    const older = sqliteFolder();
    try {
      writeFileSync(older.file, gunzipSync(readFileSync(OLD)));
      const old = older.open();
      const at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy, store: old });
      const heads = (await old.heads()).filter(({ stream }) => isDealId(stream));
      expect(heads.length).toBeGreaterThan(15);
      for (const { stream, version } of heads) {
        await at.deals.handle(stream, { type: 'RecordExport', format: 'json' }, { actor: 'operator', cause: 'export' });
        const view = await at.deals.view(stream);
        const stored: StoredCommit[] = [];
        for await (const commit of old.stored(stream)) stored.push(commit);
        if (!view) throw new Error('no deal');
        const { snapshot } = await old.load(stream);
        const text = recordJson({ view, policy: {}, commits: await old.read(stream), stored, snapshot });
        const record = JSON.parse(text) as StoredRecord;
        expect(record.stored.map(({ stateHash }) => stateHash === undefined).lastIndexOf(true)).toBe(version - 1);
        expect(record.stored).toHaveLength(version + 1);
        // The policy of these samples has no hash.
        expect(broken(record, false)).toBeUndefined();
      }
      await at.end();
    } finally {
      await older.remove();
    }
  });

  it('is told in the card of the other chat too, where there is one', async () => {
    const owed = async (): Promise<string[]> =>
      (await store.claim('2999-01-01T00:00:00.000Z', 1, 100)).map((row) => row.id).filter((id) => id.includes('@'));
    await exported();
    expect(await owed()).toEqual([]);
    await store.saveRef(deal, 'root@teams', { channel: '19:dealclearance@thread.tacv2', message: '1' });
    await exported();
    expect(await owed()).toEqual([`live:${deal}:root@teams`]);
  });

  it.each([
    [
      'an edited actor',
      (r: StoredRecord) => ({ ...r, stored: r.stored.map((c) => ({ ...c, actor: 'x' })) }),
      'step 4 at 1',
    ],
    ['a commit taken out', (r: StoredRecord) => ({ ...r, stored: r.stored.toSpliced(1, 1) }), 'step 2 at 2'],
    ['another deal', (r: StoredRecord) => ({ ...r, deal: 'D-000000' }), 'step 2 at 1'],
    ['an edited policy', (r: StoredRecord) => ({ ...r, policy: { ...r.policy, document: {} } }), 'step 7 at 1'],
    [
      'another text to read',
      (r: StoredRecord) => ({ ...r, commits: r.commits.map((c) => ({ ...c, body: { ...c.body, notices: [] } })) }),
      'step 5 at 1',
    ],
    [
      'another plain text',
      (r: StoredRecord) => ({
        ...r,
        commits: r.commits.map((c) => ({ ...c, plain: c.plain?.replace('rep-1', 'x') ?? '' })),
      }),
      'step 5 at 1',
    ],
    [
      'another state',
      (r: StoredRecord) => ({ ...r, snapshot: { plain: r.snapshot.plain.replace('withdrawn', 'decided') } }),
      'step 6',
    ],
    ['a state that is not the one hashed', (r: StoredRecord) => ({ ...r, state: {} }), 'step 6'],
  ])('shows %s', async (_, tamper, at) => {
    expect(broken(tamper(await exported()))).toBe(at);
  });

  it('refuses to judge a deal under a policy that was edited', async () => {
    folder.raw().exec(`UPDATE policies SET policy = replace(policy, '"weight":"heavy"', '"weight":"light"')`);
    const answer = await run([deal, '--out', out()]);
    expect(answer).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^The stored policy [0-9a-f]{64} is damaged/),
    });
  });

  it('takes no sample people for those of a real record', async () => {
    await store.putMeta('deployment', 'real');
    const before = (await store.read(deal)).length;
    expect(await run([deal, '--out', out()])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Set CLEARTHREAD_ORGANISATION'),
    });
    expect(await store.read(deal)).toHaveLength(before);
    const env = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile };
    expect(await run([deal, '--out', out()], env)).toMatchObject({ code: 0 });
    await store.putMeta('deployment', 'playground');
    expect(await run([deal, '--out', out()])).toMatchObject({ code: 0 });
  });

  it('says what is wrong', async () => {
    expect(await run(['D-000000'])).toMatchObject({ code: 1, err: 'There is no such deal.' });
    expect(await run(['nonsense'])).toMatchObject({ code: 2 });
    expect(await run([deal], { CLEARTHREAD_ORGANISATION: '/nowhere.yml' })).toMatchObject({
      code: 2,
      err: '/nowhere.yml: there is no such file.',
    });
    mkdirSync(out());
    writeFileSync(join(out(), 'taken'), '');
    expect(await run([deal, '--out', join(out(), 'taken')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out DIR'),
    });
    await store.erase(deal);
    expect(await run([deal])).toMatchObject({ code: 1, out: '' });
  });
});
