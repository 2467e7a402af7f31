/**
 * The clocks of a case (items C10 and A7 of the Guidance; the days are those of Directive (EU) 2019/1937, article 9): that
 * it arrived is said within 7 days, and what came of it within 3 months from then. Days only: no case has a finer time.
 */

import { addMonths } from 'date-fns/addMonths';
import { ASK_AFTER_MONTHS, dayOf, daysBetween, midnight, plusDays, type Day } from './days.ts';

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
  /** When they were last told what came of it, and the days since on which they were asked how it went on for them. */
  told?: Day | undefined;
  asked?: readonly Day[] | undefined;
  /** By when something in the work on it has to be done. */
  work?: Day | undefined;
  /** Closed, or withdrawn by who reported it: nothing is due. */
  over?: Day | undefined;
  /** What it said is gone: nothing at all is due. */
  erased?: boolean | undefined;
}

export interface CaseDue {
  what: 'acknowledge' | 'feedback' | 'work' | 'ask';
  /** The last day on which it is in time. */
  by: Day;
  /** Days until then; below zero, the days since. */
  left: number;
}

/** The same day of a later month, or that month's last. */
const plusMonths = (day: Day, months: number): Day => dayOf(addMonths(midnight(day), months));

/** Returns what is due next; undefined where nothing is. A late acknowledgement does not put off the feedback. */
export const caseDue = (days: CaseDays, today: Day, clocks: CaseClocks = USUAL_CLOCKS): CaseDue | undefined => {
  if (days.erased) return undefined;
  const next = [firstDue(days, today, clocks), askDue(days, today), workDue(days, today)].flatMap((due) => due ?? []);
  return next.toSorted((a, b) => a.left - b.left)[0];
};

const askDue = ({ told, asked = [] }: CaseDays, today: Day): CaseDue | undefined => {
  const months = ASK_AFTER_MONTHS[asked.length];
  if (told === undefined || months === undefined) return undefined;
  const by = plusMonths(told, months);
  return { what: 'ask', by, left: daysBetween(today, by) };
};

const workDue = ({ work, over }: CaseDays, today: Day): CaseDue | undefined =>
  work === undefined || over !== undefined ? undefined : { what: 'work', by: work, left: daysBetween(today, work) };

const firstDue = (days: CaseDays, today: Day, clocks: CaseClocks): CaseDue | undefined => {
  if (days.over !== undefined) return undefined;
  const acknowledgeBy = plusDays(days.received, clocks.acknowledgeDays);
  if (days.acknowledged === undefined) {
    return { what: 'acknowledge', by: acknowledgeBy, left: daysBetween(today, acknowledgeBy) };
  }
  if (days.feedback !== undefined) return undefined;
  const from = days.acknowledged < acknowledgeBy ? days.acknowledged : acknowledgeBy;
  const by = plusMonths(from, clocks.feedbackMonths);
  return { what: 'feedback', by, left: daysBetween(today, by) };
};
