/** What deals for other end-users say of a company that this one names, too: flags travel by company, and so do words. House rule. */

import { lookWords } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import type { DealId } from '../../ids.ts';
import { COMPANY_WORDS } from '../../name-words.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { namesNoMilder, namesOneOf } from '../said/name-says.ts';
import { isOfBetween } from '../said/renamed.ts';
import type { DealView } from '../view.ts';
import { isOutside } from './elsewhere.ts';
import { calledEver, isUnusualPart, productsEver } from './ever-said.ts';
import { wordsElsewhere, type WordsElsewhere, type WordsEver } from './words-ever.ts';

const FORMS: ReadonlySet<string> = new Set(lookWords(COMPANY_WORDS));

/** A name without its legal form, which people leave out where they write of it. */
const shortName = (name: string): string => {
  const words = name.split(/\s+/u);
  const last = words.findLastIndex((word) => lookWords(word).some((one) => !FORMS.has(one)));
  return last < 0 ? name : words.slice(0, last + 1).join(' ');
};

/** Whom it names beside its end-user: a company as people call it. */
const companiesOf = ({ deal }: DealView): string[] => {
  const { endUsers, besides } = calledEver(deal);
  return besides.filter((name) => !isFiller(name) && !endUsers.includes(name)).map(shortName);
};

/** What people call a company in between whom they do not name. */
const MIDDLEMAN =
  /\b(?:re-?sellers?|distributors?|middle-?m[ae]n|intermediar(?:y|ies)|(?:sales )?agents?|brokers?|dealers?|importers?|integrators?|partners?)\b/iu;

const SECOND = /^[^,]*,\s*/u;

/** Tells whether it is the same product, or either is outside the catalogue: that may be any. */
const isOfSame = (one: DealView, other: DealView): boolean => {
  const [mine, theirs] = [productsEver(one), productsEver(other)];
  return [...mine, ...theirs].some(isOutside) || mine.some((product) => theirs.includes(product));
};

/**
 * Returns the words of deals through the same company that are of it and weigh: they name a kind of end-user that is no milder than this deal's; of the
 * same product also what a colleague wrote, what stands under a grave answer, and a part that says more than what companies do. Much is
 * written of a reseller that says only that all is well.
 */
export const wordsOfCompanies = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]>,
): WordsElsewhere[] => {
  const isNamed = namesOneOf(companiesOf(view));
  const { kind } = view.deal.details.endUser;
  const there = new Map(others.map((other) => [other.deal.id, { other, isSame: isOfSame(view, other) }]));
  return wordsElsewhere(view, others, said).filter(({ deal, of, question, text, by, grave }) => {
    const { other, isSame } = there.get(deal)!;
    const isGrave = namesNoMilder(view.policy, text, kind);
    const isOfCompany =
      isNamed(text) ||
      (question !== undefined && isOfBetween(other.policy.question(question))) ||
      (isGrave && MIDDLEMAN.test(text));
    if (!isOfCompany) return false;
    if (isGrave) return true;
    if (!isSame) return false;
    if (of === 'role') return isUnusualPart(text.replace(SECOND, ''));
    return grave || (!isOwnWord(view.deal, by) && !isOwnWord(other.deal, by));
  });
};
