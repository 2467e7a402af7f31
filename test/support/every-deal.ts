/** A deal in every status, and every fact with a deal in which it can happen. */

import type { ConditionProgress } from '../../flows/deal/condition-shapes.ts';
import type { Condition, Owed } from '../../flows/deal/deal.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import type { Opened, OpenedDeal } from '../../flows/deal/state.ts';
import type { Fact } from '../../flows/deal/telling/notices.ts';
import type { ReminderStage, PersonId } from '../../flows/ids.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import {
  aDeal,
  aDecidingDeal,
  allAnswers,
  answered,
  aPolicy,
  aView,
  aVote,
  NOW,
  TWO_DAYS_AGO,
} from './deal-builders.ts';
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

const outOfScope: Extract<OpenedDeal, { status: 'out of scope' }> = {
  ...aDeal({ answers: { scope: answered({ G1: 'no' }) } }),
  status: 'out of scope',
  reasons: ['The product cannot be used to watch people'],
  by: 'rep-1',
  at: NOW,
};

export const everyStatus: Record<OpenedDeal['status'], OpenedDeal> = {
  answering: aDeal({
    answers: { scope: answered({ G1: 'yes' }) },
    drafts: { product: { P1: { value: 'yes', sources: [] } } },
    handOvers: { product: { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO, note: 'You built it' } },
    team: ['rep-1', 'product-1'],
  }),
  'out of scope': outOfScope,
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

/** Two votes were discarded by a withdrawal, and a question holds the deal that came back. */
export const carrying = aDecidingDeal({
  requests: [{ ...request, holds: true }],
  carried: [
    {
      ...aVote('compliance-1', 0),
      outcome: 'approve-with-conditions',
      conditions: ['c1', 'c2', 'c3', 'c4'].map((id) => ({ ...condition, id, text: `Sample condition ${id} to keep` })),
    },
    {
      ...aVote('senior-1', 1, { outcome: 'decline' }),
      for: 'senior-2',
      leftOut: [{ condition: { ...condition, id: 'c5' }, askedBy: 'senior-2', reason: 'The buyer has put it right' }],
    },
  ],
  lastVoided: {
    voters: ['compliance-1', 'senior-1'],
    seats: { 'senior-1': 'senior-2' },
    at: TWO_DAYS_AGO,
    differences: [],
    because: 'withdrawn',
  },
});

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
/** Nobody did the reassessment: the approval does not count. */
export const suspendedOverLook = {
  ...toReassess,
  suspended: { at: NOW, conditions: [], reassessments: toReassess.reassessments.map(({ id }) => id) },
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
  ['asked for in votes that no longer count', carrying],
  [
    'withdrawn with votes',
    {
      ...aDeal({ lastVoided: { voters: ['compliance-1'], at: NOW, differences: [], because: 'withdrawn' } }),
      status: 'withdrawn',
      reason: 'Lost the tender',
      by: 'rep-1',
      at: NOW,
    },
  ],
  [
    'decided without what an earlier vote asked for',
    {
      ...renewing,
      decision: {
        ...renewing.decision,
        votes: [
          aVote('compliance-1', 0, {
            leftOut: [
              { condition, askedBy: 'compliance-1', reason: 'The buyer has put it right' },
              {
                condition: { ...condition, id: 'later', text: 'Train *all* users' },
                askedBy: 'compliance-1',
                reason: 'They move in May',
                instead: { owner: 'product-1', due: '2028-01-01' },
              },
            ],
          }),
        ],
      },
    },
  ],
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

/** Said to be out of scope, with something against it. */
export const saidOut = {
  ...aDeal({ answers: { scope: answered({ G1: 'no' }) } }),
  scopeSaid: {
    reasons: ['The product cannot be used to watch people'],
    contradicts: ['The catalogue says that this product can gather or analyse data about people.'],
    rules: ['scope-out'],
    factsHash: 'facts-1',
    by: 'rep-1',
    at: TWO_DAYS_AGO,
  },
} satisfies OpenedDeal;
const sentBack = aDeal({
  drafts: { scope: { G1: { value: 'no', sources: [] } } },
  scopeRefused: { by: 'compliance-1', at: NOW, reason: 'The catalogue says otherwise' },
});
const lifted = { by: 'chief-1', at: NOW, reason: 'It was said of another agency' };
/** Everything that a deal keeps of its past. */
const past: Partial<Opened> = {
  was: ['yes', 'unknown', ['privacy', 'expression']].map((before) => ({
    question: 'P1',
    before,
    by: 'rep-1',
    at: TWO_DAYS_AGO,
    until: NOW,
    changedBy: 'rep-1',
    why: 'It was another product',
  })),
  fell: [{ flags: ['H-RF1', 'own-1'], by: 'rep-1', at: NOW, why: 'It was another product' }],
  stops: [
    { rule: 'known-repression', at: TWO_DAYS_AGO, because: ['H-RF1'], by: 'rep-1', lifted },
    { rule: 'embargo', at: TWO_DAYS_AGO },
  ],
  reopenings: [lifted, { by: 'rep-1', at: TWO_DAYS_AGO, reason: 'They came back' }],
  reworded: [
    {
      question: 'H-RF5',
      value: 'Arrest them',
      note: 'A militia runs it',
      by: 'product-1',
      at: TWO_DAYS_AGO,
      until: TWO_DAYS_AGO,
      changedBy: 'rep-1',
    },
  ],
  endedAgainst: [
    { of: 'hold', why: 'It was misused', from: 'compliance-1', by: 'chief-1', at: TWO_DAYS_AGO, reason: 'Settled' },
    { of: 'alert', by: 'chief-1', at: TWO_DAYS_AGO, reason: 'It is over' },
  ],
  authority: { since: TWO_DAYS_AGO },
};
/** Changed to lighter ones, which wait for compliance. */
export const lighterDeal: OpenedDeal = {
  ...aDecidingDeal(),
  lighterSaid: {
    was: { endUser: 'government', product: { id: 'tracker', name: 'Sample Tracker' } },
    before: [{ endUser: 'government', answers: { 'H-RF1': 'yes' } }],
    answers: [
      {
        section: 'record',
        question: 'H-RF1',
        answer: { value: 'yes', sources: [], by: 'rep-1', at: TWO_DAYS_AGO },
      },
    ],
    changes: [
      { of: 'details', by: 'rep-1', at: TWO_DAYS_AGO, why: 'It is a company' },
      { of: 'answers', by: 'rep-1', at: TWO_DAYS_AGO, why: 'Another agency' },
    ],
    at: TWO_DAYS_AGO,
  },
};
const stoppedByOne: OpenedDeal = { ...everyStatus.stopped, ...past };
export const withAPast: readonly (readonly [name: string, deal: OpenedDeal])[] = [
  ['said to be out of scope', saidOut],
  ['said to be out of scope, nothing against it', { ...saidOut, scopeSaid: { ...saidOut.scopeSaid, contradicts: [] } }],
  ['lighter than before', lighterDeal],
  ['sent back', sentBack],
  ['confirmed', { ...outOfScope, confirmed: { by: 'compliance-1', at: NOW } }],
  ['confirmed before', { ...outOfScope, confirmed: { by: 'compliance-1', at: NOW, deal: 'D-PAST01' } }],
  ['stopped by one answer', stoppedByOne],
  ['answered otherwise before', { ...aDecidingDeal(), ...past }],
  [
    'authority notified',
    {
      ...stoppedByOne,
      authority: { since: TWO_DAYS_AGO, done: { by: 'compliance-1', at: NOW, note: 'Sent to the authority' } },
    },
  ],
];

/** A deal for each kind of duty. */
const owing: Record<Owed['kind'], OpenedDeal> = {
  section: everyStatus.answering,
  information: everyStatus.deciding,
  votes: aDecidingDeal(),
  condition: anApproval([overdue]),
  evidence: anApproval([condition], { c1: handedIn }),
  scope: saidOut,
  lighter: lighterDeal,
  authority: stoppedByOne,
  flag: aDeal({ ownFlags: [ownFlag] }),
  reassessment: { ...toReassess, decision: { ...toReassess.decision, conditions: [] } },
  licence: anApproval([]),
};
/** The policies of the others say nothing of a licence. */
const remindsOfLicence = aPolicy({
  reminders: { ...aPolicy().reminders, licence: { every: 10, escalate: { after: 30, to: 'compliance' } } },
});

export interface Owing {
  deal: OpenedDeal;
  fact: Extract<Fact, { fact: 'reminded' }>;
  /** Undefined: the thread. */
  to: PersonId | undefined;
  /** Set where the usual one has no such duty. */
  policy?: CompiledPolicy | undefined;
}

/** Every reminder of these deals, for each person who gets it. */
export const everyReminder: Owing[] = Object.entries(owing).flatMap(([kind, deal]) =>
  dutiesOf(aView(deal, kind === 'licence' ? { policy: remindsOfLicence } : {})).flatMap(({ key, owed, stages }) =>
    [...new Set(stages.map(({ of }) => of))].flatMap((of): Owing[] => {
      const to = stages.find((stage) => stage.of === of)?.to ?? [];
      const fact = { fact: 'reminded', duty: key, owed, of } as const;
      const about = kind === 'licence' ? { deal, fact, policy: remindsOfLicence } : { deal, fact };
      return to.length === 0 ? [{ ...about, to: undefined }] : to.map((person) => ({ ...about, to: person }));
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
  'counsel asked': [aDeal(), { fact: 'counsel asked', by: 'rep-1' }],
  'named as basis': [
    aDeal({
      answers: {
        record: { 'H-RF5': { value: 'no', sources: [], basis: { told: 'product-1' }, by: 'rep-1', at: NOW } },
      },
    }),
    { fact: 'named as basis', questions: ['H-RF5'], by: 'rep-1' },
  ],
  'answers changed': [
    aDeal({
      was: [
        {
          question: 'H-RF5',
          before: 'yes',
          by: 'product-1',
          at: TWO_DAYS_AGO,
          until: NOW,
          changedBy: 'rep-1',
          why: 'It was a slip of the mouse.',
        },
      ],
    }),
    { fact: 'answers changed', questions: ['H-RF5'], by: 'rep-1', why: 'It was a slip of the mouse.' },
  ],
  'saved heavier': [
    aDeal({
      answers: { record: { 'H-RF5': { value: 'no', sources: [], by: 'rep-1', at: TWO_DAYS_AGO } } },
      drafts: { record: { 'H-RF5': { value: 'yes', sources: [], by: 'product-1', at: NOW } } },
    }),
    { fact: 'saved heavier', questions: ['H-RF5'] },
  ],
  'others noted': [
    aDeal({
      others: {
        ended: [{ deal: 'D-0THER1', how: 'declined', at: TWO_DAYS_AGO }],
        otherwise: [{ question: 'H-RF5', deal: 'D-0THER2', at: TWO_DAYS_AGO }],
        kinds: [{ deal: 'D-0THER2', kind: 'security', at: TWO_DAYS_AGO }],
        worries: [
          { deal: 'D-0THER2', of: 'question', by: 'compliance-2', at: TWO_DAYS_AGO },
          { deal: 'D-0THER3', of: 'flag', by: 'product-1', at: TWO_DAYS_AGO },
        ],
      },
    }),
    { fact: 'others noted', ended: 1, otherwise: ['H-RF5'], kind: true },
  ],
  'basis objected': [
    aDeal(),
    { fact: 'basis objected', questions: ['H-RF5'], reason: 'I only said that I would look.', by: 'product-1' },
  ],
  'own flag raised': [aDeal({ ownFlags: [ownFlag] }), { fact: 'own flag raised', flag: 'own-1' }],
  'own flag settled': [
    aDeal({ ownFlags: [{ ...ownFlag, status: 'dismissed', reason: 'Another company' }] }),
    { fact: 'own flag settled', flag: 'own-1' },
  ],
  'gaps accepted': [
    aDecidingDeal(),
    { fact: 'gaps accepted', by: 'compliance-1', reason: 'Nobody publishes on it', questions: ['H-RF1', 'H-RF5'] },
  ],
  'gaps taken back': [
    aDecidingDeal(),
    { fact: 'gaps taken back', by: 'compliance-1', reason: 'A report came out', questions: ['H-RF1', 'H-RF5'] },
  ],
  'basis ended': [
    aDecidingDeal(),
    {
      fact: 'basis ended',
      note: { country: 'NO', until: '2027-03-01' },
      gaps: ['H-RF1', 'H-RF5'],
      words: [{ of: 'product-1', questions: ['P1'] }],
      sheets: ['P2'],
    },
  ],
  'sheet moved': [
    aDecidingDeal(),
    {
      fact: 'sheet moved',
      sheet: { id: 'country:NO', version: 2, by: 'counsel-1', at: NOW, until: '2028-03-01', also: ['compliance-1'] },
      questions: ['H-RF1', 'H-RF5'],
    },
  ],
  'finding out': [
    aDeal({ answers: allAnswers({ 'H-RF1': 'unknown' }), finding: { since: NOW, until: '2027-03-17T09:00:00.000Z' } }),
    { fact: 'finding out' },
  ],
  'sent on': [
    aDeal({ answers: allAnswers({ 'H-RF1': 'unknown' }), finding: { since: NOW, until: NOW, over: true } }),
    { fact: 'sent on', by: 'system' },
  ],
  routed: [aDecidingDeal(), { fact: 'routed' }],
  stopped: [everyStatus.stopped, { fact: 'stopped' }],
  'out of scope': [everyStatus['out of scope'], { fact: 'out of scope' }],
  'scope said': [saidOut, { fact: 'scope said' }],
  'lighter said': [lighterDeal, { fact: 'lighter said' }],
  'lighter settled': [
    { ...aDecidingDeal(), lighterRefused: { by: 'compliance-1', at: NOW, reason: 'The report names them' } },
    { fact: 'lighter settled', confirmed: false, by: 'compliance-1' },
  ],
  'scope refused': [sentBack, { fact: 'scope refused' }],
  'authority noted': [stoppedByOne, { fact: 'authority noted' }],
  'details corrected': [
    aDeal({ lastCorrection: { by: 'rep-1', at: NOW, reason: 'A typing error' } }),
    { fact: 'details corrected', was: { ...aDeal().details, destination: 'KE', customer: 'Sample *Old* Customer' } },
  ],
  'review wanted': [aDecidingDeal(), { fact: 'review wanted', step: 0 }],
  'vote cast': [second, { fact: 'vote cast', step: 1, by: 'counsel-1' }],
  'conditions left out': [
    {
      ...second,
      votes: [
        ...second.votes,
        {
          ...aVote('counsel-1', 1),
          leftOut: [
            { condition, askedBy: 'compliance-1', reason: 'The contract has it already' },
            {
              condition: { ...condition, id: 'c5' },
              askedBy: 'senior-2',
              reason: 'They need time',
              instead: { owner: 'rep-1', due: '2027-09-01' },
            },
          ],
        },
      ],
    },
    { fact: 'conditions left out', step: 1, by: 'counsel-1' },
  ],
  'vote taken back': [second, { fact: 'vote taken back', step: 1, by: 'senior-1' }],
  recused: [
    {
      ...second,
      recused: [{ by: 'senior-2', at: NOW, reason: 'My brother works there' }],
      requests: [{ ...request, by: 'senior-2', step: 1, holds: true }],
      carried: [{ ...aVote('senior-1', 1), conditions: [{ ...condition, id: 'lost', text: 'Keep *no* faces' }] }],
    },
    { fact: 'recused', by: 'senior-2', reason: 'My brother works there', voters: ['senior-1'] },
  ],
  'votes voided': [everyStatus.deciding, { fact: 'votes voided' }],
  'heard elsewhere': [
    aDeal(),
    { fact: 'heard elsewhere', deals: Array.from({ length: 70 }, (_, n) => `D-${100 + n}`) },
  ],
  'seats noted': [
    { ...second, full: TWO_DAYS_AGO, short: true },
    { fact: 'seats noted', gone: ['senior-2'], full: true, short: true },
  ],
  'information asked': [everyStatus.deciding, { fact: 'information asked', request: 'ask-1' }],
  'information given': [aDecidingDeal({ requests: [given] }), { fact: 'information given', request: 'ask-1' }],
  'information taken back': [
    aDecidingDeal({ requests: [{ ...request, takenBack: { by: 'chief-1', at: NOW } }] }),
    { fact: 'information taken back', request: 'ask-1' },
  ],
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
  'decided without': [anApproval([]), { fact: 'decided without', step: 0, voters: ['compliance-1'] }],
  'licence set': [
    anApproval([]),
    { fact: 'licence set', licence: 'granted', reason: 'No. 12 of 3 March', by: 'product-1' },
  ],
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
