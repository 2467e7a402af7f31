/**
 * The hierarchy of regions in which a yearly report counts: country, subregion, region. It is the same each year: a country
 * that moved would show by the difference. From the UN's M49 (unstats.un.org/unsd/methodology/m49). What M49 has nowhere is
 * placed by us: Taiwan in Eastern Asia, Kosovo in Southern Europe, Antarctica with Oceania's islands.
 */

export interface Subregion {
  id: string;
  label: string;
}

export interface Region extends Subregion {
  subregions: readonly Subregion[];
}

/** ISO 3166-1 alpha-2 codes, and Kosovo's, by subregion. */
const COUNTRIES: Readonly<Record<string, string>> = {
  'northern-africa': 'DZ EG EH LY MA SD TN',
  'sub-saharan-africa':
    'AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW',
  'northern-america': 'BM CA GL PM US',
  'latin-america':
    'AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI',
  'central-asia': 'KG KZ TJ TM UZ',
  'eastern-asia': 'CN HK JP KP KR MN MO TW',
  'south-eastern-asia': 'BN ID KH LA MM MY PH SG TH TL VN',
  'southern-asia': 'AF BD BT IN IR LK MV NP PK',
  'western-asia': 'AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE',
  'eastern-europe': 'BG BY CZ HU MD PL RO RU SK UA',
  'northern-europe': 'AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ',
  'southern-europe': 'AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK',
  'western-europe': 'AT BE CH DE FR LI LU MC NL',
  'australia-new-zealand': 'AU CC CX HM NF NZ',
  'pacific-islands': 'AQ AS CK FJ FM GU KI MH MP NC NR NU PF PG PN PW SB TK TO TV UM VU WF WS',
};

export const REGIONS: readonly Region[] = [
  {
    id: 'africa',
    label: 'Africa',
    subregions: [
      { id: 'northern-africa', label: 'Northern Africa' },
      { id: 'sub-saharan-africa', label: 'Sub-Saharan Africa' },
    ],
  },
  {
    id: 'americas',
    label: 'Americas',
    subregions: [
      { id: 'northern-america', label: 'Northern America' },
      { id: 'latin-america', label: 'Latin America and the Caribbean' },
    ],
  },
  {
    id: 'asia',
    label: 'Asia',
    subregions: [
      { id: 'central-asia', label: 'Central Asia' },
      { id: 'eastern-asia', label: 'Eastern Asia' },
      { id: 'south-eastern-asia', label: 'South-eastern Asia' },
      { id: 'southern-asia', label: 'Southern Asia' },
      { id: 'western-asia', label: 'Western Asia' },
    ],
  },
  {
    id: 'europe',
    label: 'Europe',
    subregions: [
      { id: 'eastern-europe', label: 'Eastern Europe' },
      { id: 'northern-europe', label: 'Northern Europe' },
      { id: 'southern-europe', label: 'Southern Europe' },
      { id: 'western-europe', label: 'Western Europe' },
    ],
  },
  {
    id: 'oceania',
    label: 'Oceania',
    subregions: [
      { id: 'australia-new-zealand', label: 'Australia and New Zealand' },
      { id: 'pacific-islands', label: 'Melanesia, Micronesia, Polynesia and Antarctica' },
    ],
  },
];

const byCountry: ReadonlyMap<string, string> = new Map(
  Object.entries(COUNTRIES).flatMap(([subregion, codes]) =>
    codes.split(' ').map((code): [string, string] => [code, subregion]),
  ),
);

/** Returns the id of the country's subregion; undefined for a code that is none. */
export const subregionOf = (country: string): string | undefined => byCountry.get(country);
