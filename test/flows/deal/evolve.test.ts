/** Every member of a deal survives every event that does not concern it. */

import { describe, expect, it } from 'vitest';
import type { DealEvent, DealEventType } from '../../../flows/deal/events.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import type { DealHit, Screened } from '../../../flows/deal/screened-shapes.ts';
import type { Approval, Opened, OpenedDeal } from '../../../flows/deal/state.ts';
import { allAnswers, answered, aDeal, aRoute, aVote, NOW, TWO_DAYS_AGO } from '../../support/deal-builders.ts';
import { dealHold } from '../../support/holds.ts';

type Status = OpenedDeal['status'];
type OfStatus<S extends Status> = Extract<OpenedDeal, { status: S }>;
type MemberOf<Deal> = Deal extends unknown ? keyof Deal : never;
type Member = MemberOf<OpenedDeal>;
/** Complete: a new member does not compile until it is set here. */
type Filled<T> = { [M in keyof T]-?: NonNullable<T[M]> };

const LATER = '2027-03-15T10:00:00.000Z';
const details = aDeal().details;
const condition = { id: 'c1', text: 'Limit the use', owner: 'rep-1', due: '2027-04-11' };
const alert = {
  id: 'alert-9',
  country: 'NO',
  why: 'Elections were called off',
  on: '2027-03-14',
  by: 'compliance-1',
  at: LATER,
};
const task = (id: string) => ({ id, trigger: 'A3' as const, why: 'They want more of it', due: '2027-05-01' });

const approval: Filled<Approval> = {
  rule: 'tier-high',
  route: aRoute('high'),
  decision: {
    outcome: 'approved with conditions',
    votes: [aVote('compliance-1', 0)],
    conditions: [condition],
    at: TWO_DAYS_AGO,
    tier: 'high',
  },
  conditions: { c1: { status: 'met', evidence: [] } },
  suspended: { at: TWO_DAYS_AGO, conditions: ['c1'] },
  heldBackFor: ['c1'],
  lookPutOff: TWO_DAYS_AGO,
  putOff: { 'r-1': '2027-03-02T09:00:00.000Z' },
};

const NOTE = {
  id: 'laws-1',
  country: 'NO',
  looked: 'The laws on privacy.',
  by: 'counsel-1',
  at: TWO_DAYS_AGO,
  until: '2028-03-01',
};

const LISTS = [{ name: 'made-up', sha256: 'a', asOf: TWO_DAYS_AGO }];
const HIT: DealHit = {
  id: 'hit-1',
  list: 'made-up',
  entry: { id: 'MU-1', hash: 'b', name: 'QORVATH', type: 'person', countries: [], addresses: [], programmes: [] },
  matched: 'QORVATH',
  isAlias: false,
  score: 1,
  parts: { name: 1, country: 0, type: 0, address: 0 },
  why: ['The name fits “QORVATH”.'],
  party: { name: details.endUser.name, country: details.destination },
  flag: 'hit-act',
  at: TWO_DAYS_AGO,
};
const SCREENED: Screened = {
  parties: [{ name: details.endUser.name, country: details.destination, lists: LISTS }],
  hits: [HIT],
};

const shared: Filled<Opened> = {
  id: 'D-7K3QXM',
  home: { platform: 'slack', channel: 'C0CLEAR' },
  requester: 'rep-1',
  owned: ['rep-2'],
  owner: 'rep-1',
  openedAt: TWO_DAYS_AGO,
  waitingSince: TWO_DAYS_AGO,
  details,
  policy: 'policy-hash',
  objections: [{ by: 'product-1', at: TWO_DAYS_AGO, reason: 'I never said so', questions: ['L4'] }],
  remarks: [{ of: 'corrected', text: 'I saw the order', by: 'product-1', at: TWO_DAYS_AGO }],
  betweenBy: [{ name: 'Sample Trading', role: 'reseller', by: 'rep-1', at: NOW }],
  putIn: [{ name: 'Sample Trading', role: 'reseller', by: 'product-1', at: TWO_DAYS_AGO, why: 'I saw the order' }],
  counselAsked: { by: 'rep-1', at: TWO_DAYS_AGO },
  laws: NOTE,
  others: {
    ended: [{ deal: 'D-0THER1', how: 'stopped', at: TWO_DAYS_AGO }],
    otherwise: [{ question: 'L4', deal: 'D-0THER2', at: TWO_DAYS_AGO }],
  },
  answers: {
    ...allAnswers(),
    laws: { L4: { value: 'yes', sources: [], basis: { told: 'product-1' }, by: 'rep-1', at: TWO_DAYS_AGO } },
  },
  drafts: {
    record: { 'H-RF1': { value: 'unknown', sources: [] } },
    product: { P3: { value: 'yes', sources: [], by: 'rep-1', at: TWO_DAYS_AGO } },
  },
  changed: ['P4'],
  gapsTakenBack: { 'H-RF4': { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'A report came out' } },
  gaps: {
    'H-RF5': { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'Nobody publishes on it', value: 'no' },
    'H-RF3': {
      by: 'compliance-1',
      at: TWO_DAYS_AGO,
      reason: 'The border is closed',
      value: 'no',
      from: { id: 'gap-1', on: { of: 'country', country: 'NO' }, by: 'compliance-1', until: '2027-09-01' },
    },
  },
  finding: { since: TWO_DAYS_AGO, until: TWO_DAYS_AGO },
  exceptions: { benefit: { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'A hospital' } },
  handOvers: { record: { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO } },
  handedBack: { product: { 'senior-2': { how: 'taken back', by: 'rep-1', at: TWO_DAYS_AGO } } },
  ownFlags: [{ id: 'own-1', title: 'A rumour', by: 'senior-2', at: TWO_DAYS_AGO, status: 'pending', weight: 'heavy' }],
  involved: ['rep-1'],
  team: ['rep-1', 'product-1'],
  round: 2,
  requests: [{ id: 'ask-1', step: 0, round: 2, by: 'senior-1', at: TWO_DAYS_AGO, question: 'Who runs it?' }],
  baseline: { details, answers: {}, ownFlags: [], requests: [] },
  lastCorrection: { by: 'rep-1', at: TWO_DAYS_AGO, reason: 'A typing error' },
  elsewhereUntil: TWO_DAYS_AGO,
  rested: { deal: 'D-7K3QXN', at: TWO_DAYS_AGO, until: TWO_DAYS_AGO },
  formerly: [{ until: TWO_DAYS_AGO, product: details.product, destination: 'SE', endUser: details.endUser }],
  lastVoided: { voters: ['senior-1'], differences: [], at: TWO_DAYS_AGO },
  carried: [
    {
      by: 'compliance-2',
      for: 'compliance-1',
      at: TWO_DAYS_AGO,
      outcome: 'approve-with-conditions',
      rationale: 'Only with a limit.',
      conditions: [condition],
      leftOut: [],
    },
  ],
  pastVotes: [
    { by: 'senior-1', at: TWO_DAYS_AGO, outcome: 'approve', rationale: 'For a year.', conditions: [], leftOut: [] },
  ],
  lastNudge: TWO_DAYS_AGO,
  lastReopened: { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'The end-user changed' },
  reminded: { 'section:record:0:product-1': 2, other: 1 },
  snoozed: { 'section:record:0:product-1': NOW, other: NOW },
  answeringSince: TWO_DAYS_AGO,
  ownedSince: TWO_DAYS_AGO,
  standing: {
    ...approval,
    basis: { details, answers: {}, ownFlags: [], requests: [] },
    since: TWO_DAYS_AGO,
    covers: ['change-1', 'renewal-licence-2027-04-12'],
  },
  reassessed: 1,
  oneCard: true,
  keepsWords: true,
  cardRound: 1,
  renewals: { dates: [{ of: 'licence', on: '2027-04-12', at: TWO_DAYS_AGO }], by: 'rep-1', at: TWO_DAYS_AGO },
  renewalsHeld: { dates: [{ of: 'licence', on: '2027-04-12', at: TWO_DAYS_AGO }], by: 'rep-1', at: TWO_DAYS_AGO },
  reassessments: [{ ...task('change-1'), by: 'rep-1', since: TWO_DAYS_AGO }],
  licence: { licence: 'not-needed', by: 'rep-1', at: TWO_DAYS_AGO, reason: 'They asked for it', since: TWO_DAYS_AGO },
  licenceOpenFirst: TWO_DAYS_AGO,
  alerts: ['alert-1'],
  pastApproval: { at: '2026-01-01T00:00:00.000Z', ended: [] },
  warned: ['alert-1'],
  screened: SCREENED,
  holds: { [dealHold.id]: dealHold },
  recused: [{ by: 'senior-2', at: TWO_DAYS_AGO, reason: 'A cousin works there' }],
  noStake: ['compliance-1'],
  scopeRefused: { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'The catalogue says otherwise' },
  lastSaid: { product: answered({ P1: 'yes' }), record: answered({ 'H-RF1': 'yes' }) },
  was: [
    {
      question: 'P1',
      before: 'yes',
      by: 'rep-1',
      at: TWO_DAYS_AGO,
      until: TWO_DAYS_AGO,
      changedBy: 'rep-1',
      why: 'A mistake',
    },
  ],
  fell: [{ flags: ['H-RF1'], by: 'rep-1', at: TWO_DAYS_AGO, why: 'A mistake' }],
  renamed: [
    { of: 'end-user', before: ['Sample Agency'], until: TWO_DAYS_AGO, changedBy: 'rep-1', why: 'Another name' },
  ],
  corrected: [
    { of: 'end-user', before: ['Sample Agency'], until: TWO_DAYS_AGO, changedBy: 'rep-1', why: 'Another name' },
  ],
  stops: [{ rule: 'embargo', at: TWO_DAYS_AGO, by: 'rep-1' }],
  reopenings: [{ by: 'chief-1', at: TWO_DAYS_AGO, reason: 'A mistake' }],
  reworded: [
    {
      question: 'H-RF5',
      note: 'A militia runs it',
      by: 'product-1',
      at: TWO_DAYS_AGO,
      until: TWO_DAYS_AGO,
      changedBy: 'rep-1',
    },
  ],
  lowered: [{ from: 'high', to: 'low', by: 'compliance-1', at: TWO_DAYS_AGO }],
  stood: [{ of: 'report', why: 'They jam phones', by: 'compliance-1', at: TWO_DAYS_AGO }],
  endedAgainst: [
    {
      of: 'hold',
      why: 'It was misused',
      from: 'compliance-1',
      by: 'compliance-2',
      at: TWO_DAYS_AGO,
      reason: 'Settled',
    },
  ],
  authority: { since: TWO_DAYS_AGO },
  lighterSaid: {
    was: { endUser: 'government', product: { id: 'tracker', name: 'Sample Tracker' } },
    before: [{ endUser: 'government', answers: { P1: 'yes' } }],
    answers: [
      { section: 'product', question: 'P1', answer: { value: 'yes', sources: [], by: 'rep-1', at: TWO_DAYS_AGO } },
    ],
    changes: [{ of: 'answers', by: 'rep-1', at: TWO_DAYS_AGO, why: 'A mistake' }],
    at: TWO_DAYS_AGO,
  },
  lighterKept: {
    answers: [
      { section: 'product', question: 'P4', answer: { value: 'yes', sources: [], by: 'rep-1', at: TWO_DAYS_AGO } },
    ],
    changes: [{ of: 'answers', by: 'rep-1', at: TWO_DAYS_AGO, why: 'A mistake' }],
  },
  lighterConfirmed: {
    answers: [
      { section: 'record', question: 'H-RF1', answer: { value: 'yes', sources: [], by: 'rep-1', at: TWO_DAYS_AGO } },
    ],
    changes: [{ of: 'answers', by: 'rep-1', at: TWO_DAYS_AGO, why: 'A mistake' }],
    by: 'compliance-1',
    at: TWO_DAYS_AGO,
  },
  earlierSaid: { product: answered({ P2: 'yes' }) },
  lighterRefused: { by: 'compliance-1', at: TWO_DAYS_AGO, reason: 'No' },
};

const scopeSaid = {
  reasons: ['It watches nobody'],
  contradicts: ['A country alert stands'],
  rules: ['scope-out'],
  factsHash: 'facts-1',
};

const DEALS: { [S in Status]: Filled<OfStatus<S>> } = {
  answering: { ...shared, status: 'answering', scopeSaid: { ...scopeSaid, by: 'rep-1', at: TWO_DAYS_AGO } },
  'out of scope': {
    ...shared,
    status: 'out of scope',
    reasons: ['It watches nobody'],
    by: 'rep-1',
    at: TWO_DAYS_AGO,
    confirmed: { by: 'compliance-1', at: TWO_DAYS_AGO },
  },
  deciding: {
    ...shared,
    status: 'deciding',
    tier: 'high',
    rule: 'tier-high',
    route: aRoute('high'),
    step: 0,
    votes: [aVote('compliance-1', 0)],
    passed: [],
    counted: { 0: ['compliance-1'] },
    stepSince: TWO_DAYS_AGO,
    tookBack: { 'compliance-2': TWO_DAYS_AGO },
    full: TWO_DAYS_AGO,
    short: true,
  },
  stopped: { ...shared, status: 'stopped', rule: 'prohibited', at: TWO_DAYS_AGO },
  decided: { ...shared, ...approval, status: 'decided' },
  withdrawn: {
    ...shared,
    status: 'withdrawn',
    reason: 'Lost the tender',
    by: 'rep-1',
    at: TWO_DAYS_AGO,
    scopeSaid: { ...scopeSaid, by: 'rep-1', at: TWO_DAYS_AGO },
  },
};

interface Row<T extends DealEventType> {
  event: Omit<Extract<DealEvent, { type: T }>, 'type' | 'at' | 'by'> & { by?: string };
  /** Members that the event may change. */
  about: readonly Member[];
}

const APPROVAL = ['standing', 'pastApproval', 'renewals', 'reassessments', 'licence'] as const;
/** What was said of the licence since becomes a detail again. */
const ENDED = [...APPROVAL, 'details'] as const;
const TEAM = ['involved', 'team'] as const;

/** `by`: a person outside the deal team, unless it names another. */
const ROWS: { [T in DealEventType]: Row<T> } = {
  DealOpened: {
    event: { deal: 'D-0THER0', home: { platform: 'teams', channel: 'x' }, owner: 'chief-1', details, policy: 'other' },
    about: [],
  },
  DetailsCorrected: {
    event: {
      details: { ...details, customer: 'Another', destination: 'SE' },
      reason: 'It was sold',
      fell: ['H-RF3'],
      waits: { endUser: 'government', answers: {} },
      renamed: ['end-user'],
      formerly: true,
    },
    about: [
      'details',
      'lastCorrection',
      'putIn',
      'remarks',
      'elsewhereUntil',
      'formerly',
      'fell',
      'renamed',
      'corrected',
      'lighterSaid',
      'gaps',
      'exceptions',
      'screened',
      ...TEAM,
    ],
  },
  SectionSavedForLater: {
    event: { section: 'product', answers: { P1: { value: 'yes', sources: [] } }, changed: ['P1'], earlier: ['P3'] },
    about: ['drafts', 'changed', 'earlierSaid', ...TEAM],
  },
  SectionAnswered: {
    event: {
      section: 'record',
      answers: answered({ 'H-RF1': 'yes' }),
      heldBy: 'product-1',
      changed: ['H-RF1'],
      earlier: ['H-RF3'],
      earlierSaved: ['H-RF3'],
      lighter: {
        questions: ['H-RF1'],
        flags: ['H-RF1'],
        why: 'It was another product',
        waits: { endUser: 'government', answers: {} },
        keeps: true,
        said: answered({ 'H-RF1': 'no' }),
      },
    },
    about: [
      ...(['answers', 'drafts', 'handOvers', 'handedBack', 'waitingSince'] as const),
      ...([
        'was',
        'fell',
        'lighterSaid',
        'lighterKept',
        'lighterConfirmed',
        'earlierSaid',
        'lastSaid',
        'gaps',
        'changed',
        'exceptions',
        ...TEAM,
      ] as const),
    ],
  },
  SectionHandedOver: {
    event: { section: 'product', handOver: { to: 'senior-2', by: 'rep-1', at: LATER, note: 'Do you know them?' } },
    about: ['remarks', 'handOvers', 'handedBack', 'waitingSince', 'team'],
  },
  HandOverEnded: {
    event: { section: 'record', heldBy: 'product-1' },
    about: ['handOvers', 'handedBack', 'waitingSince', 'team'],
  },
  CounselAsked: { event: {}, about: ['counselAsked'] },
  LawsTaken: { event: { note: { ...NOTE, id: 'laws-2' } }, about: ['laws'] },
  BasisEnded: {
    event: { note: 'laws-1', gaps: ['H-RF5'], words: [{ of: 'product-1', questions: ['H-RF5'] }] },
    about: ['laws', 'gaps', 'answers'],
  },
  SheetMoved: {
    event: {
      sheet: { id: 'country:NO', version: 2, by: 'counsel-1', at: NOW, until: '2028-03-01' },
      answers: { record: answered({ 'H-RF5': 'yes' }) },
    },
    about: ['answers', 'gaps'],
  },
  OthersNoted: {
    event: {
      ended: [{ deal: 'D-0THER3', how: 'declined', at: NOW }],
      otherwise: [],
      more: 2,
      ofProduct: {
        deal: 'D-0THER3',
        by: 'product-1',
        at: NOW,
        sale: NOW,
        product: NOW,
        country: NOW,
        named: NOW,
        company: NOW,
      },
    },
    about: ['others'],
  },
  BasisObjected: {
    event: { by: 'product-1', questions: ['H-RF5'], reason: 'I never said so' },
    about: ['answers', 'objections'],
  },
  FoundOutOfScope: {
    event: {
      reasons: ['It is not made for that'],
      said: { by: 'rep-1', at: LATER },
      confirmed: { by: 'compliance-2', at: LATER },
    },
    about: ['status', 'reasons', 'at', 'confirmed', 'by', 'lighterSaid', 'lighterKept', ...ENDED],
  },
  FoundInScope: { event: { reasons: ['It can watch people'] }, about: ['waitingSince', 'scopeSaid'] },
  ScopeSaid: {
    event: { ...scopeSaid, factsHash: 'facts-2' },
    about: ['status', 'scopeSaid', 'waitingSince'],
  },
  ScopeConfirmed: { event: {}, about: [] },
  ScopeRefused: {
    event: { section: 'scope', reason: 'It has a camera' },
    about: [
      ...(['status', 'answers', 'drafts', 'lastSaid'] as const),
      ...(['scopeSaid', 'scopeRefused', 'answeringSince', 'waitingSince'] as const),
    ],
  },
  LighterConfirmed: {
    event: { lowered: { from: 'high', to: 'low' } },
    about: ['lighterSaid', 'lighterKept', 'lighterConfirmed', 'lowered'],
  },
  LighterRefused: {
    event: { reason: 'The report says otherwise' },
    about: [
      'lighterSaid',
      'lighterKept',
      'lighterRefused',
      'details',
      'elsewhereUntil',
      'formerly',
      'answers',
      'waitingSince',
      'gaps',
      'exceptions',
    ],
  },
  AuthorityNoted: { event: { note: 'Sent today' }, about: ['authority'] },
  FlagRaised: {
    event: { flag: 'own-2', title: 'Another rumour', pending: false, weight: 'heavy' },
    about: ['ownFlags', ...TEAM],
  },
  FlagAdmitted: { event: { flag: 'own-1', weight: 'severe', waited: 'severe' }, about: ['ownFlags'] },
  FlagDismissed: {
    event: { flag: 'own-1', reason: 'Another company', over: [{ of: 'flag', from: ['compliance-2'] }] },
    about: ['ownFlags'],
  },
  FindingOut: { event: { until: LATER }, about: ['finding', 'waitingSince'] },
  FindOutNudged: { event: {}, about: ['finding'] },
  SentOn: { event: {}, about: ['finding'] },
  GapsAccepted: {
    event: { questions: ['H-RF1'], reason: 'Nobody publishes on it', confirm: 'other' },
    about: ['gaps', 'exceptions'],
  },
  GapsTakenBack: {
    event: { questions: ['H-RF5'], reason: 'A report came out', exceptions: ['benefit'] },
    about: ['gaps', 'exceptions', 'gapsTakenBack'],
  },
  DealRouted: {
    event: {
      tier: 'low',
      rule: 'tier-low',
      route: aRoute('low'),
      covers: ['change-2'],
      differences: [{ what: 'answer', id: 'P1', before: 'no', after: 'yes' }],
    },
    about: [
      'cardRound',
      ...(['status', 'tier', 'rule', 'route', 'step', 'votes', 'passed', 'counted', 'stepSince', 'tookBack'] as const),
      ...(['round', 'waitingSince', 'lastVoided', 'standing', 'full', 'short'] as const),
    ],
  },
  DealStopped: {
    event: { rule: 'embargo', factsHash: 'facts-2', because: ['K1'], notify: true },
    about: ['status', 'rule', 'at', 'waitingSince', 'stops', ...ENDED],
  },
  VoteCast: {
    event: {
      by: 'senior-1',
      step: 0,
      factsHash: 'facts-1',
      ballot: {
        outcome: 'approve',
        flags: {},
        conditions: [],
        rationale: 'The use is narrow and agreed.',
        noStake: true,
      },
    },
    about: ['votes', 'baseline', 'noStake'],
  },
  HeardElsewhere: { event: { deals: ['D-0THER0'] }, about: [] },
  SeatsNoted: { event: { calls: [], gone: ['senior-1'] }, about: ['full', 'short'] },
  VoteTakenBack: { event: { by: 'compliance-1', step: 0 }, about: ['votes', 'tookBack', 'carried', 'pastVotes'] },
  Recused: { event: { by: 'compliance-1', reason: 'I own shares' }, about: ['remarks', 'votes', 'recused'] },
  VotesVoided: {
    event: {
      voters: ['compliance-1'],
      differences: [],
      factsHash: 'facts-2',
      discarded: [
        { by: 'compliance-1', at: NOW, outcome: 'decline', rationale: 'It is not safe.', conditions: [condition] },
      ],
    },
    about: ['votes', 'lastVoided', 'carried', 'pastVotes'],
  },
  InformationAsked: {
    event: { request: 'ask-2', step: 0, question: 'How many?' },
    about: ['requests', 'waitingSince'],
  },
  InformationGiven: {
    event: { request: 'ask-1', text: 'We do.', sources: [] },
    about: ['requests', 'waitingSince', ...TEAM],
  },
  InformationTakenBack: { event: { request: 'ask-1' }, about: ['requests', 'waitingSince', 'stepSince'] },
  QuestionsReopened: {
    event: { sections: ['record'] },
    about: ['status', 'scopeSaid', 'answeringSince', 'waitingSince'],
  },
  StepCompleted: {
    event: { step: 0, group: 'compliance', outcome: 'passed', counted: ['compliance-1', 'compliance-2'] },
    about: ['step', 'passed', 'counted', 'stepSince', 'tookBack', 'full', 'waitingSince'],
  },
  DealDecided: {
    event: { outcome: 'approved', conditions: [], tier: 'high' },
    about: ['status', 'decision', 'conditions', 'carried', 'pastVotes', 'lighterSaid', ...APPROVAL],
  },
  DealWithdrawn: { event: { reason: 'Too dear' }, about: ['remarks', 'status', 'reason', 'by', 'at', ...ENDED] },
  DealReopened: {
    event: {
      reason: 'A report came in',
      askAgain: ['product'],
      from: 'stopped',
      over: [{ of: 'decline', why: 'It is a front', from: 'compliance-2' }],
    },
    about: [
      'remarks',
      ...(['status', 'answers', 'drafts', 'lastSaid', 'answeringSince', 'waitingSince'] as const),
      ...([
        'scopeSaid',
        'lastReopened',
        'reopenings',
        'endedAgainst',
        'stops',
        'gaps',
        'exceptions',
        'finding',
        'screened',
        ...ENDED,
      ] as const),
    ],
  },
  OwnerReassigned: {
    event: { to: 'senior-2', reason: 'On leave' },
    about: ['owner', 'ownedSince', 'waitingSince', 'remarks', ...TEAM],
  },
  FlagsAskedAgain: { event: { flagsAgain: ['own-1'] }, about: ['ownFlags'] },
  LighterAskedAgain: { event: { questions: ['H-RF1'], over: 'words' }, about: ['lighterKept', 'lighterConfirmed'] },
  Nudged: { event: { people: ['rep-1'] }, about: ['lastNudge'] },
  RecordExported: { event: { format: 'json' }, about: [] },
  Reminded: {
    event: {
      duty: 'section:record:0:product-1',
      owed: { kind: 'section', section: 'record' },
      stage: 3,
      of: 'reminder',
      to: ['product-1'],
    },
    about: ['reminded', 'snoozed'],
  },
  Snoozed: {
    event: { duty: 'section:record:0:product-1', owed: { kind: 'section', section: 'record' }, until: LATER },
    about: ['reminded', 'snoozed'],
  },
  ConditionMet: { event: { condition: 'c1', text: 'Signed', sources: [] }, about: ['standing', 'conditions'] },
  ConditionHandedOver: {
    event: { condition: 'c1', to: 'product-1', reason: 'She runs it' },
    about: ['remarks', 'standing', 'conditions'],
  },
  ConditionAccepted: { event: { condition: 'c1' }, about: ['standing', 'conditions'] },
  ConditionReturned: {
    event: { condition: 'c1', reason: 'No date' },
    about: ['remarks', 'standing', 'conditions', 'heldBackFor'],
  },
  DealSuspended: {
    event: { conditions: ['c2'], why: 'Limit use' },
    about: ['standing', 'suspended', 'heldBackFor', 'stood'],
  },
  SuspensionLifted: {
    event: { reason: 'Signed and on its way', why: 'Limit use' },
    about: ['standing', 'suspended', 'endedAgainst'],
  },
  RenewalsSet: {
    event: { dates: [{ of: 'contract', on: '2028-01-01' }], reason: 'It moved' },
    about: ['remarks', 'renewals'],
  },
  LicenceSet: {
    event: { licence: 'granted', reason: 'No. 12 of 3 March', judged: true },
    about: ['remarks', 'details', 'licence', 'licenceOpenFirst'],
  },
  ReassessmentRequired: {
    event: { task: task('change-2'), alert: 'alert-2', stays: true },
    about: ['reassessments', 'alerts', 'stood'],
  },
  ChangeTakenBack: { event: { task: 'change-1', reason: 'Another customer' }, about: ['reassessments'] },
  ReassessmentStarted: {
    event: { tasks: ['change-1'], askAgain: ['product'] },
    about: [
      ...(['status', 'standing', 'reassessed', 'answers', 'drafts', 'details'] as const),
      ...(['baseline', 'lastVoided', 'answeringSince', 'waitingSince', 'gaps', 'exceptions', 'finding'] as const),
    ],
  },
  PartyScreened: { event: { party: HIT.party, lists: LISTS, hits: [{ ...HIT, id: 'hit-2' }] }, about: ['screened'] },
  HoldNoted: { event: { hold: { ...dealHold, id: 'hold-9' } }, about: ['holds'] },
  HoldEnded: {
    event: { hold: dealHold.id, reason: 'Nothing was found', lifted: 'chief-1', why: 'It was misused' },
    about: ['holds', 'endedAgainst'],
  },
  AlertNoted: { event: { alert }, about: ['warned'] },
  AlertEnded: {
    event: { alert: 'alert-1', reason: 'It is quiet again', ended: 'compliance-1', why: 'A coup' },
    about: ['warned', 'endedAgainst'],
  },
};

const TYPES = Object.keys(ROWS) as DealEventType[];
const STATUSES = Object.keys(DEALS) as Status[];

const happened = (type: DealEventType): DealEvent =>
  ({ by: 'senior-2', ...ROWS[type].event, type, at: LATER }) as DealEvent;

/** A deal of every status, before and after. */
const afterwards = (type: DealEventType): { was: OpenedDeal; now: OpenedDeal }[] =>
  STATUSES.map((status) => ({ was: DEALS[status], now: evolve(DEALS[status], happened(type)) as OpenedDeal }));

const members = (deal: OpenedDeal): Member[] =>
  Object.entries(deal).flatMap(([member, value]) => (value === undefined ? [] : [member as Member]));

const valueOf = (deal: OpenedDeal, member: Member): unknown => (deal as Partial<Record<Member, unknown>>)[member];

/** Members changed or removed. A change of status takes those of the old one and brings those of the new one. */
const changes = ({ was, now }: { was: OpenedDeal; now: OpenedDeal }): Member[] =>
  members(was).filter((member) => {
    if (was.status !== now.status && !(member in shared) && !(member in DEALS[now.status])) return false;
    return JSON.stringify(valueOf(was, member)) !== JSON.stringify(valueOf(now, member));
  });

describe.each(TYPES)('%s', (type) => {
  it('changes nothing but what it is about', () => {
    for (const pair of afterwards(type)) {
      const others = changes(pair).filter((member) => !ROWS[type].about.includes(member));
      expect(others, `${pair.was.status} → ${pair.now.status}`).toEqual([]);
    }
  });

  it('changes what it is about', () => {
    const changed = new Set(
      afterwards(type).flatMap((pair) => [
        ...changes(pair),
        ...members(pair.now).filter((member) => !(member in pair.was)),
      ]),
    );
    expect(ROWS[type].about.filter((member) => !changed.has(member))).toEqual([]);
  });

  it('leaves no member of another status behind', () => {
    for (const { was, now } of afterwards(type)) {
      const strangers = members(now).filter((member) => !(member in DEALS[now.status]));
      expect(strangers, `${was.status} → ${now.status}`).toEqual([]);
    }
  });
});
