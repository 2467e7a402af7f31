/** Commands of a deal under the default policy, which has a risk picture. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Ballot, Weighing } from '../../flows/deal/deal.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { Organisation } from '../../flows/organisation.ts';
import {
  WEIGHED,
  type CompiledPolicy,
  type EndUserKind,
  type FactValue,
  type Question,
} from '../../flows/policy/policy.ts';
import { scaleOf } from '../../flows/policy/weighing.ts';
import { best, defaultPolicy, walk } from '../flows/policy/deals.ts';
import { aDeal, anOrganisation } from './deal-builders.ts';
import { DEAL, sha256, type Line } from './deal-lines.ts';

const GROUPS = [
  { id: 'compliance', name: 'Compliance', members: ['compliance-1', 'compliance-2'] },
  { id: 'senior-approvers', name: 'Senior approvers', members: ['senior-1', 'senior-2', 'counsel-1'] },
  { id: 'counsel', name: 'Counsel', members: ['counsel-1'] },
  { id: 'chief', name: 'Chief compliance', members: ['chief-1'] },
];

const counselNotes = ['NO', 'SE'].map((country) => ({
  id: `laws-${country}`,
  country,
  looked: 'All that the questions ask for',
  by: 'counsel-1',
  at: '2027-01-04T09:00:00.000Z',
  until: '2028-01-04',
}));

/** It gives three business days to find out. */
export const findingPolicy: CompiledPolicy = defaultPolicy;
/** For tests of something else: deals go to their approvers at once. */
export const atOncePolicy: CompiledPolicy = {
  ...defaultPolicy,
  reminders: { ...defaultPolicy.reminders, findOut: undefined },
};

export const pictureContext = (
  more: Partial<Organisation> = {},
  policy: CompiledPolicy = atOncePolicy,
): DealContext => {
  const organisation = anOrganisation({ groups: GROUPS });
  const people = [
    ...organisation.people,
    { id: 'compliance-2', name: 'Sample Compliance Two', slack: 'U0COMPLIANCE2' },
  ];
  return { policy, organisation: { ...organisation, people, counselNotes, ...more }, hash: sha256 };
};

/** Of two publishers, as a deal of high risk needs. */
const SOURCES = [
  { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' },
  { name: 'Another sample report', year: 2026, url: 'https://news.example.com/b' },
];

type Answers = Readonly<Record<string, FactValue>>;

/** A form takes no empty list. */
const choosing =
  (changed: Answers) =>
  (q: Question): FactValue =>
    changed[q.id] ?? (q.kind === 'choices' ? [q.options[0]!.value] : best(q));

type Walked = ReturnType<typeof walk>;
const walks = new WeakMap<CompiledPolicy, Map<string, Walked>>();

/** Everybody's answers to everything, once a worker for equal ones: a walk takes as long as many a test. */
const walked = (policy: CompiledPolicy, changed: Answers, endUser: EndUserKind, intermediaries: boolean): Walked => {
  const known = walks.get(policy) ?? new Map<string, Walked>();
  walks.set(policy, known);
  const key = JSON.stringify([changed, endUser, intermediaries]);
  const found = known.get(key) ?? walk(policy, { endUser, intermediaries }, choosing(changed));
  known.set(key, found);
  return found;
};

/** A section's answers, in the best way but for some. */
export const answerPicture = (
  section: string,
  changed: Answers = {},
  endUser: EndUserKind = 'government',
  policy: CompiledPolicy = defaultPolicy,
  intermediaries = false,
): Line => {
  const { asked, facts } = walked(policy, changed, endUser, intermediaries);
  const answers = asked
    .filter((q) => q.section === section)
    .map((q) => [q.id, { value: facts.answers[q.id]!, note: 'As they told us.', sources: SOURCES }]);
  return ['rep-1', { type: 'AnswerSection', section, answers: Object.fromEntries(answers) }];
};

/** The same, with a reason: lighter answers need one. */
export const answerLighter = (section: string, changed: Answers = {}, endUser: EndUserKind = 'government'): Line => {
  const [actor, command] = answerPicture(section, changed, endUser);
  return [actor, { ...command, why: 'It was a mistake' } as DealCommand];
};

export const openPicture = (endUser: EndUserKind = 'government', destination = 'NO'): Line => {
  const { details } = aDeal();
  const command: DealCommand = {
    type: 'OpenDeal',
    deal: DEAL,
    home: { platform: 'slack', channel: 'C0CLEAR' },
    details: { ...details, destination, endUser: { ...details.endUser, kind: endUser } },
  };
  return ['rep-1', command];
};

/** Opened and answered in the best way but for some. */
export const pictureDeal = (
  changed: Answers = {},
  endUser: EndUserKind = 'government',
  policy: CompiledPolicy = defaultPolicy,
  intermediaries = false,
): Line[] => {
  const { asked } = walked(policy, changed, endUser, intermediaries);
  return [
    openPicture(endUser),
    ...[...new Set(asked.map((q) => q.section))].map((section) =>
      answerPicture(section, changed, endUser, policy, intermediaries),
    ),
  ];
};

/** The sheet that heavier tiers ask for, and that the voter has no stake. */
export const weighed: Partial<Ballot> = {
  weighing: Object.fromEntries(
    WEIGHED.map((part) => [part, scaleOf(defaultPolicy, part)[0]!.value]),
  ) as unknown as Weighing,
  noStake: true,
};
