/** A step that has all its votes without a vote that completed it: what it waits for, and when it goes on by itself. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import { approvalHeld } from '../context/holds.ts';
import { openCarried } from '../rights/carried.ts';
import { looksUntil, unseenAnswers } from '../rights/unseen.ts';
import { openRequests, standingWith } from '../rights/whose-turn.ts';
import { savedHeavier } from '../said/saved.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { notCountedOver } from './over-words.ts';

/** The outcome of the open step by the votes that are there. Somebody who is away completes nothing. */
export const filledBy = (view: DealView, deal: DecidingDeal): 'open' | 'passed' | 'declined' =>
  deal.route.steps[deal.step]
    ? standingWith(view, deal, { votes: deal.votes, step: deal.step, away: [] }).outcome
    : 'open';

/**
 * Returns until when a step waits although it has all its votes: for a business day after a changed organisation file or a
 * recusal filled it. Compliance hears of it, and can act; whoever was left out by mistake can be put back. House rule.
 */
const restsUntil = ({ organisation }: DealView, { full }: DecidingDeal): Instant | undefined =>
  full === undefined ? undefined : addBusinessDays(full, 1, calendarOf(organisation));

/** Tells whether something holds votes that are there: a question, an answer that its asker has not seen, a hold, an answer saved and not given, a condition of a discarded vote, a basis that ended long ago. */
export const areHeld = (view: DealView, deal: DecidingDeal): boolean =>
  openRequests(deal).length > 0 ||
  approvalHeld(view) !== undefined ||
  openCarried(view).length > 0 ||
  savedHeavier(view).length > 0 ||
  unseenAnswers(view, deal).length > 0 ||
  notCountedOver(view) !== undefined ||
  view.now < (restsUntil(view, deal) ?? view.now);

/** Tells whether the deal's decision waits for compliance: a flag, or what was said to make it lighter. */
export const decisionWaits = ({ lighterSaid }: DealView, { ownFlags }: DecidingDeal): boolean =>
  lighterSaid !== undefined || ownFlags.some(({ status }) => status === 'pending');

const goesOn = (view: DealView, deal: DecidingDeal): boolean => {
  const outcome = filledBy(view, deal);
  if (outcome === 'open' || areHeld(view, deal)) return false;
  const isLast = outcome === 'declined' || deal.step + 1 >= deal.route.steps.length;
  return !(isLast && decisionWaits(view, deal));
};

/** Returns when a step that a changed organisation file or a recusal filled is completed by itself; undefined while anything holds it. */
export const completesAt = (view: DealView): Instant | undefined => {
  const { deal } = view;
  if (deal.status !== 'deciding') return undefined;
  const from = restsUntil(view, deal);
  if (from === undefined) return undefined;
  // An answer that its asker has not seen holds it for a day.
  const seen = deal.requests.flatMap((request) => looksUntil(view, deal, request) ?? []);
  const times = [from, ...seen].map((at) => (at < from ? from : at)).toSorted();
  return times.find((at) => goesOn({ ...view, now: at < view.now ? view.now : at }, deal));
};
