/** `report policy` and `report verify`: what is written for the website, and whether the record still counts what was published. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { YearlyReport } from '../../../blocks/yearly/report.ts';
import { auditCheckpoint } from '../../../src/cli/audit-checkpoint.ts';
import { deskOn } from '../../../src/cli/desk.ts';
import { reportPolicy } from '../../../src/cli/report-policy.ts';
import { reportVerify } from '../../../src/cli/report-verify.ts';
import { report } from '../../../src/cli/report.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { complaintText, firm } from '../../support/yearly.ts';
import { runCommand } from './run.ts';

let folder: SqliteFolder;
let out: string;
let store: EventStore;
let deals: Deals;
let ids: string[];
let now = new Date('2025-05-05T10:00:00.000Z');
let env: Record<string, string>;

const withdraw = async (id: string): Promise<void> => {
  const reason = 'The customer chose another supplier';
  const done = await deals.handle(id, { type: 'Withdraw', reason }, { actor: 'rep-1', cause: `end ${id}` });
  if (done.kind === 'refused') throw new Error(done.refusal.text);
};

/** Thirty deals of eight customers that were withdrawn in 2025, and one that is open. */
beforeAll(async () => {
  folder = sqliteFolder();
  out = mkdtempSync(join(tmpdir(), 'yearly-'));
  store = folder.open();
  await store.putMeta('deployment', 'real');
  const organisation = loadOrganisation(sampleOrganisationFile);
  deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: async () => organisation,
    homes: () => [],
    clock: () => now,
    wake: () => {},
  });
  const policy = join(folder.dir, 'alone.yml');
  writeFileSync(policy, `${readFileSync(defaultPolicyFile, 'utf8')}\nyearlyReport: { approvers: none }\n`);
  env = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile, CLEARTHREAD_POLICY: policy };
  ids = [];
  for (let n = 0; n < 31; n += 1) {
    const details = {
      ...aDeal().details,
      product: { id: 'data-analytics', name: 'Sample data analytics' },
      customer: firm(n % 8),
      endUser: { name: firm(12 + (n % 8)), kind: 'private' as const },
    };
    const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
    const opened = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: `open ${n}` });
    if (opened.kind === 'refused') throw new Error(opened.refusal.text);
    ids.push(opened.view.deal.id);
  }
  for (const id of ids.slice(1)) await withdraw(id);
});
afterAll(async () => {
  rmSync(out, { recursive: true, force: true });
  await folder.remove();
});

const run = (command: typeof report, ...args: string[]) => runCommand(folder.dir, command, args, env);
const POLICY = `version: 3
approvedBy: The board
approvedOn: 2025-01-10
address: https://example.com/rights
instruments: [UN Guiding Principles]
text: |
  We look before we sell.
`;

describe('report policy', () => {
  const source = (): string => join(folder.dir, 'rights.yml');

  it('writes both pages, records nothing without --publish, and tells where they belong', async () => {
    writeFileSync(source(), POLICY);
    const before = await store.heads();
    const { code, out: said, err } = await run(reportPolicy, source(), '--to', out);
    expect([code, err]).toEqual([0, '']);
    expect(said).toContain('human-rights-policy.html, report-misuse.html. Put them where people look');
    expect(said).toContain('(Guidance 8, bullet 4)');
    expect(readFileSync(join(out, 'human-rights-policy.html'), 'utf8')).toContain(
      'Approved by The board on 10 January 2025.',
    );
    expect(await store.heads()).toEqual(before);
  });

  it('records the published version once, and refuses another text under its number', async () => {
    expect(await run(reportPolicy, source(), '--to', out, '--publish')).toMatchObject({ code: 0, err: '' });
    const { registers } = deskOn(store, loadOrganisation(sampleOrganisationFile), {});
    const stands = async () => (await registers.programme.now()).state.policy;
    expect(await stands()).toMatchObject({
      version: '3',
      approvedBy: 'The board',
      address: 'https://example.com/rights',
    });
    writeFileSync(source(), POLICY.replace('before we sell', 'after we sold'));
    const refused = await run(reportPolicy, source(), '--to', out, '--publish');
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining('Version 3 was published with another text'),
    ]);
    expect(readFileSync(join(out, 'human-rights-policy.html'), 'utf8')).toContain('before we sell');
    writeFileSync(source(), POLICY.replace('before we sell', 'after we sold').replace('version: 3', 'version: 4'));
    expect((await run(reportPolicy, source(), '--to', out, '--publish')).code).toBe(0);
    expect((await stands())?.version).toBe('4');
    const sample = await runCommand(folder.dir, reportPolicy, [source(), '--to', out, '--publish']);
    expect([sample.code, sample.err]).toEqual([2, expect.stringContaining('This is no playground')]);
  });

  it('names each mistake in the file with its line', async () => {
    writeFileSync(
      source(),
      'version: 3\napprovedBy: The board\napprovedOn: 2999-01-01\naddress: http://example.com\ntext: x\n',
    );
    expect((await run(reportPolicy, source(), '--to', out)).err).toContain(
      'rights.yml:4: address must be an address that begins with https://',
    );
    writeFileSync(source(), 'version: 3\napprovedBy: The board\napprovedOn: 2999-01-01\ntext: x\n');
    expect((await run(reportPolicy, source(), '--to', out)).err).toContain(
      'rights.yml:3: Nobody has approved it on a day to come.',
    );
    writeFileSync(source(), `version: 3\napprovedBy: The board\napprovedOn: 2025-01-01\ntext: ${'a'.repeat(40_001)}\n`);
    expect((await run(reportPolicy, source(), '--to', out)).err).toContain('text must be at most 40000');
    expect((await run(reportPolicy)).err).toContain('Name the file of your policy.');
    expect((await run(reportPolicy, source())).err).toContain('Say with --to which folder');
  });
});

describe('report verify', () => {
  const lines = (): string => join(folder.dir, 'complaints.txt');

  it('says that nothing was published, and of a published year that it is equal', async () => {
    expect(await run(reportVerify, '2025')).toMatchObject({ code: 2, err: 'Nothing was published of 2025.' });
    writeFileSync(lines(), complaintText(2024));
    const wrong = await run(report, '2025', '--to', out, '--publish', '--complaints', lines());
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('These lines are of 2024.')]);
    expect(existsSync(join(out, 'report-2025.json'))).toBe(false);
    writeFileSync(lines(), complaintText(2025));
    const published = await run(report, '2025', '--to', out, '--publish', '--complaints', lines());
    expect([published.code, published.err]).toEqual([0, '']);
    const json = JSON.parse(readFileSync(join(out, 'report-2025.json'), 'utf8')) as YearlyReport;
    expect(json.figures.complaints?.rows[0]?.range).toBe('10 to 24');
    expect(json.pages).toEqual({ policy: 'human-rights-policy.html', misuse: 'report-misuse.html' });
    expect(readFileSync(join(out, 'report-2025.html'), 'utf8')).toContain('<a href="report-misuse.html">');
    const before = await store.heads();
    const { code, out: said, err } = await run(reportVerify, '2025', '--in', out);
    expect([code, err]).toEqual([0, '']);
    expect(said).toMatch(/^Equal: the record counts 2025 as it was published on/);
    expect(said).toContain('Reports of misuse: Not recounted from the record. The case room counted them.');
    expect(said).toContain('are those that were published.');
    expect(await store.heads()).toEqual(before);
  });

  it('sees what somebody changed in the folder', async () => {
    const file = join(out, 'report-2025.json');
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('"range": "5 to 9"', '"range": "fewer than 5"'));
    const { code, out: said } = await run(reportVerify, '2025', '--in', out);
    expect([code, said]).toEqual([1, expect.stringContaining('are not those that were published.')]);
    writeFileSync(file, '{');
    expect((await run(reportVerify, '2025', '--in', out)).out).toContain('no report-2025.json that is understood');
    writeFileSync(file, kept);
  });

  it('sees what somebody changed in the page or the PDF', async () => {
    for (const name of ['report-2025.html', 'report-2025.pdf', 'report-2025.txt']) {
      const file = join(out, name);
      const kept = readFileSync(file);
      writeFileSync(file, Buffer.concat([kept, Buffer.from(' ')]));
      const { code, out: said } = await run(reportVerify, '2025', '--in', out);
      expect([code, said]).toEqual([1, expect.stringContaining(`another version): ${name}.`)]);
      writeFileSync(file, kept);
    }
    expect((await run(reportVerify, '2025', '--in', out)).code).toBe(0);
  });

  it('names the checkpoint that the record fits', async () => {
    expect((await run(reportVerify, '2025')).out).toContain('No signed checkpoint of it is kept yet.');
    const signed = await run(auditCheckpoint);
    expect(signed.code).toBe(0);
    const { code, out: said } = await run(reportVerify, '2025');
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/It fits the 1 signed checkpoint kept with it; the newest/),
    ]);
  });

  it('is equal when a deal was opened again since, and says which numbers that would make others', async () => {
    now = new Date();
    const reopen = { type: 'Reopen', reason: 'They ask once more' } as const;
    const done = await deals.handle(ids[1]!, reopen, { actor: 'rep-1', cause: 'again' });
    expect(done.kind).toBe('accepted');
    const { code, out: said } = await run(reportVerify, '2025');
    expect(code).toBe(0);
    expect(said).toMatch(/^Equal: the record counts 2025 as it was published on/);
    expect(said).toMatch(
      /What happened since would make \d numbers? another one today; what was published stays:\n {2}Ended/,
    );
    expect(said).not.toContain(firm(1));
  });

  it('is equal for a year that was published before it counted who was asked', async () => {
    expect((await run(report, '2024', '--to', out)).code).toBe(0);
    const { figures } = JSON.parse(readFileSync(join(out, 'draft-report-2024.json'), 'utf8')) as YearlyReport;
    const before = { ...figures, tables: figures.tables.filter(({ id }) => id !== 'asked') };
    expect(before.tables).toHaveLength(figures.tables.length - 1);
    const { registers } = deskOn(store, loadOrganisation(sampleOrganisationFile), env);
    const published = await registers.yearly.handle(
      { type: 'PublishYear', figures: before },
      { actor: 'operator', cause: 'before' },
    );
    expect(published.kind).toBe('accepted');
    expect((await run(reportVerify, '2024')).out).toMatch(/^Equal: the record counts 2024/);
  });

  it('says where it differs, once deals are erased, and that nobody can count them again', async () => {
    await store.erase(ids[2]!);
    await store.erase(ids[3]!);
    const { code, out: said } = await run(reportVerify, '2025');
    expect(code).toBe(1);
    expect(said).toMatch(
      /Not equal: \d numbers? of 2025\.\n {2}Ended without a decision, or after an approval, .*: published 30, counted \d\d/,
    );
    expect(said).toMatch(/2 deals of this record can't be read any more, since they were erased/);
    expect((await run(reportVerify)).err).toContain('Name one year');
    expect((await run(reportVerify, '26')).err).toContain('Name a year, such as 2026');
  });
});
