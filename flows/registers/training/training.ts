/** The register of training (C8): who took which course and when, who needs one, and who is reminded of it. */

import { addDays, calendarOf, dayIn, isDay, morningOf } from '../../calendar.ts';
import type { CommandMeta, Day, PersonId } from '../../ids.ts';
import { SYSTEM, OPERATOR, inGroup, person as personOf, type Organisation } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { Training } from '../../policy/reminders.ts';
import type { CourseId } from '../../policy/reminders.ts';
import { MOST_SNOOZED } from '../due-day.ts';
import { refuseRegister, toPeople, type Register, type RegisterContext, type RegisterDecided } from '../register.ts';
import { courseOf, validUntil } from './needs.ts';
import { changedNeeds, dueTraining, nextTrainingDue } from './reminding.ts';
import { evolveTraining, noTraining, type CourseDue, type TrainingEvent, type TrainingState } from './state.ts';

export type TrainingCommand =
  /** The actor took the course. */
  | { type: 'TakeTraining'; course: CourseId; on: Day }
  | { type: 'ImportTraining'; taken: Readonly<Record<CourseId, Readonly<Record<PersonId, Day>>>> }
  /** Something happened on a deal of these people. */
  | { type: 'SeeTeams'; people: readonly PersonId[] }
  | { type: 'SnoozeTraining'; until: Day }
  | { type: 'Tick' };

export type TrainingFact =
  | { fact: 'training due'; to: PersonId; courses: CourseDue[] }
  | { fact: 'training late'; to: PersonId; about: (CourseDue & { person: PersonId })[] };

/** Days before a person's deals are noted again: not every answer should cause a write. */
const SEEN_DAYS = 30;
const DAY_MS = 86_400_000;

const accepted = (events: TrainingEvent[]): RegisterDecided<TrainingEvent> => ({ kind: 'accepted', events });

/** Compliance and the chief see everybody's standing, and record the data of a learning system. */
export const looksAfterTraining = (organisation: Organisation, id: PersonId): boolean =>
  inGroup(organisation, organisation.roles.compliance, id) || inGroup(organisation, organisation.roles.chief, id);

type Decide<T extends TrainingCommand['type']> = (
  command: Extract<TrainingCommand, { type: T }>,
  state: TrainingState,
  meta: CommandMeta,
  context: RegisterContext & { training: Training },
) => RegisterDecided<TrainingEvent>;

const decideTake: Decide<'TakeTraining'> = ({ course: id, on }, state, { actor, at }, { organisation, training }) => {
  if (!personOf(organisation, actor)) {
    return refuseRegister('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
  }
  const course = courseOf(training, id);
  if (!course) return refuseRegister('not now', 'This course is not asked of anybody any more.');
  const today = dayIn(at, calendarOf(organisation, actor));
  if (!isDay(on)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'on');
  if (on > today) return refuseRegister('not valid', 'This day is still to come. Please say when you took it.', 'on');
  if (validUntil(on, course) < today) {
    return refuseRegister('not valid', 'What was taken then has run out already. Please take it again.', 'on');
  }
  const before = own(own(state.taken, id), actor);
  if (before && before.on >= on) {
    return refuseRegister('not valid', 'You took it on that day or later already, and that is kept.', 'on');
  }
  return accepted([{ at, by: actor, type: 'TrainingTaken', course: id, title: course.title, on }]);
};

/** Keeps the days that are newer than the known ones. */
export const newerThan = (
  { taken }: TrainingState,
  given: Readonly<Record<CourseId, Readonly<Record<PersonId, Day>>>>,
): Record<CourseId, Record<PersonId, Day>> =>
  Object.fromEntries(
    Object.entries(given)
      .map(([course, people]) => {
        const known = taken[course] ?? {};
        const newer = Object.entries(people).filter(([id, on]) => (known[id]?.on ?? '') < on);
        return [course, Object.fromEntries(newer)] as const;
      })
      .filter(([, people]) => Object.keys(people).length > 0),
  );

const decideImport: Decide<'ImportTraining'> = ({ taken }, state, { actor, at }, { organisation, training }) => {
  if (actor !== OPERATOR && !looksAfterTraining(organisation, actor)) {
    return refuseRegister('not allowed', 'Only compliance can record the training of others.');
  }
  const people = new Set(organisation.people.map(({ id }) => id));
  // In the east it is already tomorrow.
  const last = addDays(at.slice(0, 10), 1);
  for (const [course, rows] of Object.entries(taken)) {
    if (!courseOf(training, course)) return refuseRegister('not valid', `The policy has no course ${course}.`, 'taken');
    for (const [id, on] of Object.entries(rows)) {
      if (people.has(id) && isDay(on) && on <= last) continue;
      const why = 'A line names nobody in the organisation, or a day that is still to come.';
      return refuseRegister('not valid', why, 'taken');
    }
  }
  const newer = newerThan(state, taken);
  return Object.keys(newer).length === 0
    ? refuseRegister('not now', 'All of this was known already, so nothing has changed.', 'taken')
    : accepted([{ at, by: actor, type: 'TrainingImported', taken: newer }]);
};

const decideSee: Decide<'SeeTeams'> = ({ people }, state, { actor, at }, { organisation, training }) => {
  if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only a deal itself does this.');
  const old = new Date(Date.parse(at) - SEEN_DAYS * DAY_MS).toISOString();
  const fresh = [...new Set(people)].filter(
    (id) => personOf(organisation, id) !== undefined && (state.onDeals[id] ?? '') < old,
  );
  if (fresh.length === 0) return refuseRegister('not now', 'They were seen already.');
  const seen: TrainingEvent = { at, by: actor, type: 'TeamsSeen', people: fresh };
  const changed = changedNeeds([evolveTraining(state, seen), organisation, training], at);
  return accepted([seen, ...(changed ? [{ at, by: actor, type: 'TrainingNeeded' as const, ...changed }] : [])]);
};

const decideSnooze: Decide<'SnoozeTraining'> = ({ until }, _state, { actor, at }, { organisation }) => {
  if (!personOf(organisation, actor)) {
    return refuseRegister('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
  }
  const calendar = calendarOf(organisation, actor);
  const today = dayIn(at, calendar);
  if (!isDay(until)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'until');
  if (until <= today) return refuseRegister('not valid', 'Please choose a day after today.', 'until');
  if (until > addDays(today, MOST_SNOOZED)) {
    return refuseRegister('not valid', `Please choose a day within the next ${MOST_SNOOZED} days.`, 'until');
  }
  return accepted([{ at, by: actor, type: 'TrainingSnoozed', until: morningOf(until, calendar) }]);
};

const decideTick: Decide<'Tick'> = (_command, state, { actor, at }, { organisation, training }) => {
  if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
  const changed = changedNeeds([state, organisation, training], at);
  const first: TrainingEvent[] = changed ? [{ at, by: actor, type: 'TrainingNeeded', ...changed }] : [];
  const { reminders, told } = dueTraining([first.reduce(evolveTraining, state), organisation, training], at);
  const events: TrainingEvent[] = [
    ...first,
    ...(reminders.length > 0 ? [{ at, by: actor, type: 'TrainingReminded' as const, reminders }] : []),
    ...(told.length > 0 ? [{ at, by: actor, type: 'TrainingEscalated' as const, told }] : []),
  ];
  return events.length > 0 ? accepted(events) : refuseRegister('not now', 'Nobody is to be reminded of training now.');
};

const trainingIn = ({ policy }: RegisterContext): Training | undefined => policy?.training;

export const training: Register<TrainingState, TrainingCommand, TrainingEvent, TrainingFact> = {
  name: 'training',
  none: noTraining,
  evolve: evolveTraining,
  decide: (command, state, meta, given) => {
    const asked = trainingIn(given);
    if (!asked) return refuseRegister('not now', 'The policy asks for no training.');
    const context = { ...given, training: asked };
    switch (command.type) {
      case 'TakeTraining':
        return decideTake(command, state, meta, context);
      case 'ImportTraining':
        return decideImport(command, state, meta, context);
      case 'SeeTeams':
        return decideSee(command, state, meta, context);
      case 'SnoozeTraining':
        return decideSnooze(command, state, meta, context);
      case 'Tick':
        return decideTick(command, state, meta, context);
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event) => {
    switch (event.type) {
      case 'TrainingReminded':
        return event.reminders.map(
          ({ to, courses }) => [{ fact: 'training due', to, courses }, toPeople([to])] as const,
        );
      case 'TrainingEscalated':
        return event.told.map(({ to, about }) => [{ fact: 'training late', to, about }, toPeople([to])] as const);
      case 'TrainingTaken':
      case 'TrainingImported':
      case 'TeamsSeen':
      case 'TrainingNeeded':
      case 'TrainingSnoozed':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: (state, now, context) => {
    const asked = trainingIn(context);
    return asked ? nextTrainingDue([state, context.organisation, asked], now) : null;
  },
  tick: { type: 'Tick' },
};
