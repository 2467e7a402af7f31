/** Whom a deal names: its end-user, its customer, and the companies in between. House rule. */

import { endUserKeys, shareKey } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import type { DealDetails } from '../deal.ts';

type Parties = Pick<DealDetails, 'endUser' | 'customer' | 'intermediaries'>;

const partyNames = ({ endUser, customer, intermediaries }: Parties): string[] => [
  endUser.name,
  customer,
  ...intermediaries.map(({ name }) => name),
];

/** Returns what all these names are compared by. A name without letters or digits is nobody's, nor is one that says that it is not told. */
export const keysOf = (given: readonly string[]): string[] => [
  ...new Set(given.flatMap((name) => (isFiller(name) ? [] : endUserKeys(name))).filter((key) => key !== '')),
];

/** Results of `endUserKeys`. */
export const partyKeys = (parties: Parties): string[] => [...new Set(partyNames(parties).flatMap(endUserKeys))];

interface Named {
  /** Marks of the results of `endUserKeys`: of the end-user, and of everybody named, the end-user among them. */
  endUsers: readonly number[];
  parties: readonly number[];
}

/** Tells whether one of two deals names the other's end-user, in whatever part. */
export const nameEachOther = (one: Named, other: Named): boolean =>
  shareKey(one.parties, other.endUsers) || shareKey(one.endUsers, other.parties);
