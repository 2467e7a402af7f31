/** The reasons for a new review of an approved deal, and their due dates. Guidance: A2 to A5. */

import { addDays, addMonths, calendarOf, dayIn } from '../../calendar.ts';
import type { Day } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { Reassessment, Renewal } from '../deal.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { approvalOf } from './in-force.ts';

/** Names a renewal's reassessment; another date is another reassessment. */
export const renewalId = ({ of, on }: Pick<Renewal, 'of' | 'on'>): string => `renewal-${of}-${on}`;

/** What the id of one begins with that a product sheet or a country brief asks for. */
export const OF_SHEET = 'sheet-';

const renewalWhy = ({ of }: Renewal): string => `The ${of} is renewed.`;

/**
 * Returns the day by which an approval is looked at again, whatever renewal was given: a house rule of the policy.
 * Undefined where the policy has no such rule, or the deal no approval.
 */
export const latestLook = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): Day | undefined => {
  const approval = approvalOf(deal);
  const { atMost } = policy.reminders.reassessments;
  if (!approval || !atMost) return undefined;
  const { at, tier } = approval.decision;
  return addMonths(at.slice(0, 10), tier === 'high' ? atMost.high : atMost.others);
};

const renewalTasks = ({ renewals, owner }: OpenedDeal): Reassessment[] =>
  (renewals?.dates ?? []).map((date): Reassessment => ({
    id: renewalId(date),
    trigger: 'A2',
    why: renewalWhy(date),
    by: renewals?.by ?? owner,
    since: date.at,
    due: date.on,
  }));

/** The look that comes at the latest, where no renewal comes before it. */
const latestTasks = (view: Pick<DealView, 'deal' | 'policy'>, renewals: readonly Reassessment[]): Reassessment[] => {
  const approval = approvalOf(view.deal);
  const due = latestLook(view);
  if (!approval || due === undefined || renewals.some((task) => task.due <= due)) return [];
  const { at } = approval.decision;
  return [{ id: `latest-${due}`, trigger: 'house', why: 'It is long since the approval.', by: SYSTEM, since: at, due }];
};

/** Returns all reasons for a reassessment now or later, dated ones first. None where the deal has no approval. */
export const allReassessments = (view: Pick<DealView, 'deal' | 'policy'>): Reassessment[] => {
  const { deal } = view;
  if (!approvalOf(deal)) return [];
  const renewals = renewalTasks(deal);
  return [...renewals, ...latestTasks(view, renewals), ...(deal.reassessments ?? [])];
};

/** Returns the day on which the deal is looked at again at the latest: the first renewal, or the policy's own day. */
export const lookedAtAgain = (view: Pick<DealView, 'deal' | 'policy'>): Day | undefined => {
  const latest = latestLook(view);
  if (latest === undefined) return undefined;
  return renewalTasks(view.deal).reduce((first, { due }) => (due < first ? due : first), latest);
};

/** Today by the calendar of the deal's owner. */
const today = ({ deal, organisation, now }: DealView): Day => dayIn(now, calendarOf(organisation, deal.owner));

/** Tells whether a reassessment is asked for: one of a known day from its first reminder on, every other at once. */
const isAsked = (view: DealView, { trigger, due }: Reassessment): boolean => {
  const earliest = Math.max(0, ...view.policy.reminders.reassessments.before);
  return (trigger !== 'A2' && trigger !== 'house') || addDays(due, -earliest) <= today(view);
};

export const reportedChanges = (deal: OpenedDeal): Reassessment[] =>
  deal.standing || !approvalOf(deal)
    ? []
    : (deal.reassessments ?? []).filter(({ trigger }) => trigger === 'A3' || trigger === 'A4');

/** Returns the present reasons for a reassessment, the earliest date first. */
export const askedReassessments = (view: DealView): Reassessment[] =>
  allReassessments(view)
    .filter((task) => isAsked(view, task))
    .toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)));

/** Tells whether its date has passed without a new decision. */
export const isOverdue = (view: DealView, { due }: Reassessment): boolean => today(view) > due;

/** Tells whether it is overdue and suspends the approval unless it is done: the deal team can't talk it away. */
export const isOwed = (view: DealView, task: Reassessment): boolean =>
  view.policy.reminders.reassessments.suspend !== undefined && isOverdue(view, task);

/** Returns the reassessment that is overdue for longest, under way or not. Undefined where none is. */
export const overdueReassessment = (view: DealView): Reassessment | undefined =>
  askedReassessments(view).find((task) => isOverdue(view, task));

export const dueFromToday = (view: DealView): Day => addDays(today(view), view.policy.reminders.reassessments.within);

export const hasPassed = (view: DealView, day: Day): boolean => day <= today(view);
