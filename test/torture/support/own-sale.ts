/** Deals with parties, a product and a country of their own: what is said of one is no news for the next. */

import { searchCountries } from '../../../flows/countries.ts';
import type { Product } from '../../../flows/organisation.ts';
import type { RawValues } from '../../support/bad-day.ts';

/** More than a run opens deals. Outside the catalogue each would wait for compliance. */
const MOST = 600;

/** What the organisation file of such a run sells beside its own. */
export const MASTS: readonly Product[] = Array.from({ length: MOST }, (_, n) => ({
  id: `mast-${n}`,
  name: `Radio mast of series ${n}`,
  category: 'Radio masts',
}));

let sold = 0;

/** Values of the opening form that no other deal of this run has. */
export const ofItsOwn = (): RawValues => {
  const countries = searchCountries('', 500);
  sold += 1;
  if (sold >= MOST) throw new Error('more deals than products');
  return {
    customer: `Sample Reseller ${sold}`,
    endUserName: `Sample Weather Office ${sold}`,
    product: `mast-${sold}`,
    destination: countries[sold % countries.length]?.code ?? 'EE',
  };
};
