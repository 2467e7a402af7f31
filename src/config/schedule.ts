/** Cron lines: when one next runs, by the clocks of a place. */

import { Cron } from 'croner';
import type { NextRun } from '../../flows/digest/register.ts';

const cron = (schedule: string, timezone: string): Cron =>
  new Cron(schedule, { timezone, paused: true, mode: '5-part' });

/** A local time that the clocks skip comes right after the gap; one that they show twice comes once. */
export const nextRun: NextRun = (schedule, timeZone, after) =>
  cron(schedule, timeZone).nextRun(new Date(after))?.toISOString() ?? null;

const SAMPLE = 'such as "0 9 * * 1", Mondays at 09:00';
/** A day on which a zone moves its clocks has 23 hours; some zones moved them by two. */
const LEAST_HOURS = 20;
/** Enough runs to see what happens within a day of each week. */
const LOOKED_AT = 10;
const FROM = new Date('2027-01-01T00:00:00.000Z');

/** Returns what is wrong with a digest's schedule, for its author. */
export const scheduleProblem = (schedule: string): string | undefined => {
  let runs: Date[];
  try {
    runs = cron(schedule, 'UTC').nextRuns(LOOKED_AT, FROM);
  } catch {
    return `must be a cron line of five fields, ${SAMPLE}`;
  }
  if (runs.length === 0) return `"${schedule}" never comes: choose another time, ${SAMPLE}`;
  const close = runs.some((at, i) => {
    const before = runs[i - 1];
    return before !== undefined && at.getTime() - before.getTime() < LEAST_HOURS * 60 * 60 * 1000;
  });
  return close ? `"${schedule}" comes more often than once a day: choose one time, ${SAMPLE}` : undefined;
};
