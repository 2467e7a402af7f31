/** What somebody said against a deal that concerns others with its end-user, until it is settled there. House rule. */

import type { Instant } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { HeardWorry, Others } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { holdsOn } from './holds.ts';

const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/**
 * Returns what was said and not decided on, the latest of each kind. A flag that was heard of
 * another deal is that deal's to tell.
 */
export const worriesOf = (view: DealView): Omit<HeardWorry, 'deal'>[] => {
  const { deal } = view;
  const raised = deal.ownFlags.filter(({ by }) => by !== SYSTEM);
  const flags = raised.filter(({ status }) => status !== 'dismissed');
  // Also one that was answered: whoever decides on another deal has not read the answer.
  const asked = isOpen(deal) ? deal.requests.filter(({ takenBack }) => !takenBack) : [];
  const cast = [...(deal.status === 'deciding' ? deal.votes : []), ...(isOpen(deal) ? (deal.carried ?? []) : [])];
  // A hold on the end-user reaches each of its deals by itself.
  const held = holdsOn(view).filter(({ on }) => on.of === 'deal');
  const reports = (deal.reassessments ?? []).filter(({ by }) => by !== SYSTEM);
  const suspended = approvalOf(deal)?.suspended;
  const all = {
    flag: flags,
    dismissed: raised.filter(({ status }) => status === 'dismissed'),
    hold: held,
    report: reports.map(({ by, since: at }) => ({ by, at })),
    suspended: suspended ? [{ by: deal.owner, at: suspended.at }] : [],
    question: asked,
    conditions: cast.filter((vote) => vote.conditions.length > 0),
  };
  return Object.entries(all).flatMap(([of, each]) => {
    const last = [...each].toSorted(latestFirst)[0];
    return last ? [{ of: of as HeardWorry['of'], by: last.by, at: last.at }] : [];
  });
};

/** Tells whether a deal knows of a worry, or of a later one of its kind. */
export const isNoted = (noted: Others | undefined, { deal, of, at }: HeardWorry): boolean =>
  noted?.worries?.some((known) => known.deal === deal && known.of === of && known.at >= at) ?? false;

export const GRAVE: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['flag', 'hold', 'report', 'suspended']);

/** Tells whether a worry waits for compliance in each new deal with the end-user, as it does in its own. */
export const isWaiting = ({ deal }: Pick<DealView, 'deal'>, { of }: HeardWorry): boolean =>
  // A company may be in two countries; an authority is of one.
  GRAVE.has(of) || (of === 'country' && !['private', 'state-tied'].includes(deal.details.endUser.kind));
