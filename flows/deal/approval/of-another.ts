/** What was handed in and accepted for a condition while the deal was of something else than its approval. House rule. */

import type { SaidOf } from '../deal.ts';
import { isSaidOf, saidOf } from '../formerly.ts';
import type { DealState, Opened, OpenedDeal } from '../state.ts';
import { approvedOther } from './in-force.ts';

/** What the deal is of, where its approval is of something else: what is said of the conditions then is said of that. */
export const ofOther = (deal: OpenedDeal): { of?: SaidOf } =>
  approvedOther(deal) === undefined ? {} : { of: saidOf(deal.details) };

/** Where the deal is of what was approved again, what compliance accepted of something else waits for it once more. */
export const acceptedAnew = (was: DealState, now: DealState): Partial<Pick<Opened, 'standing'>> => {
  if (was.status === 'none' || now.status === 'none' || was.details === now.details) return {};
  const { standing, details } = now;
  if (!standing?.conditions || approvedOther(now) !== undefined) return {};
  const isOfOther = ({ of }: { of?: SaidOf | undefined } = {}): boolean => of !== undefined && !isSaidOf(of, details);
  const entries = Object.entries(standing.conditions);
  if (!entries.some(([, { accepted }]) => isOfOther(accepted))) return {};
  const conditions = entries.map(([id, { accepted, ...progress }]) => [
    id,
    isOfOther(accepted) ? { ...progress, status: 'met' as const } : { ...progress, ...(accepted ? { accepted } : {}) },
  ]);
  return { standing: { ...standing, conditions: Object.fromEntries(conditions) } };
};
