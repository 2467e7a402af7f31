/** What training puts into a digest: what is missing, what ran out, what runs out soon. Guidance: C8. */
import { calendarOf, dayIn } from '../calendar.ts';
import type { Instant } from '../deal/deal.ts';
import type { Organisation } from '../organisation.ts';
import type { StandingLine } from '../training/standing.ts';
import { daysBetween, midnight, type DigestLine, type LineKind } from './digest.ts';

const KINDS: Partial<Record<StandingLine['status'], LineKind>> = {
  missing: 'training missing',
  expired: 'training expired',
  expiring: 'training expiring',
};

export const trainingLines = (lines: readonly StandingLine[], organisation: Organisation, now: Instant): DigestLine[] =>
  lines.flatMap(({ person, title, status, until }): DigestLine[] => {
    const of = KINDS[status];
    if (of === undefined) return [];
    const today = midnight(dayIn(now, calendarOf(organisation, person)));
    const days = of === 'training expiring' ? daysBetween(today, midnight(until)) : daysBetween(midnight(until), today);
    return [{ of, people: [person], days, about: title }];
  });
