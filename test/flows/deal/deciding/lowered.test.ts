/** Whoever confirms that a deal is lighter, so that its tier falls, does not approve it alone after that. */

import { describe, expect, it } from 'vitest';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { reviewPages, startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { answerLighter, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const HEAVY = { P1: 'yes', 'H-RF1': 'yes', 'H-RF3-conflict': 'yes' } as const;
const confirm = ({ lighterSaid }: DealView): DealCommand => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' });
const softened = (more: Partial<Organisation> = {}): Story =>
  story(pictureDeal(HEAVY), pictureContext(more)).and(...answerLighter('end-user', { P1: 'yes' }));
const lastEvent = (told: Story): object | undefined => told.events.find(({ type }) => type === 'LighterConfirmed');

describe('a correction by which the tier falls', () => {
  const confirmed = (): Story => softened().and('compliance-1', confirm);

  it('is kept with the tier of before and of now, and who confirmed it', () => {
    const { view } = softened();
    expect(view.assessment.tier).toBe('high');
    const now = confirmed();
    expect(now.view.assessment.tier).not.toBe('high');
    expect(lastEvent(now)).toMatchObject({ lowered: { from: 'high', to: now.view.assessment.tier } });
    expect(now.view.deal.lowered).toMatchObject([{ from: 'high', by: 'compliance-1' }]);
  });

  it('is approved by two: whoever confirmed it, and somebody who did not', () => {
    const voted = confirmed().vote('compliance-1', weighed);
    expect(voted.view.deal).toMatchObject({ status: 'deciding', step: 0 });
    expect(missingWords(voted.view, voted.view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who did not make this deal lighter',
    );
    const both = voted.vote('compliance-2', weighed);
    expect(both.events.slice(voted.events.length).map(({ type }) => type)).toContain('StepCompleted');
  });

  it('is approved by the colleague alone', () => {
    const { events } = confirmed().vote('compliance-2', weighed);
    expect(events.map(({ type }) => type)).toContain('StepCompleted');
  });

  it('stands on the page that is signed', () => {
    const { view } = confirmed();
    const draft = startReview(view, 0)!;
    const filled = {
      ...draft,
      values: { ...draft.values, outcome: 'approve', rationale: 'Nothing speaks against it.' },
    };
    const form = JSON.stringify(reviewForm(view, 0, filled, reviewPages(view, filled).length));
    expect(form).toContain('The tier fell from high to ');
  });

  it('costs nobody a second vote where the tier stays', () => {
    const lighter = story(pictureDeal({ ...HEAVY, 'H-RF4': 'yes' }), pictureContext());
    const same = lighter.and(...answerLighter('end-user', HEAVY)).and('compliance-1', confirm);
    expect(same.view.assessment.tier).toBe('high');
    expect(same.view.deal.lowered).toBeUndefined();
    expect(lastEvent(same)).not.toHaveProperty('lowered');
  });
});
