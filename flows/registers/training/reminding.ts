/** Reminders of courses: to the person first, and long past the date to somebody who can help. */

import { addBusinessDays, addDays, calendarOf, dayIn, morningOf } from '../../calendar.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import { membersOf, person as personOf, type Organisation } from '../../organisation.ts';
import type { Training } from '../../policy/reminders.ts';
import type { CourseId } from '../../policy/reminders.ts';
import type { EscalateTo } from '../../policy/reminders.ts';
import { nextReminder } from '../due-day.ts';
import { earliest } from '../register.ts';
import { needsIn, peopleFor, type Need } from './needs.ts';
import type { CourseDue, TrainingEvent, TrainingState } from './state.ts';

type Facts = readonly [state: TrainingState, organisation: Organisation, training: Training];

/** Returns the next reminder; undefined: no more reminders, or the need was not seen yet. */
const reminderOf = ([state, organisation, { reminders }]: Facts, need: Need): Instant | undefined => {
  const { person, course, since, taken, until } = need;
  if (since === undefined) return undefined;
  const calendar = calendarOf(organisation, person);
  const thing = taken ? { due: until, from: taken.on } : { due: until, from: dayIn(since, calendar), first: since };
  const next = nextReminder(thing, reminders, state.reminded[course.id]?.[person], calendar);
  const snoozed = state.snoozed[person];
  return next !== undefined && snoozed !== undefined && snoozed > next ? snoozed : next;
};

/** Returns the people named by the policy, else compliance, else the chief, without those who are late themselves. */
const toldOf = (organisation: Organisation, late: PersonId, to: EscalateTo): PersonId[] => {
  const manager = personOf(organisation, late)?.manager;
  const named = to === 'manager' ? (manager === undefined ? [] : [manager]) : membersOf(organisation, to);
  const { compliance, chief } = organisation.roles;
  const reachable = [named, membersOf(organisation, compliance), membersOf(organisation, chief)].map((ids) =>
    ids.filter((id) => id !== late && personOf(organisation, id) !== undefined),
  );
  return reachable.find((ids) => ids.length > 0) ?? [];
};

/** Returns when each of them is told that somebody is late. Empty: nobody is late, or they were told. */
const escalationOf = ([state, organisation, { reminders }]: Facts, need: Need): { to: PersonId; at: Instant }[] => {
  const { person, course, since, until } = need;
  const { escalate } = reminders;
  if (!escalate || since === undefined || state.escalated[course.id]?.[person] === until) return [];
  const calendar = calendarOf(organisation, person);
  const seen = dayIn(since, calendar);
  // A person who was late already when first seen is reminded before anybody is told.
  const late = morningOf(addDays(seen > until ? seen : until, escalate.after), calendar);
  return toldOf(organisation, person, escalate.to).map((to) => ({
    to,
    at: addBusinessDays(late, 0, calendarOf(organisation, to)),
  }));
};

export const nextTrainingDue = (facts: Facts, now: Instant): Instant | null => {
  const [state, organisation, training] = facts;
  let next: Instant | null = null;
  for (const need of needsIn(state, organisation, training, now)) {
    next = earliest([next, reminderOf(facts, need) ?? null, ...escalationOf(facts, need).map(({ at }) => at)]);
  }
  return next;
};

const dueOf = ({ course, until, taken }: Need): CourseDue => ({
  course: course.id,
  title: course.title,
  until,
  taken: taken !== undefined,
});

type Reminded = Extract<TrainingEvent, { type: 'TrainingReminded' }>;
type Escalated = Extract<TrainingEvent, { type: 'TrainingEscalated' }>;

/** Makes one message for each person, however many courses and however many people it is about. */
export const dueTraining = (
  facts: Facts,
  now: Instant,
): { reminders: Reminded['reminders']; told: Escalated['told'] } => {
  const [state, organisation, training] = facts;
  const reminders = new Map<PersonId, { to: PersonId; day: Day; courses: CourseDue[] }>();
  const told = new Map<PersonId, Escalated['told'][number]>();
  for (const need of needsIn(state, organisation, training, now)) {
    const { person } = need;
    if ((reminderOf(facts, need) ?? '9') <= now) {
      const mine = reminders.get(person) ?? {
        to: person,
        day: dayIn(now, calendarOf(organisation, person)),
        courses: [],
      };
      mine.courses.push(dueOf(need));
      reminders.set(person, mine);
    }
    for (const { to, at } of escalationOf(facts, need)) {
      if (at > now) continue;
      const theirs = told.get(to) ?? { to, about: [] };
      theirs.about.push({ ...dueOf(need), person });
      told.set(to, theirs);
    }
  }
  return { reminders: [...reminders.values()], told: [...told.values()] };
};

type ByCourse = Record<CourseId, PersonId[]>;

/** Finds what changed since the last look: who needs a course now, and who no longer does. */
export const changedNeeds = (
  [state, organisation, training]: Facts,
  now: Instant,
): { began: ByCourse; ended: ByCourse } | undefined => {
  const began: ByCourse = {};
  const ended: ByCourse = {};
  const known = new Set(training.courses.map(({ id }) => id));
  for (const course of training.courses) {
    const before = state.since[course.id] ?? {};
    const people = peopleFor(state, organisation, course, now);
    const here = new Set(people);
    const fresh = people.filter((id) => before[id] === undefined);
    const gone = Object.keys(before).filter((id) => !here.has(id));
    if (fresh.length > 0) began[course.id] = fresh;
    if (gone.length > 0) ended[course.id] = gone;
  }
  for (const [course, people] of Object.entries(state.since)) {
    const gone = Object.keys(people);
    if (!known.has(course) && gone.length > 0) ended[course] = gone;
  }
  return Object.keys(began).length + Object.keys(ended).length > 0 ? { began, ended } : undefined;
};
