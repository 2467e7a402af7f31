/** Whoever edits the organisation file plays it against those whose places it takes: they hear of it, where they were. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile } from '../../src/config/policy-file.ts';
import { PEOPLE, play, TEAMS_PEOPLE, type Playing } from '../support/playing.ts';

const SAMPLE = readFileSync(sampleOrganisationFile, 'utf8');
const POLICY = readFileSync(defaultPolicyFile, 'utf8');

/** Groups of two others, and the roles with them. */
const TAKEN_OVER = SAMPLE.replace(
  '\ngroups:\n',
  '\ngroups:\n  - { id: project-x, name: Project X, members: [product-manager-1] }\n  - { id: project-y, name: Project Y, members: [legal-adviser-1] }\n',
).replace('roles: { compliance: compliance, chief: chief,', 'roles: { compliance: project-x, chief: project-y,');

let folder: string;
let playing: Playing;
const organisation = (text: string): void => writeFileSync(join(folder, 'organisation.yml'), text);
const policy = (text: string): void => writeFileSync(join(folder, 'policy.yml'), text);
const edited = (from: string, to: string): string => {
  expect(SAMPLE).toContain(from);
  return SAMPLE.replace(from, to);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-files-play-'));
  organisation(SAMPLE);
  policy(POLICY);
  const files = {
    CLEARTHREAD_ORGANISATION: join(folder, 'organisation.yml'),
    CLEARTHREAD_POLICY: join(folder, 'policy.yml'),
  };
  playing = await play(undefined, files, { filesEveryMs: 50 });
});
afterAll(async () => {
  await playing.end();
  rmSync(folder, { recursive: true, force: true });
});

let before: Map<string, number>;
const directOf = (user: keyof typeof PEOPLE) => playing.hand(user).direct();
const WATCHED = ['compliance', 'compliance2', 'chief', 'productManager', 'legalAdviser', 'counsel', 'guest'] as const;
const note = async (): Promise<void> => {
  before = new Map();
  for (const user of WATCHED) before.set(user, (await directOf(user)).length);
};
/** What they were told since, once there is something. */
const hears = async (user: (typeof WATCHED)[number], words: RegExp): Promise<string> => {
  const end = Date.now() + 20_000;
  let all = '';
  while (Date.now() < end) {
    all = (await directOf(user))
      .slice(before.get(user) ?? 0)
      .map(({ text }) => text)
      .join('\n');
    if (words.test(all)) return all;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${user} does not hear ${String(words)}: ${all}`);
};

beforeEach(note);

describe('an edit of the organisation file', () => {
  it('that makes others compliance and chief is told to those who were, and what stood meanwhile when it is undone', async () => {
    organisation(TAKEN_OVER);
    for (const user of ['compliance', 'compliance2', 'chief'] as const) {
      const told = await hears(user, /Other people are the chief and compliance now/u);
      expect(told).toMatch(
        /Compliance now: Sample Product Manager\. Until now: Sample Compliance and Sample Compliance Two\./u,
      );
      expect(told).toMatch(/The chief now: Sample Legal Adviser\. Until now: Sample Chief Compliance\./u);
    }
    await hears('productManager', /Other people are/u);
    await note();
    organisation(SAMPLE);
    for (const user of ['compliance', 'chief', 'productManager'] as const)
      expect(await hears(user, /Other people are/u)).toMatch(
        /Compliance is the group Compliance now \(was: Project X\)\. It was so since .* UTC, for \d+ \w+/u,
      );
  });

  it('that gives compliance the account of another is told at the account of before', async () => {
    organisation(
      edited(`slack: ${PEOPLE.compliance2}`, `slack: ${PEOPLE.guest}`).replace(
        TEAMS_PEOPLE.compliance2,
        '00000000-0000-4000-8000-0000000000ff',
      ),
    );
    const line = /The Slack account of Sample Compliance Two: U0SAMPLEGST1 \(was: U0SAMPLECOM2\)/u;
    for (const user of ['compliance2', 'compliance', 'chief', 'guest'] as const) await hears(user, line);
    const teams = await playing.teamsHand('compliance2').readsDirect(/Slack account of Sample Compliance Two/u);
    expect(teams.text).toContain('Teams account');
    await note();
    // While no bot runs.
    await playing.restart(async () => organisation(SAMPLE));
    for (const user of ['compliance2', 'compliance', 'chief', 'guest'] as const)
      await hears(
        user,
        /The Slack account of Sample Compliance Two: U0SAMPLECOM2 \(was: U0SAMPLEGST1\)\. It was so since/u,
      );
  });

  it('that swaps names, managers, deputies, digests and holidays names each', async () => {
    const days = Array.from({ length: 30 }, (_, n) => `  - 2028-01-${String(n + 1).padStart(2, '0')}\n`).join('');
    const products = Array.from({ length: 25 }, (_, n) => `  - { id: p-${n}, name: P ${n}, category: Sensors }\n`).join(
      '',
    );
    organisation(
      SAMPLE.replace('name: Sample Product Manager', 'name: XX')
        .replace('name: Sample Compliance Two', 'name: Sample Product Manager')
        .replace('name: XX', 'name: Sample Compliance Two')
        .replace('000001, manager: senior-1', '000001, manager: senior-2')
        .replace('000005, manager: chief-1', '000005, manager: chief-1, deputies: [product-manager-1]')
        .replace('\nholidays:\n', `\nholidays:\n${days}`)
        .replace('\nproducts:\n', `\nproducts:\n${products}`)
        .replace(/\ndigests:\n.*\n/u, '\n'),
    );
    const told = await hears('compliance', /The organisation file changed/u);
    expect(told).toContain(
      'Sample Compliance Two (product-manager-1) may stand in for Sample Product Manager (compliance-2) now.',
    );
    expect(told).toContain('The manager of Sample Rep: Sample Senior Approver Two (was: Sample Senior Approver).');
    expect(told).toContain('The name of compliance-2: Sample Product Manager (was: Sample Compliance Two).');
    expect(told).toMatch(/And \d+ more changes/u);
    const hand = playing.hand('compliance');
    await hand.pressDirect('Read all');
    expect(await hand.words()).toContain('The manager of Sample Rep');
    await hand.pressInView('More');
    expect(await hand.words()).toContain('8 January 2028 and 22 more.');
    expect(await hand.words()).toContain('The digest to compliance does not come any more.');
    await hand.closeView();
    expect(await hears('productManager', /Your place changed/u)).toMatch(
      /The name of product-manager-1: Sample Compliance Two \(was: Sample Product Manager\)/u,
    );
    await note();
    organisation(SAMPLE);
    await hears('compliance', /The organisation file changed/u);
  });
});

describe('an edit of the policy', () => {
  it('that asks for less says what', async () => {
    policy(
      POLICY.replace(/^confirmScope: able/mu, 'confirmScope: never')
        .replace(/^lighter: confirm/mu, 'lighter: reason')
        .replace(/^managerAlone: false/mu, 'managerAlone: true'),
    );
    const told = await hears('compliance', /The policy changed, and asks for less/u);
    expect(told).toContain('Confirming out of scope: never (was: compliance, for products and end-users that could).');
    expect(told).toContain('A change that makes a deal lighter asks for: a reason (was: a reason and compliance).');
    expect(told).toContain('A manager’s vote alone completes a step: yes (was: no).');
    await hears('chief', /The policy changed, and asks for less/u);
    await note();
    policy(POLICY);
    expect(await hears('compliance', /The policy changed/u)).not.toContain('asks for less');
  });
});
