/** What the three sample deals say. Nobody and nothing in them is real; their countries have no inhabitants. */

import type { Ballot, DealDetails } from '../../../flows/deal/deal.ts';
import type { FactValue, QuestionId, SectionId } from '../../../flows/policy/policy.ts';

export interface SampleDeal {
  details: DealDetails;
  /** Sections that are answered. An answer that is not given here is the better one, on a sample source. */
  sections: readonly (readonly [SectionId, Readonly<Record<QuestionId, FactValue>>])[];
  /** The section that is handed to a colleague, who has not answered it yet. */
  handedOver?: { section: SectionId; to: string; note: string };
  /** Votes, in their order. `dueInDays`: of the conditions, counted from today. */
  votes: readonly {
    by: string;
    ballot: Omit<Ballot, 'flags' | 'conditions'>;
    conditions?: readonly SampleCondition[];
  }[];
}

export interface SampleCondition {
  text: string;
  owner: string;
  dueInDays: number;
}

export const SAMPLE_REP = 'rep-1';
export const SAMPLE_COUNSEL = 'counsel-1';
export const SAMPLE_SOURCE = { name: 'Sample country report', year: 2026, url: 'https://reports.example.org/sample' };

export const SAMPLE_WEIGHING: NonNullable<Ballot['weighing']> = {
  leverage: 'some',
  crucial: 'replaceable',
  scale: 'slight',
  scope: 'up-to-1000',
  irremediability: 'undone',
  ending: 'no-harm',
};

/** Its compliance has voted: a senior approver is waited for. */
const waiting: SampleDeal = {
  details: {
    customer: 'Sample Harbour Networks',
    product: { id: 'data-analytics', name: 'Sample data analytics' },
    destination: 'GS',
    endUser: { name: 'Sample Harbour Networks', kind: 'state-tied' },
    intermediaries: [],
    valueBand: '250k-1m',
    exportLicence: 'pending',
  },
  sections: [
    ['scope', { 'G1-capability': 'yes' }],
    ['product', { P2: 'yes', P6: 'yes', 'P6-rights': ['privacy'], 'P6-how': 'By learning who calls whom.' }],
    ['end-user', { G11: ['privacy'] }],
    ['laws', { 'L-RF7': 'yes', 'L-RF8-control': 'yes' }],
    ['stakeholders', { S1: 'Plan the capacity of its network.', S3: 'yes' }],
    ['context', { G8: 'yes', G10: 'linked' }],
  ],
  votes: [
    {
      by: 'compliance-1',
      ballot: {
        outcome: 'approve',
        rationale: 'The contract limits what is analysed, and the answers stand on sources.',
        weighing: SAMPLE_WEIGHING,
        noStake: true,
      },
    },
  ],
};

/** Two red flags so far; the laws wait for a colleague, the rest for the rep. */
const answering: SampleDeal = {
  details: {
    customer: 'Sample Border Integrator',
    product: { id: 'facial-recognition', name: 'Sample facial recognition' },
    destination: 'TF',
    endUser: { name: 'Sample Border Police', kind: 'security' },
    intermediaries: [{ name: 'Sample Border Integrator', role: 'reseller' }],
    valueBand: '1m-10m',
    exportLicence: 'not-determined',
  },
  sections: [
    ['scope', { 'G1-capability': 'yes' }],
    [
      'product',
      {
        P1: 'yes',
        P2: 'yes',
        P6: 'yes',
        'P6-rights': ['privacy', 'assembly'],
        'P6-how': 'By following people who protest.',
        'P-RF1': 'yes',
        'P-RF1-forms': ['dissent'],
      },
    ],
    ['end-user', { 'H2-whom': 'The embassy, which knows of the reports.', 'H-RF4': 'yes', G11: ['dissent'] }],
  ],
  handedOver: { section: 'laws', to: 'legal-adviser-1', note: 'Could you look at the laws there, please?' },
  votes: [],
};

/** Approved; its condition is the rep's to keep within days. */
const approved: SampleDeal = {
  details: {
    customer: 'Sample Island Election Office',
    product: { id: 'network-protection', name: 'Sample network protection' },
    destination: 'UM',
    endUser: { name: 'Sample Island Election Office', kind: 'government' },
    intermediaries: [],
    valueBand: '50k-250k',
    exportLicence: 'not-needed',
  },
  sections: [
    ['scope', { 'G1-capability': 'yes' }],
    ['product', {}],
    ['end-user', {}],
    ['laws', {}],
    ['stakeholders', { S1: 'Protect the counting of votes against attacks.' }],
    ['context', { G8: 'yes' }],
  ],
  votes: [
    {
      by: 'compliance-1',
      ballot: {
        outcome: 'approve-with-conditions',
        rationale: 'It protects a vote. The limits on use belong in the contract.',
        noStake: true,
      },
      conditions: [{ text: 'Put the limits on use into the contract', owner: SAMPLE_REP, dueInDays: 3 }],
    },
  ],
};

export const SAMPLE_DEALS: Readonly<Record<string, SampleDeal>> = { approved, answering, waiting };
