/** What a year of one deal was: its last decision of that year, what a new look changed, how it ended. */

import type { Decision } from '../deal/deal.ts';
import type { DealEvent } from '../deal/events.ts';
import type { Instant } from '../ids.ts';
import type { DealSummary } from '../lists/summary.ts';
import type { Ended, Tier } from '../policy/policy.ts';

/** A year of the calendar, in UTC. */
export interface Year {
  year: number;
  /** Its first instant, and that of the next. */
  from: Instant;
  until: Instant;
}

export const yearOf = (year: number): Year => ({
  year,
  from: `${year}-01-01T00:00:00.000Z`,
  until: `${year + 1}-01-01T00:00:00.000Z`,
});

export const isIn = ({ from, until }: Year, at: Instant): boolean => at >= from && at < until;

/** What a reassessment changed: a heavier tier or a stricter outcome, a lighter one, or neither. */
export const CHANGED = ['same', 'stricter', 'lighter'] as const;
export type Changed = (typeof CHANGED)[number];

export interface DecidedInYear {
  at: Instant;
  outcome: Decision['outcome'];
  tier: Tier;
  /** When the questions were asked that it rests on. Absent: not known. */
  asked?: Instant | undefined;
  /** Present where an approval was decided anew. */
  again?: Changed | undefined;
}

/** What a report needs of one deal. */
export interface DealInYear {
  summary: DealSummary;
  decided?: DecidedInYear | undefined;
  ended?: { as: Ended | 'approval ended'; at: Instant } | undefined;
}

const OUTCOME_RANK = { approved: 0, 'approved with conditions': 1, declined: 2 } as const;
const TIER_RANK = { low: 0, elevated: 1, high: 2, prohibited: 3 } as const;

const changedBetween = (was: DecidedInYear, is: Pick<DecidedInYear, 'outcome' | 'tier'>): Changed => {
  const steps = [OUTCOME_RANK[is.outcome] - OUTCOME_RANK[was.outcome], TIER_RANK[is.tier] - TIER_RANK[was.tier]];
  return steps.some((step) => step > 0) ? 'stricter' : steps.some((step) => step < 0) ? 'lighter' : 'same';
};

/** Returns the last decision of the year, from all events of a deal. */
export const decidedIn = (events: readonly DealEvent[], year: Year): DecidedInYear | undefined => {
  let [last, within]: (DecidedInYear | undefined)[] = [];
  let asked: Instant | undefined;
  let reassessed = false;
  for (const event of events) {
    if (event.at >= year.until) break;
    if (event.type === 'DealOpened' || event.type === 'DealReopened') asked = event.at;
    else if (event.type === 'ReassessmentStarted') [asked, reassessed] = [event.at, true];
    else if (event.type === 'DealDecided') {
      const { at, outcome, tier } = event;
      last = {
        at,
        outcome,
        tier,
        ...(asked === undefined ? {} : { asked }),
        ...(reassessed && last ? { again: changedBetween(last, event) } : {}),
      };
      reassessed = false;
      if (isIn(year, at)) within = last;
    }
  }
  return within;
};

interface Known {
  summary: DealSummary;
  /** How it ended, where nothing is left to do. */
  end?: { as: Ended; at: Instant } | undefined;
}

/** Tells whether the summary does not say all of the year: it was decided more than once, or after it, or an approval ended. */
export const needsEvents = ({ summary, end }: Known, year: Year): boolean => {
  const { openedAt, decision, reassessed } = summary;
  if (openedAt >= year.until) return false;
  if (end?.as === 'approved') return end.at >= year.from;
  if (!decision || decision.at < year.from) return false;
  return decision.at >= year.until || reassessed === true || decision.asked !== openedAt;
};

/** `events`: all of the deal, where the summary needs them. */
export const dealInYear = ({ summary, end }: Known, year: Year, events?: readonly DealEvent[]): DealInYear => {
  const { decision, endedAt, status } = summary;
  const stands = decision && isIn(year, decision.at) ? decision : undefined;
  const decided = events ? decidedIn(events, year) : stands;
  const overAt = status === 'decided' ? undefined : (end?.at ?? endedAt);
  const isOver = end !== undefined && overAt !== undefined && isIn(year, overAt);
  return {
    summary,
    ...(decided ? { decided } : {}),
    ...(isOver ? { ended: { as: end.as === 'approved' ? 'approval ended' : end.as, at: overAt } } : {}),
  };
};
