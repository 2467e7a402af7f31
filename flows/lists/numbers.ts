/** Numbers over time: what was decided in each month or quarter, how, and how long it took. Days are in UTC. */

import type { Decision } from '../deal/deal.ts';
import { readerIn } from '../deal/rights/readers.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { millisecondsOf } from '../milliseconds.ts';
import type { Tier } from '../policy/policy.ts';
import { fitsQuery, type Query } from './query.ts';
import type { Searchable } from './search.ts';
import { remembering } from './sharing.ts';
import type { DealSummary } from './summary.ts';
import type { Today } from './waits.ts';

export const SPANS = ['month', 'quarter'] as const;
export type Span = (typeof SPANS)[number];

export const OUTCOMES = ['approved', 'approved with conditions', 'declined'] as const satisfies Decision['outcome'][];
/** What ends a deal without a decision. */
export const ENDS = ['out of scope', 'stopped', 'withdrawn'] as const;

export interface Period {
  /** `2026-03`, or `2026-Q1`. */
  id: string;
  opened: number;
  decided: number;
  outcomes: Readonly<Record<Decision['outcome'], number>>;
  /** Of the decided ones. */
  tiers: Readonly<Record<Tier, number>>;
  ends: Readonly<Record<(typeof ENDS)[number], number>>;
  /** Median of the days from the questions to the decision, rounded down; absent: nothing that is known was decided. */
  days?: number | undefined;
  /** Conditions that were due in it and are open still. */
  overdue: number;
  /** Red flags of the deals decided in it, by country, the most first. */
  flags: readonly { country: string; count: number }[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

const periodOf = (month: string, span: Span): string =>
  span === 'month' ? month : `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

/** The one after it. */
const next = (id: string): string => {
  const [year = '', part = ''] = id.split('-');
  const isQuarter = part.startsWith('Q');
  const n = Number(isQuarter ? part.slice(1) : part) + 1;
  if (n > (isQuarter ? 4 : 12)) return `${Number(year) + 1}-${isQuarter ? 'Q1' : '01'}`;
  return `${year}-${isQuarter ? `Q${n}` : String(n).padStart(2, '0')}`;
};

const median = (days: readonly number[]): number | undefined => {
  const sorted = days.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : Math.floor((low + high) / 2);
};

type Counts<T extends string> = Record<T, number>;

interface Count {
  opened: number;
  decided: number;
  outcomes: Counts<Decision['outcome']>;
  tiers: Counts<Tier>;
  ends: Counts<(typeof ENDS)[number]>;
  /** Of the decided ones: the days that each took, as far as is known, and their red flags by country. */
  days: number[];
  flags: Map<string, number>;
  overdue: number;
}

const isEnd = (status: DealSummary['status']): status is (typeof ENDS)[number] => ENDS.some((end) => end === status);

const TIERS = ['low', 'elevated', 'high', 'prohibited'] as const satisfies Tier[];

const none = <T extends string>(all: readonly T[]): Counts<T> =>
  Object.fromEntries(all.map((one) => [one, 0])) as Counts<T>;

const nothing = (): Count => ({
  opened: 0,
  decided: 0,
  outcomes: none(OUTCOMES),
  tiers: none(TIERS),
  ends: none(ENDS),
  days: [],
  flags: new Map(),
  overdue: 0,
});

const countDecision = (count: Count, decision: NonNullable<DealSummary['decision']>, deal: DealSummary): void => {
  const { outcome, tier, at, asked } = decision;
  count.decided += 1;
  count.outcomes[outcome] += 1;
  count.tiers[tier] += 1;
  if (asked !== undefined) count.days.push(Math.floor((millisecondsOf(at) - millisecondsOf(asked)) / DAY_MS));
  const { destination, flags } = deal;
  if (flags.length > 0) count.flags.set(destination, (count.flags.get(destination) ?? 0) + flags.length);
};

const made = (id: string, { opened, decided, outcomes, tiers, ends, days, flags, overdue }: Count): Period => {
  const middle = median(days);
  return {
    id,
    opened,
    decided,
    outcomes,
    tiers,
    ends,
    ...(middle === undefined ? {} : { days: middle }),
    overdue,
    flags: [...flags]
      .map(([country, count]) => ({ country, count }))
      .toSorted((a, b) => b.count - a.count || (a.country < b.country ? -1 : 1)),
  };
};

/**
 * Counts the deals that fit and that the person may read; absent: all that fit. Every period from the first in which
 * something happened to that of today. A deal counts once, with the decision that stands.
 */
export const numbersOf = (
  deals: readonly Searchable[],
  query: Query,
  today: Today,
  { span, person }: { span: Span; person?: PersonId | undefined },
): Period[] => {
  const reads = person === undefined ? () => true : readerIn(today, person);
  const counts = new Map<string, Count>();
  const countOf = (id: string): Count => {
    const known = counts.get(id);
    if (known) return known;
    const made = nothing();
    counts.set(id, made);
    return made;
  };
  // Of a hundred thousand deals it is the same few months.
  const ofMonth = remembering((month: string) => countOf(periodOf(month, span)));
  const at = (when: Instant | Day): Count => ofMonth(when.slice(0, 7));
  const day = today.now.slice(0, 10);
  for (const searched of deals) {
    const { summary } = searched;
    if (!fitsQuery(query, searched) || !reads(summary)) continue;
    const { openedAt, decision, endedAt, status, conditions = [] } = summary;
    at(openedAt).opened += 1;
    if (decision) countDecision(at(decision.at), decision, summary);
    if (endedAt !== undefined && isEnd(status)) at(endedAt).ends[status] += 1;
    for (const { due, state } of conditions) if (state === 'open' && due < day) at(due).overdue += 1;
  }
  const first = [...counts.keys()].toSorted()[0];
  if (first === undefined) return [];
  at(today.now);
  const periods: Period[] = [];
  const last = [...counts.keys()].toSorted().at(-1) ?? first;
  for (let id = first; id <= last; id = next(id)) {
    periods.push(made(id, counts.get(id) ?? nothing()));
  }
  return periods;
};
