/**
 * The clocks of a case (items C10 and A7 of the Guidance; the days are those of Directive (EU) 2019/1937, article 9): that
 * it arrived is said within 7 days, and what came of it within 3 months from then. Days only: no case has a finer time.
 */

import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';

/** Such as `2026-11-27`, in UTC. */
export type Day = string;

export interface CaseClocks {
  /** Days from the arrival until its acknowledgement. */
  acknowledgeDays: number;
  /** Months from the acknowledgement (or from when it was due) until the feedback. */
  feedbackMonths: number;
}

export const USUAL_CLOCKS: CaseClocks = { acknowledgeDays: 7, feedbackMonths: 3 };

/** What the clocks need to know of a case. */
export interface CaseDays {
  received: Day;
  acknowledged?: Day | undefined;
  feedback?: Day | undefined;
  /** Closed, or withdrawn by who reported it: nothing is due. */
  over?: Day | undefined;
}

export interface CaseDue {
  what: 'acknowledge' | 'feedback';
  /** The last day on which it is in time. */
  by: Day;
  /** Days until then; below zero, the days since. */
  left: number;
}

const midnight = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

const plusDays = (day: Day, days: number): Day => dayOf(addDays(midnight(day), days));

/** The same day of a later month, or that month's last. */
const plusMonths = (day: Day, months: number): Day => dayOf(addMonths(midnight(day), months));

const daysFrom = (from: Day, to: Day): number =>
  Math.round((midnight(to).getTime() - midnight(from).getTime()) / 86_400_000);

/** Returns what is due next; undefined where nothing is. A late acknowledgement does not put off the feedback. */
export const caseDue = (days: CaseDays, today: Day, clocks: CaseClocks = USUAL_CLOCKS): CaseDue | undefined => {
  if (days.over !== undefined) return undefined;
  const acknowledgeBy = plusDays(days.received, clocks.acknowledgeDays);
  if (days.acknowledged === undefined) {
    return { what: 'acknowledge', by: acknowledgeBy, left: daysFrom(today, acknowledgeBy) };
  }
  if (days.feedback !== undefined) return undefined;
  const from = days.acknowledged < acknowledgeBy ? days.acknowledged : acknowledgeBy;
  const by = plusMonths(from, clocks.feedbackMonths);
  return { what: 'feedback', by, left: daysFrom(today, by) };
};
