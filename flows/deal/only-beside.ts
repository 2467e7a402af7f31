/** What is heard of another deal and not of its parties: it is shown, and weighs nothing. House rule. */

import type { HeardWorry } from './heard-shapes.ts';

/** Tells whether deals have no more in common than the product and a company: a reseller has many end-users. */
export const isOnlyBeside = ({ shares }: Pick<HeardWorry, 'shares'>): boolean =>
  shares === 'sale' || shares === 'product';

/** Tells whether two of their names are only much like each other. */
export const isByName = ({ shares }: Pick<HeardWorry, 'shares'>): boolean => shares === 'name' || shares === 'like';
