/**
 * Whatever somebody else than the rep says of a deal is read by whoever decides the next one for the same sale, or there is a reason
 * why not. `CLEARTHREAD_RUNS=2` asks it anew in all ways.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ANEW, askedAnew, PAGES, sales, type Anew, type Sales } from '../support/asked-anew.ts';
import { runs } from '../support/runs.ts';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';

const ROWS = { ...BY_TEAM, ...OF_DETAILS, ...BY_OFFICERS, ...BY_VOTERS, ...AFTER_SALE };
const WAYS = (Object.keys(ANEW) as Anew[]).slice(0, runs(1) > 1 ? undefined : 1);

/** What is not read there, and why. */
const NOT_READ: Readonly<Record<string, readonly [why: string, ...not: (typeof PAGES)[number][]]>> = {
  'laws noted': ['it speaks for the deal', 'gaps'],
};

let from: Sales;
beforeAll(async () => {
  from = await sales();
});
afterAll(async () => {
  for (const { opened, deciding, approved } of Object.values(from))
    for (const sale of [opened, deciding, approved]) await sale.end();
});

it('has reasons for what is said alone', () => {
  expect(Object.keys(NOT_READ).filter((name) => !(name in ROWS))).toEqual([]);
});

it.each(Object.entries(ROWS))('%s', async (name, row) => {
  const [, ...not] = NOT_READ[name] ?? [''];
  for (const way of WAYS) {
    const cells = await askedAnew(row, way, from);
    const expected = PAGES.map(
      (page) => `${page}: ${cells[page] === 'n/a' ? 'n/a' : not.includes(page) ? 'not read' : 'read'}`,
    );
    expect(
      PAGES.map((page) => `${page}: ${cells[page]}`),
      way,
    ).toEqual(expected);
    // Somebody reads it, unless it cannot be said there.
    if (way === WAYS[0] && not.length < PAGES.length) expect(Object.values(cells)).toContain('read');
  }
});
