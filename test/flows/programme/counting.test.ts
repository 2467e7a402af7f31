/** Figures of the programme page: what is late there is late on the board. */

import { describe, expect, it } from 'vitest';
import { overdueIn } from '../../../flows/lists/stage.ts';
import type { DealSummary } from '../../../flows/lists/summary.ts';
import { countingDeals } from '../../../flows/programme/counting.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const NOW = '2027-06-10T09:00:00.000Z';
const today = { organisation: anOrganisation(), now: NOW };
type Conditions = NonNullable<DealSummary['conditions']>;

const condition = (state: Conditions[number]['state'], due: string): Conditions[number] => ({
  id: 'c1',
  owner: 'rep-1',
  due,
  state,
});
const summary = (more: Partial<DealSummary>): DealSummary =>
  ({ id: 'D-1', status: 'decided', owner: 'rep-1', waits: [], ...more }) as DealSummary;
const count = (...deals: DealSummary[]) => {
  const { add, counted } = countingDeals(today, NOW.slice(0, 10));
  for (const deal of deals) add(deal);
  return counted;
};

describe('conditions', () => {
  it.each([
    ['open, and its day is over', summary({ conditions: [condition('open', '2027-06-01')] }), 1],
    ['open, on its last day', summary({ conditions: [condition('open', '2027-06-10')] }), 0],
    ['accepted', summary({ conditions: [condition('accepted', '2027-06-01')] }), 0],
    [
      'handed in in time, which nobody looked at yet',
      summary({
        conditions: [condition('met', '2027-06-01')],
        waits: [{ of: 'evidence', about: 'c1', since: '2027-05-30T09:00:00.000Z' }],
      }),
      0,
    ],
    [
      'handed in late',
      summary({
        conditions: [condition('met', '2027-06-01')],
        waits: [{ of: 'evidence', about: 'c1', since: '2027-06-03T09:00:00.000Z' }],
      }),
      1,
    ],
  ])('%s', (_which, deal, overdue) => {
    expect(count(deal).conditions).toEqual({ all: 1, overdue });
    expect(overdueIn(today)(deal)).toBe(overdue === 1);
  });
});

it('counts decisions of three years, and deals with a part of our own in harm', () => {
  const decided = (at: string, outcome: 'approved' | 'approved with conditions' | 'declined') =>
    summary({ decision: { at, outcome, tier: 'low' } as NonNullable<DealSummary['decision']> });
  const conflict = summary({ ownPart: 'contribute' });
  const { years, conflicts } = count(
    decided('2027-01-01T00:00:00.000Z', 'approved with conditions'),
    decided('2027-02-01T00:00:00.000Z', 'declined'),
    decided('2025-12-31T00:00:00.000Z', 'approved'),
    decided('2024-12-31T00:00:00.000Z', 'approved'),
    conflict,
  );
  expect(years).toEqual([
    { year: 2027, decided: 2, conditions: 1, declined: 1 },
    { year: 2026, decided: 0, conditions: 0, declined: 0 },
    { year: 2025, decided: 1, conditions: 0, declined: 0 },
  ]);
  expect(conflicts).toEqual([conflict]);
});
