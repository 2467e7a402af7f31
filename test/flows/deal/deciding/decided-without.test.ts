/** Both officers stand close to the deal, and one is away: the other decides alone, which is said before, and told after. */

import { describe, expect, it } from 'vitest';
import { reviewCard } from '../../../../blocks/cards/review.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { decidedWithoutTold } from '../../../../blocks/cards/steps.ts';
import { signedBlocks } from '../../../../blocks/forms/review-confirmation.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, ballot, story, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, toldOf } from '../../../support/ticking.ts';

const YEAR: [string, string] = ['2027-02-01', '2027-12-31'];
const withBoss = (context: DealContext): DealContext => ({
  ...context,
  policy: aPolicy({ managerAlone: false }),
  organisation: {
    ...context.organisation,
    groups: context.organisation.groups.map((g) =>
      g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1', 'counsel-1'] } : g,
    ),
  },
});
/** The step of the seniors, under these absences: who, and who stands in. */
const second = (stands: Parameters<typeof awayIn>[0]): Story =>
  story(answeredDeal({ 'H-RF3': 'yes' }), withBoss(awayIn(stands))).vote('compliance-1');
/** The deal as its team left it: every answer stands on the word of these. */
const saidBy = ({ view, ...told }: Story, ids: readonly string[]): { view: DealView } => {
  const answers = Object.fromEntries(
    Object.entries(view.deal.answers).map(([section, given]) => [
      section,
      Object.fromEntries(
        Object.entries(given).map(([id, answer], i) => [id, { ...answer, basis: { told: ids[i % ids.length]! } }]),
      ),
    ]),
  );
  return { ...told, view: { ...view, deal: { ...view.deal, answers } } };
};

describe('where everybody who stands apart is away', () => {
  const stands = { 'senior-1': ['rep-1', ...YEAR], 'counsel-1': ['rep-1', ...YEAR] } as const;
  const words = (told: unknown): string => JSON.stringify(told);
  const before = (): Story => second({ 'senior-1': [...stands['senior-1']], 'counsel-1': [...stands['counsel-1']] });
  const shown = ({ view }: { view: DealView }): string[] => {
    const deal = view.deal as DecidingDeal;
    const draft = startReview(view, 1);
    if (!draft) throw new Error('no review');
    const typed = { ...draft, values: { ...draft.values, outcome: 'approve', rationale: 'The use is narrow.' } };
    return [
      words(rootCard(view)),
      words(reviewCard(view, 1)),
      words(reviewForm(view, 1, typed, 9)),
      words(signedBlocks(view, deal, ballot(view), { voter: 'boss-1', absent: undefined })),
    ];
  };
  it('says before that they can decide alone, on the cards and on the page that is signed', () => {
    for (const text of shown(before())) {
      expect(text).toContain('nobody who stands apart from the deal votes for them');
      expect(text).toMatch(/by who stands close to the deal alone: .*boss-1.* manages Sample Rep/u);
      expect(text).toMatch(/hear of it, and can object/u);
    }
    // Nothing where somebody is here who stands apart, or a stand-in who does.
    for (const here of [second({}), second({ 'senior-1': ['senior-2', ...YEAR], 'counsel-1': ['rep-1', ...YEAR] })])
      for (const text of shown(here)) expect(text).not.toContain('stands apart');
  });
  it('says so also where both are named, and one of them is away', () => {
    const both = saidBy(second({ 'senior-1': ['rep-1', ...YEAR], 'boss-1': ['rep-1', ...YEAR] }), [
      'senior-1',
      'counsel-1',
      'boss-1',
    ]);
    for (const text of shown(both)) {
      expect(text).toMatch(/senior-1.* away until 31 December 2027/u);
      expect(text).toMatch(/counsel-1.* is named as having said answers/u);
    }
  });
  it('tells whoever was away, who can object, and keeps it in the record', () => {
    const asked = before();
    const done = asked.vote('boss-1');
    expect(done.events.find((e) => e.type === 'StepCompleted' && e.step === 1)).toMatchObject({
      without: ['senior-1', 'counsel-1'],
    });
    const notices = noticesBetween(asked, done);
    expect(toldOf(notices, 'decided without').toSorted()).toEqual(['counsel-1', 'senior-1']);
    const card = decidedWithoutTold(done.view, { fact: 'decided without', step: 1, voters: ['boss-1'] });
    expect(words(card)).toContain('manages Sample Rep');
    expect(card.actions?.map(({ name }) => name)).toContain('deal.raise-flag');
    const flagged = done
      .when('senior-1', { type: 'RaiseFlag', title: 'I would have asked for a condition' })
      .then('FlagRaised');
    expect(flagged.view.deal.ownFlags).toMatchObject([{ status: 'pending', by: 'senior-1' }]);
    // Nobody is told where somebody who stands apart voted.
    const apart = second({ 'senior-1': ['rep-1', ...YEAR] });
    expect(toldOf(noticesBetween(apart, apart.vote('boss-1').vote('counsel-1')), 'decided without')).toEqual([]);
  });
});
