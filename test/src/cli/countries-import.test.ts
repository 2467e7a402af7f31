/** `clearthread countries import`: a year of data comes in once, is said with what it moved, and what is wrong leaves what is there. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditVerify } from '../../../src/cli/audit.ts';
import { countriesImport } from '../../../src/cli/countries-import.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { conflictFile, conflictRow, vDemFile, vDemRow } from '../../support/indicators.ts';
import { registersOn } from '../../support/registers.ts';
import { FINE, givenAll } from '../../support/sheets.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { runCommand } from './run.ts';

const organisation = loadOrganisation(sampleOrganisationFile);
const loaded = loadPolicy(defaultPolicyFile);
const MADE_UP = fileURLToPath(new URL('../../../src/playground/samples/made-up-v-dem.csv', import.meta.url));

describe('clearthread countries import', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  beforeEach(() => {
    folder = sqliteFolder();
    store = folder.open();
  });
  afterEach(() => folder.remove());

  const registers = () =>
    registersOn(
      store,
      () => organisation,
      undefined,
      () => loaded.compiled,
    );
  const fileOf = (text: string): string => {
    const file = join(folder.dir, 'countries.csv');
    writeFileSync(file, text);
    return file;
  };
  const take = (text: string, ...more: string[]) => runCommand(folder.dir, countriesImport, [fileOf(text), ...more]);
  const used = async () => (await registers().indicators.read()).state.datasets;
  const version = async (): Promise<number> => (await registers().indicators.read()).version;

  /** A deal to Vietnam that is being answered, and a brief on Vietnam and on Norway. */
  const company = async (): Promise<string> => {
    const deals = createDeals({
      store,
      policies: await createPolicies(store, loaded, policyFromJson),
      organisation: async () => organisation,
      homes: () => [],
      clock: () => new Date('2026-01-05T10:00:00.000Z'),
      wake: () => {},
    });
    const product = { id: 'data-analytics', name: 'Sample data analytics' };
    const opened = await deals.open(
      {
        type: 'OpenDeal',
        home: { platform: 'slack', channel: 'C0CLEARANCE1' },
        details: { ...aDeal().details, product, destination: 'VN' },
      },
      { actor: 'rep-1', cause: 'open' },
    );
    if (opened.kind === 'refused') throw new Error(opened.refusal.text);
    for (const country of ['VN', 'NO']) {
      const saved = await registers().sheets.handle(
        { type: 'SaveSheet', on: { of: 'country', country }, from: 0, answers: givenAll(FINE) },
        { actor: 'counsel-1', cause: country },
      );
      if (saved.kind === 'refused') throw new Error(saved.refusal.text);
    }
    return opened.view.deal.id;
  };
  const worse = vDemFile(
    vDemRow('VNM', 2025, { v2x_freexp_altinf: '0.12' }),
    vDemRow('NOR', 2025),
    vDemRow('SWE', 2025),
  );

  it('takes a year, keeps what was read and by whom, and leaves a whole record', async () => {
    const { code, out, err } = await take(
      vDemFile(
        vDemRow('NOR', 2024),
        vDemRow('NOR', 2025),
        vDemRow('SML', 2025),
        vDemRow('', 2025),
        vDemRow('SWE', 2030),
      ),
    );
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'V-Dem 2025: 5 rows: 2 read, 1 of other years, 2 that can’t be read, 6 variables of 1 country.',
      'Nothing moved for a country with a brief, or with deals that are open or approved.',
      'V-Dem 2025 is in use.',
    ]);
    expect(err.split('\n')).toEqual([
      'Line 5 is left out: it names no country for "Sample".',
      'Line 6 is left out: 2030 is still to come.',
      'Left out, since they are none of our countries: Sample SML (SML).',
    ]);
    expect((await used())['v-dem']).toMatchObject({
      year: 2025,
      from: 'countries.csv',
      rows: 5,
      otherYears: 1,
      badRows: 2,
      by: 'operator',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      unknown: [{ code: 'SML', name: 'Sample SML' }],
    });
    expect(await runCommand(folder.dir, auditVerify, [])).toMatchObject({ code: 0 });
  });

  it('says what moved and for which deals, and changes no brief and no deal', async () => {
    const deal = await company();
    const before = (await registers().sheets.now()).version;
    const { out } = await take(worse);
    expect(out.split('\n').slice(1, -1)).toEqual([
      'What moved, in 1 country with a brief, or with deals that are open or approved:',
      `  Vietnam (${deal})`,
      '    freedom of expression: 0.12 of 1, before no value: suggests yes to L-RF2; the brief says otherwise',
    ]);
    expect((await registers().sheets.now()).version).toBe(before);
    const rows = (await store.read('register:indicators')).at(-1)?.body.notices as unknown as {
      target: { person: string };
    }[];
    expect(rows.map(({ target }) => target.person)).toEqual(expect.arrayContaining(['compliance-1', 'counsel-1']));
    expect(new Set(rows.map(({ target }) => target.person)).size).toBe(rows.length);
    expect(rows.map(({ target }) => target.person)).not.toContain('rep-1');
  });

  it('takes the same file once, also twice at the same time', async () => {
    const both = await Promise.all([take(worse), take(worse)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await version()).toBe(1);
    expect(await take(worse)).toEqual({ code: 0, out: 'This file is in use already. Nothing has changed.', err: '' });
    expect(await version()).toBe(1);
  });

  it('says with --dry-run what it would do, and records nothing', async () => {
    const deal = await company();
    const { code, out } = await take(worse, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain(`Vietnam (${deal})`);
    expect(out).toContain('Nothing was recorded (--dry-run).');
    expect(await version()).toBe(0);
  });

  it('refuses an older year, and takes it where somebody says so', async () => {
    await take(worse);
    const older = vDemFile(...['VNM', 'NOR', 'SWE'].map((code) => vDemRow(code, 2023)));
    expect(await take(older)).toEqual({
      code: 1,
      out: '',
      err: 'Nothing was imported. It is of 2023, and the one in use is newer: of 2025.',
    });
    expect((await take(older, '--older')).out).toContain('Beside V-Dem 2025: 0 countries more, 0 gone, 1 changed.');
    expect((await used())['v-dem']?.year).toBe(2023);
  });

  it('keeps two datasets beside each other', async () => {
    await take(worse);
    expect((await take(conflictFile(conflictRow('1', 2025, '816'), conflictRow('2', 2025, '345')))).out).toContain(
      'UCDP 2025: 2 rows: 2 read, 0 of other years, 0 that can’t be read, 1 variable of 1 country.',
    );
    expect(Object.keys(await used()).toSorted()).toEqual(['ucdp', 'v-dem']);
  });

  it.each([
    ['', 'The file is empty.'],
    ['name,year\nNorway,2025\n', 'The first line must name the columns'],
    [vDemFile(), 'No row of it can be read.'],
    [vDemFile(vDemRow('NOR', 2025), 'x', 'y'), 'More than half of its rows can’t be read.'],
    [vDemFile(vDemRow('DDR', 2025)), 'No row of its newest year is of a country that we know.'],
    [
      vDemFile(vDemRow('NOR', 2025)).replaceAll('v2x_rule', 'v2x_ruled'),
      'It lacks a column that the policy maps: v2x_rule.',
    ],
    [`${vDemFile(vDemRow('NOR', 2025))}"never closed,${'x,'.repeat(1_500_000)}`, 'a quote does not fit'],
  ])('refuses %#', async (text, says) => {
    const { code, err } = await take(text);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`Nothing was imported. `) });
    expect(err).toContain(says);
    expect(await version()).toBe(0);
  });

  it('refuses a file in another encoding, and shows nothing of a file that a terminal would obey', async () => {
    const file = fileOf('');
    writeFileSync(file, Buffer.from([...Buffer.from(vDemFile()), 0xc3, 0x28]));
    expect((await runCommand(folder.dir, countriesImport, [file])).err).toContain('not written in UTF-8');
    const { err } = await take(vDemFile(vDemRow('NOR', 2025), vDemRow('X\u001B[31m', 2025), vDemRow('SWE', 2025)));
    expect(err).toContain('\\u{1b}[31m');
    expect(err).not.toContain('\u001B');
  });

  it('takes the made-up file for a playground, says so, and refuses it for a real one', async () => {
    const { out } = await runCommand(folder.dir, countriesImport, [MADE_UP]);
    expect(out).toContain('Made-up V-Dem 2025 is in use.');
    expect((await used())['v-dem']).toMatchObject({ madeUp: true });
    await store.putMeta('deployment', 'real');
    const { code, err } = await runCommand(folder.dir, countriesImport, [MADE_UP]);
    expect(code).toBe(2);
    expect(err).toContain('CLEARTHREAD_ORGANISATION');
  });

  it('refuses what is made up in a real deployment, in whatever way it is tried, and keeps the data that is in use', async () => {
    await store.putMeta('deployment', 'real');
    const real = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile };
    const tried = (file: string, ...more: string[]) => runCommand(folder.dir, countriesImport, [file, ...more], real);
    expect(await tried(fileOf(worse))).toMatchObject({ code: 0 });
    const before = await used();
    const renamed = fileOf(readFileSync(MADE_UP, 'utf8').replaceAll(',2025,', ',2026,'));
    for (const [file, ...more] of [[MADE_UP], [MADE_UP, '--older', '--shorter'], [renamed], [renamed, '--dry-run']]) {
      expect(await tried(file ?? '', ...more)).toEqual({
        code: 1,
        out: '',
        err: 'Nothing was imported. It says of itself that it is made up: it is for the playground.',
      });
    }
    expect(await used()).toEqual(before);
    expect(await version()).toBe(1);
  });

  it('cannot be misused, and explains itself', async () => {
    expect(await runCommand(folder.dir, countriesImport, [])).toMatchObject({ code: 2 });
    expect(await runCommand(folder.dir, countriesImport, [join(folder.dir, 'none.csv')])).toMatchObject({
      code: 2,
      err: expect.stringContaining("can't be read (ENOENT)"),
    });
    expect(await runCommand(folder.dir, countriesImport, [folder.dir])).toMatchObject({ code: 2 });
    const { code, out } = await runCommand(folder.dir, countriesImport, ['--help']);
    expect(code).toBe(0);
    expect(out).toContain('CC BY-SA 4.0');
    expect(out).toContain('CC BY 4.0');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(112);
  });
});
