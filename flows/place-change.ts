/** A place that a changed organisation file gave or took. */

import type { GroupId, Instant, PersonId } from './ids.ts';

/** JSON. */
export type PlaceChange = { at: Instant; person: PersonId } & (
  | { is: 'joined'; group: GroupId }
  | { is: 'left'; group: GroupId }
  /** An account of somebody else's is theirs now. */
  | { is: 'account' }
  /** Their manager is another one, or nobody. */
  | { is: 'managed'; was: PersonId }
);
