/** `clearthread screening`: a list comes in, is shown and asked; what is wrong with a file leaves the list that is there. */

import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditVerify } from '../../../src/cli/audit.ts';
import type { CliCommand } from '../../../src/cli/io.ts';
import { screeningImport, screeningImportBy } from '../../../src/cli/screening-import.ts';
import { screeningRemove } from '../../../src/cli/screening-remove.ts';
import { screeningCheck, screeningLists } from '../../../src/cli/screening.ts';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { SAMPLE_LIST } from '../../../src/playground/samples/sample-list.ts';
import { FIXTURES } from '../../support/screening.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { runCommand } from './run.ts';

const REAL = { CLEARTHREAD_ORGANISATION: sampleOrganisationFile };

describe('clearthread screening', () => {
  let folder: SqliteFolder;
  beforeEach(() => {
    folder = sqliteFolder();
    folder.open();
  });
  afterEach(() => folder.remove());

  const run = (command: CliCommand, ...args: string[]) => runCommand(folder.dir, command, args);
  const LIST = `${FIXTURES}/list.csv`;
  const take = (...more: string[]) => run(screeningImport, LIST, '--list', 'made-up', '--as-of', '2026-11-20', ...more);
  const fileOf = (text: string, day = '2026-11-21'): string => {
    const file = join(folder.dir, 'list.csv');
    writeFileSync(file, text);
    utimesSync(file, new Date(day), new Date(day));
    return file;
  };

  it('has no list at first, and says how to get one', async () => {
    expect(await run(screeningLists)).toMatchObject({ code: 0, out: expect.stringContaining('No list is in use.') });
    expect(await run(screeningCheck, 'Yusuf Karimanov')).toMatchObject({
      code: 2,
      err: expect.stringContaining('No list is in use.'),
    });
  });

  it('takes a list, shows it, and finds who may be meant, with why', async () => {
    expect(await take()).toEqual({
      code: 0,
      out: 'made-up of 2026-11-20 is in use: 165 entries with 182 names.',
      err: '',
    });
    const { out } = await run(screeningLists);
    expect(out).toMatch(/^made-up of 2026-11-20 · 165 entries, 182 names · in use since .* old · list\.csv$/u);
    const hit = await run(screeningCheck, 'Юсуф Кариманов', '--country', 'Uzbekistan', '--type', 'person');
    expect(hit.code).toBe(1);
    expect(hit.out.split('\n')).toEqual([
      expect.stringMatching(/^made-up of 2026-11-20.*: 1 hit for “Юсуф Кариманов”$/u),
      '  100%  KARIMANOV, Yusuf Hasanovich  (P01 · MADE-UP)',
      '        The name fits “Yusuf Karimanov”, another name of “KARIMANOV, Yusuf Hasanovich”, by 100%.',
      '        Same country: Uzbekistan.',
      '        https://lists.example/P01',
    ]);
  });

  it('says how many more hits there are than it shows', async () => {
    const rows = Array.from({ length: 23 }, (_, n) => `${n},Zarkonil Trading,organisation`);
    await run(screeningImport, fileOf(`id,name,type\n${rows.join('\n')}\n`), '--list', 'same');
    const { out } = await run(screeningCheck, 'Zarkonil Trading');
    expect(out.match(/Zarkonil Trading {2}\(/gu)).toHaveLength(20);
    expect(out).toContain('23 hits for “Zarkonil Trading”');
    expect(out).toContain('And 3 more, less likely: --json has all.');
  });

  it('takes a list out of use, with its entries', async () => {
    await take();
    expect(await run(screeningRemove, 'made-up')).toEqual({ code: 0, out: 'made-up is not in use any more.', err: '' });
    expect(await run(screeningRemove, 'made-up')).toMatchObject({
      code: 1,
      err: expect.stringContaining('No such list'),
    });
    expect((await run(screeningLists)).out).toContain('No list is in use.');
    expect(folder.raw().prepare("select key from drafts where key like 'list:made-up%'").all()).toEqual([]);
    expect(await run(auditVerify)).toMatchObject({ code: 0 });
  });

  it('takes the same version again where its entries can’t be read any more', async () => {
    await take();
    folder.raw().prepare("delete from drafts where key like 'list:made-up%'").run();
    expect((await run(screeningCheck, 'Yusuf Karimanov')).err).toContain('Import it again.');
    expect((await take()).out).toContain('is in use');
    expect((await run(screeningCheck, 'Yusuf Karimanov')).code).toBe(1);
  });

  it('says “No match” with the day of the list, and never that somebody is clear', async () => {
    await take();
    const { code, out } = await run(screeningCheck, 'Maria Garcia');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^No match for “Maria Garcia” on made-up of 2026-11-20/u),
    });
    expect(out).not.toMatch(/\bclear\b/iu);
    const { lists } = JSON.parse((await run(screeningCheck, 'Zarkonil Trading', '--json')).out) as {
      lists: { name: string; hits: { score: number; parts: object; entry: { id: string } }[] }[];
    };
    expect(lists).toMatchObject([
      { name: 'made-up', hits: [{ entry: { id: 'O01' }, parts: { country: 0, type: 0, address: 0 } }] },
    ]);
  });

  it.each([
    [['N/A'], 'no name that can be compared'],
    [['Zarkonil', '--country', 'Nowhereland'], '--country takes one country'],
    [['Zarkonil', '--type', 'ship'], '--type takes person or organisation'],
    [[], 'Give one name'],
    [['Zarkonil', 'Trading'], 'Give one name'],
  ])('does not understand %j', async (args, why) => {
    await take();
    expect(await run(screeningCheck, ...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });
  });

  it.each([['西班牙'], ['Holland'], ['Kosovo'], ['de']])('knows the country %s', async (country) => {
    await take();
    expect(await run(screeningCheck, 'Maria Garcia', '--country', country)).toMatchObject({ code: 0 });
  });

  it.each([
    ['a,b\n1,2\n', 'The first line must name the columns'],
    ['<!DOCTYPE html><html>\n', 'The first line must name the columns'],
    ['', 'The file is empty.'],
    ['id,name\n', 'No row of it can be read'],
    ['id,name\n1,N/A\n2,\n3,Zarkonil Trading\n', 'More than half of its rows'],
    ['id,name\n1,"Zarkonil\n', 'a quote does not fit'],
    ['id,name\n1,Zarkonil Trading\n', 'it may have been cut'],
  ])('leaves the list that is there where a file is %j', async (text, why) => {
    await take();
    const refused = await run(screeningImport, fileOf(text), '--list', 'made-up');
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(why) });
    expect((await run(screeningLists)).out).toContain('of 2026-11-20 · 165 entries');
  });

  it('takes no older version, unless told to; the same one changes nothing', async () => {
    await take();
    expect(await take()).toMatchObject({
      code: 1,
      err: 'Nothing was imported. This version of the list is in use already.',
    });
    const older = fileOf('id,name\n1,Zarkonil Trading\n2,Yusuf Karimanov\n', '2026-11-01');
    const refused = await run(screeningImport, older, '--list', 'made-up', '--shorter');
    expect(refused.err).toContain('It is of 2026-11-01, and the version in use is newer: of 2026-11-20.');
    const told = await run(screeningImport, older, '--list', 'made-up', '--shorter', '--older');
    expect(told).toEqual({
      code: 0,
      out: 'made-up of 2026-11-01 is in use: 2 entries with 2 names.\nBeside the version of 2026-11-20: 2 entries more, 165 gone, 0 changed.',
      err: '',
    });
  });

  it('says what is more, gone and changed beside the version before', async () => {
    await run(
      screeningImport,
      fileOf('id,name\n1,Zarkonil Trading\n2,Yusuf Karimanov\n3,Ostrel Vamdin\n'),
      '--list',
      'own',
    );
    const next = fileOf(
      'id,name,aliases\n2,Yusuf Karimanov,\n1,Zarkonil Trading,Zarkonil\n4,Kyrlet Obasfen,\n5,Maltrin Ovex,\n',
      '2026-11-22',
    );
    expect((await run(screeningImport, next, '--list', 'own')).out).toContain(
      'Beside the version of 2026-11-21: 2 entries more, 1 gone, 1 changed.',
    );
  });

  it('is refused where the list of the playground would come into a real deployment', async () => {
    const file = fileOf('id,name\n1,Zarkonil Trading\n');
    expect((await run(screeningImport, file, '--list', SAMPLE_LIST)).code).toBe(0);
    await folder.open().putMeta('deployment', 'real');
    const real = await runCommand(folder.dir, screeningImport, [file, '--list', SAMPLE_LIST], REAL);
    expect(real).toMatchObject({ code: 1, err: expect.stringContaining('nobody on it is real') });
    expect((await runCommand(folder.dir, screeningImport, [file, '--list', 'own'], REAL)).code).toBe(0);
  });

  it('names broken rows, and takes the others', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `${n + 10},Zarkonil ${n}`).join('\n');
    const broken = Array.from({ length: 23 }, (_, n) => `${n + 200},N/A`).join('\n');
    const { code, out, err } = await run(screeningImport, fileOf(`id,name\n${many}\n${broken}\n`), '--list', 'own');
    expect({ code, out }).toEqual({
      code: 0,
      out: 'own of 2026-11-21 is in use: 60 entries with 60 names. 23 rows of 83 could not be read.',
    });
    expect(err.split('\n')).toHaveLength(21);
    expect(err).toContain('Line 62 is left out: it has no name that can be compared.');
    expect(err).toMatch(/And 3 more\.$/u);
    expect((await run(screeningLists)).out).toContain('23 rows not read');
  });

  it('wants a name for a list of the simple form, and calls the consolidated one itself', async () => {
    expect((await run(screeningImport, LIST)).err).toContain('Say how to call this list');
    const header = 'source,entity_number,type,programs,name,addresses,alt_names';
    const file = fileOf(`${header}\nMade-up List,7,Entity,MU,Zarkonil Trading,"Dubai, AE",Zarkonil\n`);
    expect((await run(screeningImport, file)).out).toBe(
      'us-consolidated of 2026-11-21 is in use: 1 entry with 2 names.',
    );
    expect((await run(screeningCheck, 'Zarkonil')).out).toContain('(Made-up List 7 · Made-up List · MU)');
  });

  it('fetches an address, and keeps the list in use where that fails', async () => {
    const address = 'https://lists.example/list.csv?key=secret';
    const headers = { 'last-modified': 'Sat, 21 Nov 2026 10:00:00 GMT' };
    const good = screeningImportBy(async () => new Response('id,name\n1,Zarkonil Trading\n', { headers }));
    expect((await run(good, address, '--list', 'own')).out).toContain('own of 2026-11-21 is in use');
    const down = screeningImportBy(async () => new Response('down', { status: 503 }));
    expect(await run(down, address, '--list', 'own')).toEqual({
      code: 1,
      out: '',
      err: 'Nothing was imported. https://lists.example/list.csv answered 503.',
    });
    expect((await run(screeningLists)).out).toMatch(
      /not fetched since [-\d]{10}: https:\/\/lists\.example\/list\.csv answered 503\./u,
    );
    // What comes again is no failure, though it is in use already; the list is known by its address as well.
    expect(await run(good, address, '--list', 'own')).toMatchObject({
      code: 1,
      err: expect.stringContaining('in use already'),
    });
    expect((await run(screeningLists)).out).not.toContain('not fetched');
    await run(down, address);
    expect((await run(screeningLists)).out).toContain('not fetched since');
    const { out } = await run(screeningLists, '--json');
    expect(JSON.parse(out)).toMatchObject([{ name: 'own', from: 'https://lists.example/list.csv' }]);
    expect(out).not.toContain('secret');
    expect((await run(screeningImport, 'http://lists.example/list.csv', '--list', 'own')).err).toContain(
      'Only an https address',
    );
  });

  it('leaves a record that is whole and replays', async () => {
    await take();
    await run(screeningImport, fileOf('id,name\n1,Zarkonil Trading\n'), '--list', 'own');
    expect(await run(auditVerify)).toMatchObject({ code: 0, err: '' });
  });

  it('shows nothing that a terminal obeys', async () => {
    await run(screeningImport, fileOf('id,name,programme\n1,Zarkonil\u0007 Trading,\u202Ered\n'), '--list', 'own');
    const { out } = await run(screeningCheck, 'Zarkonil Trading');
    expect(out).toContain('1 hit');
    expect(out).not.toMatch(/[\u0007\u202E]/u);
  });

  it('explains itself', async () => {
    for (const command of [screeningImport, screeningLists, screeningCheck]) {
      const { code, out } = await run(command, '--help');
      expect(code).toBe(0);
      expect(out.split('\n').every((line) => line.length <= 110)).toBe(true);
    }
  });
});
