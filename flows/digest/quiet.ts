/** Deals of which a digest says only where they stand: their summary says that, and their state need not be read. */

import { addDays } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import type { DealSummary } from '../lists/summary.ts';
import { FAR_AHEAD, type DigestPlace } from './digest.ts';

/** The look that comes at the latest: an approval with it is dated. */
const isLatestLook = ({ of, about = '' }: DealSummary['waits'][number]): boolean =>
  of === 'reassessment' && about.startsWith('latest-');

/**
 * Returns a test for many deals: where one stands that nothing waits for, nothing of which comes up, and that was decided by
 * `from`. Undefined: its state is to be looked at, which may say the same.
 */
export const quietAt = (now: Instant, from: Instant): ((deal: DealSummary) => DigestPlace | undefined) => {
  // In the zone of its owner it may be tomorrow.
  const near = addDays(now.slice(0, 10), FAR_AHEAD + 1);
  return ({ status, decision, endedAt, waits, pending, suspended, conditions = [] }) => {
    const isOver = endedAt !== undefined && pending === 0 && waits.length === 0;
    if (status === 'withdrawn') return isOver ? { closed: status } : undefined;
    if (status === 'out of scope' || status === 'stopped')
      return isOver && endedAt <= from ? { closed: status } : undefined;
    if (status !== 'decided' || !decision || decision.at > from || pending > 0) return undefined;
    if (decision.outcome === 'declined') return isOver ? { closed: 'declined' } : undefined;
    const isFar = waits.every(({ of, due = '' }) => of === 'licence' || (of === 'reassessment' && due > near));
    const isDone = !suspended && conditions.every(({ state }) => state === 'accepted');
    return isFar && isDone && waits.some(isLatestLook) ? { tier: decision.tier, stage: 'approved' } : undefined;
  };
};
