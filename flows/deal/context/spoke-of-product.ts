/**
 * Who said something beside the answers of a deal that may be true of its product whoever uses it: what compliance confirmed of others with
 * the product before, it confirmed without that. House rule.
 */

import { countriesNamed } from '../../countries-named.ts';
import type { DealId, Instant } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import { isProductNamed } from '../../product-names.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOfProduct, SpokeOfProduct } from '../heard-shapes.ts';
import type { DealView } from '../view.ts';
import { isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';
import { subjectIn, weighsAnywhere, weighsThere } from './words-of-product.ts';
import type { WordsEver } from './words-shapes.ts';
import { lastTwo } from './wrote.ts';

/** Returns the last two people whose words weigh, and the last two of all but who sells it. Nobody where no scope is confirmed. */
export const spokeOfProduct = (view: DealView): SpokeOfProduct[] => {
  const { deal, policy } = view;
  if (policy.confirmScope === undefined) return [];
  const remarks = (deal.remarks ?? []).map(({ of, text, by, at }) => ({ of, text, by, at, gone: false, grave: false }));
  const all: WordsEver[] = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view), ...remarks];
  const ofSale = all.filter((one) => one.by !== SYSTEM && one.text.trim() !== '' && subjectIn(view, one) === 'sale');
  const weighing = ofSale.filter((one) => weighsAnywhere(view, one));
  const heavy = lastTwo(weighing);
  const others = lastTwo(ofSale.filter((one) => weighsThere(view, one)));
  const isKnown = ({ by, at }: SpokeOfProduct): boolean => heavy.some((one) => one.by === by && one.at === at);
  return [
    ...heavy.map((one): SpokeOfProduct => {
      const text = weighing.flatMap((words) => (words.by === one.by ? words.text : [])).join('\n');
      const places = countriesNamed(text);
      return { ...one, heavy: true, text: text.slice(0, LONGEST), ...(places.length > 0 ? { places } : {}) };
    }),
    ...others.filter((one) => !isKnown(one)),
  ];
};

/** More than most write of a deal. */
const LONGEST = 2000;

/** Returns the same with the products of that catalogue that it names. */
export const withNames = (
  { products }: Pick<Organisation, 'products'>,
  spoke: readonly SpokeOfProduct[],
): SpokeOfProduct[] =>
  spoke.map(({ text = '', ...one }) => {
    const names = products.flatMap(({ id, name }) => (isProductNamed(name)(text) ? [id] : []));
    return names.length > 0 ? { ...one, names } : one;
  });

/** Returns all products of which somebody said something in a deal: its own, and those that were named. */
export const productsSpoken = ({
  products,
  spoke = [],
}: Pick<SaidElsewhere, 'products' | 'spoke'>): readonly string[] =>
  spoke.some(({ names }) => names) ? [...products, ...spoke.flatMap(({ names = [] }) => names)] : products;

/** The same of countries: where it goes to, and those that were named. */
export const placesSpoken = ({
  destinations,
  spoke = [],
}: Pick<SaidElsewhere, 'destinations' | 'spoke'>): readonly string[] =>
  spoke.some(({ places }) => places) ? [...destinations, ...spoke.flatMap(({ places = [] }) => places)] : destinations;

interface Spoken extends Pick<SpokeOfProduct, 'by' | 'at' | 'heavy'> {
  deal: DealId;
}

/** The latest first: what weighs by product, and by country, and all by product and country. There may be tens of thousands. */
export type SpokenOfProducts = ReadonlyMap<string, readonly Spoken[]>;

const inPlace = (product: string, place: string): string => `${product}\n${place}`;

/** Returns it of all these deals. */
export function* spokenOfProducts(all: readonly SaidElsewhere[]): Walk<SpokenOfProducts> {
  const found = new Map<string, Spoken[]>();
  const add = (key: string, one: Spoken): void => {
    const group = found.get(key);
    if (group) group.push(one);
    else found.set(key, [one]);
  };
  for (const { id: deal, products, destinations, spoke = [] } of all) {
    yield;
    for (const { by, at, heavy, names = [], places = [] } of spoke) {
      const one: Spoken = { deal, by, at, ...(heavy ? { heavy } : {}) };
      const all = new Set([...destinations, ...places]);
      if (heavy) for (const place of all) add(inPlace('', place), one);
      for (const product of new Set([...products, ...names])) {
        if (heavy) add(product, one);
        for (const place of all) add(inPlace(product, place), one);
      }
    }
  }
  for (const group of found.values()) {
    yield;
    group.sort((a, b) => (a.at < b.at ? 1 : -1));
  }
  return found;
}

/** Returns the place of the first that was said until then. */
const firstUntil = (group: readonly Spoken[], until: Instant): number => {
  let [low, high] = [0, group.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((group[middle]?.at ?? '') > until) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Returns what the deal hears of it between those times: the latest that weighs and is of its product or its country, or was said of both; and
 * the latest that weighs, and is of both.
 *
 * @param products - its own, and those that are called nearly the same
 */
export const heardOfProduct = (
  one: SaidElsewhere,
  products: readonly string[],
  spoken: SpokenOfProducts,
  { since, until }: { since: Instant; until: Instant },
): HeardOfProduct | undefined => {
  const latestOf = (keys: readonly string[], isMeant: (each: Spoken) => boolean = () => true): Spoken | undefined => {
    let latest: Spoken | undefined;
    for (const key of keys) {
      const group = spoken.get(key) ?? [];
      for (let n = firstUntil(group, until); n < group.length; n += 1) {
        const each = group[n]!;
        if (each.at <= since || each.at <= (latest?.at ?? '')) break;
        if (each.deal === one.id || isSellersWord(one, each.by) || !isMeant(each)) continue;
        latest = each;
        break;
      }
    }
    return latest;
  };
  const there = products.flatMap((product) => one.now.destinations.map((place) => inPlace(product, place)));
  const last = latestOf([...products, ...there, ...one.now.destinations.map((place) => inPlace('', place))]);
  if (!last) return undefined;
  const sale = latestOf(there, ({ heavy }) => heavy === true)?.at;
  return { deal: last.deal, by: last.by, at: last.at, ...(sale === undefined ? {} : { sale }) };
};
