/** Somebody said something against a deal, one officer set it aside, and the other one is gone: nobody judges over their own word alone. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { refusal } from '../../../../flows/deal/rights/access.ts';
import { standingOf, waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, tick, TIMED, toldOf } from '../../../support/ticking.ts';

const WORDS = 'Their director told me that they will find union members';
const APART: DealContext = { ...TIMED, policy: { ...TIMED.policy, managerAlone: false } };
const dismissed = (context: DealContext = APART): Story => {
  const raised = story(answeredDeal(), context).and('product-1', { type: 'RaiseFlag', title: WORDS });
  const [{ id } = { id: '' }] = raised.view.deal.ownFlags;
  return raised.and('compliance-1', { type: 'DismissFlag', flag: id, reason: 'A rumour, and nobody else says so' });
};
const recuses = { type: 'Recuse', reason: 'My brother works there as a guard' } as const;
const deciding = ({ view }: Pick<Story, 'view'>): DecidingDeal => {
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

  it('tells the chief so, and why', () => {
    expect(toldOf(noticesBetween(dismissed(), left), 'review wanted')).toContain('chief-1');
    const target = { to: 'person', person: 'chief-1' } as const;
    const words = ({ view }: Pick<Story, 'view'>): string =>
      JSON.stringify(factCard(view, { fact: 'review wanted', step: deciding({ view }).step }, {}, target));
    expect(words(left)).toContain('set aside what others said against the deal, so the chief votes there, too');
    expect(words(dismissed())).not.toContain('the chief votes there');
  });

  it('shows the chief the flag, and why it was dismissed', () => {
    const shown = JSON.stringify(reviewForm(left.view, 0, startReview(left.view, 0)!, 1));
    expect(shown).toContain(WORDS);
    expect(shown).toContain('A rumour');
  });

  it('completes nothing where the colleague leaves after the vote, however long it rests', () => {
    const voted = dismissed().vote('compliance-1').and('compliance-2', recuses);
    expect(waitingFor(voted.view).people).toEqual(['chief-1']);
    expect(tick(voted, '2027-03-20T09:00:00.000Z').view.deal.status).toBe('deciding');
  });

  it('asks the chief as soon as the only officer dismisses a flag', () => {
    const { organisation } = APART;
    const groups = organisation.groups.map((g) => (g.id === 'compliance' ? { ...g, members: ['compliance-1'] } : g));
    const raised = story(answeredDeal(), { ...APART, organisation: { ...organisation, groups } }).and('product-1', {
      type: 'RaiseFlag',
      title: WORDS,
    });
    const [{ id } = { id: '' }] = raised.view.deal.ownFlags;
    const alone = raised.and('compliance-1', { type: 'DismissFlag', flag: id, reason: 'A rumour, no more than that' });
    expect(waitingFor(alone.view).people).toContain('chief-1');
    expect(toldOf(noticesBetween(raised, alone), 'review wanted')).toContain('chief-1');
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

describe('the only colleague who set nothing aside is away', () => {
  const { organisation } = awayIn({ 'compliance-2': ['rep-1', '2027-02-20', '2027-03-20'] });
  const away = dismissed({ ...APART, organisation });

  it('calls in the chief, whose vote decides', () => {
    expect(waitingFor(away.view).people).toContain('chief-1');
    expect(away.vote('chief-1').view.deal.status).toBe('decided');
  });

  it('keeps the vote of the chief in a step of two votes, once that colleague is back', () => {
    const steps = [{ group: 'compliance', quorum: 2, including: [] }];
    const routeFor: DealContext['policy']['routeFor'] = (tier) => ({ ...APART.policy.routeFor(tier), steps });
    const two = dismissed({ ...APART, organisation, policy: { ...APART.policy, routeFor } });
    const back = tick(two.vote('chief-1'), '2027-03-25T09:00:00.000Z');
    expect(refusal(back.view, 'chief-1', 'take vote back')).toBeUndefined();
    expect(standingOf(back.view, deciding(back)).counted.map(({ by }) => by)).toEqual(['chief-1']);
  });
});
