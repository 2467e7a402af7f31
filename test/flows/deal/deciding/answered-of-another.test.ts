/** What a rep answers an approver is said of what the deal is of then: under another name, and back, it is no answer. */

import { describe, expect, it } from 'vitest';
import { detailsCorrectedTold } from '../../../../blocks/cards/facts-lifecycle.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { saidBeside } from '../../../../flows/deal/context/words-said.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { openRequests } from '../../../../flows/deal/rights/whose-turn.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { waitsOf } from '../../../../flows/lists/waits.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const WATER = { name: 'Sample Water Works', kind: 'security' } as const;
const asked = (): Story =>
  story(answeredDeal({ 'H-RF3': 'yes' }), TIMED)
    .vote('compliance-1')
    .and('senior-1', { type: 'AskForInformation', step: 1, question: 'Do the guards get a live feed?' });
const correct = (told: Story, details: Partial<DealDetails>): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, ...details },
    reason: 'The buyer gave another name',
  }));
const answer = (told: Story): Story =>
  told.and('rep-1', (v) => ({
    type: 'GiveInformation',
    request: v.deal.requests[0]!.id,
    text: 'No, they have one store room.',
    sources: [],
  }));
const isOpen = ({ view }: Story): boolean => openRequests(view.deal as DecidingDeal).length === 1;

describe('an answer to an approver', () => {
  it('counts for what the deal was of, and is asked again of what it is', () => {
    const { endUser } = asked().view.deal.details;
    const other = answer(correct(asked(), { endUser: WATER }));
    expect(isOpen(other)).toBe(false);
    const back = correct(other, { endUser });
    expect(isOpen(back)).toBe(true);
    expect(back.view.deal.requests[0]?.again).toBe(back.events.findLast((e) => e.type === 'DetailsCorrected')?.at);
    // Whoever corrected it reads it in the thread, and is reminded in time.
    const { view } = back;
    expect(waitsOf(view)).toMatchObject([{ of: 'information', since: view.deal.requests[0]?.again }]);
    expect(toldOf(noticesBetween(other, back), 'details corrected')).toContain('thread');
    // What was said of whom it is of once more counts again, and so does what waits.
    expect(isOpen(correct(back, { endUser: WATER }))).toBe(false);
    expect(isOpen(correct(correct(answer(asked()), { destination: 'SE' }), { destination: 'NO' }))).toBe(false);
    expect(back.view.deal.requests[0]).toMatchObject({
      before: [{ text: 'No, they have one store room.', of: { endUser: WATER } }],
    });
    expect(JSON.stringify(detailsCorrectedTold(back.view, { fact: 'details corrected' }, true).blocks)).toContain(
      'Do the guards get a live feed?',
    );
    expect(contradictions(back.view).join()).toContain('Of “Sample Water Works” Sample Rep answered: “No, they');
    if (back.view.deal.status === 'deciding') {
      const { step } = back.view.deal;
      expect(wordsOf(reviewForm(back.view, step, startReview(back.view, step)!, 0))).toContain(
        'Answered of “Sample Water Works”, when the deal was of that: “No, they have one store room.”',
      );
    }
    expect(isOpen(answer(back))).toBe(false);
    // The other way round, too: what was said of the first is none of the next.
    expect(isOpen(correct(answer(asked()), { endUser: WATER }))).toBe(true);
    const moved = correct(answer(asked()), { destination: 'SE' });
    expect(isOpen(moved)).toBe(true);
    expect(contradictions(moved.view).join()).toContain('Of Norway Sample Rep answered: “No, they');
    expect(JSON.stringify(saidElsewhere(moved.view).worries)).toContain('store room');
  });

  it('is asked again where somebody is in between who was not, and counts once they are gone', () => {
    const link = { name: 'Steppe Link', role: 'reseller' };
    const through = correct(answer(asked()), { intermediaries: [link] });
    expect(isOpen(through)).toBe(true);
    expect(contradictions(through.view).join()).toContain(
      'Of the sale through “Sample Telecom, customer” Sample Rep answered: “No, they',
    );
    expect(isOpen(correct(through, { intermediaries: [] }))).toBe(false);
    const once = answer(through);
    expect(isOpen(correct(once, { intermediaries: [] }))).toBe(false);
    const part = correct(once, { intermediaries: [{ ...link, role: 'buys for another' }] });
    expect(isOpen(part)).toBe(true);
    expect(contradictions(part.view).join()).toContain(
      'Of the sale through “Steppe Link, reseller” and “Sample Telecom, customer” Sample Rep answered',
    );
    expect(isOpen(correct(once, { customer: 'Sample Buyer' }))).toBe(true);
  });

  it('is asked again of one who stepped back, too: their colleagues vote on it', () => {
    const recused = answer(asked()).and('senior-1', { type: 'Recuse', reason: 'A cousin works there' });
    expect(isOpen(correct(recused, { destination: 'SE' }))).toBe(true);
  });

  it('stays where nothing that it is about became another', () => {
    const { endUser } = asked().view.deal.details;
    const same = correct(answer(asked()), { endUser: { ...endUser, name: endUser.name.toUpperCase() } });
    expect(isOpen(same)).toBe(false);
    expect(isOpen(correct(answer(asked()), { expectedSigning: '2027-09-01' }))).toBe(false);
    expect(isOpen(correct(answer(asked()), { endUser: { ...endUser, kind: 'government' } }))).toBe(false);
  });
});

describe('a condition that compliance accepted as kept', () => {
  it('is no other of the same words', () => {
    const limit = { id: 'limit', text: 'Limit use', owner: 'product-1', due: '2027-06-01' };
    const asking = (owner: string, id: string) => ({
      outcome: 'approve-with-conditions' as const,
      conditions: [{ ...limit, id, owner }],
    });
    const told = story(answeredDeal({ 'H-RF3': 'yes' }), TIMED)
      .vote('compliance-1', asking('product-1', 'limit'))
      .vote('senior-1', asking('rep-1', 'theirs'))
      .and('rep-1', { type: 'MeetCondition', condition: 'theirs', text: 'It is done.', sources: [] })
      .and('compliance-2', { type: 'AcceptCondition', condition: 'theirs' });
    const kept = saidBeside(told.view, told.events).filter(({ of }) => of === 'condition');
    expect(kept.map(({ by, owner }) => [by, owner])).toEqual([['senior-1', 'rep-1']]);
  });

  it('stands once, with who asked for it first, also where another votes with it, and not where it was accepted of another', () => {
    const limit = { id: 'limit', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };
    const asking = { outcome: 'approve-with-conditions' as const, conditions: [limit] };
    const decided = story(answeredDeal({ 'H-RF3': 'yes' }), TIMED)
      .vote('compliance-1', asking)
      .vote('senior-1', asking);
    const met = (told: Story): Story =>
      told
        .and('rep-1', { type: 'MeetCondition', condition: 'limit', text: 'It is done.', sources: [] })
        .and('compliance-2', { type: 'AcceptCondition', condition: 'limit' });
    const kept = ({ view, events }: Story) => saidBeside(view, events).filter(({ of }) => of === 'condition');
    expect(kept(met(decided)).map(({ by }) => by)).toEqual(['compliance-1']);
    const again = decided
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it', on: undefined })
      .and('rep-1', { type: 'StartReassessment' });
    const { details } = again.view.deal;
    const endUser = { ...details.endUser, name: 'Sample Depot' };
    const other = again.and('rep-1', { type: 'CorrectDetails', details: { ...details, endUser }, reason: 'Another.' });
    expect(kept(met(other)).map(({ by }) => by)).toEqual(['compliance-1']);
    // It waits once more, and is listed as that.
    expect(kept(met(other).and('rep-1', { type: 'CorrectDetails', details, reason: 'A mistake.' }))).toEqual([]);
  });
});
