/** Whether the end-users of two deals may be one, by their names. House rule. */

import { mayBeSame, sharesAStart } from '../../names-alike.ts';
import type { DealDetails } from '../deal.ts';

type Called = Pick<DealDetails, 'endUser' | 'destination'>;

/** Tells whether two end-users may be one though they are not called the same. */
export const mayBeOne = (one: Called, other: Called): boolean =>
  mayBeSame(one.endUser.name, other.endUser.name, {
    countries: one.destination === other.destination ? [one.destination] : [],
    either: [one.destination, other.destination],
    sale: false,
  });

/** The same in one country, of deals of which there may be very many. */
export const mayBeOneThere = (one: Called): ((other: Called) => boolean) => {
  const sharesStart = sharesAStart(one.endUser.name);
  return (other) => one.destination === other.destination && sharesStart(other.endUser.name) && mayBeOne(one, other);
};
