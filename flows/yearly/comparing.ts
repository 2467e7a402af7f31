/** Compares two years by what both publish, row by row: nothing of it was not public. Guidance: R1. */

import type { YearlyFigures } from './published.ts';

export interface ComparedRow {
  label: string;
  was: number;
  is: number;
}

export interface ComparedTable {
  title: string;
  rows: ComparedRow[];
}

interface Row {
  key: string;
  label: string;
  count: number | null;
}

const tablesOf = ({ tables, kinds, daysToDecision }: YearlyFigures): { id: string; title: string; rows: Row[] }[] => [
  ...tables.map(({ id, title, rows, total }) => ({
    id,
    title,
    rows: [
      { key: '', label: 'All', count: total },
      ...rows.map(({ cells, label, count }) => ({ key: cells.join('+'), label, count })),
    ],
  })),
  ...kinds.map(({ id, title, rows }) => ({
    id,
    title,
    rows: rows.map((row) => ({ key: row.id, label: row.label, count: row.count })),
  })),
  {
    id: 'days',
    title: daysToDecision.title,
    rows: [{ key: '', label: 'Median', count: daysToDecision.value }],
  },
];

/** Rows of the same cells alone: what stands together in one of the years is no number of its own there. */
export const comparedYears = (before: YearlyFigures, now: YearlyFigures): ComparedTable[] => {
  const had = new Map(tablesOf(before).flatMap(({ id, rows }) => rows.map((row) => [`${id}/${row.key}`, row.count])));
  return tablesOf(now).flatMap(({ id, title, rows }) => {
    const both = rows.flatMap(({ key, label, count: is }): ComparedRow[] => {
      const was = had.get(`${id}/${key}`) ?? null;
      return was === null || is === null ? [] : [{ label, was, is }];
    });
    return both.length > 0 ? [{ title, rows: both }] : [];
  });
};
