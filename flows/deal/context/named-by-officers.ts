/** Country alerts and counsel's notes that name a deal's product or one of its parties: they are of that, and not of the country alone. House rule. */

import { isProductNamed } from '../../product-names.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { calledEver, namesOfProducts } from './ever-said.ts';
import { isWrittenSo, namesToFind } from './names-in-words.ts';

/** Tells whether one that stands for its destination does. */
export const isNamedByOfficers = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): boolean => {
  const { alerts = [], counselNotes = [] } = organisation;
  const { destination } = deal.details;
  const texts = [
    ...alerts.flatMap(({ country, why }) => (country === destination ? [why] : [])),
    ...counselNotes.flatMap(({ country, looked }) => (country === destination ? [looked] : [])),
  ];
  if (texts.length === 0) return false;
  const isNamed = [
    ...namesOfProducts(deal).map(isProductNamed),
    ...namesToFind(calledEver(deal)).map((name) => {
      const isIn = namesOneOf([name.name]);
      return (text: string) => isIn(text) && isWrittenSo(text, name);
    }),
  ];
  return texts.some((text) => isNamed.some((isIn) => isIn(text)));
};
