/** Whom it is told that a deal has another owner. */

import { approvalOf } from '../approval/in-force.ts';
import type { DealEvent } from '../events.ts';
import { independentCompliance } from '../rights/access.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

/** Where nobody votes on the deal any more, or confirms it, compliance reads what somebody else than its rep writes with it. */
export const ownerReassigned = (
  { to, reason, by }: Extract<DealEvent, { type: 'OwnerReassigned' }>,
  before: DealView | undefined,
  now: DealView,
): [Fact, NoticeTarget[]][] => {
  const { deal } = now;
  const isOver = deal.status === 'out of scope' || (approvalOf(deal) !== undefined && !deal.standing);
  const isRead = isOver && before !== undefined && !looksAfter(before.deal, by);
  const readers = isRead ? independentCompliance(now).filter((id) => id !== by) : [];
  return [[{ fact: 'owner reassigned', to, by, reason }, [THREAD, ...people([to, ...readers])]]];
};
