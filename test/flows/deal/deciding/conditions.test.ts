import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { isNoted, worriesOf } from '../../../../flows/deal/context/worries.ts';
import type { Condition } from '../../../../flows/deal/deal.ts';
import { dutiesOf, nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { canRead } from '../../../../flows/deal/rights/access.ts';
import { conditionStanding } from '../../../../flows/deal/rights/whose-turn.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { calendarUntil, noticesBetween, tick, TIMED, toldOf } from '../../../support/ticking.ts';

// Approved on Monday, 1 March 2027, a few minutes after 09:00 UTC.
const LIMIT: Condition = { id: 'limit', text: 'Limit use in the contract', owner: 'product-1', due: '2027-03-19' };
const TRAIN: Condition = { id: 'train', text: 'Train the users', owner: 'rep-1', due: '2027-06-01' };
const approved = (...conditions: Condition[]): Story =>
  story(answeredDeal(), TIMED).vote('compliance-1', { outcome: 'approve-with-conditions', conditions });
const JULY = '2027-07-01T00:00:00.000Z';
const meet = (condition = 'limit'): Extract<DealCommand, { type: 'MeetCondition' }> => ({
  type: 'MeetCondition',
  condition,
  text: 'Clause 7 limits it.',
  sources: [],
});
const accept = { type: 'AcceptCondition', condition: 'limit' } as const;
const back = { type: 'ReturnCondition', condition: 'limit', reason: 'Clause 7 is about payment' } as const;
const standingAt = (told: Story, now: string) =>
  conditionStanding(dealView(told.view.deal, TIMED.policy, TIMED.organisation, now)).map(({ progress, overdue }) => [
    progress.status,
    overdue,
  ]);

describe('the calendar of a condition', () => {
  it('reminds its owner in her own mornings; past its date also the owner of the deal and the thread', () => {
    // 09:00 in Auckland is 20:00 UTC of the day before; its summer time ends on 4 April. 20 March is a Saturday.
    expect(calendarUntil(approved(LIMIT), JULY).lines).toEqual([
      '2027-03-04T20:00 before product-1',
      '2027-03-15T20:00 before product-1',
      '2027-03-21T20:00 overdue product-1',
      '2027-03-21T20:00 overdue thread',
      '2027-03-22T09:00 overdue rep-1',
      '2027-03-22T20:00 reminder product-1',
      '2027-03-25T20:00 reminder product-1',
      '2027-03-31T09:00 escalation compliance-1',
      '2027-03-31T09:00 escalation compliance-2',
      '2027-04-15T21:00 suspended',
    ]);
  });
  it('tells the owner once where both are one person', () => {
    const { lines } = calendarUntil(approved({ ...LIMIT, owner: 'rep-1' }), '2027-03-23T00:00:00.000Z');
    expect(lines.slice(2)).toEqual(['2027-03-22T09:00 overdue rep-1', '2027-03-22T09:00 overdue thread']);
  });
  it('cannot begin overdue: its date is not past where its owner is', () => {
    const vote = (due: string) => (view: DealView) =>
      voteOf(view, { outcome: 'approve-with-conditions', conditions: [{ ...LIMIT, due }] });
    // 01:00 on Tuesday in Auckland.
    const late = '2027-03-01T12:00:00.000Z';
    const told = story(answeredDeal(), TIMED);
    told.when('compliance-1', vote('2027-03-01'), late).refused('not valid', /a day later where the owner is/);
    told.when('compliance-1', vote('2027-03-02'), late).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('skips what came before the approval', () => {
    const { lines } = calendarUntil(approved({ ...LIMIT, owner: 'rep-1', due: '2027-03-08' }), JULY);
    expect(lines[0]).toBe('2027-03-05T09:00 before rep-1');
  });
  it('is not overdue today where its date is the last that a calendar has', () => {
    // No vote sets it so late any more; one that was cast before may have.
    const { deal } = approved(LIMIT).view;
    if (deal.status !== 'decided') throw new Error('it is approved');
    const late = { ...deal, decision: { ...deal.decision, conditions: [{ ...LIMIT, due: '9999-12-31' }] } };
    const view = dealView(late, TIMED.policy, TIMED.organisation, '2999-01-01T00:00:00.000Z');
    expect(conditionStanding(view).map(({ overdue }) => overdue)).toEqual([false]);
    expect(nextDueAt(view)! > '9999').toBe(true);
  });
  it('wakes from a long sleep with one reminder for each, and the suspension', () => {
    const slept = tick(approved(LIMIT), JULY);
    const events = slept.events.filter((e) => e.at === JULY);
    expect(events.map((e) => (e.type === 'Reminded' ? `${e.of} ${e.to.join()}` : e.type))).toEqual([
      'reminder product-1',
      'overdue ',
      'overdue rep-1',
      'escalation compliance-1',
      'escalation compliance-2',
      'DealSuspended',
    ]);
    expect(nextDueAt(slept.view)).toBeNull();
  });
  it('can be put off by its owner, which hides nothing from the others', () => {
    const told = approved(LIMIT);
    const duty = dutiesOf(told.view).find((d) => d.person === 'product-1')?.key ?? '';
    const put = told.and('product-1', { type: 'Snooze', duty, until: '2027-03-30' }, '2027-03-16T00:00:00.000Z');
    expect(calendarUntil(put, '2027-03-30T00:00:00.000Z').lines).toEqual([
      '2027-03-21T20:00 overdue thread',
      '2027-03-22T09:00 overdue rep-1',
      '2027-03-29T20:00 reminder product-1',
    ]);
  });
  it('ends with what is declined, reopened or without conditions', () => {
    expect(nextDueAt(approved(LIMIT).and('compliance-1', { type: 'Reopen', reason: 'New law' }).view)).toBe(
      // The votes of the new round.
      '2027-03-03T09:09:00.000Z',
    );
    const declined = story(answeredDeal(), TIMED).vote('compliance-1', { outcome: 'decline' });
    expect(nextDueAt(declined.view)).toBeNull();
    expect(nextDueAt(story(answeredDeal(), TIMED).vote('compliance-1').view)).toBeNull();
  });
});

describe('"done"', () => {
  it('comes from its owner or the deal team, with words', () => {
    const told = approved(LIMIT, TRAIN);
    told.when('product-1', meet()).then('ConditionMet');
    told.when('rep-1', meet()).then('ConditionMet');
    told.when('product-1', meet('train')).refused('not allowed', /Somebody else has this condition/);
    told.when('senior-1', meet()).refused('not allowed', /deal team/);
    told.when('rep-1', { ...meet(), text: ' ' }).refused('not valid', /what was done/);
    told.when('rep-1', meet('nothing')).refused('not valid', /not part of the approval/);
    story(answeredDeal(), TIMED)
      .when('rep-1', meet())
      .refused('not now', /not approved now/);
    told
      .and('rep-1', meet())
      .when('product-1', meet())
      .refused('not now', /with compliance already/);
  });
  it('lets whoever has a condition read the deal, while it is approved', () => {
    const told = approved(LIMIT);
    expect(canRead(told.view, 'product-1')).toBe(true);
    expect(canRead(told.and('compliance-1', { type: 'Reopen', reason: 'New law' }).view, 'product-1')).toBe(false);
  });
  it('hands the duty to compliance', () => {
    const met = approved(LIMIT).and('product-1', meet(), '2027-03-02T01:00:00.000Z');
    expect(calendarUntil(met, JULY).lines).toEqual([
      '2027-03-04T09:00 reminder compliance-1',
      '2027-03-04T09:00 reminder compliance-2',
      '2027-03-08T09:00 reminder compliance-1',
      '2027-03-08T09:00 reminder compliance-2',
      '2027-03-10T09:00 escalation chief-1',
    ]);
  });
});

describe('accepting and returning', () => {
  const met = () => approved(LIMIT).and('product-1', meet(), '2027-03-02T01:00:00.000Z');
  it('is for compliance that is not on the deal, did not do it and does not have the condition', () => {
    met()
      .when('rep-1', accept)
      .refused('not allowed', /Only compliance/);
    met().when('compliance-1', accept).then('ConditionAccepted');
    met().when('chief-1', accept).then('ConditionAccepted');
    const own = approved({ ...LIMIT, owner: 'compliance-2' }).and('compliance-2', meet());
    own.when('compliance-2', accept).refused('not allowed', /yourself/);
    own.when('compliance-2', back).refused('not allowed', /yourself/);
    expect(dutiesOf(own.view).flatMap((d) => d.person ?? [])).toEqual(['compliance-1']);
  });
  it('needs something to look at, and a reason to return it', () => {
    approved(LIMIT)
      .when('compliance-1', accept)
      .refused('not now', /Nothing was handed in/);
    met()
      .and('compliance-1', back)
      .when('compliance-2', accept)
      .refused('not now', /was returned/);
    met()
      .when('compliance-1', { ...back, reason: ' ' })
      .refused('not valid', /missing/);
    met()
      .and('compliance-1', accept)
      .when('compliance-2', back)
      .refused('not now', /accepted already/);
    met()
      .and('compliance-1', accept)
      .when('rep-1', meet())
      .refused('not now', /accepted/);
  });
  it('is for the evidence that was looked at, not for what came later', () => {
    const later = met()
      .and('compliance-1', back)
      .and('product-1', { ...meet(), text: 'See the report.' });
    later.when('compliance-2', { ...accept, evidence: 1 }).refused('facts changed', /Something newer/);
    later.when('compliance-2', { ...back, evidence: 1 }).refused('facts changed', /Something newer/);
    later.when('compliance-2', { ...accept, evidence: 2 }).then('ConditionAccepted');
  });
  it('ends the condition', () => {
    const done = met().and('compliance-1', accept);
    expect(nextDueAt(done.view)).toBeNull();
    expect(standingAt(done, JULY)).toEqual([['accepted', false]]);
  });
  it('returned, it is open again with its old date and keeps what was handed in', () => {
    const open = met().and('compliance-1', back, '2027-03-03T09:00:00.000Z');
    expect(open.state).toMatchObject({
      conditions: { limit: { status: 'open', evidence: [{ by: 'product-1' }], returned: { by: 'compliance-1' } } },
    });
    expect(nextDueAt(open.view)).toBe('2027-03-04T20:00:00.000Z');
    open.when('product-1', meet()).then('ConditionMet');
  });
  it('returned after its date, it is reminded of a business day later, not at once', () => {
    const open = met().and('compliance-1', back, '2027-04-12T09:00:00.000Z');
    // It came back on Monday at 21:00 in Auckland, so a business day counts from Tuesday 09:00 there.
    expect(calendarUntil(open, JULY).lines).toEqual([
      '2027-04-13T09:00 overdue rep-1',
      '2027-04-13T21:00 overdue product-1',
      '2027-04-13T21:00 overdue thread',
      '2027-04-14T21:00 reminder product-1',
      '2027-04-19T21:00 reminder product-1',
      '2027-04-23T09:00 escalation compliance-1',
      '2027-04-23T09:00 escalation compliance-2',
      '2027-05-10T21:00 suspended',
    ]);
  });
});

describe('standing', () => {
  it('is overdue from the day after, by the calendar of its owner', () => {
    const told = approved(LIMIT);
    expect(standingAt(told, '2027-03-19T10:59:00.000Z')).toEqual([['open', false]]);
    expect(standingAt(told, '2027-03-19T11:00:00.000Z')).toEqual([['open', true]]);
  });
  it('is not overdue while compliance looks at what came in time, and is where it came late', () => {
    expect(standingAt(approved(LIMIT).and('rep-1', meet()), JULY)).toEqual([['met', false]]);
    expect(standingAt(approved(LIMIT).and('rep-1', meet(), JULY), JULY)).toEqual([['met', true]]);
  });
  it('is nothing where nothing was approved', () => {
    expect(conditionStanding(story(answeredDeal(), TIMED).view)).toEqual([]);
  });
});

describe('a suspension', () => {
  const MAY = '2027-05-01T00:00:00.000Z';
  const lift = { type: 'LiftSuspension', reason: 'The contract is signed on Monday' } as const;
  const suspended = () => calendarUntil(approved(LIMIT, { ...TRAIN, owner: 'compliance-2' }), MAY).after;

  it('is lifted by compliance that is not on the deal, with a reason, and comes back where nothing is done', () => {
    expect(suspended().state).toMatchObject({ suspended: { conditions: ['limit'] } });
    suspended()
      .when('rep-1', lift)
      .refused('not allowed', /Only compliance/);
    suspended()
      .when('compliance-1', { ...lift, reason: '' })
      .refused('not valid', /why/);
    approved(LIMIT)
      .when('compliance-1', lift)
      .refused('not now', /not suspended/);
    const lifted = suspended().when('compliance-2', lift, MAY).then('SuspensionLifted');
    expect(lifted.state).toMatchObject({ suspended: undefined });
    expect(calendarUntil(lifted, '2027-05-15T00:00:00.000Z').lines).toEqual([]);
    const { lines, after } = calendarUntil(lifted, '2027-08-01T00:00:00.000Z');
    expect(lines).toContain('2027-05-30T21:00 suspended');
    expect(after.state).toMatchObject({ suspended: { conditions: ['limit', 'train'] } });
  });
  it('is put off once by evidence that is no evidence, and not each time', () => {
    let deal = approved(LIMIT);
    for (let week = 0; week < 12; week += 1) {
      const at = new Date(Date.parse('2027-03-22T09:00:00.000Z') + week * 7 * 86_400_000).toISOString();
      deal = calendarUntil(deal, at).after.and('product-1', meet(), at);
      deal = deal.and(
        'compliance-1',
        { type: 'ReturnCondition', condition: 'limit', reason: 'This is no contract.' },
        at,
      );
    }
    expect(calendarUntil(deal, '2027-06-15T00:00:00.000Z').after.state).toMatchObject({
      suspended: { conditions: ['limit'] },
    });
  });
  it('stays when the condition is accepted', () => {
    const done = suspended().and('product-1', meet(), MAY).and('compliance-1', accept, MAY);
    expect(done.state).toMatchObject({ suspended: { conditions: ['limit'] } });
  });
  it('comes for the second condition too, whose owner cannot lift it', () => {
    const { lines, after } = calendarUntil(suspended(), '2027-08-01T00:00:00.000Z');
    expect(lines.at(-1)).toBe('2027-06-29T09:00 suspended');
    expect(after.state).toMatchObject({ suspended: { conditions: ['limit', 'train'] } });
    after.when('compliance-2', lift).refused('not allowed', /own condition/);
    after.when('compliance-1', lift).then('SuspensionLifted');
  });
  it('is news to other deals once more where another condition joins it', () => {
    const first = suspended();
    const of = (told: Story) => worriesOf(told.view).find((worry) => worry.of === 'suspended');
    const both = calendarUntil(first, '2027-08-01T00:00:00.000Z').after;
    expect(of(both)!.at > of(first)!.at).toBe(true);
    expect(
      isNoted({ ended: [], otherwise: [], worries: [{ deal: 'D-1', ...of(first)! }] }, { deal: 'D-1', ...of(both)! }),
    ).toBe(false);
  });
  it('is not lifted from a form that shows less than it is about', () => {
    const both = calendarUntil(suspended(), '2027-08-01T00:00:00.000Z').after;
    const seen = { ...lift, suspension: '2027-04-15T21:00:00.000Z/1' };
    both.when('compliance-1', seen).refused('facts changed', /suspended again/);
    suspended().when('compliance-1', seen).then('SuspensionLifted');
  });
  it('comes anew after what was handed in was returned', () => {
    const again = suspended()
      .and('compliance-1', lift, MAY)
      .and('product-1', meet(), MAY)
      .and('compliance-1', back, '2027-05-03T09:00:00.000Z');
    expect(calendarUntil(again, '2027-06-02T00:00:00.000Z').lines).toContain('2027-05-31T21:00 suspended');
  });
  it('ends with the approval', () => {
    const reopened = suspended().and('compliance-1', { type: 'Reopen', reason: 'New law' }, MAY);
    const again = reopened.vote('compliance-1', { outcome: 'approve-with-conditions', conditions: [TRAIN] });
    expect(again.state).not.toHaveProperty('suspended');
    expect(again.state).not.toHaveProperty('conditions');
  });
  it('comes from the policy alone', () => {
    const { suspend: _none, ...conditions } = TIMED.policy.reminders.conditions;
    const policy = { ...TIMED.policy, reminders: { ...TIMED.policy.reminders, conditions } };
    const never = story(answeredDeal(), { ...TIMED, policy }).vote('compliance-1', {
      outcome: 'approve-with-conditions',
      conditions: [LIMIT],
    });
    never
      .and('system', { type: 'Tick' }, JULY)
      .when('system', { type: 'Tick' }, '2028-07-01T00:00:00.000Z')
      .refused('not now');
  });
});

describe('who is told', () => {
  const cards = (before: Story, after: Story) =>
    noticesBetween(before, after).flatMap((n) => (n.kind === 'live' && n.live.card !== 'private' ? [n.live.card] : []));
  it('at the decision: whoever has a condition, and its card comes after the words', () => {
    const before = story(answeredDeal(), TIMED);
    const after = before.vote('compliance-1', { outcome: 'approve-with-conditions', conditions: [LIMIT] });
    const notices = noticesBetween(before, after);
    expect(toldOf(notices, 'decided')).toEqual(['thread', 'rep-1', 'product-1']);
    expect(notices.at(-2)).toMatchObject({ id: 'live:D-7K3QXM:conditions', live: { card: 'conditions' } });
    expect(notices.at(-1)).toMatchObject({ id: 'live:D-7K3QXM:private', live: { card: 'private' } });
    expect(cards(before, before.vote('compliance-1'))).not.toContain('conditions');
  });
  it('of a condition done: the thread and independent compliance', () => {
    const [before, after] = [approved(LIMIT), approved(LIMIT).and('rep-1', meet())];
    expect(toldOf(noticesBetween(before, after), 'condition met')).toEqual(['thread', 'compliance-1', 'compliance-2']);
    expect(cards(before, after)).toEqual(['root', 'conditions']);
  });
  it('of it accepted or returned: the thread, its owner and the owner of the deal', () => {
    const before = approved(LIMIT).and('rep-1', meet());
    const all = ['thread', 'product-1', 'rep-1'];
    expect(toldOf(noticesBetween(before, before.and('compliance-1', accept)), 'condition accepted')).toEqual(all);
    expect(toldOf(noticesBetween(before, before.and('compliance-1', back)), 'condition returned')).toEqual(all);
  });
  it('of it accepted: also whoever asked for it with their vote, where somebody else took it as done', () => {
    const before = approved(LIMIT).and('rep-1', { ...meet(), text: 'ok' });
    const told = toldOf(noticesBetween(before, before.and('compliance-2', accept)), 'condition accepted');
    expect(told).toEqual(['thread', 'product-1', 'rep-1', 'compliance-1']);
  });
  it('of a date that has passed: the thread once, and its card is drawn again', () => {
    const before = approved({ ...LIMIT, owner: 'rep-1' });
    const after = tick(before, '2027-03-22T09:00:00.000Z');
    expect(toldOf(noticesBetween(before, after), 'reminded')).toEqual(['rep-1', 'thread']);
    expect(cards(before, after)).toEqual(['root', 'conditions']);
  });
  it('of a suspension: whoever can end it, and of its lifting whom it concerned, also who asked for it and the chief', () => {
    const before = calendarUntil(approved(LIMIT), '2027-04-15T00:00:00.000Z').after;
    const after = tick(before, '2027-04-15T21:00:00.000Z');
    expect(toldOf(noticesBetween(before, after), 'suspended')).toEqual([
      'thread',
      'product-1',
      'rep-1',
      'compliance-1',
      'compliance-2',
      'chief-1',
    ]);
    const lifted = after.and('compliance-1', { type: 'LiftSuspension', reason: 'Signed' });
    expect(toldOf(noticesBetween(after, lifted), 'suspension lifted')).toEqual([
      'thread',
      'product-1',
      'rep-1',
      'chief-1',
    ]);
  });
  it('of a reopening: the card of the conditions is drawn again', () => {
    const before = approved(LIMIT);
    expect(cards(before, before.and('compliance-1', { type: 'Reopen', reason: 'New law' }))).toContain('conditions');
  });
  it('putting a reminder off tells nobody', () => {
    const before = approved(LIMIT);
    const duty = dutiesOf(before.view).find((d) => d.person === 'product-1')?.key ?? '';
    const after = before.and('product-1', { type: 'Snooze', duty, until: '2027-03-10' });
    expect(noticesBetween(before, after).map((n) => n.id)).toEqual(['live:D-7K3QXM:root']);
  });
});
