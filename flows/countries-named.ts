/** Which countries a text names, in English. House rule: what is said of a country is heard wherever it is said. */

import { COUNTRY_CODES, countryAlso, countryName } from './countries.ts';
import { fold } from './fold.ts';
import { perText } from './per-text.ts';

/** `Bosnia & Herzegovina` as people write it, `Myanmar (Burma)` as both, `Hong Kong SAR China` as the place. */
const spellings = (name: string): string[] => {
  const place = name.replace(/ SAR China$/u, '');
  const [, before, within] = /^(.*?) ?\((.*)\)/u.exec(place) ?? [];
  const all = before !== undefined && within !== undefined ? [before, within] : [place];
  return all.flatMap((each) => (each.includes('&') ? [each, each.replace('&', 'and')] : [each]));
};

interface Named {
  is: RegExp;
  codes: ReadonlyMap<string, string>;
}
let made: Named | undefined;

/** Of whoever lives there: `Estonian`, `Iraqi`, `Senegalese`. Other such words are not known. */
const ENDINGS = '(?:n|ns|an|ans|ese|i|is)?';

const named = (): Named => {
  if (made) return made;
  const codes = new Map(
    COUNTRY_CODES.flatMap((code) =>
      [...spellings(countryName(code) ?? code), ...countryAlso(code)].map((each) => [fold(each), code] as const),
    ),
  );
  const longestFirst = [...codes.keys()].toSorted((a, b) => b.length - a.length);
  made = { is: new RegExp(`(?<![^ ])(${longestFirst.join('|')})${ENDINGS}(?![^ ])`, 'gu'), codes };
  return made;
};

/** Returns their codes, each once: ISO 3166-1 alpha-2. */
export const countriesNamed = perText((text: string): readonly string[] => {
  const { is, codes } = named();
  const found = [...fold(text).matchAll(is)].flatMap(([, name = '']) => codes.get(name) ?? []);
  return [...new Set(found)];
});
