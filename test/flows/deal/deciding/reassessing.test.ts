/** An approved deal over the years: renewals, changes, alerts, and its reassessment. Guidance: A2 to A5. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { reassessedBlocks } from '../../../../blocks/forms/confirm.ts';
import { approvalOf } from '../../../../flows/deal/approval/in-force.ts';
import { askedReassessments, isOverdue } from '../../../../flows/deal/approval/reassessments.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Condition } from '../../../../flows/deal/deal.ts';
import { dutiesOf, nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { canRead } from '../../../../flows/deal/rights/access.ts';
import { confirmable } from '../../../../flows/deal/taking/asked-again.ts';
import { dealView } from '../../../../flows/deal/view.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answeredOn, basisContext, lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { answer, answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { calendarUntil, noticesBetween, tick, TIMED, toldOf } from '../../../support/ticking.ts';

// Approved on Monday, 1 March 2027, a few minutes after 09:00 UTC.
const LIMIT: Condition = { id: 'limit', text: 'Limit use in the contract', owner: 'product-1', due: '2027-12-01' };
const TRAIN: Condition = { id: 'train', text: 'Train the users', owner: 'rep-1', due: '2027-12-01' };
const approved = (...conditions: Condition[]): Story =>
  story(answeredDeal(), TIMED).vote(
    'compliance-1',
    conditions.length > 0 ? { outcome: 'approve-with-conditions', conditions } : {},
  );
const licence = (on: string, reason?: string): DealCommand => ({ type: 'SetRenewals', licence: on, reason });
const START: DealCommand = { type: 'StartReassessment' };
const change = (what: 'service' | 'major' = 'service', on?: string): DealCommand => ({
  type: 'ReportChange',
  what,
  why: 'They want to connect it to their border cameras',
  on,
});
const alert = (id = 'a1'): DealCommand => ({
  type: 'RequireReassessment',
  trigger: 'A5',
  alert: id,
  why: 'Elections were called off',
});
const confirm = (section: string): DealCommand => ({ type: 'ConfirmSection', section });
/** Triggered by a change, and started. */
const begun = (...conditions: Condition[]): Story =>
  approved(...conditions)
    .and('rep-1', change())
    .and('rep-1', START);
/** The same of answers that stand on something, in two steps. */
const basis = { sources: [SOURCE] };
const begunOn = (on: typeof basis): Story =>
  story(answeredOn(on), basisContext(lawsNote()))
    .vote('compliance-1')
    .vote('senior-1')
    .and('rep-1', change())
    .and('rep-1', START);
const confirmed = (told: Story): Story =>
  ['scope', 'product', 'record'].reduce((now, section) => now.and('rep-1', confirm(section)), told);
const taskIds = (told: Story, now = told.view.now): string[] =>
  askedReassessments(dealView(told.view.deal, TIMED.policy, TIMED.organisation, now)).map(({ id }) => id);

describe('renewals', () => {
  it('are set by the deal team or compliance, for an approved deal, to a day that is to come', () => {
    approved().when('rep-1', licence('2028-03-01')).then('RenewalsSet');
    approved().when('compliance-2', licence('2028-03-01')).then('RenewalsSet');
    approved()
      .when('senior-1', licence('2028-03-01'))
      .refused('not allowed', /Only the deal team and compliance/);
    approved()
      .when('rep-1', licence('2027-03-01'))
      .refused('not valid', /after today/);
    approved()
      .when('rep-1', licence('2028-02-30'))
      .refused('not valid', /date of the calendar/);
    story(answeredDeal(), TIMED)
      .when('rep-1', licence('2028-03-01'))
      .refused('not now', /not approved/);
    story(answeredDeal(), TIMED)
      .vote('compliance-1', { outcome: 'decline' })
      .when('rep-1', licence('2028-03-01'))
      .refused('not now', /not approved/);
  });
  it('change only with a reason, and none at all is an answer with one', () => {
    const told = approved().and('rep-1', licence('2028-03-01'));
    told.when('rep-1', licence('2028-04-01')).refused('not valid', /why the date changes/);
    told.when('rep-1', licence('2028-03-01')).refused('not valid', /Nothing was changed/);
    told.when('rep-1', licence('2028-04-01', 'They signed for longer')).then('RenewalsSet');
    approved()
      .when('rep-1', { type: 'SetRenewals' })
      .refused('not valid', /why nothing is renewed/);
    const none = approved().and('rep-1', { type: 'SetRenewals', reason: 'Sold once' });
    expect(none.view.deal.renewals).toMatchObject({ dates: [], reason: 'Sold once' });
  });
  it('that move away are told to compliance, or nobody would see the escape', () => {
    const told = approved().and('rep-1', licence('2028-03-01'));
    const who = (after: Story): string[] => toldOf(noticesBetween(told, after), 'renewals set');
    expect(who(told.and('rep-1', licence('2028-02-01', 'Signed sooner')))).toEqual(['thread']);
    expect(who(told.and('rep-1', licence('2028-04-01', 'Contract moved')))).toEqual([
      'thread',
      'compliance-1',
      'compliance-2',
    ]);
    expect(who(told.and('rep-1', { type: 'SetRenewals', reason: 'No licence needed' }))).toHaveLength(3);
  });
  it('remind the owner 90, 60, 30 and 7 days before; then the thread and compliance', () => {
    const told = approved().and('rep-1', licence('2027-07-01'));
    expect(calendarUntil(told, '2027-12-31T00:00:00.000Z').lines).toEqual([
      '2027-04-02T09:00 before rep-1',
      '2027-05-03T09:00 before rep-1',
      '2027-06-01T09:00 before rep-1',
      '2027-06-24T09:00 before rep-1',
      '2027-07-02T09:00 overdue rep-1',
      '2027-07-02T09:00 overdue thread',
      '2027-07-06T09:00 reminder rep-1',
      '2027-07-09T09:00 reminder rep-1',
      '2027-07-15T09:00 escalation compliance-1',
      '2027-07-15T09:00 escalation compliance-2',
    ]);
  });
  it('of one kind keep their reminders when the other moves, and a new date brings its own', () => {
    const told = tick(
      approved().and('rep-1', { type: 'SetRenewals', licence: '2027-07-01', contract: '2028-07-01' }),
      '2027-04-05T09:00:00.000Z',
    );
    const later: DealCommand = { type: 'SetRenewals', licence: '2027-07-01', contract: '2029-07-01', reason: 'Longer' };
    const moved = told.and('rep-1', later, '2027-04-06T09:00:00.000Z');
    expect(nextDueAt(moved.view)).toBe('2027-05-03T09:00:00.000Z');
    const away = moved.and('rep-1', licence('2028-09-01', 'Moved'), '2027-04-07T09:00:00.000Z');
    expect(nextDueAt(away.view)).toBe('2028-06-05T09:00:00.000Z');
  });
  it('of a deal whose owner has left are told to somebody else on the day of the first reminder', () => {
    const { deal } = approved().and('rep-1', licence('2027-07-01')).view;
    const people = TIMED.organisation.people.filter(({ id }) => id !== 'rep-1');
    const view = dealView(deal, TIMED.policy, { ...TIMED.organisation, people }, deal.openedAt);
    expect(dutiesOf(view).flatMap(({ stages }) => stages.map(({ of, at, to }) => `${at} ${of} ${to.join()}`))).toEqual([
      '2027-07-02T09:00:00.000Z overdue ',
      '2027-04-02T09:00:00.000Z escalation compliance-1',
      '2027-04-02T09:00:00.000Z escalation compliance-2',
    ]);
  });
  it('ask for a reassessment from the first reminder on, and are overdue when the day has passed', () => {
    const told = approved().and('rep-1', licence('2027-07-01'));
    expect(taskIds(told, '2027-04-01T12:00:00.000Z')).toEqual([]);
    expect(taskIds(told, '2027-04-02T12:00:00.000Z')).toEqual(['renewal-licence-2027-07-01']);
    const overdueAt = (now: string): boolean[] => {
      const view = dealView(told.view.deal, TIMED.policy, TIMED.organisation, now);
      return askedReassessments(view).map((task) => isOverdue(view, task));
    };
    expect([overdueAt('2027-07-01T23:00:00.000Z'), overdueAt('2027-07-02T00:00:00.000Z')]).toEqual([[false], [true]]);
    told.when('rep-1', START).refused('not now', /Nothing asks for a reassessment/);
    told.when('rep-1', START, '2027-04-02T09:00:00.000Z').then('ReassessmentStarted');
  });
  it('can be put off by the owner, as any reminder', () => {
    const told = tick(approved().and('rep-1', licence('2027-07-01')), '2027-04-02T09:00:00.000Z');
    const duty = dutiesOf(told.view).find((d) => d.person === 'rep-1')?.key ?? '';
    const put = told.and('rep-1', { type: 'Snooze', duty, until: '2027-04-20' }, '2027-04-02T10:00:00.000Z');
    expect(nextDueAt(put.view)).toBe('2027-04-20T09:00:00.000Z');
  });
});

describe('something that changed', () => {
  it('is said by whoever may read an approved deal, and told to its owner and compliance', () => {
    const told = approved(LIMIT);
    for (const person of ['rep-1', 'product-1', 'compliance-1']) {
      const after = told.when(person, change()).then('ReassessmentRequired');
      const who = toldOf(noticesBetween(told, after), 'reassessment asked');
      expect(who).toEqual(['thread', 'rep-1', 'compliance-1', 'compliance-2'].filter((id) => id !== person));
    }
    for (const person of ['boss-1', 'senior-1']) told.when(person, change()).refused('not allowed');
    told.when('rep-1', { type: 'ReportChange', what: 'major', why: ' ' }).refused('not valid', /what changed/);
    told.when('rep-1', change('major', '2027-02-01')).refused('not valid', /This day is past/);
    told.when('rep-1', change('major', '2046-01-01')).refused('not valid', /more than a year off/);
    story(answeredDeal(), TIMED)
      .when('rep-1', change())
      .refused('not now', /not approved/);
  });
  it('is due before it begins, else within the days that the policy gives', () => {
    const [soon] = approved().and('rep-1', change('service', '2027-03-20')).view.deal.reassessments ?? [];
    expect(soon).toMatchObject({ trigger: 'A3', due: '2027-03-20', by: 'rep-1' });
    const [major] = approved().and('rep-1', change('major')).view.deal.reassessments ?? [];
    expect(major).toMatchObject({ trigger: 'A4', due: '2027-03-31' });
    expect(calendarUntil(approved().and('rep-1', change()), '2027-04-05T00:00:00.000Z').lines).toEqual([
      '2027-03-24T09:00 before rep-1',
      '2027-04-01T09:00 overdue rep-1',
      '2027-04-01T09:00 overdue thread',
    ]);
  });
});

describe('a change that was reported by mistake', () => {
  const back = (told: Story, reason = 'It was for another customer'): DealCommand => ({
    type: 'TakeChangeBack',
    task: told.view.deal.reassessments?.at(-1)?.id ?? 'none',
    reason,
  });
  it('is taken back by whoever reported it or by compliance, with a reason, and asks for nothing any more', () => {
    const told = approved(LIMIT).and('product-1', change());
    // Whoever approved it does not take back what somebody else says against it.
    told.when('compliance-1', back(told)).refused('not allowed', /a colleague .*Sample Compliance Two/);
    for (const person of ['product-1', 'compliance-2']) {
      const after = told.when(person, back(told)).then('ChangeTakenBack');
      expect(taskIds(after)).toEqual([]);
      expect(calendarUntil(after, '2027-05-01T00:00:00.000Z').lines).toEqual([]);
      const who = toldOf(noticesBetween(told, after), 'change taken back');
      expect(who).toEqual(['thread', 'rep-1', 'compliance-1', 'compliance-2'].filter((id) => id !== person));
      after.when('rep-1', START).refused('not now', /Nothing asks for a reassessment/);
    }
    told.when('rep-1', back(told)).refused('not allowed', /Only the person who reported the change/);
    told.when('product-1', back(told, ' ')).refused('not valid', /why/);
  });
  it('leaves what others reported, alerts and renewals', () => {
    const told = approved(LIMIT)
      .and('rep-1', licence('2027-04-01'))
      .and('system', alert())
      .and('rep-1', change('major'))
      .and('product-1', change());
    const [alerted, others] = told.view.deal.reassessments?.map(({ id }) => id) ?? [];
    for (const task of [alerted, 'renewal-licence-2027-04-01', 'none']) {
      told
        .when('product-1', { type: 'TakeChangeBack', task: task ?? '', reason: 'A mistake' })
        .refused('not now', /does not ask/);
    }
    told
      .when('product-1', { type: 'TakeChangeBack', task: others ?? '', reason: 'A mistake' })
      .refused('not allowed', /Somebody else reported/);
    expect(taskIds(told.and('product-1', back(told)))).toHaveLength(3);
  });
  it('is not taken back once it is reassessed', () => {
    const told = approved().and('rep-1', change());
    const started = told.and('rep-1', START);
    started.when('rep-1', back(told)).refused('not now', /under way/);
    confirmed(started)
      .vote('compliance-1')
      .when('rep-1', back(told))
      .refused('not now', /does not ask/);
  });
});

describe('a country alert', () => {
  it('asks by the bot alone, once for each alert for good, and tells nobody by itself', () => {
    const told = approved();
    for (const person of ['rep-1', 'compliance-1', 'chief-1']) told.when(person, alert()).refused('not allowed');
    const after = told.when('system', alert()).then('ReassessmentRequired');
    expect(noticesBetween(told, after)).toEqual([expect.objectContaining({ live: { card: 'root' } })]);
    expect(after.view.deal.reassessments).toMatchObject([{ id: 'alert-a1', trigger: 'A5', due: '2027-03-31' }]);
    after.when('system', alert()).refused('not now', /already/);
    after.when('system', alert('a2')).then('ReassessmentRequired');
    const done = confirmed(after.and('rep-1', START)).vote('compliance-1');
    expect(done.view.deal.reassessments).toEqual([]);
    done.when('system', alert()).refused('not now', /already/);
    story(answeredDeal(), TIMED)
      .when('system', alert())
      .refused('not now', /not approved/);
  });
});

describe('the reassessment', () => {
  it('is started by the deal team or compliance, once', () => {
    const told = approved().and('rep-1', change());
    told.when('senior-1', START).refused('not allowed', /deal team and compliance/);
    const after = told.when('compliance-1', START).then('ReassessmentStarted');
    after.when('rep-1', START).refused('not now', /under way/);
    expect(after.view.deal.team).toEqual(['rep-1']);
    expect(toldOf(noticesBetween(told, after), 'reassessment started')).toEqual(['thread', 'rep-1']);
  });
  it('asks every section again, on cards of its own, scope first', () => {
    const told = approved().and('rep-1', change());
    const after = told.and('rep-1', START);
    expect(after.view.deal).toMatchObject({ status: 'answering', answers: {}, reassessed: 1 });
    expect(Object.keys(after.view.deal.drafts).sort()).toEqual(['product', 'record', 'scope']);
    const cards = noticesBetween(told, after).flatMap((n) => (n.kind === 'live' ? [n.live] : []));
    expect(cards).toEqual([{ card: 'root' }, { card: 'section', section: 'scope', asked: 1 }, { card: 'private' }]);
    after.when('rep-1', confirm('record')).refused('not allowed', /scope questions first/);
  });
  it('takes "nothing changed here" for the answers of then, from the deal team, once', () => {
    const told = begun().and('rep-1', confirm('scope'));
    told.when('compliance-1', confirm('product')).refused('not allowed', /deal team/);
    const after = told.when('rep-1', confirm('product')).then('SectionAnswered');
    expect(after.view.deal.answers['product']).toMatchObject({
      P1: { value: 'no', by: 'rep-1' },
      P4: { value: 'common' },
    });
    after.when('rep-1', confirm('product')).refused('not now', /answered already/);
    const drafted = told.and('rep-1', {
      type: 'SaveSectionForLater',
      section: 'product',
      answers: { P1: { value: 'yes', sources: [] } },
    });
    drafted.when('rep-1', confirm('product')).refused('not now', /press Change/);
    approved().when('rep-1', confirm('product')).refused('not allowed');
    told.when('rep-1', confirm('nothing')).refused('not now');
  });
  it('tells whoever has voted in it of what is reported after, and that they can take their vote back', () => {
    const told = begunOn(basis);
    const voted = ['scope', 'record', 'laws']
      .reduce((now, section) => now.and('rep-1', confirm(section)), told)
      .vote('compliance-1');
    const after = voted.and('compliance-2', change('major'));
    expect(toldOf(noticesBetween(voted, after), 'reassessment asked')).toContain('compliance-1');
    const task = after.view.deal.reassessments?.at(-1)?.id ?? '';
    const to = (person: string): string =>
      plain(factCard(after.view, { fact: 'reassessment asked', task }, {}, { to: 'person', person }));
    expect(to('compliance-1')).toContain('You voted before this was reported');
    expect(to('compliance-2')).not.toContain('You voted before');
  });
  it('takes "nothing changed here" for what answers stood on as well, also where it began before that was kept', () => {
    const told = begunOn(basis);
    expect(told.view.deal.drafts['record']).toMatchObject({ H1: { value: 'no', basis } });
    // A deal whose reassessment began before drafts kept it.
    const bare = { H1: { value: 'no', sources: [] }, H2: { value: 'no', sources: [] } };
    const { deal } = told.view;
    const older = { ...told.view, deal: { ...deal, drafts: { ...deal.drafts, record: bare } } as typeof deal };
    expect(confirmable(older, 'record')).toMatchObject({ H1: { basis }, H2: { basis } });

    const after = ['scope', 'record', 'laws'].reduce((now, section) => now.and('rep-1', confirm(section)), told);
    expect(after.view.deal).toMatchObject({ status: 'deciding', tier: 'low' });
    expect(after.view.deal.answers['record']).toMatchObject({ H1: { basis }, H2: { basis } });

    const other = { told: 'product-1' };
    const drafted = told.and('rep-1', confirm('scope')).and('rep-1', {
      type: 'SaveSectionForLater',
      section: 'record',
      answers: { H1: { value: 'no', sources: [], basis: other }, H2: { value: 'no', sources: [], basis: other } },
    });
    expect(drafted.view.deal.drafts['record']).toMatchObject({ H1: { basis: other } });
    drafted.when('rep-1', confirm('record')).refused('not now', /press Change/);
  });
  it('keeps the approval in force, its conditions owed and workable, its readers', () => {
    const told = begun(LIMIT);
    expect(approvalOf(told.view.deal)?.decision.outcome).toBe('approved with conditions');
    expect([canRead(told.view, 'product-1'), canRead(told.view, 'compliance-1')]).toEqual([true, true]);
    expect(dutiesOf(told.view).map(({ owed }) => owed.kind)).toEqual(
      expect.arrayContaining(['section', 'condition', 'reassessment']),
    );
    const met = told.and('product-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] });
    const kept = confirmed(met).and('compliance-1', { type: 'AcceptCondition', condition: 'limit' });
    expect(kept.view.deal.status).toBe('deciding');
    expect(approvalOf(kept.view.deal)?.conditions?.['limit']?.status).toBe('accepted');
  });
  it('goes on counting its date until the deal is decided again, and suspends as before', () => {
    const told = begun({ ...LIMIT, due: '2027-03-19' });
    const { lines, after } = calendarUntil(confirmed(told), '2027-04-20T00:00:00.000Z');
    expect(lines).toEqual(
      expect.arrayContaining([
        '2027-04-01T09:00 overdue rep-1',
        '2027-04-14T09:00 escalation compliance-1',
        '2027-04-15T21:00 suspended',
      ]),
    );
    expect(approvalOf(after.view.deal)?.suspended).toBeDefined();
    // Whoever confirms lighter answers, or that it is out of scope, reads it, too.
    const shown = reassessedBlocks(dealView(after.view.deal, TIMED.policy, TIMED.organisation, after.view.now));
    expect(JSON.stringify(shown)).toContain('That approval is suspended. ');
    expect(JSON.stringify(shown)).toContain('Limit use in the contract');
    expect(JSON.stringify(reassessedBlocks(confirmed(told).view))).not.toContain('suspended');
    after
      .when('chief-1', { type: 'LiftSuspension', reason: 'They work on it' }, '2027-04-21T09:00:00.000Z')
      .then('SuspensionLifted');
  });
  it('shows approvers just the difference, and a vote of before signs nothing', () => {
    const told = begun().and('rep-1', confirm('scope')).and('rep-1', confirm('product'));
    const before = approved().view.deal;
    const same = told.and('rep-1', confirm('record'));
    const routed = same.events.findLast((e) => e.type === 'DealRouted');
    expect(routed).toMatchObject({ sinceApproval: [], covers: [expect.stringMatching(/^change-/)] });
    expect(routed).not.toMatchObject({
      route: { factsHash: before.status === 'decided' ? before.route.factsHash : '' },
    });
    const changed = told.and('rep-1', answer('record', { 'H-RF1': 'no', 'H-RF3': 'yes', 'H-RF5': 'no' })[1]);
    expect(changed.events.findLast((e) => e.type === 'DealRouted')).toMatchObject({
      tier: 'elevated',
      sinceApproval: [
        { what: 'answer', id: 'H-RF3', before: 'No', after: 'Yes' },
        { what: 'flag', id: 'H-RF3', before: 'not there', after: 'moderate' },
      ],
    });
  });
  it('ends with a new decision: its conditions take the place of the old, the next renewal is asked for', () => {
    const told = approved(LIMIT, TRAIN)
      .and('rep-1', { type: 'SetRenewals', licence: '2027-05-01', contract: '2029-05-01' })
      .and('product-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] })
      .and('rep-1', START);
    const report: Condition = { id: 'report', text: 'Report yearly', owner: 'rep-1', due: '2027-11-01' };
    const ready = confirmed(told);
    const conditions = [{ ...LIMIT, due: '2027-12-24' }, report];
    const done = ready.vote('compliance-1', { outcome: 'approve-with-conditions', conditions });
    const { deal } = done.view;
    expect(deal).toMatchObject({
      status: 'decided',
      decision: { conditions },
      conditions: { limit: { status: 'met' } },
      pastApproval: { ended: [TRAIN] },
      renewals: { dates: [{ of: 'contract', on: '2029-05-01' }] },
      standing: undefined,
    });
    expect(taskIds(done)).toEqual([]);
    expect(toldOf(noticesBetween(ready, done), 'decided')).toEqual(['thread', 'rep-1', 'product-1']);
    const once = confirmed(approved().and('rep-1', licence('2027-05-01')).and('rep-1', START)).vote('compliance-1');
    expect(once.view.deal.renewals).toBeUndefined();
  });
  it('leaves what came after the answers were in for the next one', () => {
    const ready = confirmed(begun());
    const late = ready.and('rep-1', change('major'));
    const done = late.vote('compliance-1');
    expect(done.view.deal.reassessments).toMatchObject([{ trigger: 'A4' }]);
    const routedAnew = late.and('rep-1', answer('product', { P1: 'yes', P2: 'no', P4: 'common' })[1]);
    expect(routedAnew.vote('compliance-1').view.deal.reassessments).toEqual([]);
  });
  it('ends the approval where it is declined: owner, compliance and the conditions’ owners are told', () => {
    const ready = confirmed(begun(LIMIT));
    const done = ready.vote('compliance-1', { outcome: 'decline' });
    expect(approvalOf(done.view.deal)).toBeUndefined();
    expect(done.view.deal).toMatchObject({ reassessments: [], pastApproval: { ended: [LIMIT] } });
    expect(nextDueAt(done.view)).toBeNull();
    expect(toldOf(noticesBetween(ready, done), 'decided')).toEqual(['thread', 'rep-1', 'product-1', 'compliance-2']);
  });
  it('ends the approval where the deal turns out to be out of scope, and nobody misses it', () => {
    const told = begun(LIMIT);
    const out = told.and('rep-1', answer('scope', { G1: 'no' })[1]);
    expect(out.view.deal).toMatchObject({
      status: 'out of scope',
      standing: undefined,
      pastApproval: { ended: [LIMIT] },
    });
    expect(toldOf(noticesBetween(told, out), 'out of scope')).toEqual([
      'thread',
      'compliance-1',
      'compliance-2',
      'product-1',
    ]);
    expect(nextDueAt(out.view)).toBeNull();
  });
  it('is no way to lose the task: whoever owes it cannot withdraw the deal; compliance can end the approval', () => {
    for (const told of [begun(LIMIT), confirmed(begun(LIMIT))]) {
      told
        .when('rep-1', { type: 'Withdraw', reason: 'No time' })
        .refused('not now', /stands until it is decided again/);
      told.when('rep-1', { type: 'Reopen', reason: 'No time' }).refused('not allowed', /only compliance/);
      const reopened = told.and('compliance-1', { type: 'Reopen', reason: 'The customer is gone' });
      expect(approvalOf(reopened.view.deal)).toBeUndefined();
      expect(reopened.view.deal).toMatchObject({ reassessments: undefined, pastApproval: { ended: [LIMIT] } });
      reopened.when('rep-1', { type: 'Withdraw', reason: 'The customer is gone' }).then('DealWithdrawn');
    }
    story(answeredDeal(), TIMED)
      .when('compliance-1', { type: 'Reopen', reason: 'Typo.' })
      .refused('not now', /This deal is open/);
  });
  it('goes with the deal to another owner, and through questions of approvers', () => {
    const ready = confirmed(begun()).and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'On leave' });
    expect(dutiesOf(ready.view).find(({ owed }) => owed.kind === 'reassessment')?.person).toBe('product-1');
    const asked = ready.and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who runs it now?' });
    const request = asked.view.deal.requests.at(-1)?.id ?? '';
    const given = asked.and('product-1', {
      type: 'GiveInformation',
      request,
      text: 'The ministry runs it.',
      sources: [],
    });
    expect(given.events.findLast((e) => e.type === 'DealRouted')).toMatchObject({
      sinceApproval: [{ what: 'evidence', after: '“The ministry runs it.”' }],
    });
    given.when('compliance-1', (view) => voteOf(view)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});
