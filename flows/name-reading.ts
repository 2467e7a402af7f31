/** Reads a name as words that can be compared with another's: which are forms, tasks, places, numbers, and which are its own. */

import { COUNTRY_CODES, countryAlso, countryName, namesInOthers } from './countries.ts';
import { lookWords, nameWords, STOP_WORDS } from './end-user.ts';
import { readingsOf } from './name-digits.ts';
import {
  ADJECTIVES,
  COMPANY_WORDS,
  COUNTED_WORDS,
  FORM_WORDS,
  NUMBER_WORDS,
  SHORT_WORDS,
  SPELLED_WORDS,
  TASK_WORDS,
  TASKS_ABROAD,
  UNIT_WORDS,
} from './name-words.ts';
import { perText } from './per-text.ts';
import { spelled } from './screening/spelling.ts';
import { meaningOf } from './screening/words.ts';

/** A plural is its singular. */
const singular = (word: string): string => (word.length > 3 && /[^s]s$/u.test(word) ? word.slice(0, -1) : word);

/** The article of Arabic, with or without "and" or "for", is written in one word with its noun. */
const ARTICLE = /^(?:و?ال|لل)(?=\p{scx=Arab}{2})/u;

/** As they are written, and as they are read. */
const COMPANIES: ReadonlySet<string> = new Set([...nameWords(COMPANY_WORDS), ...lookWords(COMPANY_WORDS)]);

/** “Sp. z o.o.” has the most parts, and “Ltd. Şti.” the longest ones. */
const MOST_PARTS = 4;
const LONGEST_PART = 3;

/** Returns the words with the parts of an abbreviated legal form ("S.A.", "L.L.C.") as one. */
const withForms = (all: readonly string[]): string[] => {
  const joined: string[] = [];
  for (let at = 0; at < all.length;) {
    let end = at + 1;
    for (let last = Math.min(all.length, at + MOST_PARTS); last > at + 1; last -= 1) {
      const parts = all.slice(at, last);
      if (!parts.every(({ length }) => length <= LONGEST_PART) || !COMPANIES.has(parts.join(''))) continue;
      end = last;
      break;
    }
    joined.push(all.slice(at, end).join(''));
    at = end;
  }
  return joined;
};

/** Returns the words that tell something; a legal form where nothing else does. */
const telling = (all: readonly string[]): string[] => {
  const words = withForms(all).filter((word) => !STOP_WORDS.has(word) && word !== 's');
  const said = words.filter((word) => !COMPANIES.has(word));
  const left = [said, words, all].find((some) => some.length > 0) ?? [];
  return [...new Set(left.map((word) => word.replace(ARTICLE, '')))];
};
const WHOLE: ReadonlyMap<string, string> = new Map(
  `${SHORT_WORDS} ${COUNTED_WORDS} ${SPELLED_WORDS}`.split(' ').map((pair) => {
    const [short, whole] = pair.split(':').map((word) => singular(lookWords(word).join('')));
    return [short!, whole!] as const;
  }),
);
const plainWords = (name: string): string[] => [
  ...new Set(
    telling(lookWords(name))
      .map(singular)
      .map((word) => WHOLE.get(word) ?? word),
  ),
];

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).flatMap(plainWords));

const FORMS = set(FORM_WORDS);
const TASKS = set(TASK_WORDS);
const UNITS = set(UNIT_WORDS);
const NUMBERS = set(NUMBER_WORDS);

export const isTask = (word: string): boolean => TASKS.has(word);
/** Tells whether names of many authorities or companies have the word. */
export const isCommon = (word: string): boolean => FORMS.has(word) || COMPANIES.has(word) || TASKS.has(word);

const countries = new Map<string, ReadonlySet<string>>();
/** Returns the words by which a country is called in English: ISO 3166-1 alpha-2. */
export const placeOf = (country: string): ReadonlySet<string> => {
  const found = countries.get(country);
  if (found) return found;
  const made = new Set([countryName(country) ?? '', ...countryAlso(country)].flatMap(plainWords));
  countries.set(country, made);
  return made;
};

interface Places {
  /** Their codes, by the words of their English names: ISO 3166-1 alpha-2. */
  codes: ReadonlyMap<string, string>;
  /** Every word of a country's English name. */
  words: ReadonlySet<string>;
  /** Those that are such a name by themselves. */
  whole: ReadonlySet<string>;
  /** A country's name in one word of another language, or an adjective, with the words of its English name. */
  otherwise: ReadonlyMap<string, readonly string[]>;
}
let known: Places | undefined;
const places = (): Places => {
  if (known) return known;
  const codes = new Map(
    COUNTRY_CODES.flatMap((code) =>
      [countryName(code) ?? '', ...countryAlso(code)].map((name) => [plainWords(name).join(' '), code] as const),
    ),
  );
  const words = new Set(COUNTRY_CODES.flatMap((code) => [...placeOf(code)]));
  const whole = new Set(
    COUNTRY_CODES.flatMap((code) => [countryName(code) ?? '', ...countryAlso(code)])
      .map(plainWords)
      .flatMap(([word = '', ...more]) => (more.length === 0 ? [word] : [])),
  );
  const otherwise = new Map<string, readonly string[]>();
  for (const [name, codes] of namesInOthers()) {
    const [[code = ''], [word = '', ...more]] = [[...codes], plainWords(name)];
    if (codes.size === 1 && more.length === 0 && word.length > 1 && !words.has(word) && !isCommon(word))
      otherwise.set(word, plainWords(countryName(code) ?? ''));
  }
  for (const pair of ADJECTIVES.split(/ (?=\p{L}+:)/u)) {
    const [word = '', name = ''] = pair.split(':');
    for (const said of plainWords(word)) if (!words.has(said)) otherwise.set(said, plainWords(name));
  }
  known = { codes, words, whole, otherwise };
  return known;
};

export const isPlace = (word: string): boolean => places().words.has(word);

/** Endings of adjectives, and what a name lost before them. */
const ENDINGS = ['ian', 'ean', 'ese', 'an', 'ish', 'n', 'i'];
const LOST = ['', 'a', 'e', 'o', 'y', 'ia', 'um'];
const LEAST_PLACE = 4;

/** Returns the place of an adjective, the longest name first: `nigerian` as `nigeria`. */
const placeIn = (word: string): string | undefined =>
  ENDINGS.filter((ending) => word.endsWith(ending))
    .flatMap((ending) => LOST.map((lost) => singular(`${word.slice(0, -ending.length)}${lost}`)))
    .filter((name) => name.length >= LEAST_PLACE && isPlace(name))
    .toSorted((a, b) => b.length - a.length)[0];

/** Names, and words, of which a reading is kept. */
const MOST_KNOWN = 20_000;

/** Returns a word, as it is written, as it is read: a plural as its singular, and letters that look the same as one. */
export const asRead = perText((word) => plainWords(word)[0] ?? word, MOST_KNOWN);

/**
 * Tells whether a word is a country's name by itself, in whatever language, or its adjective: two of them are told apart by a letter
 * (Niger and Nigeria). "Coast" and "Republic", which are words of longer names, are words like others.
 */
export const isCountry = (word: string): boolean => countryBy(word) !== undefined;

/** Returns the words of its English name. */
const countryBy = (word: string): string | undefined => {
  const { whole, otherwise } = places();
  const one = asRead(word);
  if (whole.has(one)) return one;
  const place = placeIn(one) ?? '';
  return otherwise.get(one)?.join(' ') ?? (whole.has(place) ? place : undefined);
};

/** The same, as its code: ISO 3166-1 alpha-2. */
export const countryOf = (word: string): string | undefined => {
  const name = countryBy(word);
  return name === undefined ? undefined : places().codes.get(name);
};

const asPlaces = perText((word): readonly string[] => {
  const place = isPlace(word) || isCommon(word) ? word : placeIn(word);
  return places().otherwise.get(word) ?? [place ?? word];
}, MOST_KNOWN);

/**
 * Returns the words of a name, each once: without those that tell nothing, plurals as singulars, and countries as they are called
 * in English, whatever their language and also where the name has their adjective.
 */
export const wordsOf = (name: string): string[] => [...new Set(plainWords(name).flatMap(asPlaces))];

export type Kind = 'place' | 'task' | 'unit' | 'number' | 'own';
/** Digits, some of which look like letters, with or without an ending. */
const NUMBER = /^(?:[io]*\p{N}[\p{N}io]*|[io]{2,}|i)(?:st|nd|rd|th)?$/u;
export const kindOf = (word: string): Kind =>
  isPlace(word)
    ? 'place'
    : TASKS.has(word)
      ? 'task'
      : UNITS.has(word)
        ? 'unit'
        : NUMBERS.has(word) || NUMBER.test(word)
          ? 'number'
          : 'own';

export interface Read {
  /** All words that tell something. */
  all: readonly string[];
  /** The same as they are written: plurals, countries' adjectives and names in other languages, and letters that look alike. */
  said: readonly string[];
  /** Those that are no mere forms. */
  core: readonly string[];
  /** Those of which not every country has one: a country's name is one of them, as long as it stands with another word. */
  telling: readonly string[];
  own: readonly string[];
  joined: string;
}

const readNow = (name: string): Read => {
  const all = wordsOf(name);
  const core = all.filter((word) => !FORMS.has(word));
  const less = core.filter((word) => !TASKS.has(word));
  return {
    all,
    said: telling(nameWords(name)),
    core,
    telling: less,
    own: less.filter((word) => !isPlace(word)),
    joined: all.join(''),
  };
};

const ABROAD: ReadonlyMap<string, string> = new Map(
  TASKS_ABROAD.split('|').flatMap((line) => {
    const [english = '', ...others] = line.split(' ');
    return others.map((word) => [word, english] as const);
  }),
);
const OTHER_LETTERS = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** Returns the name in Latin letters, and words of other languages in English, as holds and lists are compared; mostly nothing. */
const asMeant = (name: string): string[] => {
  const words = spelled(name).split(' ');
  const meant = words.map((word) => (/^\d/u.test(word) ? word : (ABROAD.get(word) ?? meaningOf(word))));
  return OTHER_LETTERS.test(name) || meant.some((word, at) => word !== words[at]) ? [meant.join(' ')] : [];
};

/**
 * Returns a name as it is read, and then as it may be read besides: with letters for digits within a word, or numbers by themselves;
 * and in Latin letters, or in English.
 */
export const reading = perText(
  (name): readonly Read[] => [...readingsOf(name), ...asMeant(name)].map(readNow),
  MOST_KNOWN,
);
