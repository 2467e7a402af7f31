/** How many deals stand where: by tier and stage, and whom those in review wait for. Every count is that of a list. */

import { readerIn } from '../deal/rights/readers.ts';
import type { PersonId } from '../ids.ts';
import { counselGroup, type Organisation } from '../organisation.ts';
import { clauseText, type Filter } from './clauses.ts';
import { markAt, mayBeRead, type Columns } from './columns.ts';
import { TESTS, type Asking } from './filters.ts';
import {
  hasConditionsIn,
  isHeldIn,
  isReassessedIn,
  isSuspendedIn,
  overdueBy,
  placeIn,
  placeOf,
  PLACES,
  stageIn,
  tierIn,
} from './mark.ts';
import { asksNothing, fitsQuery, type Query } from './query.ts';
import type { Searchable } from './search.ts';
import { isOpenStage, overdueIn, STAGES, TIERS, type Stage, type TierOrNone } from './stage.ts';
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

/** Returns who is waited for in any of the deals: roles and groups by name. */
const waitedIn = (deals: readonly DealSummary[], organisation: Organisation): ReadonlySet<string> => {
  const counsel = counselGroup(organisation);
  const found = new Set<string>();
  for (const { waits } of deals)
    for (const { of, group, role } of waits) {
      if (group === organisation.roles.compliance || role === 'compliance') found.add('compliance');
      else if (group === counsel || role === 'counsel') found.add('counsel');
      else if (group !== undefined) found.add(group);
      else if (of === 'information') found.add('requester');
    }
  return found;
};

const waitedOf = (label: string): Waited =>
  label === 'compliance' || label === 'counsel' || label === 'requester'
    ? { of: label }
    : { of: 'group', group: label };

const reviewOf = (deals: readonly DealSummary[], before: string, asking: Asking): Cell<Waited>[] => {
  const labels = waitedIn(deals, asking.organisation);
  return [...labels].toSorted().flatMap((label): Cell<Waited>[] => {
    const test = TESTS.waiting(label, asking);
    if (typeof test !== 'function') return [];
    const count = deals.filter(test).length;
    return count === 0
      ? []
      : [{ what: waitedOf(label), count, filters: all(before, 'status:in-review', clauseText('waiting', [label])) }];
  });
};

/** Numbers of deals by tier and stage, and those that are in review. */
interface Counted {
  at: readonly number[];
  inReview: ReadonlyMap<TierOrNone, readonly DealSummary[]>;
}

const rowOf = (tier: TierOrNone, counted: Counted, asking: Asking): TierRow => {
  const filters = clauseText('tier', [tier]);
  const stages = STAGES.flatMap((what): Cell<Stage>[] => {
    const count = counted.at[placeOf(tier, what)] ?? 0;
    return count === 0 ? [] : [{ what, count, filters: all(filters, clauseText('status', [valueOf(what)])) }];
  });
  const count = stages.reduce((sum, cell) => sum + cell.count, 0);
  return { tier, count, filters, stages, review: reviewOf(counted.inReview.get(tier) ?? [], filters, asking) };
};

const WORRY_FILTERS: Record<Worry, readonly [filter: Filter, value: string]> = {
  overdue: ['overdue', 'yes'],
  'on hold': ['hold', 'yes'],
  suspended: ['status', 'suspended'],
  'conditions open': ['status', 'conditions'],
  reassessment: ['status', 'reassessment'],
};

/** Counts the deals that fit and that the person may read, in one walk. `columns`: of these deals, where there are very many. */
export const boardOf = (
  deals: readonly Searchable[],
  query: Query,
  asking: Asking,
  person: PersonId,
  columns?: Columns,
): Board => {
  const reads = readerIn(asking, person);
  const known = columns?.deals === deals ? columns : undefined;
  const mayRead = known && mayBeRead(known, asking, person);
  const [isOverdue, surelyOverdue] = [overdueIn(asking), overdueBy(asking.now)];
  const seen: Record<Worry, number> = { overdue: 0, 'on hold': 0, suspended: 0, 'conditions open': 0, reassessment: 0 };
  const at = Array.from({ length: PLACES }, () => 0);
  const inReview = new Map(TIERS.map((tier): [TierOrNone, DealSummary[]] => [tier, []]));
  const asksAll = asksNothing(query);
  // Whoever may read every deal has nothing asked of one but what is counted.
  const readsUnseen = asksAll && mayRead?.every === true;
  let count = 0;
  for (let n = 0; n < deals.length; n += 1) {
    if (mayRead && !mayRead(n)) continue;
    const searched = deals[n];
    if (searched === undefined) continue;
    if (!readsUnseen && (!(asksAll || fitsQuery(query, searched)) || !reads(searched.summary))) continue;
    const mark = known ? markAt(known, n) : searched.mark;
    const place = placeIn(mark);
    at[place] = (at[place] ?? 0) + 1;
    if (stageIn(mark) === 'in review') inReview.get(tierIn(mark))?.push(searched.summary);
    count += 1;
    if (surelyOverdue(mark) ?? isOverdue(searched.summary)) seen.overdue += 1;
    if (isHeldIn(mark)) seen['on hold'] += 1;
    if (isSuspendedIn(mark)) seen.suspended += 1;
    if (hasConditionsIn(mark)) seen['conditions open'] += 1;
    if (isReassessedIn(mark)) seen.reassessment += 1;
  }
  const isOpenAt = (place: number): boolean => isOpenStage(stageIn(place));
  return {
    count,
    open: at.reduce((sum, n, place) => (isOpenAt(place) ? sum + n : sum), 0),
    tiers: TIERS.map((tier) => rowOf(tier, { at, inReview }, asking)).filter((row) => row.count > 0),
    worries: WORRIES.flatMap((what): Cell<Worry>[] => {
      const [filter, value] = WORRY_FILTERS[what];
      return seen[what] === 0 ? [] : [{ what, count: seen[what], filters: clauseText(filter, [value]) }];
    }),
  };
};
