/** Training: who needs which course, what is recorded, who is reminded and when, what it blocks. */

import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../flows/calendar.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import { noDeal } from '../../../../flows/deal/state.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { heldBack, trainingHeld } from '../../../../flows/registers/training/held-back.ts';
import { trainingStanding } from '../../../../flows/registers/training/standing.ts';
import { noTraining } from '../../../../flows/registers/training/state.ts';
import { anOrganisation, aPolicy } from '../../../support/deal-builders.ts';
import { open, CONTEXT, story } from '../../../support/story.ts';
import { aCourse, aTraining, trainedFrom, trainedPolicy } from '../../../support/training.ts';

const MONDAY = '2027-03-01T10:00:00.000Z';
const organisation: Organisation = anOrganisation({
  people: anOrganisation().people.map((p) => (p.id === 'senior-1' ? { ...p, manager: 'chief-1' } : p)),
});
const tick = { type: 'Tick' } as const;
const started = () => trainedFrom({ organisation }).and('system', tick, MONDAY);
const take = (on: string, course = 'rights') => ({ type: 'TakeTraining', course, on }) as const;

describe('who needs a course', () => {
  it('follows from groups, and counts from when it was first seen', () => {
    const { state } = started();
    expect(state.since['rights']).toEqual({
      'compliance-1': MONDAY,
      'senior-1': MONDAY,
      'senior-2': MONDAY,
      'counsel-1': MONDAY,
    });
  });

  it('follows from being part of a deal, for a year after the last thing that happened there', () => {
    const seen = started().and('system', { type: 'SeeTeams', people: ['rep-1', 'nobody-9'] }, MONDAY);
    expect(seen.state.since['rights']).toHaveProperty('rep-1', MONDAY);
    expect(seen.state.onDeals).toEqual({ 'rep-1': MONDAY });
    const later = seen.and('system', tick, '2028-03-02T10:00:00.000Z');
    expect(later.state.since['rights']).not.toHaveProperty('rep-1');
    expect(seen.refused('system', { type: 'SeeTeams', people: ['rep-1'] }, '2027-03-20T10:00:00.000Z')).toMatch(/seen/);
    const again = seen.and('system', { type: 'SeeTeams', people: ['rep-1'] }, '2027-05-20T10:00:00.000Z');
    expect(again.state.since['rights']).toHaveProperty('rep-1', MONDAY);
  });

  it('ends with the group or the course, and begins anew', () => {
    const left = { ...organisation, groups: organisation.groups.map((g) => ({ ...g, members: ['counsel-1'] })) };
    const before = started().until('2027-03-02T00:00:00.000Z').after;
    const after = trainedFrom({ organisation: left }, before.state).and('system', tick, '2027-03-03T10:00:00.000Z');
    expect(Object.keys(after.state.since['rights'] ?? {})).toEqual(['counsel-1']);
    expect(Object.keys(after.state.reminded['rights'] ?? {})).toEqual(['counsel-1']);
    const other = trainedFrom({ organisation, training: { courses: [aCourse({ id: 'other' })] } }, before.state);
    expect(other.and('system', tick, '2027-03-03T10:00:00.000Z').state.since).toMatchObject({ rights: {} });
  });

  it('is nobody where the policy has no training', () => {
    const { decide: judge } = { decide: trainedFrom({ organisation }).refused };
    expect(judge('rep-1', tick, MONDAY)).toMatch(/Only time/);
    expect(trainingStanding(noTraining, organisation, aPolicy(), MONDAY).lines).toEqual([]);
  });
});

describe('saying that one took it', () => {
  it('keeps the day, and it is valid so many months', () => {
    const taken = started().and('senior-1', take('2027-02-28'), MONDAY);
    expect(taken.events.at(-1)).toMatchObject({ type: 'TrainingTaken', by: 'senior-1', on: '2027-02-28' });
    const { counts, lines } = trainingStanding(taken.state, organisation, trainedPolicy(), MONDAY);
    expect(counts).toMatchObject({ current: 1, 'to take': 3 });
    expect(lines[0]).toMatchObject({ person: 'compliance-1', status: 'to take', until: '2027-03-30' });
  });

  it.each([
    ['senior-1', take('2027-03-02'), /still to come/],
    ['senior-1', take('2027-02-30'), /calendar/],
    ['senior-1', take('2026-02-28'), /run out already/],
    ['senior-1', take('2027-02-28', 'constructor'), /not asked of anybody/],
    ['nobody-9', take('2027-02-28'), /does not know you/],
    ['system', take('2027-02-28'), /does not know you/],
  ])('refuses %s %o', (actor, command, says) => {
    expect(started().refused(actor, command, MONDAY)).toMatch(says);
  });

  it('keeps the newest, and refuses an older one', () => {
    const taken = started().and('senior-1', take('2027-02-20'), MONDAY);
    expect(taken.refused('senior-1', take('2027-02-20'), MONDAY)).toMatch(/that is kept/);
    expect(taken.and('senior-1', take('2027-02-21'), MONDAY).state.taken['rights']?.['senior-1']?.on).toBe(
      '2027-02-21',
    );
  });

  it('is a day where the person is', () => {
    const auckland = anOrganisation({
      people: organisation.people.map((p) => (p.id === 'senior-1' ? { ...p, timeZone: 'Pacific/Auckland' } : p)),
    });
    const evening = '2027-03-01T21:00:00.000Z';
    expect(trainedFrom({ organisation: auckland }).refused('senior-1', take('2027-03-02'), evening)).toBe('accepted');
    expect(trainedFrom({ organisation }).refused('senior-1', take('2027-03-02'), evening)).toMatch(/still to come/);
  });
});

describe('an import', () => {
  const rows = { rights: { 'senior-1': '2027-02-01', 'senior-2': '2027-01-15' } };
  const bring = (taken: Record<string, Record<string, string>>) => ({ type: 'ImportTraining', taken }) as const;

  it('keeps what is newer, once', () => {
    const first = started().and('compliance-1', bring(rows), MONDAY);
    expect(first.state.taken['rights']).toMatchObject({ 'senior-2': { on: '2027-01-15', how: 'imported' } });
    expect(first.refused('compliance-1', bring(rows), MONDAY)).toMatch(/known already/);
    const more = first.and(
      'operator',
      bring({ rights: { 'senior-1': '2026-05-01', 'senior-2': '2027-02-02' } }),
      MONDAY,
    );
    expect(more.events.at(-1)).toMatchObject({ taken: { rights: { 'senior-2': '2027-02-02' } } });
    expect(more.state.taken['rights']?.['senior-1']?.on).toBe('2027-02-01');
  });

  it.each([
    ['senior-1', rows, /Only compliance/],
    ['system', rows, /Only compliance/],
    ['compliance-1', { nothing: { 'senior-1': '2027-02-01' } }, /no course nothing/],
    ['compliance-1', { rights: { 'nobody-9': '2027-02-01' } }, /nobody in the organisation/],
    ['compliance-1', { rights: { 'senior-1': '2027-03-09' } }, /still to come/],
    ['compliance-1', { rights: { 'senior-1': '=1+1' } }, /nobody in the organisation/],
  ])('of %s with %o is refused whole', (actor, taken, says) => {
    expect(started().refused(actor, bring(taken as Record<string, Record<string, string>>), MONDAY)).toMatch(says);
  });
});

describe('reminders', () => {
  it('come at once to somebody new, then 7 days before, on the day, and every week; then to the manager, once', () => {
    const only = { organisation, training: { courses: [aCourse({ for: { groups: ['counsel'], dealTeam: false } })] } };
    const { lines } = trainedFrom(only)
      .and('system', tick, '2027-02-28T10:00:00.000Z')
      .until('2027-05-01T00:00:00.000Z');
    expect(lines).toEqual([
      // First seen on a Sunday; 30 days in all, so the last is Monday 29 March.
      '2027-03-01T09:00 reminder counsel-1 rights',
      '2027-03-22T09:00 reminder counsel-1 rights',
      '2027-03-29T09:00 reminder counsel-1 rights',
      '2027-04-05T09:00 reminder counsel-1 rights',
      '2027-04-12T09:00 reminder counsel-1 rights',
      '2027-04-12T09:00 escalation compliance-1 counsel-1/rights',
      '2027-04-19T09:00 reminder counsel-1 rights',
      '2027-04-26T09:00 reminder counsel-1 rights',
    ]);
  });

  it('come 30 and 7 days before it runs out, on the day and after it, on working days', () => {
    const { lines } = started()
      .and('senior-1', take('2027-03-01'), MONDAY)
      .and(
        'compliance-1',
        {
          type: 'ImportTraining',
          taken: { rights: { 'senior-2': '2027-03-01', 'counsel-1': '2027-03-01', 'compliance-1': '2027-03-01' } },
        },
        MONDAY,
      )
      .until('2028-03-20T00:00:00.000Z');
    expect(lines.filter((line) => line.includes('senior-1'))).toEqual([
      // 31 January 2028 is a Monday; 23 February and 1 March are Wednesdays.
      '2028-01-31T09:00 reminder senior-1 rights',
      '2028-02-23T09:00 reminder senior-1 rights',
      '2028-03-01T09:00 reminder senior-1 rights',
      '2028-03-08T09:00 reminder senior-1 rights',
      '2028-03-15T09:00 reminder senior-1 rights',
      '2028-03-15T09:00 escalation chief-1 compliance-1/rights, senior-1/rights',
    ]);
  });

  it('are one message for several courses, and one for a manager of several people', () => {
    const both = {
      organisation,
      training: {
        courses: [
          aCourse(),
          aCourse({ id: 'privacy', title: 'Privacy', for: { groups: ['senior'], dealTeam: false } }),
        ],
      },
    };
    const { lines, after } = trainedFrom(both).and('system', tick, MONDAY).until('2027-04-14T00:00:00.000Z');
    expect(lines).toContain('2027-03-23T09:00 reminder senior-2 rights, privacy');
    expect(lines.filter((line) => line.includes('escalation compliance-1'))).toEqual([
      '2027-04-13T09:00 escalation compliance-1 senior-2/rights, counsel-1/rights, senior-2/privacy, counsel-1/privacy',
    ]);
    expect(lines).toContain(
      '2027-04-13T09:00 escalation chief-1 compliance-1/rights, senior-1/rights, senior-1/privacy',
    );
    expect(after.events.filter((e) => e.type === 'TrainingEscalated').length).toBe(1);
  });

  it('are one after a sleep of weeks', () => {
    const told = started().until('2027-03-02T00:00:00.000Z').after.and('system', tick, '2027-05-20T10:00:00.000Z');
    const fresh = told.events.filter((e) => e.at === '2027-05-20T10:00:00.000Z');
    expect(fresh.map((e) => e.type)).toEqual(['TrainingReminded', 'TrainingEscalated']);
    expect(told.refused('system', tick, '2027-05-20T10:00:01.000Z')).toMatch(/Nobody/);
    expect(told.next('2027-05-20T10:00:00.000Z')).toBe('2027-05-25T09:00:00.000Z');
  });

  it('end with the course, and wait where somebody asks for later', () => {
    const later = started()
      .until('2027-03-02T00:00:00.000Z')
      .after.and('senior-1', { type: 'SnoozeTraining', until: '2027-03-26' }, '2027-03-02T10:00:00.000Z');
    const until = later.until('2027-03-31T00:00:00.000Z');
    expect(until.lines.filter((line) => line.includes('senior-1'))).toEqual([
      '2027-03-26T09:00 reminder senior-1 rights',
      '2027-03-30T09:00 reminder senior-1 rights',
    ]);
    const done = until.after.and('senior-1', take('2027-03-30'), '2027-03-31T08:00:00.000Z');
    expect(done.until('2027-06-01T00:00:00.000Z').lines.filter((line) => line.includes('senior-1'))).toEqual([]);
  });

  it.each([
    ['2027-03-01', /after today/],
    ['2027-04-15', /within the next 30/],
    ['soon', /calendar/],
  ])('are not put off until %s', (until, says) => {
    expect(started().refused('senior-1', { type: 'SnoozeTraining', until }, MONDAY)).toMatch(says);
  });

  it('stop for whoever has left', () => {
    const gone = { ...organisation, people: organisation.people.filter(({ id }) => id !== 'counsel-1') };
    const { lines } = trainedFrom({ organisation: gone }, started().state).until('2027-06-01T00:00:00.000Z');
    expect(lines.filter((line) => line.includes('counsel-1'))).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  });
});

describe('what it holds back', () => {
  const blocks = { opening: ['rights'], voting: ['rights'] };
  const training = aTraining({ blocks });
  const held = (state = started().state, at = MONDAY, asked = training) => ({
    ...organisation,
    training: trainingHeld(state, organisation, asked, at),
  });

  it('is nothing by default', () => {
    expect(trainingHeld(started().state, organisation, aTraining(), MONDAY)).toBeUndefined();
  });

  it('is a vote of somebody whose course ran out, and not one whose days still run', () => {
    const state = started().and('senior-1', take('2026-04-01'), MONDAY).state;
    expect(heldBack(held(state), 'senior-1', 'voting', '2027-04-01T10:00:00.000Z')).toBeUndefined();
    expect(heldBack(held(state), 'senior-1', 'voting', '2027-04-02T10:00:00.000Z')).toEqual({
      course: 'rights',
      text: 'Your training “Human-rights due diligence” ran out on 1 April 2027, and nobody votes without it. Please take it, then try again.',
    });
    expect(heldBack(held(state), 'senior-2', 'voting', '2027-03-30T10:00:00.000Z')).toBeUndefined();
    expect(heldBack(held(state), 'senior-2', 'voting', '2027-03-31T10:00:00.000Z')?.text).toMatch(
      /not taken the training/,
    );
    expect(heldBack(held(state), 'product-1', 'voting', '2027-12-31T10:00:00.000Z')).toBeUndefined();
  });

  it('is opening a deal, inside the decision', () => {
    const strict = held(started().state, MONDAY, { ...training, graceDays: 0 });
    const decided = decide(
      open()[1],
      noDeal,
      { actor: 'rep-1', at: MONDAY, id: 'x' },
      { ...CONTEXT, organisation: strict },
    );
    expect(decided).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not allowed', text: expect.stringContaining('nobody opens a deal without it') },
    });
    // Going on with one that was withdrawn is no way around.
    const withdrawn = story([open(), ['rep-1', { type: 'Withdraw', reason: 'They bought elsewhere.' }]]).state;
    const reopen = (actor: string) =>
      decide(
        { type: 'Reopen', reason: 'They came back.' },
        withdrawn,
        { actor, at: MONDAY, id: 'y' },
        { ...CONTEXT, organisation: strict },
      );
    expect(reopen('rep-1')).toMatchObject({ kind: 'refused', refusal: { text: expect.stringContaining('training') } });
    expect(reopen('compliance-1').kind).toBe('accepted');
    const lenient = { ...CONTEXT, organisation: held() };
    expect(decide(open()[1], noDeal, { actor: 'rep-1', at: MONDAY, id: 'x' }, lenient).kind).toBe('accepted');
    const trained = started().and('rep-1', take('2027-03-01'), MONDAY).state;
    const after = { ...CONTEXT, organisation: held(trained, MONDAY, { ...training, graceDays: 0 }) };
    expect(decide(open()[1], noDeal, { actor: 'rep-1', at: MONDAY, id: 'x' }, after).kind).toBe('accepted');
  });
});

it('a month after the last of January is the last of February', () => {
  expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
});
