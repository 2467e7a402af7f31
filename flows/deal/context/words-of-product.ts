/**
 * What deals for others say in words of the same product, or of the same country: yes and no are compared by themselves, and whoever sells
 * it next to somebody else does not repeat a colleague's words. House rule.
 */

import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { EndUserKind, FactValue, QuestionId } from '../../policy/policy.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { namesNoMilder } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { answersEver, destinationsEver, productsEver, productsNamed, type ProductNamed } from './ever-said.ts';
import { heldAgainst, HELD_AGAINST, LET_GO, reasonsIn } from './held-against.ts';
import { gravePart, subjectOf } from './topics.ts';
import { wordsElsewhere, wordsEver, type WordsElsewhere, type WordsEver } from './words-ever.ts';

/** `sale`: of the product in that country, as nobody was asked about one of them alone. */
type Subject = 'product' | 'country' | 'sale';

/** Beside those which let go of a deal, or hold something against it. Why something is confirmed, and what votes ask for, is of one end-user. */
const OF_SALE: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>([
  ...LET_GO,
  ...HELD_AGAINST,
  'evidence',
  'corrected',
]);

const subjectIn = ({ policy }: DealView, { of, question }: Pick<WordsEver, 'of' | 'question'>): Subject | undefined =>
  question === undefined ? (OF_SALE.has(of) ? 'sale' : undefined) : subjectOf(policy.question(question));

/** Tells whether it is held against the deal, or says no milder kind than `than`. */
const isHeavy = ({ policy }: DealView, { of, question, grave, text }: WordsEver, than: EndUserKind): boolean =>
  of === 'flag' || of === 'report' || (question !== undefined && grave) || namesNoMilder(policy, text, than);

/** What weighs is told of whoever sells that deal, too; of a colleague there, whatever they wrote, but for a source of what is well. */
const isTold = (there: DealView, words: WordsEver, than: EndUserKind): boolean => {
  if (subjectIn(there, words) === undefined) return false;
  const isOfColleague = words.of !== 'role' && !isOwnWord(there.deal, words.by);
  return (isOfColleague && (words.of !== 'source' || words.grave)) || isHeavy(there, words, than);
};

/** What a colleague picked against it from a list, in words: of another end-user no list is compared. */
const picksIn = (view: DealView): WordsEver[] =>
  answersEver(view).flatMap(({ question: id, value, by, at, until }): WordsEver[] => {
    const question = view.policy.question(id);
    if (!question || question.kind === 'yes-no' || by === undefined || isOwnWord(view.deal, by)) return [];
    if (question.kind === 'text' || subjectOf(question) === undefined) return [];
    const picked = pickedIn(view, id, value);
    return picked.length === 0
      ? []
      : [{ of: 'answer', question: id, text: picked.join('; '), by, at, gone: until !== undefined, grave: true }];
  });

/** The labels of what says something against the deal; of a single choice all but its mildest. */
const pickedIn = ({ policy }: DealView, id: QuestionId, value: FactValue): string[] => {
  const question = policy.question(id);
  if (!question || isOpenValue(value)) return [];
  const grave = gravePart(policy, id, value);
  return question.options
    .filter((option, n) => grave.includes(option.value) && (question.kind === 'choices' || n > 0))
    .map(({ label }) => label);
};

const MILDEST: EndUserKind = 'private';

/** What a deal was of in which somebody wrote something of it that others hear. */
export interface SpokenOf {
  products: readonly ProductNamed[];
  /** ISO 3166-1 alpha-2. */
  destinations: readonly string[];
}

/** Undefined: nobody wrote anything. What only stands among its events is found by its author's remark. */
export const spokenOf = (view: DealView): SpokenOf | undefined => {
  const { deal } = view;
  const { remarks = [], scopeRefused, lighterRefused, requests } = deal;
  const isOfOthers = ({ by }: { by: string }): boolean => !isOwnWord(deal, by);
  const written = [scopeRefused, lighterRefused, ...requests.map(({ answer }) => answer)].filter(
    (one) => one !== undefined,
  );
  return remarks.some(isOfOthers) ||
    written.some(isOfOthers) ||
    [...wordsEver(view), ...picksIn(view), ...heldAgainst(view), ...reasonsIn(view)].some((one) =>
      isTold(view, one, MILDEST),
    )
    ? { products: productsNamed(deal), destinations: destinationsEver(deal) }
    : undefined;
};

const share = (some: readonly string[], others: readonly string[]): boolean => some.some((one) => others.includes(one));

/**
 * Returns those words of these deals. Of each author in turn what weighs comes first, then what is of the same product in the same country,
 * each from both ends of time; what is both, and no answer's, is `grave`. `known`: those that the page says already.
 */
export const wordsOfProduct = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
  known: readonly WordsElsewhere[] = [],
): WordsElsewhere[] => {
  const [products, destinations] = [productsEver(view), destinationsEver(view.deal)];
  const { kind } = view.deal.details.endUser;
  const there = new Map(
    others.map((other) => [
      other.deal.id,
      {
        other,
        product: share(products, productsEver(other)),
        country: share(destinations, destinationsEver(other.deal)),
      },
    ]),
  );
  const spoken = new Map(
    others.map((other) => {
      const { id } = other.deal;
      return [id, [...(said.get(id) ?? []), ...picksIn(other), ...heldAgainst(other)]] as const;
    }),
  );
  const keyOf = ({ deal, text = '' }: { deal: DealId; text?: string | undefined }): string => `${deal} ${text}`;
  const shown = new Set([...known, ...(view.deal.others?.worries ?? [])].map(keyOf));
  const found = wordsElsewhere(view, others, spoken).flatMap((words) => {
    const { other, product, country } = there.get(words.deal)!;
    const isLike = product && country;
    const isSame = { product, country, sale: isLike };
    const subject = subjectIn(other, words);
    if (subject === undefined || !isSame[subject] || shown.has(keyOf(words)) || !isTold(other, words, kind)) return [];
    const isOfWell = !isHeavy(other, words, kind);
    // What stands under an answer is compared by itself.
    const grave = isLike && !isOfWell && words.question === undefined;
    return [{ words: { ...words, grave }, place: Number(isOfWell) * 2 + Number(!isLike) }];
  });
  const inPlaces = [0, 1, 2, 3].flatMap((place) =>
    fromBothEnds(
      found
        .filter((one) => one.place === place)
        .map(({ words }) => words)
        .toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    ),
  );
  return othersFirst(view.deal, inPlaces);
};
