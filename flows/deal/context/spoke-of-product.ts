/**
 * Who said something in a deal that may be true of others with its product, or in its country, or names one of theirs: what compliance
 * confirmed of those before, it confirmed without that. House rule.
 */

import { companyKeys } from '../../company-name.ts';
import { countriesNamed } from '../../countries-named.ts';
import { lookWords, shareKey } from '../../end-user.ts';
import type { Instant } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import { perText } from '../../per-text.ts';
import { isProductNamed } from '../../product-names.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOfProduct, SpokeOfProduct } from '../heard-shapes.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import { isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { isWrittenSo, namesToFind, wordsOfNames } from './names-in-words.ts';
import { wordsEver } from './words-ever.ts';
import { isMereName, isOthersWord, subjectIn, weighsAnywhere, weighsThere } from './words-of-product.ts';
import type { WordsEver } from './words-shapes.ts';
import { lastOfEach } from './wrote.ts';

/** More letters than most write of a deal. */
const LONGEST = 6000;
const MOST_TEXTS = 20_000;

/** More people than most deals have; whose words are only read for names. */
const MOST_NAMING = 8;

/** Each of them with all that they wrote of that, the latest first. */
const withTexts = (of: SpokeOfProduct['of'], words: readonly Wording[], most = 2): SpokeOfProduct[] =>
  lastOfEach(words, most).map(({ by, at }) => {
    const theirs = words.filter((one) => one.by === by).toSorted((a, b) => (a.at < b.at ? 1 : -1));
    const text = [...new Set(theirs.map((one) => one.text))].join('\n');
    const places = countriesNamed(text);
    return {
      by,
      at,
      ...(of ? { of } : {}),
      text: text.slice(0, LONGEST),
      ...(places.length > 0 ? { places } : {}),
    };
  });

/**
 * Returns the last two people whose words weigh, the last two of all but who sells it who said something beside its answers, or under those
 * about its product or its country, and all others, whose words may name somebody. Nobody where no scope is confirmed.
 */
export const spokeOfProduct = (view: DealView): SpokeOfProduct[] => {
  if (view.policy.confirmScope === undefined) return [];
  const beside = besideAnswers(view);
  const ofDeal = beside.flatMap(({ of, text, by, at }): WordsEver[] =>
    of ? [{ of, text, by, at, gone: false, grave: false }] : [],
  );
  const all: WordsEver[] = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view), ...ofDeal];
  const said = all.filter((one) => one.by !== SYSTEM && one.text.trim() !== '');
  const ofSale = said.filter((one) => subjectIn(view, one) === 'sale');
  const heavy = withTexts(
    undefined,
    ofSale.filter((one) => weighsAnywhere(view, one)),
  ).map((one) => ({ ...one, heavy: true as const }));
  const isKnown = ({ by, at }: SpokeOfProduct): boolean => heavy.some((one) => one.by === by && one.at === at);
  const saying = withTexts(
    undefined,
    ofSale.filter((one) => weighsThere(view, one)),
  );
  const isOf = (subject: 'product' | 'country', one: WordsEver): boolean =>
    one.question !== undefined && subjectIn(view, one) === subject && isOthersWord(view, one) && !isMereName(one);
  const naming = [...said.filter(({ of }) => of !== 'role'), ...beside];
  return [
    ...heavy,
    ...saying.filter((one) => !isKnown(one)),
    ...(['product', 'country'] as const).flatMap((of) =>
      withTexts(
        of,
        said.filter((one) => isOf(of, one)),
      ),
    ),
    ...withTexts(
      'name',
      naming.filter((one) => isOthersWord(view, one)),
      MOST_NAMING,
    ),
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

const wordsIn = perText((text: string): readonly string[] => [...new Set(lookWords(text))], MOST_TEXTS);

const namesOf = perObject(({ called }: Pick<SaidElsewhere, 'called'>) => namesToFind(called));

/** Returns words without which a text names none of its parties. */
export const wordsToFind = (one: Pick<SaidElsewhere, 'called'>): string[] => wordsOfNames(namesOf(one));

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
  there: Pick<SaidElsewhere, 'id' | 'parties' | 'destinations'>;
}

/** The latest first: what weighs or stands under answers by product, and by country, all by product and country, and by each word. There may be tens of thousands. */
export type SpokenOfProducts = ReadonlyMap<string, readonly Spoken[]>;

const inPlace = (product: string, place: string): string => `${product}\n${place}`;

const ofWord = (word: string): string => `\n\n${word}`;

/** Of which product and country they are, one by one and both together. */
const keysOf = (
  { products, destinations }: Pick<SaidElsewhere, 'products' | 'destinations'>,
  { of, heavy, names = [], places = [] }: SpokeOfProduct,
): Set<string> => {
  const both = (some: readonly string[], there: readonly string[]): string[] =>
    some.flatMap((product) => there.map((place) => inPlace(product, place)));
  // Where they name one of the two, it may be of that in the deal or of the deal in that.
  const named = [...both(names, [...destinations, ...places]), ...both(products, places)];
  if (of === 'name') return new Set(named);
  const alone = [
    ...(heavy || of === 'product' ? [...products, ...names] : []),
    ...(heavy || of === 'country' ? [...destinations, ...places].map((place) => inPlace('', place)) : []),
  ];
  return new Set([...named, ...alone, ...both(products, destinations)]);
};

/** Whoever writes the same once more within that time says nothing new, but of what weighs. */
const newIn = (latestFirst: readonly Spoken[]): Spoken[] => {
  const known = new Set<string>();
  const isNew = ({ by, heavy, text = '' }: Spoken): boolean => {
    const key = `${by}\n${text}`;
    if (heavy || !known.has(key)) return known.add(key).size > 0;
    return false;
  };
  return latestFirst.toReversed().filter(isNew).toReversed();
};

/** Returns it of all these deals since then, and of the words by which these listeners look for their parties. */
export function* spokenOfProducts(
  all: readonly SaidElsewhere[],
  listeners: readonly SaidElsewhere[],
  since: Instant,
): Walk<SpokenOfProducts> {
  const looked = new Set(listeners.flatMap((one) => (one.scope === 'in' ? [] : wordsToFind(one))));
  const found = new Map<string, Spoken[]>();
  const add = (key: string, one: Spoken): void => {
    const group = found.get(key);
    if (group) group.push(one);
    else found.set(key, [one]);
  };
  for (const other of all) {
    yield;
    for (const spoke of other.spoke ?? []) {
      const { by, at, heavy, text = '' } = spoke;
      if (at <= since) continue;
      const one: Spoken = { there: other, by, at, text, ...(heavy ? { heavy } : {}) };
      for (const word of wordsIn(text)) if (looked.has(word)) add(ofWord(word), one);
      for (const key of keysOf(other, spoke)) add(key, one);
    }
  }
  const sorted = new Map<string, readonly Spoken[]>();
  for (const [key, group] of found) {
    yield;
    sorted.set(key, newIn(group.toSorted((a, b) => (a.at < b.at ? 1 : -1))));
  }
  return sorted;
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

/** Tells whether a text names one of its parties: a company that is one of that deal's, too, is heard of by itself. */
const namesParties = (one: SaidElsewhere): ((each: Spoken) => boolean) => {
  const names = namesOf(one).map((name) => ({
    ...name,
    name,
    isIn: namesOneOf([name.name]),
    keys: name.of === 'other' ? companyKeys(name.name) : [],
  }));
  return ({ text = '', there }) =>
    names.some(
      ({ name, isIn, common, keys }) =>
        isIn(text) &&
        isWrittenSo(text, name) &&
        !shareKey(keys, there.parties) &&
        (!common || shareKey(one.destinations, there.destinations)),
    );
};

/**
 * Returns what the deal hears of it until then: the latest that weighs or stands under answers and is of its product or its country,
 * was said of both, or names one of its parties; and when the latest of each was said, but of the country.
 *
 * @param products - its own, and those that are called nearly the same
 */
export const heardOfProduct = (
  one: SaidElsewhere,
  products: readonly string[],
  spoken: SpokenOfProducts,
  until: Instant,
): HeardOfProduct | undefined => {
  const latestOf = (keys: readonly string[], isMeant: (each: Spoken) => boolean = () => true): Spoken | undefined => {
    let latest: Spoken | undefined;
    for (const key of keys) {
      const group = spoken.get(key) ?? [];
      for (let n = firstUntil(group, until); n < group.length; n += 1) {
        const each = group[n]!;
        if (each.at <= (latest?.at ?? '')) break;
        if (each.there.id === one.id || isSellersWord(one, each.by) || !isMeant(each)) continue;
        latest = each;
        break;
      }
    }
    return latest;
  };
  const { destinations } = one.now;
  const ofBoth = latestOf(products.flatMap((product) => destinations.map((place) => inPlace(product, place))));
  const ofIt = latestOf(products);
  const ofPlace = latestOf(destinations.map((place) => inPlace('', place)));
  const named = latestOf(wordsToFind(one).map(ofWord), namesParties(one));
  const [last] = [ofBoth, ofIt, ofPlace, named]
    .filter((each) => each !== undefined)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (!last) return undefined;
  return {
    deal: last.there.id,
    by: last.by,
    at: last.at,
    ...(ofBoth ? { sale: ofBoth.at } : {}),
    ...(ofIt ? { product: ofIt.at } : {}),
    ...(named ? { named: named.at } : {}),
  };
};
