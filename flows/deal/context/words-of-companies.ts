/** What deals for other end-users say in words of a company that this one names, too: flags travel by company, and so do words. House rule. */

import { shortCompany } from '../../company-name.ts';
import { isFiller } from '../../filler.ts';
import type { DealId } from '../../ids.ts';
import { fromBothEnds } from '../../in-turn.ts';
import { MILDEST } from '../../policy/kinds.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord, isSellersAlone } from '../rights/set-aside.ts';
import { namesKind, namesNoMilder, namesOneOf } from '../said/name-says.ts';
import { isOfBetween } from '../said/renamed.ts';
import type { DealView } from '../view.ts';
import { isOutside } from './elsewhere.ts';
import { calledEver, isUnusualPart, productsEver } from './ever-said.ts';
import { heldAgainst, HELD_AGAINST, LET_GO, reasonsIn } from './held-against.ts';
import { amongNames } from './may-be-one.ts';
import { wordsElsewhere, wordsEver } from './words-ever.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

/** Whom it names beside its end-user: a company as people call it. */
const companiesOf = ({ deal }: DealView): string[] => {
  const { endUsers, besides } = calledEver(deal);
  return besides.filter((name) => !isFiller(name) && !endUsers.includes(name)).map(shortCompany);
};

/** What people call a company in between whom they do not name. Whoever buys for somebody else is one, too. */
const MIDDLEMAN =
  /\b(?:re-?sellers?|distributors?|middle-?m[ae]n|intermediar(?:y|ies)|(?:sales|their|our|local) agents?|brokers?|dealers?|importers?|integrators?|partners?)\b/iu;
const OF_END_USER = /\bend[-\s]?users?\b/iu;
const BUYER = /\b(?:customers?|buyers?|clients?)\b/iu;

type Words = Pick<WordsEver, 'question' | 'text'>;

/** Tells whether words of a deal are of a company in between that they name, or given where it is asked of those. */
const isOfCompany = ({ policy }: DealView, { question, text }: Words, isNamed: (text: string) => boolean): boolean =>
  isNamed(text) || (question !== undefined && isOfBetween(policy.question(question)));

/**
 * Tells whether they are of somebody in between whom they do not name. What nobody wrote under a question, and says a graver kind than
 * its end-user is, is of whoever buys for that. Most words are told apart before a kind is looked for.
 */
const isOfSomebody = ({ policy, deal }: DealView, { question, text }: Words): boolean => {
  const { customer, endUser } = deal.details;
  if (MIDDLEMAN.test(text) || (customer !== endUser.name && BUYER.test(text))) return true;
  if (question !== undefined || OF_END_USER.test(text)) return false;
  return namesKind(policy, text, endUser.kind) && !namesOneOf([endUser.name])(text);
};

/** Tells whether somebody wrote something of a company in between that names a kind of end-user: such a deal is read before others. */
export const saysOfCompanies = (view: DealView): boolean => {
  const companies = companiesOf(view);
  if (companies.length === 0) return false;
  const isNamed = namesOneOf(companies);
  return [...wordsEver(view), ...heldAgainst(view), ...reasonsIn(view)].some((one) => {
    if (one.of === 'role' || one.of === 'source') return false;
    const of = isOfCompany(view, one, isNamed);
    if (of && HELD_AGAINST.has(one.of) && !isOwnWord(view.deal, one.by)) return true;
    return (of || isOfSomebody(view, one)) && namesNoMilder(view.policy, one.text, MILDEST);
  });
};

/** Tells whether it is the very same product; and whether it may be: one outside the catalogue may be any. */
const sameProducts = (one: DealView, other: DealView): { isVery: boolean; isSame: boolean } => {
  const [mine, theirs] = [productsEver(one), productsEver(other)];
  const isVery = mine.some((product) => theirs.includes(product));
  return { isVery, isSame: isVery || [...mine, ...theirs].some(isOutside) };
};

/** A part behind a name. A name alone has none. */
const PART = /^[^,]*,\s*(?<part>.*)$/su;

/**
 * Returns the words of deals through the same company, or one that may be the same, that are of it and weigh: they name a kind of
 * end-user that is no milder than this deal's; of the same product also what a colleague wrote, what stands under a grave answer, and a part
 * that says more than what companies do, and of the same country besides, last, why a colleague let go of it; of another product what a colleague flagged, asked or reported. Those that name a kind, or
 * are grave, come first and are `grave`. Much is written of a reseller that says only that all is well.
 */
export const wordsOfCompanies = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
): WordsElsewhere[] => {
  const { kind, name: endUser } = view.deal.details.endUser;
  const mine = companiesOf(view);
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
      const alike = companiesOf(other).filter((name) => name !== endUser && mayBe(name, common));
      return [
        other.deal.id,
        { other, same, ...sameProducts(view, other), isNamed: namesOneOf([...mine, ...alike]) },
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
  const ofLike = new Set<WordsElsewhere>();
  const found = wordsElsewhere(view, others, spoken).flatMap((words): WordsElsewhere[] => {
    if (words.of === 'role' && heard.has(`${words.deal} ${words.text}`)) return [];
    const { other, same, isVery, isSame, isNamed } = there.get(words.deal)!;
    const of = isOfCompany(other, words, isNamed);
    const { by } = words;
    const isLike = same && isVery && LET_GO.has(words.of) && !isSellersAlone(other, by);
    const isSaid = of || isOfSomebody(other, words);
    if (!isSaid && !isLike) return [];
    const isOfColleague = !isOwnWord(view.deal, by) && !isSellersAlone(other, by);
    const isHeld = HELD_AGAINST.has(words.of) && isOfColleague;
    const weighs =
      (isSaid && namesNoMilder(view.policy, words.text, kind)) ||
      (of && ((isHeld && !words.dismissed) || (isSame && words.grave)));
    const shown: WordsElsewhere = isOfColleague ? { ...words, ofColleague: 'said' } : words;
    if (weighs) return [{ ...shown, grave: true }];
    if (of && isHeld) return [shown];
    if (!of && isLike) ofLike.add(shown);
    if (!of) return isLike ? [shown] : [];
    if (!isSame) return [];
    const isShown = words.of === 'role' ? isUnusualPart(PART.exec(words.text)?.groups?.['part'] ?? '') : isOfColleague;
    return isShown ? [shown] : [];
  });
  const latest = found.filter(({ grave }) => grave).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const rest = found.filter(({ grave }) => !grave);
  // What names the company comes before what may be of anybody in that sale.
  const last = rest.filter((one) => ofLike.has(one));
  return [...othersFirst(view.deal, fromBothEnds(latest)), ...rest.filter((one) => !ofLike.has(one)), ...last];
};
