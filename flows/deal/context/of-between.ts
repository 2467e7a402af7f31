/** Which words of a deal are of a company in between, though they may not name it. House rule. */

import { shortCompany } from '../../company-name.ts';
import { isFiller } from '../../filler.ts';
import { namesOneOf } from '../said/name-says.ts';
import { isOfBetween } from '../said/renamed.ts';
import type { DealView } from '../view.ts';
import { calledEver } from './ever-said.ts';
import { namesFound, namesToFind } from './names-in-words.ts';
import type { WordsEver } from './words-shapes.ts';

/** Whom it ever named beside its end-user: a company as people call it. */
export const companiesOf = ({ deal }: Pick<DealView, 'deal'>): string[] => {
  const { endUsers, besides } = calledEver(deal);
  return besides.filter((name) => !isFiller(name) && !endUsers.includes(name)).map(shortCompany);
};

/** What people call a company in between whom they do not name. Whoever buys for somebody else is one, too. */
const MIDDLEMAN =
  /\b(?:(?:re-?|whole)?sellers?|distributors?|middle-?m[ae]n|go-betweens?|intermediar(?:y|ies)|agents?|agency|brokers?|dealers?|traders?|importers?|exporters?|forwarders?|integrators?|installers?|vendors?|suppliers?|partners?|representatives?|consultants?|(?:sub)?contractors?)\b/iu;
const BUYER = /\b(?:customers?|buyers?|clients?)\b/iu;

/** A part of a few words is what people call whoever has it. */
const MOST_WORDS = 3;
const partsOf = ({ deal }: Pick<DealView, 'deal'>): string[] =>
  deal.details.intermediaries.flatMap(({ role }) =>
    role.trim() !== '' && role.trim().split(/\s+/u).length <= MOST_WORDS ? [role] : [],
  );

/** Returns whether a text says a part of a company in between, by what people call those or as the deal writes it. */
export const saysPart = (view: Pick<DealView, 'deal'>): ((text: string) => boolean) => {
  const { customer, endUser } = view.deal.details;
  const isWritten = namesOneOf(partsOf(view));
  return (text) => MIDDLEMAN.test(text) || (customer !== endUser.name && BUYER.test(text)) || isWritten(text);
};

type Words = Pick<WordsEver, 'question' | 'text'>;

/**
 * Returns whether words of a deal are of a company in between: they name one of these, or say its part, or are given where it is asked of
 * those. `more`: names that one of its companies may have elsewhere.
 */
export const isOfCompanyIn = (view: DealView, more: readonly string[] = []): ((words: Words) => boolean) => {
  const names = namesFound(namesToFind({ endUsers: [], besides: [...companiesOf(view), ...more] }));
  const isPart = saysPart(view);
  return ({ question, text }) =>
    (question !== undefined && isOfBetween(view.policy.question(question))) || isPart(text) || names(text).length > 0;
};
