/** Whether a deal's record may be erased, and until when the policy keeps it. House rule. */

import { addMonths } from '../../calendar.ts';
import { marksOf } from '../../end-user.ts';
import type { Day, DealId, Instant, PersonId } from '../../ids.ts';
import type { Ended, Retention } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isHeldBy } from './holds.ts';
import { saidElsewhere } from './others.ts';
import { tellingNames } from './telling-names.ts';
import { RECENT_MS } from './topics.ts';
import { AGES } from './worries.ts';

const AS = { 'out of scope': 'outOfScope', stopped: 'stopped', withdrawn: 'withdrawn' } as const;

/** How the deal ended, and when; undefined while something of it is still to be done or in force. */
export const endedAs = (deal: OpenedDeal): { as: Ended; at: Instant } | undefined => {
  if (approvalOf(deal)) return undefined;
  switch (deal.status) {
    case 'answering':
    case 'deciding':
      return undefined;
    case 'decided':
      return { as: 'declined', at: deal.decision.at };
    case 'out of scope':
    case 'stopped':
    case 'withdrawn':
      // What was sold under an approval that has ended since is in use.
      return { as: deal.pastApproval ? 'approved' : AS[deal.status], at: deal.at };
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** The last day for which the policy keeps the deal; undefined where it says nothing of deals that ended so. */
export const keptUntil = (end: { as: Ended; at: Instant }, retention: Retention | undefined): Day | undefined => {
  const months = retention?.[end.as];
  return months === undefined ? undefined : addMonths(end.at.slice(0, 10), months);
};

/** What is needed of the other deals. */
export interface OtherDeal {
  id: DealId;
  open: boolean;
  /** Marks of the results of `endUserKeys` of everybody whom it ever named. */
  everNamed: readonly number[];
  /** The same of every name that its end-user ever had. */
  endUsers: readonly number[];
}

/**
 * Returns why the record can't be erased now, or undefined. What another deal's approvers are to hear of it, what a hold
 * stops and what waits to be settled is still needed.
 */
export const keptBecause = (view: DealView, others: readonly OtherDeal[]): string | undefined => {
  const { deal, organisation } = view;
  if (!endedAs(deal)) return approvalOf(deal) ? 'its approval is in force' : 'it is still being answered or decided';
  if ((organisation.holds ?? []).some((hold) => isHeldBy(deal, hold))) return 'a hold reaches it';
  if (deal.ownFlags.some(({ status }) => status === 'pending')) return 'a red flag waits to be settled';
  // Whatever name its parties ever had: a rename before it was withdrawn is no way around.
  const { endUsers, parties: named } = saidElsewhere(view);
  const [keys, all] = [new Set(marksOf(endUsers)), new Set(marksOf(named))];
  const twin = others.find(
    (other) =>
      other.id !== deal.id &&
      other.open &&
      (other.everNamed.some((key) => keys.has(key)) || other.endUsers.some((key) => all.has(key))),
  );
  return twin && `${twin.id} names one of its parties and is not decided yet`;
};

/** Tells whether a new deal with its end-user would be shown something of it: two officers alone can't make that be forgotten. */
export const isToldToOthers = (view: DealView): boolean => {
  const end = endedAs(view.deal);
  if (!end) return false;
  const { answers, drafts, ownFlags, requests } = view.deal;
  const { ended, worries, otherwise } = saidElsewhere(view);
  // How it ended, and what stands against it, is told as long as there is a record of it.
  if (ended !== undefined || worries.some(({ of }) => !AGES.has(of))) return true;
  if (Date.parse(view.now) - Date.parse(end.at) > RECENT_MS) return false;
  // New deals are shown the words of all that was answered, not only what weighs.
  const said = [answers, drafts].some((sections) => Object.keys(sections).length > 0);
  const told = [ownFlags, requests, worries, otherwise, tellingNames(view)];
  return said || told.some(({ length }) => length > 0);
};

/** Those who decided on it. */
export const votersOf = (deal: OpenedDeal): PersonId[] =>
  deal.status === 'decided' ? [...new Set(deal.decision.votes.flatMap((vote) => [vote.by, vote.for ?? vote.by]))] : [];
