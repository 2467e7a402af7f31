/** What a board and a queue ask of each deal first, in one number: a walk over a hundred thousand reads no more of most. */

import type { Instant } from '../ids.ts';
import { hasConditions, STAGES, tierOf, TIERS, type Stage, type TierOrNone } from './stage.ts';
import type { DealSummary } from './summary.ts';
import { isDeciding } from './waits.ts';

/** Bits, from the lowest: the tier, the stage, six that may be true, and the first day by which something is due. */
export type Mark = number;

const TIER_BITS = 3;
const STAGE_BITS = 3;
const [TIER_MASK, STAGE_MASK] = [(1 << TIER_BITS) - 1, (1 << STAGE_BITS) - 1];
const FIRST = 1 << (TIER_BITS + STAGE_BITS);
const [HELD, SUSPENDED, CONDITIONS, REASSESSED] = [FIRST, FIRST * 2, FIRST * 4, FIRST * 8];
const [DECIDING, MET] = [FIRST * 16, FIRST * 32];
const DUE_SHIFT = TIER_BITS + STAGE_BITS + 6;
/** Nothing is due. One less: a day that a mark has no room for. */
const NEVER = 0xffff;
const FAR = NEVER - 1;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The clocks of no place are further ahead of UTC, or behind it. */
const [AHEAD_MS, BEHIND_MS] = [14 * 60 * 60 * 1000, 12 * 60 * 60 * 1000];

/** Days since 1970, within what the mark has room for. What is no day may be due at any time. */
const dayNumberOf = (day: string): number => {
  const number = Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS);
  return Number.isNaN(number) ? 0 : Math.min(FAR, Math.max(0, number));
};

/** Days that are remembered: those of some decades. */
const MOST_DAYS = 10_000;
const days = new Map<string, number>();
/** A hundred thousand deals name a thousand days. */
const dayNumber = (day: string): number => {
  const known = days.get(day);
  if (known !== undefined) return known;
  const number = dayNumberOf(day);
  if (days.size < MOST_DAYS) days.set(day, number);
  return number;
};

/** The first day by which an open condition is due, or an approval is looked at again. */
const firstDay = ({ conditions = [], waits, status, again }: DealSummary): number => {
  let first = again === undefined ? NEVER : dayNumber(again);
  for (const { due, state } of conditions) if (state === 'open') first = Math.min(first, dayNumber(due));
  if (status === 'decided')
    for (const { of, due } of waits)
      if (of === 'reassessment' && due !== undefined) first = Math.min(first, dayNumber(due));
  return first;
};

export const markOf = (summary: DealSummary, stage: Stage): Mark =>
  placeOf(tierOf(summary), stage) |
  ((summary.holds?.length ?? 0) > 0 ? HELD : 0) |
  (summary.suspended ? SUSPENDED : 0) |
  (hasConditions(summary) ? CONDITIONS : 0) |
  (summary.reassessed ? REASSESSED : 0) |
  (summary.waits.some(isDeciding) ? DECIDING : 0) |
  (summary.conditions?.some(({ state }) => state === 'met') ? MET : 0) |
  (firstDay(summary) << DUE_SHIFT);

/** Number of places, tier by stage. */
export const PLACES = 1 << (TIER_BITS + STAGE_BITS);
/** The tier and the stage as one number, to count by. */
export const placeIn = (mark: Mark): number => mark & (PLACES - 1);
export const placeOf = (tier: TierOrNone, stage: Stage): number =>
  TIERS.indexOf(tier) | (STAGES.indexOf(stage) << TIER_BITS);

export const tierIn = (mark: Mark): TierOrNone => TIERS[mark & TIER_MASK] ?? 'none';
export const stageIn = (mark: Mark): Stage => STAGES[(mark >> TIER_BITS) & STAGE_MASK] ?? 'answering';
export const isHeldIn = (mark: Mark): boolean => (mark & HELD) !== 0;
export const isSuspendedIn = (mark: Mark): boolean => (mark & SUSPENDED) !== 0;
export const hasConditionsIn = (mark: Mark): boolean => (mark & CONDITIONS) !== 0;
export const isReassessedIn = (mark: Mark): boolean => (mark & REASSESSED) !== 0;
/** Tells whether something waits for a decision, a confirmation or a judgement. */
export const isDecidingIn = (mark: Mark): boolean => (mark & DECIDING) !== 0;

/** Returns a test for many deals: whether something is overdue; undefined where it hangs on somebody's calendar, or on when it was done. */
export const overdueBy = (now: Instant): ((mark: Mark) => boolean | undefined) => {
  const [first, last] = [-BEHIND_MS, AHEAD_MS].map((ms) => Math.floor((Date.parse(now) + ms) / DAY_MS));
  return (mark) => {
    const due = mark >>> DUE_SHIFT;
    // What is no day, or one out of reach, has to be looked at.
    if (due > 0 && due < FAR && due < (first ?? 0)) return true;
    return due >= (last ?? 0) && (mark & MET) === 0 ? false : undefined;
  };
};
