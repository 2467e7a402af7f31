/** What was handed in and accepted for a condition while the deal was of something else than its approval. House rule. */

import type { SaidOf } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { saidOf } from '../formerly.ts';
import type { DealState, Opened, OpenedDeal } from '../state.ts';
import { approvedOther } from './in-force.ts';

/** What the deal is of, where its approval is of something else: what is said of the conditions then is said of that. */
export const ofOther = (deal: OpenedDeal): { of?: SaidOf } =>
  approvedOther(deal) === undefined ? {} : { of: saidOf(deal.details) };

/** Where the deal is of what was approved again, what compliance accepted of something else waits for it once more. */
export const acceptedAnew = (
  was: DealState,
  now: DealState,
  { at }: Pick<DealEvent, 'at'>,
): Partial<Pick<Opened, 'standing'>> => {
  if (was.status === 'none' || now.status === 'none' || was.details === now.details) return {};
  const { standing } = now;
  const entries = Object.entries(standing?.conditions ?? {});
  const isOfOther = ({ accepted }: (typeof entries)[number][1]): boolean => accepted?.of !== undefined;
  if (!standing || !entries.some(([, one]) => isOfOther(one)) || approvedOther(now) !== undefined) return {};
  const conditions = entries.map(([id, one]) => {
    const { accepted: _accepted, ...progress } = one;
    return [id, isOfOther(one) ? { ...progress, status: 'met' as const, again: at } : one] as const;
  });
  return { standing: { ...standing, conditions: Object.fromEntries(conditions) } };
};
