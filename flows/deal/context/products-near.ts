/** Products outside the catalogue that are named nearly the same: whoever names one anew hears of the other. House rule. */

import { nearlySpelled } from '../../names-spelled.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { isOutside } from './elsewhere.ts';

/** A shorter name, run together, is another one with another letter. Digits tell apart: of a row of models each is its own. */
const LEAST_NEAR = 8;

/** Tells of two such products, by their places in `SaidElsewhere`, whether they differ in one letter of their names. */
const areNear = (one: string, other: string): boolean =>
  one !== other && !/\p{N}/u.test(one + other) && nearlySpelled(one, other);

const mayBeNear = (product: string): boolean =>
  isOutside(product) && product.length - `${OTHER_PRODUCT} `.length >= LEAST_NEAR;

/** Returns a look from a product at those of `all` that are named nearly as it is. */
export const productsNear = (all: Iterable<string>): ((product: string) => readonly string[]) => {
  const named = [...new Set(all)].filter(mayBeNear);
  const found = new Map<string, readonly string[]>();
  return (product) => {
    const known = found.get(product);
    if (known) return known;
    const near = mayBeNear(product) ? named.filter((other) => areNear(product, other)) : [];
    found.set(product, near);
    return near;
  };
};
