import { describe, expect, it } from 'vitest';
import { dueNow, dutiesOf, nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { dealView } from '../../../../flows/deal/view.ts';
import { answer, answeredDeal, open, story, type Story } from '../../../support/story.ts';
import { calendarUntil, noticesBetween, remindersIn, tick, TIMED, toldOf } from '../../../support/ticking.ts';

// Stories begin on Monday, 1 March 2027, at 09:00 UTC, a minute for each event.
const scoped = () => story([open(), answer('scope', { G1: 'yes' })], TIMED);
const high = () => story(answeredDeal({ 'H-RF1': 'yes' }), TIMED);
const keyOf = (told: Story, person: string): string => dutiesOf(told.view).find((d) => d.person === person)?.key ?? '';
const JULY = '2027-07-01T00:00:00.000Z';

describe('a section', () => {
  it('is reminded of twice, then the manager hears of it, then nothing more is due', () => {
    const { lines, after } = calendarUntil(scoped(), JULY);
    expect(lines).toEqual([
      '2027-03-03T09:01 reminder rep-1',
      '2027-03-05T09:01 reminder rep-1',
      '2027-03-09T09:01 escalation boss-1',
    ]);
    expect(nextDueAt(after.view)).toBeNull();
  });
  it('is not reminded of a millisecond early', () => {
    const told = scoped();
    const at = nextDueAt(told.view) ?? '';
    const early = new Date(Date.parse(at) - 1).toISOString();
    told.when('system', { type: 'Tick' }, early).refused('not now');
    told.when('system', { type: 'Tick' }, at).then('Reminded');
  });
  it('that was handed over is owed by its holder in her own working hours, beside the next one of the owner', () => {
    const handed = scoped().and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    // 09:03 on Monday in UTC is 22:03 in Auckland: the days count from Tuesday 09:00 there, which is Monday 20:00 UTC.
    expect(calendarUntil(handed, JULY).lines).toEqual([
      '2027-03-03T09:03 reminder rep-1',
      '2027-03-03T20:00 reminder product-1',
      '2027-03-05T09:03 reminder rep-1',
      '2027-03-07T20:00 reminder product-1',
      '2027-03-09T09:03 escalation boss-1',
      // She has no manager, so compliance is told: at the next working moment there.
      '2027-03-10T09:00 escalation compliance-1',
      '2027-03-10T09:00 escalation compliance-2',
    ]);
  });
  it('is owed no more once it is answered, taken back or out of the way', () => {
    const handed = scoped().and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    const holders = (told: Story) => dutiesOf(told.view).flatMap((d) => d.person ?? []);
    expect(holders(handed)).toEqual(['product-1', 'rep-1']);
    expect(holders(handed.and('product-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1]))).toEqual([
      'rep-1',
    ]);
    expect(holders(handed.and('rep-1', { type: 'TakeSectionBack', section: 'product' }))).toEqual(['rep-1']);
    expect(holders(handed.and('rep-1', { type: 'Withdraw', reason: 'The buyer left' }))).toEqual([]);
  });
  it('of the owner waits again from when the deal moved, and what was told is not told again', () => {
    const handed = scoped().and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    const once = tick(handed, '2027-03-03T09:03:00.000Z');
    const moved = once.and(
      'product-1',
      answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1],
      '2027-03-04T10:00:00.000Z',
    );
    expect(calendarUntil(moved, JULY).lines).toEqual([
      '2027-03-10T10:00 reminder rep-1',
      '2027-03-12T10:00 escalation boss-1',
    ]);
  });
  it('begins anew for a new owner', () => {
    const once = tick(scoped(), '2027-03-03T09:01:00.000Z');
    const given = once.and(
      'rep-1',
      { type: 'ReassignOwner', to: 'product-1', reason: 'Holiday' },
      '2027-03-04T02:00:00.000Z',
    );
    expect(calendarUntil(given, '2027-03-09T00:00:00.000Z').lines).toEqual(['2027-03-08T02:00 reminder product-1']);
  });
  it('begins anew for an owner who gets it back', () => {
    const once = tick(scoped(), '2027-03-03T09:01:00.000Z');
    const back = once
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Holiday' }, '2027-03-04T02:00:00.000Z')
      .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Back again' }, '2027-03-05T10:00:00.000Z');
    expect(calendarUntil(back, '2027-03-10T00:00:00.000Z').lines).toEqual(['2027-03-09T10:00 reminder rep-1']);
  });
  it('of a deal that was reopened counts from then', () => {
    const back = scoped()
      .and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' })
      .and('rep-1', { type: 'Withdraw', reason: 'The buyer left' })
      .and('rep-1', { type: 'Reopen', reason: 'They are back' }, '2027-05-03T02:00:00.000Z');
    expect(nextDueAt(back.view)).toBe('2027-05-05T02:00:00.000Z');
  });
});

describe('information and votes', () => {
  it('are asked of the deal owner, and of each approver that the step waits for', () => {
    const first = high();
    expect(calendarUntil(first, '2027-03-04T00:00:00.000Z').lines).toEqual([
      '2027-03-03T09:04 reminder compliance-1',
      '2027-03-03T09:04 reminder compliance-2',
    ]);
    const asked = first.and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who runs it?' });
    expect(calendarUntil(asked, JULY).lines).toEqual([
      '2027-03-02T09:06 reminder rep-1',
      '2027-03-04T09:06 reminder rep-1',
      '2027-03-08T09:06 escalation boss-1',
    ]);
  });
  it('wait on by the clock of the question when the deal is handed over: only the new owner’s reminders begin anew', () => {
    const asked = high().and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who runs it?' });
    const handed = tick(asked, '2027-03-05T10:00:00.000Z').and(
      'compliance-2',
      { type: 'ReassignOwner', to: 'product-1', reason: 'On other work this month' },
      '2027-03-05T10:00:00.000Z',
    );
    expect(calendarUntil(handed, JULY).lines).toEqual([
      // In her own working hours, in Auckland. She has no manager; without the hand-over rep-1's would have heard on 8 March.
      '2027-03-08T20:00 reminder product-1',
      '2027-03-09T09:00 escalation compliance-1',
      '2027-03-09T09:00 escalation compliance-2',
      '2027-03-10T20:00 reminder product-1',
    ]);
  });
  it('are two reminders for two questions', () => {
    const asked = high()
      .and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who runs it?' })
      .and('compliance-2', { type: 'AskForInformation', step: 0, question: 'Since when?' });
    expect(dutiesOf(asked.view).filter((d) => d.person === 'rep-1')).toHaveLength(2);
  });
  it('of a vote end with it; one that was taken back is owed from then on', () => {
    const voted = high().vote('compliance-1').vote('senior-1');
    const people = (told: Story) => dutiesOf(told.view).flatMap((d) => d.person ?? []);
    expect(people(voted)).toEqual(['counsel-1']);
    const back = tick(voted, '2027-03-04T12:00:00.000Z').and(
      'senior-1',
      { type: 'TakeVoteBack', step: 1 },
      '2027-03-04T12:00:00.000Z',
    );
    expect(dutiesOf(back.view).find((d) => d.person === 'senior-1')).toMatchObject({
      since: '2027-03-04T12:00:00.000Z',
      stages: [{ at: '2027-03-08T12:00:00.000Z' }, { at: '2027-03-10T12:00:00.000Z' }],
    });
  });
  it('are told to one manager once, however many of her people owe it, and never as an escalation to one of them', () => {
    const told = high().vote('compliance-1');
    const { lines } = calendarUntil(told, JULY);
    // Counsel's manager is senior-1, who owes a vote herself: compliance hears of it instead.
    expect(lines.filter((l) => l.includes('escalation'))).toEqual([
      '2027-03-09T09:06 escalation boss-1',
      '2027-03-09T09:06 escalation compliance-1',
      '2027-03-09T09:06 escalation compliance-2',
    ]);
    const boss = dutiesOf(told.view).find((d) => d.key.endsWith('boss-1:escalation'));
    expect(boss).toMatchObject({ owers: ['senior-1', 'senior-2'] });
    expect(boss).not.toHaveProperty('person');
  });
});

describe('a sleep, and a clock that steps back', () => {
  it('brings one reminder for each duty: the latest stage', () => {
    const slept = tick(scoped(), '2027-03-20T12:00:00.000Z');
    expect(remindersIn(slept.events)).toEqual(['reminder rep-1', 'escalation boss-1']);
    expect(slept.events.find((e) => e.type === 'Reminded')).toMatchObject({ stage: 2 });
    expect(nextDueAt(slept.view)).toBeNull();
  });
  it('brings nothing twice', () => {
    const told = tick(scoped(), '2027-03-03T09:01:00.000Z');
    told.when('system', { type: 'Tick' }, '2027-03-03T08:01:00.000Z').refused('not now');
    told.when('system', { type: 'Tick' }, '2027-03-03T09:01:00.000Z').refused('not now');
  });
  it('is decided by time alone', () => {
    scoped().when('rep-1', { type: 'Tick' }, '2027-03-20T12:00:00.000Z').refused('not allowed');
  });
});

describe('"remind me later"', () => {
  const once = () => tick(scoped(), '2027-03-03T09:01:00.000Z');
  const snooze = (told: Story, until: string) => ({ type: 'Snooze' as const, duty: keyOf(told, 'rep-1'), until });
  const AT = '2027-03-03T10:00:00.000Z';

  it('keeps silent until 09:00 of that day, then tells the latest stage due by then', () => {
    const told = once();
    const { lines } = calendarUntil(told.and('rep-1', snooze(told, '2027-03-08'), AT), JULY);
    expect(lines).toEqual(['2027-03-08T09:00 reminder rep-1', '2027-03-09T09:01 escalation boss-1']);
  });
  it('brings back even the last reminder', () => {
    const last = tick(once(), '2027-03-05T09:01:00.000Z');
    const put = last.and('rep-1', snooze(last, '2027-03-12'), '2027-03-05T10:00:00.000Z');
    expect(calendarUntil(put, JULY).lines).toEqual([
      '2027-03-09T09:01 escalation boss-1',
      '2027-03-12T09:00 reminder rep-1',
    ]);
  });
  it('can be said again before that day', () => {
    const told = once();
    const put = told
      .and('rep-1', snooze(told, '2027-03-04'), AT)
      .and('rep-1', snooze(told, '2027-03-05'), '2027-03-03T11:00:00.000Z');
    // The second stage is due a minute after the chosen day has begun.
    expect(calendarUntil(put, '2027-03-06T00:00:00.000Z').lines).toEqual([
      '2027-03-05T09:00 reminder rep-1',
      '2027-03-05T09:01 reminder rep-1',
    ]);
  });
  it('asks for a day of the next thirty', () => {
    const told = once();
    told.when('rep-1', snooze(told, '2027-03-03'), AT).refused('not valid', /after today/);
    told.when('rep-1', snooze(told, '2027-04-03'), AT).refused('not valid', /30 days/);
    told.when('rep-1', snooze(told, '2027-02-30'), AT).refused('not valid', /calendar/);
    told.when('rep-1', snooze(told, '2027-04-02'), AT).then('Snoozed');
  });
  it('is for whoever owes it, while they do', () => {
    const told = once();
    told.when('stranger', snooze(told, '2027-03-08'), AT).refused('not allowed', /does not know you/);
    told.when('boss-1', snooze(told, '2027-03-08'), AT).refused('not allowed');
    told.when('compliance-1', snooze(told, '2027-03-08'), AT).refused('not allowed', /put it off/);
    const escalation = dutiesOf(told.view).find((d) => d.key.endsWith(':escalation'))?.key ?? '';
    told.when('rep-1', { type: 'Snooze', duty: escalation, until: '2027-03-08' }, AT).refused('not allowed');
    told
      .and('rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1], AT)
      .when('rep-1', snooze(told, '2027-03-08'), AT)
      .refused('not now', /done/);
  });
});

describe('people and times', () => {
  it('somebody who left is not reminded; somebody else is told at once', () => {
    const handed = scoped().and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    const organisation = {
      ...TIMED.organisation,
      people: TIMED.organisation.people.filter((p) => p.id !== 'product-1'),
    };
    const view = dealView(handed.view.deal, TIMED.policy, organisation, '2027-03-03T12:00:00.000Z');
    expect(dueNow(view).flatMap(({ stage }) => stage.to)).toEqual(['compliance-1', 'compliance-2', 'rep-1']);
  });
  it('a holiday that was added puts a reminder off', () => {
    const organisation = { ...TIMED.organisation, holidays: ['2027-03-03'] };
    const view = dealView(scoped().view.deal, TIMED.policy, organisation, '2027-03-03T12:00:00.000Z');
    expect([nextDueAt(view), dueNow(view)]).toEqual(['2027-03-04T09:01:00.000Z', []]);
  });
  it('a deal of before there were reminders has its reminders', () => {
    const { stepSince, tookBack, reminded, snoozed, answeringSince, ownedSince, ...older } = high().view
      .deal as Extract<OpenedDeal, { status: 'deciding' }>;
    expect([stepSince, tookBack, reminded, snoozed, answeringSince, ownedSince]).toEqual([
      '2027-03-01T09:04:00.000Z',
      ...Array.from({ length: 5 }, () => undefined),
    ]);
    const view = dealView(older, TIMED.policy, TIMED.organisation, '2027-03-03T12:00:00.000Z');
    expect(dueNow(view).flatMap(({ stage }) => stage.to)).toEqual(['compliance-1', 'compliance-2']);
  });
  it('no policy line, no reminder', () => {
    const policy = { ...TIMED.policy, reminders: { ...TIMED.policy.reminders, sections: { after: [] } } };
    expect(nextDueAt(dealView(scoped().view.deal, policy, TIMED.organisation, JULY))).toBeNull();
  });
});

describe('what a tick tells', () => {
  it('whoever is reminded, and the root card alone is drawn again', () => {
    const before = scoped();
    const notices = noticesBetween(before, tick(before, '2027-03-20T12:00:00.000Z'));
    expect(toldOf(notices, 'reminded')).toEqual(['rep-1', 'boss-1']);
    expect(notices.flatMap((n) => (n.kind === 'live' ? [n.live.card] : []))).toEqual(['root']);
  });
});
