/** An approver with a stake steps back: what they can do no more, and how the route goes on. */

import { describe, expect, it } from 'vitest';
import { recusedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { canDo } from '../../../../flows/deal/rights/access.ts';
import { seatOf } from '../../../../flows/deal/rights/seats.ts';
import { shortfallsNow, standingOf, waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, open, story, voteOf, type Line, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const RECUSE: DealCommand = { type: 'Recuse', reason: 'My brother works there' };
const elevated = (context: DealContext = TIMED): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context);
const high = (context: DealContext = TIMED): Story => story(answeredDeal({ 'H-RF1': 'yes' }), context);
const deciding = (told: Story): DecidingDeal => told.state as DecidingDeal;
const YEAR: [string, string] = ['2027-02-01', '2027-12-31'];

describe('a recused person', () => {
  const told = elevated().and('compliance-1', RECUSE);

  it('neither votes nor asks, and others are asked', () => {
    told.when('compliance-1', (v) => voteOf(v)).refused('not allowed', /You recused yourself/);
    told.when('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who?' }).refused('not allowed');
    expect(waitingFor(told.view).people).toEqual(['compliance-2']);
    expect(toldOf(noticesBetween(elevated(), told), 'recused')).toEqual(['thread']);
    told.when('compliance-1', RECUSE).refused('not allowed', /already/);
    told
      .vote('compliance-2')
      .vote('senior-1')
      .when('rep-1', RECUSE)
      .refused('not allowed', /on the deal team/);
  });
  it('who voted in a step that is complete is told of to compliance and the chief: that vote stays', () => {
    const voted = elevated().vote('compliance-1');
    const left = voted.and('compliance-1', RECUSE);
    expect(deciding(left).step).toBe(1);
    expect(toldOf(noticesBetween(voted, left), 'recused')).toEqual(expect.arrayContaining(['compliance-2', 'chief-1']));
    const card = JSON.stringify(
      recusedTold(left.view, { fact: 'recused', by: 'compliance-1', reason: 'My brother owns it' }),
    );
    expect(card).toContain('Their earlier vote stays (approve, step 1)');
    // The same after the approval.
    const done = voted.vote('senior-1');
    const gone = done.and('compliance-1', RECUSE);
    expect(toldOf(noticesBetween(done, gone), 'recused')).toEqual(expect.arrayContaining(['compliance-2', 'chief-1']));
    // Of whoever did not vote there is nothing to say.
    expect(
      JSON.stringify(recusedTold(told.view, { fact: 'recused', by: 'compliance-1', reason: 'My brother owns it' })),
    ).not.toContain('stays');
  });
  it('settles no flag, judges no evidence, lifts and reopens nothing', () => {
    const flagged = told.and('senior-1', { type: 'RaiseFlag', title: 'Something worries me here' });
    const flag = deciding(flagged).ownFlags[0]?.id ?? '';
    flagged.when('compliance-1', { type: 'DismissFlag', flag, reason: 'No' }).refused('not allowed', /recused/);
    const conditions = [{ id: 'c1', text: 'Limit use', owner: 'rep-1', due: '2027-03-10' }];
    const done = told
      .vote('compliance-2')
      .vote('senior-1', { outcome: 'approve-with-conditions', conditions })
      .and('rep-1', { type: 'MeetCondition', condition: 'c1', text: 'Done.', sources: [] });
    done.when('compliance-1', { type: 'AcceptCondition', condition: 'c1' }).refused('not allowed', /recused/);
    done.when('compliance-2', { type: 'AcceptCondition', condition: 'c1' }).then('ConditionAccepted');
    done.when('compliance-1', { type: 'Reopen', reason: 'New law' }).refused('not allowed');
    for (const action of ['place hold', 'lift suspension'] as const) {
      expect(canDo(done.view, 'compliance-1', action)).toBe(false);
      expect(canDo(done.view, 'compliance-2', action)).toBe(true);
    }
  });
  it('stays so in every later round', () => {
    const again = told
      .and('rep-1', { type: 'Withdraw', reason: 'Signed next year.' })
      .and('rep-1', { type: 'Reopen', reason: 'It goes on.' });
    expect(again.view.deal.status).toBe('deciding');
    again.when('compliance-1', (v) => voteOf(v)).refused('not allowed', /recused/);
    expect(waitingFor(again.view).people).toEqual(['compliance-2']);
  });
  it('does not come back once the strict colleague has voted, by no way', () => {
    const voted = high().vote('compliance-1').and('senior-1', RECUSE).vote('counsel-1', { outcome: 'decline' });
    expect(canDo(voted.view, 'senior-1', 'vote')).toBe(false);
    const open = high().and('senior-1', RECUSE).vote('compliance-1').vote('counsel-1');
    open.when('senior-1', (v) => voteOf(v)).refused('not allowed', /recused/);
    expect(waitingFor(open.view).people).toEqual(['senior-2']);
    const again = voted
      .and('chief-1', { type: 'Reopen', reason: 'The reason of senior-1 is gone.' })
      .vote('compliance-1')
      .vote('counsel-1');
    again.when('senior-1', (v) => voteOf(v)).refused('not allowed', /recused/);
    expect(waitingFor(again.view).people).toEqual(['senior-2']);
  });
  it('lends no vote and stands in for nobody', () => {
    const lent = elevated(awayIn({ 'compliance-1': ['boss-1', ...YEAR] })).and('compliance-1', RECUSE);
    expect(seatOf(lent.view, deciding(lent), 'boss-1')).toEqual({ no: expect.stringMatching(/is recused/) });
    const stands = elevated(awayIn({ 'compliance-1': ['boss-1', ...YEAR], 'rep-1': ['boss-1', ...YEAR] }));
    const off = elevated(awayIn({ 'compliance-1': ['boss-1', ...YEAR] })).and('boss-1', RECUSE);
    expect(seatOf(off.view, deciding(off), 'boss-1')).toEqual({ no: expect.stringMatching(/You recused/) });
    stands
      .and('boss-1', RECUSE)
      .when('boss-1', { type: 'SaveSectionForLater', section: 'product', answers: {} })
      .refused('not allowed', /recused/);
  });
  it('gives a reason, and was asked to decide', () => {
    elevated()
      .when('compliance-1', { ...RECUSE, reason: ' ' } as DealCommand)
      .refused('not valid', /why/, 'reason');
    elevated()
      .when('product-1', RECUSE)
      .refused('not allowed', /Nobody asks you/);
    story([open(), answer('scope', { G1: 'yes' })], TIMED)
      .when('chief-1', RECUSE)
      .then('Recused');
  });
});

describe('the route without them', () => {
  it('waits again for the vote that ends with it, and asks the others again', () => {
    const voted = high().vote('compliance-1').vote('senior-1');
    const left = voted.when('senior-1', RECUSE).then('Recused', 'VotesVoided');
    expect(left.events.at(-2)).toMatchObject({ voters: ['senior-1'] });
    expect(deciding(left).votes.map((v) => v.by)).toEqual(['compliance-1']);
    expect(toldOf(noticesBetween(voted, left), 'review wanted').toSorted()).toEqual(['counsel-1', 'senior-2']);
  });
  it('ends the vote that somebody cast for them, and tells that person', () => {
    const voted = high(awayIn({ 'senior-1': ['boss-1', ...YEAR] }))
      .vote('compliance-1')
      .and('boss-1', (v) => ({ ...voteOf(v), for: 'senior-1' }) as DealCommand);
    const left = voted.when('senior-1', RECUSE).then('Recused', 'VotesVoided');
    expect(deciding(left).votes.map((v) => v.by)).toEqual(['compliance-1']);
    expect(toldOf(noticesBetween(voted, left), 'recused')).toContain('boss-1');
  });
  it('keeps what they voted in a step that is complete', () => {
    const conditions = [{ id: 'c1', text: 'Limit use', owner: 'rep-1', due: '2027-03-10' }];
    const told = elevated()
      .vote('compliance-1', { outcome: 'approve-with-conditions', conditions })
      .and('compliance-1', RECUSE)
      .vote('senior-1');
    expect(told.state).toMatchObject({ status: 'decided', decision: { conditions: [{ id: 'c1' }] } });
  });
  it('says that it cannot be completed, to compliance and the chief', () => {
    const before = high().vote('compliance-1');
    const stuck = before.and('counsel-1', RECUSE);
    expect(shortfallsNow(before.view)).toEqual([]);
    expect(shortfallsNow(stuck.view)).toEqual([{ step: 1, group: 'senior', needed: 2, available: 1 }]);
    expect(toldOf(noticesBetween(before, stuck), 'recused').toSorted()).toEqual([
      'chief-1',
      'compliance-1',
      'compliance-2',
      'thread',
    ]);
    // The next round knows it when it begins.
    const again = stuck
      .and('rep-1', { type: 'Withdraw', reason: 'Signed next year.' })
      .and('rep-1', { type: 'Reopen', reason: 'It goes on.' });
    expect(deciding(again).route.shortfalls).toMatchObject([{ step: 1, available: 1 }]);
  });
});

describe('"I have no stake in this deal"', () => {
  const context = { ...TIMED, policy: aPolicy({ declareStake: true }) };
  const yes = { noStake: true } as const;

  it('is said by each voter, once', () => {
    const told = high(context);
    told.when('compliance-1', (v) => voteOf(v)).refused('not valid', /recuse yourself/, 'noStake');
    const voided = told.vote('compliance-1', yes).and(...answer('product', { P1: 'yes', P2: 'no', P4: 'common' }));
    expect(deciding(voided).votes).toEqual([]);
    voided.when('compliance-1', (v) => voteOf(v)).then('VoteCast', 'StepCompleted');
    voided.when('compliance-2', (v) => voteOf(v)).refused('not valid', /no stake/, 'noStake');
    voided
      .and('compliance-1', (v) => voteOf(v))
      .when('senior-1', (v) => voteOf(v))
      .refused('not valid', /no stake/);
  });
  it('is said again once the parties are others', () => {
    const voted = high(context).vote('compliance-1', yes);
    const corrected = (more: Partial<DealDetails>): Story =>
      voted.and('rep-1', ({ deal }): DealCommand => ({
        type: 'CorrectDetails',
        details: { ...deal.details, ...more },
        reason: 'Their holding signs.',
      }));
    const again = corrected({ customer: 'Sample Compliance Family Holding' });
    again.when('compliance-1', (v) => voteOf(v)).refused('not valid', /no stake/, 'noStake');
    expect(again.vote('compliance-1', yes).view.deal.noStake).toEqual(['compliance-1']);
    expect(corrected({ exportLicence: 'granted' }).view.deal.noStake).toEqual(['compliance-1']);
    // The tick of before is not taken over from what they chose then.
    const kept = { ...startReview(voted.view, 1)!, step: 0, values: { noStake: ['none'] } };
    expect(startReview(again.view, 0, kept)?.values).not.toHaveProperty('noStake');
  });
  it('is kept with the vote', () => {
    expect(deciding(high(context).vote('compliance-1', yes)).votes).toMatchObject([{ noStake: true }]);
  });
  it('is said by whoever votes for somebody, and by nobody where the policy does not ask', () => {
    const lent = high({ ...context, organisation: awayIn({ 'compliance-1': ['boss-1', ...YEAR] }).organisation });
    const forAbsent = (more = {}) =>
      lent.when('boss-1', (v) => ({ ...voteOf(v, more), for: 'compliance-1' }) as DealCommand);
    forAbsent().refused('not valid', /no stake/, 'noStake');
    expect(forAbsent(yes).then('VoteCast', 'StepCompleted').view.deal.noStake).toEqual(['boss-1']);
    high()
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted');
  });
});

describe('the manager of the requester', () => {
  // boss-1 manages rep-1, and is a senior here; nobody here manages product-1.
  const withBoss = (context: DealContext): DealContext => ({
    ...context,
    policy: aPolicy({ managerAlone: false }),
    organisation: {
      ...context.organisation,
      people: context.organisation.people.map((p) => (p.id === 'product-1' ? { ...p, manager: 'chief-1' } : p)),
      groups: context.organisation.groups.map((g) =>
        g.id === 'senior' ? { ...g, members: ['boss-1', ...g.members] } : g,
      ),
    },
  });
  const second = (context: DealContext = TIMED): Story => elevated(withBoss(context)).vote('compliance-1');

  it('is not enough while another senior is here', () => {
    const told = second();
    expect(waitingFor(told.view).people).toEqual(['senior-1', 'senior-2', 'counsel-1', 'boss-1']);
    const one = told.when('boss-1', (v) => voteOf(v)).then('VoteCast');
    expect(missingWords(one.view, deciding(one))).toBe('1 more vote from somebody who is not Sample Rep’s manager');
    one.when('senior-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
    told.when('senior-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is named as that of who told them, where the seller has another one', () => {
    const one = second().and('boss-1', (v) => voteOf(v));
    const told = Object.fromEntries(
      Object.entries(deciding(one).answers).map(([section, given]) => [
        section,
        Object.fromEntries(Object.entries(given).map(([id, given]) => [id, { ...given, basis: { told: 'rep-1' } }])),
      ]),
    );
    const sold = { requester: 'product-1', owner: 'product-1', involved: ['product-1'] };
    const deal = { ...deciding(one), ...sold, answers: told };
    expect(missingWords({ ...one.view, deal }, deal)).toBe('1 more vote from somebody who is not Sample Rep’s manager');
  });
  it('is enough under a policy that does not say', () => {
    elevated({ ...withBoss(TIMED), policy: aPolicy() })
      .vote('compliance-1')
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is not enough either where the deal went to another owner, who has another manager', () => {
    const own = second().and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Leave' });
    own.when('boss-1', (v) => voteOf(v)).then('VoteCast');
  });
  it('is not enough either where a colleague opened the deal and had them answer it', () => {
    const lines = answeredDeal({ 'H-RF3': 'yes' });
    const [opening, scope, ...rest] = lines.map(([, command]) => command);
    const handed = ['product', 'record'].map((section): Line => [
      'product-1',
      { type: 'HandOverSection', section, to: 'rep-1' },
    ]);
    const byColleague = story(
      [
        ['product-1', opening as DealCommand],
        ['product-1', scope as DealCommand],
        ...handed,
        ...rest.map((command): Line => ['rep-1', command]),
      ],
      withBoss(TIMED),
    ).vote('compliance-1');
    expect(deciding(byColleague)).toMatchObject({ requester: 'product-1', owner: 'product-1', tier: 'elevated' });
    const one = byColleague.when('boss-1', (v) => voteOf(v)).then('VoteCast');
    expect(missingWords(one.view, deciding(one))).toBe('1 more vote from somebody who is not Sample Rep’s manager');
    one.when('senior-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is enough while all others are away, and nobody’s leaving completes a step', () => {
    const gone = awayIn({ 'senior-1': ['x', ...YEAR], 'senior-2': ['x', ...YEAR], 'counsel-1': ['x', ...YEAR] });
    second(gone)
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    const one = second().vote('boss-1');
    const left = { ...one.view, organisation: withBoss(gone).organisation };
    expect(standingOf(left, deciding(one))).toMatchObject({ outcome: 'open', missing: 1 });
  });
  it('is enough a business day after the last other senior has recused themself', () => {
    const one = second().and('senior-1', RECUSE).vote('boss-1').and('counsel-1', RECUSE);
    const alone = one.when('senior-2', RECUSE).then('Recused');
    alone.when('system', { type: 'Tick' }, '2027-03-02T18:00:00.000Z').then('StepCompleted', 'DealDecided');
  });
});
