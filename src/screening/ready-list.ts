/** A list in use, wherever its entries are. */

import type { ListInUse } from '../../flows/registers/screening.ts';
import type { Hit, ListEntry, Party } from '../../flows/screening/entry.ts';

export interface ReadyList {
  list: ListInUse;
  /** Returns the hits of a party, the surest first; undefined where its name has nothing that can be compared. Throws ListProblem. */
  check(party: Party): Promise<Hit[] | undefined>;
  /** All of the list; undefined where they are kept elsewhere. */
  entries: readonly ListEntry[] | undefined;
  /**
   * Tells whether all that was found since it was made ready, or since this was asked, was found on that version; false: it has to be
   * looked for again.
   * Throws ListProblem where the list is another now. Absent: it can't have changed.
   */
  isStill?(): Promise<boolean>;
}
