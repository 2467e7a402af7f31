/**
 * What somebody says in a register against a country, a product or an end-user stands, in their name, on each form on which somebody
 * else goes over it, and on those of the deals that it is about; a form that was opened before comes back. Or there is a reason why not.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { aDesk, type Desk } from '../support/register-words-play.ts';
import {
  OF_COUNTRIES,
  OF_GAPS,
  OF_HOLDS,
  OF_LAWS,
  OF_PROGRAMME,
  OF_SCOPES,
  OF_SHEETS,
} from '../support/register-words-rows.ts';
import { registerCellOf, TABLE } from '../support/register-words-table.ts';
import { playedRow, pressedLate, type Column, type Late } from '../support/register-words.ts';

const ROWS = { ...OF_LAWS, ...OF_GAPS, ...OF_SCOPES, ...OF_SHEETS, ...OF_COUNTRIES, ...OF_HOLDS, ...OF_PROGRAMME };

let start: Desk;
beforeAll(async () => {
  start = await aDesk();
});
afterAll(() => start.end());

it('has a line for each thing that can be said', () => {
  expect(Object.keys(TABLE).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

it.each(Object.entries(ROWS))('%s', async (name, row) => {
  const { cells, pages } = await playedRow(row, start);
  const found: Record<string, string> = { ...cells, ...(await pressedLate(row, start)) };
  const expected = Object.fromEntries(
    Object.keys(found).map((column) => [column, registerCellOf(name, column as Column | Late)]),
  );
  const other = Object.keys(found).filter((column) => found[column] !== expected[column]);
  expect(found, other.map((column) => `${column}\n${pages[column as Column] ?? ''}`).join('\n\n')).toEqual(expected);
});
