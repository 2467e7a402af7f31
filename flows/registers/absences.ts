/** Who is away, until when, and who stands in. One announcement is enough: nothing of theirs waits unseen meanwhile. */

import { addDays, calendarOf, dayIn, isDay } from '../calendar.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { person, type Absence, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { refuseRegister, toPeople, type Register } from './register.ts';

export interface AbsencesState {
  /** One for each person: the present one, or the next. */
  absences: Readonly<Record<PersonId, Absence>>;
}

export type AbsenceCommand =
  | { type: 'SetAway'; delegate: PersonId; from: Day; until: Day }
  /** Ends an absence: the person is back, or not going. */
  | { type: 'EndAway' };

export type AbsenceEvent = { at: Instant; by: PersonId } & (
  | { type: 'AwaySet'; absence: Absence }
  | { type: 'AwayEnded'; person: PersonId; delegate: PersonId }
);

export type AbsenceFact = { fact: 'delegated'; absence: Absence } | { fact: 'back'; person: PersonId };

/** Calendar days. */
export const MOST_AWAY = 366;

type Kept = Pick<Organisation, 'people' | 'absences' | 'timeZone' | 'holidays'>;

/** Returns the absence of a person at that moment, by their own calendar. */
export const awayAt = (organisation: Kept, who: PersonId, at: Instant): Absence | undefined => {
  const theirs = organisation.absences?.find((absence) => absence.person === who);
  if (!theirs) return undefined;
  const day = dayIn(at, calendarOf(organisation, who));
  return theirs.from <= day && day <= theirs.until ? theirs : undefined;
};

/** Returns those who are away then and chose that delegate. An unknown person lends nothing and gets nothing. */
export const delegatorsOf = (organisation: Kept, delegate: PersonId, at: Instant): PersonId[] =>
  (organisation.absences ?? []).flatMap(({ person: who, delegate: chosen }) =>
    chosen === delegate && person(organisation, delegate) && person(organisation, who) && awayAt(organisation, who, at)
      ? [who]
      : [],
  );

const overlaps = (a: Absence, from: Day, until: Day): boolean => a.from <= until && from <= a.until;

export const absences: Register<AbsencesState, AbsenceCommand, AbsenceEvent, AbsenceFact> = {
  name: 'absences',
  none: { absences: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AwaySet': {
        const { person: who, delegate, from, until } = event.absence;
        const before = own(state.absences, who);
        // Changed, not new: the stand-in has known of it since then.
        const known = before && before.delegate === delegate && overlaps(before, from, until) ? before.said : undefined;
        return { absences: { ...state.absences, [who]: { ...event.absence, said: known ?? event.at } } };
      }
      case 'AwayEnded': {
        const { [event.person]: _over, ...others } = state.absences;
        return { absences: others };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, { organisation }) => {
    if (!person(organisation, actor)) {
      return refuseRegister('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
    }
    const stamp = { at, by: actor };
    const today = dayIn(at, calendarOf(organisation, actor));
    switch (command.type) {
      case 'SetAway': {
        const { delegate, from, until } = command;
        const name = person(organisation, delegate)?.name;
        if (name === undefined)
          return refuseRegister('not valid', 'Please choose someone in the organisation.', 'delegate');
        if (delegate === actor) return refuseRegister('not valid', 'Please choose somebody else.', 'delegate');
        if (!isDay(from)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'from');
        if (!isDay(until)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'until');
        if (until < from) return refuseRegister('not valid', 'This day is before the first one.', 'until');
        if (until < today) return refuseRegister('not valid', 'This day is past. Please choose a later one.', 'until');
        if (until > addDays(from, MOST_AWAY - 1)) {
          return refuseRegister('not valid', 'Please choose a day within a year of the first one.', 'until');
        }
        const theirs = own(state.absences, delegate);
        if (theirs && overlaps(theirs, from, until)) {
          return refuseRegister('not valid', `${name} is away then too. Please choose somebody else.`, 'delegate');
        }
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'AwaySet', absence: { person: actor, delegate, from, until } }],
        };
      }
      case 'EndAway': {
        const mine = own(state.absences, actor);
        if (!mine || mine.until < today)
          return refuseRegister('not now', 'You are not away, and no absence is planned.');
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'AwayEnded', person: actor, delegate: mine.delegate }],
        };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event) => {
    switch (event.type) {
      case 'AwaySet':
        return [[{ fact: 'delegated', absence: event.absence }, toPeople([event.absence.delegate])]];
      case 'AwayEnded':
        return [[{ fact: 'back', person: event.person }, toPeople([event.delegate])]];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: () => null,
  tick: undefined,
};
