/**
 * What deals for others say in words of the same product, or of the same country: yes and no are compared by themselves, and whoever sells
 * it next to somebody else does not repeat a colleague's words. House rule.
 */

import { countriesNamed } from '../../countries-named.ts';
import { marksOf, shareKey } from '../../end-user.ts';
import { fold } from '../../fold.ts';
import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import { MILDEST } from '../../policy/kinds.ts';
import type { CompiledPolicy, EndUserKind, FactValue, QuestionId } from '../../policy/policy.ts';
import { isProductNamed } from '../../product-names.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isSellers, isSellersAlone } from '../rights/set-aside.ts';
import { namesNoMilder } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import { isOutside } from './elsewhere.ts';
import { answersEver, destinationsEver, productsEver, productsNamed, type ProductNamed } from './ever-said.ts';
import { heldAgainst, HELD_AGAINST, isAgainst, LET_GO, reasonsIn } from './held-against.ts';
import { gravePart, subjectOf } from './topics.ts';
import { wordsElsewhere, wordsEver } from './words-ever.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

/** `sale`: of a deal beside its answers, so that it may be of its product, by name or as “it”. */
type Subject = 'product' | 'country' | 'sale';

/** Beside those which let go of a deal, or hold something against it. Why something is confirmed, and what votes ask for, is of one end-user. */
const OF_SALE: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>([
  ...LET_GO,
  ...HELD_AGAINST,
  'called',
  'evidence',
  'corrected',
  'reopened',
  'set',
]);
/** What people told officers, or put on record with a date: also of whoever sells it. */
const TOLD: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['evidence', 'set']);
const HEAVY: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['vote', 'denied']);

export const subjectIn = (
  { policy }: DealView,
  { of, question }: Pick<WordsEver, 'of' | 'question'>,
): Subject | undefined =>
  question === undefined ? (OF_SALE.has(of) ? 'sale' : undefined) : subjectOf(policy.question(question));

/** What somebody denied having said: it is of each subject of which they were named. */
const subjectsDenied = ({ deal, policy }: DealView, { of, by, at, text }: WordsEver): (Subject | undefined)[] =>
  of === 'denied'
    ? (deal.objections ?? [])
        .filter((one) => one.by === by && one.at === at && one.reason === text)
        .flatMap(({ questions }) => questions.map((id) => subjectOf(policy.question(id))))
    : [];

/** Tells whether it is held against the deal, stands under an answer that speaks against it, or says no milder kind than `than`. */
const isHeavy = (policy: CompiledPolicy, words: WordsEver, than: EndUserKind): boolean =>
  isAgainst(words) ||
  HEAVY.has(words.of) ||
  (words.of !== 'answer' && words.question !== undefined && words.grave) ||
  namesNoMilder(policy, words.text, than);

/** `same`: it is of the product, or of what the question is about; `country`: said of a deal as a whole, and of the country. */
interface Told {
  same: boolean;
  country: boolean;
}
const ALL_OF_IT: Told = { same: true, country: true };

/**
 * Tells whether others hear it. What is heavy, of everybody; what else a colleague of the seller answered in words or from a list, wherever
 * it goes; and where it is the `same` all else that they wrote, what anybody told officers, and answers of a seller who does not answer
 * alone.
 */
const isTold = (there: DealView, words: WordsEver, { same, country }: Told, isHeavy: boolean): boolean => {
  if (subjectIn(there, words) === undefined) return false;
  if (isHeavy || (same && TOLD.has(words.of))) return true;
  // Of whoever sells it an answer may be their own, or a colleague's whom they let answer.
  if (same && words.of === 'answer') return !isSellersAlone(there, words.by);
  return !isSellers(there, words.by) && (words.of === 'answer' || same || country);
};

/** The same of what names the product or the country of another deal. What approvers write as they approve is of that one alone. */
const mayBeTold = (there: DealView, words: WordsEver): boolean =>
  !isMereName(words) &&
  (words.question !== undefined || OF_SALE.has(words.of)) &&
  (!isSellers(there, words.by) || isHeavy(there.policy, words, MILDEST));

/** The labels of what says something against the deal, but for those in `but`; of a single choice all but its mildest. */
const pickedIn = ({ policy }: DealView, id: QuestionId, value: FactValue, but?: FactValue): string[] => {
  const question = policy.question(id);
  if (!question || isOpenValue(value)) return [];
  const grave = gravePart(policy, id, value);
  const isSaid = (option: string): boolean => (Array.isArray(but) ? but.includes(option) : but === option);
  return question.options
    .filter(
      ({ value: option }, n) => grave.includes(option) && (question.kind === 'choices' || n > 0) && !isSaid(option),
    )
    .map(({ label }) => label);
};

/** What a colleague picked against it from a list, in words, but for what is picked `here`: of another end-user no list is compared. */
const picksIn = (view: DealView, here: DealView = view): WordsEver[] =>
  answersEver(view).flatMap(({ question: id, value, by, at, until }): WordsEver[] => {
    const question = view.policy.question(id);
    if (!question || question.kind === 'yes-no' || question.kind === 'text') return [];
    if (by === undefined || isSellersAlone(view, by) || subjectOf(question) === undefined) return [];
    const picked = pickedIn(view, id, value, here === view ? undefined : own(here.facts.answers, id));
    return picked.length === 0
      ? []
      : [{ of: 'answer', question: id, text: picked.join('; '), by, at, gone: until !== undefined, grave: true }];
  });

/** What a deal was of in which somebody wrote something of it that others hear. */
export interface SpokenOf {
  products: readonly ProductNamed[];
  /** ISO 3166-1 alpha-2, also those that the words name. */
  destinations: readonly string[];
  /** Marks of the words: among them may be a product's name. Absent: none, or in older ones. */
  words?: readonly number[] | undefined;
}

/** More words than most write of a deal. */
const MOST_WORDS = 400;
const wordsOfText = (text: string): string[] => fold(text).split(' ');

/** The names of its products. Outside the catalogue a name of one word may be any word. */
const productNames = ({ deal, organisation }: DealView): string[] => {
  const known = new Set(organisation.products.map(({ name }) => name));
  const names = new Set(productsNamed(deal).map((one) => one.slice(one.indexOf('\n') + 1)));
  return [...names].filter((name) => known.has(name) || fold(name).includes(' '));
};

/** Tells whether all words of a name of the deal's product are among these. */
export const mayNameProduct = (view: DealView): ((words: readonly number[]) => boolean) => {
  const names = productNames(view)
    .filter((name) => fold(name) !== '')
    .flatMap((name) => ['', 's', 'es'].map((ending) => marksOf(wordsOfText(name + ending))));
  return (words) => names.some((marks) => marks.every((mark) => words.includes(mark)));
};

/** Tells whether the text names the product, or the country, of this deal, whatever that is of in which it was written. */
const namedIn = (view: DealView): ((text: string) => { product: boolean; country: boolean }) => {
  const names = productNames(view).map(isProductNamed);
  const places = new Set(destinationsEver(view.deal));
  return (text) => ({
    product: names.some((isNamed) => isNamed(text)),
    country: countriesNamed(text).some((code) => places.has(code)),
  });
};

/** A name of fewer words says what was looked up, and nothing of it: every deal has some. */
const LEAST_SAID = 6;
export const isMereName = ({ of, gone, text }: WordsEver): boolean =>
  of === 'source' && !gone && text.trim().split(/\s+/u).length < LEAST_SAID;

/** Undefined: nobody wrote anything. What only stands among its events is found by its author's remark. */
export const spokenOf = (view: DealView): SpokenOf | undefined => {
  const { deal, policy } = view;
  const { remarks = [], scopeRefused, lighterRefused, requests } = deal;
  const isOfOthers = ({ by }: { by: string }): boolean => !isSellers(view, by);
  const written = [scopeRefused, lighterRefused].filter((one) => one !== undefined);
  const all = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view)];
  const told: Wording[] = [...all.filter((one) => mayBeTold(view, one)), ...besideAnswers(view).filter(isOfOthers)];
  const countries = told.flatMap(({ text }) => countriesNamed(text));
  const isSpoken =
    countries.length > 0 ||
    requests.some(({ answer }) => answer) ||
    [...remarks, ...written].some(isOfOthers) ||
    [...all, ...picksIn(view)].some((one) => {
      const heavy = isHeavy(policy, one, MILDEST);
      return (heavy || !isMereName(one)) && isTold(view, one, ALL_OF_IT, heavy);
    });
  if (!isSpoken && told.length === 0) return undefined;
  // What sellers write pushes out nobody's words, nor what stands under answers a flag's.
  const ranked = told.map((one) => ({
    ...one,
    rank: Number(!isOfOthers(one)) * 2 + Number(one.of === undefined || !HELD_AGAINST.has(one.of)),
  }));
  const inOrder = ranked.toSorted((a, b) => a.rank - b.rank).flatMap(({ text }) => wordsOfText(text));
  const words = marksOf([...new Set(inOrder)].slice(0, MOST_WORDS));
  return {
    products: isSpoken ? productsNamed(deal) : [],
    destinations: [...new Set([...(isSpoken ? destinationsEver(deal) : []), ...countries])],
    ...(words.length > 0 ? { words } : {}),
  };
};

/** What another deal has in common with one. A product outside the catalogue may be any (`may`). */
export interface InSale {
  product: boolean;
  may: boolean;
  country: boolean;
}

export const inSale = (mine: readonly string[], theirs: readonly string[], country: boolean): InSale => {
  const product = shareKey(mine, theirs);
  return { product, may: !product && country && [...mine, ...theirs].some(isOutside), country };
};

/** The same sale first, then what may be one, then the same product, and then the same country. */
const [SAME_SALE, MAY_BE_SAME, SAME_PRODUCT, SAME_COUNTRY] = [0, 1, 2, 3];
export const SALE_PLACES = [SAME_SALE, MAY_BE_SAME, SAME_PRODUCT, SAME_COUNTRY] as const;

export const placeInSale = ({ product, may, country }: InSale): number => {
  if (product) return country ? SAME_SALE : SAME_PRODUCT;
  return may ? MAY_BE_SAME : SAME_COUNTRY;
};

/** An approver asks of one end-user. */
const isOfOne = ({ of }: Pick<WordsEver, 'of'>): boolean => of === 'question';

/** Who sells a deal bars nobody's way with what they write of it. */
export const isOthersWord = (there: DealView, { by }: Pick<WordsEver, 'by'>): boolean => !isSellers(there, by);

/** Tells whether it weighs on other deals of its product, wherever they go, and on those that go there: it is held against that deal. */
export const weighsAnywhere = (there: DealView, words: WordsEver): boolean =>
  (isAgainst(words) || HEAVY.has(words.of)) && isOthersWord(there, words);

/** The same of what somebody said beside answers, on other deals in the same country. */
export const weighsThere = (there: DealView, words: WordsEver): boolean =>
  isOthersWord(there, words) && !words.dismissed && !isOfOne(words);

const ofColleagueIn = (there: DealView, words: WordsEver, place: number): WordsElsewhere['ofColleague'] => {
  if (!isOthersWord(there, words)) return undefined;
  const isBeside = words.question === undefined;
  const isThere = place === SAME_SALE && weighsThere(there, words);
  return isBeside && (weighsAnywhere(there, words) || isThere) ? 'weighs' : 'said';
};

/**
 * Returns those words of these deals. What weighs comes first, and of that what is of the same sale, each author in turn and from both
 * ends of time; what is both, and no answer's, is `grave`. `known`: those that the page says already.
 */
export const wordsOfProduct = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
  known: readonly WordsElsewhere[] = [],
): WordsElsewhere[] => {
  const [products, destinations] = [productsEver(view), destinationsEver(view.deal)];
  const { kind } = view.deal.details.endUser;
  const named = namedIn(view);
  const there = new Map(
    others.map((other) => {
      const country = shareKey(destinations, destinationsEver(other.deal));
      return [other.deal.id, { other, in: inSale(products, productsEver(other), country) }] as const;
    }),
  );
  const spoken = new Map(
    others.map((other) => {
      const { id } = other.deal;
      return [id, [...(said.get(id) ?? []), ...picksIn(other, view), ...heldAgainst(other)]] as const;
    }),
  );
  const keyOf = ({ deal, text = '' }: { deal: DealId; text?: string | undefined }): string => `${deal} ${text}`;
  const shown = new Set([...known, ...(view.deal.others?.worries ?? [])].map(keyOf));
  const isMeant = (words: WordsElsewhere): boolean => {
    const { other, in: sale } = there.get(words.deal)!;
    if (shown.has(keyOf(words))) return false;
    const [subject, names, heavy] = [subjectIn(other, words), named(words.text), isHeavy(view.policy, words, kind)];
    if ((names.product || names.country) && (heavy || mayBeTold(other, words))) return true;
    const product = sale.product || sale.may;
    const isOfBoth =
      (names.product && (names.country || (!sale.product && sale.country))) ||
      (names.country && !sale.country && product);
    // Whoever names another of the two than the deal has speaks of that in this one, or of this one in that, whatever they do there.
    if (isOfBoth && words.of !== 'role' && isOthersWord(other, words)) return true;
    if (subject === undefined) return false;
    // Whatever is written in a deal of a product may be true of it wherever it goes, by name or not; and of its country, whatever goes there.
    const isOf = { product, country: sale.country, sale: product || sale.country };
    const subjects = [subject, ...subjectsDenied(other, words)];
    if (!subjects.some((one) => one !== undefined && isOf[one])) return false;
    // What is written under an answer about one of them is of that, whatever the other is.
    const isOfIt = words.question !== undefined && isOf[subject];
    return isTold(other, words, { same: product || isOfIt, country: subject === 'sale' && sale.country }, heavy);
  };
  /** What names the product or the country is of that, too. */
  const placeOf = ({ deal, text }: WordsElsewhere): number => {
    const [{ product, may, country }, names] = [there.get(deal)!.in, named(text)];
    return placeInSale({ product: product || names.product, may, country: country || names.country });
  };
  const comesFirst = (deal: DealId): boolean => placeInSale(there.get(deal)!.in) === SAME_SALE;
  const found = wordsElsewhere(view, others, spoken, { isMeant, comesFirst }).map((words) => {
    const [heavy, place] = [isHeavy(view.policy, words, kind), placeOf(words)];
    // What stands under an answer is compared by itself.
    const isBeside = words.question === undefined;
    const ofColleague = ofColleagueIn(there.get(words.deal)!.other, words, place);
    return {
      ...words,
      ...(ofColleague ? { ofColleague } : {}),
      grave: heavy && isBeside && place === SAME_SALE,
      place: place + (heavy ? 0 : SALE_PLACES.length),
    };
  });
  const latest = found.toSorted((a, b) => a.place - b.place || (a.at < b.at ? 1 : -1));
  const places = [...new Set(latest.map(({ place }) => place))];
  return othersFirst(
    view.deal,
    places.flatMap((place) => fromBothEnds(latest.filter((one) => one.place === place))),
  ).map(({ place: _place, ...words }) => words);
};
