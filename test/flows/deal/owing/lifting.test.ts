/** Whoever gave an approval that a colleague reports against does not lift its suspension alone, and sees the report. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { liftSuspensionForm } from '../../../../blocks/forms/suspension.ts';
import { approvalOf } from '../../../../flows/deal/approval/in-force.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { liftShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { isPossible } from '../../../../flows/deal/refusing/refused.ts';
import { turnsOf } from '../../../../flows/lists/waits.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { awayIn, calendarUntil, TIMED } from '../../../support/ticking.ts';

const { reminders } = TIMED.policy;
const STRICT: DealContext = {
  ...TIMED,
  policy: { ...TIMED.policy, reminders: { ...reminders, reassessments: { ...reminders.reassessments, suspend: 20 } } },
};
const compliance = (members: string[]): DealContext => ({
  ...STRICT,
  organisation: {
    ...STRICT.organisation,
    groups: STRICT.organisation.groups.map((g) => (g.id === 'compliance' ? { ...g, members } : g)),
  },
});
const WHY = 'The bureau is under the secret police now';
const MAY = '2027-05-03T00:00:00.000Z';
const reported = (by: string, context: DealContext = STRICT): Story =>
  story(answeredDeal(), context).vote('compliance-1').and(by, { type: 'ReportChange', what: 'major', why: WHY });
/** Nobody reassessed it in time. */
const suspended = (by: string, context?: DealContext): Story => calendarUntil(reported(by, context), MAY).after;
const LIFT = { type: 'LiftSuspension', reason: 'They answer it this week' } as const;

describe('an approval that is suspended while a colleague’s report is not settled', () => {
  it('is not restored by who gave it alone', () => {
    for (const by of ['chief-1', 'compliance-2']) {
      const deal = suspended(by);
      expect(approvalOf(deal.view.deal)?.suspended).toBeDefined();
      deal
        .when('compliance-1', LIFT, MAY)
        .refused('not allowed', /You approved this deal, so a colleague .*report.*: Sample Compliance Two\./);
      expect(isPossible(deal.view, 'compliance-1', { type: 'LiftSuspension' })).toBe(false);
      deal.when('compliance-2', LIFT, MAY).then('SuspensionLifted');
      deal.when('chief-1', LIFT, MAY).then('SuspensionLifted');
    }
  });

  it('is not while its reassessment is under way either', () => {
    const begun = calendarUntil(reported('chief-1').and('rep-1', { type: 'StartReassessment' }), MAY).after;
    begun.when('compliance-1', LIFT, MAY).refused('not allowed', /You approved this deal/);
    begun.when('compliance-2', LIFT, MAY).then('SuspensionLifted');
  });

  it('is not where a colleague answered graver meanwhile, and somebody answered over it, which the form shows', () => {
    const begun = calendarUntil(reported('rep-1').and('rep-1', { type: 'StartReassessment' }), MAY).after;
    const at = '2027-03-20T09:00:00.000Z';
    const [question = ''] = Object.keys(Object.values(begun.view.deal.answers)[0] ?? {});
    const answered = (by: string): Story =>
      begun.resume({
        state: {
          ...begun.view.deal,
          was: [{ question, before: 'yes', by, at, until: at, changedBy: 'rep-1', why: 'It was another desk' }],
        },
        events: begun.events,
      });
    answered('rep-1').when('compliance-1', LIFT, MAY).then('SuspensionLifted');
    const over = answered('product-1');
    over.when('compliance-1', LIFT, MAY).refused('not allowed', /You approved this deal/);
    over.when('compliance-2', LIFT, MAY).then('SuspensionLifted');
    const words = wordsOf(liftSuspensionForm(over.view));
    expect(words).toContain('It was another desk');
    expect(words).toContain('{"person":"product-1"}');
  });

  it('is restored by who gave it where nobody else of compliance is here, or the deal’s own team said it', () => {
    suspended('chief-1', compliance(['compliance-1']))
      .when('compliance-1', LIFT, MAY)
      .then('SuspensionLifted');
    const days: [string, string] = ['2027-04-19', '2027-06-30'];
    const one = awayIn({ 'compliance-2': ['counsel-1', ...days] }).organisation;
    suspended('chief-1', { ...STRICT, organisation: one })
      .when('compliance-1', LIFT, MAY)
      .refused('not allowed', /Sample Chief/);
    const both = awayIn({ 'compliance-2': ['counsel-1', ...days], 'chief-1': ['counsel-1', ...days] }).organisation;
    suspended('chief-1', { ...STRICT, organisation: both })
      .when('compliance-1', LIFT, MAY)
      .then('SuspensionLifted');
    suspended('rep-1').when('compliance-1', LIFT, MAY).then('SuspensionLifted');
    suspended('compliance-1').when('compliance-1', LIFT, MAY).then('SuspensionLifted');
  });

  it('is asked of those who may restore it', () => {
    const asked = (told: Story, person: string): boolean =>
      turnsOf(told.view, person).some(({ wait }) => wait.of === 'suspension');
    expect(asked(suspended('chief-1'), 'compliance-1')).toBe(false);
    expect(asked(suspended('chief-1'), 'compliance-2')).toBe(true);
    expect(asked(suspended('rep-1'), 'compliance-1')).toBe(true);
  });

  it('names on its card who lifts it, and why not who approved it', () => {
    const { view } = suspended('chief-1');
    const card = JSON.stringify(factCard(view, { fact: 'suspended' }, {}, { to: 'thread' }));
    expect(card).toContain('gave the approval that a report is against');
    expect(card).not.toMatch(/Only ","?\{?"person":"compliance-1"/u);
  });
});

describe('the form that lifts a suspension', () => {
  it('shows what colleagues reported before what the deal team did', () => {
    const both = reported('rep-1').and('chief-1', {
      type: 'ReportChange',
      what: 'major',
      why: 'They moved to the army',
    });
    const words = wordsOf(liftSuspensionForm(calendarUntil(both, MAY).after.view));
    expect(words).toContain(WHY);
    expect(words.indexOf('They moved to the army')).toBeGreaterThan(0);
    expect(words.indexOf('They moved to the army')).toBeLessThan(words.indexOf(WHY));
    expect(words).toContain('{"person":"chief-1"}');
  });

  it('shows flags that wait, and what other deals said', () => {
    const deal = suspended('rep-1')
      .and('senior-2', { type: 'RaiseFlag', title: 'The army has the third floor' }, MAY)
      .and(SYSTEM, { type: 'NoteOthers', ended: [{ deal: 'D-0THER1', how: 'declined', at: MAY }], otherwise: [] }, MAY);
    const words = wordsOf(liftSuspensionForm(deal.view));
    expect(words).toContain('The army has the third floor');
    expect(words).toMatch(/D-0THER1 .*was declined/);
  });

  it('comes back where more was said since', () => {
    const then = suspended('rep-1');
    const seen = liftShown(then.view);
    const more = then.and('senior-2', { type: 'RaiseFlag', title: 'The army has the third floor' }, MAY);
    more.when('compliance-1', { ...LIFT, seen }, MAY).refused('facts changed');
    expect(wordsOf(liftSuspensionForm(more.view, {}, { seen }))).toContain('Nothing is saved yet');
    const again = then.and('chief-1', { type: 'ReportChange', what: 'major', why: 'They moved to the army' }, MAY);
    again.when('compliance-2', { ...LIFT, seen }, MAY).refused('facts changed');
    then.when('compliance-1', { ...LIFT, seen }, MAY).then('SuspensionLifted');
    // What somebody handed in for a condition meanwhile is read, too.
    const { deal } = then.view;
    const approval = approvalOf(deal)!;
    const condition = { id: 'clause', text: 'Sign the clause', owner: 'rep-1', due: '2027-03-11' };
    const evidence = [{ by: 'product-1', at: MAY, text: 'It is not kept', sources: [] }];
    const standing = (handed: typeof evidence) => ({
      ...then.view,
      deal: {
        ...deal,
        decision: { ...approval.decision, conditions: [condition] },
        conditions: { clause: { status: 'open' as const, evidence: handed } },
      } as typeof deal,
    });
    expect(liftShown(standing(evidence))).not.toBe(liftShown(standing([])));
  });
});
