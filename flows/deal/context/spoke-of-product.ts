/**
 * Who said something beside the answers of a deal that may be true of others with its product, or in its country, or names one of theirs:
 * what compliance confirmed of those before, it confirmed without that. House rule.
 */

import { countriesNamed } from '../../countries-named.ts';
import { isFiller } from '../../filler.ts';
import { fold } from '../../fold.ts';
import type { DealId, Instant } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import { perText } from '../../per-text.ts';
import { isProductNamed } from '../../product-names.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOfProduct, SpokeOfProduct } from '../heard-shapes.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';
import { subjectIn, weighsAnywhere, weighsThere } from './words-of-product.ts';
import type { WordsEver } from './words-shapes.ts';
import { lastTwo } from './wrote.ts';

/** More than most write of a deal. */
const LONGEST = 2000;
const MOST_TEXTS = 20_000;
const LEAST_WORD = 4;

/** Returns the last two people whose words weigh, and the last two of all but who sells it. Nobody where no scope is confirmed. */
export const spokeOfProduct = (view: DealView): SpokeOfProduct[] => {
  const { deal, policy } = view;
  if (policy.confirmScope === undefined) return [];
  const remarks = (deal.remarks ?? []).map(({ of, text, by, at }) => ({ of, text, by, at, gone: false, grave: false }));
  const all: WordsEver[] = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view), ...remarks];
  const ofSale = all.filter((one) => one.by !== SYSTEM && one.text.trim() !== '' && subjectIn(view, one) === 'sale');
  const weighing = ofSale.filter((one) => weighsAnywhere(view, one));
  const saying = ofSale.filter((one) => weighsThere(view, one));
  const heavy = lastTwo(weighing);
  const isKnown = ({ by, at }: SpokeOfProduct): boolean => heavy.some((one) => one.by === by && one.at === at);
  const withText = (one: SpokeOfProduct, words: readonly WordsEver[]): SpokeOfProduct => {
    const theirs = words.filter(({ by }) => by === one.by).toSorted((a, b) => (a.at < b.at ? 1 : -1));
    const text = theirs.map(({ text: each }) => each).join('\n');
    const places = countriesNamed(text);
    return { ...one, text: text.slice(0, LONGEST), ...(places.length > 0 ? { places } : {}) };
  };
  return [
    ...heavy.map((one) => withText({ ...one, heavy: true }, weighing)),
    ...lastTwo(saying)
      .filter((one) => !isKnown(one))
      .map((one) => withText(one, saying)),
  ];
};

/** Returns the same with the products of that catalogue that it names. */
export const withNames = (
  { products }: Pick<Organisation, 'products'>,
  spoke: readonly SpokeOfProduct[],
): SpokeOfProduct[] =>
  spoke.map((one) => {
    const { text = '' } = one;
    const names = products.flatMap(({ id, name }) => (isProductNamed(name)(text) ? [id] : []));
    return names.length > 0 ? { ...one, names } : one;
  });

const wordsIn = perText((text: string): readonly string[] => [...new Set(fold(text).split(' '))], MOST_TEXTS);

/** Returns the longest word of each name of its end-user: a text without any of those names it nowhere. Shorter ones say little of a name. */
export const wordsToFind = ({ called: { endUsers } }: Pick<SaidElsewhere, 'called'>): string[] =>
  endUsers.flatMap((name) => {
    const [longest = ''] = wordsIn(name).toSorted((a, b) => b.length - a.length);
    return longest.length >= LEAST_WORD ? [longest] : [];
  });

/** Returns all words of what was said in a deal so. */
export const wordsSpoken = ({ spoke = [] }: Pick<SaidElsewhere, 'spoke'>): readonly string[] =>
  spoke.flatMap(({ text = '' }) => wordsIn(text));

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

interface Spoken extends Pick<SpokeOfProduct, 'by' | 'at' | 'heavy' | 'text'> {
  deal: DealId;
}

/** The latest first: what weighs by product, and by country, and all by product and country, and by each word. There may be tens of thousands. */
export type SpokenOfProducts = ReadonlyMap<string, readonly Spoken[]>;

const inPlace = (product: string, place: string): string => `${product}\n${place}`;
/** The same of what weighs alone. */
const heavyIn = (product: string, place: string): string => `${inPlace(product, place)}\nheavy`;

const ofWord = (word: string): string => `\n\n${word}`;

/** Returns it of all these deals, and of the words by which these listeners look for their end-users. */
export function* spokenOfProducts(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
): Walk<SpokenOfProducts> {
  const looked = new Set(listeners.flatMap((one) => (one.scope === 'in' ? [] : wordsToFind(one))));
  const found = new Map<string, Spoken[]>();
  const add = (key: string, one: Spoken): void => {
    const group = found.get(key);
    if (group) group.push(one);
    else found.set(key, [one]);
  };
  for (const { id: deal, products, destinations, spoke = [] } of all) {
    yield;
    for (const { by, at, heavy, text = '', names = [], places = [] } of spoke) {
      const one: Spoken = { deal, by, at, text, ...(heavy ? { heavy } : {}) };
      for (const word of wordsIn(text)) if (looked.has(word)) add(ofWord(word), one);
      const there = new Set([...destinations, ...places]);
      if (heavy) for (const place of there) add(inPlace('', place), one);
      for (const product of new Set([...products, ...names])) {
        if (heavy) add(product, one);
        for (const place of there) {
          add(inPlace(product, place), one);
          if (heavy) add(heavyIn(product, place), one);
        }
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
 * Returns what the deal hears of it between those times: the latest that weighs and is of its product or its country, was said of both, or
 * names its end-user; and the latest that weighs, and is of both.
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
  const inPlaces = (key: typeof inPlace): string[] =>
    products.flatMap((product) => one.now.destinations.map((place) => key(product, place)));
  const isNamed = namesOneOf(one.called.endUsers.filter((name) => !isFiller(name)));
  const named = latestOf(wordsToFind(one).map(ofWord), ({ text = '' }) => isNamed(text));
  const ofIt = latestOf([
    ...products,
    ...inPlaces(inPlace),
    ...one.now.destinations.map((place) => inPlace('', place)),
  ]);
  const last = named && named.at > (ofIt?.at ?? '') ? named : ofIt;
  if (!last) return undefined;
  const sale = latestOf(inPlaces(heavyIn))?.at;
  return { deal: last.deal, by: last.by, at: last.at, ...(sale === undefined ? {} : { sale }) };
};
