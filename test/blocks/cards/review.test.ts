import { describe, expect, it } from 'vitest';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { replacedCard } from '../../../blocks/cards/status.ts';
import { aDeal, aDecidingDeal, aView, aVote, NOW } from '../../support/deal-builders.ts';
import { carrying } from '../../support/every-deal.ts';
import { plain, presses } from './plain.ts';

const second = aDecidingDeal({
  step: 1,
  passed: [0],
  votes: [aVote('compliance-1', 0), aVote('senior-1', 1, { rationale: 'The safeguards answer the risk.' })],
});

describe('review card of the open step', () => {
  it('asks exactly those who can vote', () => {
    const text = plain(reviewCard(aView(aDecidingDeal()), 0));
    expect(text).toContain('# Review: Compliance (step 1 of 2)');
    expect(text).toContain('Sample Compliance: please review this deal and vote.');
    expect(text).toContain('Tier: High: serious warning signs');
    expect(text).toContain('1 red flag: Reported misuse (severe).');
    expect(text).toContain('Votes: 0 of 1 vote');
  });

  it('offers to take a vote back only when there is one', () => {
    expect(presses(reviewCard(aView(aDecidingDeal()), 0))).toEqual(['deal.review D-7K3QXM/0', 'deal.why D-7K3QXM']);
    expect(presses(reviewCard(aView(second), 1))).toContain('deal.take-vote-back D-7K3QXM/1');
  });

  it('shows the votes so far and what is missing', () => {
    const text = plain(reviewCard(aView(second), 1));
    expect(text).toContain('Sample Counsel: please review');
    expect(text).toContain('1 of 2 votes, at least 1 of them from Counsel. Still needed: 1 more vote from Counsel');
    expect(text).toContain('- @senior-1: approve. “The safeguards answer the risk.”');
  });

  it('shows open information requests with a way to answer', () => {
    const request = { id: 'ask-1', step: 0, round: 1, by: 'compliance-1', at: NOW, question: 'Who operates it?' };
    const card = reviewCard(aView(aDecidingDeal({ requests: [request] })), 0);
    expect(plain(card)).toContain('@compliance-1 asks @rep-1: “Who operates it?”');
    expect(presses(card)).toContain('deal.give-information D-7K3QXM/ask-1');
    const done = { ...request, answer: { by: 'rep-1', at: NOW, text: 'We do.', sources: [] } };
    expect(plain(reviewCard(aView(aDecidingDeal({ requests: [done] })), 0))).not.toContain('Who operates it?');
  });

  it('shows exactly what changed after votes were voided', () => {
    const lastVoided = {
      voters: ['senior-1', 'counsel-1'],
      at: NOW,
      differences: [
        { what: 'answer' as const, id: 'H-RF3', before: 'No', after: 'Yes' },
        { what: 'flag' as const, id: 'H-RF3', before: 'not there', after: 'moderate' },
        { what: 'details' as const, id: 'endUser', before: 'A', after: '' },
      ],
    };
    const text = plain(reviewCard(aView(aDecidingDeal({ lastVoided })), 0));
    expect(text).toContain('Facts changed on 12 March 2027. No longer counted: the votes of @senior-1 and @counsel-1.');
    expect(text).toContain('- Is there a conflict in the region? Was: No. Now: Yes.');
    expect(text).toContain('- Flag: Conflict in the region. Was: not there. Now: Moderate.');
    expect(text).toContain('- End-user. Was: “A”. Now: nothing.');
  });

  it('says that a withdrawal discarded votes, and what they asked for, also after the deal was reopened', () => {
    const lastReopened = { by: 'rep-1', at: NOW, reason: 'New facts' };
    const text = plain(reviewCard(aView({ ...carrying, lastReopened, round: 2 }), 0));
    expect(text).toContain(
      'The deal was withdrawn on 10 March 2027. No longer counted: the votes of @compliance-1; @senior-1, for @senior-2.',
    );
    expect(text).not.toContain('What is different');
    expect(text).toContain('- Sample condition c1 to keep. Owner: @rep-1');
    expect(text).toContain('Asked for by @senior-2.');
  });

  it('says since when a question holds the step, with both ways out', () => {
    const card = reviewCard(aView(carrying), 0);
    expect(plain(card)).toContain('Held by the question of @compliance-1 since 12 March 2027');
    expect(presses(card)).toEqual(
      expect.arrayContaining(['deal.give-information D-7K3QXM/ask-1', 'deal.take-question-back D-7K3QXM/ask-1']),
    );
  });

  it('stays within what a chat can show, however many questions are open', () => {
    const [asked] = carrying.requests;
    if (!asked) throw new Error('nothing was asked');
    const requests = Array.from({ length: 40 }, (_, i) => ({ ...asked, id: `ask-${i}` }));
    const card = reviewCard(aView({ ...carrying, requests }), 0);
    expect(card.blocks.length).toBeLessThan(40);
    expect(plain(card)).toContain('And 35 more questions, shown here when one is settled.');
    expect(presses(card)).toContain('deal.take-question-back D-7K3QXM/ask-0');
  });

  it('shows a question of an earlier step or round that still holds, and none that was taken back', () => {
    const [asked] = carrying.requests;
    if (!asked) throw new Error('nothing was asked');
    const shown = (request: typeof asked): string =>
      plain(reviewCard(aView(aDecidingDeal({ round: 3, step: 0, requests: [request] })), 0));
    expect(shown({ ...asked, step: 1, round: 1 })).toContain('Who operates it?');
    expect(shown({ ...asked, takenBack: { by: 'chief-1', at: NOW } })).not.toContain('Who operates it?');
  });

  it('forgets differences from before the deal was reopened', () => {
    const lastVoided = { voters: ['senior-1'], at: '2027-03-01T00:00:00.000Z', differences: [] };
    const alone = plain(reviewCard(aView(aDecidingDeal({ lastVoided })), 0));
    expect(alone).toContain('No answer changed, but what stands beside them did');
    expect(alone).not.toContain('What is different:');
    const lastReopened = { by: 'rep-1', at: '2027-03-02T00:00:00.000Z', reason: 'New facts' };
    expect(plain(reviewCard(aView(aDecidingDeal({ lastVoided, lastReopened })), 0))).not.toContain('Facts changed');
  });
});

describe('review card of a step that is not open', () => {
  it('shows the result without a Review button', () => {
    const card = reviewCard(aView(second), 0);
    expect(plain(card)).toContain('This step is complete: passed.');
    expect(plain(card)).toContain('- @compliance-1: approve.');
    expect(presses(card)).toEqual(['deal.why D-7K3QXM']);
  });

  it('says which step comes first', () => {
    expect(plain(reviewCard(aView(aDecidingDeal()), 1))).toContain(
      'Not open yet. Compliance (step 1 of 2) comes first.',
    );
  });

  it('ends when the deal goes elsewhere', () => {
    const withdrawn = { ...aDeal({ round: 1 }), status: 'withdrawn', reason: 'x', by: 'rep-1', at: NOW } as const;
    expect(plain(reviewCard(aView(withdrawn), 0))).toContain('@rep-1 withdrew the deal');
    expect(plain(reviewCard(aView(aDeal({ round: 1 })), 0))).toContain('questions are open again');
  });

  it("leads from an earlier round's card to the newer one", () => {
    const card = replacedCard(aView(aDecidingDeal({ round: 2 })));
    expect(plain(card)).toContain('The newer card below counts.');
    expect(presses(card)).toEqual([]);
  });
});
