/** Which course somebody must take before an act: asked inside the decisions, by the register's state today. */

import { addDays, calendarOf, dayIn, dayInWords } from '../../calendar.ts';
import type { Instant, PersonId } from '../../ids.ts';
import type { CourseHeld, Organisation, TrainingHeld } from '../../organisation.ts';
import type { Training } from '../../policy/reminders.ts';
import type { CourseId } from '../../policy/reminders.ts';
import { courseOf, needOf } from './needs.ts';
import type { TrainingState } from './state.ts';

export type HeldAct = keyof TrainingHeld;

/** Prepares the facts for `Standing`; undefined where the policy holds nobody back. */
export const trainingHeld = (
  state: TrainingState,
  organisation: Organisation,
  training: Training | undefined,
  now: Instant,
): TrainingHeld | undefined => {
  if (!training || training.blocks.opening.length + training.blocks.voting.length === 0) return undefined;
  const held = (ids: readonly CourseId[], act: HeldAct): CourseHeld[] =>
    ids.flatMap((id) => {
      const course = courseOf(training, id);
      if (!course) return [];
      // A person who opens a deal is on its team from then on, so everybody needs it.
      const everybody = act === 'opening' && course.for.dealTeam;
      const seen = Object.keys({ ...(everybody ? state.taken[id] : {}), ...state.since[id] });
      const until = seen.map((who) => {
        const need = needOf(state, organisation, training, course, who, now);
        return [who, { day: need.until, taken: need.taken !== undefined }] as const;
      });
      return [
        {
          id,
          title: course.title,
          until: Object.fromEntries(until),
          ...(everybody ? { others: training.graceDays } : {}),
        },
      ];
    });
  return { opening: held(training.blocks.opening, 'opening'), voting: held(training.blocks.voting, 'voting') };
};

const SAYS: Record<HeldAct, string> = {
  opening: 'and nobody opens a deal without it',
  voting: 'and nobody votes without it',
};

/** Returns the course that keeps this person from the act, with one sentence; undefined for none. */
export const heldBack = (
  organisation: Organisation,
  id: PersonId,
  act: HeldAct,
  now: Instant,
): { course: CourseId; text: string } | undefined => {
  const today = dayIn(now, calendarOf(organisation, id));
  for (const { id: course, title, until, others } of organisation.training?.[act] ?? []) {
    const mine = until[id] ?? (others === undefined ? undefined : { day: addDays(today, others - 1), taken: false });
    if (!mine || mine.day >= today) continue;
    const how = mine.taken
      ? `Your training “${title}” ran out on ${dayInWords(mine.day)}`
      : `You have not taken the training “${title}” yet`;
    return { course, text: `${how}, ${SAYS[act]}. Please take it, then try again.` };
  }
  return undefined;
};
