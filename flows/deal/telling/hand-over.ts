/** Whom it is told that a deal has another owner. */

import { approvalOf } from '../approval/in-force.ts';
import type { DealEvent } from '../events.ts';
import { independentCompliance } from '../rights/access.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

/**
 * Where nobody votes on the deal any more, or confirms it, compliance reads what is written with it, also by its rep; while others still
 * vote, whoever voted reads what somebody else than the rep writes.
 */
export const ownerReassigned = (
  { to, reason, by }: Extract<DealEvent, { type: 'OwnerReassigned' }>,
  before: DealView | undefined,
  now: DealView,
): [Fact, NoticeTarget[]][] => {
  const { deal } = now;
  const isOver = deal.status === 'out of scope' || (approvalOf(deal) !== undefined && !deal.standing);
  const voted = deal.status === 'deciding' ? deal.votes.map((vote) => vote.by) : [];
  const isOfOthers = before !== undefined && !looksAfter(before.deal, by);
  const readers = (isOver ? independentCompliance(now) : isOfOthers ? voted : []).filter(
    (id) => id !== by && !deal.team.includes(id),
  );
  return [[{ fact: 'owner reassigned', to, by, reason }, [THREAD, ...people([to, ...readers])]]];
};
