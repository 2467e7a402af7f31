/** Whoever names a part of a stopped authority, or calls it by a longer or shorter name; and authorities that share common words. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES, countryAlso, countryName } from '../../flows/countries.ts';
import { isCountry, wordsOf } from '../../flows/name-reading.ts';
import { mayBeSame, mayBeSameAnywhere, type InCommon } from '../../flows/names-alike.ts';
import { nearlySpelled } from '../../flows/names-spelled.ts';
import { endUserNames } from '../support/end-user-names.ts';

const NOTHING: InCommon = { countries: [], sale: false };
const MALTA: InCommon = { countries: ['MT'], sale: false };
const SALE: InCommon = { countries: ['MT'], sale: true };
const both = (one: string, other: string, common: InCommon): boolean[] => [
  mayBeSame(one, other, common),
  mayBeSame(other, one, common),
];

describe('names that may be of one end-user', () => {
  it.each([
    ['Papa State Guard', 'Papa State Guard, Border Unit'],
    ['Papa State Guard', 'Border Unit of the Papa State Guard'],
    ['Papa State Guard', 'Papa State Guards'],
    ['Papa State Guard', 'Papa Guard'],
    ['Papa State Guard', 'Papa National Guard'],
    ['Papa State Guard', 'PapaStateGuard Border Unit'],
    ['Papa State Guard', 'Papa3 State Guard'],
    ['Papa State Guard', '9Papa State Guard'],
    ['Papa State Guard', 'P@pa 5tate Guard Desk'],
    ['Qorasan Water Desk', 'Qora5am Water Desk'],
    ['Sulton Water Desk', 'Sul†on Water Desk'],
    ['Sulton Water Desk', 'Sul+on Water Desk'],
    ['Sulton Water Desk', 'Su/ton Water Desk'],
    ['Sulton Water Desk', 'Sult°n Water Desk'],
    ['Sulton Water Desk', 'Sult□n Water Desk'],
    ['Sulton Water Desk', 'Sult()n Water Desk'],
    ['Sulton Water Desk', 'Sult\\n Water Desk'],
    ['Sulton Water Desk', '5u170n Water Desk'],
    ['Sulton Water Desk', 'Sul.on Wa.er Desk'],
    ['Sulton Water Desk', 'S\u200Bult()n Water Desk'],
    ['Sulton Water Desk', 'S#lt#n Wat#r D#sk'],
    ['Sulton Water Desk', 'Su##on Water Desk'],
    ['Papa State Guard', 'Pаpa State Guard – Unit 5'],
    ['Papa State Guard', 'IT procurement for the Papa State Guard'],
    ['Ministry of Interior of Malta', 'Ministry of Interior of Malta, Police Directorate'],
    ['Malta Police', 'Malta Police Force'],
    ['Malta Police', 'Police Department, Malta'],
    ['Polizeidirektion Süd', 'Polizeidirektion Süd, Abteilung 3'],
    ['Siemensstadt', 'Siemensstadt Mobility GmbH'],
    ['Garnet Steel Works', 'Ganet Steel Works Ltd'],
    ['Razorbill Coast Office', 'Razorbill Coastline Office'],
    ['Razorbill Coast Office', 'Razorbill Coastal Office'],
    ['Razorbill Water', 'Razorbill Waterworks'],
    ['Sample Cobalt Guard', 'Colbat Guard'],
    ['Sample Tarn Wardens', 'Sample Tarn Warclens'],
    ['Sample Tarn Wardens', 'Sample Tam VVarclens'],
    ['Papa State Guard', 'Papa Co'],
    ['Kestrel Public Order Office', 'Kestrel Public Ord. Office'],
    ['Kestrel Public Order Office', 'Kestrel Publ. Ord. Off.'],
    ['Kilombero Guard', 'Киломберо Guard'],
    ['Hargolt Customs Brigade', 'Brigada de Aduanas Hargolt'],
    ['Hargolt Customs Brigade', 'Харголт Таможенная Бригада'],
    ['Hargolt Customs Brigade', 'Hargolt Gümrük'],
    ['Hargolt Customs Brigade', 'Zollamt Hargolt'],
    ['Ostrelle Prison Brigade', 'Ostrelle Cárcel'],
    ['Ostrelle Prison Brigade', 'Gefängnis Ostrelle'],
    ['Ministry of Interior of Kilombero', 'Министерство внутренних дел Киломберо'],
    ['Kilombero Security Department', 'Departamento de Seguridad Kilombero'],
    ['Σούλτον Γουάτερ', 'Soulton Gouater'],
    ['Kestrel Traffic Department', 'Kestrel Traffic Dept'],
    ['Kestrel Group Four', 'Kestrel Group 4'],
    ['Kestrel Fourth Desk', 'Kestrel 4th Desk'],
    ['Ministry of Security of Garnet', 'Min. Sec. Garnet'],
    ['Garnet Ltd', 'Garmet'],
    ['Kestrel Steel Works', 'Kestralsteel Works'],
    ['Kestrel Steel Works', 'Kestre Lsteelworks Ltd'],
    [
      'Kestrel Steel Works',
      'Buying, Billing, Shipping, Storing, Planning, Testing, Training, Hiring, Paying and Cleaning for Works of Steel Kestrel',
    ],
    ['Merganser', 'Merganzer UAB'],
    ['Merganser', 'Merganzer Sp. z o.o.'],
    ['Merganser OÜ', 'Merganzer Tekstil Ltd. Şti.'],
    ['Merganser', 'Merganzer Norway'],
    ['Gannet Rail', 'Ganet Rail International'],
    ['Garnet Rail d.d.', 'Ganet Rail'],
    ['Garnet S.A.', 'Garnat L.L.C.'],
    ['Ganet Steel Works S. A. R. L.', 'Garnet Steel Works'],
    ['Garnet Ltd', 'Garmet Holding AG'],
    ['Garnets Ltd', 'Garnet Group'],
    ['Steinbrecher AG', 'Stienbrecker'],
    ['Garnet Steel Ltd', 'Ganet Steal Group'],
    ['Redshank Dock Board', 'Redshank Dok Board'],
    ['Heron Dock Board', 'Heron Duck Board Ltd'],
    ['Sandpiper Gulf Marines', 'Sandpiper Glf Marines'],
    ['Kelp Hub Traders', 'Kelp Hb Traders'],
    ['國家警察', '國家警察邊防局'],
  ])('%s and %s, whatever else they share', (one, other) => expect(both(one, other, NOTHING)).toEqual([true, true]));

  it.each([
    ['Malta National Police', 'National Police'],
    ['National Police', 'Police of Malta'],
    ['National Police', 'National Police, Border Unit'],
    ['Ministry of the Interior', 'Ministry of the Interior of Malta'],
    ['Ministry of the Interior', 'Malta Interior Ministry, IT Unit'],
  ])('%s and %s in the same country', (one, other) => {
    expect(both(one, other, MALTA)).toEqual([true, true]);
    expect(both(one, other, NOTHING)).toEqual([false, false]);
  });

  it.each([
    ['Papa Border Guard Police', 'Papa Coast Guard Police'],
    ['Papa State Border Guard', 'Papa Customs Border Unit'],
  ])('%s and %s in the same sale', (one, other) => {
    expect(both(one, other, SALE)).toEqual([true, true]);
    expect(both(one, other, MALTA)).toEqual([false, false]);
  });
});

describe('names of different end-users', () => {
  it.each([
    ['Ministry of Interior of Malta', 'Ministry of Health of Malta'],
    ['Ministry of Interior', 'Ministry of Defence'],
    ['Ministry of Malta', 'Ministry of Interior of Malta'],
    ['Government of Malta', 'Government of Malta, Ministry of Health'],
    ['Police', 'Sierra Police'],
    ['National Police', 'Sierra Police'],
    ['National Guard', 'National Police'],
    ['Sierra Police', 'Sierra Customs'],
    ['Sierra Police', 'Papa Police'],
    ['Sierra State Police', 'Papa State Police'],
    ['Papa State Guard', 'Papa State Hospital'],
    ['Sample Ministry', 'Sample Agency'],
    ['Sample Agency 3', 'Sample Agency 4'],
    ['Valletta Port Police', 'Valletta Airport Customs'],
    ['Redshank Port Authority', 'Redshank Post Authority'],
    ['Valletta Ward 4 Clinic', 'Valletta Ward 5 Clinic'],
    ['Oslo Book Fair', 'Bergen Book Fair'],
    ['Polizeidirektion Süd', 'Polizeidirektion Nord'],
    ['X', 'Sample X'],
    ['-', 'Papa State Guard'],
    ['The', 'The State'],
    ['Ana', 'Banana Farm'],
  ])('%s and %s, in the same sale too', (one, other) => expect(both(one, other, SALE)).toEqual([false, false]));

  it.each([
    ['Ministry of Interior', 'Ministry of Interior of Cyprus'],
    ['Border Police', 'Sierra Border Police'],
    ['National Police', 'National Police, Border Unit'],
  ])('%s and %s in different countries', (one, other) => expect(both(one, other, NOTHING)).toEqual([false, false]));
});

const OWN = fc.constantFrom('Papa', 'Sierra', 'Quebrada', 'Valletta', 'Bouvet', 'Antarctic', 'Oslo');
const TASK = fc.constantFrom('Police', 'Guard', 'Customs', 'Army', 'Prison', 'Interior');
const FORM = fc.constantFrom('State', 'National', 'Royal', 'Department', 'Unit', 'Office', 'Force', 'the', 'of');

describe('any name', () => {
  it('may be that of whatever holds all of it, in any order, with anything around it', () => {
    fc.assert(
      fc.property(
        OWN,
        TASK,
        fc.array(fc.oneof(FORM, TASK, fc.stringMatching(/^[A-Z][a-z]{2,8}$/u)), { maxLength: 4 }),
        fc.nat(),
        (own, task, more, turn) => {
          const words = [own, task, ...more];
          const turned = words.map((_, n) => words[(n + turn) % words.length]);
          expect(both(`${own} ${task}`, turned.join(' '), NOTHING)).toEqual([true, true]);
        },
      ),
    );
  });

  it('is another where its own words differ, whatever forms and tasks both have', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(OWN, { minLength: 2, maxLength: 2 }),
        TASK,
        FORM,
        FORM,
        ([one, other], task, form, last) => {
          expect(both(`${one} ${form} ${task} ${last}`, `${other} ${form} ${task} ${last}`, SALE)).toEqual([
            false,
            false,
          ]);
        },
      ),
    );
  });
});

describe('names of a thousand bodies, as they are called in life', () => {
  it('are told apart: of half a million pairs, no more than a few that share words of a country or all but a letter', () => {
    const names = endUserNames(1000);
    const joined = names.flatMap((one, n) =>
      names.slice(0, n).flatMap((other) => (mayBeSameAnywhere(one, other) ? [`${one} | ${other}`] : [])),
    );
    expect(joined.length).toBeLessThanOrEqual(14);
    // Some of them are a letter apart, or islands of one name.
    expect(joined).toContain('Migogard Prison Service | Ulgogard Prison Service');
  });
});

describe('words that are nearly spelled the same', () => {
  it('differ in one letter at most: added, missing, another or in another place', () => {
    for (const near of [
      'kilombero',
      'kilombera',
      'kilomber',
      'kilombeero',
      'ilombero',
      'kilomebro',
      'xkilombero',
      'kiolmbero',
      'kilmbeoro',
    ])
      expect([near, nearlySpelled('kilombero', near), nearlySpelled(near, 'kilombero')]).toEqual([near, true, true]);
    for (const other of ['kilomberxx', 'kilimbera', 'kilobmeor', 'border', ''])
      expect([other, nearlySpelled('kilombero', other), nearlySpelled(other, 'kilombero')]).toEqual([
        other,
        false,
        false,
      ]);
  });
});

describe('a word that stands in names of countries', () => {
  const called = COUNTRY_CODES.flatMap((code) => [countryName(code) ?? '', ...countryAlso(code)]);
  const words = [...new Set(called.flatMap((name) => name.split(/[^\p{L}]+/u)))].filter((word) => word.length > 4);
  const mistakes = (word: string): string[] =>
    Array.from(word.slice(2), (_, n) => n + 1).flatMap((at) => [
      `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
      `${word.slice(0, at)}${word[at]}${word.slice(at)}`,
      `${word.slice(0, at)}${word.slice(at + 1)}`,
    ]);
  const isOneCountry = (word: string): boolean => wordsOf(word).some(isCountry);

  it('may be spelled otherwise as any other, unless both are countries by themselves', () => {
    const unheard = words.flatMap((word) =>
      mistakes(word).flatMap((other) =>
        mayBeSame(`Quebrada ${word} Rangers`, `Quebrada ${other} Rangers`, NOTHING) ||
        (isOneCountry(word) && isOneCountry(other))
          ? []
          : [`${word} ${other}`],
      ),
    );
    expect(words.length).toBeGreaterThan(250);
    expect(unheard).toEqual([]);
  });

  it.each([
    ['Quebrada Coast Rangers', 'Quebrada Coats Rangers'],
    ['Coast Rangers', 'Coats Rangers'],
    ['Quebrada Nigerian Rangers', 'Quebrada Nigerain Rangers'],
    ['Quebrada Northern Rangers', 'Quebrada Northren Rangers'],
    ['Quebrada Coast Rangers', 'Quebrada Cost Rangers'],
    ['Quebrada Polish Rangers', 'Quebrada Pollish Rangers'],
  ])('%s and %s, also in an adjective', (one, other) => expect(both(one, other, NOTHING)).toEqual([true, true]));

  it.each([
    ['Niger Rangers', 'Nigeria Rangers'],
    ['Nigerien Rangers', 'Nigerian Rangers'],
    ['Zambia Rangers', 'Gambia Rangers'],
    ['Zambian Rangers', 'Gambian Rangers'],
    ['Austrian Rangers', 'Australian Rangers'],
    ['Mali Rangers', 'Bali Rangers'],
  ])('%s and %s are of two', (one, other) => expect(both(one, other, SALE)).toEqual([false, false]));
});

it('a number is no part of a longer one', () => {
  expect(mayBeSame('Sample Agency 1', 'Sample Agency 12', { countries: ['NO'], sale: true })).toBe(false);
  expect(mayBeSame('Sample Agency 1', 'SampleAgency1 Holding', { countries: ['NO'], sale: true })).toBe(true);
  expect(mayBeSame('Ostra Loom House', 'Ostra Loom House No. 2', { countries: ['NO'], sale: false })).toBe(true);
});
