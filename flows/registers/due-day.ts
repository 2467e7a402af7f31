/** Due days of the calendar, and when somebody is next reminded of one. */

import { addBusinessDays, addDays, morningOf, type Calendar } from '../calendar.ts';
import type { Day, Instant } from '../ids.ts';
import type { DueRule } from '../policy/reminders.ts';

export interface DueThing {
  due: Day;
  /** No reminder is sent for days up to this one. */
  from: Day;
  /** A person who never did it is reminded at their first working moment after this. */
  first?: Instant | undefined;
}

const DAY_MS = 86_400_000;
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

const nextDay = ({ due, from }: DueThing, { before, weeklyAfter }: DueRule, told: Day | undefined): Day | undefined => {
  const behind = told !== undefined && told > from ? told : from;
  const ahead = before.map((days) => addDays(due, -days)).find((day) => day > behind);
  if (ahead !== undefined || !weeklyAfter) return ahead;
  return addDays(due, 7 * Math.max(1, Math.floor(daysBetween(due, behind) / 7) + 1));
};

/** `told`: the day of the last reminder, which covers every day up to it. Returns undefined for never again. */
export const nextReminder = (
  thing: DueThing,
  rule: DueRule,
  told: Day | undefined,
  calendar: Calendar,
): Instant | undefined => {
  if (thing.first !== undefined && told === undefined) return addBusinessDays(thing.first, 0, calendar);
  const day = nextDay(thing, rule, told);
  return day === undefined ? undefined : morningOf(day, calendar);
};

/** Calendar days. */
export const MOST_SNOOZED = 30;
