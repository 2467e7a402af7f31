/** Votes that no longer count. */

import type { Vote } from './deal.ts';

/** What is kept of a vote that no longer counts, for those who vote next. */
export interface DiscardedVote extends Pick<
  Vote,
  'by' | 'for' | 'at' | 'outcome' | 'rationale' | 'conditions' | 'leftOut' | 'noCondition' | 'weighing'
> {
  /** Those with a reason. Absent: none, or in older snapshots and events. */
  flags?: Vote['flags'] | undefined;
  /** Its voter took it back, and may have said why: it asks for nothing once they vote again. Absent: not so, or in older snapshots. */
  back?: { reason?: string | undefined } | undefined;
  /** It counted in no approval. Absent: it did, or it is kept to be carried on, or in older snapshots. */
  isVoid?: true | undefined;
}

/**
 * Why votes were discarded although no fact changed. `ended`: the approval under reassessment was given up. `recused`: an
 * approver stepped back.
 */
export type DiscardedBy = 'withdrawn' | 'reopened' | 'ended' | 'recused';
