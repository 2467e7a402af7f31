/**
 * Pages of publishers on one country, in place of their home pages. An address is made of a fixed pattern and a name out of
 * this table, found by the ISO code alone: never of anything that somebody typed. Where a publisher's page is not known for
 * certain, its home page stays. Patterns were last looked at in November 2026.
 */

import { countryName } from './countries.ts';

/** States whose own names, in small letters and with hyphens, publishers write in addresses. */
const PLAIN =
  'AE AF AL AM AO AR AT AU AZ BD BE BF BG BH BI BJ BO BR BT BW BY BZ CA CF CH CL CM CN CO CR CU CY DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GE GH GN GQ GR GT GY HN HR HT HU ID IE IN IQ IR IS IT JM JO JP KE KG KH KW KZ LB LR LS LT LU LV LY MA MD ME MG ML MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PT PY QA RO RS RU RW SA SD SE SG SI SK SL SN SO SR SS SV TD TG TH TJ TM TN TZ UA UG UY UZ VE VN YE ZA ZM ZW'.split(
    ' ',
  );

interface Site {
  /** The home page, as a policy names it. */
  home: string;
  page(name: string): string;
  /** Countries that it has a page of under their plain name. */
  plain: readonly string[];
  /** Others, by the name that stands in its addresses. */
  named?: Readonly<Record<string, string>> | undefined;
}

/** What World Report has chapters on. */
const CHAPTERS =
  'AE AF AM AO AR AU AZ BD BF BH BI BO BR BY CA CL CM CN CO CU DZ EC EG ER ET GE GR GT HN HT HU ID IN IQ IR IT JO JP KE KG KH KW KZ LB LY ML MX MY MZ NE NG NI NP PE PG PH PK PL QA RU RW SA SD SG SO SS SV TH TJ TM TN UA UG UZ VE VN YE ZA ZW'.split(
    ' ',
  );
/** In the Rule of Law Index under one word. */
const RULE_OF_LAW =
  'AF AL AO AR AU AT BD BY BE BJ BO BR BG KH CM CA CL CN CO HR CY DK EC EG EE ET FI FR GE DE GH GR GT HN HU IN ID IE IT JP JO KZ KE LB MG MY ML MX MN MA MZ NP NI NE NG NO PK PA PE PH PL PT RO RW SN RS SG ES SE TZ TH TN UG UA UY UZ ZM ZW'.split(
    ' ',
  );
/** Under its code in small letters, at the Department of State. */
const EMBASSIES =
  'AE AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BW BZ CA CD CF CG CH CI CL CM CO CR CU CV CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GE GH GM GN GR GT GY HN HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KG KH KR KW KZ LA LB LK LR LS LT LU LV MA MD ME MG MK ML MM MN MR MT MU MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PT PY QA RO RS RU RW SA SE SG SI SK SL SN SO SR SS SV SZ TD TG TH TJ TL TM TN TR TT TZ UA UG UY UZ VA VE VN XK ZA ZM ZW'.split(
    ' ',
  );

/** CPJ has its countries under parts of the world. */
const PRESS: Readonly<Record<string, string>> = {
  BF: 'africa/burkina-faso',
  CN: 'asia/china',
  CU: 'americas/cuba',
  EG: 'mideast/egypt',
  HK: 'asia/hong-kong',
  LB: 'mideast/lebanon',
  RU: 'europe/russia',
  SS: 'africa/south-sudan',
  TR: 'europe/turkey',
  ZM: 'africa/zambia',
};

const SITES: readonly Site[] = [
  {
    home: 'https://www.state.gov/reports-bureau-of-democracy-human-rights-and-labor/country-reports-on-human-rights-practices/',
    page: (name) => `https://www.state.gov/reports/2024-country-reports-on-human-rights-practices/${name}/`,
    plain: PLAIN,
    named: { MM: 'burma' },
  },
  {
    home: 'https://freedomhouse.org/report/freedom-world',
    page: (name) => `https://freedomhouse.org/country/${name}`,
    plain: PLAIN,
    named: { GW: 'guinea-bissau', HK: 'hong-kong', MM: 'myanmar', TW: 'taiwan', US: 'united-states' },
  },
  {
    home: 'https://freedomhouse.org/report/freedom-net',
    page: (name) => `https://freedomhouse.org/country/${name}`,
    plain: PLAIN,
    named: { MM: 'myanmar', TW: 'taiwan', US: 'united-states' },
  },
  {
    home: 'https://www.hrw.org/world-report',
    page: (name) => `https://www.hrw.org/world-report/2025/country-chapters/${name}`,
    plain: CHAPTERS,
    named: { IL: 'israel-and-palestine', KP: 'north-korea', MM: 'myanmar', PS: 'israel-and-palestine' },
  },
  {
    home: 'https://cpj.org/data/',
    page: (name) => `https://cpj.org/${name}/`,
    plain: [],
    named: PRESS,
  },
  {
    home: 'https://worldjusticeproject.org/rule-of-law-index/',
    page: (name) =>
      `https://worldjusticeproject.org/rule-of-law-index/country/${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    plain: RULE_OF_LAW,
  },
  {
    home: 'https://www.usembassy.gov/',
    page: (name) => `https://${name}.usembassy.gov/`,
    plain: [],
    named: { ...Object.fromEntries(EMBASSIES.map((code) => [code, code.toLowerCase()])), GB: 'uk' },
  },
];

const byHome: ReadonlyMap<string, Site> = new Map(SITES.map((site) => [site.home, site]));

/** `sri-lanka`; undefined for a name that is not spelled with plain letters. */
const plainName = (country: string): string | undefined => {
  const name = countryName(country)?.toLowerCase().replaceAll(' ', '-');
  return name !== undefined && /^[a-z]+(?:-[a-z]+)*$/u.test(name) ? name : undefined;
};

/** Returns the page on a country of the publisher with that home page; else the home page. */
export const pageOn = (home: string, country: string | undefined): string => {
  const site = byHome.get(home);
  if (!site || country === undefined) return home;
  const named = site.named && Object.hasOwn(site.named, country) ? site.named[country] : undefined;
  const name = named ?? (site.plain.includes(country) ? plainName(country) : undefined);
  return name === undefined ? home : site.page(name);
};
