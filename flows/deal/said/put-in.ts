/** Parties that a colleague named in a correction: whoever takes them out again hides them from nobody. House rule. */

import type { DealDetails } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { sameName } from '../formerly.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { PutIn } from '../said-shapes.ts';
import type { Opened, OpenedDeal } from '../state.ts';

const partiesOf = ({ endUser, customer, intermediaries }: DealDetails): Pick<PutIn, 'name' | 'role'>[] => [
  { name: endUser.name },
  { name: customer },
  ...intermediaries.map(({ name, role }) => ({ name, ...(role.trim() === '' ? {} : { role }) })),
];

const isIn = (details: DealDetails, { name, role }: Pick<PutIn, 'name' | 'role'>): boolean =>
  partiesOf(details).some((one) => sameName(one.name, name) && (role === undefined || one.role === role));

/** Keeps whom a colleague named who was not there, or had another part. */
export const withPutIn = (
  deal: Opened,
  { details, by, at, reason: why }: Extract<DealEvent, { type: 'DetailsCorrected' }>,
): Pick<Opened, 'putIn'> => {
  const come = isOwnWord(deal, by) ? [] : partiesOf(details).filter((one) => !isIn(deal.details, one));
  return come.length === 0 ? {} : { putIn: [...(deal.putIn ?? []), ...come.map((one) => ({ ...one, by, at, why }))] };
};

/** Returns those who are not there any more, or not in that part. */
export const takenOut = ({ putIn = [], details }: Pick<OpenedDeal, 'putIn' | 'details'>): PutIn[] =>
  putIn.filter((one) => !isIn(details, one));

/** `Sample Trading, reseller` */
export const partyText = ({ name, role }: Pick<PutIn, 'name' | 'role'>): string =>
  role === undefined ? name : `${name}, ${role}`;
