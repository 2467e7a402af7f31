/** When compliance is reminded of the yearly report: before the policy's day, and once after it, with the chief. House rule. */

import { addDays, calendarOf, dayIn, morningOf } from '../calendar.ts';
import type { Day, Instant } from '../ids.ts';
import { own } from '../own.ts';
import { earliest, type RegisterContext } from '../registers/register.ts';
import type { YearlyState, YearReminder } from './register-shapes.ts';

/** Days before the date; the last comes the day after it. */
const BEFORE = [90, 60, 30, 7, -1] as const;

interface Stage extends YearReminder {
  at: Instant;
}

/** The reports of last year and of this one: each is due in the year after it. */
const stagesOf = (now: Instant, { policy, organisation }: RegisterContext): Stage[] => {
  const by = policy?.yearlyReport?.reportBy;
  if (by === undefined) return [];
  const calendar = calendarOf(organisation);
  const today = Number(dayIn(now, calendar).slice(0, 4));
  return [today - 1, today].flatMap((year) => {
    const due: Day = `${year + 1}-${by}`;
    return BEFORE.map((days, n) => ({
      year,
      due,
      stage: n + 1,
      late: days < 0,
      at: morningOf(addDays(due, -days), calendar),
    }));
  });
};

const isOwed = ({ years, reminded }: YearlyState, { year, stage }: Stage): boolean =>
  own(years, String(year)) === undefined && stage > (own(reminded, String(year)) ?? 0);

/** Of several that are due the last alone. `first`: the date is known from now on, and nobody is told of what is past. */
export const remindersNow = (state: YearlyState, now: Instant, context: RegisterContext): YearReminder[] => {
  const stages = stagesOf(now, context);
  const isFirst = Object.keys(state.reminded).length === 0;
  const years = [...new Set(stages.map(({ year }) => year))];
  return years.flatMap((year): YearReminder[] => {
    const of = stages.filter((stage) => stage.year === year);
    const past = of.filter(({ at }) => at <= now).at(-1);
    if (isFirst)
      return of.slice(0, 1).map(({ due }) => ({ year, due, stage: past?.stage ?? 0, late: false, first: true }));
    if (!past || !isOwed(state, past)) return [];
    const { at: _at, ...reminder } = past;
    return [reminder];
  });
};

export const reminderDueAt = (state: YearlyState, now: Instant, context: RegisterContext): Instant | null =>
  earliest(
    stagesOf(now, context)
      .filter((stage) => isOwed(state, stage))
      .map(({ at }) => at),
  );
