/** The play behind `npm run bench presses`, for a day: it must not rot between two looks at its numbers. */

import { expect, it } from 'vitest';
import { playWeeks } from './presses.ts';

it('brings every deal through, and counts who pressed what', async () => {
  const { tally, views, plans } = await playWeeks(1 / 5);
  expect(views).toHaveLength(plans.length);
  const open = views.filter(({ deal }) => deal.status === 'answering' && !deal.scopeSaid);
  expect(open).toEqual([]);
  expect([...new Set(tally.rows().map(({ role }) => role))].toSorted()).toEqual([
    'compliance',
    'counsel',
    'rep',
    'senior',
  ]);
}, 30_000);
