/** Absences: what delegates may do, and who is told. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealContext } from '../../../flows/deal/deciding/decision.ts';
import { dutiesOf } from '../../../flows/deal/owing/duties.ts';
import { canRead } from '../../../flows/deal/rights/access.ts';
import { standingOf } from '../../../flows/deal/rights/whose-turn.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { absences, awayAt, delegatorsOf } from '../../../flows/registers/absences.ts';
import { answer, answeredDeal, open, story, voteOf, type Story } from '../../support/story.ts';
import { awayIn, calendarUntil, noticesBetween, TIMED, toldOf } from '../../support/ticking.ts';

// Stories begin on Monday, 1 March 2027, at 09:00 UTC, a minute for each event.
const ALL_YEAR = ['2027-01-01', '2027-12-31'] as const;
const away = (...pairs: [person: string, delegate: string][]) =>
  awayIn(Object.fromEntries(pairs.map(([person, delegate]) => [person, [delegate, ...ALL_YEAR]])));
const high = (context: DealContext) => story(answeredDeal({ 'H-RF1': 'yes' }), context);
const voteFor =
  (absent: string) =>
  (view: DealView): DealCommand => ({ ...(voteOf(view) as Extract<DealCommand, { type: 'CastVote' }>), for: absent });
const counted = (told: Story): string[] =>
  told.view.deal.status === 'deciding'
    ? standingOf(told.view, told.view.deal).counted.map((v) => `${v.by}${v.for ? ` for ${v.for}` : ''}`)
    : [];
/** The same deal after all absences. */
const later = (told: Story, context: DealContext = TIMED): DealView =>
  dealView(told.view.deal, context.policy, context.organisation, told.view.now);

describe('who is away', () => {
  const { organisation } = awayIn({ 'product-1': ['boss-1', '2027-03-02', '2027-03-03'] });
  it('is so by their own calendar, from the first day to the last', () => {
    // In Auckland it is 13 hours later.
    expect(awayAt(organisation, 'product-1', '2027-03-01T10:59:00.000Z')).toBeUndefined();
    expect(awayAt(organisation, 'product-1', '2027-03-01T11:00:00.000Z')).toBeDefined();
    expect(awayAt(organisation, 'product-1', '2027-03-03T10:59:00.000Z')).toBeDefined();
    expect(awayAt(organisation, 'product-1', '2027-03-03T11:00:00.000Z')).toBeUndefined();
    expect(delegatorsOf(organisation, 'boss-1', '2027-03-02T11:00:00.000Z')).toEqual(['product-1']);
  });
  it('lends nothing to or from somebody who is not known', () => {
    const without = (id: string) => ({ ...organisation, people: organisation.people.filter((p) => p.id !== id) });
    expect(delegatorsOf(without('boss-1'), 'boss-1', '2027-03-02T11:00:00.000Z')).toEqual([]);
    expect(delegatorsOf(without('product-1'), 'boss-1', '2027-03-02T11:00:00.000Z')).toEqual([]);
  });
  it('keeps since when it was said, through a change of its dates', () => {
    const absence = { person: 'rep-1', delegate: 'boss-1', from: '2027-03-02', until: '2027-03-03' };
    const said = (at: string, until: string) => ({
      at,
      by: 'rep-1',
      type: 'AwaySet' as const,
      absence: { ...absence, until },
    });
    const once = absences.evolve(absences.none, said('2027-03-01T09:00:00.000Z', '2027-03-03'));
    const twice = absences.evolve(once, said('2027-03-02T09:00:00.000Z', '2027-03-09'));
    expect(twice.absences['rep-1']).toMatchObject({ until: '2027-03-09', said: '2027-03-01T09:00:00.000Z' });
  });
});

describe('a vote for somebody who is away', () => {
  it('counts in their name, in their group and where they are needed', () => {
    const told = high(away(['counsel-1', 'boss-1']))
      .vote('compliance-1')
      .vote('senior-1');
    expect(standingOf(told.view, told.view.deal as never).missingFrom).toEqual([{ group: 'counsel', count: 1 }]);
    const done = told.when('boss-1', voteFor('counsel-1')).then('VoteCast', 'StepCompleted', 'DealDecided');
    expect(done.events.find((e) => e.type === 'VoteCast' && e.by === 'boss-1')).toMatchObject({ for: 'counsel-1' });
  });
  it('stays when they are back, and is theirs: they have no other in that step', () => {
    const told = high(away(['senior-1', 'boss-1']))
      .vote('compliance-1')
      .and('boss-1', voteFor('senior-1'));
    expect(counted(told)).toEqual(['boss-1 for senior-1']);
    told.when('senior-1', voteOf).refused('not allowed', /Sample Manager voted for you/);
    const back = later(told);
    expect(standingOf(back, back.deal as never).counted).toHaveLength(1);
    expect(standingOf(back, back.deal as never).people).not.toContain('senior-1');
    // The delegate sees the result, and may take it back.
    expect(canRead(back, 'boss-1')).toBe(true);
    told
      .when('boss-1', { type: 'TakeVoteBack', step: 1 })
      .then('VoteTakenBack')
      .when('senior-1', voteOf)
      .then('VoteCast');
  });
  it('is asked for by name: a form of before somebody came back casts nothing', () => {
    const told = high(TIMED).vote('compliance-1');
    told.when('boss-1', voteFor('senior-1')).refused('not allowed', /not away any more/);
    const again = high(away(['senior-1', 'boss-1'])).vote('compliance-1');
    again.when('boss-1', voteOf).refused('not now', /a vote for Sample Senior One, who is away/);
    again.when('boss-1', voteFor('senior-2')).refused('not now', /not away any more/);
  });
  it('is one of one human: as themselves first, and once on the whole route', () => {
    const context = away(['senior-1', 'senior-2'], ['compliance-2', 'counsel-1']);
    // A member of the group themselves.
    const own = high(context).vote('compliance-1');
    own.when('senior-2', voteFor('senior-1')).refused('not now', /your own vote/);
    own
      .vote('senior-2')
      .when('senior-2', voteFor('senior-1'))
      .refused('not allowed', /voted in this step already/);
    // For a person in the first step, so not as themselves in the second.
    const used = high(context).and('counsel-1', voteFor('compliance-2'));
    expect(used.view.deal).toMatchObject({ step: 1 });
    used.when('counsel-1', voteOf).refused('not allowed', /earlier step/);
  });
  it('is one of one human, however many chose them', () => {
    const told = high(away(['senior-1', 'boss-1'], ['senior-2', 'boss-1'], ['counsel-1', 'boss-1'])).vote(
      'compliance-1',
    );
    const once = told.and('boss-1', voteFor('senior-1'));
    expect(counted(once)).toEqual(['boss-1 for senior-1']);
    once.when('boss-1', voteFor('senior-2')).refused('not allowed', /voted in this step already/);
  });
  it('goes first to the seat that the step cannot do without', () => {
    const told = high(away(['senior-1', 'boss-1'], ['counsel-1', 'boss-1']))
      .vote('compliance-1')
      .vote('senior-2');
    told.when('boss-1', voteFor('counsel-1')).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is never of somebody on the deal team, nor for one', () => {
    const handed = (context: DealContext) =>
      story([open(), answer('scope', { G1: 'yes' })], context)
        .and('compliance-1', { type: 'HandOverSection', section: 'product', to: 'senior-1' })
        .and('senior-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1])
        .and('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1])
        .vote('compliance-2');
    handed(away(['senior-1', 'boss-1']))
      .when('boss-1', voteFor('senior-1'))
      .refused('not allowed', /on the deal team/);
    handed(away(['senior-2', 'senior-1']))
      .when('senior-1', voteFor('senior-2'))
      .refused('not allowed', /own deal/);
    high(away(['senior-1', 'rep-1']))
      .vote('compliance-1')
      .when('rep-1', voteFor('senior-1'))
      .refused('not allowed', /own deal/);
  });
  it('is of nobody who acts for the requester too', () => {
    const told = high(away(['senior-1', 'boss-1'], ['rep-1', 'boss-1'])).vote('compliance-1');
    told.when('boss-1', voteFor('senior-1')).refused('not allowed', /also act for Sample Rep/);
    // The rep's delegate decides in their own right as before: else a rep could exclude her judge.
    const chosen = high(away(['rep-1', 'senior-2'])).vote('compliance-1');
    chosen.when('senior-2', voteOf).then('VoteCast');
  });
  it('is of nobody who has left, nor for one who is not in the group any more', () => {
    const told = high(away(['senior-1', 'boss-1']))
      .vote('compliance-1')
      .and('boss-1', voteFor('senior-1'));
    const { organisation } = TIMED;
    const left = { ...organisation, people: organisation.people.filter((p) => p.id !== 'boss-1') };
    const moved = {
      ...organisation,
      groups: organisation.groups.map((g) => ({ ...g, members: g.members.filter((m) => m !== 'senior-1') })),
    };
    for (const changed of [left, moved]) {
      const view = later(told, { ...TIMED, organisation: changed });
      expect(standingOf(view, view.deal as never).counted).toEqual([]);
    }
  });
  it('is void with other facts, and both hear of it', () => {
    const told = high(away(['senior-1', 'boss-1']))
      .vote('compliance-1')
      .and('boss-1', voteFor('senior-1'));
    const changed = told.and('rep-1', answer('product', { P1: 'yes', P2: 'no', P4: 'common' })[1]);
    expect(changed.events.find((e) => e.type === 'VotesVoided')).toMatchObject({ seats: { 'boss-1': 'senior-1' } });
    expect(toldOf(noticesBetween(told, changed), 'votes voided')).toEqual([
      'thread',
      'compliance-1',
      'boss-1',
      'senior-1',
    ]);
  });
  it('lets them ask first', () => {
    const told = high(away(['senior-1', 'boss-1'])).vote('compliance-1');
    told.when('boss-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' }).then('InformationAsked');
    told.when('chief-1', { type: 'AskForInformation', step: 1, question: 'Who runs it?' }).refused('not allowed');
  });
});

describe('the work of somebody who is away', () => {
  const handed = (context: DealContext) =>
    story([open(), answer('scope', { G1: 'yes' })], context).and('rep-1', {
      type: 'HandOverSection',
      section: 'product',
      to: 'product-1',
    });
  const PRODUCT = answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1];

  it('is done by whom they chose, who is on the team from then on', () => {
    const told = handed(away(['product-1', 'boss-1']));
    expect(canRead(told.view, 'boss-1')).toBe(true);
    expect(told.and('boss-1', PRODUCT).view.deal.team).toContain('boss-1');
    told.and('boss-1', { type: 'HandOverSection', section: 'product', to: 'rep-1' });
    handed(TIMED)
      .when('boss-1', PRODUCT)
      .refused('not allowed', /Only the deal team/);
  });
  it('is not done by who may have to judge it: nobody is kept out of a vote so', () => {
    const told = handed(away(['product-1', 'senior-1']));
    told.when('senior-1', PRODUCT).refused('not allowed', /may be needed to decide/);
  });
  it('is a question that is answered', () => {
    const asked = high(away(['rep-1', 'boss-1'])).and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'Who runs it?',
    });
    asked
      .when('boss-1', (view) => ({
        type: 'GiveInformation',
        request: view.deal.requests[0]?.id ?? '',
        text: 'The ministry runs it.',
        sources: [],
      }))
      .then('InformationGiven', 'DealRouted');
  });
  it('is a condition that is met, and judged by somebody else', () => {
    const approved = (context: DealContext) =>
      story(answeredDeal({ 'H-RF3': 'yes' }), context)
        .vote('compliance-1')
        .vote('senior-1', {
          outcome: 'approve-with-conditions',
          conditions: [{ id: 'c1', text: 'Limit use', owner: 'product-1', due: '2027-04-01' }],
        });
    const met = (actor: string): DealCommand => ({
      type: 'MeetCondition',
      condition: 'c1',
      text: `Done by ${actor}`,
      sources: [],
    });
    const accepts: DealCommand = { type: 'AcceptCondition', condition: 'c1' };
    approved(TIMED).when('boss-1', met('boss-1')).refused('not allowed');
    const context = away(['product-1', 'compliance-2'], ['compliance-1', 'boss-1']);
    const done = approved(context).and('compliance-2', met('compliance-2'));
    expect(done.events.at(-1)).toMatchObject({ type: 'ConditionMet', for: 'product-1' });
    done.when('compliance-2', accepts).refused('not allowed', /yourself/);
    const accepted = done.and('boss-1', accepts);
    expect(accepted.events.at(-1)).toMatchObject({ type: 'ConditionAccepted', for: 'compliance-1' });
    // A person who also acts for the owner judges nothing for compliance.
    const both = approved(away(['product-1', 'boss-1'], ['compliance-1', 'boss-1'])).and('rep-1', met('rep-1'));
    both.when('boss-1', accepts).refused('not allowed', /cannot look at this/);
    both.when('senior-2', accepts).refused('not allowed', /Only compliance/);
  });
  it('may be read while there is some to do, and no more', () => {
    const told = high(away(['senior-1', 'boss-1'], ['chief-1', 'product-1']));
    expect([canRead(told.view, 'boss-1'), canRead(told.view, 'product-1')]).toEqual([true, false]);
    expect(canRead(later(told), 'boss-1')).toBe(false);
  });
});

describe('who is told', () => {
  it('of a review: whoever is away, and whoever can vote for them', () => {
    const told = high(away(['senior-1', 'boss-1'], ['senior-2', 'counsel-1'])).vote('compliance-1');
    const before = high(away(['senior-1', 'boss-1'], ['senior-2', 'counsel-1']));
    const notices = noticesBetween(before, told);
    // Counsel votes for themselves first, so they are not asked to vote for the absent one.
    expect(toldOf(notices, 'review wanted')).toEqual(['senior-1', 'boss-1', 'senior-2', 'counsel-1']);
    expect(
      notices.find((n) => n.kind === 'fact' && n.target.to === 'person' && n.target.person === 'boss-1'),
    ).toMatchObject({
      target: { acting: { for: 'senior-1', until: '2027-12-31' } },
    });
  });
  it('by reminders: whoever stands in, in their own working hours, and the person where they can do nothing', () => {
    const base = { ...TIMED.organisation };
    const people = base.people.map((p) => (p.id === 'boss-1' ? { ...p, timeZone: 'America/Los_Angeles' } : p));
    const context = away(['senior-1', 'boss-1'], ['senior-2', 'rep-1']);
    const there = { ...context, organisation: { ...context.organisation, people } };
    const { lines } = calendarUntil(high(there).vote('compliance-1'), '2027-03-06T00:00:00.000Z');
    expect(lines).toEqual([
      '2027-03-03T09:06 reminder senior-2',
      '2027-03-03T09:06 reminder counsel-1',
      // 09:00 in Los Angeles.
      '2027-03-03T17:00 reminder boss-1',
      '2027-03-05T09:06 reminder senior-2',
      '2027-03-05T09:06 reminder counsel-1',
      '2027-03-05T17:00 reminder boss-1',
    ]);
  });
  it('once, of what waited before they left: on the first morning', () => {
    const context = awayIn({ 'senior-1': ['product-1', '2027-03-04', '2027-03-05'] });
    const { lines, after } = calendarUntil(high(context).vote('compliance-1'), '2027-03-12T00:00:00.000Z');
    const mine = lines.filter((line) => /senior-1|product-1/.test(line));
    expect(mine).toEqual([
      '2027-03-03T09:06 reminder senior-1',
      // 09:00 in UTC on the first day is night in Auckland, where she stands in from 09:00.
      '2027-03-04T20:00 delegated product-1',
      // In her next working hours they are back, so they get it in their own.
      '2027-03-08T09:00 reminder senior-1',
    ]);
    expect(after.events.filter((e) => e.type === 'Reminded' && e.of === 'delegated')).toHaveLength(1);
  });
  it('by one message where a reminder of it comes in the same moment', () => {
    const context = awayIn({ 'senior-1': ['boss-1', '2027-03-03', '2027-03-05'] });
    const told = high(context).vote('compliance-1').and('system', { type: 'Tick' }, '2027-03-03T12:00:00.000Z');
    const reminded = told.events.filter((e) => e.type === 'Reminded' && e.to.includes('boss-1'));
    expect(reminded).toHaveLength(1);
    expect(reminded[0]).toMatchObject({ of: 'reminder', acting: { for: 'senior-1', until: '2027-03-05' } });
    told.when('system', { type: 'Tick' }, '2027-03-03T12:00:00.000Z').refused('not now');
  });
  it('and may put it off for them', () => {
    const told = high(away(['senior-1', 'boss-1'])).vote('compliance-1');
    const duty = dutiesOf(told.view).find((d) => d.person === 'senior-1')?.key ?? '';
    told.when('boss-1', { type: 'Snooze', duty, until: '2027-03-08' }).then('Snoozed');
    told.when('counsel-1', { type: 'Snooze', duty, until: '2027-03-08' }).refused('not allowed');
  });
  it('is the person themselves where whoever they chose is away or has left', () => {
    const both = high(away(['senior-1', 'boss-1'], ['boss-1', 'product-1'])).vote('compliance-1');
    expect(calendarUntil(both, '2027-03-04T00:00:00.000Z').lines).toContain('2027-03-03T09:06 reminder senior-1');
  });
});
