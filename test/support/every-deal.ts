/** A deal in every status, and every fact with a deal in which it can happen. */

import type { Condition, ConditionProgress, Owed } from '../../flows/deal/deal.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { Fact } from '../../flows/deal/telling/notices.ts';
import type { ReminderStage, PersonId } from '../../flows/ids.ts';
import { aDeal, aDecidingDeal, allAnswers, answered, aView, aVote, NOW, TWO_DAYS_AGO } from './deal-builders.ts';
import { dealHold, endUserHold } from './holds.ts';

export const ownFlag = {
  id: 'own-1',
  title: 'The reseller was fined',
  by: 'senior-1',
  at: NOW,
  status: 'pending',
  weight: 'moderate',
} as const;
export const request = { id: 'ask-1', step: 0, round: 1, by: 'compliance-1', at: NOW, question: 'Who operates it?' };
const given = {
  ...request,
  answer: { by: 'rep-1', at: NOW, text: 'We do.', sources: [{ name: 'Contract', url: 'https://example.org/c' }] },
};
const condition = { id: 'c1', text: 'End access on misuse', owner: 'rep-1', due: '2027-05-01' };
const conditional = aVote('counsel-1', 1, {
  outcome: 'approve-with-conditions',
  rationale: 'The contract terms make this acceptable.',
  conditions: [condition],
  flags: { 'H-RF1': { opinion: 'clear', reason: 'Report was withdrawn' } },
});
const second = aDecidingDeal({ step: 1, passed: [0], votes: [aVote('compliance-1', 0), conditional] });
const { tier, step: _step, votes: _votes, passed: _passed, ...routed } = aDecidingDeal();

const approved: Extract<OpenedDeal, { status: 'decided' }> = {
  ...routed,
  status: 'decided',
  decision: {
    outcome: 'approved with conditions',
    votes: [aVote('compliance-1', 0), conditional, aVote('senior-2', 1)],
    conditions: [condition],
    at: NOW,
    tier,
  },
};

export const everyStatus: Record<OpenedDeal['status'], OpenedDeal> = {
  answering: aDeal({
    answers: { scope: answered({ G1: 'yes' }) },
    drafts: { product: { P1: { value: 'yes', sources: [] } } },
    handOvers: { product: { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO, note: 'You built it' } },
    team: ['rep-1', 'product-1'],
  }),
  'out of scope': {
    ...aDeal({ answers: { scope: answered({ G1: 'no' }) } }),
    status: 'out of scope',
    reasons: ['The product cannot be used to watch people'],
    by: 'rep-1',
    at: NOW,
  },
  deciding: aDecidingDeal({
    votes: [aVote('compliance-1', 0)],
    requests: [request],
    ownFlags: [ownFlag],
    lastVoided: {
      voters: ['compliance-1'],
      at: NOW,
      differences: [{ what: 'evidence', id: 'ask-1', before: 'not there', after: 'We do.' }],
    },
  }),
  stopped: { ...aDeal({ answers: allAnswers() }), status: 'stopped', rule: 'tier-low', at: NOW },
  decided: approved,
  withdrawn: { ...aDeal(), status: 'withdrawn', reason: 'Lost the tender', by: 'rep-1', at: NOW },
};

/** The approval of `everyStatus.decided`, with these conditions and their states. */
export const anApproval = (
  conditions: readonly Condition[],
  progress: Record<string, ConditionProgress> = {},
  suspended?: readonly string[],
): Extract<OpenedDeal, { status: 'decided' }> => ({
  ...approved,
  decision: { ...approved.decision, conditions: [...conditions] },
  conditions: progress,
  ...(suspended ? { suspended: { at: NOW, conditions: [...suspended] } } : {}),
});

export const handedIn: ConditionProgress = {
  status: 'met',
  evidence: [
    {
      by: 'rep-1',
      at: NOW,
      text: 'The contract was signed with clause 12.',
      sources: [{ name: 'Contract', url: 'https://example.org/c' }],
    },
  ],
};
export const returned: ConditionProgress = {
  ...handedIn,
  status: 'open',
  returned: { by: 'compliance-1', at: NOW, reason: 'Clause 12 is missing a date' },
};
export const accepted: ConditionProgress = {
  ...handedIn,
  status: 'accepted',
  accepted: { by: 'compliance-1', at: NOW },
};
const overdue: Condition = { ...condition, due: '2027-03-01' };

/** Approved since NOW; its licence is renewed in a month, and something changed. */
const renewing = anApproval([condition]);
export const toReassess = {
  ...renewing,
  renewals: {
    dates: [
      { of: 'licence', on: '2027-04-12', at: NOW },
      { of: 'contract', on: '2029-06-01', at: NOW },
    ],
    by: 'rep-1',
    at: NOW,
    reason: 'The customer signed for two years',
  },
  reassessments: [
    {
      id: 'change-1',
      trigger: 'A3',
      why: 'They want to connect it to their border cameras',
      by: 'senior-1',
      since: NOW,
      due: '2027-04-01',
    },
    {
      id: 'alert-1',
      trigger: 'A5',
      why: 'Elections were called off',
      source: { name: 'Sample report', year: 2027, url: 'https://reports.example/a' },
      by: 'system',
      since: NOW,
      due: '2027-03-01',
    },
  ],
} satisfies OpenedDeal;
const { conditions: _progress, suspended: _suspended, heldBackFor: _held, decision, ...reassessed } = toReassess;
const standing = {
  rule: toReassess.rule,
  route: toReassess.route,
  decision,
  basis: { details: toReassess.details, answers: allAnswers({ 'H-RF1': 'yes' }), ownFlags: [], requests: [] },
  since: NOW,
  covers: ['change-1'],
};
/** The scope was confirmed; the product is asked again unchanged, the record section has a changed draft. */
export const askedAgainDeal: OpenedDeal = {
  ...reassessed,
  status: 'answering',
  standing,
  reassessed: 1,
  answers: { scope: allAnswers()['scope'] ?? {} },
  drafts: {
    product: {
      P1: { value: 'no', sources: [] },
      P2: { value: 'no', sources: [] },
      P4: { value: 'common', sources: [] },
    },
    record: { 'H-RF1': { value: 'unknown', sources: [] } },
  },
};
export const decidedAgain = (answers: Parameters<typeof allAnswers>[0]): OpenedDeal => ({
  ...aDecidingDeal({ answers: allAnswers(answers), round: 2 }),
  standing,
  reassessed: 1,
  reassessments: toReassess.reassessments,
  renewals: toReassess.renewals,
});
/** Decided again: one previous condition was not taken over, and nobody set the next renewal. */
export const replacedApproval: OpenedDeal = {
  ...anApproval([condition]),
  reassessed: 1,
  pastApproval: { at: TWO_DAYS_AGO, ended: [{ ...condition, id: 'c0', text: 'Train the users' }] },
};
/** Deals with a history of years. */
export const overTheYears: readonly (readonly [name: string, deal: OpenedDeal])[] = [
  ['a reassessment is asked for', toReassess],
  ['no renewal is foreseen', { ...renewing, renewals: { dates: [], by: 'rep-1', at: NOW, reason: 'Sold once' } }],
  ['asked again', askedAgainDeal],
  ['decided again, nothing changed', decidedAgain({ 'H-RF1': 'yes' })],
  ['decided again, changed', decidedAgain({ 'H-RF1': 'no', 'H-RF3': 'yes', P1: 'unknown' })],
  ['replaced', replacedApproval],
  [
    'declined anew',
    {
      ...replacedApproval,
      ...anApproval([]),
      pastApproval: { at: TWO_DAYS_AGO, ended: [condition] },
      decision: { ...decision, outcome: 'declined', conditions: [] },
    },
  ],
  [
    'out of scope after all',
    { ...everyStatus['out of scope'], pastApproval: { at: TWO_DAYS_AGO, ended: [condition] } },
  ],
];

/** A deal for each kind of duty. */
const owing: Record<Owed['kind'], OpenedDeal> = {
  section: everyStatus.answering,
  information: everyStatus.deciding,
  votes: aDecidingDeal(),
  condition: anApproval([overdue]),
  evidence: anApproval([condition], { c1: handedIn }),
  reassessment: { ...toReassess, decision: { ...toReassess.decision, conditions: [] } },
};

export interface Owing {
  deal: OpenedDeal;
  fact: Extract<Fact, { fact: 'reminded' }>;
  /** Undefined: the thread. */
  to: PersonId | undefined;
}

/** Every reminder of these deals, for each person who gets it. */
export const everyReminder: Owing[] = Object.values(owing).flatMap((deal) =>
  dutiesOf(aView(deal)).flatMap(({ key, owed, stages }) =>
    [...new Set(stages.map(({ of }) => of))].flatMap((of): Owing[] => {
      const to = stages.find((stage) => stage.of === of)?.to ?? [];
      const fact = { fact: 'reminded', duty: key, owed, of } as const;
      return to.length === 0 ? [{ deal, fact, to: undefined }] : to.map((person) => ({ deal, fact, to: person }));
    }),
  ),
);

/** The reminder of that kind and stage to one person. */
export const reminderOf = (kind: Owed['kind'], of: ReminderStage): Owing & { to: PersonId } => {
  const found = everyReminder.find(({ fact, to }) => fact.owed.kind === kind && fact.of === of && to !== undefined);
  if (found?.to === undefined) throw new Error(`nobody is reminded of ${kind}, ${of}`);
  return { ...found, to: found.to };
};

export const everyFact: Record<Fact['fact'], [OpenedDeal, Fact]> = {
  'section handed over': [
    everyStatus.answering,
    { fact: 'section handed over', section: 'product', to: 'product-1', by: 'rep-1' },
  ],
  'section taken back': [aDeal(), { fact: 'section taken back', section: 'product', by: 'rep-1' }],
  'own flag raised': [aDeal({ ownFlags: [ownFlag] }), { fact: 'own flag raised', flag: 'own-1' }],
  'own flag settled': [
    aDeal({ ownFlags: [{ ...ownFlag, status: 'dismissed', reason: 'Another company' }] }),
    { fact: 'own flag settled', flag: 'own-1' },
  ],
  'gaps accepted': [
    aDecidingDeal(),
    { fact: 'gaps accepted', by: 'compliance-1', reason: 'Nobody publishes on it', questions: ['H-RF1', 'H-RF5'] },
  ],
  'finding out': [
    aDeal({ answers: allAnswers({ 'H-RF1': 'unknown' }), finding: { since: NOW, until: '2027-03-17T09:00:00.000Z' } }),
    { fact: 'finding out' },
  ],
  routed: [aDecidingDeal(), { fact: 'routed' }],
  stopped: [everyStatus.stopped, { fact: 'stopped' }],
  'out of scope': [everyStatus['out of scope'], { fact: 'out of scope' }],
  'details corrected': [
    aDeal({ lastCorrection: { by: 'rep-1', at: NOW, reason: 'A typing error' } }),
    { fact: 'details corrected' },
  ],
  'review wanted': [aDecidingDeal(), { fact: 'review wanted', step: 0 }],
  'vote cast': [second, { fact: 'vote cast', step: 1, by: 'counsel-1' }],
  'vote taken back': [second, { fact: 'vote taken back', step: 1, by: 'senior-1' }],
  'votes voided': [everyStatus.deciding, { fact: 'votes voided' }],
  'information asked': [everyStatus.deciding, { fact: 'information asked', request: 'ask-1' }],
  'information given': [aDecidingDeal({ requests: [given] }), { fact: 'information given', request: 'ask-1' }],
  decided: [everyStatus.decided, { fact: 'decided' }],
  withdrawn: [everyStatus.withdrawn, { fact: 'withdrawn' }],
  reopened: [
    aDeal({ lastReopened: { by: 'compliance-1', at: NOW, reason: 'The end-user changed' } }),
    { fact: 'reopened' },
  ],
  'owner reassigned': [
    aDeal({ owner: 'product-1' }),
    { fact: 'owner reassigned', to: 'product-1', by: 'rep-1', reason: 'On leave' },
  ],
  nudged: [aDeal(), { fact: 'nudged', by: 'senior-1' }],
  reminded: [everyStatus.answering, reminderOf('section', 'reminder').fact],
  'condition met': [anApproval([condition], { c1: handedIn }), { fact: 'condition met', condition: 'c1' }],
  'condition accepted': [anApproval([condition], { c1: accepted }), { fact: 'condition accepted', condition: 'c1' }],
  'condition handed over': [
    anApproval([condition], {
      c1: { status: 'open', evidence: [], handed: { to: 'product-1', by: 'rep-1', at: NOW, reason: 'She runs it' } },
    }),
    { fact: 'condition handed over', condition: 'c1', to: 'product-1', by: 'rep-1', reason: 'She runs it' },
  ],
  'condition returned': [anApproval([condition], { c1: returned }), { fact: 'condition returned', condition: 'c1' }],
  suspended: [anApproval([overdue], {}, ['c1']), { fact: 'suspended' }],
  'suspension lifted': [
    anApproval([overdue]),
    { fact: 'suspension lifted', reason: 'The clause is signed and on its way', by: 'chief-1' },
  ],
  'renewals set': [toReassess, { fact: 'renewals set', by: 'rep-1' }],
  'reassessment asked': [toReassess, { fact: 'reassessment asked', task: 'change-1' }],
  'change taken back': [
    { ...toReassess, reassessments: [] },
    {
      fact: 'change taken back',
      task: { id: 'change-1', trigger: 'A3', why: 'They want more of it', by: 'rep-1', since: NOW, due: '2027-05-01' },
      reason: 'It was for another customer',
      by: 'rep-1',
    },
  ],
  'reassessment started': [askedAgainDeal, { fact: 'reassessment started', by: 'compliance-1' }],
  'put on hold': [everyStatus.decided, { fact: 'put on hold', hold: dealHold }],
  'hold lifted': [
    everyStatus.decided,
    { fact: 'hold lifted', hold: endUserHold, reason: 'Nothing was found', by: 'chief-1' },
  ],
};
