/** A rep who wants an approval to go on sits its reassessment out: it stops counting. Guidance: A2 to A5. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { liftSuspensionForm } from '../../../../blocks/forms/suspension.ts';
import { approvalOf } from '../../../../flows/deal/approval/in-force.ts';
import { overdueInWords } from '../../../../flows/deal/approval/suspension.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { calendarUntil, noticesBetween, tick, TIMED, toldOf } from '../../../support/ticking.ts';

const { reminders } = TIMED.policy;
const STRICT = {
  ...TIMED,
  policy: {
    ...TIMED.policy,
    reminders: { ...reminders, reassessments: { ...reminders.reassessments, suspend: 20 } },
  },
};
// Approved on Monday, 1 March 2027; the change asks for a reassessment by 31 March.
const approved = (context: typeof TIMED = STRICT): Story => story(answeredDeal(), context).vote('compliance-1');
const CHANGE: DealCommand = {
  type: 'ReportChange',
  what: 'service',
  why: 'They want border cameras, too',
  on: undefined,
};
const START: DealCommand = { type: 'StartReassessment' };
const asked = (context: typeof TIMED = STRICT): Story => approved(context).and('compliance-1', CHANGE);
const lift = (told: Story, by: string, at: string): Story =>
  told.and(by, { type: 'LiftSuspension', reason: 'They answer it this week' }, at);
const MAY = '2027-05-03T00:00:00.000Z';
const suspendedOver = (told: Story): unknown => approvalOf(told.view.deal)?.suspended?.reassessments;

describe('evidence that was returned once', () => {
  const condition = { id: 'c-1', text: 'Keep the access with us.', owner: 'rep-1', due: '2027-03-10' };
  const met = (told: Story, text: string, at: string): Story =>
    told.and('rep-1', { type: 'MeetCondition', condition: 'c-1', text, sources: [] }, at);
  const bound = (): Story =>
    story(answeredDeal(), STRICT).vote('compliance-1', {
      outcome: 'approve-with-conditions',
      conditions: [condition],
    });
  const given = (): Story => met(bound(), 'The access is with us.', '2027-03-02T09:00:00.000Z');
  const suspensions = (told: Story): string[] =>
    calendarUntil(told, MAY).lines.filter((line) => line.endsWith('suspended'));

  it('buys no more time while more of it waits for compliance, whenever that is handed in', () => {
    expect(suspensions(given())).toEqual([]);
    const returned = given().and(
      'compliance-2',
      { type: 'ReturnCondition', condition: 'c-1', reason: 'A ministry read it.' },
      '2027-03-03T09:00:00.000Z',
    );
    const alone = suspensions(returned);
    expect(alone).toHaveLength(1);
    expect(suspensions(met(returned, 'It is with us, truly.', '2027-03-03T10:00:00.000Z'))).toEqual(alone);
    const late = calendarUntil(returned, '2027-03-20T00:00:00.000Z').after;
    expect(suspensions(met(late, 'It is with us, truly.', '2027-03-20T00:00:00.000Z'))).toEqual(alone);
  });
});

describe('a reassessment that nobody does', () => {
  it('suspends the approval 20 business days past its date: owner, compliance and the chief are told', () => {
    const before = calendarUntil(asked(), '2027-04-28T00:00:00.000Z').after;
    expect(suspendedOver(before)).toBeUndefined();
    const { lines, after } = calendarUntil(asked(), MAY);
    expect(lines).toContain('2027-04-28T09:00 suspended');
    expect(suspendedOver(after)).toHaveLength(1);
    const told = toldOf(noticesBetween(before, tick(before, '2027-04-28T09:00:00.000Z')), 'suspended');
    expect(new Set(told)).toEqual(new Set(['thread', 'rep-1', 'compliance-1', 'compliance-2', 'chief-1']));
    const suspended = approvalOf(after.view.deal)?.suspended;
    expect(suspended && overdueInWords(after.view, suspended)).toBe('Reassessment: They want border cameras, too');
  });
  it('does so too when it is begun and left, and when the deal changes hands', () => {
    const left = asked().and('rep-1', START);
    expect(calendarUntil(left, MAY).lines).toContain('2027-04-28T09:00 suspended');
    const handed = calendarUntil(asked(), '2027-04-27T00:00:00.000Z').after.and('rep-1', {
      type: 'ReassignOwner',
      to: 'product-1',
      reason: 'I am on leave',
    });
    // By the new owner's own morning, in Auckland.
    expect(calendarUntil(handed, MAY).lines).toContain('2027-04-27T21:00 suspended');
  });
  it('is told to compliance when it would have been, whoever has it since', () => {
    const days = (told: Story): string[] =>
      calendarUntil(told, '2027-04-20T00:00:00.000Z').lines.flatMap((line) =>
        line.endsWith('compliance-2') ? [line.slice(0, 10)] : [],
      );
    const at = '2027-04-10T00:00:00.000Z';
    const late = calendarUntil(asked(), at).after;
    const handed = late.and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am on leave' }, at);
    for (const told of [late, handed]) expect(days(told)).toEqual(['2027-04-14']);
  });
  it('joins a suspension over a condition, and hides that nowhere once it is taken back', () => {
    const condition = { id: 'c-1', text: 'Have the guards sent away.', owner: 'rep-1', due: '2027-03-10' };
    const bound = story(answeredDeal(), STRICT).vote('compliance-1', {
      outcome: 'approve-with-conditions',
      conditions: [condition],
    });
    const suspended = calendarUntil(bound.and('compliance-1', CHANGE), MAY).after;
    const [task] = suspended.view.deal.reassessments ?? [];
    const gone = suspended.and(
      'compliance-2',
      { type: 'TakeChangeBack', task: task!.id, reason: 'It is no matter' },
      MAY,
    );
    const over = approvalOf(gone.view.deal)!.suspended!;
    expect(over).toMatchObject({ conditions: ['c-1'], reassessments: [task!.id] });
    expect(overdueInWords(gone.view, over)).toBe(
      'Have the guards sent away.; Reassessment: They want border cameras, too',
    );
  });
  it('that is lifted puts off no other: whoever sells the deal sets a date of their own early', () => {
    const both = asked().and('rep-1', { type: 'SetRenewals', licence: '2027-03-10', contract: undefined });
    const at = '2027-04-08T00:00:00.000Z';
    const over = calendarUntil(both, at);
    expect(over.lines.filter((line) => /suspended/.test(line))).toHaveLength(1);
    const lifted = lift(over.after, 'compliance-2', at);
    // As where nothing was lifted before, by the report's own date.
    expect(calendarUntil(lifted, MAY).lines).toContain('2027-04-28T09:00 suspended');
  });
  it('is lifted by compliance or the chief, never by the deal team, and comes back where nothing is done', () => {
    const { after } = calendarUntil(asked(), MAY);
    after.when('rep-1', { type: 'LiftSuspension', reason: 'Please' }, MAY).refused('not allowed', /Only compliance/);
    const lifted = lift(after, 'compliance-2', MAY);
    expect(lifted.events.at(-1)).toMatchObject({ why: 'Reassessment: They want border cameras, too' });
    expect(suspendedOver(lifted)).toBeUndefined();
    expect(calendarUntil(lifted, '2027-05-28T00:00:00.000Z').lines.filter((line) => /suspended/.test(line))).toEqual(
      [],
    );
    expect(calendarUntil(lifted, '2027-06-02T00:00:00.000Z').lines.some((line) => /suspended/.test(line))).toBe(true);
  });
  it('that is lifted a second time is told to all of compliance, with how often it was', () => {
    const { after } = calendarUntil(asked(), MAY);
    const lifted = lift(after, 'compliance-2', MAY);
    expect(toldOf(noticesBetween(after, lifted), 'suspension lifted')).not.toContain('compliance-1');
    const card = ({ view }: Story): string =>
      JSON.stringify(
        factCard(view, { fact: 'suspension lifted', reason: 'Soon', by: 'compliance-2' }, {}, { to: 'thread' }),
      );
    expect(card(lifted)).not.toContain('time');
    const JUNE = '2027-06-02T00:00:00.000Z';
    const back = calendarUntil(lifted, JUNE).after;
    const again = lift(back, 'compliance-2', JUNE);
    expect(toldOf(noticesBetween(back, again), 'suspension lifted')).toEqual(
      expect.arrayContaining(['compliance-1', 'chief-1']),
    );
    expect(card(again)).toContain('The same was suspended and lifted 2 times.');
  });
  it('is not talked away by the deal team once it is overdue; what it was for stays in words', () => {
    const at = '2027-04-20T09:00:00.000Z';
    const reported = approved().and('rep-1', CHANGE);
    const [task] = reported.view.deal.reassessments ?? [];
    const back = { type: 'TakeChangeBack', task: task!.id, reason: 'They want it no more' } as const;
    reported.when('rep-1', back).then('ChangeTakenBack');
    const late = calendarUntil(reported, at).after;
    late.when('rep-1', back, at).refused('not allowed');
    late.when('compliance-2', back, at).then('ChangeTakenBack');
    const { after } = calendarUntil(reported, MAY);
    const gone = after.and('compliance-2', back, MAY);
    const suspended = approvalOf(gone.view.deal)?.suspended;
    expect(suspended && overdueInWords(gone.view, suspended)).toBe('Reassessment: They want border cameras, too');
    expect(JSON.stringify(liftSuspensionForm(gone.view).blocks)).toContain('The reassessment was not done');
  });
  it('of a renewal keeps its date once that has passed, but for compliance', () => {
    const dated = approved().and('rep-1', { type: 'SetRenewals', licence: '2027-04-01' });
    const later = { type: 'SetRenewals', licence: '2027-12-01', reason: 'They signed for longer' } as const;
    dated.when('rep-1', later).then('RenewalsSet');
    const late = calendarUntil(dated, '2027-04-20T09:00:00.000Z').after;
    late.when('rep-1', later, '2027-04-20T09:00:00.000Z').refused('not allowed', /only compliance/);
    late.when('compliance-2', later, '2027-04-20T09:00:00.000Z').then('RenewalsSet');
  });
  it('ends with the new decision', () => {
    const again = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }, MAY),
      calendarUntil(asked(), MAY).after.and('rep-1', START, MAY),
    );
    expect(suspendedOver(again)).toHaveLength(1);
    const done = again.vote('compliance-1');
    expect(done.view.deal.status).toBe('decided');
    expect(suspendedOver(done)).toBeUndefined();
    expect(done.view.deal).not.toHaveProperty('lookPutOff');
    expect(calendarUntil(done, '2027-12-01T00:00:00.000Z').lines.filter((line) => /suspended/.test(line))).toEqual([]);
  });
  it('suspends nothing by a policy that does not say so', () => {
    expect(calendarUntil(asked(TIMED), MAY).lines.filter((line) => /suspended/.test(line))).toEqual([]);
  });
});
