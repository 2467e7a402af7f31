/** When what is overdue suspends an approval: its conditions (T and C items) and its reassessment (A2 to A5). */

import type { Instant } from '../../ids.ts';
import { own } from '../../own.ts';
import { conditionsIn, progressOf } from '../approval/evolve-conditions.ts';
import { approvalOf } from '../approval/in-force.ts';
import { allReassessments } from '../approval/reassessments.ts';
import type { Condition } from '../deal.ts';
import type { Approval } from '../state.ts';
import type { DealView } from '../view.ts';
import { openSince } from './conditions.ts';
import { lateness } from './dated.ts';
import { later } from './owing.ts';

/**
 * Returns since when a condition's time before a suspension counts: since it was first returned, so that junk buys time
 * once; and anew where a suspension over it was lifted, or it waits once more after it was accepted.
 */
const countedSince = (approval: Approval, condition: Condition): Instant => {
  const { returned, lifted, again } = progressOf(approval, condition.id);
  return later(later(returned?.first ?? openSince(approval, condition), lifted), again);
};

export interface ComingSuspension {
  over: 'condition' | 'reassessment';
  /** Of the condition or the reassessment. */
  id: string;
  at: Instant;
}

const overConditions = (view: DealView, approval: Approval): ComingSuspension[] => {
  const { suspend } = view.policy.reminders.conditions;
  if (suspend === undefined) return [];
  return conditionsIn(approval)
    .filter(({ id }) => {
      const { status, returned } = progressOf(approval, id);
      // What waits after it was returned once buys no more time.
      return status === 'open' || (status === 'met' && returned !== undefined);
    })
    .map((condition) => ({
      over: 'condition',
      id: condition.id,
      at: lateness(view, {
        due: condition.due,
        person: condition.owner,
        since: countedSince(approval, condition),
      }).past(suspend),
    }));
};

/** One that is under way counts until it is decided; handing the deal over buys no time. */
const overReassessments = (view: DealView, approval: Approval): ComingSuspension[] => {
  const { suspend } = view.policy.reminders.reassessments;
  if (suspend === undefined) return [];
  return allReassessments(view).map(({ id, since, due }) => ({
    over: 'reassessment',
    id,
    at: lateness(view, {
      due,
      person: view.deal.owner,
      since: later(since, own(approval.putOff, id) ?? approval.lookPutOff),
    }).past(suspend),
  }));
};

/** Returns when each open condition and reassessment suspends the approval, where the policy says so and it did not already. */
export const suspensionsOf = (view: DealView): ComingSuspension[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  return [...overConditions(view, approval), ...overReassessments(view, approval)].filter(
    ({ id }) => !approval.heldBackFor?.includes(id),
  );
};
