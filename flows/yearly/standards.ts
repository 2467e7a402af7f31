/** Where each part of a yearly report answers what others ask companies to report. The mapping is our own reading of them. */

import { ASKED_TABLE, type YearlyFigures } from './published.ts';

export interface Standard {
  /** Ids of the parts of the report, as on the page. */
  parts: readonly string[];
  /** What the parts say, in words. */
  says: string;
  /** Items of the Guidance. */
  guidance: string;
  /** Questions of the UN Guiding Principles Reporting Framework. */
  ungp: string;
  /** GRI 2: General Disclosures 2021. */
  gri: string;
  /** ESRS S4: Consumers and end-users, as adopted in 2023. */
  esrs: string;
}

const STANDARDS: readonly Standard[] = [
  {
    parts: ['outcome', 'tier', 'category', 'region'],
    says: 'Deals reviewed, and how they were decided',
    guidance: 'R1',
    ungp: 'C3, C4',
    gri: '2-23',
    esrs: 'S4-4',
  },
  { parts: ['flags'], says: 'Risks that were found', guidance: 'R1', ungp: 'B1, C3', gri: '2-23', esrs: 'S4 SBM-3' },
  {
    parts: ['conditions', 'again'],
    says: 'Safeguards, and whether they were kept; looking again',
    guidance: 'R1',
    ungp: 'C4, C5',
    gri: '2-25',
    esrs: 'S4-4',
  },
  {
    parts: ['holds', 'ended'],
    says: 'What was stopped after a sale',
    guidance: 'R1, R2',
    ungp: 'C4, C6',
    gri: '2-25',
    esrs: 'S4-3',
  },
  {
    parts: ['training', 'policy-changes'],
    says: 'Training and changes of the policy',
    guidance: 'R1',
    ungp: 'A1, A2',
    gri: '2-23, 2-24',
    esrs: 'S4-1',
  },
  {
    parts: [ASKED_TABLE],
    says: 'Who was asked outside the company, and how often',
    guidance: 'R1',
    ungp: 'C2',
    gri: '2-29',
    esrs: 'S4-2',
  },
  {
    parts: ['learned', 'change'],
    says: 'What we learned and will change',
    guidance: 'R1',
    ungp: 'A2.5, C5',
    gri: '2-25',
    esrs: 'S4-4, S4-5',
  },
];

const COMPLAINTS: Standard = {
  parts: ['complaints'],
  says: 'Reports of misuse, and what came of them',
  guidance: 'R2',
  ungp: 'C6',
  gri: '2-25',
  esrs: 'S4-3',
};

type Told = Pick<YearlyFigures, 'complaints' | 'tables'>;

/** A report that was published before there was a table speaks to nothing by it. */
export const standardsOf = ({ complaints, tables }: Told): readonly Standard[] =>
  [...STANDARDS, ...(complaints ? [COMPLAINTS] : [])].filter(
    ({ parts }) => !parts.includes(ASKED_TABLE) || tables.some(({ id }) => id === ASKED_TABLE),
  );

/** What a report does not answer. `policy`: the human-rights policy stands beside it. */
export const notAnswered = ({ complaints }: Pick<Told, 'complaints'>, policy: boolean): string[] => [
  ...(complaints
    ? []
    : [
        'R2: complaints, incidents and what came of them. This report counts holds alone, whatever began them; it has no figures of reports of misuse.',
      ]),
  ...(policy ? [] : ['R3: the human-rights policy is published by itself, not in this report.']),
  'R4: where the report is published is for the company to see to.',
  'GRI 2-26 and ESRS S4-2, S4-3: how people seek advice, are asked and can complain is not described here.',
];
