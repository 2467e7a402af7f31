/** No member of either file is forgotten: whatever is changed in it is told, in words of its own. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasWords } from '../../../blocks/cards/file-changes.ts';
import { changesBetween, saidAfter, type Said } from '../../../flows/registers/said.ts';
import {
  organisationDocument,
  readOrganisationText,
  sampleOrganisationFile,
} from '../../../src/config/organisation-file.ts';
import { saysOf } from '../../../src/config/said.ts';

const SAMPLE = readFileSync(sampleOrganisationFile, 'utf8');

/** Members of the organisation file that are told by nobody, and why that harms nobody. */
const HARMLESS: Readonly<Record<string, string>> = {
  'holidays name': 'is for who reads the file: it is shown nowhere',
  'digests to': 'says only that the digest goes to compliance, which is its id when it is told',
  'digests channel': 'is the id of the digest when it is told',
};

/** The paths of a schema's values, lists of things named once. */
const pathsOf = (schema: z.core.$ZodType, path: readonly string[] = []): string[] => {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, each]) =>
      pathsOf(each, [...path, key]),
    );
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return pathsOf(schema._zod.def.innerType, path);
  if (schema instanceof z.ZodArray) return pathsOf(schema.element, path);
  if (schema instanceof z.ZodPipe) return pathsOf(schema._zod.def.in, path);
  if (schema instanceof z.ZodUnion) {
    const all = schema.options.flatMap((option) => pathsOf(option as z.core.$ZodType, path));
    const deeper = all.filter((one) => one !== path.join(' '));
    return deeper.length > 0 ? deeper : [path.join(' ')];
  }
  return [path.join(' ')];
};

const FULL = `
name: Sample Company
timeZone: UTC
holidays: [{ day: 2026-12-25, name: Christmas Day }]
people:
  - { id: a, name: Sample A, email: a@example.com, slack: U0SAMPLE0A, teams: 00000000-0000-4000-8000-00000000000a, chat: slack, timeZone: Europe/Berlin, manager: b, deputies: [b] }
  - { id: b, name: Sample B, slack: U0SAMPLE0B, teams: 00000000-0000-4000-8000-00000000000b }
  - { id: c, name: Sample C, slack: U0SAMPLE0C }
  - { id: s, name: Sample S, slack: U0SAMPLE0S }
groups:
  - { id: compliance, name: Compliance, members: [a, b] }
  - { id: chief, name: Chief, members: [b] }
  - { id: other, name: Other, members: [c] }
  - { id: seers, name: Seers, members: [s] }
roles: { compliance: compliance, chief: chief, counsel: chief, sales: other, auditors: seers }
calls: private
products: [{ id: p, name: Sample p, category: Sensors, able: false, manager: a }]
clearanceChannels: [{ id: C0CLEARANCE1, name: deals, mirror: '19:x@thread.tacv2' }]
digests: [{ channel: C0COMPLY0001, schedule: '0 9 * * 1', timeZone: Europe/Berlin }]
voices: { handlers: [a], address: 'https://speak.example.org', leave: 'https://example.org', authorities: [Sample authority], outside: { name: Sample outside, key: age1pq1one }, acknowledgeDays: 5, feedbackMonths: 2, retentionDays: 90 }
`;

/** By path of the schema: an edit of that member alone. */
const EDITS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  name: ['name: Sample Company', 'name: Another'],
  calls: ['calls: private', 'calls: thread'],
  timeZone: ['\ntimeZone: UTC', '\ntimeZone: Europe/Paris'],
  holidays: ['2026-12-25', '2026-12-24'],
  'holidays day': ['2026-12-25', '2026-12-24'],
  'people id': [
    '  - { id: c, name: Sample C, slack: U0SAMPLE0C }',
    '  - { id: c, name: Sample C, slack: U0SAMPLE0C }\n  - { id: d, name: Sample D, slack: U0SAMPLE0D }',
  ],
  'people name': ['Sample A', 'Sample Z'],
  'people email': ['a@example.com', 'z@example.com'],
  'people slack': ['U0SAMPLE0A', 'U0SAMPLE0Z'],
  'people teams': ['00000000000a', '00000000000c'],
  'people chat': ['chat: slack', 'chat: teams'],
  'people timeZone': ['timeZone: Europe/Berlin, manager', 'timeZone: Europe/Paris, manager'],
  'people manager': ['manager: b', 'manager: c'],
  'people deputies': [', deputies: [b]', ''],
  'groups id': ['\n  - { id: other,', '\n  - { id: new, name: New, members: [c] }\n  - { id: other,'],
  'groups name': ['name: Other', 'name: Another'],
  'groups members': ['members: [a, b]', 'members: [a]'],
  'roles compliance': ['compliance: compliance', 'compliance: chief'],
  'roles chief': ['chief: chief', 'chief: compliance'],
  'roles counsel': ['counsel: chief', 'counsel: other'],
  'roles sales': [', sales: other', ''],
  'roles auditors': [', auditors: seers', ''],
  'products id': ['id: p,', 'id: q,'],
  'products name': ['Sample p', 'Sample q'],
  'products category': ['Sensors', 'Cameras'],
  'products able': ['able: false', 'able: true'],
  'products manager': ['manager: a }', 'manager: c }'],
  'clearanceChannels id': ['C0CLEARANCE1', 'C0CLEARANCE2'],
  'clearanceChannels name': ['name: deals', 'name: others'],
  'clearanceChannels mirror': ['19:x@', '19:y@'],
  clearanceChannels: ['C0CLEARANCE1', 'C0CLEARANCE2'],
  'voices handlers': ['handlers: [a]', 'handlers: [a, b]'],
  'voices address': ['https://speak.example.org', 'https://say.example.org'],
  'voices leave': ['https://example.org', 'https://example.net'],
  'voices authorities': ['[Sample authority]', '[Another authority]'],
  'voices outside name': ['Sample outside', 'Another outside'],
  'voices outside key': ['age1pq1one', 'age1pq1two'],
  'voices acknowledgeDays': ['acknowledgeDays: 5', 'acknowledgeDays: 6'],
  'voices feedbackMonths': ['feedbackMonths: 2', 'feedbackMonths: 3'],
  'voices retentionDays': ['retentionDays: 90', 'retentionDays: 180'],
  'digests schedule': ["'0 9 * * 1'", "'0 9 * * 2'"],
  'digests timeZone': ['timeZone: Europe/Berlin }]', 'timeZone: Europe/Paris }]'],
};
const said = (text: string): Said => saysOf(readOrganisationText(text, 'organisation.yml'));

describe('a member of the organisation file', () => {
  const members = [...new Set(pathsOf(organisationDocument))].filter((path) => HARMLESS[path] === undefined);

  it('is walked with all its members', () => {
    expect(members.length).toBeGreaterThan(25);
    expect(said(SAMPLE)).not.toEqual(said(FULL));
  });

  it.each(members)('%s: an edit is a change with words of its own', (member) => {
    const [from, to] = EDITS[member] ?? ['no edit of this member is written down', ''];
    expect(FULL).toContain(from);
    const changes = changesBetween(said(FULL), said(FULL.replace(from, to)));
    expect(changes).not.toEqual([]);
    for (const { path } of changes) expect(hasWords(path), path).toBe(true);
  });

  it('and a digest to compliance or to a channel are told by their place', () => {
    const to = said(FULL.replace('channel: C0COMPLY0001', 'to: compliance'));
    expect(changesBetween(said(FULL), to).map(({ path, is }) => [path, is])).toContainEqual([
      'digests compliance id',
      'compliance',
    ]);
  });

  it('keeps of an e-mail address no more than a hash', () => {
    expect(JSON.stringify(said(FULL))).not.toContain('example.com');
  });
});

describe('what a file says', () => {
  const value = fc.oneof(
    fc.constantFrom('a', 'b', 'c'),
    fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
  );
  const anySaid = fc.dictionary(fc.constantFrom('p', 'q r', 'q s', 't'), value);
  const sorted = (all: Said) =>
    Object.fromEntries(Object.entries(all).map(([path, one]) => [path, [one].flat().toSorted()]));

  it('is what was said before, and the changes', () => {
    fc.assert(
      fc.property(anySaid, anySaid, (before, now) => {
        const after = saidAfter(before, changesBetween(before, now));
        expect(sorted(after)).toEqual(sorted(now));
        expect(changesBetween(after, now)).toEqual([]);
      }),
    );
  });
});
