/** Broken files: every problem names file, line and the correct form. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inGroup, mirrorOf, person } from '../../../flows/organisation.ts';
import { readOrganisationText, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { checkPolicyText, loadPolicy, policyFromJson, readPolicyText } from '../../../src/config/policy-file.ts';
import { FileProblem } from '../../../src/config/yaml-file.ts';
import { canonical } from '../../../store/canonical.ts';
import { defaultText } from '../../flows/policy/deals.ts';

const sampleText = readFileSync(sampleOrganisationFile, 'utf8');

/** The text with one change, and the line of that change. */
const changed = (text: string, from: string, to: string): { text: string; line: number } => {
  expect(text).toContain(from);
  const line = text.slice(0, text.indexOf(from)).split('\n').length;
  return { text: text.replace(from, () => to), line };
};

const refusal = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof FileProblem) return thrown.problems;
    throw thrown;
  }
  return [];
};

describe('a policy file', () => {
  test.each([
    ['weight: moderate', 'weight: big', 'weight must be light, moderate, heavy or severe; found "big".'],
    ["worse: 'no'", 'worse: maybe', 'worse must be yes or no; found "maybe".'],
    [
      'weighty: true',
      'weightyy: true',
      'weightyy is not a setting of questions, item 1. Remove it or check its spelling.',
    ],
    ['quorum: 1', 'quorum: none', 'quorum must be a number; found "none".'],
    ['quorum: 1', 'quorum: 0', 'quorum must be at least 1; found 0.'],
    ['title: Scope', "title: ''", 'title must not be empty; found "".'],
    ['dueInDays: 60', 'dueInDays: 1.5', 'dueInDays must be a whole number; found 1.5.'],
    [
      'url: https://www.usembassy.gov/',
      'url: http://www.usembassy.gov/',
      'url must be an https address; found "http://www.usembassy.gov/".',
    ],
    [
      "when: { question: P-RF2, is: ['yes'] }",
      "when: { question: P-RF2, iz: ['yes'] }",
      'when must be one condition: all, any, not,',
    ],
    [
      "question: P4, is: ['yes']",
      "question: P44, is: ['yes']",
      'There is no question P44: correct the id or add the question.',
    ],
    [
      'endUser: [private]',
      'endUser: [nobody]',
      'endUser, item 1 must be government, security, state-tied, private or unknown; found "nobody".',
    ],
    [
      'safeguards: [T1, T2, T4, C1, C5]',
      'safeguards: [T1, T99]',
      'There is no safeguard T99: correct the id or add the safeguard.',
    ],
    ['after: [1, 3]', 'after: [0, 3]', 'after, item 1 must be at least 1; found 0.'],
    ['after: [1, 3]', 'after: [1.5, 3]', 'after, item 1 must be a whole number; found 1.5.'],
    ['after: [1, 3]', 'after: [1, 300]', 'after, item 2 must be at most 250; found 300.'],
    [
      'after: [1, 3]',
      'after: [3, 1]',
      'after must rise, and 1 does not come after 3: put the days in order, each once.',
    ],
    ['after: [1, 3], ', '', 'after is missing: add it as a list.'],
    ['suspend: 20', 'stop: 20', 'stop is not a setting of conditions. Remove it or check its spelling.'],
    ['suspend: 20', 'suspend: 8', 'suspend must come after escalate, and 8 is not later than 8: raise it.'],
    [
      'after: 5, to: manager',
      'after: 3, to: manager',
      'escalate must come after the last reminder, and 3 is not later than',
    ],
    ['after: 5, to: manager', 'after: 5, to: our boss', 'to must be letters, digits and hyphens; found "our boss".'],
  ])('%s → %s', (from, to, says) => {
    const { text, line } = changed(defaultText, from, to);
    const problems = refusal(() => readPolicyText(text, 'default.yml'));
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^default\\.yml:${line}: `))]);
    expect(problems[0]).toContain(says);
  });

  test('a missing setting is named at its owner', () => {
    const { text, line } = changed(defaultText, '    title: Product\n', '');
    expect(refusal(() => readPolicyText(text, 'p.yml'))).toEqual([
      `p.yml:${line - 1}: title is missing: add it as text.`,
    ]);
  });

  test.each([
    ['', /^p\.yml:1: the file must be a group of settings/],
    ['- a', /^p\.yml:1: the file must be a group of settings/],
    ['a: [1', /^p\.yml:\d: /],
    ['name: x\nname: y', /^p\.yml:2: Map keys must be unique/],
    [
      'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c]',
      /aliases/,
    ],
  ])('%j is no policy', (text, says) => {
    expect(refusal(() => readPolicyText(text, 'p.yml'))[0]).toMatch(says);
  });

  test('a file that is not there says so', () => {
    expect(refusal(() => loadPolicy('/nowhere/policy.yml'))).toEqual(['/nowhere/policy.yml: there is no such file.']);
  });

  test('a warning is told but keeps nobody from using it', () => {
    const { text, line } = changed(defaultText, 'safeguards: [T7, C2, C3, C6]', 'safeguards: [C2, C3, C6]');
    const without = text.replaceAll('T7, ', '').replaceAll(', T7', '');
    expect(line).toBeGreaterThan(1);
    expect(checkPolicyText(without, 'p.yml').warnings).toEqual([
      expect.stringMatching(/^p\.yml:\d+: No flag offers T7/),
    ]);
    expect(refusal(() => readPolicyText(without, 'p.yml'))).toEqual([]);
  });

  test('its hash is the sha256 of its canonical JSON, and it comes back from the store the same', () => {
    const { compiled, document } = readPolicyText(defaultText, 'default.yml');
    expect(compiled.hash).toBe(createHash('sha256').update(canonical(document)).digest('hex'));
    const again = policyFromJson(compiled.hash, JSON.parse(JSON.stringify(document)));
    const facts = { endUser: 'security', answers: { 'H5-legitimate': 'yes', 'S-RF2': 'unknown' } } as const;
    expect(again.evaluate(facts)).toEqual(compiled.evaluate(facts));
    expect(readPolicyText(`# a comment\n${defaultText}`, 'x').compiled.hash).toBe(compiled.hash);
    const { text } = changed(defaultText, "version: '2'", "version: '3'");
    expect(readPolicyText(text, 'x').compiled.hash).not.toBe(compiled.hash);
  });
});

describe('reminders in a policy', () => {
  const withReminders = (written: string): ReturnType<typeof readPolicyText> =>
    readPolicyText(
      defaultText.replace(/^reminders:\n.*?(?=^weighing:)/ms, () => written),
      'p.yml',
    );
  const usual = { after: [2, 4], escalate: { after: 6, to: 'manager' } };
  const without = {
    sections: usual,
    information: { after: [1, 3], escalate: { after: 5, to: 'manager' } },
    approvals: usual,
    conditions: { before: [14, 3], after: [2, 5], escalate: { after: 8, to: 'manager' } },
    evidence: usual,
    reassessments: { before: [90, 60, 30, 7], within: 30, after: [3, 6], escalate: { after: 10, to: 'manager' } },
    watch: { every: 90, after: [5], escalate: { after: 10, to: 'manager' } },
    sheets: { months: 12, before: [30, 7], after: [5], escalate: { after: 10, to: 'manager' } },
    holds: { before: [7], after: [2, 5], escalate: { after: 8, to: 'manager' } },
  };

  test('a policy without them is stored as it was before there were any, and still reminds', () => {
    const { compiled, document } = withReminders('');
    expect(document).not.toHaveProperty('reminders');
    expect(compiled.reminders).toEqual(without);
    expect(policyFromJson(compiled.hash, document).reminders).toEqual(without);
  });

  test('what is written holds as it is written, and the rest is as usual', () => {
    const { compiled, document } = withReminders(
      'reminders: { approvals: { after: [3] }, conditions: { after: [] } }\n',
    );
    const written = { ...without, approvals: { after: [3] }, conditions: { before: [], after: [] } };
    expect(compiled.reminders).toEqual(written);
    expect(policyFromJson(compiled.hash, document).reminders).toEqual(written);
    expect(document).not.toHaveProperty('reminders.holds');
    expect(compiled.hash).not.toBe(withReminders('').compiled.hash);
  });

  test('a policy that is silent on reassessments is stored as it was before there were any', () => {
    const { compiled, document } = withReminders('reminders: { approvals: { after: [3] } }\n');
    expect(document).not.toHaveProperty('reminders.reassessments');
    expect(compiled.reminders.reassessments).toEqual(without.reassessments);
  });

  test('days before a date may stand in any order and come in that of time', () => {
    const { compiled } = withReminders('reminders: { conditions: { before: [1, 30, 7], after: [] } }\n');
    expect(compiled.reminders.conditions.before).toEqual([30, 7, 1]);
    const other = withReminders('reminders: { reassessments: { before: [7, 60], after: [] } }\n').compiled;
    expect(other.reminders.reassessments).toEqual({ before: [60, 7], within: 30, after: [] });
  });
});

describe('an organisation file', () => {
  test('the sample is whole', () => {
    const organisation = readOrganisationText(sampleText, 'sample.yml');
    expect(organisation.people).toHaveLength(10);
    expect(inGroup(organisation, 'senior-approvers', 'counsel-1')).toBe(true);
    expect(organisation.groups.flatMap((g) => g.members)).not.toContain('legal-adviser-1');
    expect(organisation.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(organisation.people.every((p) => p.name.startsWith('Sample') && p.slack?.startsWith('U0SAMPLE'))).toBe(true);
    expect(organisation.people.every((p) => p.teams?.startsWith('00000000-0000-4000-8000-0000'))).toBe(true);
    expect(mirrorOf(organisation, 'C0CLEARANCE1')).toBe('19:dealclearance@thread.tacv2');
    expect(mirrorOf(organisation, '19:dealclearance@thread.tacv2')).toBe('C0CLEARANCE1');
  });

  test('a person needs no chat id, and an Entra id may be of any version and case', () => {
    const { text } = changed(sampleText, 'slack: U0SAMPLEREP1, teams', 'teams');
    const odd = changed(text, '00000000-0000-4000-8000-000000000001', 'ABCDEF00-0000-F000-0000-00000000000A').text;
    expect(person(readOrganisationText(odd, 'sample.yml'), 'rep-1')).toMatchObject({
      teams: 'abcdef00-0000-f000-0000-00000000000a',
    });
    const none = changed(text, ', teams: 00000000-0000-4000-8000-000000000001', '').text;
    expect(person(readOrganisationText(none, 'sample.yml'), 'rep-1')).toEqual({
      id: 'rep-1',
      name: 'Sample Rep',
      manager: 'senior-1',
    });
  });

  test.each([
    'C012AB3CD',
    'G012AB3CD',
    '19:a_B-9@thread.tacv2',
    '19:meeting_x@thread.v2',
    '19:a@thread.skype',
    '19:8f3c_9a1b@unq.gbl.spaces',
    'a:1_B-x',
  ])('a channel may be named by its id alone: %s', (id) => {
    const written = sampleText.replace(/clearanceChannels:\n.*$/s, `clearanceChannels: ['${id}']\n`);
    expect(readOrganisationText(written, 'sample.yml').clearanceChannels).toEqual([{ id }]);
  });

  test('digests come in the zone of the company, or in their own', () => {
    const { text } = changed(
      sampleText,
      "- { to: compliance, schedule: '0 9 * * 1' }",
      "- { to: compliance, schedule: '0 9 * * MON' }\n  - { channel: C0COMPLY0001, schedule: '30 7 1 * *', timeZone: Europe/Berlin }",
    );
    expect(readOrganisationText(text, 'sample.yml').digests).toEqual([
      { channel: undefined, schedule: '0 9 * * MON', timeZone: 'UTC' },
      { channel: 'C0COMPLY0001', schedule: '30 7 1 * *', timeZone: 'Europe/Berlin' },
    ]);
  });

  test('a day off may have a name, which changes nothing, and without a zone it is UTC', () => {
    const written = (holidays: string): ReturnType<typeof readOrganisationText> =>
      readOrganisationText(sampleText.replace(/timeZone: .*(?=# slack)/s, holidays), 'x');
    const named = written('holidays: [{ day: 2026-12-25, name: Christmas Day }, "2028-02-29"]\n');
    expect(named).toMatchObject({ timeZone: 'UTC', holidays: ['2026-12-25', '2028-02-29'] });
    expect(written('timeZone: UTC\nholidays: [2026-12-25, 2028-02-29]\n').hash).toBe(named.hash);
    expect(written('')).toMatchObject({ timeZone: 'UTC', holidays: [] });
    expect(written('timeZone: Asia/Kathmandu\n').timeZone).toBe('Asia/Kathmandu');
  });

  test('managers who go round in a circle are named once', () => {
    const { text } = changed(sampleText, '-000000000009 }', '-000000000009, manager: legal-adviser-1 }');
    const line = sampleText.split('\n').findIndex((l) => l.includes('id: legal-adviser-1')) + 1;
    expect(refusal(() => readOrganisationText(text, 'o.yml'))).toEqual([
      `o.yml:${line}: legal-adviser-1 → counsel-1 → chief-1 → legal-adviser-1: these managers go round in a circle. Remove one of them.`,
    ]);
  });

  test('two ways to write one channel are one organisation', () => {
    const written = (channel: string): string =>
      sampleText.replace(/clearanceChannels:\n.*$/s, `clearanceChannels: [${channel}]\n`);
    const [plain, named] = ['C012AB3CD', '{ id: C012AB3CD }'].map((c) => readOrganisationText(written(c), 'x').hash);
    expect(plain).toBe(named);
    expect(readOrganisationText(written('{ id: C012AB3CD, name: x }'), 'x').hash).not.toBe(plain);
  });

  test.each([
    ['slack: U0SAMPLESEN2', 'slack: U0SAMPLESEN1', 'Slack id "u0samplesen1" is there twice'],
    ['slack: U0SAMPLEREP1', 'slack: sample.rep', 'slack must be a Slack member ID'],
    ['members: [rep-1]', 'members: [rep-2]', 'sales names rep-2, who is not among the people'],
    [
      'calls: private',
      'calls: private\nvoices: { handlers: [boss] }',
      'voices names the handler boss, who is not among',
    ],
    [
      'calls: private',
      'calls: private\nvoices: { handlers: [counsel-1, counsel-1] }',
      'Handler "counsel-1" is there twice',
    ],
    ['members: [rep-1]', 'members: []', 'members must be at least 1 long'],
    ['chief: chief,', 'chief: board,', 'There is no group board: add it or name another for chief.'],
    ['id: rep-1, name', 'id: counsel-1, name', 'Person "counsel-1" is there twice'],
    ['id: rep-1, name', 'id: system, name', 'id must be another word: system, operator, constructor are taken'],
    ['id: rep-1, name', 'id: operator, name', 'id must be another word'],
    ['id: sales', 'id: delegate', 'The group id "delegate" is taken for whom each person chooses while they are away'],
    ['id: sales', 'id: manager', 'The group id "manager" is taken for each person\'s own manager: rename it.'],
    ['id: camera-recorder', 'id: other', 'The product id "other" is taken'],
    [
      'name: Sample Rep,',
      'name: Sample Rep, timeZone: Mars/North,',
      'timeZone must be a time zone such as Europe/Berlin; found "Mars/North".',
    ],
    ['timeZone: UTC', 'timeZone: Moon', 'timeZone must be a time zone such as Europe/Berlin; found "Moon".'],
    ['- 2027-01-01', '- 2027-02-29', 'holidays, item 2 must be a day such as 2026-12-25; found "'],
    ['- 2027-01-01', '- 1 January', 'holidays, item 2 must be a day such as 2026-12-25; found "'],
    ['- 2027-01-01', '- 2027-01', 'holidays, item 2 must be a day such as 2026-12-25; found "'],
    ['day: 2026-12-25,', 'day: 2026-12-32,', 'day must be a day such as 2026-12-25; found "2026-12-32".'],
    ['name: Christmas Day', 'title: Christmas Day', 'holidays, item 1 must be a day such as 2026-12-25, or such'],
    ['manager: counsel-1', 'manager: boss', 'legal-adviser-1 has the manager boss, who is not among the people'],
    ['manager: counsel-1', 'manager: legal-adviser-1', "legal-adviser-1 can't be their own manager"],
    ['deputies: [legal-adviser-1]', 'deputies: [boss]', 'counsel-1 has the deputy boss, who is not among the people'],
    ['deputies: [legal-adviser-1]', 'deputies: [counsel-1]', "counsel-1 can't be their own deputy"],
    ['members: [compliance-1, compliance-2]', 'members: [compliance-1, rep-1]', 'rep-1 is of sales, which never votes'],
    ['members: [chief-1]', 'members: [chief-1, rep-1]', 'rep-1 is of sales, which never votes as compliance'],
    [
      'id: compliance-1, name',
      'id: compliance-1, deputies: [legal-adviser-1, rep-1], name',
      'compliance-1 has the deputy rep-1, who is of sales, which never votes as compliance: name another.',
    ],
    ['chief: chief,', 'chief: chief, sales: none,', 'There is no group none: add it or name another for sales.'],
    ['auditors: auditors', 'auditors: none', 'There is no group none: add it or name another for auditors.'],
    [
      'auditors: auditors',
      'auditors: compliance',
      'compliance is compliance, and auditors act on no deal: name another group.',
    ],
    [
      'members: [rep-1]',
      'members: [rep-1, auditor-1]',
      'auditor-1 is an auditor, who reads every deal and acts on none: remove them from sales or from auditors.',
    ],
    ['deputies: [legal-adviser-1]', 'deputies: [auditor-1]', 'auditor-1 is an auditor, who stands in for nobody: name'],
    ['manager: counsel-1', 'manager: auditor-1', 'auditor-1 is an auditor, and a manager may be asked to decide: name'],
    [
      'category: Location tracking, manager: product-manager-1',
      'category: Location tracking, manager: auditor-1',
      'auditor-1 is an auditor, who fills in no product sheet: name another.',
    ],
    ['deputies: [legal-adviser-1]', 'deputies: [rep-1, rep-1]', 'counsel-1: deputy "rep-1" is there twice'],
    ['name: Sample Rep,', 'name: Sample Rep, phone: 1,', 'phone is not a setting of people, item 1.'],
    ['id: rep-1, name', 'id: rep-1, chat: irc, name', 'chat must be slack or teams; found "irc".'],
    [
      'slack: U0SAMPLEREP1, teams',
      'chat: slack, teams',
      'rep-1 can choose a chat only with an id in both: add slack, or remove chat.',
    ],
    ['-000000000001,', '-00000000000,', 'teams must be an Entra object id such as 8f3c1d2e-…; found "0'],
    ['-000000000001,', '-000000000002,', 'Teams id "00000000-0000-4000-8000-000000000002" is there twice'],
    ['{ id: C0CLEARANCE1,', '{ nr: 1, id: C0CLEARANCE1,', 'nr is not a setting of clearanceChannels, item 1.'],
    ['id: C0CLEARANCE1,', 'id: deal-clearance,', 'id must be a Slack channel id such as C012AB3CD, or a Teams one'],
    ['@thread.tacv2', '@thread.tacv2;messageid=1', 'mirror must be a Slack channel id such as C012AB3CD, or a Teams'],
    ["'19:dealclearance@thread.tacv2'", 'C0OTHER0001', 'C0CLEARANCE1 and its mirror are both in Slack: mirror it'],
    [
      '{ id: C0CLEARANCE1,',
      "'a:1'\n  - { id: '19:other@thread.v2',",
      '19:other@thread.v2 and its mirror are both in Teams: mirror it with a channel of the other chat.',
    ],
    ['{ id: C0CLEARANCE1,', 'C0CLEARANCE1\n  - { id: C0CLEARANCE1,', 'Channel "C0CLEARANCE1" is there twice'],
    [
      '{ id: C0CLEARANCE1,',
      "'19:dealclearance@thread.tacv2'\n  - { id: C0CLEARANCE1,",
      'Channel "19:dealclearance@thread.tacv2" is there twice',
    ],
    [
      "{ id: C0CLEARANCE1, name: deal-clearance, mirror: '19:dealclearance@thread.tacv2' }",
      'general',
      'clearanceChannels, item 1 must be a Slack channel id such as C012AB3CD, or a Teams one such as 19:…@thread.tacv2',
    ],
    [
      "to: compliance, schedule: '0 9 * * 1'",
      "schedule: '0 9 * * 1'",
      'Say where this digest goes: either "channel", or "to: compliance"',
    ],
    ['to: compliance,', 'to: compliance, channel: C0COMPLY0001,', 'Say where this digest goes: either "channel", or'],
    ['to: compliance,', 'to: sales,', 'to must be compliance; found "sales".'],
    ['to: compliance,', 'channel: compliance,', 'channel must be a Slack channel id such as C012AB3CD, or a Teams one'],
    [
      'to: compliance,',
      'channel: C0CLEARANCE1,',
      'C0CLEARANCE1 is a clearance channel, and a digest shows every deal: name a channel that only compliance reads.',
    ],
    ['to: compliance,', "channel: '19:dealclearance@thread.tacv2',", '19:dealclearance@thread.tacv2 is a clearance'],
    ["'0 9 * * 1'", "'0 9 * * 8'", 'must be a cron line of five fields, such as "0 9 * * 1", Mondays at 09:00'],
    ["'0 9 * * 1'", 'every monday', 'must be a cron line of five fields'],
    ["'0 9 * * 1'", "'0 0 9 * * 1'", 'must be a cron line of five fields'],
    ["'0 9 * * 1'", "'0 9 31 2 *'", '"0 9 31 2 *" never comes: choose another time'],
    ["'0 9 * * 1'", "'0 9,17 * * 1'", '"0 9,17 * * 1" comes more often than once a day: choose one time'],
    ["'0 9 * * 1'", "'*/5 * * * *'", '"*/5 * * * *" comes more often than once a day: choose one time'],
    ["'0 9 * * 1' }", "'0 9 * * 1', timeZone: Berlin }", 'timeZone must be a time zone such as Europe/Berlin'],
    [
      "schedule: '0 9 * * 1' }",
      "schedule: '0 9 * * 1' }\n  - { to: compliance, schedule: '0 9 * * *' }",
      'A digest to "compliance" is there twice',
    ],
  ])('%s → %s', (from, to, says) => {
    const { text, line } = changed(sampleText, from, to);
    const problems = refusal(() => readOrganisationText(text, 'sample.yml'));
    const about = problems.filter((p) => p.includes(says));
    expect(about, problems.join('\n')).toHaveLength(1);
    // Of a pair of twins, the second is named; and some changes make the line after them wrong.
    const lines =
      says.includes('twice') || to.includes('\n') ? /^sample\.yml:\d+: / : new RegExp(`^sample\\.yml:${line}: `);
    expect(about[0]).toMatch(lines);
  });
});

describe('a product’s manager', () => {
  const withManager = (manager: string): string =>
    readFileSync(sampleOrganisationFile, 'utf8').replace(
      'category: Sensors,',
      `category: Sensors, manager: ${manager},`,
    );

  test('is one of the people', () => {
    expect(readOrganisationText(withManager('product-manager-1'), 'o.yml').products[0]).toMatchObject({
      manager: 'product-manager-1',
    });
    expect(() => readOrganisationText(withManager('nobody-1'), 'o.yml')).toThrow(
      /weather-sensor has the manager nobody-1/,
    );
  });
});
