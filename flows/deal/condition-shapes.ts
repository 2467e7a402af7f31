/** Shapes of what becomes of a condition after the approval. Guidance: T and C items. */

import type { Instant, PersonId, Source } from '../ids.ts';
import type { SaidOf } from './deal.ts';

/** `for`: as in a vote. */
interface Acted {
  by: PersonId;
  for?: PersonId | undefined;
  at: Instant;
}

export interface Evidence extends Acted {
  text: string;
  sources: Source[];
  /** What the deal was of, where that was something else than its approval. Absent: what was approved, or in older deals. */
  of?: SaidOf | undefined;
}

type Returned = Acted & { reason: string; first?: Instant | undefined };

interface Handed {
  to: PersonId;
  by: PersonId;
  at: Instant;
  reason: string;
}

/** A condition's progress after the approval. */
export interface ConditionProgress {
  status: 'open' | 'met' | 'accepted';
  /** Evidence, the newest last. */
  evidence: Evidence[];
  /** Why compliance last returned it, and when for the `first` time where that was earlier. */
  returned?: Returned | undefined;
  /** When a suspension over it was last lifted. */
  lifted?: Instant | undefined;
  /** `of`: as that of evidence. */
  accepted?: (Acted & { of?: SaidOf | undefined }) | undefined;
  /** Since when compliance judges it once more: it was accepted of something else. Absent: it does not, or in older deals. */
  again?: Instant | undefined;
  /** The present owner, where that is not the owner in the decision. */
  handed?: Handed | undefined;
  /** Earlier hand-overs and returns, oldest first: a later one hides no reason. Absent: none, or in older deals. */
  handedBefore?: Handed[] | undefined;
  returnedBefore?: Returned[] | undefined;
}
