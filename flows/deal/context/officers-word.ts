/** What officers said against a deal since one of them accepted or confirmed something of it. House rule. */

import type { Settled } from '../deal.ts';
import type { DealView } from '../view.ts';
import { alertsShown } from './alerts.ts';

/**
 * Tells whether another officer than who settled something said something against the deal since: asked its team, settled a flag, or
 * issued an alert on its country.
 */
export const hasOfficersWordSince = (
  view: Pick<DealView, 'deal' | 'organisation'>,
  { by: settler, at: then }: Settled,
): boolean => {
  const { requests, ownFlags } = view.deal;
  const said = [
    ...requests,
    ...ownFlags.map(({ settledBy, settledAt }) => ({ by: settledBy, at: settledAt })),
    ...alertsShown(view),
  ];
  return said.some((one) => one.by !== undefined && one.by !== settler && one.at !== undefined && one.at > then);
};
