/** Rows of a learning system: who took what, when. Exact ids only; a doubtful one matches nobody. */

import { addDays, isDay } from '../../calendar.ts';
import { ALL_CHATS } from '../../chats.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import type { Training } from '../../policy/reminders.ts';
import type { CourseId } from '../../policy/reminders.ts';

export interface TrainingRow {
  person: string;
  course: string;
  on: string;
}

export type ReadRow = { ok: true; person: PersonId; course: CourseId; on: Day } | { ok: false; reason: string };

/** Maps ids of the organisation file, e-mail addresses, Slack and Entra ids to people. Ambiguous keys are left out. */
export const peopleByKey = (organisation: Organisation): ReadonlyMap<string, PersonId> => {
  const keys = new Map<string, PersonId | undefined>();
  for (const one of organisation.people) {
    for (const key of new Set(
      [one.id, one.email, ...ALL_CHATS.map((chat) => one[chat])].flatMap((value) => value?.toLowerCase() ?? []),
    )) {
      keys.set(key, keys.has(key) ? undefined : one.id);
    }
  }
  return new Map([...keys].flatMap(([key, id]) => (id === undefined ? [] : [[key, id] as const])));
};

/** Parses `2027-03-01`, or the same with a time: `2027-03-01T08:30:00Z`. */
const dayIn = (text: string): Day | undefined => {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,+Z -]{1,30})?$/u.exec(text) ?? [];
  return day !== undefined && isDay(day) ? day : undefined;
};

const MOST_SHOWN = 60;
const shown = (text: string): string =>
  JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** Creates a reader of rows. `reason` quotes the input: callers must show it as plain text. */
export const rowReader = (
  organisation: Organisation,
  training: Training,
  now: Instant,
): ((row: TrainingRow) => ReadRow) => {
  const people = peopleByKey(organisation);
  const courses = new Map<string, CourseId>([
    ...training.courses.map(({ id, title }) => [title.toLowerCase(), id] as const),
    ...training.courses.map(({ id }) => [id.toLowerCase(), id] as const),
  ]);
  // In the east it is already tomorrow.
  const last = addDays(now.slice(0, 10), 1);
  const no = (reason: string): ReadRow => ({ ok: false, reason });
  return (row) => {
    const [named, called, day] = [row.person.trim(), row.course.trim(), row.on.trim()];
    if (named === '') return no('no person is named');
    const person = people.get(named.toLowerCase());
    if (person === undefined) return no(`nobody has the id or address ${shown(named)}`);
    if (called === '') return no('no course is named');
    const course = courses.get(called.toLowerCase());
    if (course === undefined) return no(`the policy has no course ${shown(called)}`);
    const on = dayIn(day);
    if (on === undefined) return no(`${shown(day)} is no day such as 2027-03-31`);
    return on > last ? no(`${on} is still to come`) : { ok: true, person, course, on };
  };
};

/** Keeps the newest day of each person and course, so it holds no more than there are people and courses. */
export const newestRows = (): {
  add(row: Extract<ReadRow, { ok: true }>): void;
  taken: Record<CourseId, Record<PersonId, Day>>;
} => {
  const taken: Record<CourseId, Record<PersonId, Day>> = {};
  return {
    taken,
    add: ({ person, course, on }) => {
      const people = (taken[course] ??= {});
      if ((people[person] ?? '') < on) people[person] = on;
    },
  };
};
