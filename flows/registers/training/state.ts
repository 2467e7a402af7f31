/** The state of the training register: each person's newest date for each course, and since when somebody needs one. */

import type { Day, Instant, PersonId } from '../../ids.ts';
import type { CourseId } from '../../policy/reminders.ts';

export type Taken = { on: Day; how: 'acknowledged' | 'imported' };
/** By course, then by person: a company has few courses and many people. */
export type ByCourse<T> = Readonly<Record<CourseId, Readonly<Record<PersonId, T>>>>;

export interface TrainingState {
  /** The last time that each person took it. */
  taken: ByCourse<Taken>;
  /** When the need was first seen. */
  since: ByCourse<Instant>;
  /** When somebody was last seen on the team of a live deal. */
  onDeals: Readonly<Record<PersonId, Instant>>;
  /** The day of the last reminder. */
  reminded: ByCourse<Day>;
  /** The passed due date of which somebody else was told. */
  escalated: ByCourse<Day>;
  snoozed: Readonly<Record<PersonId, Instant>>;
}

export const noTraining: TrainingState = {
  taken: {},
  since: {},
  onDeals: {},
  reminded: {},
  escalated: {},
  snoozed: {},
};

/** One course as a reminder names it: with its title at the time. */
export interface CourseDue {
  course: CourseId;
  title: string;
  /** Valid until that day, or to be taken by it. */
  until: Day;
  /** False: never taken before. */
  taken: boolean;
}

export type TrainingEvent = { at: Instant; by: PersonId } & (
  | { type: 'TrainingTaken'; course: CourseId; title: string; on: Day }
  /** From a learning system: days by course and person, newer ones only. */
  | { type: 'TrainingImported'; taken: Record<CourseId, Record<PersonId, Day>> }
  | { type: 'TeamsSeen'; people: PersonId[] }
  | { type: 'TrainingNeeded'; began: Record<CourseId, PersonId[]>; ended: Record<CourseId, PersonId[]> }
  /** `day`: the date in that person's zone. */
  | { type: 'TrainingReminded'; reminders: { to: PersonId; day: Day; courses: CourseDue[] }[] }
  | { type: 'TrainingEscalated'; told: { to: PersonId; about: (CourseDue & { person: PersonId })[] }[] }
  | { type: 'TrainingSnoozed'; until: Instant }
);

const put = <T>(all: ByCourse<T>, added: readonly (readonly [CourseId, PersonId, T])[]): ByCourse<T> => {
  const changed: Record<CourseId, Record<PersonId, T>> = {};
  for (const [course, person, value] of added) (changed[course] ??= { ...all[course] })[person] = value;
  return { ...all, ...changed };
};

const remove = <T>(all: ByCourse<T>, gone: Readonly<Record<CourseId, readonly PersonId[]>>): ByCourse<T> => {
  const changed = Object.entries(gone).map(([course, people]) => {
    const left = new Set(people);
    return [course, Object.fromEntries(Object.entries(all[course] ?? {}).filter(([id]) => !left.has(id)))] as const;
  });
  return { ...all, ...Object.fromEntries(changed) };
};

export const evolveTraining = (state: TrainingState, event: TrainingEvent): TrainingState => {
  switch (event.type) {
    case 'TrainingTaken': {
      const taken = { on: event.on, how: 'acknowledged' as const };
      return { ...state, taken: put(state.taken, [[event.course, event.by, taken]]) };
    }
    case 'TrainingImported': {
      const rows = Object.entries(event.taken).flatMap(([course, people]) =>
        Object.entries(people).map(([person, on]) => [course, person, { on, how: 'imported' as const }] as const),
      );
      return { ...state, taken: put(state.taken, rows) };
    }
    case 'TeamsSeen':
      return {
        ...state,
        onDeals: { ...state.onDeals, ...Object.fromEntries(event.people.map((id) => [id, event.at])) },
      };
    case 'TrainingNeeded': {
      const began = Object.entries(event.began).flatMap(([course, people]) =>
        people.map((id) => [course, id, event.at] as const),
      );
      return {
        ...state,
        since: put(remove(state.since, event.ended), began),
        // A person who needs it again later is reminded from the beginning.
        reminded: remove(state.reminded, event.ended),
        escalated: remove(state.escalated, event.ended),
      };
    }
    case 'TrainingReminded': {
      const told = event.reminders.flatMap(({ to, day, courses }) =>
        courses.map(({ course }) => [course, to, day] as const),
      );
      return { ...state, reminded: put(state.reminded, told) };
    }
    case 'TrainingEscalated': {
      const told = event.told.flatMap(({ about }) =>
        about.map(({ course, person, until }) => [course, person, until] as const),
      );
      return { ...state, escalated: put(state.escalated, told) };
    }
    case 'TrainingSnoozed':
      return { ...state, snoozed: { ...state.snoozed, [event.by]: event.until } };
    default: {
      const never: never = event;
      return never;
    }
  }
};
