/** Everything that this version knows of the stored register of yearly reports. A new event or member goes in here too. */

import type { PublishedComplaints } from '../yearly/complaints.ts';
import type { YearDifference } from '../yearly/differences.ts';
import type { PublishedKinds, PublishedTable, YearlyFigures } from '../yearly/published.ts';
import type { YearlyEvent, YearlyState, YearQuestion, YearText, YearVote } from '../yearly/register-shapes.ts';
import type { Known, Members, Shape } from './shape.ts';

const said = { id: true, title: true, unit: true, definition: true, guidance: true, total: true } as const;
const table: Members<PublishedTable> = { ...said, rows: { has: { cells: true, label: true, count: true } } };
const kinds: Members<PublishedKinds> = { ...said, rows: { has: { id: true, label: true, count: true } } };
const number = { has: { title: true, definition: true, value: true } } as const;

const complaints: Members<PublishedComplaints> = {
  title: true,
  definition: true,
  guidance: true,
  rows: {
    has: {
      id: { oneOf: { closed: true, credible: true, substantiated: true, remedied: true, reopened: true } },
      label: true,
      range: true,
    },
  },
  days: { has: { id: { oneOf: { acknowledged: true, answered: true } }, label: true, value: true } },
};

const figures: Members<YearlyFigures> = {
  year: true,
  countedAt: true,
  organisation: true,
  least: true,
  tables: { has: table },
  kinds: { has: kinds },
  daysToDecision: number,
  complaints: { has: complaints },
  policyChanges: number,
};

const words = { has: { foreword: true, learned: true, change: true } } as const;
const authors: Shape<YearText['authors']> = { has: { foreword: true, learned: true, change: true, mayName: true } };
const vote: Members<YearVote> = { by: true, for: true, groups: true, at: true };
const difference: Members<YearDifference> = {
  table: true,
  row: true,
  was: true,
  is: true,
  wasSaid: true,
  isSaid: true,
};
const parts = { oneOf: { foreword: true, learned: true, change: true, mayName: true } } as const;
const because = { oneOf: { figures: true, words: true } } as const;
const voided = { because, differences: { has: difference }, parts, voters: true } as const;
const question: Members<YearQuestion> = {
  id: true,
  table: true,
  text: true,
  by: true,
  at: true,
  answer: { has: { text: true, by: true, at: true } },
};
const published = { figures: { has: figures }, words, hash: true, votes: { has: vote } } as const;

export const knownYearly: Known<YearlyState, YearlyEvent> = {
  format: 2,
  state: {
    has: {
      years: { each: { has: { ...published, at: true, by: true } } },
      drafts: {
        each: {
          has: {
            text: { has: { words, mayName: true, version: true, by: true, at: true, authors } },
            sent: { has: { hash: true, figures: { has: figures }, by: true, at: true, votes: { has: vote } } },
            questions: { has: question },
            complaints: { has: { lines: { has: complaints }, by: true, at: true } },
            voided: { has: { ...voided, at: true, by: true } },
            returned: { has: { by: true, for: true, reason: true, at: true } },
          },
        },
      },
      reminded: { each: true },
    },
  },
  events: {
    YearPublished: { ...published, mayName: true },
    YearWordsSaved: { year: true, words, mayName: true, version: true, authors },
    YearComplaintsSaved: { year: true, complaints: { has: complaints } },
    YearSent: {
      year: true,
      hash: true,
      figures: { has: figures },
      told: true,
      returned: { has: { by: true, for: true, reason: true, at: true } },
    },
    YearApproved: { year: true, hash: true, for: true, groups: true },
    YearReturned: { year: true, hash: true, reason: true, for: true, voters: true },
    YearVotesVoided: { year: true, hash: true, ...voided },
    YearAsked: { year: true, question: true, table: true, text: true, hash: true },
    YearAnswered: { year: true, question: true, text: true },
    YearQuestionTakenBack: { year: true, question: true },
    YearReminded: { year: true, due: true, stage: true, late: true, first: true },
  },
};
