/** An approval that somebody would rather have nobody look at again, and a licence that nobody settles. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestCard } from '../../../../blocks/cards/digest.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { addDays } from '../../../../flows/calendar.ts';
import { licenceOpenSince } from '../../../../flows/deal/approval/licence.ts';
import { allReassessments, lookedAtAgain } from '../../../../flows/deal/approval/reassessments.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import { dutiesOf, nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { dealView } from '../../../../flows/deal/view.ts';
import { startTally } from '../../../../flows/digest/tally.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { saidOf } from '../../../support/digests.ts';
import { answer, answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { awayIn, calendarUntil, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const { reminders } = aPolicy();
const within = { ...reminders, reassessments: { ...reminders.reassessments, atMost: { high: 12, others: 24 } } };
const licensed = { ...reminders, licence: { every: 10, escalate: { after: 25, to: 'compliance' } } };
const AGAIN = { ...TIMED, policy: aPolicy({ reminders: within }) };
const LICENSED = { ...TIMED, policy: aPolicy({ reminders: licensed }) };

// Approved on Monday, 1 March 2027, a few minutes after 09:00 UTC.
const approved = (context = AGAIN): Story => story(answeredDeal(), context).vote('compliance-1');
const high = (): Story =>
  story(answeredDeal({ 'H-RF1': 'yes' }), AGAIN)
    .vote('compliance-1')
    .vote('senior-1')
    .vote('counsel-1');
const renewed = (licence: string | undefined, reason?: string): DealCommand => ({
  type: 'SetRenewals',
  licence,
  reason,
});
const none = renewed(undefined, 'Sold once');
const far = renewed('9998-01-01');
const at = (told: Story, now: string, policy = AGAIN.policy) =>
  dealView(told.view.deal, policy, TIMED.organisation, now);
const root = (told: Story): string => plain(rootCard(told.view));

describe('an approved deal is looked at again', () => {
  it('24 months after the approval, a high one after 12, whatever was typed or not', () => {
    for (const told of [approved(), approved().and('rep-1', none), approved().and('rep-1', far)]) {
      expect(lookedAtAgain(told.view)).toBe('2029-03-01');
      expect(nextDueAt(told.view)).toBe('2028-12-01T09:00:00.000Z');
      expect(root(told)).toContain('Looked at again by 1 March 2029 at the latest. House rule.');
    }
    for (const told of [high(), high().and('rep-1', none), high().and('rep-1', far)]) {
      expect(lookedAtAgain(told.view)).toBe('2028-03-01');
    }
  });
  it('with reminders, and then with everybody who is told of a late one', () => {
    expect(calendarUntil(approved().and('rep-1', none), '2029-12-31T00:00:00.000Z').lines).toEqual([
      '2028-12-01T09:00 before rep-1',
      '2029-01-01T09:00 before rep-1',
      '2029-01-30T09:00 before rep-1',
      '2029-02-22T09:00 before rep-1',
      '2029-03-02T09:00 overdue rep-1',
      '2029-03-02T09:00 overdue thread',
      '2029-03-06T09:00 reminder rep-1',
      '2029-03-09T09:00 reminder rep-1',
      '2029-03-15T09:00 escalation compliance-1',
      '2029-03-15T09:00 escalation compliance-2',
    ]);
  });
  it('before its renewal, where that comes first', () => {
    const told = approved().and('rep-1', renewed('2028-03-01'));
    expect(lookedAtAgain(told.view)).toBe('2028-03-01');
    expect(nextDueAt(told.view)).toBe('2027-12-02T09:00:00.000Z');
    expect(dutiesOf(told.view).map(({ owed }) => owed)).not.toContainEqual({
      kind: 'reassessment',
      task: 'latest-2029-03-01',
    });
    expect(root(told)).toContain('Looked at again by 1 March 2028 at the latest.');
    expect(root(told)).not.toContain('House rule');
  });
  it('on the day that compliance set, also where they reopen it and approve it again', () => {
    const set = renewed('2027-09-01', 'Their guards get new masters in summer.');
    const told = approved().and('rep-1', far).and('compliance-2', set);
    const again = told
      .and('compliance-1', { type: 'Reopen', reason: 'The contract has another name.' })
      .vote('compliance-1');
    expect(again.view.deal.renewals?.dates).toMatchObject([{ of: 'licence', on: '2027-09-01', latest: '2027-09-01' }]);
    again.when('rep-1', renewed('2028-03-01', 'It is longer.')).refused('not allowed', /only they set a later day/);
    // What the rep set ends with the approval, as before; so does what has passed.
    const theirs = approved().and('rep-1', renewed('2028-03-01'));
    const reopened = theirs.and('compliance-1', { type: 'Reopen', reason: 'New facts.' });
    expect(reopened.vote('compliance-1').view.deal.renewals).toBeUndefined();
    const late = '2027-10-04T09:00:00.000Z';
    const passed = told.and('compliance-1', { type: 'Reopen', reason: 'New facts.' }, late);
    expect(passed.and('compliance-1', (v) => voteOf(v), late).view.deal.renewals).toBeUndefined();
  });
  it.each([
    ['at once', '2027-03-02T09:00:00.000Z', ['2027-05-20']],
    ['before half of the time', '2027-04-09T09:00:00.000Z', ['2027-05-20']],
    ['after half of it', '2027-04-12T09:00:00.000Z', undefined],
  ])('on a near day that compliance set, though it is looked at %s', (_, now, left) => {
    const set = renewed('2027-05-20', 'After the elections their wardens may whip monks.');
    let told = approved().and('compliance-2', set).and('rep-1', { type: 'StartReassessment' }, now);
    expect(told.state).toMatchObject({ standing: { covers: ['renewal-licence-2027-05-20'] } });
    for (const section of ['scope', 'product', 'record'])
      told = told.and('rep-1', { type: 'ConfirmSection', section }, now);
    const again = told.and('compliance-1', (v) => voteOf(v), now);
    expect(again.view.deal.status).toBe('decided');
    expect(again.view.deal.renewals?.dates.map(({ on }) => on)).toEqual(left);
    // What its own people set ends with each look.
    const theirs = approved().and('rep-1', renewed('2027-05-20')).and('rep-1', { type: 'StartReassessment' }, now);
    const done = ['scope', 'product', 'record']
      .reduce((one, section) => one.and('rep-1', { type: 'ConfirmSection', section }, now), theirs)
      .and('compliance-1', (v) => voteOf(v), now);
    expect(done.view.deal.renewals).toBeUndefined();
  });
  it('and stands in the digest when the day comes near or has passed', () => {
    const told = approved().and('rep-1', far);
    const lines = (now: string): string[] => saidOf(at(told, now)).moves.map(({ of }) => of);
    expect(lines('2028-11-01T09:00:00.000Z')).toEqual([]);
    expect(lines('2029-01-01T09:00:00.000Z')).toEqual(['reassessment due']);
    expect(lines('2029-03-02T09:00:00.000Z')).toEqual(['reassessment overdue']);
  });
  it('by its owner, who can start it when it is asked for, and a new approval counts from its own day', () => {
    const later = '2029-01-02T10:00:00.000Z';
    approved().when('rep-1', { type: 'StartReassessment' }).refused('not now');
    let told = approved().and('rep-1', { type: 'StartReassessment' }, later);
    expect(told.state).toMatchObject({ standing: { covers: ['latest-2029-03-01'] } });
    expect(lookedAtAgain(told.view)).toBe('2029-03-01');
    for (const section of ['scope', 'product', 'record']) {
      told = told.and('rep-1', { type: 'ConfirmSection', section }, later);
    }
    const decided = told.when(
      'compliance-1',
      (v) => ({
        type: 'CastVote',
        step: 0,
        factsHash: v.deal.status === 'deciding' ? v.deal.route.factsHash : '',
        ballot: { outcome: 'approve', flags: {}, conditions: [], rationale: 'Nothing has changed since then.' },
      }),
      later,
    );
    expect(lookedAtAgain(decided.then('VoteCast', 'StepCompleted', 'DealDecided').view)).toBe('2031-01-02');
  });
  it('never later, whichever dates are given, moved and taken back', () => {
    const latest = '2029-03-01';
    const days = fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined });
    const one = fc.record({ wait: fc.integer({ min: 0, max: 200 }), licence: days, contract: days });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), (acts) => {
        let told = approved();
        let now = Date.parse('2027-03-02T09:00:00.000Z');
        for (const { wait, licence, contract } of acts) {
          now = Math.min(now + wait * 86_400_000, Date.parse('2029-02-28T09:00:00.000Z'));
          const when = new Date(now).toISOString();
          const on = (inDays: number | undefined) => inDays && addDays(when.slice(0, 10), inDays);
          const command = { type: 'SetRenewals', licence: on(licence), contract: on(contract), reason: 'They say so' };
          const set = decide(command as DealCommand, told.state, { actor: 'rep-1', at: when, id: 'x' }, AGAIN);
          if (set.kind === 'accepted') told = told.and('rep-1', command as DealCommand, when);
        }
        const due = allReassessments(told.view).map((task) => task.due);
        expect(due.some((day) => day <= latest)).toBe(true);
        expect(lookedAtAgain(told.view)! <= latest).toBe(true);
        expect(nextDueAt(told.view)).not.toBeNull();
        expect(nextDueAt(told.view)! < '2029-03-03').toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  it('and compliance is told of a first date beyond that day, or of none', () => {
    const told = approved();
    const who = (command: DealCommand): string[] =>
      toldOf(noticesBetween(told, told.and('rep-1', command)), 'renewals set');
    expect(who(renewed('2028-03-01'))).toEqual(['thread']);
    expect(who(renewed('2029-03-01'))).toEqual(['thread']);
    expect(who(renewed('2029-03-02'))).toEqual(['thread', 'compliance-1', 'compliance-2']);
    expect(who(far)).toHaveLength(3);
    expect(who(none)).toHaveLength(3);
    expect(who({ type: 'SetRenewals', licence: '9998-01-01', contract: '2028-03-01' })).toEqual(['thread']);
  });
  it('not under a policy without a latest day, of which compliance hears in one line', () => {
    const told = approved(TIMED).and('rep-1', far);
    expect(lookedAtAgain(told.view)).toBeUndefined();
    expect(root(told)).not.toContain('Looked at again');
    const tally = startTally({ from: '2027-01-01T00:00:00.000Z' });
    for (const one of [told, approved(TIMED), approved(), story(answeredDeal(), TIMED)]) tally.add(saidOf(one.view));
    const digest = tally.digest({ until: '2027-03-02T00:00:00.000Z' }, { lines: [] });
    expect(digest.undated).toBe(2);
    const line = '2 approved deals stand under an older policy without a latest date for a new look.';
    const card = (made: typeof digest): string =>
      plain(digestCard(made, { deals: new Map(), organisation: TIMED.organisation }, 'register:digest/1'));
    expect(card(digest)).toContain(line);
    // Quiet or not: it is no news, and it still stands.
    expect(card({ ...digest, counts: {}, lines: [] })).toContain(line);
    expect(card({ ...digest, undated: undefined })).not.toContain('older policy');
  });
  it('though its owner answers the scope away during the reassessment', () => {
    // Wherever the policy speaks of it: also where nobody else's scope is confirmed.
    const told = approved({ ...AGAIN, policy: { ...AGAIN.policy, confirmScope: 'never' } })
      .and('rep-1', { type: 'ReportChange', what: 'major', why: 'They were sold' })
      .and('rep-1', { type: 'StartReassessment' });
    const after = told.and(...answer('scope', { G1: 'no' }));
    expect(after.state).toMatchObject({ standing: told.view.deal.standing });
    expect(after.state.status).not.toBe('out of scope');
  });
});

describe('an export licence that is not settled', () => {
  const settle = (licence: 'granted' | 'not-needed' | 'pending' | 'not-determined', reason = 'No. 12 of 3 March') =>
    ({ type: 'SetLicence', licence, reason }) as const;

  it('is reminded of every ten business days until it is settled', () => {
    const { lines, after } = calendarUntil(approved(LICENSED), '2027-04-30T00:00:00.000Z');
    const minute = lines[0]?.slice(10, 16);
    expect(lines).toEqual([
      `2027-03-15${minute} reminder rep-1`,
      `2027-03-29${minute} reminder rep-1`,
      `2027-04-05${minute} escalation compliance-1`,
      `2027-04-05${minute} escalation compliance-2`,
      `2027-04-12${minute} reminder rep-1`,
      `2027-04-26${minute} reminder rep-1`,
    ]);
    const later = '2027-05-03T10:00:00.000Z';
    expect(nextDueAt(after.and('rep-1', settle('granted'), later).view)).toBeNull();
    expect(nextDueAt(after.and('rep-1', settle('not-needed'), later).view)).toBeNull();
    // Another word for what is open buys no time; only what compliance settled is owed from then on.
    const open = nextDueAt(after.view);
    expect(open).toBe(`2027-05-10${minute}:00.000Z`);
    expect(nextDueAt(after.and('rep-1', settle('not-determined'), later).view)).toBe(open);
    const again = after
      .and('compliance-2', settle('granted'), later)
      .and('rep-1', settle('pending', 'It was revoked'), later);
    expect(nextDueAt(again.view)).toBe('2027-05-17T10:00:00.000Z');
  });
  it('has waited since it was open first, whatever the deal team called it in between', () => {
    const since = (told: Story): string | undefined => licenceOpenSince(told.view.deal);
    const told = approved(LICENSED);
    const first = since(told);
    const [june, july] = ['2027-06-01T10:00:00.000Z', '2027-07-01T10:00:00.000Z'];
    for (const settled of ['not-needed', 'granted'] as const) {
      const back = told.and('rep-1', settle(settled), june).and('rep-1', settle('not-determined'), july);
      expect([since(told.and('rep-1', settle(settled), june)), since(back)]).toEqual([undefined, first]);
      // At once, and its escalation too: nobody waits another month.
      const ticked = back.and('system', { type: 'Tick' }, '2027-07-01T10:01:00.000Z');
      const reminded = ticked.events.slice(back.events.length).filter((e) => e.type === 'Reminded');
      expect(reminded.map(({ to, of }) => `${of} ${to.join()}`)).toEqual([
        'reminder rep-1',
        'escalation compliance-1',
        'escalation compliance-2',
      ]);
    }
    const judged = told.and('compliance-2', settle('granted'), june).and('rep-1', settle('pending'), july);
    expect(since(judged)).toBe(july);
    // Nor by a second round of the same.
    const round = ['not-needed', 'pending', 'granted', 'not-determined'] as const;
    expect(since(round.reduce((now, licence) => now.and('rep-1', settle(licence), july), told))).toBe(first);
  });
  it('starts no new time with a reassessment or a reopening, unless that approved it as settled', () => {
    const since = (told: Story): string | undefined => licenceOpenSince(told.view.deal);
    const told = approved(LICENSED);
    const again = (from: Story): Story =>
      ['scope', 'product', 'record']
        .reduce(
          (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
          from
            .and('rep-1', { type: 'ReportChange', what: 'major', why: 'They were sold' })
            .and('rep-1', { type: 'StartReassessment' }),
        )
        .vote('compliance-1');
    expect(since(again(told))).toBe(since(told));
    const reopened = told.and('compliance-1', { type: 'Reopen', reason: 'Somebody asked' });
    expect(since(reopened)).toBeUndefined();
    expect(since(reopened.vote('compliance-1'))).toBe(since(told));
    const settled = again(told.and('rep-1', settle('granted')));
    const back = settled.and('rep-1', settle('pending'), '2027-07-01T10:00:00.000Z');
    expect(since(back)).toBe('2027-07-01T10:00:00.000Z');
  });
  it('has waited since it was open, whoever the deal is handed to meanwhile', () => {
    const hand = (told: Story, by: string, to: string, at: string): Story =>
      told.and(by, { type: 'ReassignOwner', to, reason: 'On other work this month' }, at);
    const once = hand(approved(LICENSED), 'rep-1', 'product-1', '2027-03-10T10:00:00.000Z');
    const { lines } = calendarUntil(
      hand(once, 'product-1', 'rep-1', '2027-03-19T10:00:00.000Z'),
      '2027-04-08T00:00:00.000Z',
    );
    const escalated = lines.filter((line) => line.includes('escalation'));
    expect(escalated.map((line) => line.slice(0, 10))).toEqual(['2027-04-05', '2027-04-05']);
  });
  it('wakes from a long sleep with one reminder', () => {
    const { events } = approved(LICENSED).and('system', { type: 'Tick' }, '2037-03-02T09:00:00.000Z');
    expect(events.filter((e) => e.type === 'Reminded' && e.of === 'reminder')).toHaveLength(1);
  });
  it('is owed to nobody before the approval, after a decline, or under a policy that does not ask', () => {
    const owed = (told: Story): string[] => dutiesOf(told.view).map(({ owed: { kind } }) => kind);
    expect(owed(approved(LICENSED))).toContain('licence');
    expect(owed(story(answeredDeal(), LICENSED))).not.toContain('licence');
    expect(owed(story(answeredDeal(), LICENSED).vote('compliance-1', { outcome: 'decline' }))).toEqual([]);
    expect(owed(approved(TIMED))).toEqual([]);
  });
  it('is settled by the deal team or compliance, with what it stands on; all who must know are told', () => {
    const told = approved(LICENSED);
    told.when('senior-1', settle('granted')).refused('not allowed', /Only the deal team and compliance/);
    told.when('rep-1', settle('granted', ' ')).refused('not valid', /what it stands on/, 'reason');
    told.when('rep-1', settle('pending')).refused('not valid', /Nothing was changed/, 'licence');
    story(answeredDeal(), LICENSED)
      .when('rep-1', settle('granted'))
      .refused('not now', /not approved/);
    const after = told.when('rep-1', settle('granted')).then('LicenceSet');
    expect(toldOf(noticesBetween(told, after), 'licence set')).toEqual(['thread', 'compliance-1', 'compliance-2']);
    expect(toldOf(noticesBetween(told, told.and('compliance-2', settle('granted'))), 'licence set')).toEqual([
      'thread',
      'rep-1',
      'compliance-1',
    ]);
    expect(root(told)).toContain('settle the export licence (pending)');
    expect(root(after)).not.toContain('settle the export licence');
    expect(root(after)).toContain('Granted, says @rep-1 (clearance is not a licence)');
    // What was signed does not change.
    expect(after.view.deal.details).toEqual(told.view.deal.details);
  });
  it('is seen by the approvers of the next reassessment', () => {
    const change: DealCommand = { type: 'ReportChange', what: 'major', why: 'They were sold' };
    const begun = approved(LICENSED)
      .and('rep-1', settle('granted'))
      .and('rep-1', change)
      .and('rep-1', { type: 'StartReassessment' });
    expect(begun.view.deal.details.exportLicence).toBe('granted');
    const asked = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
      begun,
    );
    expect(asked.events.at(-1)).toMatchObject({
      sinceApproval: [{ what: 'details', id: 'exportLicence', before: 'pending', after: 'granted' }],
    });
  });
  it('said anew under review, it voids the votes on the earlier facts', () => {
    const change: DealCommand = { type: 'ReportChange', what: 'major', why: 'They were sold' };
    const begun = story(answeredDeal({ 'H-RF3': 'yes' }), LICENSED)
      .vote('compliance-1')
      .vote('senior-1')
      .and('rep-1', change)
      .and('rep-1', { type: 'StartReassessment' });
    const asked = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
      begun,
    );
    asked.vote('compliance-1').when('rep-1', settle('granted')).then('LicenceSet', 'VotesVoided', 'DealRouted');
  });
  it('goes to a stand-in while the owner is away', () => {
    const context = { ...awayIn({ 'rep-1': ['product-1', '2027-03-10', '2027-03-31'] }), policy: LICENSED.policy };
    const { lines } = calendarUntil(approved(context), '2027-03-31T00:00:00.000Z');
    expect(lines.filter((line) => line.includes('reminder')).every((line) => line.endsWith('product-1'))).toBe(true);
    expect(lines.length).toBeGreaterThan(0);
  });
});
