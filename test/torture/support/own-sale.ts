/** Deals with parties, a product and a country of their own: what is said of one is no news for the next. */

import { searchCountries } from '../../../flows/countries.ts';
import { OTHER_PRODUCT } from '../../../flows/organisation.ts';
import type { RawValues } from '../../support/bad-day.ts';

let sold = 0;

/** Values of the opening form that no other deal of this run has. */
export const ofItsOwn = (): RawValues => {
  const countries = searchCountries('', 500);
  sold += 1;
  return {
    customer: `Sample Reseller ${sold}`,
    endUserName: `Sample Weather Office ${sold}`,
    product: OTHER_PRODUCT,
    productName: `Radio mast of series ${sold}`,
    destination: countries[sold % countries.length]?.code ?? 'EE',
  };
};
