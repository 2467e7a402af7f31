/** Whom a flag waits for: whoever can settle it, and nobody who can't. What is said against a decision is not for who made it. */

import type { PersonId } from '../../ids.ts';
import { membersOf, SYSTEM } from '../../organisation.ts';
import { awayAt } from '../../registers/absences.ts';
import { usedBy } from '../approval/used-by.ts';
import { isOpen } from '../context/alerts.ts';
import type { OwnFlag } from '../own-flag.ts';
import { independentCompliance, isIndependentCompliance, settleRefusal, settlersOf } from '../rights/access.ts';
import { colleaguesReports } from '../rights/set-aside.ts';
import { completedVotes } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/**
 * Returns who is here and settles, in place of this person, what somebody said against what this person approved: colleagues of
 * compliance who did not, or else the chief, where one of them said it, is away or recused: neither lets anybody judge over their own decision.
 * None: this person may. What is said against a decision is not set aside by who made it alone. House rule.
 */
export const whoElseSettles = (
  view: DealView,
  person: PersonId,
  by: PersonId,
  mayChief: (id: PersonId) => boolean = (id) => isIndependentCompliance(view, id),
): PersonId[] => {
  const { organisation, now } = view;
  const voted = new Set(completedVotes(view.deal).flatMap(usedBy));
  if (!voted.has(person)) return [];
  const isFree = (id: PersonId): boolean => id !== by && !voted.has(id) && !awayAt(organisation, id, now);
  const colleagues = independentCompliance(view).filter(isFree);
  const members = membersOf(organisation, organisation.roles.compliance);
  if (colleagues.length > 0 || !members.some((id) => id === by || !voted.has(id))) return colleagues;
  return membersOf(organisation, organisation.roles.chief).filter((id) => isFree(id) && mayChief(id));
};

/** The same of a flag that is to be dismissed. */
export const whoElseDismisses = (view: DealView, person: PersonId, flag: OwnFlag): PersonId[] =>
  whoElseSettles(view, person, flag.by, (id) => settleRefusal(view, id, flag) === undefined);

/** Tells whether somebody answered graver since the approval, and somebody else over it. */
const isAnsweredOver = ({ deal }: DealView): boolean => {
  const since = deal.standing?.decision.at;
  return since !== undefined && (deal.was ?? []).some(({ by, at, changedBy }) => at > since && by !== changedBy);
};

/**
 * The same of a suspension, while what somebody else said against the approval, by a report or an answer, is not settled. Whoever of
 * compliance reported it may lift it, too.
 */
export const whoElseLifts = (view: DealView, person: PersonId): PersonId[] =>
  colleaguesReports(view.deal).some(({ by }) => by !== person) || isAnsweredOver(view)
    ? whoElseSettles(view, person, SYSTEM)
    : [];

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
