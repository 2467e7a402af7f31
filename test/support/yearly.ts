/** Made-up years of made-up companies, and the one who reads everything that they publish. */

import type { DealSummary } from '../../flows/lists/summary.ts';
import { readComplaints, type PublishedComplaints } from '../../flows/yearly/complaints.ts';
import { yearOf, type DealInYear } from '../../flows/yearly/deal-year.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type { AskedInYear, HoldInYear, RecordOfYear } from '../../flows/yearly/record-shapes.ts';

/** Numbers from 0 up to 1 that are the same each time. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const PLACES = ['DE', 'FR', 'VN', 'US', 'MX', 'KE', 'EG', 'JP', 'IN', 'AU', 'FJ', 'PL', 'KZ', 'SA'];
const PRODUCTS = ['cameras', 'analytics', 'sensors', 'outside'];
export const CATALOGUE = ['cameras', 'analytics', 'sensors'].map((id) => ({ id, name: id, category: `All ${id}` }));
const FLAGS = ['P-RF1', 'H-RF4', 'L-RF2', 'S-RF1', 'own-x'];

export interface DealSaid {
  id: string;
  customer: string;
  endUser?: string;
  product?: string;
  destination?: string;
  tier?: 'low' | 'elevated' | 'high';
  outcome?: 'approved' | 'approved with conditions' | 'declined';
  again?: 'same' | 'stricter' | 'lighter';
  flags?: string[];
  ended?: 'outOfScope' | 'stopped' | 'withdrawn' | 'approval ended';
  conditions?: { due: string; state: 'open' | 'met' | 'accepted' }[];
  days?: number;
}

/** A deal that was decided in 2026, or was over without a decision. */
export const dealInYear = (said: DealSaid): DealInYear => {
  const { id, customer, endUser = customer, product = 'cameras', destination = 'DE', flags = [] } = said;
  const { tier = 'low', outcome = 'approved', again, ended, conditions, days = 3 } = said;
  const summary: DealSummary = {
    id,
    customer,
    endUser: { name: endUser, kind: 'private' },
    product: { id: product, name: product },
    destination,
    flags: flags.map((flag) => ({ id: flag, weight: 'heavy' as const })),
    ...(conditions ? { conditions: conditions.map((one, n) => ({ id: `c${n}`, owner: 'rep-1', ...one })) } : {}),
  } as unknown as DealSummary;
  const at = '2026-06-20T10:00:00.000Z';
  if (ended) return { summary, ended: { as: ended, at } };
  const asked = new Date(Date.parse(at) - days * 86_400_000).toISOString();
  return { summary, decided: { at, outcome, tier, asked, ...(again ? { again } : {}) } };
};

/** Names that nobody reads as one another. */
export const firm = (n: number): string => `Firm ${'BCDFGHKMPSTX'[n % 12]}${'aeou'[Math.floor(n / 12) % 4]}ndo`;

/** A company with a few large customers or many small ones, and a habit or none. */
export const madeUpYear = (seed: number): { said: DealSaid[]; holds: HoldInYear[]; asked: AskedInYear[] } => {
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  /** Skewed, so that many cells are small. */
  const one = <T>(all: readonly T[], skew: number): T => all[Math.floor(random() ** skew * all.length)] as T;
  const [customers, size, skew] = [1 + below(12), below(5) === 0 ? below(8) : below(90), 1 + below(4)];
  const said = Array.from({ length: size }, (_, n): DealSaid => {
    const ended = random() < 0.2;
    const again = random() < 0.2 ? one(['same', 'stricter', 'lighter'] as const, skew) : undefined;
    return {
      id: `D-${seed}-${n}`,
      customer: firm(Math.floor(random() ** skew * customers)),
      endUser: firm(below(3 * customers)),
      product: one(PRODUCTS, skew),
      destination: one(PLACES, skew),
      tier: one(['low', 'elevated', 'high'] as const, skew),
      outcome: one(['approved', 'approved with conditions', 'declined'] as const, skew),
      flags: FLAGS.filter(() => random() < 0.3),
      days: below(40),
      ...(again ? { again } : {}),
      ...(ended ? { ended: one(['withdrawn', 'outOfScope', 'stopped', 'approval ended'] as const, skew) } : {}),
      ...(random() < 0.3
        ? {
            conditions: Array.from({ length: 1 + below(3) }, () => ({
              due: '2026-05-01',
              state: one(['accepted', 'open', 'met'] as const, skew),
            })),
          }
        : {}),
    };
  });
  const holds = Array.from({ length: below(25) }, (_, n): HoldInYear => {
    const deal = said[below(said.length || 1)];
    const because = one(['breach', 'inquiry'] as const, skew);
    const whose = deal ? { customer: deal.customer, ...(deal.endUser ? { endUser: deal.endUser } : {}) } : {};
    return { id: `hold-${n}`, because, at: '2026-03-03T00:00:00.000Z', ...whose };
  });
  const asked = Array.from({ length: below(20) }, (_, n): AskedInYear => ({
    id: `asked-${n}`,
    who: firm(Math.floor(random() ** skew * 24)),
    kind: one(['rights', 'public', 'affected', 'workers', 'other'] as const, skew),
    on: '2026-04-04',
  }));
  return { said, holds, asked };
};

export const recordOf = ({
  said,
  holds,
  asked = [],
}: {
  said: readonly DealSaid[];
  holds: readonly HoldInYear[];
  asked?: readonly AskedInYear[];
}): RecordOfYear => ({
  deals: said.map(dealInYear),
  holds,
  courses: [],
  asked,
  policyChanges: [],
});

/** Figures of a year in which so many deals were decided, of ten customers, counted on the first of February after it. */
export const someFigures = (year: number, deals = 30, again = `${year + 1}-02-01T09:00:00.000Z`): YearlyFigures => {
  const said = Array.from({ length: deals }, (_, n) => ({
    id: `D-${n}`,
    customer: firm(n % 10),
    outcome: n % 2 === 0 ? ('approved' as const) : ('declined' as const),
  }));
  const record = { ...recordOf({ said, holds: [] }) };
  const decided = record.deals.map((deal) => ({
    ...deal,
    decided: deal.decided && {
      ...deal.decided,
      at: `${year}-06-20T10:00:00.000Z`,
      asked: `${year}-06-17T10:00:00.000Z`,
    },
  }));
  const organisation = { name: 'Sample Instruments', products: CATALOGUE };
  return countYear({ ...record, deals: decided }, { year: yearOf(year), least: 5, countedAt: again, organisation })
    .figures;
};

const HANDED = `Reports that arrived in YEAR and are closed: 10 to 24
Found credible: 5 to 9
Substantiated, at least in part: 1 to 4
Made good, at least in part: 1 to 4
Opened again: none
Days until it was said that they arrived, in the middle: 3
Days until it was said what came of them, in the middle: 60`;

/** As the case room hands them over. */
export const complaintText = (year: number): string => HANDED.replace('YEAR', String(year));
export const someComplaints = (year: number): PublishedComplaints => {
  const read = readComplaints(complaintText(year), year);
  if ('problem' in read) throw new Error(read.problem);
  return read.complaints;
};

/** Linear: the cells add up to so many. */
interface Sum {
  cells: readonly string[];
  is: number;
}
interface Bounds {
  low: number;
  high: number;
}

/** What somebody knows of a cell: there are at least so many in it, since they are theirs. */
export type Knows = ReadonlyMap<string, number>;

/** All sums that the published figures say. A kind of flags and its absence are two cells. */
export const sumsOf = ({ tables, kinds }: YearlyFigures, version = ''): Sum[] => [
  ...tables.flatMap(({ id, rows, total }) => [
    ...rows.map(({ cells, count }) => ({ cells: cells.map((cell) => `${id}/${cell}${version}`), is: count })),
    ...(total === null
      ? []
      : [{ cells: rows.flatMap(({ cells }) => cells.map((cell) => `${id}/${cell}${version}`)), is: total }]),
  ]),
  ...kinds.flatMap(({ id, rows, total }) =>
    rows.flatMap((row): Sum[] => {
      const name = `${id}/${row.id}${version}`;
      return [
        ...(total === null ? [] : [{ cells: [name, `no ${name}`], is: total }]),
        ...(row.count === null ? [] : [{ cells: [name], is: row.count }]),
      ];
    }),
  ),
];

/**
 * Tightens the bounds of whole numbers until nothing moves: each cell is at most what a sum leaves when all others are as small
 * as they can be, and at least what it leaves when they are as large.
 */
export const boundsOf = (sums: readonly Sum[], knows: Knows): Map<string, Bounds> => {
  const bounds = new Map<string, Bounds>();
  for (const cell of sums.flatMap(({ cells }) => cells))
    bounds.set(cell, { low: knows.get(cell) ?? 0, high: Number.POSITIVE_INFINITY });
  for (let moved = true; moved;) {
    moved = false;
    for (const { cells, is } of sums) {
      const all = cells.map((cell) => bounds.get(cell) as Bounds);
      for (const one of all) {
        const [low, high] = (['high', 'low'] as const).map(
          (end) => is - all.reduce((sum, each) => (each === one ? sum : sum + each[end]), 0),
        ) as [number, number];
        if (high >= one.high && low <= one.low) continue;
        [one.low, one.high, moved] = [Math.max(one.low, low), Math.min(one.high, high), true];
      }
    }
  }
  return bounds;
};
