/** Which words of a deal are of a company in between, though they may not name it. House rule. */

import { shortCompany } from '../../company-name.ts';
import { isFiller } from '../../filler.ts';
import { namesOneOf } from '../said/name-says.ts';
import { pastDetails } from '../said/past-details.ts';
import { isOfBetween } from '../said/renamed.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { companiesNamed } from './elsewhere.ts';
import { calledEver } from './ever-said.ts';
import { hasOwnWord, namesFound } from './names-in-words.ts';
import { namesToFind } from './names-to-find.ts';
import type { WordsEver } from './words-shapes.ts';

/** Whom it ever named beside its end-user: a company as people call it. */
export const companiesOf = (deal: OpenedDeal): string[] =>
  companiesNamed({ called: calledEver(deal) }).map(shortCompany);

/** What people call a company in between whom they do not name. Whoever buys for somebody else is one, too. */
const MIDDLEMAN =
  /\b(?:(?:re-?|whole)?sellers?|distributors?|middle-?m[ae]n|go-betweens?|intermediar(?:y|ies)|agents?|brokers?|dealers?|traders?|importers?|exporters?|forwarders?|integrators?|installers?|vendors?|suppliers?|partners?|representatives?|consultants?|(?:sub)?contractors?)\b/iu;
const BUYER = /\b(?:customers?|buyers?|clients?)\b/iu;

/** A part of a few words is what people call whoever has it. Shorter ones are of most texts. */
const [MOST_WORDS, LEAST_LETTERS] = [3, 4];
const OF_END_USER = /\bend[-\s]?users?\b/iu;
const isCalled = (part: string): boolean =>
  part.trim().length >= LEAST_LETTERS &&
  part.trim().split(/\s+/u).length <= MOST_WORDS &&
  !isFiller(part) &&
  !OF_END_USER.test(part);

/** Each part that a company ever had in it: a part that is corrected takes nobody's words along. */
const partsEver = (deal: OpenedDeal): string[] => {
  const { details, lighterSaid, putIn = [] } = deal;
  const companies = [...details.intermediaries, ...(lighterSaid?.was.intermediaries ?? []), ...putIn];
  const past = pastDetails(deal, 'roles').map(({ value }) => value.slice(value.indexOf(', ') + 2));
  return [...new Set([...companies.map(({ role = '' }) => role), ...past])].filter(isCalled);
};

/** Tells whether somebody else than the end-user ever bought it. */
const wasBoughtFor = (deal: OpenedDeal): boolean => {
  const { endUsers } = calledEver(deal);
  const customers = [deal.details.customer, ...pastDetails(deal, 'customer').map(({ value }) => value)];
  return customers.some((name) => !endUsers.includes(name));
};

/** Returns whether a text says a part of a company in between, by what people call those or as the deal writes it. */
const saysPart = (deal: OpenedDeal): ((text: string) => boolean) => {
  const isBought = wasBoughtFor(deal);
  const isWritten = namesOneOf(partsEver(deal));
  return (text) => MIDDLEMAN.test(text) || (isBought && BUYER.test(text)) || isWritten(text);
};

type Words = Pick<WordsEver, 'question' | 'text'>;

/**
 * Returns whether words of a deal are of a company in between: they name one of these, by a word of its name too, or say a part, or are
 * given where it is asked of those.
 *
 * @param names - absent: all companies of that deal
 */
export const isOfCompanyIn = (
  { deal, policy }: DealView,
  names: readonly string[] = companiesOf(deal),
): ((words: Words) => boolean) => {
  const [isNamed, found] = [namesOneOf(names), namesFound(namesToFind({ endUsers: [], besides: names }))];
  const [isPart, isCalledSo] = [saysPart(deal), hasOwnWord(names)];
  return ({ question, text }) =>
    (question !== undefined && isOfBetween(policy.question(question))) ||
    isPart(text) ||
    isNamed(text) ||
    isCalledSo(text) ||
    found(text).length > 0;
};
