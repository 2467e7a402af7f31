/** Lets many summaries share what is the same in them: most deals of a company have the same few teams, places and groups. */

import type { DealSummary } from './summary.ts';

export type Share = (summary: DealSummary) => DealSummary;

/** Keeps one of each for as long as it lives. The result says the same as what it is made of. */
export const createShare = (): Share => {
  const known = new Map<string, unknown>();
  const one = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const found = known.get(key);
    if (found === undefined) known.set(key, value);
    // The same JSON was made of the same kind of value.
    return (found ?? value) as T;
  };
  return (summary) => ({
    ...summary,
    home: one(summary.home),
    product: one(summary.product),
    team: one(summary.team),
    approverGroups: one(summary.approverGroups),
    conditionOwners: one(summary.conditionOwners),
    votedFor: one(summary.votedFor),
    flags: one(summary.flags),
    waits: summary.waits.map((wait) => (wait.people ? { ...wait, people: one(wait.people) } : wait)),
  });
};
