/** Lists that parties are screened against, in compliance's digest: which are old, and which could not be fetched. */

import { describe, expect, it } from 'vitest';
import { listLines } from '../../../flows/digest/lists.ts';
import type { ListInUse, ScreeningState } from '../../../flows/registers/screening.ts';

const list = (name: string, asOf: string, more: Partial<ListInUse> = {}): ListInUse => ({
  name,
  form: 'simple',
  asOf,
  from: 'list.csv',
  rows: 3,
  badRows: 0,
  names: 3,
  sha256: 'a'.repeat(64),
  kept: { sha256: 'b'.repeat(64), parts: 1 },
  before: [],
  by: 'operator',
  at: asOf,
  ...more,
});
const using = (...lists: ListInUse[]): ScreeningState => ({
  lists: Object.fromEntries(lists.map((one) => [one.name, one])),
  spreads: {},
  changes: 0,
});
const NOW = '2026-11-27T09:00:00.000Z';

describe('lists in a digest', () => {
  it('say nothing while they are fresh, or where there are none', () => {
    expect(listLines(using(), NOW)).toEqual([]);
    expect(listLines(using(list('a', '2026-11-20T00:00:00.000Z')), NOW)).toEqual([]);
  });

  it('have one line each that is older than a week, or could not be fetched', () => {
    const notFetched = { why: 'It answered 503.', at: NOW };
    const state = using(
      list('a', '2026-11-19T00:00:00.000Z'),
      list('b', '2026-11-26T00:00:00.000Z', { notFetched }),
      list('c', '2026-11-01T00:00:00.000Z', { notFetched }),
      list('d', '2026-11-26T00:00:00.000Z'),
    );
    expect(listLines(state, NOW)).toEqual([
      { of: 'list old', people: [], days: 8, about: 'a' },
      { of: 'list not fetched', people: [], days: 1, about: 'b' },
      { of: 'list not fetched', people: [], days: 26, about: 'c' },
    ]);
  });
});
