/** Vouching for handlers of cases: two who know each other compare a key by voice, so that nobody slips one in. */

import type { HandlerId } from './case.ts';

/** Fewer than these, and no report is taken: one alone could keep silent about all of them. */
export const HANDLERS_NEEDED = 2;

/** What the rule needs to know of a handler. */
export interface Vouchable {
  id: HandlerId;
  vouched?: object | undefined;
  left?: string | undefined;
}

/** Tells whether new reports are sealed to them. */
export const isActive = ({ vouched, left }: Vouchable): boolean => vouched !== undefined && left === undefined;

/** Returns why one can't vouch for the other, in words for who tries; undefined if they can. */
export const vouchingProblem = (all: readonly Vouchable[], by: HandlerId, id: HandlerId): string | undefined => {
  const voucher = all.find((handler) => handler.id === by);
  const other = all.find((handler) => handler.id === id);
  if (!voucher || voucher.left !== undefined || !other || other.left !== undefined)
    return 'They are not here any more.';
  if (by === id) return 'Nobody vouches for themselves.';
  if (other.vouched !== undefined) return 'Somebody vouched for them already.';
  // The first ones have nobody before them.
  if (!isActive(voucher) && all.filter(isActive).length >= HANDLERS_NEEDED) {
    return 'Somebody has to vouch for you first.';
  }
  return undefined;
};
