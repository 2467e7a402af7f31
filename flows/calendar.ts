/** A person's business days and working hours: Monday to Friday without holidays, 09:00 to 17:00, in their own zone. */

import { tzOffset } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import type { Day, Instant, PersonId } from './ids.ts';
import { person as personOf, type Organisation } from './organisation.ts';

export interface Calendar {
  /** IANA. */
  timeZone: string;
  /** `yyyy-MM-dd`. */
  holidays: readonly string[];
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OPENS = 9 * HOUR;
const CLOSES = 17 * HOUR;
/** Days and instants are compared as text, so none may have a year of five digits. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** A date and time on a zone's wall clock, counted in milliseconds as if that zone were UTC. */
type WallTime = number;

/** Cached per zone: asking the platform takes microseconds, and a count of days asks for the same mornings often. */
type Known<T> = Map<string, Map<number, T>>;
const MOST_KNOWN = 20_000;
const offsets: Known<number> = new Map();
/** Opening times by midnight, cached per list of holidays. */
const openings = new WeakMap<readonly string[], Known<WallTime>>();

const knownOf = <T>(zones: Known<T>, timeZone: string): Map<number, T> => {
  const found = zones.get(timeZone) ?? new Map<number, T>();
  if (found.size >= MOST_KNOWN) found.clear();
  zones.set(timeZone, found);
  return found;
};

/** Returns milliseconds east of UTC. Zones change on a quarter of an hour only. Throws where there is no such zone. */
const offset = (timeZone: string, at: number): number => {
  const key = Math.floor(at / QUARTER);
  const before = offsets.get(timeZone)?.get(key);
  if (before !== undefined) return before;
  const found = Math.round(tzOffset(timeZone, new Date(at)) * MINUTE);
  if (Number.isNaN(found)) throw new RangeError(`There is no time zone ${timeZone}, or no such time in it.`);
  knownOf(offsets, timeZone).set(key, found);
  return found;
};

const wallTime = (at: number, { timeZone }: Calendar): WallTime => at + offset(timeZone, at);

/**
 * Returns the first instant at which the zone's clocks show that time. No zone skips working hours, some skip a day.
 */
const whenIs = (wall: WallTime, { timeZone }: Calendar): number => {
  const before = wall - offset(timeZone, wall - DAY);
  return before + offset(timeZone, before) === wall ? before : wall - offset(timeZone, wall + DAY);
};

const midnight = (wall: WallTime): WallTime => Math.floor(wall / DAY) * DAY;

/** Days by their number since 1970: there are few, and each is asked for repeatedly. */
const days = new Map<number, Day>();

const dayOf = (wall: WallTime): Day => {
  const number = Math.floor(Math.min(wall, LAST) / DAY);
  const before = days.get(number);
  if (before !== undefined) return before;
  if (days.size >= MOST_KNOWN) days.clear();
  const day = new Date(number * DAY).toISOString().slice(0, 10);
  days.set(number, day);
  return day;
};

const wallMidnight = (day: Day): WallTime => Date.parse(`${day}T00:00:00Z`);

const isBusinessDay = (wall: WallTime, { holidays }: Calendar): boolean => {
  const weekday = new Date(wall).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(dayOf(wall));
};

const openingFrom = (wall: WallTime, calendar: Calendar): WallTime => {
  const { holidays, timeZone } = calendar;
  const zones = openings.get(holidays) ?? new Map<string, Map<number, WallTime>>();
  openings.set(holidays, zones);
  const first = midnight(wall);
  const before = zones.get(timeZone)?.get(first);
  if (before !== undefined) return before;
  let day = first;
  // A day that a zone skipped, such as 30 December 2011 in Apia, is on no clock.
  while (!isBusinessDay(day, calendar) || wallTime(whenIs(day + OPENS, calendar), calendar) !== day + OPENS) day += DAY;
  knownOf(zones, timeZone).set(first, day + OPENS);
  return day + OPENS;
};

const workingFrom = (wall: WallTime, calendar: Calendar): WallTime => {
  const opening = openingFrom(wall, calendar);
  if (wall <= opening) return opening;
  return wall < midnight(wall) + CLOSES ? wall : openingFrom(wall + DAY, calendar);
};

const instants: Known<Instant> = new Map();

const instant = (wall: WallTime, calendar: Calendar): Instant => {
  const before = instants.get(calendar.timeZone)?.get(wall);
  if (before !== undefined) return before;
  const found = new Date(Math.min(whenIs(wall, calendar), LAST)).toISOString();
  knownOf(instants, calendar.timeZone).set(wall, found);
  return found;
};

/** Returns a person's calendar; the organisation's own where `person` is absent or unknown. */
export const calendarOf = (
  organisation: Pick<Organisation, 'people' | 'timeZone' | 'holidays'>,
  person?: PersonId,
): Calendar => ({
  timeZone: (person === undefined ? undefined : personOf(organisation, person)?.timeZone) ?? organisation.timeZone,
  holidays: organisation.holidays,
});

/**
 * Adds business days, at the same local time of day. An instant outside working hours counts from the next morning, so
 * one business day after a Saturday is Tuesday 09:00. 0: the next working moment.
 */
export const addBusinessDays = (from: Instant, days: number, calendar: Calendar): Instant => {
  const start = workingFrom(wallTime(Date.parse(from), calendar), calendar);
  let day = midnight(start);
  for (let left = days; left > 0; left -= 1) day = midnight(openingFrom(day + DAY, calendar));
  return instant(day + (start - midnight(start)), calendar);
};

/** Returns 09:00 local on that day, or on the next business day where nobody works on it. */
export const morningOf = (day: Day, calendar: Calendar): Instant =>
  instant(openingFrom(wallMidnight(day), calendar), calendar);

export const dayIn = (at: Instant, calendar: Calendar): Day => dayOf(wallTime(Date.parse(at), calendar));

/** Tells whether the last day of what somebody gave until then has passed, by that person's own calendar. */
export const hasRunOut = (
  { until, by }: { until: Day; by: PersonId },
  { organisation, now }: { organisation: Organisation; now: Instant },
): boolean => until < dayIn(now, calendarOf(organisation, by));

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text) && isValid(parseISO(text));

/** `12 March 2027`. */
export const dayInWords = (day: Day): string => format(parseISO(day), 'd MMMM yyyy');

export const addDays = (day: Day, days: number): Day => dayOf(wallMidnight(day) + days * DAY);

/** Adds calendar months to a day; gives the last day of a shorter month that has no such day. */
export const addMonths = (day: Day, months: number): Day => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
};
