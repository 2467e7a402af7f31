import { describe, expect, it } from 'vitest';
import { factCard } from '../../../blocks/cards/facts.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { aDecidingDeal, anOrganisation, aView, aVote } from '../../support/deal-builders.ts';
import { everyStatus, reminderOf } from '../../support/every-deal.ts';
import { plain } from './plain.ts';

const away = (deal: OpenedDeal, delegate = 'product-1'): DealView =>
  aView(deal, {
    organisation: anOrganisation({
      absences: [{ person: 'compliance-1', delegate, from: '2027-03-01', until: '2027-03-19' }],
    }),
  });
const acting = { for: 'compliance-1', until: '2027-03-19' };
const vote = { ...aVote('product-1', 0), for: 'compliance-1' };

describe('whoever stands in', () => {
  it('is named wherever an approver who is away is waited for, if they can vote', () => {
    const says = '@compliance-1 (@product-1 can vote for @compliance-1, who is away)';
    expect(plain(rootCard(away(aDecidingDeal())))).toContain(`Waiting for ${says}`);
    expect(plain(reviewCard(away(aDecidingDeal()), 0))).toContain(
      'Sample Compliance (Sample Product Manager can vote for Sample Compliance, who is away): please review this deal and vote.',
    );
    // The rep is on the deal.
    expect(plain(reviewCard(away(aDecidingDeal(), 'rep-1'), 0))).toContain('Sample Compliance: please review');
  });
  it.each(['section', 'information', 'votes', 'condition', 'evidence'] as const)('is told why: %s', (kind) => {
    const { deal, fact } = reminderOf(kind, kind === 'condition' ? 'overdue' : 'reminder');
    const card = plain(factCard(aView(deal), fact, {}, { to: 'person', person: 'product-1', acting }));
    expect(card).toContain('You get this because you act for @compliance-1 until 19 March 2027.');
    expect(card).toContain('for @compliance-1');
    expect(card).not.toMatch(/your vote is missing|is yours to/);
  });
  it('is on every card of their vote beside whom they voted for, and in the dossier', () => {
    const deal = aDecidingDeal({ step: 1, passed: [0], votes: [vote] });
    const both = '@product-1, for @compliance-1';
    expect(plain(reviewCard(aView(deal), 0))).toContain(`${both}: approve`);
    expect(
      plain(factCard(aView(deal), { fact: 'vote cast', step: 0, by: 'product-1' }, {}, { to: 'thread' })),
    ).toContain(`${both}, voted in`);
    const voided = aDecidingDeal({
      lastVoided: {
        voters: ['product-1'],
        seats: { 'product-1': 'compliance-1' },
        at: '2027-03-11T09:00:00.000Z',
        differences: [],
      },
    });
    expect(plain(reviewCard(aView(voided), 0))).toContain(`No longer counted: the vote of ${both}.`);
    expect(markdownOf(dossier(aView(deal), { commits: [] }))).toContain(
      'Sample Product Manager, for Sample Compliance, step 1: Approve',
    );
    const decided = everyStatus.decided;
    if (decided.status !== 'decided') throw new Error('it is decided');
    const outcome = { ...decided, decision: { ...decided.decision, votes: [vote] } };
    expect(plain(factCard(aView(outcome), { fact: 'decided' }, {}, { to: 'thread' }))).toContain(`${both}, in`);
  });
});
