/** Holds: who may place and lift them, which deals they reach, which approvals they block, when they are reviewed. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { holdsOn } from '../../../flows/deal/context/holds.ts';
import { decide } from '../../../flows/deal/decide.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import type { Hold } from '../../../flows/hold.ts';
import type { CommandMeta } from '../../../flows/ids.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { FAN_OUT_EVERY_MS } from '../../../flows/registers/fan-out.ts';
import { plannedHolds, standingHolds } from '../../../flows/registers/hold-placing.ts';
import type { HoldEvent, HoldCommand, HoldsState } from '../../../flows/registers/hold-shapes.ts';
import { holds } from '../../../flows/registers/holds.ts';
import type { RegisterContext } from '../../../flows/registers/register.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { dealHold, endUserHold } from '../../support/holds.ts';
import { answer, answeredDeal, CONTEXT, DEAL, open, story, type Story } from '../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../support/ticking.ts';

const context: RegisterContext = { organisation: TIMED.organisation, policy: aPolicy() };
const MONDAY = '2027-03-01T09:00:00.000Z';
const reach = { deals: 1, team: ['rep-1'] };
const place = (more: Partial<Extract<HoldCommand, { type: 'PlaceHold' }>> = {}): HoldCommand => ({
  type: 'PlaceHold',
  on: { of: 'end-user', name: 'Sample Ministry' },
  stop: ['support', 'upgrades'],
  because: 'inquiry',
  reason: 'A credible doubt.',
  review: '2027-04-01',
  reach,
  ...more,
});

interface Register {
  state: HoldsState;
  events: HoldEvent[];
  and(actor: string, command: HoldCommand, at?: string): Register;
  refused(actor: string, command: HoldCommand, at?: string): string;
}
const register = (state: HoldsState = holds.none, events: HoldEvent[] = []): Register => {
  const decide = (actor: string, command: HoldCommand, at = MONDAY) => {
    const meta: CommandMeta = { actor, at, id: `id-${events.length}` };
    return holds.decide(command, state, meta, context);
  };
  return {
    state,
    events,
    and: (actor, command, at) => {
      const decided = decide(actor, command, at);
      if (decided.kind === 'refused') throw new Error(decided.refusal.text);
      return register(decided.events.reduce(holds.evolve, state), [...events, ...decided.events]);
    },
    refused: (actor, command, at) => {
      const decided = decide(actor, command, at);
      if (decided.kind === 'accepted') throw new Error('it was accepted');
      return decided.refusal.text;
    },
  };
};
const idOf = ({ state }: Register): string => standingHolds(state)[0]?.id ?? '';

describe('placing and lifting', () => {
  it.each(['rep-1', 'senior-1', 'counsel-1', 'nobody-9', 'system'])('is not for %s', (actor) => {
    expect(register().refused(actor, place())).toMatch(/Only compliance/);
    const placed = register().and('compliance-1', place());
    expect(placed.refused(actor, { type: 'LiftHold', hold: idOf(placed), reason: 'Typo.', reach })).toMatch(
      /Only compliance/,
    );
    expect(placed.refused(actor, { type: 'MoveReview', hold: idOf(placed), review: '2027-05-01' })).toMatch(
      /Only compliance/,
    );
  });
  it('is for compliance and the chief, but not on their own deal', () => {
    const own = { deals: 3, team: ['rep-1', 'compliance-1'] };
    expect(register().refused('compliance-1', place({ reach: own }))).toMatch(/another compliance colleague/);
    const placed = register().and('chief-1', place({ reach: own }));
    const lift: HoldCommand = { type: 'LiftHold', hold: idOf(placed), reason: 'Nothing was found.', reach: own };
    expect(placed.refused('compliance-1', lift)).toMatch(/another compliance colleague/);
    expect(standingHolds(placed.and('compliance-2', lift).state)).toEqual([]);
  });
  it.each<[Partial<Extract<HoldCommand, { type: 'PlaceHold' }>>, RegExp]>([
    [{ stop: [] }, /what to stop/],
    [{ reason: '  ' }, /say why/],
    [{ review: '2027-03-01' }, /after today/],
    [{ review: '2027-02-30' }, /date of the calendar/],
    [{ review: '2029-01-01' }, /within a year/],
    [{ on: { of: 'end-user', name: ' … ' } }, /name of the end-user/],
    [{ on: { of: 'deal', deal: 'D-NOWHERE' }, reach: { deals: 0, team: [] } }, /no such deal/],
  ])('says what is wrong with %o', (more, words) => {
    expect(register().refused('compliance-1', place(more))).toMatch(words);
  });
  it('is once for an end-user, however it is written, and once for a deal', () => {
    const placed = register().and('compliance-1', place());
    expect(placed.refused('compliance-2', place({ on: { of: 'end-user', name: 'SAMPLE MINISTRY' } }))).toMatch(
      /on hold already/,
    );
    const deal = place({ on: { of: 'deal', deal: DEAL } });
    expect(placed.and('compliance-1', deal).refused('chief-1', deal)).toMatch(/on hold already/);
  });
  it('is lifted once', () => {
    const placed = register().and('compliance-1', place());
    const lift: HoldCommand = { type: 'LiftHold', hold: idOf(placed), reason: 'Nothing was found.', reach };
    expect(placed.refused('chief-1', { ...lift, reason: ' ' })).toMatch(/say why/);
    expect(placed.and('chief-1', lift).refused('compliance-1', lift)).toMatch(/lifted already/);
  });
});

describe('its review date', () => {
  const placed = register().and('compliance-1', place());
  const tick = (at: Register, when: string): Register => at.and('system', { type: 'Tick' }, when);
  /** `2027-03-25T09:00 before compliance-1 compliance-2` */
  const calendar = (from: Register, last: string): string[] => {
    const lines: string[] = [];
    // Its spreading is not checked here.
    let now = register({ ...from.state, spreads: {} }, from.events);
    for (;;) {
      const at = holds.nextDueAt(now.state, MONDAY, context);
      if (at === null || at > last) return lines;
      const next = tick(now, at);
      for (const e of next.events.slice(now.events.length)) {
        if (e.type === 'HoldReminded') lines.push(`${at.slice(0, 16)} ${e.of} ${e.to.join(' ')}`);
      }
      now = next;
    }
  };
  it('brings compliance back before, on the day and after it, and then somebody else', () => {
    expect(calendar(placed, '2028-01-01')).toEqual([
      '2027-03-25T09:00 before compliance-1 compliance-2',
      '2027-04-01T09:00 reminder compliance-1 compliance-2',
      '2027-04-05T09:00 overdue compliance-1 compliance-2',
      '2027-04-08T09:00 overdue compliance-1 compliance-2',
      '2027-04-13T09:00 escalation chief-1',
    ]);
  });
  it('counts anew when it is moved, and no more when the hold is lifted', () => {
    const late = register({ ...placed.state, spreads: {} }, placed.events);
    const moved = tick(late, '2027-04-01T09:00:00.000Z').and(
      'compliance-2',
      { type: 'MoveReview', hold: idOf(placed), review: '2027-06-01' },
      '2027-04-02T10:00:00.000Z',
    );
    expect(calendar(moved, '2028-01-01')[0]).toBe('2027-05-25T09:00 before compliance-1 compliance-2');
    const lifted = moved.and('chief-1', { type: 'LiftHold', hold: idOf(placed), reason: 'Nothing found.', reach });
    expect(calendar(lifted, '2028-01-01')).toEqual([]);
  });
  it('tells once what a sleep of weeks skipped', () => {
    const slept = tick(placed, '2027-05-01T09:00:00.000Z');
    expect(slept.events.flatMap((e) => (e.type === 'HoldReminded' ? [e.of] : []))).toEqual(['escalation']);
    expect(slept.refused('system', { type: 'Tick' }, '2027-05-02T09:00:00.000Z')).toMatch(/Nothing is due/);
  });
  it('is time’s own to tell', () => {
    expect(placed.refused('compliance-1', { type: 'Tick' }, '2027-05-01T09:00:00.000Z')).toMatch(/Only time/);
  });
});

describe('its way to the deals', () => {
  const page = (over: object = {}): HoldCommand => ({
    type: 'SpreadOn',
    spread: `${'hold-id-0'}:placed`,
    after: 'D-B',
    passed: 2,
    of: 3,
    owners: { 'rep-1': ['D-A', 'D-B'] },
    done: false,
    ...over,
  });
  const last = page({ from: 'D-B', after: 'D-C', passed: 1, owners: { 'rep-1': ['D-C'] }, done: true });
  it('is due at once, then a page at a time, and a page that was taken already counts once', () => {
    const placed = register().and('compliance-1', place());
    expect(holds.nextDueAt(placed.state, MONDAY, context)).toBe(MONDAY);
    const half = placed.and('system', page());
    const next = new Date(Date.parse(MONDAY) + FAN_OUT_EVERY_MS).toISOString();
    expect(holds.nextDueAt(half.state, MONDAY, context)).toBe(next);
    expect(Object.values(half.state.spreads)).toMatchObject([{ reached: 2, of: 3, after: 'D-B' }]);
    expect(half.refused('system', page())).toMatch(/behind it already/);
    expect(half.and('system', last).state.spreads).toEqual({});
    expect(placed.refused('compliance-1', page())).toMatch(/Only the bot/);
  });
  it('tells each owner once, when all are reached', () => {
    const half = register().and('compliance-1', place()).and('system', page());
    const done = half.and('system', last);
    const event = done.events.at(-1);
    const told = event && holds.tell(event, done.state, context, half.state);
    expect(told).toMatchObject([
      [
        { fact: 'deals held', reached: { deals: 3, first: ['D-A', 'D-B', 'D-C'] } },
        [{ to: 'person', person: 'rep-1' }],
      ],
    ]);
    const between = half.events.at(-1);
    expect(between && holds.tell(between, half.state, context, register().state)).toEqual([]);
  });
  it('ends where the hold is lifted meanwhile', () => {
    const placed = register().and('compliance-1', place());
    const lifted = placed.and('chief-1', { type: 'LiftHold', hold: idOf(placed), reason: 'Nothing found.', reach });
    expect(Object.keys(lifted.state.spreads)).toEqual([`${idOf(placed)}:lifted`]);
  });
});

const under = (...standing: Hold[]) => {
  const organisation: Organisation = { ...CONTEXT.organisation, holds: standing };
  return { ...CONTEXT, organisation };
};
const asked = (...standing: Hold[]): Story => story(answeredDeal(), under(...standing));
const vote = (outcome: 'approve' | 'decline') => (view: DealView) => {
  if (view.deal.status !== 'deciding') throw new Error(view.deal.status);
  const { step, route } = view.deal;
  const ballot = { outcome, flags: {}, conditions: [], rationale: 'It is what the answers call for here.' };
  return { type: 'CastVote' as const, step, factsHash: route.factsHash, ballot };
};

describe('a deal on hold', () => {
  it('can be opened, asked about and declined, but nobody approves it', () => {
    const deal = asked(endUserHold);
    expect(deal.view.deal.status).toBe('deciding');
    deal
      .when('compliance-1', vote('approve'))
      .refused('not now', /Sample Compliance of compliance put this end-user on hold/);
    deal.when('compliance-1', vote('decline')).then('VoteCast', 'StepCompleted', 'DealDecided');
    deal
      .when('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who will run it?' })
      .then('InformationAsked');
  });
  it('can be approved when the hold is on another deal or end-user', () => {
    const other = { ...dealHold, on: { of: 'deal' as const, deal: 'D-OTHER1' } };
    const elsewhere = { ...endUserHold, on: { of: 'end-user' as const, name: 'Other', key: 'other' } };
    asked(other, elsewhere).when('compliance-1', vote('approve')).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('keeps its tier and its route: a hold is no answer', () => {
    const [free, held] = [asked(), asked(endUserHold)].map(({ view }) => view.deal);
    expect(held?.status === 'deciding' && held.route).toEqual(free?.status === 'deciding' && free.route);
  });
  it('says so from its first moment, in the record and in the thread', () => {
    const opened = story([open()], under(endUserHold));
    expect(opened.events.map(({ type }) => type)).toEqual(['DealOpened', 'HoldNoted']);
    const later = opened.and(...answer('scope', { G1: 'yes' }));
    expect(later.events.filter(({ type }) => type === 'HoldNoted').length).toBe(1);
  });
  it('does not get away by another name', () => {
    const deal = asked(endUserHold);
    const { details } = deal.view.deal;
    const renamed = deal.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, endUser: { ...details.endUser, name: 'Sample Bureau' } },
      reason: 'It is called so now.',
    });
    expect(holdsOn(renamed.view).map(({ id }) => id)).toEqual([endUserHold.id]);
    renamed.when('compliance-1', vote('approve')).refused('not now', /on hold/);
  });
  /** The bot's own command to a deal on which nobody acted since. */
  const told = (deal: Story, command: DealCommand, standing: Hold[], actor = 'system') => {
    const at = '2027-03-02T09:00:00.000Z';
    const decided = decide(command, deal.state, { actor, at, id: 'id' }, under(...standing));
    if (decided.kind === 'refused') return decided.refusal.text;
    const after = decided.events.reduce(evolve, deal.state);
    const organisation = under(...standing).organisation;
    const view = dealView(after as OpenedDeal, CONTEXT.policy, organisation, at);
    return { ...deal, state: after, view, events: [...deal.events, ...decided.events] };
  };
  it('is noted and released by the bot alone, once', () => {
    const note: DealCommand = { type: 'NoteHold', hold: dealHold };
    const release: DealCommand = { type: 'NoteRelease', hold: dealHold.id, reason: 'Put right.', by: 'chief-1' };
    expect(told(asked(), note, [dealHold], 'compliance-1')).toMatch(/Only the bot/);
    expect(told(asked(), note, [])).toMatch(/was lifted/);
    expect(told(asked(), release, [])).toMatch(/no such hold/);
    const noted = told(asked(), note, [dealHold]);
    if (typeof noted === 'string') throw new Error(noted);
    expect(told(noted, note, [dealHold])).toMatch(/knows of this hold/);
    expect(told(noted, release, [], 'chief-1')).toMatch(/Only the bot/);
    const released = told(noted, release, []);
    expect(typeof released !== 'string' && released.view.deal.holds).toEqual({});
  });
  it.each([
    [dealHold, ['thread', 'rep-1']],
    // Its owner hears once of all their deals, from the register.
    [endUserHold, ['thread']],
  ])('is told in its thread and, alone, to its owner: %o', (hold, whom) => {
    const free = asked();
    const noted = told(free, { type: 'NoteHold', hold }, [hold]);
    if (typeof noted === 'string') throw new Error(noted);
    expect(toldOf(noticesBetween(free, noted), 'put on hold')).toEqual(whom);
    const released = told(noted, { type: 'NoteRelease', hold: hold.id, reason: 'Put right.', by: 'chief-1' }, []);
    if (typeof released === 'string') throw new Error(released);
    expect(toldOf(noticesBetween(noted, released), 'hold lifted')).toEqual(whom);
  });
  it('that is over has nothing to stop', () => {
    const gone = asked(endUserHold).and('rep-1', { type: 'Withdraw', reason: 'The buyer left.' });
    expect(holdsOn(gone.view)).toEqual([]);
    expect(holdsOn(gone.and('rep-1', { type: 'Reopen', reason: 'They are back.' }).view)).toHaveLength(1);
  });
});

describe('a hold for a later day', () => {
  const TUESDAY = '2027-03-02T09:00:00.000Z';
  const reasonless = (reason: string): string => register().refused('compliance-1', place({ reason }));
  const plan = (more: Partial<Extract<HoldCommand, { type: 'PlaceHold' }>> = {}): Register =>
    register().and('compliance-1', place({ from: '2027-03-04', ...more }));
  const dueOf = ({ state }: Register): string | null => holds.nextDueAt(state, MONDAY, context);
  const toldAt = (before: Register, after: Register) =>
    after.events.slice(before.events.length).flatMap((event) => holds.tell(event, after.state, context, before.state));

  it('stops nothing and tells nobody until the morning of that day; then it stands like any other', () => {
    const planned = plan();
    expect(standingHolds(planned.state)).toEqual([]);
    expect(plannedHolds(planned.state)).toMatchObject([{ from: '2027-03-04', by: 'compliance-1' }]);
    expect(toldAt(register(), planned)).toEqual([]);
    const due = dueOf(planned) ?? '';
    expect(due).toBe('2027-03-04T09:00:00.000Z');
    expect(planned.refused('system', { type: 'Tick' }, '2027-03-04T08:59:59.000Z')).toMatch(/Nothing is due/);
    const begun = planned.and('system', { type: 'Tick' }, due);
    const placed = register().and('compliance-1', place(), due);
    const same = ({ state }: Register): unknown => [
      standingHolds(state).map(({ id: _id, ...hold }) => hold),
      plannedHolds(state),
      Object.values(state.spreads).map(({ what }) => what.of),
    ];
    expect(same(begun)).toEqual(same(placed));
    expect(begun.refused('system', { type: 'Tick' }, due)).toMatch(/Nothing is due/);
  });

  it('begins on the next morning on which people work, and once, however late the bot is', () => {
    expect(dueOf(plan({ from: '2027-03-06' }))).toBe('2027-03-08T09:00:00.000Z');
    const late = plan().and('system', { type: 'Tick' }, '2027-03-20T12:00:00.000Z');
    expect(standingHolds(late.state)).toMatchObject([{ at: '2027-03-20T12:00:00.000Z', by: 'compliance-1' }]);
  });

  it('begins at once where the day is today', () => {
    expect(plan({ from: '2027-03-01' }).state).toEqual(register().and('compliance-1', place()).state);
  });

  it.each([
    ['2027-02-28', /today or a later day/],
    ['2027-07-01', /within three months/],
    ['2027-02-30', /date of the calendar/],
    ['2027-04-01', /after the one on which it begins/],
  ])('takes no %s', (from, words) => {
    expect(register().refused('compliance-1', place({ from }))).toMatch(words);
  });

  it('keeps another from being placed on the same, until it is withdrawn: whoever planned it, and the chief, are told', () => {
    const planned = plan();
    expect(planned.refused('chief-1', place())).toMatch(/is to be put on hold on a later day/);
    expect(planned.refused('chief-1', place({ from: '2027-03-10' }))).toMatch(/later day/);
    expect(
      register()
        .and('compliance-1', place())
        .refused('chief-1', place({ from: '2027-03-04' })),
    ).toMatch(/on hold already/);
    const [hold] = plannedHolds(planned.state);
    const lift = (reason: string): HoldCommand => ({ type: 'LiftHold', hold: hold?.id ?? '', reason, reach });
    expect(planned.refused('rep-1', lift('We need this customer.'))).toMatch(/Only compliance/);
    const gone = planned.and('chief-1', lift('It was a mistake.'), TUESDAY);
    expect([standingHolds(gone.state), plannedHolds(gone.state), gone.state.spreads]).toEqual([[], [], {}]);
    expect(toldAt(planned, gone)).toMatchObject([
      [{ fact: 'hold lifted', from: '2027-03-04' }, [{ to: 'person', person: 'compliance-1' }]],
    ]);
    expect(gone.refused('compliance-1', lift('Again, please.'))).toMatch(/lifted already/);
    expect(dueOf(gone)).toBeNull();
  });

  it('never says that somebody spoke: no hold does, and none that is lifted', () => {
    for (const reason of [
      'We got a complaint about them.',
      'A WHISTLEBLOWER told us.',
      'Case C-7K2PQD4M9XYZ is being looked at.',
      'Es gibt eine Beschwerde dazu.',
      'See the case room for more.',
    ]) {
      expect(reasonless(reason)).toMatch(/could show that somebody spoke/);
      const standing = register().and('compliance-1', place());
      expect(standing.refused('chief-1', { type: 'LiftHold', hold: idOf(standing), reason, reach })).toMatch(
        /somebody spoke/,
      );
    }
    for (const reason of [
      'Use is checked against clause 12.',
      'A report of the press is looked into.',
      'Compliance checks it.',
    ]) {
      expect(standingHolds(register().and('compliance-1', place({ reason })).state)).toHaveLength(1);
    }
  });
});
