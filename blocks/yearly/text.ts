/** A yearly report as plain text, with the same words and figures as the page. */

import { complaintLines } from '../../flows/yearly/complaints.ts';
import type { PublishedKinds, PublishedTable } from '../../flows/yearly/published.ts';
import { EMPTY_YEAR, isEmptyYear, notPublished } from '../../flows/yearly/sentences.ts';
import type { WordPart } from '../../flows/yearly/words.ts';
import { plainLine } from '../text.ts';
import {
  COMPARED,
  comparedTitle,
  fileOf,
  headingOf,
  PART_TITLES,
  protectionLine,
  statusLines,
  type YearlyReport,
} from './report.ts';

const underlined = (title: string): string[] => ['', title, '-'.repeat(title.length)];

const rowsOf = ({ rows, total, unit }: PublishedTable): string[] => [
  ...rows.map(({ label, count }) => `  ${label}: ${count}`),
  `  All: ${total} (${unit})`,
];

const kindsOf = ({ rows }: PublishedKinds): string[] =>
  rows.map(({ label, count }) => `  ${label}: ${count ?? 'not published'}`);

/** Returns the lines, with what people wrote as it is but for control characters. */
export const yearlyText = (report: YearlyReport): string => {
  const { figures, words, sentences, compared, standards, notAnswered } = report;
  const { tables, kinds, daysToDecision: days, policyChanges, complaints, least } = figures;
  const part = (of: WordPart): string[] =>
    words[of] === undefined ? [] : [...underlined(PART_TITLES[of]), ...words[of].trim().split('\n').map(plainLine)];
  const nothing = `  ${notPublished(least)}`;
  const lines = [
    headingOf(figures),
    '='.repeat(headingOf(figures).length),
    ...statusLines(report),
    ...part('foreword'),
    ...underlined('In short'),
    ...(isEmptyYear(figures) ? [EMPTY_YEAR] : sentences.map((line) => `- ${line}`)),
    ...underlined('How these figures protect people'),
    protectionLine(figures),
    ...tables.flatMap((table) => [
      ...underlined(table.title),
      table.definition,
      ...(table.total === null ? [nothing] : rowsOf(table)),
    ]),
    ...kinds.flatMap((each) => [
      ...underlined(each.title),
      each.definition,
      ...(each.total === null ? [nothing] : kindsOf(each)),
    ]),
    ...underlined(days.title),
    days.definition,
    days.value === null ? nothing : `  ${days.value}`,
    ...underlined(policyChanges.title),
    policyChanges.definition,
    `  ${policyChanges.value}`,
    ...(complaints
      ? [
          ...underlined(complaints.title),
          complaints.definition,
          ...complaintLines(complaints).map(({ label, said }) => `  ${label}: ${said}`),
        ]
      : []),
    ...(compared
      ? [
          ...underlined(comparedTitle(compared)),
          COMPARED,
          ...compared.tables.flatMap(({ title, rows }) => [
            title,
            ...rows.map(({ label, was, is }) => `  ${label}: ${is}, was ${was}`),
          ]),
        ]
      : []),
    ...part('learned'),
    ...part('change'),
    ...underlined('Where this answers what others ask (our own mapping)'),
    ...standards.map(
      ({ says, guidance, ungp, gri, esrs }) =>
        `- ${says}: Guidance ${guidance}; UNGP Reporting Framework ${ungp}; GRI ${gri}; ESRS ${esrs}`,
    ),
    'Not answered here:',
    ...notAnswered.map((line) => `- ${line}`),
    '',
    `The same figures for machines: ${fileOf(report)}.json, described by report.schema.json.`,
  ];
  return `${lines.map((line) => (line === '' ? '' : `${line.startsWith('  ') ? '  ' : ''}${plainLine(line)}`)).join('\n')}\n`;
};
