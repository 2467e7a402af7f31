import { describe, expect, test } from 'vitest';
import { countriesCalled, countryName, searchCountries } from '../../flows/countries.ts';

const codes = (query: string, limit = 5): string[] => searchCountries(query, limit).map((c) => c.code);

describe('countries', () => {
  test('are the 249 of ISO 3166-1 and Kosovo, each with a name', () => {
    const all = searchCountries('', 1000);
    expect(new Set(all.map((c) => c.code)).size).toBe(250);
    expect(all.filter((c) => c.name === c.code || !/^[A-Z]{2}$/.test(c.code))).toEqual([]);
  });

  test('have names for codes, and none for what is no code', () => {
    expect(countryName('DE')).toBe('Germany');
    for (const code of ['de', 'XX', 'EU', '', '__proto__']) expect(countryName(code)).toBeUndefined();
  });

  test.each([
    ['de', 'DE'],
    ['germ', 'DE'],
    ['COTE D’IV', 'CI'],
    ['curacao', 'CW'],
    ['korea', 'KP'],
    ['  united   king', 'GB'],
    ['UK', 'GB'],
    ['turkey', 'TR'],
    ['burm', 'MM'],
    ['usa', 'US'],
    ['uae', 'AE'],
    ['holland', 'NL'],
    ['kosovo', 'XK'],
    ['西班牙', 'ES'],
    ['Вьетнам', 'VN'],
    ['فيتنام', 'VN'],
    ['ベトナム', 'VN'],
    ['Deutschland', 'DE'],
    ['Côte-d’Ivoire', 'CI'],
  ])('%j finds %s', (query, code) => {
    expect(codes(query)).toContain(code);
  });

  test('the exact code comes first, and no more than asked for', () => {
    expect(codes('in')[0]).toBe('IN');
    expect(codes('uk')[0]).toBe('GB');
    expect(codes('a', 3)).toHaveLength(3);
    expect(codes('zzzz')).toEqual([]);
    expect(codes('鬼国')).toEqual([]);
  });

  test.each([
    ['Vietnam', 'VN'],
    ['việt nam', 'VN'],
    ['the Netherlands', 'NL'],
    ['Holland', 'NL'],
    ['Косово', 'XK'],
    ['Україна', 'UA'],
    ['ประเทศไทย', undefined],
    ['ไทย', 'TH'],
    ['viet', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j is the name of %s', (words, code) => {
    expect([...countriesCalled(words)]).toEqual(code === undefined ? [] : [code]);
  });
});
