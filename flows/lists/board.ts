/** How many deals stand where: by tier and stage, and whom those in review wait for. Every count is that of a list. */

import { readerIn } from '../deal/rights/readers.ts';
import type { PersonId } from '../ids.ts';
import { counselGroup, type Organisation } from '../organisation.ts';
import { clauseText, type Filter } from './clauses.ts';
import { TESTS, type Asking, type Fits } from './filters.ts';
import { fitsQuery, type Query } from './query.ts';
import type { Searchable } from './search.ts';
import {
  hasConditions,
  isOpenStage,
  overdueIn,
  stageOf,
  STAGES,
  tierOf,
  TIERS,
  type Stage,
  type TierOrNone,
} from './stage.ts';
import type { DealSummary } from './summary.ts';

/** A count, and the filters by which a list has those deals, beside the board's own. */
export interface Cell<What> {
  what: What;
  count: number;
  filters: string;
}

/** `group`: its id. */
export type Waited = { of: 'compliance' | 'counsel' | 'requester' } | { of: 'group'; group: string };

export interface TierRow {
  tier: TierOrNone;
  count: number;
  filters: string;
  stages: readonly Cell<Stage>[];
  /** Whom its deals in review wait for; one deal may wait for several. */
  review: readonly Cell<Waited>[];
}

export const WORRIES = ['overdue', 'on hold', 'suspended', 'conditions open', 'reassessment'] as const;
export type Worry = (typeof WORRIES)[number];

export interface Board {
  count: number;
  open: number;
  /** The heaviest tier first; only tiers that have deals. */
  tiers: readonly TierRow[];
  /** What is to be seen to, whatever the tier and the stage. */
  worries: readonly Cell<Worry>[];
}

const valueOf = (stage: Stage): string => stage.replaceAll(' ', '-');
const all = (...filters: readonly string[]): string => filters.filter((filter) => filter !== '').join(' ');

/** Those who are waited for by name of role or group; of one deal each once. */
const waitedIn = (deal: DealSummary, organisation: Organisation): string[] =>
  deal.waits.flatMap(({ of, group, role, people = [] }) => {
    if (group === organisation.roles.compliance || role === 'compliance') return ['compliance'];
    if (group === counselGroup(organisation) || role === 'counsel') return ['counsel'];
    if (group !== undefined) return [group];
    return of === 'information' && people.length > 0 ? ['requester'] : [];
  });

const waitedOf = (label: string): Waited =>
  label === 'compliance' || label === 'counsel' || label === 'requester'
    ? { of: label }
    : { of: 'group', group: label };

const reviewOf = (deals: readonly DealSummary[], before: string, asking: Asking): Cell<Waited>[] => {
  const labels = new Set(deals.flatMap((deal) => waitedIn(deal, asking.organisation)));
  return [...labels].toSorted().flatMap((label): Cell<Waited>[] => {
    const test = TESTS.waiting(label, asking);
    if (typeof test !== 'function') return [];
    const count = deals.filter(test).length;
    return count === 0
      ? []
      : [{ what: waitedOf(label), count, filters: all(before, 'status:in-review', clauseText('waiting', [label])) }];
  });
};

type ByStage = ReadonlyMap<Stage, readonly DealSummary[]>;

const rowOf = (tier: TierOrNone, byStage: ByStage, asking: Asking): TierRow => {
  const filters = clauseText('tier', [tier]);
  const stages = STAGES.flatMap((stage): Cell<Stage>[] => {
    const count = byStage.get(stage)?.length ?? 0;
    return count === 0 ? [] : [{ what: stage, count, filters: all(filters, clauseText('status', [valueOf(stage)])) }];
  });
  const count = stages.reduce((sum, cell) => sum + cell.count, 0);
  return { tier, count, filters, stages, review: reviewOf(byStage.get('in review') ?? [], filters, asking) };
};

const worriesFor = (asking: Asking): Record<Worry, readonly [filter: Filter, value: string, test: Fits]> => ({
  overdue: ['overdue', 'yes', overdueIn(asking)],
  'on hold': ['hold', 'yes', ({ holds = [] }) => holds.length > 0],
  suspended: ['status', 'suspended', ({ suspended }) => suspended === true],
  'conditions open': ['status', 'conditions', hasConditions],
  reassessment: ['status', 'reassessment', ({ reassessed }) => reassessed === true],
});

/** Counts the deals that fit and that the person may read. */
export const boardOf = (deals: readonly Searchable[], query: Query, asking: Asking, person: PersonId): Board => {
  const reads = readerIn(asking, person);
  const worries = worriesFor(asking);
  const seen: Record<Worry, number> = { overdue: 0, 'on hold': 0, suspended: 0, 'conditions open': 0, reassessment: 0 };
  const byTier = new Map<TierOrNone, Map<Stage, DealSummary[]>>();
  let [count, open] = [0, 0];
  for (const searched of deals) {
    const { summary } = searched;
    if (!fitsQuery(query, searched) || !reads(summary)) continue;
    const [tier, stage] = [tierOf(summary), stageOf(summary)];
    const byStage = byTier.get(tier) ?? new Map<Stage, DealSummary[]>();
    byTier.set(tier, byStage);
    const some = byStage.get(stage) ?? [];
    byStage.set(stage, some);
    some.push(summary);
    count += 1;
    if (isOpenStage(stage)) open += 1;
    for (const worry of WORRIES) if (worries[worry][2](summary)) seen[worry] += 1;
  }
  return {
    count,
    open,
    tiers: TIERS.flatMap((tier) => {
      const byStage = byTier.get(tier);
      return byStage ? [rowOf(tier, byStage, asking)] : [];
    }),
    worries: WORRIES.flatMap((what): Cell<Worry>[] => {
      const [filter, value] = worries[what];
      return seen[what] === 0 ? [] : [{ what, count: seen[what], filters: clauseText(filter, [value]) }];
    }),
  };
};
