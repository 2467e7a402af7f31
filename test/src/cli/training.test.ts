/** `clearthread training import`: good files, the same again, bad rows, hostile text, a large one. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrainingState } from '../../../flows/registers/training/state.ts';
import { auditVerify } from '../../../src/cli/audit.ts';
import { trainingImport } from '../../../src/cli/training.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';
import { readTrainingCsv } from '../../../src/training-csv.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { runCommand } from './run.ts';

const organisation = loadOrganisation(sampleOrganisationFile);
const policy = loadPolicy(defaultPolicyFile).compiled;
const COURSE = 'human-rights-due-diligence';
const HEAD = 'person,course,completed on';

describe('clearthread training import', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  beforeEach(() => {
    folder = sqliteFolder();
    store = folder.open();
  });
  afterEach(() => folder.remove());

  const run = (text: string, ...more: string[]) => {
    const file = join(folder.dir, 'training.csv');
    writeFileSync(file, text);
    return runCommand(folder.dir, trainingImport, [file, ...more]);
  };
  const now = async (): Promise<{ state: TrainingState; version: number }> =>
    registersOn(
      store,
      () => organisation,
      undefined,
      () => policy,
    ).training.now();

  it('records people by id, Slack id and Entra id, and the newest day of each', async () => {
    const text = [
      HEAD,
      `rep-1,${COURSE},2026-01-10`,
      `U0SAMPLEPM01,Human-rights due diligence,2026-02-01T10:00:00Z`,
      `00000000-0000-4000-8000-000000000008,${COURSE},2026-02-02`,
      `rep-1,${COURSE},2026-03-10`,
      `rep-1,${COURSE},2025-03-10`,
    ].join('\r\n');
    expect(await run(text)).toEqual({ code: 0, out: '5 lines: 3 new, 2 known or older. Recorded.', err: '' });
    const { state, version } = await now();
    expect({ version, taken: state.taken[COURSE] }).toEqual({
      version: 1,
      taken: {
        'rep-1': { on: '2026-03-10', how: 'imported' },
        'product-manager-1': { on: '2026-02-01', how: 'imported' },
        'counsel-1': { on: '2026-02-02', how: 'imported' },
      },
    });
    expect(await run(text)).toEqual({
      code: 0,
      out: '5 lines: 0 new, 5 known or older. Nothing has changed.',
      err: '',
    });
    expect((await now()).version).toBe(1);
  });

  it('leaves a record that is whole where no bot has kept the policy yet', async () => {
    await run(`${HEAD}\nrep-1,${COURSE},2026-01-10`);
    expect(await runCommand(folder.dir, auditVerify, [])).toMatchObject({ code: 0 });
  });

  it('takes columns in any order, semicolons, a byte order mark, quotes, and empty lines', async () => {
    const text = `\uFEFFDepartment;Completed on;Course;E-mail;Person\n\n"Sales; North";2026-03-01;"${COURSE}";;rep-1\n;;;;\n`;
    expect((await run(text)).out).toBe('1 line: 1 new, 0 known or older. Recorded.');
  });

  it('shows first what it would do', async () => {
    const seen = await run(`${HEAD}\nrep-1,${COURSE},2026-03-10`, '--dry-run');
    expect(seen.out).toBe('1 line: 1 new, 0 known or older. Nothing was recorded (--dry-run).');
    expect((await now()).version).toBe(0);
  });

  it('names each wrong line and records nothing, or the others where asked to', async () => {
    const text = [
      HEAD,
      `rep-1,${COURSE},2026-03-10`,
      `Sample Rep,${COURSE},2026-03-10`,
      'rep-1,other,2026-03-10',
      `rep-1,${COURSE},2999-01-01`,
      `rep-1,${COURSE},31.12.2026`,
      '=cmd|calc!A1,x,y',
      `rep-1,${COURSE}" x,2026-03-10`,
      'rep-1',
    ].join('\n');
    const { code, out, err } = await run(text);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.split('\n')).toEqual([
      'training.csv:3: nobody has the id or address "Sample Rep".',
      'training.csv:4: the policy has no course "other".',
      'training.csv:5: 2999-01-01 is still to come.',
      'training.csv:6: "31.12.2026" is no day such as 2027-03-31.',
      'training.csv:7: nobody has the id or address "=cmd|calc!A1".',
      `training.csv:8: the policy has no course "${COURSE}\\" x".`,
      'training.csv:9: no course is named.',
      '7 lines of 8 are wrong, so nothing was recorded. Correct them, or leave them out with --skip-bad.',
    ]);
    expect((await now()).version).toBe(0);
    expect((await run(text, '--skip-bad')).out).toBe('8 lines: 1 new, 0 known or older, 7 left out. Recorded.');
    expect((await now()).state.taken[COURSE]).toEqual({ 'rep-1': { on: '2026-03-10', how: 'imported' } });
  });

  it('shows hostile text as visible characters', async () => {
    const { err } = await run(`${HEAD}\n\u001b[31mred\u202e\u2028,${COURSE},2026-03-10`);
    expect(err).toMatch(/nobody has the id or address "(?:\\u\{1b\}|\\u001b)\[31mred/);
    expect(err).not.toMatch(/[\u001b\u202e\u2028]/);
  });

  it.each([
    ['text after a quote', `${HEAD}\nrep-1,"${COURSE}" x,2026-03-10\nrep-1,${COURSE},2026-03-10`, 1],
    ['a quote that is never closed', `${HEAD}\nrep-1,"${COURSE},2026-03-10\n${'x,y,z\n'.repeat(9000)}`, 1],
    ['a line without an end', `${HEAD}\n${'x'.repeat(3_000_000)}`, 1],
    ['nothing', '', 2],
    ['a head alone', HEAD, 2],
    ['bytes that are no text', '\u0000\u0001\uFFFD,\u0000,\u0000', 1],
  ])('survives %s', async (_, text, code) => {
    expect((await run(text)).code).toBe(code);
    expect((await run(text, '--skip-bad')).code).toBe(text.includes('\uFFFD') ? 0 : code);
    expect((await now()).version).toBe(0);
  });

  it('explains itself, and says what is missing', async () => {
    expect((await runCommand(folder.dir, trainingImport, ['--help'])).out).toContain('--skip-bad');
    expect(await runCommand(folder.dir, trainingImport, [])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name one file'),
    });
    const gone = await runCommand(folder.dir, trainingImport, [join(folder.dir, 'gone.csv')]);
    expect(gone).toMatchObject({ code: 2, err: expect.stringContaining("can't be read (ENOENT)") });
    const nowhere = await runCommand(join(folder.dir, 'nowhere'), trainingImport, ['x.csv']);
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('There is no database') });
  });
});

describe('50,000 rows, 200 of them broken', () => {
  it('are read with little memory, and each broken one is named', async () => {
    async function* chunks(): AsyncGenerator<string> {
      yield `${HEAD}\n`;
      for (let i = 1; i <= 50_000; i += 1) {
        yield i % 250 === 0
          ? `nobody-${i},${COURSE},2026-03-10\n`
          : `rep-1,${COURSE},2026-03-${String((i % 28) + 1).padStart(2, '0')}\n`;
      }
    }
    const training = policy.training;
    if (!training) throw new Error('the default policy has no training');
    const file = await readTrainingCsv(chunks(), { organisation, training, now: '2026-11-01T00:00:00.000Z' });
    expect({ rows: file.rows, badRows: file.badRows, taken: file.taken }).toEqual({
      rows: 50_000,
      badRows: 200,
      taken: { [COURSE]: { 'rep-1': '2026-03-28' } },
    });
    expect(file.bad[0]).toEqual({ line: 251, reason: 'nobody has the id or address "nobody-250"' });
    expect(file.bad.at(-1)?.line).toBe(50_001);
  });
});
