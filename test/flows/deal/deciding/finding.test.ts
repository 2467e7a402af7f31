/** A complete deal with gaps asks first who might know. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import {
  answerLighter,
  answerPicture,
  findingPolicy,
  pictureContext,
  pictureDeal,
} from '../../../support/picture-deal.ts';
import { story } from '../../../support/story.ts';

const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const context = pictureContext({}, findingPolicy);
const asking = () => story(pictureDeal(unknown), context);
const tick: DealCommand = { type: 'Tick' };
/** The story begins on Monday 1 March 2027. */
const [NUDGE, UNTIL] = ['2027-03-03', '2027-03-04'];

describe('finding out', () => {
  it('comes before the approvers where what is not known makes the tier heavier', () => {
    const told = asking();
    expect(told.events.map((e) => e.type).slice(-2)).toEqual(['SectionAnswered', 'FindingOut']);
    expect(told.view.deal).toMatchObject({ status: 'answering', round: 0 });
    expect(told.view.deal.finding?.until.slice(0, 10)).toBe(UNTIL);
    expect(nextDueAt(told.view)?.slice(0, 10)).toBe(NUDGE);
    const notices = noticesFor(undefined, told.view, told.events.slice(-1), 'c');
    expect(notices.flatMap((n) => (n.kind === 'fact' ? [[n.fact.fact, n.target.to]] : []))).toEqual([
      ['finding out', 'thread'],
    ]);
  });

  it('holds up no deal that is known, none where the answer changes nothing, and none of another policy', () => {
    expect(story(pictureDeal({ P1: 'yes' }), context).state.status).toBe('deciding');
    expect(story(pictureDeal({ P1: 'yes', 'H3-targeted': 'yes', 'H-RF1': 'unknown' }), context).state.status).toBe(
      'deciding',
    );
    expect(story(pictureDeal(unknown), pictureContext()).state.status).toBe('deciding');
  });

  it('ends at once when the team sends it on', () => {
    const told = asking().when('rep-1', { type: 'SendOn' }).then('SentOn', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    told.when('rep-1', { type: 'SendOn' }).refused('not now');
    asking()
      .when('senior-1', { type: 'SendOn' })
      .refused('not allowed', /deal team/);
    asking().when('compliance-1', { type: 'SendOn' }).refused('not allowed');
  });

  it('ends when it is found out, or accepted', () => {
    const found = asking().when(...answerLighter('end-user', { ...unknown, 'H3-targeted': 'no' }));
    expect(found.then('SectionAnswered', 'DealRouted').state).toMatchObject({ tier: 'low' });
    const accept: DealCommand = { type: 'AcceptGaps', questions: ['H3-targeted'], reason: 'Nobody publishes on them.' };
    const accepted = asking().when('compliance-1', accept).then('GapsAccepted', 'DealRouted');
    expect(accepted.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });

  it('ends by itself, after one reminder to the owner', () => {
    const early = asking();
    early.when('system', tick, '2027-03-02T12:00:00.000Z').refused('not now');
    const nudged = early.when('system', tick, `${NUDGE}T12:00:00.000Z`).then('FindOutNudged');
    nudged.when('system', tick, `${NUDGE}T13:00:00.000Z`).refused('not now');
    expect(nextDueAt(nudged.view)?.slice(0, 10)).toBe(UNTIL);
    const sent = nudged.when('system', tick, `${UNTIL}T12:00:00.000Z`).then('SentOn', 'DealRouted');
    expect(sent.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('is not prolonged by changing answers, nor asked twice', () => {
    const [actor, command] = answerPicture('end-user', { ...unknown, 'H-RF1': 'unknown' });
    const more = asking().when(actor, command, '2027-03-03T09:00:00.000Z');
    const changed = more.then('SectionAnswered');
    expect(changed.view.deal.finding?.until.slice(0, 10)).toBe(UNTIL);
    changed
      .and('rep-1', { type: 'SendOn' })
      .when(...answerPicture('end-user', unknown))
      .then('SectionAnswered', 'DealRouted');
  });

  it('is asked again when the deal is reopened', () => {
    const again = asking()
      .and('rep-1', { type: 'SendOn' })
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .when('rep-1', { type: 'Reopen', reason: 'They asked once more' })
      .then('DealReopened', 'FindingOut');
    expect(again.state.status).toBe('answering');
  });
});
