/** Training reminders: to the person who is to take it, and to those who can help if they did not. */

import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { inGroup, person as personOf, type Organisation } from '../../flows/organisation.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import { becauseOf, courseOf } from '../../flows/registers/training/needs.ts';
import { statusOf } from '../../flows/registers/training/standing.ts';
import type { CourseDue, TrainingState } from '../../flows/registers/training/state.ts';
import type { TrainingFact } from '../../flows/registers/training/training.ts';
import type { Card, Text } from '../card.ts';
import { count, groupName } from '../words.ts';
import { laterButton, myTrainingButton, takeTrainingButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { becauseWords, trainingHeldWords, linkSpan, rhythmWords, statusWords } from './training-words.ts';

type Around = RegisterContext & { now: Instant };

const MOST_COURSES = 3;
const MOST_LATE = 20;

const status = (organisation: Organisation, to: PersonId, { until, taken }: CourseDue, now: Instant) =>
  statusOf(organisation, { person: to, until, taken: taken ? { on: until, how: 'acknowledged' } : undefined }, now);

const dueCard = (
  { to, courses }: Extract<TrainingFact, { fact: 'training due' }>,
  state: TrainingState,
  { organisation, policy, now }: Around,
): Card => {
  const training = policy?.training;
  const today = dayIn(now, calendarOf(organisation, to));
  const late = courses.some(({ until }) => until < today);
  const known = courses.flatMap((due) => courseOf(training, due.course) ?? []);
  const held =
    training &&
    trainingHeldWords(
      training,
      courses.map(({ course }) => course),
    );
  const [only] = known;
  const why = known
    .map((course) => becauseOf(state, organisation, course, to, now))
    .find((because) => because !== undefined);
  const citations = [...new Set(known.map(({ citation }) => citation))];
  return {
    blocks: [
      {
        kind: 'title',
        text: courses.length === 1 ? 'A training waits for you' : `${courses.length} trainings wait for you`,
        tone: late ? 'attention' : 'neutral',
      },
      {
        kind: 'list',
        items: courses.map((due): Text => [
          { strong: due.title },
          `: ${statusWords(status(organisation, to, due, now), due.until)}`,
        ]),
      },
      ...(courses.length === 1 && only
        ? [{ kind: 'text', text: [only.about, ...linkSpan(only).flatMap((link) => [' ', link])] } as const]
        : []),
      ...(held === undefined ? [] : [{ kind: 'text', text: held } as const]),
      ...row(
        ...courses.slice(0, MOST_COURSES).map(({ course, title }, i) => takeTrainingButton(course, title, i === 0)),
        courses.length > MOST_COURSES && myTrainingButton(),
        laterButton('training'),
      ),
      {
        kind: 'note',
        text: [
          why ? `You get this because ${becauseWords(organisation, why)}` : 'You get this because it is asked of you',
          citations.length > 0 ? ` (${citations.join('; ')}).` : '.',
          training ? ` ${rhythmWords(organisation, training)}` : '',
        ].join(''),
      },
    ],
  };
};

const lateCard = (
  { to, about }: Extract<TrainingFact, { fact: 'training late' }>,
  { organisation, policy, now }: Around,
): Card => {
  const people = [...new Set(about.map(({ person }) => person))];
  const shown = about.slice(0, MOST_LATE);
  const days = policy?.training?.reminders.escalate?.after;
  const managed = people.some((id) => personOf(organisation, id)?.manager === to);
  const { compliance, chief } = organisation.roles;
  const group = [policy?.training?.reminders.escalate?.to, compliance, chief].find(
    (id) => id !== undefined && inGroup(organisation, id, to),
  );
  const who = managed
    ? 'you are their manager'
    : group === undefined
      ? 'nobody else can be told'
      : `you are in ${groupName(organisation, group)}`;
  return {
    blocks: [
      { kind: 'title', text: 'Somebody may need help with a training', tone: 'attention' },
      {
        kind: 'list',
        items: shown.map((due): Text => [
          { person: due.person },
          `: ${due.title}, ${statusWords(status(organisation, due.person, due, now), due.until)}`,
        ]),
      },
      ...(about.length > shown.length
        ? [{ kind: 'text', text: `And ${about.length - shown.length} more.` } as const]
        : []),
      {
        kind: 'text',
        text: 'They were reminded. Perhaps they need an hour for it, or it is not theirs to take any more.',
      },
      {
        kind: 'note',
        text: `You get this because ${who}${days === undefined ? '' : `, and it is ${count(days, 'day')} past its date`}.`,
      },
    ],
  };
};

export const trainingFactCard = (fact: TrainingFact, state: TrainingState, around: Around): Card => {
  switch (fact.fact) {
    case 'training due':
      return dueCard(fact, state, around);
    case 'training late':
      return lateCard(fact, around);
    default: {
      const never: never = fact;
      return never;
    }
  }
};
