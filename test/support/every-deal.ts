/** A deal in every status, and every fact with a deal in which it can happen. */
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { Fact } from '../../flows/notices.ts';
import { aDeal, aDecidingDeal, allAnswers, answered, aVote, NOW, TWO_DAYS_AGO } from './deal-builders.ts';

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

export const everyStatus: Record<OpenedDeal['status'], OpenedDeal> = {
  answering: aDeal({
    answers: { scope: answered({ G1: 'yes' }) },
    drafts: { product: { P1: { value: 'yes', sources: [] } } },
    handOvers: { product: { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO, note: 'You built it' } },
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
  decided: {
    ...routed,
    status: 'decided',
    decision: {
      outcome: 'approved with conditions',
      votes: [aVote('compliance-1', 0), conditional, aVote('senior-2', 1)],
      conditions: [condition],
      at: NOW,
      tier,
    },
  },
  withdrawn: { ...aDeal(), status: 'withdrawn', reason: 'Lost the tender', by: 'rep-1', at: NOW },
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
};
