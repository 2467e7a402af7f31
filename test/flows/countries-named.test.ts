import { describe, expect, it } from 'vitest';
import { countriesNamed } from '../../flows/countries-named.ts';

describe('countries that a text names', () => {
  it.each([
    ['In Estonia the police reads mail', ['EE']],
    ['Estonian and Iraqi officers, and Senegalese ones', ['EE', 'IQ', 'SN']],
    ['sold to Papua New Guinea, not to Guinea-Bissau', ['PG', 'GW']],
    ['Bosnia and Herzegovina; Burma; Hong Kong, Côte d’Ivoire and Turkey', ['BA', 'MM', 'HK', 'CI', 'TR']],
    ['Norway, NORWAY, norway', ['NO']],
    ['They chat in the Indian summer of Omaha, Maliciously', ['IN']],
    ['No country at all', []],
  ])('%s', (text, codes) => {
    expect([...countriesNamed(text)].toSorted()).toEqual(codes.toSorted());
  });
});
