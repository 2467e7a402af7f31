/** Answers `/deal training`: a person's courses and their dates; for compliance also everybody's. */

import type { Instant, PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Need } from '../../flows/registers/training/needs.ts';
import {
  statusOf,
  type NeedStatus,
  type StandingLine,
  type TrainingStanding,
} from '../../flows/registers/training/standing.ts';
import type { Card, Text } from '../card.ts';
import { count } from '../words.ts';
import { allTrainingButton, importTrainingButton, takeTrainingButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { statusWords } from './training-words.ts';

/** A row of five buttons fits a phone; the remaining ones appear on the next look. */
const MOST_BUTTONS = 4;

const MARK: Record<NeedStatus, string> = {
  missing: 'Missing',
  expired: 'Run out',
  expiring: 'Runs out soon',
  'to take': 'To take',
  current: 'In order',
};

const urgency: readonly NeedStatus[] = ['missing', 'expired', 'expiring', 'to take'];

export interface MyTraining {
  organisation: Organisation;
  needs: readonly Need[];
  now: Instant;
  /** True for a person who looks after everybody's training. */
  forAll: boolean;
}

const needLine = (organisation: Organisation, need: Need, now: Instant): Text => [
  { strong: need.course.title },
  `: ${statusWords(statusOf(organisation, need, now), need.until)}`,
  ...(need.taken ? [{ quiet: need.taken.how === 'imported' ? ' (from your learning system)' : '' }] : []).filter(
    ({ quiet }) => quiet !== '',
  ),
];

export const myTrainingCard = ({ organisation, needs, now, forAll }: MyTraining): Card => {
  const open = needs.filter((need) => statusOf(organisation, need, now) !== 'current');
  const first = open.toSorted(
    (a, b) => urgency.indexOf(statusOf(organisation, a, now)) - urgency.indexOf(statusOf(organisation, b, now)),
  );
  return {
    blocks: [
      { kind: 'title', text: 'Your training' },
      ...(needs.length === 0
        ? [{ kind: 'text', text: 'No training is asked of you.' } as const]
        : [{ kind: 'list', items: needs.map((need) => needLine(organisation, need, now)) } as const]),
      ...(needs.length > 0 && open.length === 0 ? [{ kind: 'note', text: 'All of it is in order.' } as const] : []),
      ...row(
        ...first.slice(0, MOST_BUTTONS).map(({ course }, i) => takeTrainingButton(course.id, course.title, i === 0)),
        forAll && allTrainingButton(0, 'Everybody'),
      ),
    ],
  };
};

/** One person's training, as compliance sees it. */
export const theirTrainingCard = (id: PersonId, { organisation, needs, now }: Omit<MyTraining, 'forAll'>): Card => ({
  blocks: [
    { kind: 'text', text: [{ strong: 'Training of ' }, { person: id }] },
    ...(needs.length === 0
      ? [{ kind: 'text', text: 'No training is asked of them.' } as const]
      : [{ kind: 'list', items: needs.map((need) => needLine(organisation, need, now)) } as const]),
    ...row(allTrainingButton(0, 'Everybody')),
  ],
});

const PAGE = 15;

const standingLine = ({ person, title, status, until }: StandingLine): Text => [
  { person },
  `: ${title}, ${statusWords(status, until)}`,
];

/** `from`: number of lines before. */
export const allTrainingCard = ({ lines, counts }: TrainingStanding, from: number): Card => {
  const start = Math.max(0, Math.min(from, Math.floor(Math.max(0, lines.length - 1) / PAGE) * PAGE));
  const shown = lines.slice(start, start + PAGE);
  const facts = (['missing', 'expired', 'expiring', 'to take', 'current'] as const).map((status) => ({
    label: MARK[status],
    value: String(counts[status]),
  }));
  return {
    blocks: [
      { kind: 'title', text: 'Training of everybody' },
      { kind: 'facts', facts },
      ...(shown.length === 0
        ? [{ kind: 'text', text: 'Everybody has what they need.' } as const]
        : [
            { kind: 'list', items: shown.map(standingLine) } as const,
            {
              kind: 'note',
              text:
                lines.length > PAGE
                  ? `${start + 1} to ${start + shown.length} of ${count(lines.length, 'line')}, the most urgent first.`
                  : 'The most urgent first.',
            } as const,
          ]),
      ...row(
        start > 0 && allTrainingButton(start - PAGE, 'Earlier'),
        start + PAGE < lines.length && allTrainingButton(start + PAGE, 'Show more'),
        importTrainingButton(),
      ),
    ],
  };
};

/** Says what is held back until a course was taken and why, with the button that reports it now. */
export const heldBackCard = (text: string, course: { id: string; title: string } | undefined): Card => ({
  blocks: [
    { kind: 'title', text: 'First a training', tone: 'attention' },
    { kind: 'text', text },
    ...row(course && takeTrainingButton(course.id, course.title, true)),
  ],
});
