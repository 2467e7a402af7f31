/**
 * What officers say in a register of another country, product or end-user, and that names a deal's end-user, a company beside it or its
 * product, stands where somebody decides on that deal; a form that was opened before comes back. Or there is a reason why not.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStart, BY, namedElsewhere, readOf, type By, type Start } from '../support/officers-elsewhere.ts';
import { accepts, endsGap } from '../support/register-words-play.ts';
import { OF_COUNTRIES, OF_GAPS, OF_HOLDS, OF_LAWS, OF_PROGRAMME, OF_SHEETS } from '../support/register-words-rows.ts';
import type { Row } from '../support/register-words.ts';
import { TOKEN } from '../support/said-matrix-play.ts';

const WHY = `${TOKEN} They listen in there without a court.`;
/** What an acceptance said stays said once somebody else ended it, or its day is over, and another is there. */
const OF_PAST_GAPS: Readonly<Record<string, Row>> = {
  'gap accepted, ended by another': {
    by: 'compliance-1',
    over: [],
    says: async (desk) => {
      await accepts(desk, 'compliance-1', WHY);
      await endsGap(desk, 'compliance-2', 'It is looked at anew.');
    },
  },
  'gap accepted, run out': {
    by: 'compliance-1',
    over: [],
    says: async (desk) => {
      await accepts(desk, 'compliance-1', WHY, '2027-03-05');
      await desk.later(10);
    },
  },
  'gap accepted, run out, and another since': {
    by: 'compliance-1',
    over: [],
    says: async (desk) => {
      await accepts(desk, 'compliance-1', WHY, '2027-03-05');
      await desk.later(10);
      await accepts(desk, 'compliance-2', 'It is a small sale, and we look again.');
    },
  },
};

const ROWS: Readonly<Record<string, Row>> = {
  ...OF_LAWS,
  ...OF_GAPS,
  ...OF_PAST_GAPS,
  ...OF_SHEETS,
  ...OF_COUNTRIES,
  ...OF_HOLDS,
  ...OF_PROGRAMME,
};
/** One of each place: whether a party or the product is named, no place tells. */
const PLACES = ['laws noted', 'gap accepted', 'sheet, note', 'sheet, disputed', 'brief, note', 'alert', 'hold'];

const DECIDES = 'compliance decides whether it is an alert; deals hear of alerts';
const UNHEARD: Readonly<Record<string, string>> = {
  'something new': DECIDES,
  'something new, then nothing new': DECIDES,
};

let start: Start;
beforeAll(async () => {
  start = await aStart();
});
afterAll(() => start.desk.end());

describe.each(Object.keys(BY) as By[])('of something else, and names %s', (by) => {
  const rows = Object.entries(ROWS).filter(([name]) => by === 'its end-user' || PLACES.includes(name));
  it.each(rows)('%s', async (name, row) => {
    const found = await namedElsewhere(row, start, by);
    // Of a row that replaces it, it is known; where a form does not open any more, nobody presses it.
    const late = (what: string): unknown =>
      by === 'its end-user' ? expect.stringMatching(new RegExp(`^(?:${what}|known|n/a)$`)) : what;
    expect(found).toEqual(
      UNHEARD[name] === undefined
        ? { 'page 1': 'shown', scope: 'shown', 'late review': late('back'), 'late scope': late('back') }
        : { 'page 1': 'not shown', scope: 'not shown', 'late review': late('silent'), 'late scope': late('counts') },
    );
  });
});

it.each(['hold', 'alert', 'laws noted'])('is not told to whoever sells the deal: %s', async (name) => {
  const { officer, seller } = await readOf(ROWS[name]!, start);
  const heading = 'Named in an alert, a hold or a note of something else';
  expect(officer).toContain(heading);
  expect(seller).toContain('Step by step');
  expect(seller).not.toContain(heading);
  expect(seller).not.toContain(TOKEN);
});

it('says neither whom a hold is on, nor who placed it; and of what another is', async () => {
  const ofHold = await readOf(ROWS['hold']!, start);
  expect(ofHold.officer).toMatch(/A hold: “zq7x Gulnar Rose Garden[^”]*” 1 March 2027\./);
  expect(ofHold.officer).not.toContain('Tolbun');
  const { officer } = await readOf(ROWS['alert']!, start);
  expect(officer).toMatch(/Country alert, Norway: “zq7x Gulnar Rose Garden[^”]*” @compliance-1, 1 March 2027\./);
});
