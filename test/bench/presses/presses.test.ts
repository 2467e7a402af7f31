/** The play behind `npm run bench presses`, for a week: it must not rot between two looks at its numbers. */

import { expect, it } from 'vitest';
import { waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import { fiveDeals } from './five-deals.ts';
import { playWeeks } from './presses.ts';

it('brings every deal through, and counts who pressed what', async () => {
  const { tally, views, plans } = await playWeeks(1);
  expect(views).toHaveLength(plans.length);
  const open = views.filter(({ deal }) => deal.status === 'answering' && !deal.scopeSaid);
  // A deal with gaps may wait three business days for whoever might know.
  expect(open.filter((view) => waitingFor(view).for !== 'finding')).toEqual([]);
  expect(open.filter(({ deal, now }) => Date.parse(now) - Date.parse(deal.openedAt) > 3 * 24 * 3600_000)).toEqual([]);
  expect([...new Set(tally.rows().map(({ role }) => role))].toSorted()).toEqual([
    'compliance',
    'counsel',
    'rep',
    'senior',
  ]);
}, 60_000);

it('asks half as much of a deal team once a sheet and a brief are in place, and never more clicks', async () => {
  const all = await fiveDeals();
  const own = (of: 'before' | 'after'): number => all.reduce((sum, one) => sum + one[of].own, 0);
  expect(own('after')).toBeLessThanOrEqual(own('before') / 2);
  for (const { before, after } of all) {
    expect(after.own + after.taken).toBe(before.own);
    expect(after.clicks).toBeLessThanOrEqual(before.clicks);
  }
}, 60_000);
