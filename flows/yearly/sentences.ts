/** Sentences that the published figures say, for people to start from. Nothing else is looked at. */

import { complaintLines, NOT_RECOUNTED, type PublishedComplaints } from './complaints.ts';
import type { PublishedTable, YearlyFigures } from './published.ts';

const PLURALS: Readonly<Record<string, [one: string, many: string]>> = {
  deals: ['deal', 'deals'],
  conditions: ['condition', 'conditions'],
  holds: ['hold', 'holds'],
  people: ['person', 'people'],
  times: ['time', 'times'],
};

/** `1 deal`, `12 deals`, by a table's unit. */
export const countedWord = (count: number, unit: string): string =>
  `${count} ${PLURALS[unit]?.[count === 1 ? 0 : 1] ?? unit}`;

/** Says why nothing stands there. */
export const notPublished = (least: number): string =>
  `Not published: none, or so few that it could tell of single deals or customers (fewer than ${least} without those of any one customer or end-user).`;

const sentenceOf = ({ title, total, rows, unit }: PublishedTable): string[] => {
  if (total === null) return [];
  const parts = rows.map(({ label, count }) => `${label}: ${count}`);
  return [`${title}: ${countedWord(total, unit)}. ${parts.join(', ')}.`];
};

const complaintsSentence = (complaints: PublishedComplaints): string => {
  const parts = complaintLines(complaints).map(({ label, said }) => `${label}: ${said}`);
  return `${complaints.title}: ${parts.join('; ')}. ${NOT_RECOUNTED}`;
};

/** One sentence for each table of which something is published, and for what stands beside them. */
export const sentencesOf = ({ year, tables, daysToDecision, policyChanges, complaints }: YearlyFigures): string[] => {
  const { value: days } = daysToDecision;
  const { value: changes } = policyChanges;
  return [
    ...tables.flatMap(sentenceOf),
    ...(days === null ? [] : [`Half of the decisions took ${days === 1 ? 'a day' : `${days} days`} or less.`]),
    changes === 0
      ? `The policy was not changed in ${year}.`
      : `A changed policy was taken into use ${changes === 1 ? 'once' : `${changes} times`} in ${year}.`,
    ...(complaints ? [complaintsSentence(complaints)] : []),
  ];
};

/** Tells whether the year has nothing that may be published of its deals. */
export const isEmptyYear = ({ tables, kinds }: YearlyFigures): boolean =>
  [...tables, ...kinds].every(({ total }) => total === null);

export const EMPTY_YEAR =
  'Nothing of the deals of this year is published: there were none, or so few that a number could tell of one of them.';
