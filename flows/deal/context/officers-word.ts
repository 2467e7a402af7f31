/** What officers said against a deal since one of them accepted or confirmed something of it. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { Settled } from '../deal.ts';
import type { DealView } from '../view.ts';
import { alertsShown } from './alerts.ts';
import { holdsOn } from './holds.ts';

interface Spoke {
  by?: PersonId | undefined;
  at?: Instant | undefined;
}

/** All that officers say beside a vote, which they cast on what was accepted: questions, what they settled, sent back, took back or ended, holds and alerts. */
const spokenIn = (view: Pick<DealView, 'deal' | 'organisation'>): (Spoke | undefined)[] => {
  const { requests, ownFlags, gapsTakenBack = {}, lighterRefused, scopeRefused, remarks = [], team } = view.deal;
  return [
    ...requests,
    ...requests.map(({ takenBack }) => (takenBack?.reason === undefined ? undefined : takenBack)),
    ...ownFlags.map(({ settledBy: by, settledAt: at }) => ({ by, at })),
    ...Object.values(gapsTakenBack),
    lighterRefused,
    scopeRefused,
    ...remarks.filter(({ by }) => !team.includes(by)),
    ...(view.deal.endedAgainst ?? []),
    ...holdsOn(view),
    ...alertsShown(view),
  ];
};

/** Tells whether another officer than who settled something said something against the deal since. */
export const hasOfficersWordSince = (
  view: Pick<DealView, 'deal' | 'organisation'>,
  { by: settler, at: then }: Settled,
): boolean =>
  spokenIn(view).some(
    (one) => one?.by !== undefined && one.at !== undefined && one.by !== SYSTEM && one.by !== settler && one.at > then,
  );
