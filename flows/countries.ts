/** ISO 3166-1 alpha-2 countries and territories; names in English from the runtime's Unicode data (CLDR). */

const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
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
  const sorted = CODES.map((code) => ({ code, name: names.of(code) ?? code, also: ALSO[code] ?? [] })).toSorted(
    (a, b) => a.name.localeCompare(b.name, 'en'),
  );
  made = { sorted, byCode: new Map(sorted.map(({ code, name }) => [code, name])) };
  return made;
};

/** Returns the country's name; undefined for a code that is not assigned. Capitals matter. */
export const countryName = (code: string): string | undefined => countries().byCode.get(code);

/** Returns small letters without accents or punctuation, so that "cote d'ivoire" finds Côte d’Ivoire. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();

/** Tells whether the words name a country in full, or are its code in capitals. */
const isCalled = (words: string, { code, name, also }: Country): boolean =>
  words === code || [name, ...also].some((known) => plain(known) === plain(words));

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
    const found = plain(named) === '' ? undefined : countries().sorted.find((country) => isCalled(named, country));
    if (found) return { code: found.code, rest: text.trim().slice(end).trim() };
  }
  return undefined;
};

/** Best first: the exact code or short name, names that begin with the words, names with a word that does. */
export const searchCountries = (query: string, limit: number): Country[] => {
  const asked = plain(query);
  const rank = ({ code, name, also }: Country): number => {
    const names = [name, ...also].map(plain);
    if (code.toLowerCase() === asked || names.includes(asked)) return 0;
    if (names.some((words) => words.startsWith(asked))) return 1;
    return names.some((words) => words.includes(` ${asked}`)) ? 2 : 3;
  };
  return countries()
    .sorted.map((country) => ({ country, rank: rank(country) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map((found) => found.country);
};
