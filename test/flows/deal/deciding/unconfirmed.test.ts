/** Plays of a rep who lets a lighter change wait until the deal is approved, so that nobody ever confirms it. */

import { describe, expect, it } from 'vitest';
import { nudgedTold } from '../../../../blocks/cards/facts-lifecycle.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { confirmAllForm } from '../../../../blocks/forms/confirm-several.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, voteOf, type Line, type Story } from '../../../support/story.ts';

type Answers = Record<string, FactValue>;
const BAD: Answers = { P1: 'yes', 'H-RF4': 'yes' };
const because = ([actor, command]: Line): Line => [actor, { ...command, why: 'It was a mistake' } as DealCommand];
const confirm = (at: Story): DealCommand => ({ type: 'ConfirmLighter', asOf: at.view.lighterSaid?.at ?? '' });

describe('an approval', () => {
  const waiting = (): Story =>
    story(pictureDeal(BAD), pictureContext()).and(...because(answerPicture('end-user', { P1: 'yes' })));

  it('waits for compliance to confirm what makes the deal lighter, or to send it back', () => {
    const steps = waiting();
    expect(steps.view.lighterSaid).toBeDefined();
    const first = steps.vote('compliance-1', { ...weighed, noStake: true });
    first
      .when('senior-1', (v) => voteOf(v, { ...weighed, noStake: true }))
      .refused('not now', /first confirm or send back/);
    const confirmed = first.and('compliance-2', confirm(first));
    expect(confirmed.view.lighterSaid).toBeUndefined();
  });

  it('can be nudged on: compliance, too, with the button that settles it', () => {
    const nudged = waiting().and('rep-1', { type: 'Nudge' });
    const event = nudged.events.at(-1);
    expect(event?.type === 'Nudged' && event.people.toSorted()).toEqual(['compliance-1', 'compliance-2']);
    const upstairs = waiting()
      .vote('compliance-1', { ...weighed, noStake: true })
      .and('rep-1', { type: 'Nudge' });
    const last = upstairs.events.at(-1);
    expect(last?.type === 'Nudged' && last.people).toEqual(expect.arrayContaining(['senior-1', 'compliance-2']));
    const card = JSON.stringify(nudgedTold(upstairs.view, { fact: 'nudged', by: 'rep-1' }, 'compliance-2'));
    expect(card).toContain('deal.confirm-lighter');
  });

  it('does not keep a decline waiting', () => {
    const first = waiting();
    expect(first.vote('compliance-1', { ...weighed, noStake: true, outcome: 'decline' }).state).toMatchObject({
      status: 'decided',
    });
  });
});

describe('a reassessment', () => {
  const approved = (): Story => {
    const routed = story(pictureDeal(BAD), pictureContext());
    const ballot = { ...weighed, noStake: true } as const;
    return routed.vote('compliance-1', ballot).vote('senior-1', ballot);
  };
  const again = (): Story =>
    approved()
      .and('rep-1', { type: 'ReportChange', what: 'major', why: 'They are another ministry by now.' })
      .and('rep-1', { type: 'StartReassessment' });

  it('names what a scope that is said there would end', () => {
    const [actor, command] = answerPicture('scope', BAD);
    const { answers } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
    const out = { ...answers, 'G1-capability': { ...answers['G1-capability']!, value: 'no' } };
    const told = again().and(actor, { ...command, answers: out, why: 'It was a mistake' } as DealCommand);
    for (const form of [confirmScopeForm(told.view), confirmAllForm([told.view], 1)]) {
      expect(JSON.stringify(form)).toMatch(/This ends the approval of 1 March 2027.*tier elevated/);
      expect(JSON.stringify(form)).toContain('They are another ministry by now.');
    }
    expect(JSON.stringify(whyForm(told.view))).toContain('They are another ministry by now.');
  });

  it('counts what was said in the approval until compliance confirms that it is no more', () => {
    const told = again()
      .and(...answerPicture('scope', BAD))
      .and(...because(answerPicture('end-user', { P1: 'yes' })));
    expect(told.view.lighterSaid?.answers).toMatchObject([{ question: 'H-RF4', answer: { value: 'yes' } }]);
    expect(told.view.assessment.flags.map(({ id }) => id)).toContain('H-RF4');
  });
});

describe('a confirmed correction of the details', () => {
  it('stays visible: what kind, product, country and name it was', () => {
    const routed = story(pictureDeal(BAD), pictureContext());
    const { details } = routed.view.deal;
    const told = routed.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, endUser: { name: 'Sample Farm', kind: 'private' }, destination: 'SE' },
      reason: 'We took the wrong line.',
    });
    const confirmed = told.and('compliance-1', confirm(told));
    expect(confirmed.view.deal.renamed?.map(({ of, before }) => [of, before])).toEqual([
      ['end-user', [details.endUser.name]],
      ['kind', ['government']],
      ['destination', ['NO']],
    ]);
    expect(JSON.stringify(whyForm(confirmed.view))).toContain('Kind of end-user was government agency until');
    expect(JSON.stringify(whyForm(confirmed.view))).toContain('Destination was Norway until');
  });
});

describe('a deal that was withdrawn and reopened before any vote', () => {
  it('says so to whoever judges it', () => {
    const back = story(pictureDeal(BAD), pictureContext())
      .and('rep-1', { type: 'Withdraw', reason: 'Opened by mistake.' })
      .and('rep-1', { type: 'Reopen', reason: 'It was none.' });
    expect(JSON.stringify(whyForm(back.view))).toContain('Reopened on');
    expect(JSON.stringify(rootCard(back.view))).toContain('reopened once');
  });
});
