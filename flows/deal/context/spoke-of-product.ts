/**
 * Who said something beside the answers of a deal that may be true of its product whoever uses it: what compliance confirmed of others with
 * the product before, it confirmed without that. House rule.
 */

import type { Instant } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { MILDEST } from '../../policy/kinds.ts';
import type { HeardOfProduct, SpokeOfProduct } from '../heard-shapes.ts';
import { isSellers } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';
import { isHeavy, isOfOne, subjectIn } from './words-of-product.ts';
import type { WordsEver } from './words-shapes.ts';
import { lastTwo } from './wrote.ts';

/** Returns the last two people whose words weigh, and the last two of all but who sells it. Nobody where no scope is confirmed. */
export const spokeOfProduct = (view: DealView): SpokeOfProduct[] => {
  const { deal, policy } = view;
  if (policy.confirmScope === undefined) return [];
  const remarks = (deal.remarks ?? []).map(({ of, text, by, at }) => ({ of, text, by, at, gone: false, grave: false }));
  const all: WordsEver[] = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view), ...remarks];
  const ofSale = all.filter((one) => one.by !== SYSTEM && one.text.trim() !== '' && subjectIn(view, one) === 'sale');
  const heavy = lastTwo(ofSale.filter((one) => isHeavy(policy, one, MILDEST)));
  const others = lastTwo(ofSale.filter((one) => !isSellers(view, one.by) && !one.dismissed && !isOfOne(one)));
  const isKnown = ({ by, at }: SpokeOfProduct): boolean => heavy.some((one) => one.by === by && one.at === at);
  return [...heavy.map((one): SpokeOfProduct => ({ ...one, heavy: true })), ...others.filter((one) => !isKnown(one))];
};

/** By product, the deals in which somebody said something of it. */
export type SpokenOfProducts = ReadonlyMap<string, readonly SaidElsewhere[]>;

/**
 * Returns what the deal hears of it: the latest that weighs, or was said where it goes to; and the latest that weighs, and was said there.
 *
 * @param products - its own, and those that are called nearly the same
 */
export const heardOfProduct = (
  one: SaidElsewhere,
  products: readonly string[],
  spoken: SpokenOfProducts,
  isHeard: (at: Instant) => boolean,
): HeardOfProduct | undefined => {
  let [last, sale]: [HeardOfProduct | undefined, Instant] = [undefined, ''];
  const places = new Set(one.now.destinations);
  for (const other of new Set(products.flatMap((product) => spoken.get(product) ?? []))) {
    if (other.id === one.id) continue;
    const isThere = other.destinations.some((place) => places.has(place));
    for (const { by, at, heavy } of other.spoke ?? []) {
      if (!(heavy || isThere) || !isHeard(at) || isSellersWord(one, by)) continue;
      if (at > (last?.at ?? '')) last = { deal: other.id, by, at };
      if (heavy && isThere && at > sale) sale = at;
    }
  }
  return last && { ...last, ...(sale === '' ? {} : { sale }) };
};
