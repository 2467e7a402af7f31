/**
 * Whatever somebody else than its seller says in a deal for others, of a product, of a country or of somebody whom a later deal names: that
 * one is not out of scope by what compliance confirmed before, nor at once, and compliance reads the words; or there is a reason why not.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { RESTS_TABLE, restsIn } from '../support/rests-after-words-table.ts';
import {
  COLUMNS,
  endRestStarts,
  NOTES,
  restsAfter,
  restStarts,
  type RestStarts,
} from '../support/rests-after-words.ts';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';

const ROWS = Object.entries({
  ...NOTES,
  ...BY_TEAM,
  ...OF_DETAILS,
  ...BY_OFFICERS,
  ...BY_VOTERS,
  ...AFTER_SALE,
}).filter(([, row]) => row.of !== 'collects');

let starts: RestStarts;
beforeAll(async () => {
  starts = await restStarts();
});
afterAll(() => endRestStarts(starts));

it('has reasons for what is said alone', () => {
  const names = new Set(ROWS.map(([name]) => name));
  expect(Object.keys(RESTS_TABLE).filter((name) => !names.has(name))).toEqual([]);
});

it('serves the next deal where nothing is said', async () => {
  expect(await restsAfter(undefined, starts)).toEqual(Object.fromEntries(COLUMNS.map((column) => [column, 'stands'])));
});

it.each(ROWS)('%s', async (name, row) => {
  const found = await restsAfter(row, starts);
  const reasons = RESTS_TABLE[name] ?? [];
  expect(COLUMNS.map((column) => `${column}: ${found[column]}`)).toEqual(
    COLUMNS.map((column) => `${column}: ${restsIn(reasons, column)}`),
  );
});
