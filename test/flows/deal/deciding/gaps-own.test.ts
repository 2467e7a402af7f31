/** What compliance accepted as not known on a deal itself: it covers the deal as it was, and nothing graver. */

import { describe, expect, it } from 'vitest';
import { acceptGapsForm } from '../../../../blocks/forms/gaps.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { gapsShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const REASON = 'Nobody publishes on this small agency.';
const GAPS = ['H-RF2', 'H-RF3-conflict', 'H-RF4', 'H-RF5-oversight'];
const UNKNOWN = Object.fromEntries(GAPS.map((id) => [id, 'unknown']));
const accept = { type: 'AcceptGaps' as const, questions: GAPS, reason: REASON };
const opened = (more: Record<string, FactValue> = {}): Story =>
  story(pictureDeal({ ...UNKNOWN, ...more }, 'government'), pictureContext());
const accepted = ({ view }: Story): string[] => Object.keys(view.deal.gaps ?? {}).toSorted();
const GRAVER = { P1: 'yes', P2: 'yes' } as const;

describe('a gap that was accepted on a deal itself', () => {
  it('does not cover a product that turns out to do more: compliance looks at that', () => {
    const graver = opened(GRAVER);
    expect(graver.view.assessment.tier).toBe('high');
    // The milder answers first, then those that hold.
    const told = opened().and('compliance-1', accept);
    expect(accepted(told)).toEqual(GAPS);
    const turned = told.and(...answerPicture('product', GRAVER));
    expect(turned.events).toContainEqual(
      expect.objectContaining({ type: 'BasisEnded', outgrown: expect.arrayContaining(GAPS) }),
    );
    expect(turned.view.assessment.tier).toBe('high');
    expect(accepted(turned)).toEqual([]);
    // They may accept it for what it is now.
    const again = turned.and('compliance-1', accept);
    expect(accepted(again)).toEqual(GAPS);
    expect(again.view.assessment.tier).toBe('elevated');
  });

  it('stays where the deal is as grave, or milder', () => {
    const told = opened(GRAVER).and('compliance-1', accept);
    expect(accepted(told)).toEqual(GAPS);
    expect(accepted(told.and(...answerPicture('product', { P1: 'yes', P2: 'yes', P4: 'yes' })))).toEqual(GAPS);
  });

  it('counts what nobody knows of the product as what was accepted over, since it counted so then', () => {
    const told = opened({ P1: 'unknown' }).and('compliance-1', accept);
    expect(accepted(told)).toEqual(GAPS);
    expect(accepted(told.and(...answerPicture('product', { P1: 'yes' })))).toEqual(GAPS);
  });

  it('is accepted on a page that says over what, and that it ends once the deal gets graver', () => {
    const words = wordsOf(acceptGapsForm(opened().view));
    expect(words).toMatch(
      /over this deal as it is now: tier elevated; .*“government agency” and a product that does nothing/,
    );
    expect(words).toMatch(/gets graver than that, it ends, also where it is for only this deal/);
    expect(wordsOf(acceptGapsForm(opened(GRAVER).view))).toMatch(/as it is now: tier high; .*a product that /);
    const part = story(pictureDeal(UNKNOWN, 'government').slice(0, 4), pictureContext());
    expect(wordsOf(acceptGapsForm(part.view))).toContain('not all sections are answered, so it has no tier yet');
  });

  it('is accepted beside what was said before of it, and again where more of that came', () => {
    const yes = opened({ 'H-RF4': 'yes' });
    const section = yes.view.policy.question('H-RF4')!.section;
    const [, unknown] = answerPicture(section, UNKNOWN);
    const told = yes.and('rep-1', { ...unknown, why: 'We are not sure of it.' } as DealCommand);
    const form = acceptGapsForm(told.view);
    expect(wordsOf(form)).toMatch(/What was said before.*Was yes until/s);
    expect(wordsOf(acceptGapsForm(opened().view))).not.toContain('What was said before');
    expect(gapsShown(told.view)).not.toBe(gapsShown({ ...told.view, deal: { ...told.view.deal, was: [] } }));
  });

  it('is kept while sections are open, and looked at once they are all in', () => {
    const lines = pictureDeal(UNKNOWN, 'government');
    const early = lines.findIndex(
      ([, command]) => typeof command === 'object' && 'section' in command && command.section === 'end-user',
    );
    const part = story(lines.slice(0, early + 1), pictureContext()).and('compliance-1', accept);
    expect(accepted(part)).toEqual(GAPS);
    const whole = lines.slice(early + 1).reduce<Story>((so, [by, command]) => so.and(by, command), part);
    expect(accepted(whole)).toEqual(GAPS);
  });

  it('covers nothing graver than what was known while the product was asked again', () => {
    const corrected = opened().and('rep-1', {
      type: 'CorrectDetails',
      details: { ...opened().view.deal.details, product: { id: 'other', name: 'Sample other product' } },
      reason: 'They chose the other product.',
    } as DealCommand);
    expect(corrected.view.deal.status).toBe('answering');
    const told = corrected.and('compliance-1', accept);
    expect(accepted(told)).toEqual(GAPS);
    const graver = told.and(...answerPicture('product', GRAVER));
    const whole = pictureDeal(UNKNOWN, 'government')
      .slice(1)
      .filter(([, command]) => typeof command === 'object' && 'section' in command)
      .filter(([, command]) => !('section' in command && graver.view.deal.answers[command.section]))
      .reduce<Story>((so, [by, command]) => so.and(by, command), graver);
    expect(whole.view.assessment.tier).toBe('high');
    expect(accepted(whole)).toEqual([]);
  });

  it('lasts here until the day that was chosen for others: no vote counts over it thirty days later', () => {
    const until = { questions: ['H-RF4'], day: '2027-03-15', acceptance: 'gap-9' };
    const told = opened().and('compliance-1', { ...accept, until });
    expect(told.view.deal.gaps).toMatchObject({ 'H-RF4': { until: '2027-03-15' } });
    expect(told.view.deal.gaps?.['H-RF2']).not.toHaveProperty('until');
    const ended = told.and('system', { type: 'Tick' }, '2027-04-15T12:00:00.000Z');
    expect(ended.events).toContainEqual(expect.objectContaining({ type: 'BasisEnded', gaps: ['H-RF4'] }));
    expect(accepted(ended)).toEqual(GAPS.filter((id) => id !== 'H-RF4'));
    opened()
      .when('compliance-1', { ...accept, until: { ...until, day: 'soon' } })
      .refused('not valid');
    // For this deal alone there is no day.
    const alone = opened().and('compliance-1', accept).and('system', { type: 'Tick' }, '2027-04-15T12:00:00.000Z');
    expect(accepted(alone)).toEqual(GAPS);
  });
});
