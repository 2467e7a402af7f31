/** The holds of a later day, as pages of deals know of them. */

import type { Plan } from '../../flows/hold.ts';
import type { Instant } from '../../flows/ids.ts';
import { plansAt } from '../../flows/registers/hold-placing.ts';
import { inTime } from '../edge/deadline.ts';
import { withParties } from '../streams/plans.ts';
import type { Looks } from './reading-others.ts';

/** The chat wants its answer within 3 s: a page that had no time for other deals says so by itself. */
const INDEX_MS = 700;

/** Returns those that wait, and those that were withdrawn within a year. */
export const plansNow = async (
  { registers, index }: Pick<Looks, 'registers' | 'index'>,
  now: Instant,
): Promise<Plan[]> => {
  const plans = plansAt((await registers.holds.now()).state, now);
  if (!plans.some(({ hold }) => hold.on.of === 'deal')) return plans;
  const all = await inTime(
    index().catch(() => []),
    INDEX_MS,
  );
  return withParties(plans, all === 'late' ? [] : all, 'everybody');
};
