/**
 * A form that was opened before somebody else than the rep said something in words does not count when it is pressed after that: it
 * comes back with the words, or is refused, or there is a reason why not.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ELSEWHERE, lateCellOf, LATE_TABLE } from '../support/late-words-table.ts';
import { LATE, pressedAtOnce, pressedElsewhere, pressedLate } from '../support/late-words.ts';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { aPair, bothStarts, endStarts, type Pair, type Starts } from '../support/said-matrix-play.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';

const ROWS = { ...BY_TEAM, ...OF_DETAILS, ...BY_OFFICERS, ...BY_VOTERS, ...AFTER_SALE };

let starts: Starts;
let pair: Pair;
beforeAll(async () => {
  starts = await bothStarts();
  pair = await aPair();
});
afterAll(async () => {
  await pair.end();
  await endStarts(starts);
});

it('has a line for each thing that can be said', () => {
  expect(Object.keys(LATE_TABLE).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

it.each(LATE)('counts where nothing was said: %s', async (column) => {
  expect(await pressedAtOnce(column, starts)).toBe('counts');
});

// An exception is confirmed on the form of gaps.
it.each(LATE.filter((column) => column !== 'exception'))('written in another deal: %s', async (column) => {
  expect(await pressedElsewhere(column, pair)).toBe(lateCellOf(ELSEWHERE, column));
});

it.each(Object.entries(ROWS))('%s', async (name, row) => {
  const found = await pressedLate(row, starts);
  const reasons = LATE_TABLE[name] ?? [];
  const cells = LATE.map((column) => `${column}: ${found[column] ?? 'n/a'}`);
  expect(cells).toEqual(LATE.map((column) => `${column}: ${lateCellOf(reasons, column)}`));
});
