import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { policyCheck } from '../../../src/cli/policy.ts';
import { readOrganisationText, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, policyFits, policyFromJson, readPolicyText } from '../../../src/config/policy-file.ts';
import { readText } from '../../../src/config/yaml-file.ts';
import { storedPolicies } from '../../../src/streams/policies.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearthread-cli-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const policyText = readText(defaultPolicyFile);
const organisationText = readText(sampleOrganisationFile);
const changed = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

const check = async (args: string[], env: Record<string, string> = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await policyCheck(args, { out: (l) => void out.push(l), err: (l) => void err.push(l), env });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('policy check', () => {
  const tooMany = file('mine.yml', changed(policyText, 'quorum: 2', 'quorum: 4'));

  it('says plainly that quorums were not checked', async () => {
    const answer = await check([tooMany]);
    expect(answer.code).toBe(0);
    expect(answer.err).toBe(
      'Quorums and the groups that reminders go to were not checked: name your organisation file with --organisation.',
    );
    expect((await check([tooMany, '--organisation', sampleOrganisationFile])).err).not.toContain('not checked');
  });

  it('takes the organisation of the environment', async () => {
    const answer = await check([tooMany], { CLEARTHREAD_ORGANISATION: sampleOrganisationFile });
    expect(answer.code).toBe(1);
    expect(answer.err).toMatch(/^mine\.yml:\d+: senior-approvers has 3 people, so a quorum of 4/);
    expect((await check([tooMany], { CLEARTHREAD_ORGANISATION: ' ' })).err).toContain('were not checked');
  });

  it('sees that one person cannot fill two steps', async () => {
    const one = changed(
      organisationText,
      'members: [senior-1, senior-2, counsel-1] }',
      'members: [compliance-1, counsel-1] }',
    ).replace('members: [compliance-1, compliance-2]', 'members: [compliance-1]');
    const answer = await check([defaultPolicyFile, '--organisation', file('small.yml', one)]);
    expect(answer.code).toBe(1);
    expect(answer.err).toMatch(/default\.yml:\d+: .* beside the other steps, and nobody decides twice on one deal/);
  });
});

describe('policy check on citations', () => {
  it.each([
    ['a bullet that the Guidance does not have', 'citation: Guidance 6, bullet 6', 'citation: Guidance 6, bullet 16'],
    ['the numbering of before', 'citation: Guidance 6, bullet 6', 'citation: Guidance 6, point 8'],
  ])('refuses %s, with its line', async (_, from, to) => {
    const wrong = changed(policyText, from, to);
    const answer = await check([file('cited.yml', wrong)]);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain(`cited.yml:${wrong.slice(0, wrong.indexOf(to)).split('\n').length}: `);
    expect(answer.err).toContain(to.replace('citation: ', '“'));
    expect(answer.err).toContain('1 problem found.');
  });
});

describe('policy check on reminders', () => {
  const line = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

  it('names the line and the fix', async () => {
    const wrong = changed(policyText, 'after: 8, to: compliance', 'after: 3, to: compliance');
    const answer = await check([file('hasty.yml', wrong)]);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain(
      `hasty.yml:${line(wrong, 'escalate: { after: 3')}: escalate must come after the last reminder, and 3 is not later than 5: raise it.`,
    );
  });

  it('looks for the group that is told in the organisation, where it has one', async () => {
    const wrong = changed(policyText, 'after: 8, to: compliance', 'after: 8, to: board');
    expect((await check([file('board.yml', wrong)])).code).toBe(0);
    const answer = await check([file('board.yml', wrong), '--organisation', sampleOrganisationFile]);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain(
      `board.yml:${line(wrong, 'escalate: { after: 8')}: The organisation has no group board: add it there, or name another, manager or delegate.`,
    );
  });
});

describe('a policy fits an organisation', () => {
  const { document } = readPolicyText(policyText, 'default.yml');
  const fits = (from?: string, to = ''): string[] =>
    policyFits(
      document,
      readOrganisationText(from === undefined ? organisationText : changed(organisationText, from, to), 'o.yml'),
    );

  it('when every step can be filled', async () => {
    expect(fits()).toEqual([]);
  });

  it.each([
    [
      'a group that is not there',
      'id: senior-approvers',
      'id: seniors',
      /^Route elevated, step 2: The organisation has no group senior-approvers/,
    ],
    [
      'a quorum beyond the group',
      'members: [senior-1, senior-2, counsel-1]',
      'members: [counsel-1]',
      /^Route high, step 2: senior-approvers has 1 person/,
    ],
    [
      'an included group outside the step',
      'members: [senior-1, senior-2, counsel-1]',
      'members: [senior-1, senior-2]',
      /^Route high, step 2: Only 0 people of counsel can vote/,
    ],
    [
      'one person needed in two steps',
      'members: [compliance-1, compliance-2]',
      'members: [counsel-1]',
      /^Route high, step 2: .*nobody decides twice/,
    ],
  ])('not with %s', (_, from, to, says) => {
    expect(fits(from, to)).toContainEqual(expect.stringMatching(says));
  });

  it('not with an escalation to a group that is not there', async () => {
    const told = changed(policyText, 'after: 8, to: compliance', 'after: 8, to: board');
    const organisation = readOrganisationText(organisationText, 'o.yml');
    expect(policyFits(readPolicyText(told, 'p.yml').document, organisation)).toEqual([
      'Reminders, conditions: The organisation has no group board: add it there, or name another, manager or delegate.',
    ]);
  });
});

describe('a stored policy', () => {
  const { compiled, document } = readPolicyText(policyText, 'default.yml');
  const edited = JSON.parse(
    JSON.stringify(document).replace('"weight":"heavy"', '"weight":"light"'),
  ) as typeof document;

  it('comes back under its hash', async () => {
    expect(policyFromJson(compiled.hash, document).hash).toBe(compiled.hash);
  });

  it('is refused when it was edited, moved or lost', async () => {
    expect(edited).not.toEqual(document);
    const damaged = expect.objectContaining({ name: 'StoreFault', code: 'damaged', outcome: 'not done' });
    expect(() => policyFromJson(compiled.hash, edited)).toThrow(damaged);
    expect(() => policyFromJson('0'.repeat(64), document)).toThrow(damaged);
    const policies = storedPolicies({ policy: async (hash) => (hash === 'gone' ? undefined : edited) }, policyFromJson);
    await expect(policies.get(compiled.hash)).rejects.toThrow(damaged);
    await expect(policies.get('gone')).rejects.toMatchObject({ name: 'StoreFault', code: 'missing-policy' });
  });
});
