/** Which countries a text names. House rule: what is said of a country is heard wherever it is said. */

import { COUNTRY_CODES, countryAlso, countryName } from './countries.ts';
import { fold } from './fold.ts';
import { countryOf } from './name-reading.ts';
import { perText } from './per-text.ts';

/** `Bosnia & Herzegovina` as people write it, `Myanmar (Burma)` as both, `Hong Kong SAR China` as the place. */
const spellings = (name: string): string[] => {
  const place = name.replace(/ SAR China$/u, '');
  const [, before, within] = /^(.*?) ?\((.*)\)/u.exec(place) ?? [];
  const all = before !== undefined && within !== undefined ? [before, within] : [place];
  return all.flatMap((each) => (each.includes('&') ? [each, each.replace('&', 'and')] : [each]));
};

const WORD = /[\p{L}\p{M}]+/gu;
const LIKE_A_NAME = 'mail';
const SMALL = /^\p{Ll}/u;

interface Named {
  is: RegExp;
  codes: ReadonlyMap<string, string>;
  /** All names of one word. */
  exact: ReadonlySet<string>;
}
let made: Named | undefined;

/** Words that stand for a longer name by themselves. */
const SHORT: Readonly<Record<string, string>> = {
  american: 'US',
  americans: 'US',
  british: 'GB',
  french: 'FR',
  dutch: 'NL',
  czech: 'CZ',
  czechs: 'CZ',
  slovak: 'SK',
  slovaks: 'SK',
  bosnian: 'BA',
  bosnians: 'BA',
  burmese: 'MM',
  korean: 'KR',
  congolese: 'CD',
  saudi: 'SA',
  saudis: 'SA',
  emirati: 'AE',
  emiratis: 'AE',
  'u s': 'US',
  'u k': 'GB',
};

/** Of whoever lives there: `South Korean`, `South Sudanese`. */
const ENDINGS = '(?:n|ns|an|ans|ese|er|ers)?';

/** Names of several words, in English. */
const named = (): Named => {
  if (made) return made;
  const all = COUNTRY_CODES.flatMap((code) =>
    [...spellings(countryName(code) ?? code), ...countryAlso(code)].map((each) => [fold(each), code] as const),
  );
  const codes = new Map([...all.filter(([name]) => name.includes(' ')), ...Object.entries(SHORT)]);
  const exact = new Set(all.map(([name]) => name));
  const longestFirst = [...codes.keys()].toSorted((a, b) => b.length - a.length);
  made = { is: new RegExp(`(?<![^ ])(${longestFirst.join('|')})${ENDINGS}(?![^ ])`, 'gu'), codes, exact };
  return made;
};

/** Returns their codes, each once: ISO 3166-1 alpha-2. A name in one word, in whatever language, and its adjective count, too. */
export const countriesNamed = perText((text: string): readonly string[] => {
  const { is, codes, exact } = named();
  const found: string[] = [];
  const within = fold(text).replace(is, (_, name: string) => {
    found.push(codes.get(name) ?? '');
    return ' ';
  });
  const left = new Set(within.split(' '));
  for (const [word] of text.matchAll(WORD)) {
    const name = fold(word);
    // A word that only reads like a name is none: "mail" and "Mali". In small letters it is a name as it is spelled.
    const isMeant = left.has(name) && name !== LIKE_A_NAME && (!SMALL.test(word) || exact.has(name));
    const code = isMeant ? countryOf(word) : undefined;
    if (code !== undefined) found.push(code);
  }
  return [...new Set(found)];
});
