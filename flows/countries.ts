/** ISO 3166-1 alpha-2 countries and territories, and Kosovo, which has CLDR's code there; names in English from the runtime's Unicode data (CLDR). */

import { fold } from './fold.ts';
import { isSlip } from './nearest.ts';
import { walked, type Walk } from './walk.ts';

/** All codes, in capitals. */
export const COUNTRY_CODES: readonly string[] =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  );

export interface Country {
  /** Two capital letters. */
  code: string;
  name: string;
  /** Other words people type for it, where the name does not suggest them. */
  also: readonly string[];
}

const ALSO: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'Emirates'],
  CD: ['DRC', 'Democratic Republic of the Congo'],
  CG: ['Republic of the Congo'],
  CI: ['Ivory Coast'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Great Britain', 'England', 'Scotland', 'Wales'],
  KP: ['DPRK'],
  KR: ['Republic of Korea'],
  MK: ['Macedonia'],
  MM: ['Burma'],
  NL: ['Holland'],
  PS: ['Palestine', 'West Bank', 'Gaza'],
  RU: ['Russian Federation'],
  SA: ['KSA'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  US: ['USA', 'America'],
  VA: ['Holy See'],
};

interface Countries {
  sorted: readonly Country[];
  byCode: ReadonlyMap<string, string>;
}
let made: Countries | undefined;

/** Built when first asked for: the runtime's names and collation take seven megabytes. */
const countries = (): Countries => {
  if (made) return made;
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const sorted = COUNTRY_CODES.map((code) => ({ code, name: names.of(code) ?? code, also: ALSO[code] ?? [] })).toSorted(
    (a, b) => a.name.localeCompare(b.name, 'en'),
  );
  made = { sorted, byCode: new Map(sorted.map(({ code, name }) => [code, name])) };
  return made;
};

/** Returns the country's name; undefined for a code that is not assigned. Capitals matter. */
export const countryName = (code: string): string | undefined => countries().byCode.get(code);

/** Tells whether the words name a country in full, or are its code in capitals. */
const isCalled = (words: string, { code, name, also }: Country): boolean =>
  words === code || [name, ...also].some((known) => fold(known) === fold(words));

const MOST_WORDS = 8;

/** Finds the country a text begins with, the longest name first (`Guinea-Bissau` before `Guinea`), and the rest. */
export const countryFirst = (text: string): { code: string; rest: string } | undefined => {
  const words = [...text.trim().matchAll(/\S+/gu)].slice(0, MOST_WORDS);
  for (const word of words.toReversed()) {
    const end = word.index + word[0].length;
    const named = text
      .trim()
      .slice(0, end)
      .replace(/[,:;.]+$/u, '');
    const found = fold(named) === '' ? undefined : countries().sorted.find((country) => isCalled(named, country));
    if (found) return { code: found.code, rest: text.trim().slice(end).trim() };
  }
  return undefined;
};

/** Languages whose names of countries are found, beside English: those of many people, in every script that CLDR has names in. */
const LANGUAGES =
  'am ar az be bg bn ca cs cy da de el es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh-Hant'.split(
    ' ',
  );

type Names = Map<string, Set<string>>;
const add = (names: Names, called: string, code: string): void => {
  const name = fold(called);
  const codes = names.get(name);
  if (codes) codes.add(code);
  else if (name !== '') names.set(name, new Set([code]));
};

let english: Names | undefined;
/** Folded names in English, with the codes of those called so. */
const namesInEnglish = (): Names => {
  if (english) return english;
  english = new Map();
  for (const { code, name, also } of countries().sorted) for (const known of [name, ...also]) add(english, known, code);
  return english;
};

let elsewhere: Names | undefined;
/** Learns the same in other languages, one at a time: all of them take 0.1 s, and 2 MB. Done by itself when first asked for. */
export function* learnNames(): Walk<void> {
  if (elsewhere) return;
  const found: Names = new Map();
  for (const language of LANGUAGES) {
    yield;
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const code of COUNTRY_CODES) add(found, names.of(code) ?? '', code);
  }
  elsewhere ??= found;
}
const namesElsewhere = (): Names => {
  walked(learnNames());
  return elsewhere ?? new Map();
};

/** Returns the folded names of countries in the other languages, each with the codes of those called so. */
export const namesInOthers = (): ReadonlyMap<string, ReadonlySet<string>> => namesElsewhere();

/** Returns the codes of countries that are called so, in English or else in any of the other languages. */
export const countriesCalled = (words: string): ReadonlySet<string> => {
  const asked = fold(words).replace(/^the /u, '');
  if (asked === '') return new Set();
  return namesInEnglish().get(asked) ?? namesElsewhere().get(asked) ?? new Set();
};

/** Shorter words are near too many. */
const LEAST_LETTERS = 5;

/** Returns the name of a country that one of its English names is one letter away from; undefined where there is none. */
export const countryNear = (word: string): string | undefined => {
  const asked = fold(word);
  if (asked.length < LEAST_LETTERS) return undefined;
  for (const [name, codes] of namesInEnglish()) if (isSlip(asked, name)) return countryName([...codes][0] ?? '');
  return undefined;
};

/** Returns the words by which a country is found in English: its name, and what else people type for it. */
export const countryAlso = (code: string): readonly string[] => ALSO[code] ?? [];

/**
 * Best first: the exact code or short name, names that begin with the words, names with a word that does. Where no English
 * name fits, those of other languages are tried.
 */
export const searchCountries = (query: string, limit: number): Country[] => {
  const asked = fold(query);
  const ranked = (names: readonly string[], code: string): number => {
    if (code.toLowerCase() === asked || names.includes(asked)) return 0;
    if (names.some((words) => words.startsWith(asked))) return 1;
    return names.some((words) => words.includes(` ${asked}`)) ? 2 : 3;
  };
  const best = (rank: (country: Country) => number): Country[] =>
    countries()
      .sorted.map((country) => ({ country, rank: rank(country) }))
      .filter((found) => found.rank < 3)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit)
      .map((found) => found.country);
  const english = best(({ code, name, also }) => ranked([name, ...also].map(fold), code));
  if (english.length > 0 || asked === '') return english;
  const ranks = new Map<string, number>();
  for (const [name, codes] of namesElsewhere()) {
    for (const code of codes) ranks.set(code, Math.min(ranks.get(code) ?? 3, ranked([name], code)));
  }
  return best(({ code }) => ranks.get(code) ?? 3);
};
