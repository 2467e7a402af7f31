/** Country alerts and counsel's notes that name a deal's product or one of its parties: they are of that, and not of the country alone. House rule. */

import { isProductNamed } from '../../product-names.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { calledEver, namesOfProducts } from './ever-said.ts';
import { isWrittenSo, namesToFind } from './names-in-words.ts';

/**
 * Tells whether one that stands for its destination names one of its parties, or names its product and is newer than the last scope which
 * compliance confirmed of that there: they read all that stands for a country.
 */
export const isNamedByOfficers = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): boolean => {
  const { alerts = [], counselNotes = [], scopes = [] } = organisation;
  const { destination, product } = deal.details;
  const stand = [
    ...alerts.map(({ country, why: text, at }) => ({ country, text, at })),
    ...counselNotes.map(({ country, looked: text, at }) => ({ country, text, at })),
  ].filter(({ country }) => country === destination);
  if (stand.length === 0) return false;
  const read = scopes.flatMap((one) => (one.product === product.id && one.destination === destination ? [one.at] : []));
  const products = namesOfProducts(deal).map(isProductNamed);
  const parties = namesToFind(calledEver(deal)).map((name) => ({ name, isIn: namesOneOf([name.name]) }));
  return stand.some(
    ({ text, at }) =>
      (products.some((isIn) => isIn(text)) && !read.some((since) => since > at)) ||
      parties.some(({ name, isIn }) => isIn(text) && isWrittenSo(text, name)),
  );
};
