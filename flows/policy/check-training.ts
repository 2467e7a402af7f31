/** Checks training and the channel's review: courses that somebody needs, blocks that can be lifted, reminder order. */

import type { Organisation } from '../organisation.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

const MOST = 5;
const LIMITS = { title: 75, about: 500 };
const ACTS = { opening: 'opens a deal', voting: 'votes' } as const;

type Path = PolicyProblem['path'];
const error = (path: Path, message: string): PolicyProblem => ({ severity: 'error', path, message });
const warning = (path: Path, message: string): PolicyProblem => ({ severity: 'warning', path, message });

function* twice(values: readonly string[], path: Path, what: string): Generator<PolicyProblem> {
  for (const [i, value] of values.entries()) {
    if (values.indexOf(value) < i) yield error([...path, i], `${what} ${value} is there twice: remove one.`);
  }
}

type TrainingDocument = NonNullable<PolicyDocument['training']>;
type CourseDocument = TrainingDocument['courses'][number];

const isNeeded = ({ for: { groups, dealTeam } }: CourseDocument): boolean => dealTeam || groups.length > 0;

function* courseProblems({ courses }: TrainingDocument): Generator<PolicyProblem> {
  for (const [c, course] of courses.entries()) {
    const path = ['training', 'courses', c];
    if (courses.findIndex(({ id }) => id === course.id) < c) {
      yield error([...path, 'id'], `Course ${course.id} is there twice: give one of them another id.`);
    }
    const title = course.title.toLowerCase();
    if (courses.findIndex((other) => other.title.toLowerCase() === title) < c) {
      const message = `Two courses are called “${course.title}”: people and imports could not tell them apart. Rename one.`;
      yield error([...path, 'title'], message);
    }
    for (const key of ['title', 'about'] as const) {
      const { length } = course[key];
      if (length > LIMITS[key])
        yield error([...path, key], `${key} has ${length} characters: shorten it to ${LIMITS[key]}.`);
    }
    if (!isNeeded(course)) {
      yield error([...path, 'for'], `Nobody needs ${course.id}: name groups, or say dealTeam: true, or remove it.`);
    }
    yield* twice(course.for.groups, [...path, 'for', 'groups'], 'Group');
  }
}

const voters = ({ routes }: PolicyDocument): string[] => [
  ...new Set(Object.values(routes).flatMap((route) => (route?.steps ?? []).map(({ group }) => group))),
];

/** Says whom a block lets through: it holds only those who need the course. */
const notHeld = (
  policy: PolicyDocument,
  act: keyof typeof ACTS,
  { id, for: { groups, dealTeam } }: CourseDocument,
): string | undefined => {
  if (act === 'opening') {
    return dealTeam
      ? undefined
      : `Only those who need ${id} are held to it, so others open deals without: add dealTeam: true to the course.`;
  }
  const [missing] = voters(policy).filter((group) => !groups.includes(group));
  return missing === undefined
    ? undefined
    : `Only those who need ${id} are held to it, so ${missing} votes without: add ${missing} to the groups of the course.`;
};

function* blockProblems(policy: PolicyDocument, { courses, blocks }: TrainingDocument): Generator<PolicyProblem> {
  for (const act of ['opening', 'voting'] as const) {
    const path = ['training', 'blocks', act];
    yield* twice(blocks[act], path, 'Course');
    for (const [i, id] of blocks[act].entries()) {
      const course = courses.find((c) => c.id === id);
      if (!course) {
        const message = `There is no course ${id} without which nobody ${ACTS[act]}: add it or remove it here.`;
        yield error([...path, i], message);
        continue;
      }
      const free = notHeld(policy, act, course);
      if (isNeeded(course) && free !== undefined) yield warning([...path, i], free);
    }
  }
}

function* beforeProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  for (const part of ['training', 'channelReview'] as const) {
    const before = policy.reminders?.[part]?.before ?? [];
    const path = ['reminders', part, 'before'];
    if (before.length > MOST) {
      yield error(path, `before asks for ${before.length} reminders: keep the ${MOST} that matter.`);
    }
    yield* twice(before.map(String), path, 'before: day');
  }
  if (policy.reminders?.training && !policy.training) {
    yield warning(
      ['reminders', 'training'],
      'There is no training to remind of: add courses under training, or remove it.',
    );
  }
}

/** Finds groups that the organisation doesn't have: of courses, and of the escalation. */
export function* trainingGroupProblems(policy: PolicyDocument, organisation: Organisation): Generator<PolicyProblem> {
  const known = new Set(organisation.groups.map(({ id }) => id));
  for (const [c, course] of (policy.training?.courses ?? []).entries()) {
    for (const [g, group] of course.for.groups.entries()) {
      if (known.has(group)) continue;
      const message = `The organisation has no group ${group}: add it there, or name another.`;
      yield error(['training', 'courses', c, 'for', 'groups', g], message);
    }
  }
  const to = policy.reminders?.training?.escalate?.to;
  if (to !== undefined && to !== 'manager' && !known.has(to)) {
    const message = `The organisation has no group ${to}: add it there, or name another or manager.`;
    yield error(['reminders', 'training', 'escalate', 'to'], message);
  }
}

export const trainingProblems = (policy: PolicyDocument, organisation?: Organisation): PolicyProblem[] => [
  ...(policy.training ? courseProblems(policy.training) : []),
  ...(policy.training ? blockProblems(policy, policy.training) : []),
  ...beforeProblems(policy),
  ...(organisation ? trainingGroupProblems(policy, organisation) : []),
];
