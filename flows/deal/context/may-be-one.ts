/** Whether the end-users of two deals may be one, or whom else they name, by their names. House rule. */

import { isFiller } from '../../filler.ts';
import { mayBeSame, sharesAStart, type InCommon } from '../../names-alike.ts';
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

type Names = Pick<DealDetails, 'endUser' | 'destination' | 'customer'>;

const isSomebody = (name: string): boolean => !isFiller(name);

/**
 * The same of very many deals, wherever they go, and also where one names the other's end-user in another part. Names that say that
 * nobody is named are nobody's.
 */
export const mayNameEachOther = ({
  endUser,
  destination,
  customer,
  intermediaries,
}: Names & Pick<DealDetails, 'intermediaries'>): ((other: Names) => boolean) => {
  const named = (names: readonly string[]) =>
    names.filter(isSomebody).map((name) => ({ name, sharesStart: sharesAStart(name) }));
  const [mine, all] = [
    named([endUser.name]),
    named([endUser.name, customer, ...intermediaries.map(({ name }) => name)]),
  ];
  return (other) => {
    const common: InCommon = {
      countries: other.destination === destination ? [destination] : [],
      either: [destination, other.destination],
      sale: false,
    };
    const isAmong = (names: typeof all, called: string): boolean =>
      names.some(
        ({ name, sharesStart }) => sharesStart(called) && isSomebody(called) && mayBeSame(name, called, common),
      );
    return isAmong(all, other.endUser.name) || isAmong(mine, other.customer);
  };
};
