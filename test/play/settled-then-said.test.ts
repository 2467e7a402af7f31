/**
 * What compliance accepted or confirmed of a deal is asked again whatever somebody else than whoever settled it says after that, there or
 * in another deal with the same parties, or there is a reason why not.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { bothStarts, endStarts, type Starts } from '../support/said-matrix-play.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';
import { fateIn, SETTLED_TABLE } from '../support/settled-then-said-table.ts';
import {
  saidElsewhere,
  saidHere,
  saidOverScope,
  scopes,
  SETTLED,
  twos,
  type Settled,
  type Twos,
} from '../support/settled-then-said.ts';

const ROWS = { ...BY_TEAM, ...OF_DETAILS, ...BY_OFFICERS, ...BY_VOTERS, ...AFTER_SALE };

let starts: Starts;
let pairs: Twos;
let waiting: Awaited<ReturnType<typeof scopes>>;
beforeAll(async () => {
  starts = await bothStarts();
  pairs = await twos();
  waiting = await scopes();
});
afterAll(async () => {
  await endStarts(starts);
  for (const { opened, deciding, approved } of [...Object.values(pairs), waiting])
    for (const play of [opened, deciding, approved]) await play.end();
});

it('serves the next deal where nothing is said', async () => {
  expect(await saidOverScope(undefined, waiting)).toBe('stands');
});

it('has reasons for what is said alone', () => {
  expect(Object.keys(SETTLED_TABLE).filter((name) => !(name in ROWS))).toEqual([]);
});

it.each(Object.entries(ROWS))('%s', async (name, row) => {
  const reasons = SETTLED_TABLE[name] ?? [];
  const found: string[] = [];
  const expected: string[] = [];
  for (const what of Object.keys(SETTLED) as Settled[]) {
    found.push(`here, ${what}: ${await saidHere(row, what, starts)}`);
    found.push(`elsewhere, ${what}: ${await saidElsewhere(row, what, pairs)}`);
    for (const where of ['here', 'elsewhere'] as const)
      expected.push(`${where}, ${what}: ${fateIn(reasons, `${what}, ${where}`)}`);
  }
  found.push(`elsewhere, scope: ${await saidOverScope(row, waiting)}`);
  expected.push(`elsewhere, scope: ${fateIn(reasons, 'scope, elsewhere')}`);
  expect(found).toEqual(expected);
});
