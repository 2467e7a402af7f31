/** Every card and form of the programme page, each as full as possible, and as empty. */

import type { Card, Form } from '../../blocks/card.ts';
import { programmeFactCard } from '../../blocks/cards/programme-facts.ts';
import { programmeStanding, type ProgrammeShown } from '../../blocks/cards/programme-standing.ts';
import { askedCard, conflictsCard, elementCard, programmeCard, type Conflict } from '../../blocks/cards/programme.ts';
import { recordAskedForm, sayElementForm, whatCameForm } from '../../blocks/forms/programme.ts';
import { citationsOf } from '../../flows/policy/guidance.ts';
import { ELEMENTS } from '../../flows/programme/elements.ts';
import { programme } from '../../flows/programme/register.ts';
import type { Asked, ElementEntry, ProgrammeState } from '../../flows/programme/shapes.ts';
import { guidance } from '../../src/config/guidance-file.ts';
import { anOrganisation, aPolicy, NOW } from './deal-builders.ts';

const citations = citationsOf(guidance);
const organisation = anOrganisation();
const LONG =
  'We looked at what we sell, and *to whom*; <!channel> [where](https://example.com) people could be harmed. ';
const TODAY = '2027-03-01';

const entry: ElementEntry = {
  version: 2,
  text: LONG.repeat(25),
  owner: 'rep-1',
  next: '2027-09-01',
  evidence: `https://intranet.example.com/${'folder-'.repeat(17)}`,
  who: 'chief-1',
  on: '2026-12-01',
  by: 'compliance-1',
  at: NOW,
};
const asked = (n: number): Asked => ({
  id: `asked-${n}`,
  who: `A rights group that ${LONG}`.slice(0, 200),
  kind: 'affected',
  on: `2027-01-${String((n % 28) + 1).padStart(2, '0')}`,
  about: LONG.repeat(8),
  ...(n % 3 === 0 ? {} : { came: LONG.repeat(8) }),
  by: 'compliance-1',
  at: NOW,
});

const SHOWN: ProgrammeShown = {
  training: { current: 12, expiring: 2, expired: 3, 'to take': 4, missing: 1 },
  policy: { name: 'Sample policy', version: '2026-11', questions: 60, flags: 20 },
  covered: { points: 70, without: ['H-RF9', 'S5', 'T7'] },
  years: [2027, 2026, 2025].map((year) => ({ year, decided: 12_345, conditions: 4321, declined: 17 })),
  conditions: { all: 40, overdue: 3 },
  watched: { countries: 12, inTime: 9 },
  channel: { address: 'https://voices.example.com/', reviewedOn: '2026-01-10', due: '2027-01-10' },
  reports: { last: { year: 2025, on: '2026-03-01' }, due: '2027-03-31' },
  conflicts: 12,
};

const FULL: ProgrammeState = {
  entries: Object.fromEntries(ELEMENTS.map((id) => [id, entry])),
  policy: {
    version: '3.1',
    approvedBy: 'The board of directors',
    approvedOn: '2026-12-01',
    hash: 'ab'.repeat(32),
    address: 'https://example.com/human-rights',
    instruments: ['Universal Declaration of Human Rights', 'UN Guiding Principles'],
    at: NOW,
  },
  asked: Array.from({ length: 20 }, (_, n) => asked(n)),
  reminded: {},
};

const WELL: ProgrammeShown = {
  ...SHOWN,
  training: { current: 12, expiring: 0, expired: 0, 'to take': 0, missing: 0 },
  covered: { points: 70, without: [] },
  channel: { ...SHOWN.channel, reviewedOn: '2027-01-10', due: '2028-01-10' },
  reports: { last: { year: 2026, on: '2027-02-01' } },
};

const conflict = (n: number): Conflict => ({
  id: `D-7K3QX${n}`,
  customer: 'Sample Networks <b>& Sons</b>',
  endUser: { name: 'Sample Ministry *of* Things', kind: 'government' },
  destination: 'NO',
  status: n % 2 ? 'decided' : 'answering',
  ...(n % 2 ? { decision: { outcome: 'approved with conditions', at: NOW, tier: 'high' } } : {}),
  ...(n % 2 ? { conditions: [{ id: 'c1', owner: 'rep-1', due: TODAY, state: 'accepted' }] } : {}),
  ...(n === 3 ? { holds: ['hold-1'], suspended: true } : {}),
  ownPart: n % 2 ? 'contribute' : 'cause',
});

const around = { organisation, today: TODAY };

export const everyProgrammeCard = (): (readonly [string, Card])[] => {
  const states = [
    ['full', FULL, SHOWN],
    ['well', { ...FULL, asked: FULL.asked.filter(({ came }) => came !== undefined) }, WELL],
    ['empty', programme.none, { ...SHOWN, training: undefined, channel: {}, reports: {}, years: [] }],
  ] as const;
  const of = (reader: string, stage: number) =>
    programmeFactCard({ fact: 'element due', reminder: { element: 'remedy', next: '2027-03-15', stage } }, FULL, {
      organisation,
      policy: aPolicy(),
      reader,
    });
  return [
    ...states.flatMap(([name, state, shown]) => {
      const all = programmeStanding(state, shown, around);
      return [
        [`programme, ${name}`, programmeCard(all, citations)] as const,
        ...all.map(
          (one) =>
            [`programme, ${name}, ${one.id}`, elementCard(one, { citations, year: 2026, asked: state.asked })] as const,
        ),
      ];
    }),
    ['who was asked', askedCard(FULL.asked, 1, citations)],
    ['who was asked, the last', askedCard(FULL.asked, 3, citations)],
    ['who was asked, nobody', askedCard([], 1, citations)],
    [
      'our own part',
      conflictsCard(
        Array.from({ length: 12 }, (_, n) => conflict(n)),
        1,
        citations,
      ),
    ],
    ['our own part, none', conflictsCard([], 1, citations)],
    ['element due, of its owner', of('rep-1', 1)],
    ['element late, of compliance', of('compliance-1', 2)],
  ];
};

export const everyProgrammeForm = (): (readonly [string, Form])[] => [
  ['programme, first words', sayElementForm({ id: 'remedy' })],
  ['programme, support', sayElementForm({ id: 'support', entry })],
  [
    'programme, meanwhile',
    sayElementForm(
      { id: 'remedy', entry, opened: 1 },
      { text: 'Mine is another.', person: 'rep-1', until: '2027-05-01' },
    ),
  ],
  ['who was asked', recordAskedForm({ products: [] })],
  [
    'who was asked, typed',
    recordAskedForm(anOrganisation(), {
      who: 'An embassy',
      kind: 'public',
      on: TODAY,
      text: 'How they see it',
      country: 'NO',
      product: 'analytics',
      note: 'Nothing',
    }),
  ],
  ['what came of it', whatCameForm(asked(1))],
  ['what came of it, gone', whatCameForm(undefined)],
];
