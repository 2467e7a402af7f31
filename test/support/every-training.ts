/** Every card and form about training, each as full as possible. */

import type { Card, Form } from '../../blocks/card.ts';
import { channelCard, channelFactCard } from '../../blocks/cards/channel-review.ts';
import { trainingFactCard } from '../../blocks/cards/training-facts.ts';
import { allTrainingCard, heldBackCard, myTrainingCard, theirTrainingCard } from '../../blocks/cards/training.ts';
import { reviewChannelForm } from '../../blocks/forms/channel-review.ts';
import { laterForm } from '../../blocks/forms/later.ts';
import { importTrainingForm, takeTrainingForm } from '../../blocks/forms/training.ts';
import type { ChannelState } from '../../flows/registers/channel-review.ts';
import { needsFor } from '../../flows/registers/training/needs.ts';
import { trainingStanding } from '../../flows/registers/training/standing.ts';
import type { CourseDue } from '../../flows/registers/training/state.ts';
import { anOrganisation, NOW } from './deal-builders.ts';
import { aCourse, aTraining, trainedFrom, trainedPolicy } from './training.ts';

const TITLE = 'A sample course whose name is as long as a name of a course is allowed to be';
const courses = [
  aCourse(),
  aCourse({ id: 'privacy', title: TITLE.slice(0, 75), url: undefined }),
  ...['export', 'reporting', 'contracts'].map((id) =>
    aCourse({ id, title: `Sample ${id}`, for: { groups: ['senior', 'counsel'], dealTeam: true } }),
  ),
];
const training = aTraining({ courses, blocks: { opening: ['rights'], voting: ['rights', 'privacy'] } });
const policy = trainedPolicy(training);
const many = anOrganisation({
  people: [
    ...anOrganisation().people,
    ...Array.from({ length: 40 }, (_, i) => ({ id: `colleague-${i}`, name: `Sample Colleague ${i}` })),
  ],
});
const everybody = {
  ...many,
  groups: many.groups.map((group) =>
    group.id === 'senior' ? { ...group, members: many.people.map(({ id }) => id) } : group,
  ),
};

const at = '2026-04-01T10:00:00.000Z';
const { state } = trainedFrom({ organisation: everybody, training })
  .and('system', { type: 'SeeTeams', people: ['rep-1', 'counsel-1'] }, at)
  .and('system', { type: 'Tick' }, '2027-02-28T10:00:00.000Z')
  .and('counsel-1', { type: 'TakeTraining', course: 'rights', on: '2026-03-20' }, at)
  .and('counsel-1', { type: 'TakeTraining', course: 'privacy', on: '2027-03-01' }, NOW)
  .and('operator', { type: 'ImportTraining', taken: { export: { 'counsel-1': '2026-02-01' } } }, NOW);

const around = { organisation: everybody, policy, now: NOW };
const due = (course: string, until: string, taken: boolean): CourseDue => ({
  course,
  title: courses.find(({ id }) => id === course)?.title ?? 'Sample course that is gone',
  until,
  taken,
});
const DUE = [
  due('rights', '2027-03-20', true),
  due('privacy', '2027-03-01', false),
  due('export', '2027-02-01', true),
  due('gone', '2027-03-30', false),
];

export const everyTrainingCard = (): (readonly [string, Card])[] => {
  const needs = needsFor(state, everybody, training, 'counsel-1', NOW);
  const mine = { organisation: everybody, needs, now: NOW };
  const standing = trainingStanding(state, everybody, policy, NOW);
  const fact = (to: string, dues: CourseDue[]): Card =>
    trainingFactCard({ fact: 'training due', to, courses: dues }, state, around);
  const late = (to: string, people: number): Card =>
    trainingFactCard(
      {
        fact: 'training late',
        to,
        about: everybody.people.slice(0, people).map(({ id }) => ({ ...DUE[1]!, person: id })),
      },
      state,
      around,
    );
  return [
    ['my training', myTrainingCard({ ...mine, forAll: true })],
    ['no training', myTrainingCard({ ...mine, needs: [], forAll: false })],
    ['their training', theirTrainingCard('counsel-1', mine)],
    ['nobody asks them for training', theirTrainingCard('product-1', { ...mine, needs: [] })],
    ['training of everybody', allTrainingCard(standing, 0)],
    ['training of everybody, further on', allTrainingCard(standing, 30)],
    ['training of everybody, all in order', allTrainingCard({ ...standing, lines: [] }, 0)],
    ['training due', fact('counsel-1', DUE.slice(0, 1))],
    ['training to take', fact('rep-1', DUE.slice(1, 2))],
    ['several trainings due', fact('counsel-1', DUE)],
    [
      'a training that is gone',
      trainingFactCard({ fact: 'training due', to: 'rep-1', courses: DUE.slice(3) }, state, {
        ...around,
        policy: undefined,
      }),
    ],
    ['training late', late('compliance-1', 1)],
    ['training of many late', late('chief-1', 30)],
    ['held back', heldBackCard('Your training ran out.', courses[0])],
    ['held back by what is gone', heldBackCard('Your training ran out.', undefined)],
  ];
};

const reviewed = { at: NOW, by: 'compliance-1', on: '2026-03-12', note: 'The form works, and the number is new.' };
const channel = { reminded: {}, snoozed: {} };
const rule = { everyMonths: 12, before: [30, 7, 0], weeklyAfter: true, escalate: { after: 14 } };
const asked = { ...around, policy: { ...policy, reminders: { ...policy.reminders, channelReview: rule } } };

export const everyChannelCard = (): (readonly [string, Card])[] => {
  const card = (state: ChannelState, due: string | undefined): Card =>
    channelCard(state, { due, today: '2027-03-12', rule: due === undefined ? undefined : rule });
  return [
    ['channel, never reviewed', card(channel, '2027-09-12')],
    ['channel, reviewed', card({ ...channel, reviewed }, '2027-03-20')],
    ['channel, overdue', card({ ...channel, reviewed }, '2027-03-01')],
    ['channel, not asked for', card(channel, undefined)],
    ['channel due', channelFactCard({ fact: 'channel due', due: '2027-04-12' }, channel, asked)],
    ['channel overdue', channelFactCard({ fact: 'channel due', due: '2027-03-01' }, { ...channel, reviewed }, asked)],
    ['channel late', channelFactCard({ fact: 'channel late', due: '2027-02-20' }, channel, asked)],
    ['channel was reviewed', channelFactCard({ fact: 'channel reviewed', review: reviewed }, channel, around)],
  ];
};

export const everyTrainingForm = (): (readonly [string, Form])[] => [
  ['take a training', takeTrainingForm(courses[0]!, { until: '2027-03-20', status: 'expiring' }, '2027-03-12')],
  [
    'take a training, filled',
    takeTrainingForm(courses[1]!, undefined, '2027-03-12', { done: ['yes'], on: '2027-03-01' }),
  ],
  ['record training', importTrainingForm(courses)],
  ['record training, filled', importTrainingForm(courses, { rows: 'rep-1, rights, 2027-03-01' })],
  ['review the channel', reviewChannelForm()],
  ['review the channel, filled', reviewChannelForm({ note: 'The form works.' })],
  ['training, later', laterForm('training', '2027-03-12', '2027-03-15')],
  ['channel, later', laterForm('channel', '2027-03-12', '2027-03-15', { until: '2027-03-20' })],
];
