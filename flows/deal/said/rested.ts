/** On whose confirmation a deal rested out of scope: what was said meanwhile is said of all that rest on it. House rule. */

import type { DealEvent } from '../events.ts';
import type { DealState, Opened } from '../state.ts';

/** Returns it for a deal that leaves it with this event. */
export const restedUntil = (
  before: DealState,
  now: DealState,
  { at: until }: Pick<DealEvent, 'at'>,
): Pick<Opened, 'rested'> => {
  if (before.status !== 'out of scope' || now.status === 'out of scope') return {};
  const deal = before.confirmed?.deal;
  return deal === undefined ? {} : { rested: { deal, at: before.at, until } };
};
