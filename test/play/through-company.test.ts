/**
 * Whatever somebody else than its seller says in a deal for others, of another product and country, through the same company: whoever decides
 * the next one reads it, where it says the company's part, or may be of anybody in that sale; or there is a reason why not.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTES } from '../support/rests-after-words.ts';
import { AFTER_SALE } from '../support/said-matrix-after.ts';
import { OF_DETAILS } from '../support/said-matrix-details.ts';
import { BY_OFFICERS } from '../support/said-matrix-officers.ts';
import { BY_TEAM } from '../support/said-matrix-team.ts';
import { BY_VOTERS } from '../support/said-matrix-votes.ts';
import {
  NAMED,
  namedStarts,
  SAME,
  SAYS,
  throughCompany,
  throughStarts,
  type Same,
  type Says,
  type Starts,
} from '../support/through-company.ts';

const ROWS = Object.entries({
  ...NOTES,
  ...BY_TEAM,
  ...OF_DETAILS,
  ...BY_OFFICERS,
  ...BY_VOTERS,
  ...AFTER_SALE,
}).filter(([, row]) => row.of !== 'collects');

const OF_ELSE = 'it is of a product, a country or somebody else, whom it holds or who was asked';
const NO_WORDS = 'it is no words';
const OF_QUESTION = 'it is of what the question asks, and that is not of a company';
const OF_APPROVAL =
  'each approval has reasons and conditions: whoever approves over what they know of a company says so of it';

/** Why whoever decides on the later deal does not read it. */
const UNTOLD: Readonly<Record<Says, Readonly<Record<string, readonly string[]>>>> = {
  'the agent': {
    [OF_ELSE]: [
      'asked outside',
      'source on the product sheet',
      'source on the country brief',
      'sheet disputed',
      'hold',
      'hold, lifted',
      'alert',
      'alert, ended',
      'alert, why ended',
      'alert after the approval',
      'laws noted',
    ],
    [NO_WORDS]: ['yes, stands', 'yes, turned', 'saved yes, left'],
  },
  nobody: {
    [OF_QUESTION]: [
      'note on the product',
      'note on the country',
      'note among sources',
      'note, stands',
      'note, replaced',
      'note, stands, deal given away',
      'note under yes',
      'source under yes',
      'source, another beside it',
      'source, stands',
      'source, replaced',
      'source, replaced by its author',
      'saved note, given over',
      'saved note, left',
    ],
    [OF_APPROVAL]: [
      'vote, reasons',
      'vote, reasons, voided',
      'vote, safeguards',
      'vote, safeguards, voided',
      'vote, condition',
      'vote, condition, voided',
      'vote, condition, approved',
      'vote, no condition',
      'vote, flag cleared',
      'vote, left out',
      'vote, taken back',
      'vote, why taken back',
      'vote, cast anew',
      'vote, safeguards, cast anew',
      'vote, no condition, cast anew',
      'vote, why taken back, cast anew',
    ],
  },
};
const untoldOf = (says: Says): string[] =>
  [UNTOLD['the agent'], UNTOLD[says]].flatMap((reasons) => Object.values(reasons).flat());

const endStarts = async (all: Starts): Promise<void> => {
  for (const { deals } of Object.values(all)) await deals.end();
};
let starts: Starts;
beforeAll(async () => {
  starts = await throughStarts('who is in between');
});
afterAll(() => endStarts(starts));

it('has reasons for what is said alone', () => {
  const names = new Set(ROWS.map(([name]) => name));
  expect(untoldOf('nobody').filter((name) => !names.has(name))).toEqual([]);
});

describe.each(Object.keys(SAYS) as Says[])('of %s', (says) => {
  const untold = new Set(untoldOf(says));
  it.each(ROWS)('%s', async (name, row) => {
    const cell = untold.has(name) ? 'not shown' : 'shown';
    expect(await throughCompany(row, starts, says)).toEqual({ review: cell, scope: cell });
  });
});

/** One of each place where something is written. */
const PLACES = [
  'note, stands',
  'handed over',
  'vote, reasons',
  'vote, condition',
  'declined',
  'condition met',
  'flag of the team',
];

describe.each((Object.keys(SAME) as Same[]).slice(1))('of %s', (same) => {
  let others: Starts;
  beforeAll(async () => {
    others = await throughStarts(same);
  });
  afterAll(() => endStarts(others));

  it.each(ROWS.filter(([name]) => PLACES.includes(name)))('%s', async (name, row) => {
    for (const says of Object.keys(SAYS) as Says[]) {
      if (untoldOf(says).includes(name)) continue;
      const { review, scope } = await throughCompany(row, others, says);
      // Of whoever may not read that deal, an approver is not told who wrote it.
      expect([review, scope]).not.toContain('not shown');
    }
  });
});

describe.each(Object.keys(NAMED) as (keyof typeof NAMED)[])('of %s, whom words of the later deal name', (named) => {
  let others: Starts;
  beforeAll(async () => {
    others = await namedStarts(named);
  });
  afterAll(() => endStarts(others));

  it.each(ROWS.filter(([name]) => PLACES.includes(name)))('%s', async (_, row) => {
    const { review, scope } = await throughCompany(row, others, 'the agent');
    expect([review, scope]).not.toContain('not shown');
  });
});
