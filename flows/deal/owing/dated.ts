/** Duties with a date: reminders before it, a message in the thread when it has passed, and more reminders then. */

import { addBusinessDays, addDays, calendarOf, dayIn, morningOf } from '../../calendar.ts';
import type { PersonId, Day, Instant } from '../../ids.ts';
import type { ReminderRule } from '../../policy/reminders.ts';
import type { DealView } from '../view.ts';
import { later, type Ower } from './owing.ts';

interface Late {
  /** The morning after the due day. */
  overdueAt: Instant;
  /** The morning of that business day past due. */
  past: (days: number) => Instant;
}

interface Dated {
  key: string;
  due: Day;
  since: Instant;
  /** The person who owes it. */
  person: PersonId;
}

/** Returns when it is overdue. A duty that began after its date had passed is late one business day after it began. */
export const lateness = ({ organisation }: DealView, { due, person, since }: Omit<Dated, 'key'>): Late => {
  const calendar = calendarOf(organisation, person);
  const overdueAt =
    dayIn(since, calendar) > due ? addBusinessDays(since, 1, calendar) : morningOf(addDays(due, 1), calendar);
  return { overdueAt, past: (days) => addBusinessDays(overdueAt, Math.max(0, days - 1), calendar) };
};

/** Returns its owner and the thread. `counted`: from when the owner's own time counts, where that is later. */
export const datedOwers = (
  view: DealView,
  rule: ReminderRule & { before: readonly number[] },
  { key, due, since, person, counted }: Dated & { counted?: Instant | undefined },
): Ower[] => {
  const own = later(since, counted);
  const calendar = calendarOf(view.organisation, person);
  const { overdueAt, past } = lateness(view, { due, person, since: own });
  // Others are told when they would have been: what is late does not become early by changing hands.
  const { past: inDays } = lateness(view, { due, person, since });
  const before = [...rule.before].sort((a, b) => b - a);
  // The first business day past due is the morning on which it is overdue.
  const after = rule.after.filter((days) => days > 1).sort((a, b) => a - b);
  return [
    {
      person,
      key: `${key}:${person}`,
      since: own,
      stages: [
        ...before.map((days) => ({ of: 'before' as const, at: morningOf(addDays(due, -days), calendar) })),
        { of: 'overdue', at: overdueAt },
        ...after.map((days) => ({ of: 'reminder' as const, at: past(days) })),
      ],
      inDays,
    },
    { key: `${key}:thread`, since: own, stages: [{ of: 'overdue', at: overdueAt }] },
  ];
};
