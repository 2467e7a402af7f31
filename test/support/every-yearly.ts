/** Every card and form of a yearly report, each as full as possible. */

import type { Card, Form } from '../../blocks/card.ts';
import { yearlyFactCard } from '../../blocks/cards/yearly-facts.ts';
import { yearCard } from '../../blocks/cards/yearly.ts';
import {
  answerYearForm,
  approveYearForm,
  askYearForm,
  publishYearForm,
  returnYearForm,
  yearComplaintsForm,
  yearWordsForm,
} from '../../blocks/forms/yearly.ts';
import type { PersonId } from '../../flows/ids.ts';
import { differencesIn } from '../../flows/yearly/differences.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type {
  SentYear,
  YearDraft,
  YearlyFact,
  YearlyState,
  YearQuestion,
  YearText,
  YearVoided,
} from '../../flows/yearly/register-shapes.ts';
import { yearly } from '../../flows/yearly/register.ts';
import { startingWords } from '../../flows/yearly/starting.ts';
import { anOrganisation, aPolicy, NOW } from './deal-builders.ts';
import { someComplaints, someFigures } from './yearly.ts';

const YEAR = 2026;
const LONG =
  'We looked at what we sell, and to whom; where people could be harmed, we asked more, and sold less. '.repeat(29);
const HASH = 'ab'.repeat(32);
const figures = someFigures(YEAR, 90);
const text: YearText = {
  words: {
    foreword: LONG,
    learned: LONG,
    change: '<!channel> *We* will ask [earlier](https://example.com) @everyone.',
  },
  mayName: ['Germany', 'Sample Chief Compliance'],
  version: 3,
  by: 'compliance-1',
  at: NOW,
  authors: { foreword: ['compliance-1'], learned: ['compliance-1'] },
};
const vote = { by: 'senior-1', for: 'chief-1', groups: ['chief'], at: NOW };
const sent: SentYear = { hash: HASH, figures, by: 'compliance-1', at: NOW, votes: [] };
const open: YearQuestion = {
  id: 'question-1',
  table: 'outcome',
  text: 'Why is half of it declined, *and* <@U0REP1> not?',
  by: 'counsel-1',
  at: NOW,
};
const answered: YearQuestion = {
  ...open,
  id: 'question-2',
  table: 'flags',
  answer: { text: 'Since the year was long, and we asked more. '.repeat(12), by: 'compliance-1', at: NOW },
};
const complaints: NonNullable<YearDraft['complaints']> = { lines: someComplaints(YEAR), by: 'compliance-1', at: NOW };
const counted: YearlyFigures = { ...figures, complaints: complaints.lines };
const differences = differencesIn(counted, someFigures(YEAR, 20));
const voided: YearVoided = {
  because: 'figures',
  differences,
  parts: [],
  voters: ['chief-1', 'senior-1'],
  at: NOW,
  by: 'counsel-1',
};
const reworded: YearVoided = {
  ...voided,
  because: 'words',
  differences: [],
  parts: ['foreword', 'mayName'],
  by: 'compliance-1',
};

const context = { organisation: anOrganisation(), policy: aPolicy() };
const withDraft = (draft: YearDraft): YearlyState => ({ ...yearly.none, drafts: { [YEAR]: draft } });
const shown = (state: YearlyState, reader: PersonId, of = context, counted = figures): Card =>
  yearCard({ year: YEAR, state, counted, context: of, today: { away: [], at: NOW }, reader });
const nobody = { ...context, policy: aPolicy({ yearlyReport: { approvers: 'none' as const } }) };
const approved = { ...sent, votes: [vote, { by: 'counsel-1', groups: ['counsel'], at: NOW }] };

export const everyYearlyCard = (): (readonly [string, Card])[] => {
  const full = withDraft({ text, sent, questions: [open, answered] });
  const fact = (of: YearlyFact, state: YearlyState = full, reader: PersonId = 'compliance-1'): Card =>
    yearlyFactCard(of, state, { ...context, reader });
  const year = YEAR;
  return [
    ['a report without words', shown(yearly.none, 'compliance-1')],
    ['a report without words, to the auditor', shown(yearly.none, 'auditor-1')],
    [
      'a report of a year that runs',
      shown(yearly.none, 'chief-1', context, { ...figures, countedAt: '2026-12-03T09:00:00.000Z' }),
    ],
    ['an empty report', shown(yearly.none, 'compliance-1', context, someFigures(YEAR, 0))],
    ['a report with words', shown(withDraft({ text, questions: [answered] }), 'compliance-1')],
    ['a report that was sent, to who wrote it', shown(full, 'compliance-1')],
    ['a report that was sent, to who asked', shown(full, 'counsel-1')],
    ['a report that was sent, to the chief', shown(withDraft({ text, sent, questions: [] }), 'chief-1')],
    ['a report that is counted otherwise', shown(full, 'chief-1', context, someFigures(YEAR, 20))],
    ['a report that everybody approved', shown(withDraft({ text, sent: approved, questions: [] }), 'compliance-1')],
    [
      'a report that nobody can approve',
      shown(withDraft({ text: { ...text, authors: { learned: ['chief-1'] } }, sent, questions: [] }), 'compliance-1'),
    ],
    [
      'a report with reports of misuse',
      shown(withDraft({ text, questions: [], complaints }), 'compliance-1', context, counted),
    ],
    [
      'approve a report with reports of misuse',
      shown(withDraft({ text, sent: { ...sent, figures: counted }, questions: [], complaints }), 'chief-1'),
    ],
    ['a report that was voided', shown(withDraft({ text, questions: [], voided }), 'compliance-1')],
    ['a report that was reworded', shown(withDraft({ text, questions: [], voided: reworded }), 'compliance-1')],
    [
      'a report that was sent back',
      shown(
        withDraft({
          text,
          questions: [],
          returned: { by: 'senior-1', for: 'chief-1', reason: LONG.slice(0, 600), at: NOW },
        }),
        'compliance-1',
      ),
    ],
    ['a report of the operator', shown(yearly.none, 'compliance-1', nobody)],
    [
      'a published report',
      shown(
        {
          ...yearly.none,
          years: { [YEAR]: { figures, at: NOW, by: 'compliance-1', words: text.words, votes: approved.votes } },
        },
        'compliance-1',
      ),
    ],
    ['report to approve', fact({ fact: 'report to approve', year }, full, 'chief-1')],
    ['report to approve, no more', fact({ fact: 'report to approve', year }, yearly.none, 'chief-1')],
    ['report approved by one', fact({ fact: 'report approved', year, by: 'senior-1', for: 'chief-1' })],
    [
      'report approved by all',
      fact({ fact: 'report approved', year, by: 'counsel-1' }, withDraft({ text, sent: approved, questions: [] })),
    ],
    [
      'report approved by all, with a question',
      fact({ fact: 'report approved', year, by: 'counsel-1' }, withDraft({ text, sent: approved, questions: [open] })),
    ],
    ['report returned', fact({ fact: 'report returned', year, by: 'chief-1', reason: 'It says too little.' })],
    ['report changed', fact({ fact: 'report changed', year, voided })],
    ['report changed, to who voted', fact({ fact: 'report changed', year, voided: reworded }, full, 'senior-1')],
    ['report asked', fact({ fact: 'report asked', year, question: open })],
    ['report answered', fact({ fact: 'report answered', year, question: answered }, full, 'counsel-1')],
    ['report question taken back', fact({ fact: 'report question taken back', year, question: open })],
    ['report published', fact({ fact: 'report published', year, by: 'compliance-1' }, full, 'chief-1')],
    ['report due', fact({ fact: 'report due', reminder: { year, due: '2027-03-31', stage: 2, late: false } })],
    [
      'report late',
      fact({ fact: 'report due', reminder: { year, due: '2027-03-31', stage: 5, late: true } }, full, 'chief-1'),
    ],
  ];
};

export const everyYearlyForm = (): (readonly [string, Form])[] => {
  const draft: YearDraft = { text, sent, questions: [open, answered] };
  const starting = startingWords(figures);
  return [
    ['words of a report', yearWordsForm({ year: YEAR, starting })],
    ['words of a report, changed', yearWordsForm({ year: YEAR, text, starting, sent })],
    [
      'words of a report, changed meanwhile',
      yearWordsForm({ year: YEAR, text, starting, opened: 1 }, { foreword: 'Mine.', mayName: 'Germany' }),
    ],
    ['reports of misuse', yearComplaintsForm(YEAR, {})],
    ['reports of misuse, again', yearComplaintsForm(YEAR, { complaints, sent }, { text: 'Found credible: many' })],
    ['approve a report', approveYearForm(YEAR, draft, HASH)],
    ['approve a report, ticked', approveYearForm(YEAR, draft, HASH, { sure: ['sure'] })],
    ['approve a report that changed', approveYearForm(YEAR, draft, 'other')],
    ['send a report back', returnYearForm(YEAR, draft, HASH, { reason: 'It says too little.' })],
    ['send a report back that changed', returnYearForm(YEAR, draft, 'other')],
    ['ask about a figure', askYearForm(YEAR, draft, HASH, { table: 'outcome', text: 'Why so many?' })],
    ['ask about a figure that changed', askYearForm(YEAR, draft, 'other')],
    ['answer about a figure', answerYearForm(YEAR, draft, open, { text: 'Because of that.' })],
    ['answer what was answered', answerYearForm(YEAR, draft, answered)],
    ['publish a report', publishYearForm(YEAR, { ...draft, sent: approved }, HASH)],
    ['publish a report that changed', publishYearForm(YEAR, draft, 'other')],
  ];
};
