/** Whether the end-users of two deals may be one, or whom else they name, by their names. House rule. */

import { isFiller } from '../../filler.ts';
import { mayBeSame, mayBeSameHere, whereSame, type InCommon } from '../../names-alike.ts';
import { mayBeAtOnce } from '../../names-at-once.ts';
import type { DealDetails } from '../deal.ts';

type Called = Pick<DealDetails, 'endUser' | 'destination'>;
type Where = Pick<DealDetails, 'destination'>;

const inCommon = (one: Where, other: Where): InCommon => ({
  countries: one.destination === other.destination ? [one.destination] : [],
  either: [one.destination, other.destination],
  sale: false,
});

const mayBeOne = (one: Called, other: Called): boolean =>
  mayBeSame(one.endUser.name, other.endUser.name, inCommon(one, other));

/** Tells in one country, of deals of which there may be very many, whether two end-users may be one though they are not called the same. */
export const mayBeOneThere = (one: Called): ((other: Called) => boolean) => {
  const isAtOnce = mayBeAtOnce(one.endUser.name);
  return (other) => one.destination === other.destination && isAtOnce(other.endUser.name) && mayBeOne(one, other);
};

/** Whom a deal names, and ever named. */
interface Names extends Where {
  endUsers: readonly string[];
  besides: readonly string[];
}

/** Tells whether a name may be one of these. Most names come again: what is said of two is kept. */
export const amongNames = (names: readonly string[]): ((called: string, common: InCommon) => boolean) => {
  const looks = names
    .filter((name) => !isFiller(name))
    .map((name) => ({ name, isAtOnce: mayBeAtOnce(name), said: new Map<string, ReturnType<typeof whereSame>>() }));
  return (called, common) =>
    looks.some(({ name, isAtOnce, said }) => {
      const found = said.get(called) ?? (isAtOnce(called) && !isFiller(called) ? whereSame(name, called) : 'never');
      said.set(called, found);
      return found === 'anywhere' || (found === 'here' && mayBeSameHere(name, called, common));
    });
};

/**
 * Tells the same wherever they go, and where one of two deals names the other's end-user in another part. Names that say that nobody is
 * named are nobody's.
 */
export const mayNameEachOther = (one: Names): ((other: Names) => boolean) => {
  const [isEndUser, isBesides] = [amongNames(one.endUsers), amongNames(one.besides)];
  return (other) => {
    const common = inCommon(one, other);
    return (
      [...other.endUsers, ...other.besides].some((called) => isEndUser(called, common)) ||
      other.endUsers.some((called) => isBesides(called, common))
    );
  };
};

/** Tells whether somebody else than their end-users may be one company: with its legal form, or without. */
export const mayNameOneCompany = (one: Names): ((other: Names) => boolean) => {
  const isBesides = amongNames(one.besides);
  return (other) => {
    const common = inCommon(one, other);
    return other.besides.some((called) => isBesides(called, common));
  };
};
