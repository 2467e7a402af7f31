/** Small hand-made organisation, policy, deals and views: enough to show a deal, with names that say their purpose. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { Ballot, DealRoute, Vote } from '../../flows/deal/deal.ts';
import type { DecidingDeal, Opened, OpenedDeal } from '../../flows/deal/state.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type {
  Assessment,
  CompiledPolicy,
  Facts,
  Question,
  RaisedFlag,
  Route,
  Section,
  Tier,
} from '../../flows/policy/policy.ts';
import type { ReminderRule } from '../../flows/policy/reminders.ts';
import { NOTHING_LOWERS } from '../../flows/policy/would-lower.ts';

export const NOW = '2027-03-12T09:00:00.000Z';
export const TWO_DAYS_AGO = '2027-03-10T08:00:00.000Z';

export const anOrganisation = (overrides: Partial<Organisation> = {}): Organisation => ({
  name: 'Sample Instruments',
  people: [
    { id: 'rep-1', name: 'Sample Rep', slack: 'U0REP1' },
    { id: 'product-1', name: 'Sample Product Manager', slack: 'U0PRODUCT1' },
    { id: 'compliance-1', name: 'Sample Compliance', slack: 'U0COMPLIANCE1' },
    { id: 'senior-1', name: 'Sample Senior One', slack: 'U0SENIOR1' },
    { id: 'senior-2', name: 'Sample Senior Two', slack: 'U0SENIOR2' },
    { id: 'counsel-1', name: 'Sample Counsel', slack: 'U0COUNSEL1' },
    { id: 'chief-1', name: 'Sample Chief Compliance', slack: 'U0CHIEF1' },
  ],
  groups: [
    { id: 'compliance', name: 'Compliance', members: ['compliance-1'] },
    { id: 'senior', name: 'Senior approvers', members: ['senior-1', 'senior-2', 'counsel-1'] },
    { id: 'counsel', name: 'Counsel', members: ['counsel-1'] },
    { id: 'chief', name: 'Chief compliance', members: ['chief-1'] },
  ],
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather' }],
  clearanceChannels: [{ id: 'C0CLEAR' }],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: 'compliance', chief: 'chief' },
  hash: 'organisation-hash',
  ...overrides,
});

export const aQuestion = (id: string, section: string, overrides: Partial<Question> = {}): Question => ({
  id,
  section,
  text: `Sample question ${id}?`,
  kind: 'yes-no',
  options: [],
  citation: `Sample rule ${id}`,
  sources: [id],
  weighty: false,
  allowNotApplicable: true,
  evidence: false,
  references: [],
  ...overrides,
});

const SECTIONS: readonly Section[] = [
  {
    id: 'scope',
    title: 'Scope',
    intro: 'Does the guidance apply to this deal?',
    questions: [aQuestion('G1', 'scope', { text: 'Could it be used to watch people?' })],
    checklists: [],
  },
  {
    id: 'product',
    title: 'Product',
    intro: 'What the product can do.',
    questions: [
      aQuestion('P1', 'product', { text: 'Is it made to collect data about people?' }),
      aQuestion('P2', 'product', { text: 'Is it made to analyse data about people?' }),
      aQuestion('P4', 'product', {
        text: 'How available is it?',
        kind: 'choice',
        options: [
          { value: 'common', label: 'Widely available' },
          { value: 'unique', label: 'Unique or custom' },
        ],
      }),
    ],
    checklists: [],
  },
  {
    id: 'record',
    title: 'End-user',
    intro: 'What is known about the end-user.',
    questions: [
      aQuestion('H-RF1', 'record', { text: 'Are there reports of misuse by this end-user?', weighty: true }),
      aQuestion('H-RF3', 'record', { text: 'Is there a conflict in the region?' }),
      aQuestion('H-RF5', 'record', { text: 'Is there no independent oversight?', weighty: true }),
    ],
    checklists: [{ id: 'none', prompt: 'None of these', answer: 'no', questions: ['H-RF1', 'H-RF3', 'H-RF5'] }],
  },
];

export const aFlag = (id: string, overrides: Partial<RaisedFlag> = {}): RaisedFlag => ({
  id,
  title: `Sample flag ${id}`,
  why: `Sample reason of ${id}`,
  citation: `Sample rule ${id}`,
  weight: 'moderate',
  baseWeight: 'moderate',
  because: [id],
  modifiers: [],
  safeguards: [],
  ...overrides,
});

const misuse = aFlag('H-RF1', {
  title: 'Reported misuse',
  why: 'This end-user is reported to have misused similar products.',
  citation: 'Guidance 2, red flag 1',
  weight: 'severe',
  baseWeight: 'heavy',
  modifiers: [{ id: 'M1', text: 'the product is custom', effect: 'heavier' }],
  safeguards: ['C5'],
});

const conflict = aFlag('H-RF3', {
  title: 'Conflict in the region',
  why: 'Conflict makes misuse likelier.',
  citation: 'Guidance 2, red flag 3',
});

const evaluate = (facts: Facts): Assessment => {
  const out = facts.answers['G1'] === 'no';
  const own = (facts.ownFlags ?? []).map((f) => aFlag(f.id, { title: f.title, weight: f.weight, because: [f.id] }));
  const flags = [
    ...(facts.answers['H-RF3'] === 'yes' ? [conflict] : []),
    ...(facts.answers['H-RF1'] === 'yes' ? [misuse] : []),
    ...own,
  ];
  const openQuestions = SECTIONS.flatMap((s) => s.questions)
    .filter((q) => facts.answers[q.id] === 'unknown')
    .map(({ id, text, citation, weighty }) => ({ id, text, citation, weighty }));
  const tier: Tier = flags.some((f) => f.weight === 'severe')
    ? 'high'
    : flags.length > 0 || openQuestions.some((q) => q.weighty)
      ? 'elevated'
      : 'low';
  return {
    scope: out ? 'out' : 'in',
    scopeReasons: out ? ['The product cannot be used to watch people'] : [],
    flags,
    openQuestions,
    tier: out ? null : tier,
    rule: out ? null : `tier-${tier}`,
    trace: [{ id: `tier-${tier}`, text: `Sample rule of the ${tier} tier` }],
  };
};

const SCALE = [{ value: 'a', label: 'Sample choice' }];

const ROUTES: Record<Exclude<Tier, 'prohibited'>, Route> = {
  low: { tier: 'low', steps: [{ group: 'compliance', quorum: 1, including: [] }], weighing: false },
  elevated: {
    tier: 'elevated',
    steps: [
      { group: 'compliance', quorum: 1, including: [] },
      { group: 'senior', quorum: 1, including: [] },
    ],
    weighing: true,
  },
  high: {
    tier: 'high',
    steps: [
      { group: 'compliance', quorum: 1, including: [] },
      { group: 'senior', quorum: 2, including: [{ group: 'counsel', atLeast: 1 }] },
    ],
    weighing: true,
  },
};

const REMINDED: ReminderRule = { after: [2, 4], escalate: { after: 6, to: 'manager' } };

/** Three sections; `H-RF1: yes` is severe (high), `H-RF3: yes` moderate (elevated), `G1: no` out of scope. */
export const aPolicy = (overrides: Partial<CompiledPolicy> = {}): CompiledPolicy => ({
  name: 'Sample policy',
  version: '1',
  hash: 'policy-hash',
  sections: SECTIONS,
  scopeSection: 'scope',
  safeguards: {
    C5: {
      id: 'C5',
      title: 'Right to end access',
      condition: 'The contract lets us end access on misuse',
      citation: 'Guidance 6, bullet 3',
      dueInDays: 30,
    },
  },
  weighing: { leverage: SCALE, crucial: SCALE, severity: SCALE, ending: SCALE },
  indicators: [],
  reminders: {
    sections: REMINDED,
    information: { after: [1, 3], escalate: { after: 5, to: 'manager' } },
    approvals: REMINDED,
    conditions: { before: [14, 3], after: [2, 5], escalate: { after: 8, to: 'compliance' }, suspend: 20 },
    evidence: REMINDED,
    reassessments: { before: [90, 60, 30, 7], within: 30, after: [3, 6], escalate: { after: 10, to: 'compliance' } },
    watch: { every: 90, after: [5], escalate: { after: 10, to: 'manager' } },
    sheets: { months: 12, before: [30, 7], after: [5], escalate: { after: 10, to: 'manager' } },
    holds: { before: [7], after: [2, 5], escalate: { after: 8, to: 'chief' } },
  },
  question: (id) => SECTIONS.flatMap((s) => s.questions).find((q) => q.id === id),
  flagTitle: (id) => [misuse, conflict].find((f) => f.id === id)?.title,
  flagNames: [misuse, conflict].map(({ id, title, citation }) => ({ id, title, citation })),
  sectionsFor: (facts) => (facts.answers['G1'] === 'no' ? SECTIONS.slice(0, 1) : SECTIONS),
  questionsFor: (section) => SECTIONS.find((s) => s.id === section)?.questions ?? [],
  evaluate,
  isBenign: (_id, value) => value === 'no',
  lightens: (_id, before, now) => before !== 'no' && now === 'no',
  wouldLower: () => NOTHING_LOWERS,
  routeFor: (tier) => ROUTES[tier],
  ...overrides,
});

/** A newly opened deal of `rep-1`; override what the test is about. */
export const aDeal = (overrides: Partial<Opened> = {}): Extract<OpenedDeal, { status: 'answering' }> => ({
  status: 'answering',
  id: 'D-7K3QXM',
  home: { platform: 'slack', channel: 'C0CLEAR' },
  requester: 'rep-1',
  owner: 'rep-1',
  openedAt: TWO_DAYS_AGO,
  waitingSince: TWO_DAYS_AGO,
  details: {
    customer: 'Sample Telecom',
    product: { id: 'analytics', name: 'Sample Analytics' },
    destination: 'NO',
    endUser: { name: 'Sample Ministry', kind: 'security' },
    intermediaries: [],
    valueBand: '50k-250k',
    expectedSigning: '2027-06-01',
    exportLicence: 'pending',
  },
  policy: 'policy-hash',
  answers: {},
  drafts: {},
  handOvers: {},
  ownFlags: [],
  involved: ['rep-1'],
  team: ['rep-1'],
  round: 0,
  requests: [],
  ...overrides,
});

/** Answers of one section by `rep-1`: `answered({ P1: 'yes' })`. */
export const answered = (
  values: Record<string, GivenAnswer['value'] | GivenAnswer>,
): Record<string, GivenAnswer & { by: string; at: string }> =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      const given: GivenAnswer = typeof value === 'string' || Array.isArray(value) ? { value, sources: [] } : value;
      return [id, { ...given, by: 'rep-1', at: TWO_DAYS_AGO }];
    }),
  );

/** Every section answered; `changed` replaces single answers, wherever they belong. */
export const allAnswers = (changed: Record<string, string> = {}): Opened['answers'] => ({
  scope: answered({ G1: changed['G1'] ?? 'yes' }),
  product: answered({ P1: changed['P1'] ?? 'no', P2: changed['P2'] ?? 'no', P4: changed['P4'] ?? 'common' }),
  record: answered({
    'H-RF1': changed['H-RF1'] ?? 'no',
    'H-RF3': changed['H-RF3'] ?? 'no',
    'H-RF5': changed['H-RF5'] ?? 'no',
  }),
});

export const aVote = (by: string, step: number, overrides: Partial<Ballot> = {}): Vote => ({
  step,
  by,
  at: NOW,
  factsHash: 'facts-1',
  outcome: 'approve',
  flags: {},
  conditions: [],
  rationale: `Sample rationale of ${by}.`,
  ...overrides,
});

export const aRoute = (tier: Exclude<Tier, 'prohibited'>, overrides: Partial<DealRoute> = {}): DealRoute => ({
  ...ROUTES[tier],
  factsHash: 'facts-1',
  shortfalls: [],
  ...overrides,
});

/** A high-tier deal (reported misuse) before its first vote. */
export const aDecidingDeal = (overrides: Partial<DecidingDeal> = {}): DecidingDeal => ({
  ...aDeal({ answers: allAnswers({ 'H-RF1': 'yes' }), round: 1 }),
  status: 'deciding',
  tier: 'high',
  rule: 'tier-high',
  route: aRoute('high'),
  step: 0,
  votes: [],
  passed: [],
  ...overrides,
});

export const aView = (
  deal: OpenedDeal = aDeal(),
  {
    policy = aPolicy(),
    organisation = anOrganisation(),
    now = NOW,
  }: Partial<Pick<DealView, 'policy' | 'organisation' | 'now'>> = {},
): DealView => dealView(deal, policy, organisation, now);
