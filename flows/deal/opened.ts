/** What a deal keeps in every status, and what it has in one only. */

import type { Opened, OpenedDeal } from './state.ts';

type MemberOf<Deal> = Deal extends unknown ? keyof Deal : never;

/** The members of one status only. Everything else outlives a change of status. */
const OF_ONE_STATUS = {
  status: true,
  // answering, withdrawn
  scopeSaid: true,
  // out of scope, stopped, withdrawn
  confirmed: true,
  reasons: true,
  reason: true,
  by: true,
  at: true,
  // deciding
  tier: true,
  step: true,
  votes: true,
  passed: true,
  counted: true,
  stepSince: true,
  tookBack: true,
  full: true,
  short: true,
  // decided
  rule: true,
  route: true,
  decision: true,
  conditions: true,
  suspended: true,
  heldBackFor: true,
  lookPutOff: true,
  putOff: true,
} satisfies Record<Exclude<MemberOf<OpenedDeal>, keyof Opened>, true>;

/** Returns what of a deal outlives a change of its status. */
export const opened = (deal: OpenedDeal): Opened => {
  const shared: Opened & { [M in keyof typeof OF_ONE_STATUS]?: unknown } = { ...deal };
  for (const member of Object.keys(OF_ONE_STATUS) as (keyof typeof OF_ONE_STATUS)[]) delete shared[member];
  return shared;
};
