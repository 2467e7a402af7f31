/**
 * Who said something in a deal that may be true of others with its product, or in its country, or names one of theirs: what compliance
 * confirmed of those before, it confirmed without that. House rule.
 */

import { companyKeys } from '../../company-name.ts';
import { countriesNamed } from '../../countries-named.ts';
import { shareKey } from '../../end-user.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import { isProductNamed } from '../../product-names.ts';
import type { Walk } from '../../walk.ts';
import type { HeardOfProduct, SpokeOfProduct } from '../heard-shapes.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import { companiesNamed, isSellersWord, type SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { marksOfNames, marksOfText, namesFound, withCapital } from './names-in-words.ts';
import { namesToFind, type NameToFind } from './names-to-find.ts';
import { isOfCompanyIn } from './of-between.ts';
import { wordsEver } from './words-ever.ts';
import { isMereName, isOthersWord, subjectIn, weighsAnywhere, weighsThere } from './words-of-product.ts';
import type { WordsEver } from './words-shapes.ts';

/** Longer than what most write at once, and more than they write of a deal. */
const LONGEST = 2000;
const MOST_SAID = 60;

/** The strongest first: who said it of more of them is heard as that. */
const STRONGEST = ['heavy', 'sale', 'product', 'country', 'name', 'party'] as const;
type Reach = (typeof STRONGEST)[number];

const reachOf = (view: DealView, one: WordsEver): Reach => {
  const subject = subjectIn(view, one);
  if (subject === 'sale' && weighsAnywhere(view, one)) return 'heavy';
  if (subject === 'sale' && weighsThere(view, one)) return 'sale';
  // A title says what was looked up, and of whom.
  if (isMereName(one)) return 'party';
  return subject === undefined || subject === 'sale' ? 'name' : subject;
};

const spokenAs = ({ by, at, text }: Wording, reach: Reach, between: boolean): SpokeOfProduct => {
  const places = countriesNamed(text);
  return {
    by,
    at,
    ...(reach === 'heavy' ? { heavy: true } : reach === 'sale' ? {} : { of: reach }),
    ...(between ? { between: true } : {}),
    text: text.slice(0, LONGEST),
    ...(places.length > 0 ? { places } : {}),
  };
};

/** Returns what everybody but who sells it said of it, each person in turn, the latest first. Nothing where no scope is confirmed. */
export const spokeOfProduct = (view: DealView): SpokeOfProduct[] => {
  if (view.policy.confirmScope === undefined) return [];
  const ever = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view)].filter(({ of }) => of !== 'role');
  const all = [
    ...ever.map((one) => ({ one, reach: reachOf(view, one) })),
    ...besideAnswers(view).map((one) => ({
      one,
      reach: one.of ? reachOf(view, { ...one, of: one.of, gone: false, grave: false }) : ('name' as const),
    })),
  ].filter(({ one }) => one.by !== SYSTEM && one.text.trim() !== '' && isOthersWord(view, one));
  const isOfCompany = isOfCompanyIn(view);
  /** A title is of the company that it says. “They” may be anybody in the sale, but where approvers ask, or say why they settle something. */
  const isBetween = (one: Wording & Pick<WordsEver, 'question'>, reach: Reach): boolean =>
    reach === 'party'
      ? isOfCompany({ text: one.text })
      : isOfCompany(one) || (one.question === undefined && one.of !== undefined && one.of !== 'question');
  const said = new Map<string, { by: PersonId; one: Wording; reach: Reach; between: boolean }>();
  for (const { one, reach } of all) {
    const key = `${one.by}\n${one.at}\n${one.text}`;
    const known = said.get(key);
    const isStronger = known === undefined || STRONGEST.indexOf(reach) < STRONGEST.indexOf(known.reach);
    const between = known?.between || isBetween(one, reach);
    said.set(key, isStronger ? { by: one.by, one, reach, between } : { ...known, between });
  }
  const latest = [...said.values()].toSorted((a, b) => (a.one.at < b.one.at ? 1 : -1));
  return inTurn(latest)
    .slice(0, MOST_SAID)
    .map(({ one, reach, between }) => spokenAs(one, reach, between));
};

/** Each entry is read with all of them. */
const namedIn = perObject((products: Organisation['products']) =>
  products.map(({ id, name }) => ({ id, isNamed: isProductNamed(name) })),
);

/** Returns the same with the products of that catalogue that it names. */
export const withNames = (
  { products }: Pick<Organisation, 'products'>,
  spoke: readonly SpokeOfProduct[],
): SpokeOfProduct[] =>
  spoke.map((one) => {
    const { text = '' } = one;
    const names = namedIn(products).flatMap(({ id, isNamed }) => (isNamed(text) ? [id] : []));
    return names.length > 0 ? { ...one, names } : one;
  });

const namesOf = perObject(({ called }: Pick<SaidElsewhere, 'called'>) => namesToFind(called));

/** Returns marks of words without which a text hardly names one of its parties. */
export const marksToFind = perObject(({ called }: SaidElsewhere): readonly number[] => marksOfNames(called));

const marksIn = perObject(({ text = '' }: SpokeOfProduct): readonly number[] => marksOfText(text));

/** Returns marks of all words of what was said in a deal so. */
export const marksSpoken = ({ spoke = [] }: Pick<SaidElsewhere, 'spoke'>): readonly number[] => spoke.flatMap(marksIn);

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

const ofMark = (mark: number): string => `\n\n${mark}`;
const ofKey = (key: string): string => `\n\n\n${key}`;

/** Results of `companyKeys` of its companies. */
const companiesBy = perObject((one: Pick<SaidElsewhere, 'called'>): readonly string[] => [
  ...new Set(companiesNamed(one).flatMap(companyKeys)),
]);

/** Of which product and country they are, one by one and both together. */
const keysOf = (
  { products, destinations }: Pick<SaidElsewhere, 'products' | 'destinations'>,
  { of, heavy, names = [], places = [] }: SpokeOfProduct,
): Set<string> => {
  const both = (some: readonly string[], there: readonly string[]): string[] =>
    some.flatMap((product) => there.map((place) => inPlace(product, place)));
  const others = (named: readonly string[], own: readonly string[]): string[] =>
    named.filter((one) => !own.includes(one));
  if (of === 'party') return new Set();
  // Where they name another of the two than the deal has, it may be of that in this one.
  const named = [
    ...both(names, places),
    ...both(others(names, products), destinations),
    ...both(products, others(places, destinations)),
  ];
  // A product is the same wherever it goes: so is what is said of it by its name.
  if (of === 'name') return new Set([...names, ...named]);
  return new Set([
    ...(of === 'country' ? names : [...products, ...names]),
    ...(heavy || of === 'country' ? [...destinations, ...places].map((place) => inPlace('', place)) : []),
    ...named,
    ...both(products, destinations),
  ]);
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
  const [looked, through] = [new Set<number>(), new Set<string>()];
  for (const one of listeners) {
    yield;
    if (one.scope === 'in') continue;
    for (const mark of marksToFind(one)) looked.add(mark);
    for (const key of companiesBy(one)) through.add(key);
  }
  const [ofDeals, ofWords] = [new Map<string, Spoken[]>(), new Map<string, Spoken[]>()];
  const add = (found: Map<string, Spoken[]>, key: string, one: Spoken): void => {
    const group = found.get(key);
    if (group) group.push(one);
    else found.set(key, [one]);
  };
  for (const other of all) {
    yield;
    const isBetween = (other.spoke ?? []).some(({ between }) => between);
    const companies = isBetween ? companiesBy(other).filter((key) => through.has(key)) : [];
    for (const spoke of other.spoke ?? []) {
      const { by, at, heavy, between, text = '' } = spoke;
      if (at <= since) continue;
      const one: Spoken = { there: other, by, at, text, ...(heavy ? { heavy } : {}) };
      for (const mark of marksIn(spoke)) if (looked.has(mark)) add(ofWords, ofMark(mark), one);
      for (const key of keysOf(other, spoke)) add(ofDeals, key, one);
      if (between) for (const key of companies) add(ofDeals, ofKey(key), one);
    }
  }
  const sorted = new Map<string, readonly Spoken[]>();
  for (const [key, group] of ofDeals) {
    yield;
    sorted.set(key, newIn(latestFirst(group)));
  }
  // Whom they name, another deal says by its parties.
  for (const [key, group] of ofWords) sorted.set(key, latestFirst(group));
  return sorted;
}

const latestFirst = (group: readonly Spoken[]): Spoken[] => group.toSorted((a, b) => (a.at < b.at ? 1 : -1));

/** Returns what was said in these since then, and may be of a company in between. Through the very same one it is found by that. */
export const spokenBetween = (one: SaidElsewhere, all: Iterable<SaidElsewhere>, since: Instant): Spoken[] => {
  const alike = [...all].filter((there) => !shareKey(companiesBy(there), companiesBy(one)));
  const spoken = alike.flatMap((there) =>
    (there.spoke ?? []).flatMap((each) => (each.between && each.at > since ? [{ ...each, there }] : [])),
  );
  return newIn(latestFirst(spoken));
};

const latestIn = (all: readonly (Spoken | undefined)[]): Spoken | undefined =>
  all.filter((each) => each !== undefined).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];

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

/** Tells whether a text names its end-user, or a company beside it: one that is of that deal, too, is heard of by itself. */
const namesParty = (one: SaidElsewhere, which: NameToFind['of']): ((each: Spoken) => boolean) => {
  const names = namesOf(one).flatMap((name) =>
    name.of === which ? [{ ...withCapital(name), keys: which === 'other' ? companyKeys(name.name) : [] }] : [],
  );
  const found = namesFound(names);
  return ({ text = '', there }) =>
    found(text).some(
      ({ common, keys }) =>
        !shareKey(keys, there.parties) && (!common || shareKey(one.destinations, there.destinations)),
    );
};

/**
 * Returns what the deal hears of it until then: the latest that weighs or stands under answers and is of its product or its country,
 * was said of both, or names one of its parties; and when the latest of each was said.
 *
 * @param products - its own, and those that are called nearly the same
 * @param alike - what was said through companies that are called nearly as its own
 */
export const heardOfProduct = (
  one: SaidElsewhere,
  products: readonly string[],
  spoken: SpokenOfProducts,
  until: Instant,
  alike: readonly Spoken[] = [],
): HeardOfProduct | undefined => {
  const isHeard = ({ by, there }: Spoken): boolean => there.id !== one.id && !isSellersWord(one, by);
  const latestOf = (keys: readonly string[], isMeant: (each: Spoken) => boolean = () => true): Spoken | undefined => {
    let latest: Spoken | undefined;
    for (const key of keys) {
      const group = spoken.get(key) ?? [];
      for (let n = firstUntil(group, until); n < group.length; n += 1) {
        const each = group[n]!;
        if (each.at <= (latest?.at ?? '')) break;
        if (!isHeard(each) || !isMeant(each)) continue;
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
  const words = marksToFind(one).map(ofMark);
  const named = latestOf(words, namesParty(one, 'end-user'));
  const company = latestOf(words, namesParty(one, 'other'));
  const through = latestOf(companiesBy(one).map(ofKey));
  const ofCompany = latestIn([company, through, ...alike.filter((each) => each.at <= until && isHeard(each))]);
  const last = latestIn([ofBoth, ofIt, ofPlace, named, ofCompany]);
  if (!last) return undefined;
  return {
    deal: last.there.id,
    by: last.by,
    at: last.at,
    ...(ofBoth ? { sale: ofBoth.at } : {}),
    ...(ofIt ? { product: ofIt.at } : {}),
    ...(ofPlace ? { country: ofPlace.at } : {}),
    ...(named ? { named: named.at } : {}),
    ...(ofCompany ? { company: ofCompany.at } : {}),
  };
};
