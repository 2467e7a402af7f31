/** Words that only one of two names has, and that say nothing else than its other words do. House rule. */

import { COUNTRY_CODES, countryName } from '../countries.ts';
import { spelled } from './spelling.ts';
import { initialsOf, meaningOf, type WordClass } from './words.ts';

/** A country of two names, which goes by either of them: `Svalbard and Jan Mayen`. */
interface TwoNames {
  parts: readonly (readonly string[])[];
  words: ReadonlySet<string>;
}

let known: readonly TwoNames[] | undefined;
const countriesOfTwoNames = (): readonly TwoNames[] =>
  (known ??= COUNTRY_CODES.flatMap((code) => {
    const names = (countryName(code) ?? '').split(/ & | and /u);
    if (names.length < 2) return [];
    const parts = names.map((name) => spelled(name).split(' ').map(meaningOf));
    return [{ parts, words: new Set(parts.flat()) }];
  }));

/** Returns the words of the countries of two names that a name has at least one of. */
export const otherNamesOfCountries = (words: readonly string[]): readonly ReadonlySet<string>[] =>
  countriesOfTwoNames()
    .filter(({ parts }) => parts.some((part) => part.every((word) => words.includes(word))))
    .map((country) => country.words);

const [LEAST_INITIALS, MOST_INITIALS] = [2, 6];

/** Tells whether words of a name may be initials: where vowels are left out, any short word looks like them. */
export const hasInitials = (name: string): boolean => !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name);

/** Tells whether a word may be initials: no legal form is. */
export const mayBeInitials = (word: string, kind: WordClass | undefined): boolean =>
  word.length >= LEAST_INITIALS &&
  word.length <= MOST_INITIALS &&
  kind !== 'form' &&
  kind !== 'particle' &&
  /^[a-z]+$/u.test(word);

export interface Words {
  words: readonly string[];
  kinds: readonly WordClass[];
}

/** Returns the places of the words, side by side, whose initials a word is; undefined where there are none. */
export const spelledOut = (initials: string, { words, kinds }: Words): readonly number[] | undefined => {
  const from = (at: number, left: string): readonly number[] | undefined => {
    if (left === '') return [];
    const word = words[at];
    if (word === undefined) return undefined;
    for (const letters of initialsOf(word)) {
      const rest = left.startsWith(letters) ? from(at + 1, left.slice(letters.length)) : undefined;
      if (rest) return [at, ...rest];
    }
    return kinds[at] === 'particle' ? from(at + 1, left) : undefined;
  };
  for (let at = 0; at < words.length; at += 1) {
    const found = from(at, initials);
    if (found && found.length > 1) return found;
  }
  return undefined;
};
