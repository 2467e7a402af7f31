import { describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { conditionsCard } from '../../../blocks/cards/conditions.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { sectionCard } from '../../../blocks/cards/section.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { aDeal, aDecidingDeal, allAnswers, aView, aVote, NOW, TWO_DAYS_AGO } from '../../support/deal-builders.ts';
import { actionsOf, plain } from './plain.ts';

const { tier, step: _step, votes: _votes, passed: _passed, ...routed } = aDecidingDeal();
const everyStatus: Record<OpenedDeal['status'], OpenedDeal> = {
  answering: aDeal({
    drafts: { product: { P1: { value: 'yes', sources: [] } } },
    handOvers: { product: { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO } },
  }),
  'out of scope': {
    ...aDeal({ answers: allAnswers({ G1: 'no' }) }),
    status: 'out of scope',
    reasons: ['Sample reason'],
    by: 'rep-1',
    at: NOW,
  },
  deciding: aDecidingDeal({
    votes: [aVote('compliance-1', 0)],
    requests: [{ id: 'ask-1', step: 0, round: 1, by: 'compliance-1', at: NOW, question: 'Who operates it?' }],
  }),
  stopped: { ...aDeal({ answers: allAnswers() }), status: 'stopped', rule: 'tier-low', at: NOW },
  decided: {
    ...routed,
    status: 'decided',
    decision: { outcome: 'approved', votes: [aVote('compliance-1', 0)], conditions: [], at: NOW, tier },
  },
  withdrawn: { ...aDeal(), status: 'withdrawn', reason: 'Lost the tender', by: 'rep-1', at: NOW },
};

/** Buttons and forms of the router, with the form of each value. */
const ROUTED: Record<string, RegExp> = {
  'deal.answer': /^D-7K3QXM\/(scope|product|record)$/,
  'deal.hand-over': /^D-7K3QXM\/(scope|product|record)$/,
  'deal.take-section-back': /^D-7K3QXM\/(scope|product|record)$/,
  'deal.raise-flag': /^D-7K3QXM$/,
  'deal.why': /^D-7K3QXM$/,
  'deal.answers': /^D-7K3QXM$/,
  'deal.dossier': /^D-7K3QXM$/,
  'deal.review': /^D-7K3QXM\/[01]$/,
  'deal.take-vote-back': /^D-7K3QXM\/[01]$/,
  'deal.give-information': /^D-7K3QXM\/ask-1$/,
  'deal.take-question-back': /^D-7K3QXM\/ask-1$/,
  'deal.nudge': /^D-7K3QXM$/,
  'deal.more': /^D-7K3QXM$/,
  'deal.reopen': /^D-7K3QXM$/,
  'deal.something-changed': /^D-7K3QXM$/,
  'deal.licence': /^D-7K3QXM$/,
  'deal.renewals': /^D-7K3QXM$/,
};

describe.each(Object.values(everyStatus))('a deal that is $status', (deal) => {
  const view = aView(deal);
  const cards: Record<string, () => Card> = {
    root: () => rootCard(view),
    status: () => statusCard(view),
    'scope section': () => sectionCard(view, 'scope'),
    'product section': () => sectionCard(view, 'product'),
    'record section': () => sectionCard(view, 'record'),
    'first review': () => reviewCard(view, 0),
    'second review': () => reviewCard(view, 1),
    conditions: () => conditionsCard(view),
  };

  it.each(Object.entries(cards))('%s card can be read and pressed', (_name, make) => {
    const card = make();
    expect(plain(card).split('\n').length).toBeGreaterThan(1);
    expect(plain(card)).not.toMatch(/undefined|\[object|NaN/);
    for (const { name, value, accessibleLabel } of actionsOf(card)) {
      expect(value).toMatch(ROUTED[name] ?? /never/);
      expect(accessibleLabel?.length ?? 0).toBeLessThanOrEqual(75);
    }
    const pressed = actionsOf(card).map(({ name, value }) => `${name} ${value}`);
    expect(new Set(pressed).size).toBe(pressed.length);
  });
});
