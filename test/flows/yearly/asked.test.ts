/** Who was asked outside the company, as a figure: by kinds, in the year, and never so few that it could tell of one of them. */

import { expect, it } from 'vitest';
import { yearOf } from '../../../flows/yearly/deal-year.ts';
import { countYear } from '../../../flows/yearly/figures.ts';
import { ASKED_TABLE } from '../../../flows/yearly/published.ts';
import type { AskedInYear } from '../../../flows/yearly/record-shapes.ts';
import { sentencesOf } from '../../../flows/yearly/sentences.ts';
import { standardsOf } from '../../../flows/yearly/standards.ts';
import { CATALOGUE, firm, recordOf, someFigures } from '../../support/yearly.ts';

const asked = (kind: AskedInYear['kind'], many: number, { from = 0, of = 10, on = '2026-04-04' } = {}) =>
  Array.from({ length: many }, (_, n): AskedInYear => ({ id: `${kind}-${from}-${n}`, who: firm(n % of), kind, on }));
const figuresOf = (all: readonly AskedInYear[]) =>
  countYear(recordOf({ said: [], holds: [], asked: all }), {
    year: yearOf(2026),
    least: 5,
    countedAt: '2027-02-01T09:00:00.000Z',
    organisation: { name: 'Sample Company', products: CATALOGUE },
  }).figures;
const tableOf = (all: readonly AskedInYear[]) => figuresOf(all).tables.find(({ id }) => id === ASKED_TABLE);

it('counts those of the year alone, and puts small kinds together with others', () => {
  const table = tableOf([
    ...asked('rights', 12),
    ...asked('public', 7),
    ...asked('affected', 1),
    ...asked('rights', 9, { from: 1, on: '2025-12-31' }),
  ]);
  expect(table?.total).toBe(20);
  expect(table?.rows.map(({ cells, count }) => [cells.join('+'), count])).toEqual([
    ['rights', 12],
    ['affected+public+workers+other', 8],
  ]);
  expect(sentencesOf(figuresOf(asked('rights', 12)))[0]).toContain('Who was asked outside the company: 12 times.');
});

it('publishes nothing where few were asked, or the same one again and again', () => {
  expect(tableOf([])).toMatchObject({ total: null, rows: [] });
  expect(tableOf(asked('rights', 4))?.total).toBeNull();
  // One group, asked every week, and two others: without it nearly nobody is left.
  expect(tableOf([...asked('rights', 50, { of: 1 }), ...asked('public', 2)])?.total).toBeNull();
});

it('is spoken of by the mapping where the report has it, and not of reports from before', () => {
  const figures = someFigures(2026);
  const before = { ...figures, tables: figures.tables.filter(({ id }) => id !== ASKED_TABLE) };
  const says = (of: typeof figures): boolean => standardsOf(of).some(({ parts }) => parts.includes(ASKED_TABLE));
  expect([says(figures), says(before)]).toEqual([true, false]);
});
