/** Somebody said something against a deal, one officer set it aside, and the other one is gone: nobody judges over their own word alone. */

import { describe, expect, it } from 'vitest';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { refusal } from '../../../../flows/deal/rights/access.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const WORDS = 'Their director told me that they will find union members';
const APART: DealContext = { ...TIMED, policy: { ...TIMED.policy, managerAlone: false } };
const dismissed = (context: DealContext = APART): Story => {
  const raised = story(answeredDeal(), context).and('product-1', { type: 'RaiseFlag', title: WORDS });
  const [{ id } = { id: '' }] = raised.view.deal.ownFlags;
  return raised.and('compliance-1', { type: 'DismissFlag', flag: id, reason: 'A rumour, and nobody else says so' });
};
const recuses = { type: 'Recuse', reason: 'My brother works there as a guard' } as const;
const deciding = ({ view }: Story): DecidingDeal => {
  if (view.deal.status !== 'deciding') throw new Error(view.deal.status);
  return view.deal;
};

describe('an officer dismissed a flag, and the other one recused themself', () => {
  const left = dismissed().and('compliance-2', recuses);

  it('calls in the chief: one vote of somebody who set nothing aside is needed', () => {
    expect(waitingFor(left.view).people).toContain('chief-1');
    expect(missingWords(left.view, deciding(left))).toContain('did not dismiss a flag');
    expect(refusal(left.view, 'chief-1', 'vote')).toBeUndefined();
    const alone = left.vote('compliance-1');
    expect(alone.view.deal.status).toBe('deciding');
    expect(alone.vote('chief-1').view.deal.status).toBe('decided');
    expect(left.vote('chief-1').view.deal.status).toBe('decided');
  });

  it('tells the chief so', () => {
    expect(toldOf(noticesBetween(dismissed(), left), 'review wanted')).toContain('chief-1');
  });

  it('shows the chief the flag, and why it was dismissed', () => {
    const shown = JSON.stringify(reviewForm(left.view, 0, startReview(left.view, 0)!, 1));
    expect(shown).toContain(WORDS);
    expect(shown).toContain('A rumour');
  });

  it('leaves it to who is left where the chief is recused, too', () => {
    const gone = left.and('chief-1', recuses);
    expect(waitingFor(gone.view).people).toEqual(['compliance-1']);
    expect(gone.vote('compliance-1').view.deal.status).toBe('decided');
  });
});

describe('who is not called in', () => {
  it('is the chief while a colleague is here', () => {
    const { view } = dismissed();
    expect(waitingFor(view).people).not.toContain('chief-1');
    expect(refusal(view, 'chief-1', 'vote')).toMatch(/not in that group/);
  });

  it('is the chief where nothing was set aside', () => {
    const { view } = story(answeredDeal(), APART).and('compliance-2', recuses);
    expect(waitingFor(view).people).toEqual(['compliance-1']);
    expect(refusal(view, 'chief-1', 'vote')).toMatch(/not in that group/);
  });
});

it('counts the vote of a chief who was called in while a colleague was away', () => {
  const { organisation } = awayIn({ 'compliance-2': ['rep-1', '2027-02-20', '2027-03-20'] });
  const away = dismissed({ ...APART, organisation });
  expect(waitingFor(away.view).people).toContain('chief-1');
  const voted = away.vote('chief-1');
  expect(voted.view.deal.status).toBe('decided');
});
