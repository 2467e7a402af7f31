/** Deals under a small policy in which good answers stand on something: a source, somebody's word, or counsel's note. */

import type { CounselNote } from '../../flows/counsel-note.ts';
import type { AnswerBasis, GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import { compile } from '../../flows/policy/compile.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { asks, raises, smallDocument } from '../flows/policy/small.ts';
import { anOrganisation } from './deal-builders.ts';
import { CONTEXT, open, type Line } from './deal-lines.ts';
import { TIMED } from './ticking.ts';

const STEPS = {
  steps: [
    { group: 'compliance', quorum: 1 },
    { group: 'senior', quorum: 1 },
  ],
};

/** Low where all is known and good; a doubt on the laws: elevated; misuse that is said or not known: high. */
export const basisPolicy = (): CompiledPolicy =>
  compile(
    smallDocument({
      sections: [
        { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1')] },
        {
          id: 'record',
          title: 'Record',
          intro: 'What is known.',
          checklists: [{ id: 'none', prompt: 'Does any hold?', answer: 'no', questions: ['H1', 'H2'] }],
          questions: [asks('H1', { weighty: true }), asks('H2', { weighty: true })],
        },
        {
          id: 'laws',
          title: 'Laws',
          intro: 'What the law says.',
          questions: [
            asks('L1', { weighty: true, worse: 'no', basis: 'counsel' }),
            asks('L2', { weighty: true, worse: 'no' }),
          ],
        },
      ],
      flags: [raises('H1', { weight: 'severe' }), raises('H2', { weight: 'severe' })],
      tiers: undefined,
      picture: {
        bases: 'required',
        rows: [
          { id: 'little', title: 'Little', text: 'does little' },
          { id: 'much', title: 'Much', text: 'does much', when: { question: 'G1', is: ['yes'] } },
        ],
        columns: [
          { id: 'good', title: 'Good', text: 'nothing is against it' },
          { id: 'doubts', title: 'Doubts', text: 'some of it is not clear', when: { anyOf: ['L1', 'L2'], is: ['no'] } },
          { id: 'bad', title: 'Bad', text: 'it is bad', when: { anyFlag: { atLeast: 'severe' } } },
        ],
        cells: { little: ['low', 'low', 'elevated'], much: ['low', 'elevated', 'high'] },
      },
      routes: { low: STEPS, elevated: STEPS, high: STEPS },
    }),
    'basis-policy',
  );

export const lawsNote = (more: Partial<CounselNote> = {}): CounselNote => ({
  id: 'laws-1',
  country: 'NO',
  looked: 'Who may listen in, and who oversees it.',
  by: 'counsel-1',
  at: '2027-02-20T09:00:00.000Z',
  until: '2028-02-20',
  ...more,
});

/** The company as it is, with these notes of counsel. */
export const basisContext = (...counselNotes: CounselNote[]): DealContext => ({
  ...CONTEXT,
  policy: basisPolicy(),
  organisation: anOrganisation({
    people: TIMED.organisation.people,
    groups: TIMED.organisation.groups.map((g) =>
      g.id === 'counsel' ? { ...g, members: ['counsel-1', 'senior-2'] } : g,
    ),
    roles: { ...anOrganisation().roles, counsel: 'counsel' },
    counselNotes,
  }),
});

export const SOURCE = { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' };

export const basedOnThis = (
  section: string,
  values: Readonly<Record<string, string>>,
  basis?: AnswerBasis,
  actor = 'rep-1',
): Line => {
  const answers = Object.entries(values).map(([id, value]): [string, GivenAnswer] => [
    id,
    { value, sources: [], ...(basis && id !== 'L1' ? { basis } : {}) },
  ]);
  return [actor, { type: 'AnswerSection', section, answers: Object.fromEntries(answers) }];
};

/** Everything answered well. What the end-user's record stands on is the caller's. */
export const answeredOn = (basis: AnswerBasis | undefined): Line[] => [
  open(),
  basedOnThis('scope', { G1: 'yes' }),
  basedOnThis('record', { H1: 'no', H2: 'no' }, basis),
  basedOnThis('laws', { L1: 'yes', L2: 'yes' }, { sources: [SOURCE] }),
];
