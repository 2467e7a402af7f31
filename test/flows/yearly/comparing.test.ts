/** Two years compared: by what both publish, and by nothing else. */

import { expect, it } from 'vitest';
import { comparedYears } from '../../../flows/yearly/comparing.ts';
import { someFigures } from '../../support/yearly.ts';

it('says what was and is, by rows of the same cells', () => {
  const compared = comparedYears(someFigures(2025, 30), someFigures(2026, 40));
  const decisions = compared.find(({ title }) => title === 'Decisions');
  expect(decisions?.rows[0]).toEqual({ label: 'All', was: 30, is: 40 });
});

it('says nothing of a row that one of the years does not publish', () => {
  const few = someFigures(2025, 3);
  expect(comparedYears(few, someFigures(2026, 40))).toEqual([]);
  expect(comparedYears(someFigures(2025, 40), few)).toEqual([]);
  const now = someFigures(2026, 40);
  const [first, ...rest] = now.tables;
  const together = { ...first!, rows: [{ cells: first!.rows.flatMap(({ cells }) => cells), label: 'x', count: 40 }] };
  const rows = comparedYears({ ...now, tables: [together, ...rest] }, now)[0]?.rows;
  expect(rows).toEqual([{ label: 'All', was: 40, is: 40 }]);
});
