/** The two commands, as a compliance lead uses them. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { policyCheck, policyTry } from '../../../src/cli/policy.ts';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile } from '../../../src/config/policy-file.ts';
import { defaultText } from '../../flows/policy/deals.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearthread-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const run = async (command: typeof policyTry, args: string[], env: Record<string, string> = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command(args, { out: (l) => void out.push(l), err: (l) => void err.push(l), env });
  return { code, out, err };
};

interface Result {
  scope: string;
  flags: { id: string; weight: string; because: string[] }[];
  openQuestions: string[];
  tier: string | null;
  cell: { row: string; column: string };
  known: string;
  unanswered: string[];
  exception?: string;
  wouldLower: string[];
  trace: { id: string; text: string }[];
}

const tried = async (endUser: string, facts: Record<string, unknown>, more: object = {}): Promise<Result> => {
  const { code, out, err } = await run(policyTry, [file('facts.json', { endUser, facts, ...more })]);
  expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
  return JSON.parse(out[0]!) as Result;
};

describe('policy try', () => {
  test('answers with scope, flags, open questions, tier and trace', async () => {
    const result = await tried('state-tied', { P1: 'yes', 'L-RF7': 'yes', 'L-RF8': 'yes', S2: 'unknown', S3: 'yes' });
    expect(result).toMatchObject({
      scope: 'in',
      cell: { row: 'collects', column: 'concerns' },
      known: 'elevated',
      unanswered: [],
      wouldLower: [],
      flags: [
        { id: 'L-RF7', weight: 'light', because: ['L-RF7'] },
        { id: 'L-RF8', weight: 'moderate', because: ['L-RF8-control'] },
      ],
      openQuestions: ['S2-contracted'],
      tier: 'elevated',
    });
    expect(Object.keys(result)).toEqual([
      'scope',
      'flags',
      'openQuestions',
      'tier',
      'cell',
      'known',
      'unanswered',
      'wouldLower',
      'trace',
    ]);
    expect(result.trace.map((line) => line.id)).toEqual(
      expect.arrayContaining(['L-RF8', 'S2-contracted', 'collects', 'concerns', 'risk-picture', 'G7']),
    );
  });

  test('out of scope has no tier', async () => {
    expect(await tried('private', { G2: 'no' })).toMatchObject({ scope: 'out', tier: null, flags: [] });
  });

  test.each([
    ['security', { 'H-RF6': 'yes' }, ['H-RF6'], []],
    ['security', { 'H-RF6': 'unknown' }, [], ['H5-legitimate']],
    ['unknown', { 'H-RF6': 'yes' }, ['H-RF6', 'H-RF8'], ['end-user-kind']],
    ['government', { 'H-RF7': 'yes' }, ['H-RF7', 'H-RF8'], []],
    ['government', { 'H-RF7': 'yes', 'H-RF1': 'yes' }, ['H-RF1', 'H-RF7'], []],
    ['government', { 'H-RF7': 'yes', H5: 'no' }, ['H-RF1', 'H-RF7'], []],
    ['government', { 'H-RF7': 'yes', H4: 'no' }, ['H-RF8'], []],
    ['government', { 'H-RF7': 'unknown' }, [], ['H4', 'H5-legitimate']],
    ['government', { 'H-RF7': 'no' }, [], []],
    ['government', { 'H-RF6': 'unknown', 'H-RF7': 'yes' }, ['H-RF7', 'H-RF8'], []],
  ])('%s with %o raises %o', async (endUser, facts, flags, open) => {
    const result = await tried(endUser, facts);
    expect(result.flags.map((f) => f.id)).toEqual(flags);
    expect(result.openQuestions).toEqual(open);
  });

  test('takes pickers by option, or by yes and no', async () => {
    const base = { P1: 'yes', 'H-RF4': 'yes', 'P-RF1': 'yes' };
    expect((await tried('government', { ...base, G10: 'cause' })).tier).toBe('high');
    expect((await tried('government', { ...base, G10: 'yes' })).tier).toBe('high');
    expect((await tried('government', { ...base, G10: 'no' })).tier).toBe('elevated');
    const weight = async (G11: unknown) =>
      (await tried('government', { ...base, G11, 'H-RF5': 'unknown' })).flags.find((f) => f.id === 'H-RF4')?.weight;
    expect([await weight('no'), await weight(['privacy']), await weight(['dissent']), await weight('yes')]).toEqual([
      'heavy',
      'heavy',
      'severe',
      'severe',
    ]);
  });

  test('says which answers do not count here', async () => {
    const { trace } = await tried('private', { 'H-RF9': 'yes' });
    expect(trace).toContainEqual({
      id: 'H-RF9',
      text: 'H-RF9 is not asked in this deal, so its answer does not count.',
    });
    expect((await tried('government', { 'S1-resellers': 'no' }, { intermediaries: true })).openQuestions).toEqual([
      'S1-resellers',
    ]);
  });

  test.each([
    [
      { endUser: 'government', facts: { 'H-RF10': 'yes' } },
      'facts.json: facts.H-RF10: this policy has no question or flag with that id.',
    ],
    [
      { endUser: 'government', facts: { P1: 'maybe' } },
      'facts.json: facts.P1 must be one of yes, no, unknown, not-applicable; found "maybe".',
    ],
    [
      { endUser: 'government', facts: { 'H-RF6': 'maybe' } },
      'facts.json: facts.H-RF6 must be one of yes, no, unknown, not-applicable; found "maybe".',
    ],
    [
      { endUser: 'government', facts: { G10: 'sue' } },
      'facts.json: facts.G10 must be one of yes, no, unknown, not-applicable, linked, contribute, cause; found "sue".',
    ],
    [
      { endUser: 'army', facts: {} },
      'facts.json: endUser must be government, security, state-tied, private or unknown; found "army".',
    ],
    [{ endUser: 'government' }, 'facts.json: facts is missing: add it as a group of settings.'],
    [{ endUser: 'government', facts: { P1: true } }, 'facts.json: P1 must be text or a list of options; found true.'],
    [
      { endUser: 'government', facts: {}, extra: 1 },
      'facts.json: extra is not a setting of the file. Remove it or check its spelling.',
    ],
    [{ endUser: 'government', facts: {}, missing: 'known' }, 'facts.json: missing must be open; found "known".'],
    [
      { endUser: 'government', facts: {}, accepted: ['H-RF10'] },
      'facts.json: accepted: this policy has no question H-RF10.',
    ],
    [
      { endUser: 'government', facts: { P1: 'unknown' }, accepted: ['P1'] },
      'facts.json: accepted: P1 must be known, so nobody can accept that it is not.',
    ],
  ])('refuses %o', async (content, says) => {
    expect(await run(policyTry, [file('facts.json', content)])).toEqual({ code: 1, out: [], err: [says] });
  });

  test('refuses what is no JSON, no file or no policy', async () => {
    expect(await run(policyTry, [file('facts.json', '{')])).toMatchObject({ code: 1, out: [] });
    expect(await run(policyTry, ['/nowhere.json'])).toEqual({
      code: 1,
      out: [],
      err: ['/nowhere.json: there is no such file.'],
    });
    const facts = file('facts.json', { endUser: 'government', facts: {} });
    const broken = file('broken.yml', defaultText.replace('weight: moderate', 'weight: big'));
    const expected = { code: 1, out: [], err: [expect.stringMatching(/^broken\.yml:\d+: weight must be/)] };
    expect(await run(policyTry, [facts, '--policy', broken])).toEqual(expected);
    expect(await run(policyTry, [facts], { CLEARTHREAD_POLICY: broken })).toEqual(expected);
  });

  test('is misused with no file, two files or an unknown option', async () => {
    for (const args of [[], ['a', 'b'], ['a', '--what']])
      expect(await run(policyTry, args)).toMatchObject({ code: 2, out: [] });
    expect(await run(policyTry, ['--help'])).toMatchObject({ code: 0, err: [] });
  });
});

describe('policy check', () => {
  test('is content with the default policy and the sample organisation', async () => {
    const { code, out, err } = await run(policyCheck, [defaultPolicyFile, '--organisation', sampleOrganisationFile]);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      expect.stringMatching(/^Default policy, version 2: \d+ questions, \d+ flags\. Nothing wrong\.$/),
    ]);
  });

  test('names file, line and fix, and the quorums that the organisation cannot reach', async () => {
    const path = file('mine.yml', defaultText.replace('quorum: 2', 'quorum: 4'));
    const line = defaultText.slice(0, defaultText.indexOf('quorum: 2')).split('\n').length;
    expect((await run(policyCheck, [path])).code).toBe(0);
    const { code, err } = await run(policyCheck, [path, '--organisation', sampleOrganisationFile]);
    expect(code).toBe(1);
    expect(err).toEqual([
      `mine.yml:${line}: senior-approvers has 3 people, so a quorum of 4 can't be reached: add members or lower it.`,
      '1 problem found.',
    ]);
  });

  test('counts a warning as something wrong', async () => {
    const only = 'endUser: [security, unknown] }\n        - { question: H5-legitimate';
    expect(defaultText).toContain(only);
    // A private end-user is not asked H1.
    const never = 'endUser: [private] }\n        - { question: H1';
    const path = file('mine.yml', defaultText.replace(`${only}, is: ['yes']`, `${never}, is: ['no']`));
    const { code, err } = await run(policyCheck, [path]);
    expect(code).toBe(1);
    expect(err).toContainEqual(expect.stringMatching(/^mine\.yml:\d+: Nothing can raise H-RF6/));
  });

  test('is misused with no file', async () => {
    expect(await run(policyCheck, [])).toMatchObject({ code: 2, out: [] });
  });
});
