/** Names in a deal's details that say more than what something is called: no form asks for a statement there, and nobody reads one. House rule. */

import { looksKey, lookWords } from '../../end-user.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { perText } from '../../per-text.ts';
import { maySell } from '../rights/set-aside.ts';
import type { Renamed } from '../said-shapes.ts';
import { namesOneOf } from '../said/name-says.ts';
import { pastDetails } from '../said/past-details.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { calledEver } from './ever-said.ts';
import type { WordsEver } from './words-shapes.ts';

/** Products are called by few words, authorities by more. */
const LEAST_WORDS = { product: 7, company: 9 } as const;

/** Words of a statement, which no name of a product or a company has. */
const OF_STATEMENT =
  /(?:^|\s)(?:who|whom|whose|which|that|they|them|their|he|she|we|you|is|are|was|were|has|have|had|will|would|do|does|did|not|used|uses|bought|buys|sold|took|takes|wants?|wanted|against|because|know|knows|knew|said|says)(?=$|[\s,.;:!?])/iu;

type Named = keyof typeof LEAST_WORDS;
const statesIn = (of: Named): ((name: string) => boolean) =>
  perText((name) => OF_STATEMENT.test(name) || lookWords(name).length >= LEAST_WORDS[of]);
const STATES = { product: statesIn('product'), company: statesIn('company') };

type Called = Pick<WordsEver, 'text' | 'by' | 'at' | 'gone'>;

/** What a detail is and was, each by whoever said it. Corrections before anything was said count, too. */
const calledIn = (deal: OpenedDeal, of: Renamed, now: readonly string[]): Called[] => {
  const was = pastDetails(deal, of).map((one): Called => ({ ...one, text: one.value, gone: true }));
  const last = (deal.renamed ?? []).findLast((one) => one.of === of);
  const said = last ? { by: last.changedBy, at: last.until } : { by: deal.requester, at: deal.openedAt };
  const namedBy = (name: string): Pick<Called, 'by' | 'at'> =>
    [...(deal.betweenBy ?? []), ...(deal.putIn ?? [])].find((one) => one.name === name) ?? said;
  return [
    ...now.map((text): Called => {
      const { by, at } = of === 'intermediaries' ? namedBy(text) : said;
      return { text, by, at, gone: false };
    }),
    ...was.filter(({ text }) => !now.includes(text)),
  ];
};

/**
 * Returns them, present and replaced: of a product outside the catalogue one that names a party of the deal, and of that, of the customer and
 * of who is in between, what is long or says what somebody does; of a product and a customer whatever somebody calls them who does not sell.
 * An end-user's own name is compared by itself, and who is in between is read with their part.
 */
export const tellingNames = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): WordsEver[] => {
  const { product, customer, intermediaries, endUser } = deal.details;
  const renamed = [...(deal.corrected ?? []), ...(deal.renamed ?? [])].toSorted((a, b) => (a.until < b.until ? -1 : 1));
  const all = { ...deal, renamed };
  const { endUsers, besides } = calledEver(deal);
  const parties = [...endUsers, ...besides];
  const namesParty = namesOneOf(parties.filter((name) => looksKey(name) !== ''));
  const listed = product.id === OTHER_PRODUCT ? [product.name] : [];
  const isListed = (name: string): boolean => organisation.products.some((one) => one.name === name);
  const products = calledIn(all, 'product', listed).filter(({ text }) => !isListed(text));
  const isAnother = ({ text }: Called): boolean => looksKey(text) !== looksKey(endUser.name);
  const customers = calledIn(all, 'customer', [customer]).filter(isAnother);
  const between = intermediaries.map(({ name }) => name);
  /** Who sells nothing opens few deals, and may do it to say that. */
  const isOfColleague = ({ by }: Called): boolean => !maySell(organisation, by);
  return [
    ...products.filter((one) => isOfColleague(one) || STATES.product(one.text) || namesParty(one.text)),
    ...customers.filter((one) => isOfColleague(one) || STATES.company(one.text)),
    ...calledIn(all, 'intermediaries', between).filter((one) => isAnother(one) && STATES.company(one.text)),
  ].map(({ text, by, at, gone }): WordsEver => ({ of: 'called', text, by, at, gone, grave: false }));
};
