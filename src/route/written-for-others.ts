/** What deals for others say in words of a deal's companies, of whom it names, and of its product or its country. */

import type { WrittenIn } from '../../blocks/cards/ever-words.ts';
import { destinationsEver, productsIn, productsNamed, type ProductNamed } from '../../flows/deal/context/ever-said.ts';
import { wordsNaming, wordsOfNamed } from '../../flows/deal/context/words-naming.ts';
import { wordsOfCompanies } from '../../flows/deal/context/words-of-companies.ts';
import { inSale, mayNameProduct, placeInSale, wordsOfProduct } from '../../flows/deal/context/words-of-product.ts';
import type { WordsElsewhere } from '../../flows/deal/context/words-shapes.ts';
import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { inTurnOf } from '../../flows/in-turn.ts';
import { remembering } from '../../flows/lists/sharing.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import { byGravity, mostRead, mostReadOf, readIn, type Looks } from './reading-others.ts';

/** Deals loaded for one page: with the same company in between, of which a reseller has thousands. */
export const MOST_THROUGH = 20;
/** Of those so many may be of deals in which something weighs. */
const MOST_SAYING = 14;
/** Those with other parties whose words may name one of its own. */
export const MOST_NAMING = 10;
/** The same of deals for others with its product, or in its country, in which somebody wrote something of that. */
export const MOST_OF_PRODUCT = 16;
/** Of those in which nobody says anything of a company so many are looked at for what was written. */
export const MOST_LOOKED = 200;

/** Each once, where it weighs if it does anywhere: what weighs first, then what may be of anybody in its sale last, each author in turn. */
const inOrder = (view: DealView, all: readonly WordsElsewhere[]): WordsElsewhere[] => {
  const known = new Map<string, WordsElsewhere>();
  for (const one of all) {
    const key = `${one.deal} ${one.by} ${one.text}`;
    const before = known.get(key);
    if (!before || (one.grave && !before.grave) || (before.ofAnybody && !one.ofAnybody && !before.grave))
      known.set(key, one);
  }
  const groupOf = ({ grave, ofAnybody }: WordsElsewhere): number => (grave ? 0 : ofAnybody ? 2 : 1);
  const each = [...known.values()];
  return [0, 1, 2].flatMap((group) =>
    othersFirst(
      view.deal,
      each.filter((one) => groupOf(one) === group),
    ),
  );
};

/**
 * Those in which somebody `says` what weighs of a company, or may name its end-user, come first, each owner's in turn: dummies push off
 * nobody's. Some places are for others, where a colleague wrote first.
 */
export const readThrough = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  through: readonly IndexedDeal[],
  says: (one: IndexedDeal) => boolean,
): Promise<WrittenIn> => {
  const gravest = through.toSorted(byGravity);
  const saying = inTurnOf(gravest.filter(says), ({ owner }) => [owner]);
  const silent = gravest.filter((one) => !says(one));
  const spoken = silent.filter((one) => one.spoken);
  const others = [...spoken, ...silent.filter((one) => !one.spoken)].slice(0, MOST_LOOKED);
  const first = saying.slice(0, Math.max(MOST_THROUGH - others.length, MOST_SAYING)).map(({ id }) => id);
  const rest = await mostRead(desk.index, view, others, MOST_THROUGH - first.length);
  // They may name its end-user, or another company of its, in words.
  const read = await readIn(desk, view, person, [...first, ...rest], (some, said) =>
    inOrder(view, [...wordsOfCompanies(view, some, said), ...wordsNaming(view, some, said)]),
  );
  const left = saying.length - first.length + Math.max(0, spoken.length - rest.length);
  return { ...read, left: read.left + left };
};

/**
 * Words of deals with other parties that name one of its own (`naming`), and of deals of somebody whom its own words name (`ofNamed`). Who may
 * not decide is told of none that they may not read: anybody could try names until one is counted.
 */
export const readNaming = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  { naming, ofNamed }: Readonly<Record<'naming' | 'ofNamed', readonly IndexedDeal[]>>,
): Promise<WrittenIn> => {
  const mostOf = (all: readonly IndexedDeal[]): Promise<DealId[]> =>
    mostRead(desk.index, view, all.toSorted(byGravity).slice(0, MOST_LOOKED), MOST_NAMING);
  const [some, others] = await Promise.all([mostOf(naming), mostOf(ofNamed)]);
  const parts = await Promise.all([
    readIn(desk, view, person, some, (those, said) => wordsNaming(view, those, said)),
    readIn(desk, view, person, others, (those, said) => wordsOfNamed(view, those, said)),
  ]);
  const read = together(view, ...parts);
  return decidesOn(view, person) ? read : { ...read, hidden: 0 };
};

/** With words of deals that are none of those. */
export const together = (view: DealView, of: WrittenIn | 'late', naming: WrittenIn | 'late'): WrittenIn => {
  const parts = [of, naming].filter((one) => one !== 'late');
  const all = (some: (one: WrittenIn) => readonly WordsElsewhere[]): WordsElsewhere[] =>
    inOrder(view, parts.flatMap(some));
  const count = (some: (one: WrittenIn) => number): number => parts.reduce((sum, one) => sum + some(one), 0);
  return {
    words: all(({ words }) => words),
    unnamed: all(({ unnamed = [] }) => unnamed),
    hidden: count(({ hidden }) => hidden),
    left: count(({ left }) => left),
    ...(parts.length < 2 ? { late: true as const } : {}),
  };
};

/** Tells by its place what another deal has in common with this one's sale: of each name of a product its keys are found once. */
export const inSaleOf = (view: DealView): ((one: IndexedDeal) => number | undefined) => {
  const { deal, organisation } = view;
  const keysIn = remembering((product: ProductNamed) => productsIn(organisation)([product]));
  const mine = productsNamed(deal).flatMap(keysIn);
  const places = new Set(destinationsEver(deal));
  const mayName = mayNameProduct(view);
  return ({ spoken }) => {
    if (!spoken) return undefined;
    const country = spoken.destinations.some((each) => places.has(each));
    const { words = [] } = spoken;
    const { product, may } = inSale(mine, spoken.products.flatMap(keysIn), country);
    const sale = { product: product || mayName(words), may, country };
    return sale.product || sale.country ? placeInSale(sale) : undefined;
  };
};

/** Of each place the gravest, as many as are looked at: there may be tens of thousands. */
export const keepingGravest = (most: number) => {
  let kept: IndexedDeal[] = [];
  let all = 0;
  const trim = (): void => void (kept = kept.toSorted(byGravity).slice(0, most));
  return {
    add: (one: IndexedDeal): void => {
      all += 1;
      kept.push(one);
      if (kept.length > 8 * most) trim();
    },
    count: () => all,
    get: (): IndexedDeal[] => {
      trim();
      return kept;
    },
  };
};
export type Places = readonly ReturnType<typeof keepingGravest>[];

/** Words about its product or its country in deals for others, as many as are read: where somebody else wrote first, and of those the same sale. */
export const readOfProduct = async (
  desk: Looks,
  view: DealView,
  person: PersonId,
  places: Places,
  known: readonly WordsElsewhere[],
): Promise<WrittenIn> => {
  const groups = places.map((place) => place.get());
  const ids = await mostReadOf(desk.index, view, groups, MOST_OF_PRODUCT);
  const read = await readIn(desk, view, person, ids, (others, said) => wordsOfProduct(view, others, said, known));
  const isNothing = read.words.length + read.hidden === 0;
  // How many more there are of only one of the two nobody needs to know.
  return { ...read, left: isNothing ? 0 : read.left + Math.max(0, (places[0]?.count() ?? 0) - MOST_OF_PRODUCT) };
};
