/** Business days: hand-computed weeks with clock changes, and properties that hold in every zone. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBusinessDays, addDays, calendarOf, dayIn, morningOf, type Calendar } from '../../flows/calendar.ts';
import { anOrganisation } from '../support/deal-builders.ts';

const inZone = (timeZone: string, holidays: string[] = []): Calendar => ({ timeZone, holidays });

describe('a week in which the clocks change', () => {
  test.each([
    // Forward on Sunday 8 March 2026: -05:00, then -04:00. Friday 10:00, Monday 10:00.
    ['America/New_York', '2026-03-06T15:00:00.000Z', 1, '2026-03-09T14:00:00.000Z'],
    // Back on Sunday 1 November 2026.
    ['America/New_York', '2026-10-30T14:00:00.000Z', 1, '2026-11-02T15:00:00.000Z'],
    // Back on Sunday 25 October 2026: +02:00, then +01:00. Thursday 16:59, Tuesday 16:59.
    ['Europe/Berlin', '2026-10-22T14:59:00.000Z', 3, '2026-10-27T15:59:00.000Z'],
    // Forward on Sunday 29 March 2026. Sunday 02:30 was skipped; Sunday 03:30 counts from Monday 09:00.
    ['Europe/Berlin', '2026-03-29T01:30:00.000Z', 0, '2026-03-30T07:00:00.000Z'],
    // Forward on Sunday 8 March 2026: -03:30, then -02:30. Wednesday 11:15, a week later.
    ['America/St_Johns', '2026-03-04T14:45:00.000Z', 5, '2026-03-11T13:45:00.000Z'],
    // By half an hour, back on Sunday 5 April 2026: +11:00, then +10:30. Friday 18:00 counts from Monday 09:00.
    ['Australia/Lord_Howe', '2026-04-03T07:00:00.000Z', 1, '2026-04-06T22:30:00.000Z'],
    // Forward on Friday 24 April 2026 at 00:00: +02:00, then +03:00. Thursday 09:00, Friday 09:00.
    ['Africa/Cairo', '2026-04-23T07:00:00.000Z', 1, '2026-04-24T06:00:00.000Z'],
    // No change of clocks, but a quarter of an hour: +05:45. Friday 16:00, Monday 16:00.
    ['Asia/Kathmandu', '2026-11-27T10:15:00.000Z', 1, '2026-11-30T10:15:00.000Z'],
    // Forward on Friday 4 May 2018 at 23:30: +08:30, then +09:00. Thursday 16:30, Friday 16:30.
    ['Asia/Pyongyang', '2018-05-03T08:00:00.000Z', 1, '2018-05-04T08:00:00.000Z'],
    // Friday 30 December 2011 was skipped there: -10:00, then +14:00. Thursday 12:00, Monday 12:00.
    ['Pacific/Apia', '2011-12-29T22:00:00.000Z', 1, '2012-01-01T22:00:00.000Z'],
  ])('%s, %s, %i later', (timeZone, from, days, then) => {
    expect(addBusinessDays(from, days, inZone(timeZone))).toBe(then);
  });
});

describe('working hours', () => {
  // 25 November 2026 is a Wednesday; Friday 27 is a holiday.
  const calendar = inZone('UTC', ['2026-11-27']);
  test.each([
    ['2026-11-25T08:59:59.999Z', 0, '2026-11-25T09:00:00.000Z'],
    ['2026-11-25T09:00:00.000Z', 0, '2026-11-25T09:00:00.000Z'],
    ['2026-11-25T16:59:59.999Z', 0, '2026-11-25T16:59:59.999Z'],
    ['2026-11-25T17:00:00.000Z', 0, '2026-11-26T09:00:00.000Z'],
    ['2026-11-26T10:00:00.000Z', 1, '2026-11-30T10:00:00.000Z'],
    ['2026-11-26T18:00:00.000Z', 0, '2026-11-30T09:00:00.000Z'],
    ['2026-11-27T10:00:00.000Z', 1, '2026-12-01T09:00:00.000Z'],
    ['2026-11-28T10:00:00.000Z', 1, '2026-12-01T09:00:00.000Z'],
  ])('%s, %i later: %s', (from, days, then) => {
    expect(addBusinessDays(from, days, calendar)).toBe(then);
  });

  test('a morning is 09:00 there, on that day or the next one that is worked on', () => {
    expect(morningOf('2026-11-25', inZone('Asia/Kathmandu'))).toBe('2026-11-25T03:15:00.000Z');
    expect(morningOf('2026-11-25', inZone('America/St_Johns'))).toBe('2026-11-25T12:30:00.000Z');
    expect(morningOf('2026-11-27', calendar)).toBe('2026-11-30T09:00:00.000Z');
    expect(morningOf('2011-12-30', inZone('Pacific/Apia'))).toBe('2012-01-01T19:00:00.000Z');
  });
});

test('a day is the one on the wall there', () => {
  expect(dayIn('2026-11-25T11:00:00.000Z', inZone('Pacific/Apia'))).toBe('2026-11-26');
  expect(dayIn('2026-11-25T11:00:00.000Z', inZone('Pacific/Pago_Pago'))).toBe('2026-11-25');
  expect(dayIn('2026-11-25T03:29:59.999Z', inZone('America/St_Johns'))).toBe('2026-11-24');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test('nothing lies beyond the year 9999, for days and instants are compared as text', () => {
  expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
  expect(addBusinessDays('9999-12-31T16:00:00.000Z', 5, inZone('UTC'))).toBe('9999-12-31T23:59:59.999Z');
});

test('a zone or a day that does not exist is refused, not waited for', () => {
  expect(() => morningOf('2026-11-25', inZone('Mars/North'))).toThrow('There is no time zone Mars/North');
  expect(() => addBusinessDays('2026-11-25T09:00:00.000Z', 1, inZone('Mars/North'))).toThrow(RangeError);
  expect(() => addBusinessDays('soon', 1, inZone('UTC'))).toThrow(RangeError);
  expect(() => morningOf('2026-13-45', inZone('UTC'))).toThrow(RangeError);
});

test("a person's calendar has their own zone, else the organisation's, and its holidays", () => {
  const { people, ...rest } = anOrganisation();
  const organisation = {
    ...rest,
    people: people.map((p) => (p.id === 'senior-1' ? { ...p, timeZone: 'Asia/Kathmandu' } : p)),
    timeZone: 'Europe/Berlin',
    holidays: ['2026-12-25'],
  };
  expect(calendarOf(organisation, 'senior-1')).toEqual({ timeZone: 'Asia/Kathmandu', holidays: ['2026-12-25'] });
  expect(calendarOf(organisation, 'rep-1').timeZone).toBe('Europe/Berlin');
  expect(calendarOf(organisation, 'nobody').timeZone).toBe('Europe/Berlin');
  expect(calendarOf(organisation).timeZone).toBe('Europe/Berlin');
});

/** Day and time on a local clock, as the platform gives it. */
const shown = (at: string, timeZone: string): { day: string; time: string; weekday: string } => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    weekday: part('weekday'),
  };
};

const ZONES = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'Europe/Berlin',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];
const instants = fc
  .date({ min: new Date('2009-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString());
const holidays = fc.array(
  fc
    .date({ min: new Date('2009-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
  { maxLength: 5 },
);
const soonAfter = (at: string): string[] => [0, 1, 2, 5].map((n) => addDays(at.slice(0, 10), n));
/** Holidays anywhere, and some just where the count goes. */
const cases = fc
  .record({ from: instants, days: fc.nat(15), zone: fc.constantFrom(...ZONES), far: holidays, near: fc.nat(15) })
  .map(({ from, days, zone, far, near }) => ({
    from,
    days,
    calendar: inZone(zone, [...far, ...soonAfter(from).filter((_day, i) => near & (1 << i))]),
  }));

/** Counted the long way: hour by hour over the days on the local clock. */
const businessDaysBetween = (from: string, to: string, calendar: Calendar): number => {
  const days = new Set<string>();
  for (let at = Date.parse(from); at <= Date.parse(to); at += 3_600_000) {
    const { day, weekday } = shown(new Date(at).toISOString(), calendar.timeZone);
    if (weekday !== 'Sat' && weekday !== 'Sun' && !calendar.holidays.includes(day)) days.add(day);
  }
  return days.size - 1;
};

describe('in every zone', () => {
  test('what comes out lies in working hours of a business day, and not before what went in', () => {
    fc.assert(
      fc.property(cases, ({ from, days, calendar }) => {
        const then = addBusinessDays(from, days, calendar);
        const { day, time, weekday } = shown(then, calendar.timeZone);
        expect(['Sat', 'Sun']).not.toContain(weekday);
        expect(calendar.holidays).not.toContain(day);
        expect(time >= '09:00:00' && time < '17:00:00').toBe(true);
        expect(then >= from).toBe(true);
        expect(dayIn(then, calendar)).toBe(day);
        expect(addBusinessDays(then, 0, calendar)).toBe(then);
      }),
    );
  });

  test('it keeps the time of day, and counts as many business days as were asked for', () => {
    fc.assert(
      fc.property(cases, ({ from, days, calendar }) => {
        const start = addBusinessDays(from, 0, calendar);
        const then = addBusinessDays(from, days, calendar);
        expect(shown(then, calendar.timeZone).time).toBe(shown(start, calendar.timeZone).time);
        expect(businessDaysBetween(start, then, calendar)).toBe(days);
      }),
      { numRuns: 50 },
    );
  });

  test('a later day or a later start never comes earlier, and two counts add up', () => {
    fc.assert(
      fc.property(cases, fc.nat(10), fc.nat(10 * 86_400_000), ({ from, days, calendar }, more, wait) => {
        const then = addBusinessDays(from, days, calendar);
        expect(addBusinessDays(from, days + 1, calendar) > then).toBe(true);
        expect(addBusinessDays(then, more, calendar)).toBe(addBusinessDays(from, days + more, calendar));
        const later = new Date(Date.parse(from) + wait).toISOString();
        expect(addBusinessDays(later, days, calendar) >= then).toBe(true);
      }),
    );
  });

  test('a morning is at 09:00 on the first business day from that day on', () => {
    fc.assert(
      fc.property(cases, ({ from, calendar }) => {
        const day = from.slice(0, 10);
        const { day: then, time } = shown(morningOf(day, calendar), calendar.timeZone);
        expect(time).toBe('09:00:00');
        expect(then >= day).toBe(true);
        expect(addBusinessDays(morningOf(day, calendar), 0, calendar)).toBe(morningOf(day, calendar));
      }),
    );
  });
});
