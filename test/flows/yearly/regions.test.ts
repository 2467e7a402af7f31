import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../../flows/countries.ts';
import { REGIONS, subregionOf } from '../../../flows/yearly/regions.ts';

describe('the hierarchy of regions', () => {
  it('has a place for every country, and each subregion in one region', () => {
    const subregions = REGIONS.flatMap((region) => region.subregions.map(({ id }) => id));
    expect(new Set(subregions).size).toBe(subregions.length);
    expect(COUNTRY_CODES.filter((code) => !subregions.includes(subregionOf(code) ?? ''))).toEqual([]);
    expect(subregionOf('ZZ')).toBeUndefined();
  });

  it('is the one of the UN where people often guess otherwise', () => {
    expect(
      Object.fromEntries(
        ['CY', 'IR', 'KZ', 'SD', 'MX', 'GL', 'RU', 'MM', 'EE'].map((code) => [code, subregionOf(code)]),
      ),
    ).toEqual({
      CY: 'western-asia',
      IR: 'southern-asia',
      KZ: 'central-asia',
      SD: 'northern-africa',
      MX: 'latin-america',
      GL: 'northern-america',
      RU: 'eastern-europe',
      MM: 'south-eastern-asia',
      EE: 'northern-europe',
    });
  });

  it('leaves no region with one subregion: what is put together has to be of several', () => {
    expect(REGIONS.filter(({ subregions }) => subregions.length < 2)).toEqual([]);
  });
});
