/** What summaries of deals show of the programme: decisions of the last years, conditions, and our own part in harm. Guidance: G9, G10. */

import type { Day } from '../ids.ts';
import { lateConditionsIn } from '../lists/stage.ts';
import type { DealSummary } from '../lists/summary.ts';
import type { Today } from '../lists/waits.ts';

/** Deals that were decided in a year, by the last decision of each. */
export interface YearDecided {
  year: number;
  decided: number;
  conditions: number;
  declined: number;
}

export interface CountedDeals {
  /** Newest first. */
  years: readonly YearDecided[];
  /** Conditions of approvals in force: all, and those that are late as on the board. */
  conditions: { all: number; overdue: number };
  /** Deals in which we would cause or contribute to harm ourselves. */
  conflicts: readonly DealSummary[];
}

const YEARS = 3;

/** Counts deals one by one, so that a walk over very many can pause. `day`: the reader's own. */
export const countingDeals = (today: Today, day: Day): { add: (deal: DealSummary) => void; counted: CountedDeals } => {
  const lateIn = lateConditionsIn(today);
  const running = Number(day.slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, n) => ({
    year: running - n,
    decided: 0,
    conditions: 0,
    declined: 0,
  }));
  const conditions = { all: 0, overdue: 0 };
  const conflicts: DealSummary[] = [];
  return {
    counted: { years, conditions, conflicts },
    add: (deal) => {
      const { decision, ownPart } = deal;
      const year = decision && years.find((one) => one.year === Number(decision.at.slice(0, 4)));
      if (year) {
        year.decided += 1;
        if (decision.outcome === 'declined') year.declined += 1;
        if (decision.outcome === 'approved with conditions') year.conditions += 1;
      }
      conditions.all += deal.conditions?.length ?? 0;
      conditions.overdue += lateIn(deal);
      if (ownPart !== undefined) conflicts.push(deal);
    },
  };
};
