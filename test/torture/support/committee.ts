/** A company with many approvers, some of them in two groups, and routes that need several of each. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile } from '../../../src/config/policy-file.ts';
import { BOT } from '../../src/slack/web-api.ts';
import { TEAM } from '../../support/bad-day.ts';
import type { Company } from './bot-process.ts';
import { MASTS } from './own-sale.ts';

export interface Member {
  id: string;
  slack: string;
}

const numbered = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${name}-${from + n}`);

/** Compliance-5 could vote in both steps, and may in one only. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  compliance: numbered('compliance', 1, 5),
  'senior-approvers': [...numbered('senior', 1, 5), ...numbered('counsel', 1, 3), 'compliance-5'],
  counsel: numbered('counsel', 1, 3),
};

const COUNSEL = { group: 'counsel', atLeast: 2 };
const ROUTES: Readonly<Record<string, object[]>> = {
  low: [{ group: 'compliance', quorum: 4 }],
  elevated: [
    { group: 'compliance', quorum: 2 },
    { group: 'senior-approvers', quorum: 6, including: [COUNSEL] },
  ],
  high: [
    { group: 'compliance', quorum: 3 },
    { group: 'senior-approvers', quorum: 6, including: [COUNSEL, { group: 'compliance', atLeast: 1 }] },
  ],
};

export interface Committee {
  /** Environment for `company.start`. */
  env: Record<string, string>;
  members(group: string): readonly string[];
  person(id: string): Member;
}

interface OrganisationFile {
  people: { id: string; slack: string }[];
  groups: { id: string; members: string[] }[];
  products: object[];
}

/** Writes its files into the company's folder, and gives everybody an account in its Slack. */
export const createCommittee = ({ api, dataDir }: Company): Committee => {
  const file = parse(readFileSync(sampleOrganisationFile, 'utf8')) as OrganisationFile;
  const known = new Set(file.people.map(({ id }) => id));
  const more = [...new Set(Object.values(GROUPS).flat())].filter((id) => !known.has(id));
  const people = [
    ...file.people,
    ...more.map((id, n) => ({ id, name: `Sample ${id}`, slack: `U0COMMITTEE${String(n).padStart(2, '0')}` })),
  ];
  const groups = file.groups.map((group) => ({ ...group, members: GROUPS[group.id] ?? group.members }));
  const organisation = join(dataDir, 'organisation.yml');
  writeFileSync(organisation, stringify({ ...file, people, groups, products: [...file.products, ...MASTS] }));

  const policy = parse(readFileSync(defaultPolicyFile, 'utf8')) as { routes: Record<string, object> };
  const routes = Object.fromEntries(
    Object.entries(policy.routes).map(([tier, route]) => [tier, { ...route, steps: ROUTES[tier] }]),
  );
  const policyFile = join(dataDir, 'policy.yml');
  writeFileSync(policyFile, stringify({ ...policy, routes }));

  for (const { slack } of people) {
    api.users[slack] = { id: slack, team_id: TEAM };
    api.channels[`D${slack.slice(1)}`] = { members: [slack, BOT.user] };
  }
  return {
    env: { CLEARTHREAD_ORGANISATION: organisation, CLEARTHREAD_POLICY: policyFile },
    members: (group) => GROUPS[group] ?? [],
    person: (id) => {
      const found = people.find((p) => p.id === id);
      if (!found) throw new Error(`nobody is ${id}`);
      return found;
    },
  };
};
