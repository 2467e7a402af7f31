/** A list in use, wherever its entries are. */

import type { ListInUse } from '../../flows/registers/screening.ts';
import type { Hit, ListEntry, Party } from '../../flows/screening/entry.ts';

export interface ReadyList {
  list: ListInUse;
  /** Returns the hits of a party, the surest first; undefined where its name has nothing that can be compared. Throws ListProblem. */
  check(party: Party): Promise<Hit[] | undefined>;
  /** All of the list; undefined where they are kept elsewhere. */
  entries: readonly ListEntry[] | undefined;
}
