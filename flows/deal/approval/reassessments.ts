/** What asks for a new review of an approved deal, by when. Guidance 7, points 2 to 5. */

import { addDays, calendarOf, dayIn } from '../../calendar.ts';
import type { Day } from '../../ids.ts';
import type { Reassessment, Renewal } from '../deal.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { approvalOf } from './in-force.ts';

/** Another date is another reassessment. */
export const renewalId = ({ of, on }: Pick<Renewal, 'of' | 'on'>): string => `renewal-${of}-${on}`;

const renewalWhy = ({ of }: Renewal): string => `The ${of} is renewed.`;

/** All that asks for one now or later, renewals first. Nothing where the deal has no approval. */
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

/** Today, where the deal's owner is. */
const today = ({ deal, organisation, now }: DealView): Day => dayIn(now, calendarOf(organisation, deal.owner));

/** From its first reminder on, a renewal asks for its reassessment; everything else does at once. */
const isAsked = (view: DealView, { trigger, due }: Reassessment): boolean => {
  const earliest = Math.max(0, ...view.policy.reminders.reassessments.before);
  return trigger !== 'A2' || addDays(due, -earliest) <= today(view);
};

/** What somebody reported to have changed, and is not reassessed yet. */
export const reportedChanges = (deal: OpenedDeal): Reassessment[] =>
  deal.standing ? [] : allReassessments(deal).filter(({ trigger }) => trigger === 'A3' || trigger === 'A4');

/** What asks for one now, the earliest date first. */
export const askedReassessments = (view: DealView): Reassessment[] =>
  allReassessments(view.deal)
    .filter((task) => isAsked(view, task))
    .toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)));

/** Its date has passed, and the deal was not decided again. */
export const isOverdue = (view: DealView, { due }: Reassessment): boolean => today(view) > due;

/** The day by which something that is asked for today is due. */
export const dueFromToday = (view: DealView): Day => addDays(today(view), view.policy.reminders.reassessments.within);

export const hasPassed = (view: DealView, day: Day): boolean => day <= today(view);
