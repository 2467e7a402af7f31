import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { YearlyReport } from '../../../blocks/yearly/report.ts';
import type { YearlyCommand } from '../../../flows/yearly/register-shapes.ts';
import { deskOn } from '../../../src/cli/desk.ts';
import { runCli } from '../../../src/cli/main.ts';
import { report } from '../../../src/cli/report.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { firm, someFigures } from '../../support/yearly.ts';
import { runCommand } from './run.ts';

let folder: SqliteFolder;
let out: string;
let deals: Deals;
let store: EventStore;
let ids: string[];
/** A policy by which nobody approves: whoever runs the bot publishes. */
let alone: Record<string, string>;
let now = '2025-05-05T10:00:00.000Z';

/** Thirty deals of eight customers that were withdrawn in 2025, and one that is open. */
beforeAll(async () => {
  folder = sqliteFolder();
  out = mkdtempSync(join(tmpdir(), 'yearly-'));
  store = folder.open();
  const organisation = loadOrganisation(sampleOrganisationFile);
  deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: async () => organisation,
    homes: () => [],
    clock: () => new Date(now),
    wake: () => {},
  });
  const policy = join(folder.dir, 'alone.yml');
  writeFileSync(policy, `${readFileSync(defaultPolicyFile, 'utf8')}\nyearlyReport: { approvers: none }\n`);
  alone = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile, CLEARTHREAD_POLICY: policy };
  const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
  const product = { id: 'data-analytics', name: 'Sample data analytics' };
  ids = [];
  for (let n = 0; n < 31; n += 1) {
    const details = {
      ...aDeal().details,
      product,
      customer: firm(n % 8),
      endUser: { name: firm(12 + (n % 8)), kind: 'private' as const },
    };
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

const withdraw = async (id: string): Promise<void> => {
  const done = await deals.handle(
    id,
    { type: 'Withdraw', reason: 'The customer chose another supplier' },
    { actor: 'rep-1', cause: `end ${id}` },
  );
  if (done.kind === 'refused') throw new Error(done.refusal.text);
};

const run = (...args: string[]) => runCommand(folder.dir, report, args);
const file = (name: string): string => readFileSync(join(out, name), 'utf8');
const json = (name: string): YearlyReport => JSON.parse(file(name)) as YearlyReport;
const ended = (name: string): number | null | undefined =>
  json(name).figures.tables.find(({ id }) => id === 'ended')?.total;

describe('clearthread report', () => {
  it('drafts a year: one set of figures as a page, JSON by its schema, and text', async () => {
    const before = await store.heads();
    const { code, out: said, err } = await run('2025', '--to', out);
    expect([code, err]).toEqual([0, '']);
    expect(said).toContain('This is a draft');
    expect(await store.heads()).toEqual(before);
    expect(readdirSync(out).toSorted()).toEqual([
      'draft-report-2025.html',
      'draft-report-2025.json',
      'draft-report-2025.pdf',
      'draft-report-2025.txt',
      'report.schema.json',
    ]);
    const validate = new Ajv().compile(JSON.parse(file('report.schema.json')) as object);
    expect([validate(json('draft-report-2025.json')), validate.errors]).toEqual([true, null]);
    expect(ended('draft-report-2025.json')).toBe(30);
    expect(file('draft-report-2025.txt')).toContain('All: 30 (deals)');
    expect(file('draft-report-2025.html')).toContain('<td class="n">30</td>');
    for (const name of readdirSync(out))
      for (const secret of [firm(1), firm(13), ids[1]!]) expect(file(name)).not.toContain(secret);
  });

  it('freezes what it publishes: a deal that ends in that year later, or is erased, shows by no difference', async () => {
    await store.putMeta('deployment', 'real');
    expect((await run('2025', '--to', out, '--publish')).code).toBe(2);
    const env = alone;
    const { code, err } = await runCommand(folder.dir, report, ['2025', '--to', out, '--publish'], env);
    expect([err, code]).toEqual(['', 0]);
    const published = json('report-2025.json');
    expect([published.status, ended('report-2025.json')]).toEqual(['published', 30]);
    now = '2025-12-05T10:00:00.000Z';
    await withdraw(ids[0]!);
    for (const id of ids.slice(3, 6)) await store.erase(id);
    const later = await run('2025', '--to', out);
    expect(later.out).toContain(
      'The record would count otherwise today: Ended without a decision, or after an approval.',
    );
    expect(json('report-2025.json').figures).toEqual(published.figures);
    const elsewhere = mkdtempSync(join(tmpdir(), 'yearly-'));
    await runCommand(folder.dir, report, ['2025', '--to', elsewhere, '--publish', '--least', '9'], env);
    expect((JSON.parse(readFileSync(join(elsewhere, 'report-2025.json'), 'utf8')) as YearlyReport).figures).toEqual(
      published.figures,
    );
    rmSync(elsewhere, { recursive: true });
  });

  it('marks changed words of a published year, and stops at a name in them', async () => {
    const words = join(folder.dir, 'words.yml');
    writeFileSync(words, `learned: |\n  We ask earlier.\nchange: |\n  We will ask ${firm(2)} first.\n`);
    const stopped = await run('2025', '--to', out, '--words', words);
    expect(stopped.code).toBe(2);
    expect(stopped.err).toContain(`words.yml:3: "change" names “${firm(2)}”, which is a customer.`);
    writeFileSync(words, 'learned: |\n  We ask <b>earlier</b>.\n\n  And again.\n');
    expect((await run('2025', '--to', out, '--words', words)).code).toBe(0);
    expect(json('report-2025.json').wordsChangedOn).toHaveLength(1);
    expect(file('report-2025.html')).toContain('<p>We ask &lt;b&gt;earlier&lt;/b&gt;.</p>\n<p>And again.</p>');
  });

  it('lists the deals behind each cell in a file that stays in the company', async () => {
    const trace = join(folder.dir, 'trace.json');
    expect((await run('2025', '--to', out, '--trace', trace)).code).toBe(0);
    const cells = JSON.parse(readFileSync(trace, 'utf8')) as { table: string; cell: string; of: { id: string }[] }[];
    const withdrawn = cells.find(({ table, cell }) => table === 'ended' && cell === 'withdrawn');
    expect(withdrawn?.of.map(({ id }) => id)).toContain(ids[0]);
    const within = await run('2025', '--to', out, '--trace', join(out, 'sub', 'trace.json'));
    expect([within.code, within.err.split('\n')[0]]).toEqual([
      2,
      '--trace names deals: choose a file outside of the folder of --to, which is for the public.',
    ]);
  });

  it('says of an empty year that it is, and of one that is not over that it can be drafted only', async () => {
    const empty = await run('2019', '--to', out);
    expect([empty.code, empty.out]).toEqual([
      0,
      expect.stringContaining('Nothing of the deals of this year is published'),
    ]);
    expect(file('draft-report-2019.html')).toContain('Nothing of the deals of this year is published');
    const open = await runCommand(folder.dir, report, ['2199', '--to', out, '--publish'], {
      CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
    });
    expect([open.code, open.err]).toEqual([2, expect.stringContaining('2199 is not over')]);
    expect(existsSync(join(out, 'report-2199.json'))).toBe(false);
  });

  it('freezes nothing that it has nowhere to write', async () => {
    const words = join(folder.dir, 'a-file');
    writeFileSync(words, '');
    const { code, err } = await runCommand(folder.dir, report, ['2024', '--to', words, '--publish'], alone);
    expect([code, err.split('\n')[0]]).toEqual([2, `${words} can't be written (EEXIST).`]);
    expect((await run('2024', '--to', out)).out).toContain('This is a draft');
  });

  it('explains itself, and what it did not understand', async () => {
    expect((await run('--help')).out).toContain('Usage: clearthread report YEAR');
    for (const [args, words] of [
      [['--to', out], 'Name one year'],
      [['26', '--to', out], 'Name a year, such as 2026'],
      [['2025'], 'Say with --to'],
      [['2025', '--to', out, '--least', '3'], '--least takes a number from 5'],
    ] as const)
      expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
    const err: string[] = [];
    const code = await runCli(['report', '2025'], { out: () => {}, err: (line) => void err.push(line), env: {} });
    expect([code, err[0]]).toEqual([2, 'Say with --to which folder the report goes to.']);
  });
});

describe('a report that people approve in chat', () => {
  const env = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile };
  const WORDS = { foreword: 'We looked at each deal.', learned: 'We ask earlier now.' };
  const inChat = (context: ReturnType<typeof deskOn>) => {
    const figures = someFigures(2023);
    const handle = async (actor: string, command: YearlyCommand): Promise<void> => {
      const done = await context.registers.yearly.handle(command, { actor, cause: `${actor} ${command.type}` });
      if (done.kind === 'refused') throw new Error(done.refusal.text);
    };
    return { figures, handle };
  };

  it('is not published from the command line before', async () => {
    const before = await store.heads();
    const { code, err } = await runCommand(folder.dir, report, ['2023', '--to', out, '--publish'], env);
    expect([code, err]).toEqual([2, expect.stringContaining('was not published in chat yet')]);
    expect(err).toContain('/deal report-year 2023');
    expect(await store.heads()).toEqual(before);
    expect((await runCommand(folder.dir, report, ['2023', '--to', out], env)).out).toContain(
      'It is approved and published in chat: /deal report-year 2023.',
    );
  });

  it('is written with the words that were approved, and says since when they are others', async () => {
    const desk = deskOn(store, loadOrganisation(sampleOrganisationFile), {});
    const { figures, handle } = inChat(desk);
    const [year, hash] = [2023, 'ab12'];
    const of = { year, hash, figures, away: [], named: [] };
    await handle('compliance-1', { type: 'SaveYearWords', year, from: 0, words: WORDS, mayName: [], named: [] });
    await handle('compliance-1', { type: 'SendYear', ...of, version: 1 });
    await handle('chief-1', { type: 'ApproveYear', ...of });
    await handle('counsel-1', { type: 'ApproveYear', ...of });
    await handle('compliance-1', { type: 'PublishApprovedYear', ...of, version: 1 });
    for (const more of [[], ['--publish']]) {
      expect(await runCommand(folder.dir, report, ['2023', '--to', out, ...more], env)).toMatchObject({
        code: 0,
        err: '',
      });
      expect(json('report-2023.json')).toMatchObject({ status: 'published', words: WORDS, wordsChangedOn: [] });
      expect(json('report-2023.json').figures).toEqual(figures);
    }
    const elsewhere = mkdtempSync(join(tmpdir(), 'yearly-'));
    const words = join(folder.dir, 'others.yml');
    writeFileSync(words, 'learned: Others than before.\n');
    await runCommand(folder.dir, report, ['2023', '--to', elsewhere, '--words', words], env);
    const written = JSON.parse(readFileSync(join(elsewhere, 'report-2023.json'), 'utf8')) as YearlyReport;
    expect(written.wordsChangedOn).toHaveLength(1);
    rmSync(elsewhere, { recursive: true });
  });
});
