/** The board: each of its counts is the length of the list behind it, and no deal is missing or twice. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRead } from '../../../flows/deal/rights/access.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { boardOf } from '../../../flows/lists/board.ts';
import type { Asking } from '../../../flows/lists/filters.ts';
import { find, readQuery, type Query } from '../../../flows/lists/query.ts';
import { searchable } from '../../../flows/lists/search.ts';
import { summaryOf } from '../../../flows/lists/summary.ts';
import { aDecidingDeal, aView } from '../../support/deal-builders.ts';
import { everyReminder, everyStatus, overTheYears, saidOut, withAPast } from '../../support/every-deal.ts';
import { dealHold } from '../../support/holds.ts';
import { absencesOf, acts, approved, play, waitingForVotes } from '../../support/model.ts';
import { TIMED } from '../../support/ticking.ts';

const { organisation } = TIMED;
const now = '2027-06-12T09:00:00.000Z';
const asking: Asking = { organisation, now, person: 'compliance-1', isFlag: () => true, flags: () => [] };
const query = (text: string): Query => {
  const read = readQuery(text, asking);
  if (!read.ok) throw new Error(read.text);
  return read.query;
};

const held = { ...aDecidingDeal(), holds: { [dealHold.id]: dealHold } };
const made = [
  ...Object.values(everyStatus),
  ...everyReminder.map(({ deal }) => deal),
  ...[...overTheYears, ...withAPast].map(([, deal]) => deal),
  saidOut,
  held,
].map((deal, n) => aView({ ...deal, id: `D-${1000 + n}` }, { organisation, now }));

const played = fc
  .tuple(acts, absencesOf, fc.constantFrom([], waitingForVotes, approved))
  .map(([script, absences, start]) => {
    const views: DealView[] = [];
    let n = 0;
    play(
      script,
      ({ now: then }) => {
        n += 1;
        if (then.status !== 'none' && n % 5 === 0)
          views.push(dealView({ ...then, id: `D-${2000 + n}` }, TIMED.policy, organisation, now));
      },
      start,
      absences,
    );
    return views;
  });

const check = (views: readonly DealView[], filters: string, person: string): number => {
  const deals = views.map((view) => searchable(summaryOf(view)));
  const fitting = find(deals, query(filters), asking, person);
  const readable = new Set(views.filter((view) => canRead(view, person)).map(({ deal }) => deal.id));
  expect(fitting.filter((id) => !readable.has(id))).toEqual([]);
  const board = boardOf(deals, query(filters), asking, person);
  expect(board.count).toBe(fitting.length);
  expect(board.open).toBe(find(deals, query(`${filters} status:open`), asking, person).length);
  const rows = board.tiers.flatMap((row) => [row, ...row.stages, ...row.review]);
  for (const cell of [...rows, ...board.worries]) {
    const behind = find(deals, query(`${filters} ${cell.filters}`), asking, person);
    expect([cell.filters, behind.length]).toEqual([cell.filters, cell.count]);
  }
  // Each deal stands in one cell.
  const cells = board.tiers.flatMap(({ stages }) => stages);
  const once = cells.flatMap(({ filters: of }) => find(deals, query(`${filters} ${of}`), asking, person));
  expect(once.toSorted()).toEqual(fitting.toSorted());
  for (const { stages, count } of board.tiers) expect(stages.reduce((sum, cell) => sum + cell.count, 0)).toBe(count);
  return rows.length + board.worries.length;
};

describe('a board', () => {
  it.each(['', 'country:Norway', 'tier:high', 'status:open sort:tier', 'sample'])('for %j', (filters) => {
    const cells = check(made, filters, 'compliance-1');
    expect(cells).toBeGreaterThan(5);
    for (const { id } of organisation.people) check(made, filters, id);
    expect(check(made, filters, 'stranger')).toBe(0);
  });

  it('whatever happened on the deals', () => {
    let cells = 0;
    fc.assert(
      fc.property(fc.array(played, { minLength: 1, maxLength: 3 }), (all) => {
        for (const person of ['compliance-1', 'senior-1', 'stranger']) cells += check(all.flat(), '', person);
      }),
      { numRuns: 15 },
    );
    expect(cells).toBeGreaterThan(50);
  });

  it('has the heaviest tier first, whom a review waits for, and what is to be seen to', () => {
    const deals = made.map((view) => searchable(summaryOf(view)));
    const board = boardOf(deals, query(''), asking, 'compliance-1');
    const tiers = board.tiers.map(({ tier }) => tier);
    expect(tiers).toEqual(
      ['prohibited', 'high', 'elevated', 'low', 'none'].filter((tier) => tiers.includes(tier as never)),
    );
    expect(board.tiers.flatMap(({ review }) => review.map(({ filters }) => filters))).toContain(
      'tier:high status:in-review waiting:compliance',
    );
    const worries = board.worries.map(({ what }) => what);
    expect(worries).toContain('overdue');
    expect(worries).toContain('on hold');
    expect(worries).toContain('conditions open');
  });

  it('is quick at a hundred thousand deals', () => {
    const deals = made.map((view) => searchable(summaryOf(view)));
    const many = Array.from({ length: 100_000 }, (_, i) => deals[i % deals.length]).flatMap((one) => one ?? []);
    const start = performance.now();
    boardOf(many, query(''), asking, 'compliance-1');
    // Some 100 ms.
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
