/** The reasons for a new review of an approved deal, and their due dates. Guidance 7, points 2 to 5. */

import { addDays, calendarOf, dayIn } from '../../calendar.ts';
import type { Day } from '../../ids.ts';
import type { Reassessment, Renewal } from '../deal.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { approvalOf } from './in-force.ts';

/** Names a renewal's reassessment; another date is another reassessment. */
export const renewalId = ({ of, on }: Pick<Renewal, 'of' | 'on'>): string => `renewal-${of}-${on}`;

const renewalWhy = ({ of }: Renewal): string => `The ${of} is renewed.`;

/** Returns all reasons for a reassessment now or later, renewals first. None where the deal has no approval. */
export const allReassessments = (deal: OpenedDeal): Reassessment[] => {
  if (!approvalOf(deal)) return [];
  const { renewals, reassessments } = deal;
  return [
    ...(renewals?.dates ?? []).map((date): Reassessment => ({
      id: renewalId(date),
      trigger: 'A2',
      why: renewalWhy(date),
      by: renewals?.by ?? deal.owner,
      since: date.at,
      due: date.on,
    })),
    ...(reassessments ?? []),
  ];
};

/** Today by the calendar of the deal's owner. */
const today = ({ deal, organisation, now }: DealView): Day => dayIn(now, calendarOf(organisation, deal.owner));

/** Tells whether a reassessment is asked for: a renewal's from its first reminder on, every other at once. */
const isAsked = (view: DealView, { trigger, due }: Reassessment): boolean => {
  const earliest = Math.max(0, ...view.policy.reminders.reassessments.before);
  return trigger !== 'A2' || addDays(due, -earliest) <= today(view);
};

export const reportedChanges = (deal: OpenedDeal): Reassessment[] =>
  deal.standing ? [] : allReassessments(deal).filter(({ trigger }) => trigger === 'A3' || trigger === 'A4');

/** Returns the present reasons for a reassessment, the earliest date first. */
export const askedReassessments = (view: DealView): Reassessment[] =>
  allReassessments(view.deal)
    .filter((task) => isAsked(view, task))
    .toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)));

/** Tells whether its date has passed without a new decision. */
export const isOverdue = (view: DealView, { due }: Reassessment): boolean => today(view) > due;

export const dueFromToday = (view: DealView): Day => addDays(today(view), view.policy.reminders.reassessments.within);

export const hasPassed = (view: DealView, day: Day): boolean => day <= today(view);
