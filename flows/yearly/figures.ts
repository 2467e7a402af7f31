/** The figures of a year as they may be published, and what lies behind them. Guidance: R1. */

import { walked, type Walk } from '../walk.ts';
import type { KeysOf } from './contributors.ts';
import { isIn } from './deal-year.ts';
import { countOf, isSafe, itemsOf, protect, protectBranches, type Group, type Item } from './protect.ts';
import type { PublishedKinds, PublishedTable, YearlyFigures } from './published.ts';
import type { RecordOfYear } from './record-shapes.ts';
import { DECIDED, isDecided, tablesWalk, type FiguresAsked, type Kinds, type Table } from './tables.ts';

const DAY_MS = 86_400_000;

/** What lies behind one cell: for those in the company who may see it, never published. */
export interface Behind {
  table: string;
  cell: string;
  label: string;
  /** Deals, with how much of each counts; of holds and people, their ids. */
  of: { id: string; count: number }[];
}

/** Names the cells of a row, those of a whole branch by the branch: "Africa; Oceania (together)". */
const labelOf = (group: Group, { branches, labels }: Table): string => {
  const names = branches.flatMap((branch, n) => {
    const [within, named] = [branch.filter((cell) => group.includes(cell)), labels?.[n]];
    return named !== undefined && within.length === branch.length ? [named] : within.map(({ label }) => label);
  });
  return names.length > 1 ? `${names.join('; ')} (together)` : names.join('');
};

const rowOf = (group: Group, table: Table): PublishedTable['rows'][number] => ({
  cells: group.map(({ id }) => id),
  label: labelOf(group, table),
  count: countOf(group),
});

const publishedTable = (table: Table, k: number): PublishedTable => {
  const { branches, labels: _labels, ...said } = table;
  const [only = []] = branches;
  const groups = branches.length === 1 ? protect(only, k) : protectBranches(branches, k);
  const rows = (groups ?? []).map((group) => rowOf(group, table));
  return { ...said, total: groups ? rows.reduce((sum, { count }) => sum + count, 0) : null, rows };
};

function* publishedKinds({ all, cells, ...said }: Kinds, k: number): Walk<PublishedKinds> {
  const rows: PublishedKinds['rows'] = [];
  for (const { id, label, items: has } of cells) {
    const ids = new Set(has.map((item) => item.id));
    const hasNot = all.filter((item) => !ids.has(item.id));
    const isShown = isSafe(has, k) && isSafe(hasNot, k);
    rows.push({ id, label, count: isShown ? has.length : null });
    yield;
  }
  return { ...said, total: isSafe(all, k) ? all.length : null, rows };
}

const median = (days: readonly number[]): number => {
  const sorted = days.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return Math.floor((low + high) / 2);
};

/** A median is the value of a deal or two: of fewer than twice as many it would say too much. */
function* daysOf(tables: readonly Table[], { deals }: RecordOfYear, k: number): Walk<number | null> {
  const days = new Map<string, number>();
  for (const deal of deals) {
    yield;
    if (!isDecided(deal)) continue;
    const { at, asked } = deal.decided;
    if (asked === undefined || asked > at) continue;
    days.set(deal.summary.id, Math.floor((Date.parse(at) - Date.parse(asked)) / DAY_MS));
  }
  const known = itemsOf(tables.find(({ id }) => id === 'outcome')?.branches.flat() ?? []).filter(({ id }) =>
    days.has(id),
  );
  return isSafe(known, 2 * k) ? median([...days.values()]) : null;
}

export interface Counted {
  figures: YearlyFigures;
  /** What lies behind each cell: it stays in the company. */
  behind(): Behind[];
  /** Decided deals by country of destination, which no table shows. */
  countries: ReadonlyMap<string, readonly Item[]>;
}

/** Countries of which enough deals were decided to name them. */
export const countriesToName = ({ countries }: Pick<Counted, 'countries'>, k: number): ReadonlySet<string> =>
  new Set([...countries].flatMap(([country, items]) => (isSafe(items, k) ? [country] : [])));

/** Walks to the figures of a year, which may be published. `keysOf`: keys of names, where they are known already. */
export function* countYearWalk(record: RecordOfYear, asked: FiguresAsked, keysOf?: KeysOf): Walk<Counted> {
  const { year, least: k, countedAt, organisation } = asked;
  const { tables, kinds, countries } = yield* tablesWalk(record, asked, keysOf);
  const published: PublishedTable[] = [];
  for (const table of tables) {
    published.push(publishedTable(table, k));
    yield;
  }
  const days = yield* daysOf(tables, record, k);
  const shown: PublishedKinds[] = [];
  for (const each of kinds) shown.push(yield* publishedKinds(each, k));
  return {
    figures: {
      year: year.year,
      countedAt,
      organisation: organisation.name,
      least: k,
      tables: published,
      kinds: shown,
      daysToDecision: {
        title: 'Days to a decision',
        definition: `${DECIDED} The median of whole days from the questions to the decision, where both are known.`,
        value: days,
      },
      policyChanges: {
        title: 'Changes of the policy',
        definition: 'How often a changed policy was taken into use on a day of the year, in UTC.',
        value: record.policyChanges.filter((at) => isIn(year, at)).length,
      },
    },
    countries,
    behind: () =>
      [
        ...tables.flatMap(({ id, branches }) => branches.flat().map((cell) => ({ table: id, cell }))),
        ...kinds.flatMap(({ id, cells }) => cells.map((cell) => ({ table: id, cell }))),
      ].map(({ table, cell: { id, label, items } }) => ({
        table,
        cell: id,
        label,
        of: items.map((item) => ({ id: item.id, count: item.count })),
      })),
  };
}

export const countYear = (record: RecordOfYear, asked: FiguresAsked): Counted => walked(countYearWalk(record, asked));
