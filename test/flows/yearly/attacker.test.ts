/** Whoever has everything that a company published, and knows every deal of a customer, against the figures of a year. */

import { describe, expect, it } from 'vitest';
import { yearOf } from '../../../flows/yearly/deal-year.ts';
import { countYear, type Behind, type Counted } from '../../../flows/yearly/figures.ts';
import type { YearlyFigures } from '../../../flows/yearly/published.ts';
import { runs } from '../../support/runs.ts';
import {
  boundsOf,
  CATALOGUE,
  dealInYear,
  firm,
  madeUpYear,
  recordOf,
  sumsOf,
  type DealSaid,
} from '../../support/yearly.ts';

const LEAST = 5;
const COMPANIES = 1000;

const counted = (made: Parameters<typeof recordOf>[0]): Counted =>
  countYear(recordOf(made), {
    year: yearOf(2026),
    least: LEAST,
    countedAt: '2027-01-10T10:00:00.000Z',
    organisation: { name: 'Sample Company', products: CATALOGUE },
  });

const nameOf = ({ table, cell }: Behind): string => `${table}/${cell}`;

/** How many of the cell these are, for each cell. */
const knownBy = (behind: readonly Behind[], ids: ReadonlySet<string>): Map<string, number> =>
  new Map(
    behind.map((each) => [nameOf(each), each.of.reduce((sum, { id, count }) => (ids.has(id) ? sum + count : sum), 0)]),
  );

const truthOf = (behind: readonly Behind[]): Map<string, number> =>
  new Map(behind.map((each) => [nameOf(each), each.of.reduce((sum, { count }) => sum + count, 0)]));

/** Cells that have no row of their own. */
const hiddenIn = ({ tables, kinds }: YearlyFigures, behind: readonly Behind[]): string[] => {
  const bare = new Set([
    ...tables.flatMap(({ id, rows }) => rows.flatMap(({ cells }) => (cells.length === 1 ? [`${id}/${cells[0]}`] : []))),
    ...kinds.flatMap(({ id, rows }) => rows.flatMap((row) => (row.count === null ? [] : [`${id}/${row.id}`]))),
  ]);
  return behind.map(nameOf).filter((name) => !bare.has(name));
};

type Made = ReturnType<typeof madeUpYear>;

/** Everybody who knows all deals of their own, as customer or as end-user, and somebody who knows nothing. */
const partiesOf = ({ said, holds, asked }: Made): Set<string>[] => {
  const parties = new Map<string, Set<string>>([['nobody', new Set()]]);
  const all = [
    ...said,
    ...holds.map(({ id, customer = '', endUser = customer }) => ({ id, customer, endUser })),
    ...asked.map(({ id, who }) => ({ id, customer: who, endUser: who })),
  ];
  for (const { id, customer, endUser = customer } of all)
    for (const party of new Set([customer, endUser])) parties.set(party, (parties.get(party) ?? new Set()).add(id));
  return [...parties.values()];
};

interface Leak {
  cell: string;
  low: number;
  high: number;
  is: number;
}

/** What the attacker finds out of these figures, whoever they are. Throws where their bounds are wrong. */
const leaksOf = (figures: YearlyFigures, behind: readonly Behind[], made: Made): Leak[] => {
  const [hidden, truth, sums] = [hiddenIn(figures, behind), truthOf(behind), sumsOf(figures)];
  return partiesOf(made).flatMap((ids) => {
    const bounds = boundsOf(sums, knownBy(behind, ids));
    return hidden.flatMap((cell) => {
      const { low, high } = bounds.get(cell) ?? { low: 0, high: Number.POSITIVE_INFINITY };
      const is = truth.get(cell) ?? 0;
      if (is < low || is > high) throw new Error(`${cell} is ${is}, not from ${low} to ${high}`);
      return high - low < LEAST ? [{ cell, low, high, is }] : [];
    });
  });
};

/** Leaves deals and holds out as long as something leaks: the smallest company that shows it. */
const smallest = (made: Made, leaks: (one: Made) => boolean): Made => {
  for (const part of ['said', 'holds', 'asked'] as const)
    for (let n = made[part].length - 1; n >= 0; n -= 1) {
      const fewer = { ...made, [part]: made[part].filter((_, at) => at !== n) };
      if (leaks(fewer)) return smallest(fewer, leaks);
    }
  return made;
};

/** Throws with the smallest company that leaks. */
const expectNoLeaks = (made: Made, leaks: (one: Made) => Leak[]): void => {
  if (leaks(made).length === 0) return;
  const least = smallest(made, (one) => leaks(one).length > 0);
  throw new Error(`${JSON.stringify(leaks(least))} of ${JSON.stringify(least)}`);
};

const published = (made: Made): Leak[] => {
  const result = counted(made);
  return leaksOf(result.figures, result.behind(), made);
};

/** Every cell by itself but the small ones, beside the total: what looks safe at first. */
const carelessly = ({ figures, behind: behindOf }: Counted): YearlyFigures => {
  const behind = behindOf();
  const truth = truthOf(behind);
  const tables = figures.tables.map((table) => {
    const cells = behind.filter((each) => each.table === table.id);
    const sizes = cells.map((each) => ({ each, count: truth.get(nameOf(each)) ?? 0 }));
    const [large, small] = [sizes.filter(({ count }) => count >= LEAST), sizes.filter(({ count }) => count < LEAST)];
    const rows = large.map(({ each, count }) => ({ cells: [each.cell], label: each.label, count }));
    const rest = small.map(({ each }) => each.cell);
    const left = small.reduce((sum, { count }) => sum + count, 0);
    return {
      ...table,
      total: rows.reduce((sum, { count }) => sum + count, left),
      rows: rest.length === 0 ? rows : [...rows, { cells: rest, label: 'few', count: left }],
    };
  });
  return { ...figures, tables };
};

describe('whoever has the figures of a year and knows all deals of a customer', () => {
  it(`leaves at least ${LEAST} open for every cell that has no row, in ${COMPANIES} companies`, () => {
    let [hidden, bare, empty] = [0, 0, 0];
    for (let seed = 1; seed <= COMPANIES; seed += 1) {
      const made = madeUpYear(seed);
      const result = counted(made);
      const [figures, behind] = [result.figures, result.behind()];
      if (leaksOf(figures, behind, made).length > 0) expectNoLeaks(made, published);
      const cells = hiddenIn(figures, behind).length;
      hidden += cells;
      bare += behind.length - cells;
      if (figures.tables.every(({ total }) => total === null)) empty += 1;
    }
    // Companies of all kinds were there: some could publish nothing, and most could publish something.
    expect([hidden > 10_000, bare > 3000, empty > 50, empty < 600]).toEqual([true, true, true, true]);
  });

  it('would find out much of figures that only leave small cells out', () => {
    const found = Array.from({ length: 200 }, (_, seed) => {
      const made = madeUpYear(seed + 1);
      const result = counted(made);
      return leaksOf(carelessly(result), result.behind(), made).length;
    });
    expect(found.filter((leaks) => leaks > 0).length).toBeGreaterThan(150);
  });

  it('would find out a deal by the difference, if figures were counted anew once it is erased', () => {
    let leaking = 0;
    for (let seed = 1; seed <= runs(150); seed += 1) {
      const made = madeUpYear(seed);
      const before = counted(made);
      const hidden = hiddenIn(before.figures, before.behind());
      for (const gone of made.said.slice(0, 10)) {
        const after = counted({ ...made, said: made.said.filter((deal) => deal !== gone) });
        // They know which deal it was: what was counted then is what is counted now, and that deal.
        const own = knownBy(before.behind(), new Set([gone.id]));
        const then = sumsOf(after.figures)
          .filter(({ cells }) => cells.every((cell) => own.has(cell)))
          .map(({ cells, is }) => ({ cells, is: is + cells.reduce((sum, cell) => sum + (own.get(cell) ?? 0), 0) }));
        const bounds = boundsOf([...sumsOf(before.figures), ...then], own);
        if (hidden.some((cell) => width(bounds.get(cell)) < LEAST)) leaking += 1;
      }
    }
    expect(leaking).toBeGreaterThan(1);
  });
});

const width = (bounds: { low: number; high: number } | undefined): number =>
  bounds ? bounds.high - bounds.low : Number.POSITIVE_INFINITY;

describe('the bounds that the attacker finds', () => {
  it('are exactly those of all companies that would publish the same', () => {
    const cells = ['t/a', 't/b', 't/c', 't/d'];
    for (let seed = 1; seed <= 60; seed += 1) {
      const sums = [
        { cells: cells.slice(0, 2), is: seed % 5 },
        { cells: cells.slice(2), is: seed % 7 },
        { cells, is: (seed % 5) + (seed % 7) },
      ];
      const knows = new Map([['t/a', Math.min(seed % 3, seed % 5)]]);
      const possible: number[][] = [];
      for (let a = knows.get('t/a') ?? 0; a <= 12; a += 1)
        for (let b = 0; b <= 12; b += 1)
          for (let c = 0; c <= 12; c += 1)
            for (let d = 0; d <= 12; d += 1) {
              const values = [a, b, c, d];
              const fits = sums.every(
                (sum) => sum.cells.reduce((n, cell) => n + (values[cells.indexOf(cell)] ?? 0), 0) === sum.is,
              );
              if (fits) possible.push(values);
            }
      const bounds = boundsOf(sums, knows);
      for (const [n, cell] of cells.entries()) {
        const all = possible.map((values) => values[n] ?? 0);
        expect(bounds.get(cell)).toEqual({ low: Math.min(...all), high: Math.max(...all) });
      }
    }
  });
});

describe('a company with few customers', () => {
  const many = (count: number, customers: number): DealSaid[] =>
    Array.from({ length: count }, (_, n) => ({ id: `D-${n}`, customer: firm(n % customers) }));

  it('publishes nothing of two customers, however many deals they have', () => {
    expect(counted({ said: many(80, 2), holds: [] }).figures.tables.every(({ total }) => total === null)).toBe(true);
  });

  it('publishes nothing where too few deals are left without the largest', () => {
    const large = many(40, 1);
    const others = [1, 2, 3, 4].map((one) => ({ id: `E-${one}`, customer: firm(one) }));
    expect(counted({ said: [...large, ...others], holds: [] }).figures.tables[0]?.total).toBeNull();
    const more = [...others, { id: 'E-5', customer: firm(5) }];
    expect(counted({ said: [...large, ...more], holds: [] }).figures.tables[0]?.total).toBe(45);
  });

  it('does not get more customers by other spellings of one', () => {
    const spelled = many(30, 1).map((deal, n) => ({
      ...deal,
      customer: ['Café Nord', 'CAFE NORD', 'Nord, Cafe', 'Саfe Nоrd'][n % 4]!,
    }));
    expect(counted({ said: spelled, holds: [] }).figures.tables[0]?.total).toBeNull();
  });

  it('says nothing of an outcome that nobody had, nor by what stands beside it', () => {
    const said = many(40, 8).map((deal, n): DealSaid => ({
      ...deal,
      outcome: n % 2 === 0 ? 'approved' : 'approved with conditions',
    }));
    const [outcomes] = counted({ said, holds: [] }).figures.tables;
    expect(outcomes?.rows.map(({ cells, count }) => [cells, count])).toEqual([
      [['approved with conditions'], 20],
      [['approved', 'declined'], 20],
    ]);
  });

  it('an empty year publishes no number', () => {
    const { figures, behind } = counted({ said: [], holds: [] });
    expect(figures.tables.flatMap(({ rows }) => rows)).toEqual([]);
    expect(figures.daysToDecision.value).toBeNull();
    expect(behind().every(({ of }) => of.length === 0)).toBe(true);
    expect(dealInYear({ id: 'D-1', customer: 'A' }).decided?.outcome).toBe('approved');
  });
});
