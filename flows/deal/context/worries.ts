/** What somebody said against a deal that concerns others with its end-user, until it is settled there. House rule. */

import type { Instant } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { HeardWorry, Others } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { holdsOn } from './holds.ts';

const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/**
 * Returns what nobody has answered, dismissed, lifted or decided on yet, the latest of each kind. A flag that was heard of
 * another deal is that deal's to tell.
 */
export const worriesOf = (view: DealView): Omit<HeardWorry, 'deal'>[] => {
  const { deal } = view;
  const flags = deal.ownFlags.filter(({ status, by }) => status !== 'dismissed' && by !== SYSTEM);
  const asked = isOpen(deal) ? deal.requests.filter((request) => !request.answer && !request.takenBack) : [];
  const cast = [...(deal.status === 'deciding' ? deal.votes : []), ...(isOpen(deal) ? (deal.carried ?? []) : [])];
  // A hold on the end-user reaches each of its deals by itself.
  const held = holdsOn(view).filter(({ on }) => on.of === 'deal');
  const all = {
    flag: flags,
    hold: held,
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

/** Worries that wait for compliance in each new deal with the end-user, as they do in their own. */
export const WAITING: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['flag', 'hold']);
