/** The rep who swaps the line under a whole section a few times, so that what a colleague named there is far down a list. */

import { expect, it } from 'vitest';
import { saidBefore } from '../../../blocks/cards/said-before.ts';
import type { PastWords } from '../../../flows/deal/said-shapes.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';
import { plainText } from './plain.ts';

const SECTIONS = { product: ['P1', 'P2', 'P4'], record: ['H-RF1', 'H-RF3', 'H-RF5'] };
const BAD = 'Their buyer boasted of torture with it, 2026, https://reports.example.org/a';

const day = (n: number): string => `2027-03-0${n}T09:00:00.000Z`;
/** One press: the line stood under each answer of the section. */
const swapped = (section: keyof typeof SECTIONS, source: string, n: number): PastWords[] =>
  SECTIONS[section].map((question) => ({
    question,
    sources: [source],
    by: 'product-1',
    at: day(n),
    until: day(n + 1),
    changedBy: 'rep-1',
  }));

it('are one line for each person, with the last ones in it', () => {
  const reworded = [
    ...swapped('record', 'State Department, 2024, https://reports.example.org/b', 1),
    ...swapped('product', 'State Department, 2025, https://reports.example.org/c', 2),
    ...swapped('record', 'State Department, 2026, https://reports.example.org/d', 3),
    ...swapped('product', BAD, 4),
  ];
  const lines = saidBefore(aView(aDeal({ team: ['rep-1', 'product-1'], reworded }))).map(plainText);
  expect(lines.filter((line) => line.includes('A source of'))).toHaveLength(1);
  expect(lines[0]).toContain(BAD);
  expect(lines[0]).toMatch(/To “How available is it\?” and 5 more questions/);
  // What has no room there stands in short.
  const more = [
    ...reworded,
    ...swapped('record', 'Sample wire, 2026', 5),
    ...swapped('product', 'Sample daily, 2026', 6),
  ];
  const all = saidBefore(aView(aDeal({ team: ['rep-1', 'product-1'], reworded: more }))).map(plainText);
  expect(all.slice(0, 2).join(' ')).toContain('Their buyer boasted of torture');
});
