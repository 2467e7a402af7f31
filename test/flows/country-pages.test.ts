/** Links to a publisher's page on one country: of the table alone, https, and the home page where none is known. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sectionForm } from '../../blocks/forms/section.ts';
import { sheetForm } from '../../blocks/forms/sheet.ts';
import { COUNTRY_CODES } from '../../flows/countries.ts';
import { pageOn } from '../../flows/country-pages.ts';
import { pictureContext, pictureDeal } from '../support/picture-deal.ts';
import { story } from '../support/story.ts';
import { defaultDocument, defaultPolicy } from './policy/deals.ts';

const homes = defaultDocument().references.flatMap(({ url }) => url ?? []);
const home = (id: string): string => defaultDocument().references.find((one) => one.id === id)!.url!;

describe('a page on a country', () => {
  it.each([
    [
      'X1-country-reports',
      'VN',
      'https://www.state.gov/reports/2024-country-reports-on-human-rights-practices/vietnam/',
    ],
    ['X1-country-reports', 'MM', 'https://www.state.gov/reports/2024-country-reports-on-human-rights-practices/burma/'],
    ['X1-freedom-house', 'SA', 'https://freedomhouse.org/country/saudi-arabia'],
    ['X1-freedom-on-the-net', 'TW', 'https://freedomhouse.org/country/taiwan'],
    ['X1-hrw', 'IL', 'https://www.hrw.org/world-report/2025/country-chapters/israel-and-palestine'],
    ['X1-cpj', 'EG', 'https://cpj.org/mideast/egypt/'],
    ['X1-rule-of-law', 'PE', 'https://worldjusticeproject.org/rule-of-law-index/country/Peru'],
    ['X1-embassies', 'GB', 'https://uk.usembassy.gov/'],
    ['X1-embassies', 'VN', 'https://vn.usembassy.gov/'],
  ])('of %s on %s is %s', (id, country, page) => {
    expect(pageOn(home(id), country)).toBe(page);
  });

  it.each([
    ['X1-hrw', 'LI'],
    ['X1-cpj', 'NO'],
    ['X1-country-reports', 'US'],
    ['X1-freedom-house', 'BV'],
    ['X1-embassies', 'IR'],
    ['X1-amnesty', 'VN'],
    ['v-dem', 'VN'],
  ])('of %s on %s is its home page: none is known', (id, country) => {
    expect(pageOn(home(id), country)).toBe(home(id));
  });

  it('is https, of the same publisher, and has nothing but plain letters in its path', () => {
    const domain = (url: string): string => new URL(url).host.split('.').slice(-2).join('.');
    for (const one of homes)
      for (const country of COUNTRY_CODES) {
        const page = pageOn(one, country);
        expect(domain(page)).toBe(domain(one));
        if (page !== one) expect(page).toMatch(/^https:\/\/[a-z.]+\/[A-Za-z0-9/-]*$/u);
      }
  });

  it('is never made of what somebody typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...homes), fc.string(), (one, typed) => {
        fc.pre(!COUNTRY_CODES.includes(typed));
        expect(pageOn(one, typed)).toBe(one);
        expect(pageOn(typed, 'VN')).toBe(typed);
      }),
    );
    for (const odd of ['__proto__', 'constructor', 'toString'])
      expect(pageOn(home('X1-cpj'), odd)).toBe(home('X1-cpj'));
  });

  it('stands at the question of a deal, and of a brief', () => {
    const [opened, ...rest] = pictureDeal();
    const { view } = story([opened!, ...rest.slice(0, 2)], pictureContext());
    const there = { ...view, deal: { ...view.deal, details: { ...view.deal.details, destination: 'VN' } } };
    const section = JSON.stringify(sectionForm(there, 'end-user', { 'all:end-user-reviewed': 'one' }).blocks);
    expect(section).toContain('2024-country-reports-on-human-rights-practices/vietnam/');
    expect(section).toContain('https://vn.usembassy.gov/');
    const brief = sheetForm({
      policy: defaultPolicy,
      on: { of: 'country', country: 'VN' },
      sheet: undefined,
      months: 12,
    });
    expect(JSON.stringify(brief.blocks)).toContain('https://freedomhouse.org/country/vietnam');
  });
});
