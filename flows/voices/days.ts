/** Days of a case, in UTC: the same in the server and in a browser, without a library. */

/** Such as `2026-11-27`. */
export type Day = string;

const DAY_MS = 86_400_000;

export const midnight = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

export const plusDays = (day: Day, days: number): Day => dayOf(new Date(midnight(day).getTime() + days * DAY_MS));

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((midnight(to).getTime() - midnight(from).getTime()) / DAY_MS);

/** Months after they were told what came of it: harm to who spoke shows late. */
export const ASK_AFTER_MONTHS = [1, 6] as const;
