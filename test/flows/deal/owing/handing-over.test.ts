/** A condition gets another owner; escalations reach people who are present; people leave. */

import { describe, expect, it } from 'vitest';
import { settleConditionForm } from '../../../../blocks/forms/condition.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { dueNow, dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { conditionStanding } from '../../../../flows/deal/rights/whose-turn.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import type { EscalateTo } from '../../../../flows/policy/reminders.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { answer, answeredDeal, open, story, type Story } from '../../../support/story.ts';
import { awayIn, calendarUntil, noticesBetween, tick, TIMED, toldOf } from '../../../support/ticking.ts';

// Stories begin on Monday, 1 March 2027, at 09:00 UTC, a minute for each event.
const approved = (context: DealContext = TIMED): Story =>
  story(answeredDeal({ 'H-RF3': 'yes' }), context)
    .vote('compliance-1')
    .vote('senior-1', {
      outcome: 'approve-with-conditions',
      conditions: [{ id: 'c1', text: 'Limit use', owner: 'senior-2', due: '2027-03-10' }],
    });
const give = (to: string, reason = 'She runs it'): DealCommand => ({
  type: 'HandOverCondition',
  condition: 'c1',
  to,
  reason,
});
const MET: DealCommand = { type: 'MeetCondition', condition: 'c1', text: 'Signed.', sources: [] };
const ACCEPT: DealCommand = { type: 'AcceptCondition', condition: 'c1' };
const without = (...ids: string[]): DealContext => ({
  ...TIMED,
  organisation: {
    ...TIMED.organisation,
    people: TIMED.organisation.people
      .filter((p) => !ids.includes(p.id))
      .map(({ manager, ...p }) => (manager === undefined || ids.includes(manager) ? p : { ...p, manager })),
    groups: TIMED.organisation.groups.map((g) => ({ ...g, members: g.members.filter((m) => !ids.includes(m)) })),
  },
});
const viewIn = (told: Story, { policy, organisation }: DealContext, at: string): DealView =>
  dealView(told.view.deal, policy, organisation, at);
const toldAt = (told: Story, context: DealContext, at: string): string[] =>
  dueNow(viewIn(told, context, at)).flatMap(({ stage }) => stage.to.map((id) => `${stage.of} ${id}`));

describe('a condition that is handed over', () => {
  it('is its new owner’s: reminders, rights, and who is told', () => {
    const before = approved();
    const after = before.when('senior-2', give('product-1')).then('ConditionHandedOver');
    expect(toldOf(noticesBetween(before, after), 'condition handed over')).toEqual(['thread', 'product-1']);
    expect(conditionStanding(after.view)[0]?.condition.owner).toBe('product-1');
    expect(dutiesOf(after.view).flatMap((d) => (d.person === undefined ? [] : [d.person]))).toEqual([
      'product-1',
      'rep-1',
    ]);
    after.when('senior-2', MET).refused('not allowed');
    after.when('product-1', MET).then('ConditionMet');
    // The decision stays as it was.
    expect(after.view.deal).toMatchObject({ decision: { conditions: [{ owner: 'senior-2' }] } });
  });
  it('hides no reason of a hand-over, or of a return, behind a later one', () => {
    const worry = 'I will not: their colonel films strikers with it.';
    const thin = 'The letter is unsigned, and names no court.';
    const told = approved()
      .and('senior-2', give('product-1', worry))
      .and('product-1', give('rep-1', 'It is yours.'))
      .and('rep-1', MET)
      .and('compliance-1', { type: 'ReturnCondition', condition: 'c1', reason: thin })
      .and('rep-1', give('product-1', 'She is on holiday.'))
      .and('product-1', MET)
      .and('compliance-1', { type: 'ReturnCondition', condition: 'c1', reason: 'Still unsigned.' })
      .and('product-1', MET);
    const words = wordsOf(settleConditionForm(told.view, 'c1'));
    for (const said of [worry, 'It is yours.', 'She is on holiday.', thin, 'Still unsigned.'])
      expect(words).toContain(said);
    const again = told.and('compliance-1', { type: 'ReturnCondition', condition: 'c1', reason: 'Once more.' });
    const many = Array.from({ length: 5 }, () => ['rep-1', 'product-1'])
      .flat()
      .reduce((now, to) => now.and('rep-1', give(to, `Yours, ${to}.`)), again)
      .and('product-1', MET);
    expect(wordsOf(settleConditionForm(many.view, 'c1'))).toContain(worry);
  });
  it('goes by whoever has it, the deal team and compliance, with a reason', () => {
    const told = approved();
    for (const actor of ['senior-2', 'rep-1', 'compliance-1'])
      told.when(actor, give('product-1')).then('ConditionHandedOver');
    told.when('counsel-1', give('product-1')).refused('not allowed');
    told.when('rep-1', give('senior-2')).refused('not valid', /has this condition already/);
    told.when('rep-1', give('stranger')).refused('not valid', /someone in the organisation/);
    told.when('rep-1', give('product-1', ' ')).refused('not valid', /why/);
    told
      .and('rep-1', MET)
      .when('rep-1', give('product-1'))
      .refused('not now', /with compliance/);
    told
      .and('rep-1', MET)
      .and('compliance-1', ACCEPT)
      .when('rep-1', give('product-1'))
      .refused('not now', /accepted/);
  });
  it('never to somebody who would then have to judge it', () => {
    const told = approved().and('compliance-2', give('compliance-1')).and('compliance-1', MET);
    told.when('compliance-1', ACCEPT).refused('not allowed', /yourself/);
    told.when('compliance-2', ACCEPT).then('ConditionAccepted');
    // With nobody else in compliance it stays where it is.
    const alone = without('compliance-2', 'chief-1');
    const lonely = story(answeredDeal({ 'H-RF3': 'yes' }), alone)
      .vote('compliance-1')
      .vote('senior-1', {
        outcome: 'approve-with-conditions',
        conditions: [{ id: 'c1', text: 'Limit use', owner: 'senior-2', due: '2027-03-10' }],
      });
    lonely.when('compliance-1', give('compliance-1')).refused('not valid', /Nobody but Sample Compliance/);
  });
  it('gives its new owner time, and nobody else: escalation and suspension come when they would have', () => {
    const late = tick(approved(), '2027-03-12T12:00:00.000Z').and(
      'rep-1',
      give('product-1'),
      '2027-03-12T13:00:00.000Z',
    );
    const { lines } = calendarUntil(late, '2027-04-30T00:00:00.000Z');
    const usual = calendarUntil(tick(approved(), '2027-03-12T12:00:00.000Z'), '2027-04-30T00:00:00.000Z').lines;
    expect(lines.filter((l) => /product-1/.test(l))[0]).toMatch(/^2027-03-15T20:00 overdue product-1/);
    for (const kind of ['suspended', 'escalation compliance-1']) {
      const of = (all: string[]): string[] => all.filter((l) => l.endsWith(kind)).map((l) => l.slice(0, 10));
      // Her calendar is that of Auckland, so the evening before in UTC at the most.
      expect(of(lines)[0]! <= of(usual)[0]!).toBe(true);
      expect(of(lines)).toHaveLength(1);
    }
  });
});

describe('an escalation to "delegate"', () => {
  const to = (where: EscalateTo, context: DealContext): DealContext => ({
    ...context,
    policy: {
      ...context.policy,
      reminders: { ...context.policy.reminders, sections: { after: [2], escalate: { after: 4, to: where } } },
    },
  });
  const scoped = (context: DealContext): Story => story([open(), answer('scope', { G1: 'yes' })], context);
  const END = '2027-04-01T00:00:00.000Z';
  const escalated = (told: Story): string[] => calendarUntil(told, END).lines.filter((l) => l.includes('escalation'));

  it('reaches whom they chose while they are away, else their manager', () => {
    expect(escalated(scoped(to('delegate', TIMED)))).toEqual(['2027-03-05T09:01 escalation boss-1']);
    const away = awayIn({ 'rep-1': ['product-1', '2027-03-04', '2027-03-31'] });
    // 09:01 in UTC is after hours in Auckland.
    expect(escalated(scoped(to('delegate', away)))).toEqual(['2027-03-07T20:00 escalation product-1']);
  });
  it('comes once, though they come back before or after it', () => {
    const away = to('delegate', awayIn({ 'rep-1': ['boss-1', '2027-03-04', '2027-03-31'] }));
    const told = tick(scoped(away), '2027-03-05T09:01:00.000Z');
    const back = story([], to('delegate', TIMED));
    expect(back.events).toEqual([]);
    const view = viewIn(told, to('delegate', TIMED), '2027-03-20T09:00:00.000Z');
    expect(dueNow(view).filter(({ stage }) => stage.of === 'escalation')).toEqual([]);
  });
  it('that would reach a manager who is away reaches whoever acts for them', () => {
    const away = awayIn({ 'boss-1': ['product-1', '2027-03-01', '2027-03-31'] });
    expect(escalated(scoped(away))).toEqual(['2027-03-09T20:00 escalation product-1']);
  });
});

describe('somebody leaves', () => {
  const FRIDAY = '2027-03-05T12:00:00.000Z';
  const scoped = (): Story => story([open(), answer('scope', { G1: 'yes' })], TIMED);
  const COMPLIANCE = ['escalation compliance-1', 'escalation compliance-2'];

  it('who holds a section: compliance is told once, and can hand it to somebody else', () => {
    const handed = scoped().and('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    const gone = without('product-1');
    expect(toldAt(handed, gone, FRIDAY).filter((l) => l.startsWith('escalation'))).toEqual(COMPLIANCE);
    const told = story([open(), answer('scope', { G1: 'yes' })], gone);
    told.when('compliance-1', { type: 'HandOverSection', section: 'product', to: 'boss-1' }).then('SectionHandedOver');
  });
  it('who owns the deal: compliance is told, and can give it to somebody else', () => {
    const gone = without('rep-1');
    expect(toldAt(scoped(), gone, FRIDAY)).toEqual(COMPLIANCE);
    const asked = story(answeredDeal({ 'H-RF3': 'yes' }), TIMED).and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'Who runs it?',
    });
    expect(toldAt(asked, gone, FRIDAY)).toEqual(COMPLIANCE);
    asked.when('compliance-1', { type: 'ReassignOwner', to: 'product-1', reason: 'She left' }).then('OwnerReassigned');
  });
  it('who has a condition: compliance is told when it is due, and can hand it over', () => {
    const gone = without('senior-2');
    const { lines } = calendarUntil(approved(), '2027-03-01T00:00:00.000Z');
    expect(lines).toEqual([]);
    expect(toldAt(approved(), gone, '2027-03-11T12:00:00.000Z')).toEqual(expect.arrayContaining(COMPLIANCE));
    approved().when('compliance-1', give('product-1')).then('ConditionHandedOver');
  });
  it('who approves: another does, and where nobody is left compliance is told once', () => {
    const voting = story(answeredDeal({ 'H-RF1': 'yes' }), TIMED).vote('compliance-1');
    expect(toldAt(voting, without('senior-1'), FRIDAY)).toEqual(['reminder senior-2', 'reminder counsel-1']);
    // Two of three are needed, counsel among them.
    const gone = without('counsel-1', 'senior-2');
    expect(toldAt(voting, gone, FRIDAY)).toEqual(['reminder senior-1', ...COMPLIANCE]);
    const once = story([], gone);
    expect(once.events).toEqual([]);
    const due = dueNow(viewIn(voting, gone, FRIDAY));
    const reminded = Object.fromEntries(due.map(({ duty, index }) => [duty.key, index + 1]));
    const again = dealView({ ...voting.view.deal, reminded }, gone.policy, gone.organisation, FRIDAY);
    expect(dueNow(again)).toEqual([]);
  });
  it('who acts for somebody: the person is told themselves', () => {
    const away = awayIn({ 'senior-1': ['boss-1', '2027-03-01', '2027-03-31'] });
    const { absences } = away.organisation;
    const gone = without('boss-1');
    const voting = story(answeredDeal({ 'H-RF1': 'yes' }), TIMED).vote('compliance-1');
    expect(toldAt(voting, { ...gone, organisation: { ...gone.organisation, absences } }, FRIDAY)).toContain(
      'reminder senior-1',
    );
  });
  it('who manages: compliance is told in their place', () => {
    expect(toldAt(scoped(), without('boss-1'), '2027-03-10T12:00:00.000Z')).toEqual(expect.arrayContaining(COMPLIANCE));
  });
});
