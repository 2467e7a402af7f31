/** The lines of training in a digest: what is missing, what ran out, what runs out soon. Guidance: C8. */

import { calendarOf, dayIn } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { StandingLine } from '../registers/training/standing.ts';
import { daysBetween, midnight, type DigestLine, type LineKind } from './digest.ts';

const KINDS: Partial<Record<StandingLine['status'], LineKind>> = {
  missing: 'training missing',
  expired: 'training expired',
  expiring: 'training expiring',
};

/** Makes one line for a course, however many people it is about; `days` are those of the most urgent person. */
export const trainingLines = (
  lines: readonly StandingLine[],
  organisation: Organisation,
  now: Instant,
): DigestLine[] => {
  const found = new Map<string, DigestLine>();
  for (const { person, course, title, status, until } of lines) {
    const of = KINDS[status];
    if (of === undefined) continue;
    const today = midnight(dayIn(now, calendarOf(organisation, person)));
    const ahead = of === 'training expiring';
    const days = ahead ? daysBetween(today, midnight(until)) : daysBetween(midnight(until), today);
    const line = found.get(`${of} ${course}`);
    if (!line) found.set(`${of} ${course}`, { of, people: [person], days, about: title });
    else {
      line.people.push(person);
      line.days = ahead ? Math.min(line.days, days) : Math.max(line.days, days);
    }
  }
  return [...found.values()];
};
