/** Whoever confirms an exception, so that the tier falls, has read what speaks against it, and does not approve the deal alone then. */

import { describe, expect, it } from 'vitest';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { whoDecidedItems } from '../../../../blocks/cards/who-decided.ts';
import { history } from '../../../../blocks/dossier/history.ts';
import { acceptGapsForm } from '../../../../blocks/forms/gaps.ts';
import { reviewPages, startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { gapsShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { SYSTEM, type Organisation } from '../../../../flows/organisation.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import { pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

/** A hospital in a repressive country. */
const HOSPITAL = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };
const hospital = (more: Partial<Organisation> = {}): Story => story(pictureDeal(HOSPITAL), pictureContext(more));
const confirm: DealCommand = {
  type: 'AcceptGaps',
  questions: [],
  reason: 'A clean record, and a clear benefit',
  confirm: 'clean-benefit',
};
const worried = (told: Story): Story =>
  told
    .and(SYSTEM, {
      type: 'NoteOthers',
      ended: [{ deal: 'D-0THER1', how: 'declined', at: told.view.now }],
      otherwise: [{ question: 'H-RF1', deal: 'D-0THER2', at: told.view.now }],
    })
    .and('senior-2', { type: 'RaiseFlag', title: 'The army has the third floor' });

describe('the form that confirms an exception', () => {
  it('shows the answers that it rests on, with who said so and on what', () => {
    const words = wordsOf(acceptGapsForm(hospital().view));
    const { text } = hospital().view.policy.question('H-RF1')!;
    expect(words).toContain(text);
    expect(words).toContain(hospital().view.policy.question('G8')!.text);
    expect(words).toMatch(/Sample report, 2026/);
    expect(words).toContain('As they told us.');
    expect(words).toContain('{"person":"rep-1"}');
    expect(words).not.toContain(hospital().view.policy.question('L-RF1')!.text);
    expect(words).toContain('you do not decide alone after that');
  });

  it('shows the red flags by weight, and those that wait', () => {
    const { view } = worried(hospital());
    const words = wordsOf(acceptGapsForm(view));
    const titles = view.assessment.flags.map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(0);
    for (const title of titles) expect(words).toContain(title);
    expect(words).toContain('The army has the third floor');
  });

  it('shows what other deals said', () => {
    const words = wordsOf(acceptGapsForm(worried(hospital()).view));
    expect(words).toContain('Answered otherwise in D-0THER2');
    expect(words).toMatch(/D-0THER1 .*was declined/);
  });

  it('shows what was said before', () => {
    const dismissed = hospital().and('senior-2', { type: 'RaiseFlag', title: 'The army was there' });
    const { id } = dismissed.view.deal.ownFlags[0]!;
    const { view } = dismissed.and('compliance-2', { type: 'DismissFlag', flag: id, reason: 'They left in 2020.' });
    expect(wordsOf(acceptGapsForm(view))).toContain('The army was there');
  });

  it('comes back where more was heard since', () => {
    const then = hospital();
    const press = { ...confirm, seen: gapsShown(then.view) } as DealCommand;
    worried(then).when('compliance-1', press).refused('facts changed');
    expect(wordsOf(acceptGapsForm(worried(then).view, {}, { seen: gapsShown(then.view) }))).toContain(
      'Nothing is saved yet',
    );
  });
});

describe('whoever confirms an exception by which the tier falls', () => {
  const confirmed = (): Story => hospital().and('compliance-1', confirm);

  it('is kept with the tier of before and of now', () => {
    const { view, events } = confirmed();
    expect(view.assessment.tier).toBe('elevated');
    expect(events.find(({ type }) => type === 'GapsAccepted')).toMatchObject({
      lowered: { from: 'high', to: 'elevated' },
    });
    expect(view.deal.lowered).toMatchObject([{ from: 'high', to: 'elevated', by: 'compliance-1', exception: true }]);
  });

  it('completes no step alone', () => {
    const voted = confirmed().vote('compliance-1', weighed);
    expect(voted.view.deal).toMatchObject({ status: 'deciding', step: 0 });
    expect(missingWords(voted.view, voted.view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who did not make this deal lighter',
    );
    expect(voted.vote('compliance-2', weighed).view.deal).toMatchObject({ step: 1 });
    expect(confirmed().vote('compliance-2', weighed).view.deal).toMatchObject({ step: 1 });
  });

  it('does where nobody else is left, and every page says so', () => {
    const GROUPS = pictureContext().organisation.groups.map((group) =>
      group.id === 'compliance'
        ? { ...group, members: ['compliance-1'] }
        : group.id === 'chief'
          ? { ...group, members: [] }
          : group,
    );
    const alone = hospital({ groups: GROUPS }).and('compliance-1', confirm);
    const draft = startReview(alone.view, 0)!;
    const values = { ...draft.values, outcome: 'approve', rationale: 'Nothing speaks against it.' };
    const filled = { ...draft, values };
    const page = wordsOf(reviewForm(alone.view, 0, filled, reviewPages(alone.view, filled).length));
    expect(page).toContain('The tier fell from high to elevated ');
    expect(page).toContain('confirmed an exception of the policy');
    const decided = alone.vote('compliance-1', weighed).vote('senior-1', weighed);
    expect(decided.view.deal.status).toBe('decided');
    expect(JSON.stringify(whoDecidedItems(decided.view))).toContain('made this deal lighter');
  });

  it('stands in the dossier', () => {
    const { view, events } = confirmed();
    const commits = [{ version: 1, hash: 'a', at: view.now, actor: 'rep-1', events }];
    expect(JSON.stringify(history(view, commits))).toContain('the tier fell from high to elevated');
  });

  it('costs nobody a second vote where something else is accepted and others decide too, or the tier stays', () => {
    const gap = story(pictureDeal({ P1: 'yes', 'H3-targeted': 'unknown' }), pictureContext());
    const { view } = gap.and('compliance-1', {
      type: 'AcceptGaps',
      questions: ['H3-targeted'],
      reason: 'Nobody knows it.',
    });
    expect(view.deal.lowered).toBeUndefined();
    expect(whoDecidedItems(view)).toEqual([]);
  });

  it('takes two as well where what is accepted leaves one vote of compliance alone', () => {
    const gap = story(pictureDeal({ 'H3-targeted': 'unknown' }, 'security'), pictureContext());
    expect(gap.view.assessment.tier).toBe('elevated');
    const accepted = gap.and('compliance-1', {
      type: 'AcceptGaps',
      questions: ['H3-targeted'],
      reason: 'Nobody knows it.',
    });
    expect(accepted.view.deal.lowered).toMatchObject([{ from: 'elevated', to: 'low', gaps: true }]);
    expect(wordsOf(acceptGapsForm(gap.view))).toContain('you do not decide alone after that');
    const voted = accepted.vote('compliance-1', weighed);
    expect(voted.view.deal).toMatchObject({ status: 'deciding' });
    expect(confirmPage(accepted.view)).toContain('accepted what is not known');
    expect(voted.vote('compliance-2', weighed).view.deal).toMatchObject({ status: 'decided' });
    expect(accepted.vote('compliance-2', weighed).view.deal).toMatchObject({ status: 'decided' });
  });
});
