/** A yearly report as the parts of a PDF: the same words and figures as the page. */

import { complaintLines } from '../../flows/yearly/complaints.ts';
import type { PublishedKinds, PublishedTable } from '../../flows/yearly/published.ts';
import { EMPTY_YEAR, isEmptyYear, notPublished } from '../../flows/yearly/sentences.ts';
import type { WordPart } from '../../flows/yearly/words.ts';
import {
  COMPARED,
  comparedTitle,
  headingOf,
  MAPPING,
  PART_TITLES,
  protectionLine,
  statusLines,
  type YearlyReport,
} from '../yearly/report.ts';
import { heading, line, paragraph, table, type DossierPart } from './parts.ts';

const paragraphsIn = (text: string): DossierPart[] =>
  text
    .split(/\n\s*\n/u)
    .filter((part) => part.trim() !== '')
    .map((part) => paragraph(part.trim().replaceAll(/\s*\n\s*/gu, ' ')));

const figuresIn = (
  { title, definition, guidance, unit, total }: Omit<PublishedTable, 'rows'>,
  rows: readonly (readonly string[])[],
  least: number,
): DossierPart[] => [
  heading(2, title),
  paragraph(`${definition} Guidance: ${guidance.join(', ')}.`),
  total === null ? paragraph(notPublished(least)) : table([['Group', `Number of ${unit}`], ...rows]),
];

const tableRows = ({ rows, total }: PublishedTable): string[][] => [
  ...rows.map(({ label, count }) => [label, String(count)]),
  ['All', String(total)],
];
const kindRows = ({ rows }: PublishedKinds): string[][] =>
  rows.map(({ label, count }) => [label, count === null ? 'not published' : String(count)]);

export const yearlyParts = (report: YearlyReport): DossierPart[] => {
  const { figures, words, sentences, compared, standards, notAnswered } = report;
  const { tables, kinds, daysToDecision: days, policyChanges, complaints, least } = figures;
  const part = (of: WordPart): DossierPart[] =>
    words[of] === undefined ? [] : [heading(2, PART_TITLES[of]), ...paragraphsIn(words[of])];
  return [
    heading(1, headingOf(figures)),
    ...statusLines(report).map(paragraph),
    ...part('foreword'),
    heading(2, 'In short'),
    ...(isEmptyYear(figures) ? [paragraph(EMPTY_YEAR)] : sentences.map(line)),
    heading(2, 'How these figures protect people'),
    paragraph(protectionLine(figures)),
    ...tables.flatMap((one) => figuresIn(one, tableRows(one), least)),
    ...kinds.flatMap((one) => figuresIn(one, kindRows(one), least)),
    heading(2, days.title),
    paragraph(days.definition),
    paragraph(days.value === null ? notPublished(least) : `${days.value} ${days.value === 1 ? 'day' : 'days'}`),
    heading(2, policyChanges.title),
    paragraph(policyChanges.definition),
    paragraph(String(policyChanges.value)),
    ...(complaints
      ? [
          heading(2, complaints.title),
          paragraph(`${complaints.definition} Guidance: ${complaints.guidance.join(', ')}.`),
          table([['What', 'Range, or days'], ...complaintLines(complaints).map(({ label, said }) => [label, said])]),
        ]
      : []),
    ...(compared
      ? [
          heading(2, comparedTitle(compared)),
          paragraph(COMPARED),
          table([
            ['Table', 'Group', String(compared.with), String(figures.year)],
            ...compared.tables.flatMap(({ title, rows }) =>
              rows.map(({ label, was, is }) => [title, label, String(was), String(is)]),
            ),
          ]),
        ]
      : []),
    ...part('learned'),
    ...part('change'),
    heading(2, 'Where this answers what others ask'),
    paragraph(MAPPING),
    table([
      ['Part', 'Guidance', 'UNGP Reporting Framework', 'GRI', 'ESRS'],
      ...standards.map(({ says, guidance, ungp, gri, esrs }) => [says, guidance, ungp, gri, esrs]),
    ]),
    paragraph('Not answered here:'),
    ...notAnswered.map(line),
  ];
};
