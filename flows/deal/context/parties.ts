/** Whom a deal names: its end-user, its customer, and the companies in between. House rule. */

import { endUserKeys, sameEndUser } from '../../end-user.ts';
import type { DealDetails } from '../deal.ts';

type Parties = Pick<DealDetails, 'endUser' | 'customer' | 'intermediaries'>;

const partyNames = ({ endUser, customer, intermediaries }: Parties): string[] => [
  endUser.name,
  customer,
  ...intermediaries.map(({ name }) => name),
];

/** Tells whether the deal names them, in whatever part: naming somebody else as the end-user is no way around. */
export const names = (parties: Parties, name: string): boolean =>
  partyNames(parties).some((party) => sameEndUser(party, name));

/** Results of `endUserKeys`. */
export const partyKeys = (parties: Parties): string[] => [...new Set(partyNames(parties).flatMap(endUserKeys))];
