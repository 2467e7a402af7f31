/**
 * Whatever somebody else than the rep says of a deal in words stands, in their name, on each form that an officer can press after
 * that, or there is a reason why not.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { bothStarts, endStarts, type Starts } from '../support/said-matrix-play.ts';
import { cellOf } from '../support/said-matrix-reasons.ts';
import { TABLE_AFTER } from '../support/said-matrix-table-after.ts';
import { TABLE_BEFORE } from '../support/said-matrix-table-before.ts';
import { TABLE_OF_TEAM } from '../support/said-matrix-table-team.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';
import { COLUMNS, playedRow } from '../support/said-matrix.ts';

const ROWS = { ...BY_TEAM, ...OF_DETAILS, ...BY_OFFICERS, ...BY_VOTERS, ...AFTER_SALE };
const TABLE = { ...TABLE_OF_TEAM, ...TABLE_BEFORE, ...TABLE_AFTER };

let starts: Starts;
beforeAll(async () => {
  starts = await bothStarts();
});
afterAll(async () => {
  await endStarts(starts);
});

it('has a line for each thing that can be said', () => {
  expect(Object.keys(TABLE).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

it.each(Object.entries(ROWS))('%s', async (name, row) => {
  const { cells, pages } = await playedRow(row, starts);
  const reasons = TABLE[name] ?? [];
  const expected = COLUMNS.map((column) => `${column}: ${cellOf(reasons, column)}`);
  const found = COLUMNS.map((column) => `${column}: ${cells[column] ?? 'n/a'}`);
  const other = COLUMNS.filter((_, n) => found[n] !== expected[n]);
  expect(found, other.map((column) => `${column}\n${pages[column]}`).join('\n\n')).toEqual(expected);
});
