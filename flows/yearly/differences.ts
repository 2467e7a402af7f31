/** What differs between two counts of a year, a row each. For those in the company who may see both: a difference tells. */

import { canonical } from '../canonical.ts';
import { complaintLines } from './complaints.ts';
import type { YearlyFigures } from './published.ts';

export interface YearDifference {
  /** The table's title. */
  table: string;
  /** The row's label. */
  row: string;
  /** Null: not published; absent: there was no such row, as its cells stood in others. */
  was?: number | null | undefined;
  is?: number | null | undefined;
  /** Of a row that is a range, in words. */
  wasSaid?: string | undefined;
  isSaid?: string | undefined;
}

interface Row {
  table: string;
  row: string;
  count: number | null;
}

const rowsOf = ({ tables, kinds, daysToDecision, policyChanges }: YearlyFigures): Map<string, Row> => {
  const all: [string, Row][] = [
    ...tables.flatMap(({ id, title, rows, total }): [string, Row][] => [
      ...rows.map(({ cells, label, count }): [string, Row] => [
        `${id}/${cells.join('+')}`,
        { table: title, row: label, count },
      ]),
      [`${id}/`, { table: title, row: 'All', count: total }],
    ]),
    ...kinds.flatMap(({ id, title, rows, total }): [string, Row][] => [
      ...rows.map((row): [string, Row] => [`${id}/${row.id}`, { table: title, row: row.label, count: row.count }]),
      [`${id}/`, { table: title, row: 'All', count: total }],
    ]),
    ['days/', { table: daysToDecision.title, row: 'Median', count: daysToDecision.value }],
    ['changes/', { table: policyChanges.title, row: 'All', count: policyChanges.value }],
  ];
  return new Map(all);
};

/** Texts count too: a renamed category is another report. When it was counted does not. */
export const sameFigures = (one: YearlyFigures, other: YearlyFigures): boolean =>
  canonical({ ...one, countedAt: '' }) === canonical({ ...other, countedAt: '' });

/** Ranges of reports of misuse that are others now. */
const saidDifferences = (
  { complaints: before }: YearlyFigures,
  { complaints: now }: YearlyFigures,
): YearDifference[] => {
  const [had, has] = [before, now].map(
    (one) => new Map((one ? complaintLines(one) : []).map((l) => [l.label, l.said])),
  );
  const table = (now ?? before)?.title ?? '';
  return [...new Set([...(had?.keys() ?? []), ...(has?.keys() ?? [])])].flatMap((row): YearDifference[] => {
    const [wasSaid, isSaid] = [had?.get(row), has?.get(row)];
    if (wasSaid === isSaid) return [];
    return [{ table, row, ...(wasSaid === undefined ? {} : { wasSaid }), ...(isSaid === undefined ? {} : { isSaid }) }];
  });
};

/** Empty where only texts differ. */
export const differencesIn = (before: YearlyFigures, now: YearlyFigures): YearDifference[] => {
  const [had, has] = [rowsOf(before), rowsOf(now)];
  const numbers = [...new Set([...had.keys(), ...has.keys()])].flatMap((key): YearDifference[] => {
    const [was, is] = [had.get(key), has.get(key)];
    if (was && is && was.count === is.count) return [];
    const { table, row } = is ?? was ?? { table: '', row: '' };
    return [{ table, row, ...(was ? { was: was.count } : {}), ...(is ? { is: is.count } : {}) }];
  });
  return [...numbers, ...saidDifferences(before, now)];
};
