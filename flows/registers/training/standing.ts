/** The state of the company's training, for those who look after it: a list, a digest. */

import { addDays, calendarOf, dayIn } from '../../calendar.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import type { CourseId } from '../../policy/reminders.ts';
import { needsIn, type Need } from './needs.ts';
import type { TrainingState } from './state.ts';

/** `to take`: never taken, still in time; `missing`: never taken, out of time. */
export type NeedStatus = 'current' | 'expiring' | 'expired' | 'to take' | 'missing';

export interface StandingLine {
  person: PersonId;
  course: CourseId;
  title: string;
  status: NeedStatus;
  until: Day;
}

export interface TrainingStanding {
  /** Lines that are not in order, the most urgent first: missing, expired, expiring, to take; each by its day. */
  lines: StandingLine[];
  /** Counts of all, `current` included. */
  counts: Readonly<Record<NeedStatus, number>>;
}

export const EXPIRING_DAYS = 30;
const ORDER: readonly NeedStatus[] = ['missing', 'expired', 'expiring', 'to take', 'current'];

export const statusOf = (
  organisation: Organisation,
  { person, taken, until }: Pick<Need, 'person' | 'taken' | 'until'>,
  now: Instant,
  within = EXPIRING_DAYS,
): NeedStatus => {
  const today = dayIn(now, calendarOf(organisation, person));
  if (!taken) return until < today ? 'missing' : 'to take';
  if (until < today) return 'expired';
  return until <= addDays(today, within) ? 'expiring' : 'current';
};

/** `within`: calendar days within which an expiry is worth a line. Without training in the policy: nothing. */
export const trainingStanding = (
  state: TrainingState,
  organisation: Organisation,
  policy: Pick<CompiledPolicy, 'training'> | undefined,
  now: Instant,
  within = EXPIRING_DAYS,
): TrainingStanding => {
  const counts = { current: 0, expiring: 0, expired: 0, 'to take': 0, missing: 0 };
  const lines: StandingLine[] = [];
  for (const need of policy?.training ? needsIn(state, organisation, policy.training, now) : []) {
    const status = statusOf(organisation, need, now, within);
    counts[status] += 1;
    if (status === 'current') continue;
    const { id: course, title } = need.course;
    lines.push({ person: need.person, course, title, status, until: need.until });
  }
  const rank = ({ status }: StandingLine): number => ORDER.indexOf(status);
  lines.sort((a, b) => rank(a) - rank(b) || (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
  return { lines, counts };
};
