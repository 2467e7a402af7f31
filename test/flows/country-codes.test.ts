/** Codes of other publishers: each country once, none that we don't have, and those that are often mixed up. */

import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../flows/countries.ts';
import { countryOfAlpha3, countryOfNumber } from '../../flows/country-codes.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

describe('codes of countries', () => {
  it('has three letters for each country, and each of them for one', () => {
    const found = letters.flatMap((a) =>
      letters.flatMap((b) => letters.flatMap((c) => countryOfAlpha3(`${a}${b}${c}`) ?? [])),
    );
    expect(found.toSorted()).toEqual([...COUNTRY_CODES].toSorted());
  });

  it('has numbers for countries that there are, none twice', () => {
    const found = Array.from({ length: 1000 }, (_, n) => countryOfNumber(String(n)) ?? []).flat();
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((code) => !COUNTRY_CODES.includes(code))).toEqual([]);
    expect(found.length).toBeGreaterThan(190);
  });

  it.each([
    ['AUS', 'AU'],
    ['AUT', 'AT'],
    ['CHE', 'CH'],
    ['CHN', 'CN'],
    ['COD', 'CD'],
    ['COG', 'CG'],
    ['PRK', 'KP'],
    ['KOR', 'KR'],
    ['SVK', 'SK'],
    ['SVN', 'SI'],
    ['XKX', 'XK'],
    ['NER', 'NE'],
    ['NGA', 'NG'],
  ])('reads %s as %s', (three, two) => {
    expect(countryOfAlpha3(three)).toBe(two);
  });

  it.each([
    ['PSG', 'Gaza, of V-Dem'],
    ['SML', 'Somaliland, of V-Dem'],
    ['DDR', 'a state that is gone'],
    ['nor', 'small letters'],
    ['', 'nothing'],
  ])('takes %s (%s) for nobody', (three) => {
    expect(countryOfAlpha3(three)).toBeUndefined();
  });

  it.each([
    ['750', 'IN'],
    ['770', 'PK'],
    ['365', 'RU'],
    ['369', 'UA'],
    ['775', 'MM'],
    ['678', 'YE'],
    ['626', 'SS'],
    ['625', 'SD'],
    ['490', 'CD'],
    ['666', 'IL'],
  ])('reads number %s as %s', (number, two) => {
    expect(countryOfNumber(number)).toBe(two);
  });

  it.each(['345', '680', '265', '817', '999', ''])('takes number %s for nobody of today', (number) => {
    expect(countryOfNumber(number)).toBeUndefined();
  });
});
