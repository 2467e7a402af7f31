/** What a summary says, whatever it is kept as. */

import type { DealSummary } from '../../flows/lists/summary.ts';

const SOMETIMES = [
  'requester',
  'tier',
  'accepted',
  'fell',
  'again',
  'ownPart',
  'handed',
  'conditions',
  'suspended',
  'holds',
  'decision',
  'reassessed',
  'votes',
  'endedAt',
] as const satisfies readonly (keyof DealSummary)[];

/** Returns its members as a plain object: those that `like` has, and all that a deal may lack. */
export const plainSummary = (summary: DealSummary, like: DealSummary): Partial<DealSummary> => {
  const members = [...new Set([...Object.keys(like), ...SOMETIMES])] as (keyof DealSummary)[];
  return Object.fromEntries(members.map((member) => [member, summary[member]]));
};
