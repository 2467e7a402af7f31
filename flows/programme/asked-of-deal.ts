/**
 * Who outside was asked of a deal's parties, its product or its country, as compliance recorded it for the whole company: whoever decides on
 * the deal reads what came of it. House rule. Guidance: A5 and G12.
 */

import { calledEver, destinationsEver, namesOfProducts, productsEver } from '../deal/context/ever-said.ts';
import { namesFound } from '../deal/context/names-in-words.ts';
import { namesToFind } from '../deal/context/names-to-find.ts';
import { decidesOn } from '../deal/rights/deciders.ts';
import { namesCountry, namesOneOf } from '../deal/said/name-says.ts';
import type { DealView } from '../deal/view.ts';
import { lookWords, shareKey } from '../end-user.ts';
import type { PersonId } from '../ids.ts';
import { mayKeepProgramme } from './register.ts';
import type { Asked } from './shapes.ts';

const textIn = ({ who, about, came = '', before = [] }: Asked): string =>
  [who, about, came, ...before.map((one) => one.came)].join('. ');

/** A shorter word is in many names. */
const LEAST_WORD = 5;

/** What people call its product in a sentence: by its name, or by a word of that which no other product of the catalogue has. */
const productWords = ({ deal, organisation }: DealView): string[] => {
  const { id, name } = deal.details.product;
  const others = new Set(organisation.products.flatMap((one) => (one.id === id ? [] : lookWords(one.name))));
  return [name, ...lookWords(name).filter((word) => word.length >= LEAST_WORD && !others.has(word))];
};

/** A party weighs more than the product and the country together. */
const WEIGHT = { party: 4, product: 2, country: 1 } as const;
/** A party, or the product and the country together. */
const NEAR = WEIGHT.product + WEIGHT.country;

export interface AskedShown extends Omit<Asked, 'who'> {
  /** For whoever keeps the register alone. */
  who?: string | undefined;
  /** It is of one of its parties, or of its product in its country. */
  near?: true | undefined;
}

/** Returns those who were asked of the deal, by what it says or is said to be of: what has most in common first, and of that the latest. */
const askedOf = (view: DealView, all: readonly Asked[]): AskedShown[] => {
  if (all.length === 0) return [];
  const { deal } = view;
  const parties = namesFound(namesToFind(calledEver(view.deal)));
  const [destinations, products] = [destinationsEver(deal), productsEver(view)];
  const isCalled = namesOneOf([...namesOfProducts(deal), ...productWords(view)]);
  const isThere = namesCountry(destinations);
  const weightOf = (asked: Asked): number => {
    const text = textIn(asked);
    const isElsewhere = asked.country !== undefined && !destinations.includes(asked.country);
    const party = parties(text).some(({ common }) => !(common && isElsewhere));
    const product = (asked.product !== undefined && shareKey([asked.product], products)) || isCalled(text);
    const country = (asked.country !== undefined && destinations.includes(asked.country)) || isThere(text);
    return Number(party) * WEIGHT.party + Number(product) * WEIGHT.product + Number(country) * WEIGHT.country;
  };
  return all
    .map((asked) => ({ asked, weight: weightOf(asked) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || (a.asked.on < b.asked.on ? 1 : -1))
    .map(({ asked, weight }) => ({ ...asked, ...(weight >= NEAR ? { near: true as const } : {}) }));
};

/** The same, for whoever may read it: who keeps the register, and who decides on the deal, but for who was asked. */
export const askedShown = (view: DealView, all: readonly Asked[], person: PersonId): AskedShown[] => {
  if (mayKeepProgramme(view.organisation, person)) return askedOf(view, all);
  return decidesOn(view, person) ? askedOf(view, all).map(({ who: _who, ...one }) => one) : [];
};
