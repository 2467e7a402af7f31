/** Who needs which course, why, and until when it is valid or may be missing. */

import { addDays, addMonths, calendarOf, dayIn } from '../../calendar.ts';
import type { Day, Instant, GroupId, PersonId } from '../../ids.ts';
import { membersOf, person as personOf, type Organisation } from '../../organisation.ts';
import type { Training } from '../../policy/reminders.ts';
import type { Course } from '../../policy/reminders.ts';
import type { CourseId } from '../../policy/reminders.ts';
import type { Taken, TrainingState } from './state.ts';

/**
 * A deal does not end with its approval: what was promised, delivered and renewed goes on. So a member of a deal team
 * counts as part of a deal for a year after the last event on one.
 */
const MONTHS_ON_DEALS = 12;

export interface NeedReason {
  groups: GroupId[];
  dealTeam: boolean;
}

export interface Need {
  person: PersonId;
  course: Course;
  /** When the need was first seen; undefined: it is seen now. */
  since: Instant | undefined;
  taken: Taken | undefined;
  /** The last day, in the person's zone, on which the course is valid or may still be missing. */
  until: Day;
}

/** Finds a course by searching the list: a policy has few, and people choose their ids. */
export const courseOf = (training: Training | undefined, id: CourseId): Course | undefined =>
  training?.courses.find((course) => course.id === id);

const isOnDeals = ({ onDeals }: TrainingState, id: PersonId, now: Instant): boolean => {
  const seen = onDeals[id];
  return seen !== undefined && addMonths(seen.slice(0, 10), MONTHS_ON_DEALS) >= now.slice(0, 10);
};

export const becauseOf = (
  state: TrainingState,
  organisation: Organisation,
  { for: { groups, dealTeam } }: Course,
  id: PersonId,
  now: Instant,
): NeedReason | undefined => {
  const theirs = groups.filter((group) => membersOf(organisation, group).includes(id));
  const deal = dealTeam && isOnDeals(state, id, now);
  return theirs.length > 0 || deal ? { groups: theirs, dealTeam: deal } : undefined;
};

/** Returns everybody here who needs it, in the order of the organisation file. */
export const peopleFor = (
  state: TrainingState,
  organisation: Organisation,
  { for: { groups, dealTeam } }: Course,
  now: Instant,
): PersonId[] => {
  const wanted = new Set(groups.flatMap((group) => membersOf(organisation, group)));
  if (dealTeam) for (const id of Object.keys(state.onDeals)) if (isOnDeals(state, id, now)) wanted.add(id);
  return organisation.people.flatMap(({ id }) => (wanted.has(id) ? [id] : []));
};

export const validUntil = (on: Day, { validMonths }: Pick<Course, 'validMonths'>): Day => addMonths(on, validMonths);

/** Returns the last of `graceDays` days, counted from the day the need was seen. 0: the course is missing at once. */
export const graceUntil = (since: Day, { graceDays }: Pick<Training, 'graceDays'>): Day =>
  addDays(since, graceDays - 1);

export const needOf = (
  state: TrainingState,
  organisation: Organisation,
  training: Training,
  course: Course,
  id: PersonId,
  now: Instant,
): Need => {
  const taken = state.taken[course.id]?.[id];
  const since = state.since[course.id]?.[id];
  const until = taken
    ? validUntil(taken.on, course)
    : graceUntil(dayIn(since ?? now, calendarOf(organisation, id)), training);
  return { person: id, course, since, taken, until };
};

/** Yields needs one by one, so that they need not all be held in memory. */
export function* needsIn(
  state: TrainingState,
  organisation: Organisation,
  training: Training,
  now: Instant,
): Generator<Need> {
  for (const course of training.courses) {
    for (const id of peopleFor(state, organisation, course, now)) {
      yield needOf(state, organisation, training, course, id, now);
    }
  }
}

/** Returns this person's needs, in the order of the policy. */
export const needsFor = (
  state: TrainingState,
  organisation: Organisation,
  training: Training | undefined,
  id: PersonId,
  now: Instant,
): Need[] =>
  training === undefined || personOf(organisation, id) === undefined
    ? []
    : training.courses
        .filter((course) => becauseOf(state, organisation, course, id, now) !== undefined)
        .map((course) => needOf(state, organisation, training, course, id, now));
