/** Whom a flag waits for: whoever can settle it, and nobody who can't. What is said against a decision is not for who made it. */

import type { PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import { awayAt } from '../../registers/absences.ts';
import { isOpen } from '../context/alerts.ts';
import type { OwnFlag } from '../own-flag.ts';
import { independentCompliance, settleRefusal, settlersOf } from '../rights/access.ts';
import { usedBy } from '../rights/quorum.ts';
import { completedVotes } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/**
 * Returns who is here and can dismiss a flag on what this person approved: colleagues of compliance who did not, or the chief
 * where the only other one raised it. What is said against a decision is not dismissed by who made it alone. House rule.
 */
export const whoElseDismisses = (view: DealView, person: PersonId, flag: OwnFlag): PersonId[] => {
  const { organisation, now } = view;
  const voted = new Set(completedVotes(view.deal).flatMap(usedBy));
  if (!voted.has(person)) return [];
  const isFree = (id: PersonId): boolean => id !== flag.by && !voted.has(id) && !awayAt(organisation, id, now);
  const compliance = independentCompliance(view);
  const colleagues = compliance.filter(isFree);
  if (colleagues.length > 0 || !compliance.includes(flag.by)) return colleagues;
  return membersOf(organisation, organisation.roles.chief).filter(
    (id) => isFree(id) && settleRefusal(view, id, flag) === undefined,
  );
};

/**
 * Returns whom a flag that waits is asked of: those who can admit or dismiss it, and where none of them can dismiss it, also who
 * else does. Whoever raised it is not asked.
 */
export const askedToSettle = (view: DealView, flag: OwnFlag): PersonId[] => {
  const settlers = settlersOf(view, flag);
  const able = settlers.filter((id) => id !== flag.by);
  if (flag.stops) return settlers;
  const others = able.map((id) => whoElseDismisses(view, id, flag));
  const canAdmit = isOpen(view.deal) || flag.hit !== undefined;
  const asked = able.filter((_, i) => canAdmit || others[i]?.length === 0);
  const isForOthers = others.every((ids) => ids.length > 0);
  const all = [...new Set([...asked, ...(isForOthers ? others.flat() : [])])];
  return all.length > 0 ? all : settlers;
};
