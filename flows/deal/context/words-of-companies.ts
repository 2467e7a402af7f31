/** What deals for other end-users say in words of a company that this one names, too: flags travel by company, and so do words. House rule. */

import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { MILDEST } from '../../policy/kinds.ts';
import type { QuestionId } from '../../policy/policy.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord, isSellersAlone } from '../rights/set-aside.ts';
import { namesKind, namesNoMilder, namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import { isOutside } from './elsewhere.ts';
import { isUnusualPart, productsEver } from './ever-said.ts';
import { heldAgainst, HELD_AGAINST, LET_GO, reasonsIn } from './held-against.ts';
import { amongNames } from './may-be-one.ts';
import { companiesOf, isOfCompanyIn } from './of-between.ts';
import { wordsElsewhere, wordsEver } from './words-ever.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

const OF_END_USER = /\bend[-\s]?users?\b/iu;

type Words = Pick<WordsEver, 'question' | 'text'>;

/** What nobody wrote under a question, and says a graver kind than its end-user is, is of whoever buys for that. */
const isOfBuyer = ({ policy, deal }: DealView, { question, text }: Words): boolean => {
  const { endUser } = deal.details;
  if (question !== undefined || OF_END_USER.test(text)) return false;
  return namesKind(policy, text, endUser.kind) && !namesOneOf([endUser.name])(text);
};

/** Tells whether somebody wrote something of a company in between that names a kind of end-user, or a colleague held something against one: such a deal is read before others. */
export const saysOfCompanies = (view: DealView): boolean => {
  if (companiesOf(view.deal).length === 0) return false;
  const isOf = isOfCompanyIn(view);
  const ever = [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view)].filter(
    ({ of }) => of !== 'role' && of !== 'source',
  );
  return [...ever, ...besideAnswers(view)].some((one: Wording & { question?: QuestionId | undefined }) => {
    const of = isOf(one);
    if (of && one.of !== undefined && HELD_AGAINST.has(one.of) && !isOwnWord(view.deal, one.by)) return true;
    return (of || isOfBuyer(view, one)) && namesNoMilder(view.policy, one.text, MILDEST);
  });
};

/** Tells whether it is the very same product; and whether it may be: one outside the catalogue may be any. */
const sameProducts = (one: DealView, other: DealView): { isVery: boolean; isSame: boolean } => {
  const [mine, theirs] = [productsEver(one), productsEver(other)];
  const isVery = mine.some((product) => theirs.includes(product));
  return { isVery, isSame: isVery || [...mine, ...theirs].some(isOutside) };
};

/** Each approval has some: who approves over what they know of a company says so of it. */
const OF_APPROVAL: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['reasons', 'condition']);

/** How a hit was settled stands beside the hit, wherever there is one with that entry. */
const isOfHit = ({ deal }: DealView, { flag }: Pick<WordsEver, 'flag'>): boolean =>
  flag !== undefined && deal.ownFlags.some(({ title, hit }) => hit !== undefined && title === flag);

/** A part behind a name. A name alone has none. */
const PART = /^[^,]*,\s*(?<part>.*)$/su;

/**
 * Returns the words of deals through the same company, or one that may be the same, that are of it: what names a kind of end-user that is no
 * milder than this deal's, all that a colleague wrote of it, and last all that a colleague wrote beside answers, which may be of anybody in
 * that sale; of the same product also what stands under a grave answer, and a part that says more than what companies do. Those that name a
 * kind, or are grave, come first and are `grave`. Much is written of a reseller that says only that all is well.
 */
export const wordsOfCompanies = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
): WordsElsewhere[] => {
  const { kind, name: endUser } = view.deal.details.endUser;
  const mine = companiesOf(view.deal);
  const mayBe = amongNames(mine);
  const there = new Map(
    others.map((other) => {
      const { destination } = other.deal.details;
      const same = destination === view.deal.details.destination;
      const common = {
        countries: same ? [destination] : [],
        either: [destination, view.deal.details.destination],
        sale: false,
      };
      const alike = companiesOf(other.deal).filter((name) => name !== endUser && mayBe(name, common));
      return [
        other.deal.id,
        { other, isThere: same, ...sameProducts(view, other), isOf: isOfCompanyIn(other, [...mine, ...alike]) },
      ] as const;
    }),
  );
  const spoken = new Map(
    others.map((other) => {
      const { id } = other.deal;
      return [id, [...(said.get(id) ?? []), ...(there.get(id)!.isVery ? [] : heldAgainst(other))]] as const;
    }),
  );
  // What the page says as heard it does not say again.
  const heard = new Set(
    (view.deal.others?.worries ?? []).flatMap(({ of, deal, text }) => (of === 'named' ? [`${deal} ${text}`] : [])),
  );
  const found = wordsElsewhere(view, others, spoken).flatMap((words): WordsElsewhere[] => {
    if (words.of === 'role' && heard.has(`${words.deal} ${words.text}`)) return [];
    const { other, isThere, isVery, isSame, isOf } = there.get(words.deal)!;
    const of = isOf(words);
    const { by } = words;
    const isOfColleague = !isOwnWord(view.deal, by) && !isSellersAlone(other, by);
    const shown: WordsElsewhere = isOfColleague ? { ...words, ofColleague: 'said' } : words;
    const isHeld = HELD_AGAINST.has(words.of) && isOfColleague && !words.dismissed;
    const weighs =
      ((of || isOfBuyer(other, words)) && namesNoMilder(view.policy, words.text, kind)) ||
      (of && (isHeld || (isSame && words.grave)));
    if (weighs) return [{ ...shown, grave: true }];
    if (words.of === 'role')
      return isSame && isUnusualPart(PART.exec(words.text)?.groups?.['part'] ?? '') ? [shown] : [];
    if (of && isOfColleague) return [shown];
    // Of a deal like this one it is told, too, if who sells both wrote it as they let go of it.
    const isLetGo = isThere && isVery && LET_GO.has(words.of) && !isSellersAlone(other, by);
    const isBeside = words.question === undefined && !OF_APPROVAL.has(words.of) && !isOfHit(other, words);
    if (isLetGo) return [{ ...shown, ofAnybody: 'let go' }];
    return isOfColleague && isBeside ? [{ ...shown, grave: false, ofAnybody: 'said' }] : [];
  });
  const latest = found.filter(({ grave }) => grave).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const rest = found.filter(({ grave }) => !grave);
  const last = rest.filter(({ ofAnybody }) => ofAnybody);
  return [...othersFirst(view.deal, fromBothEnds(latest)), ...rest.filter(({ ofAnybody }) => !ofAnybody), ...last];
};
