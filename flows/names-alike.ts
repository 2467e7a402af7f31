/** Whether two names that are not the same may still be of one end-user: a part of it, or a longer or shorter name. House rule. */

import { COUNTRY_CODES, countryAlso, countryName } from './countries.ts';
import { lookWords, STOP_WORDS } from './end-user.ts';
import { FORM_WORDS, TASK_WORDS } from './name-words.ts';
import { distance } from './nearest.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).flatMap((word) => wordsOf(word)));

/** A plural is its singular. */
const singular = (word: string): string => (word.length > 3 && /[^s]s$/u.test(word) ? word.slice(0, -1) : word);

const wordsOf = (name: string): string[] => {
  const all = lookWords(name);
  const said = all.filter((word) => !STOP_WORDS.has(word) && word !== 's');
  return [...new Set((said.length > 0 ? said : all).map(singular))];
};

const FORMS = set(FORM_WORDS);
const TASKS = set(TASK_WORDS);

/** The words by which each country is called in names. */
const places = new Map<string, ReadonlySet<string>>();
const placeOf = (country: string): ReadonlySet<string> => {
  const found = places.get(country);
  if (found) return found;
  const made = new Set([countryName(country) ?? '', ...countryAlso(country)].flatMap(wordsOf));
  places.set(country, made);
  return made;
};

let everyPlace: ReadonlySet<string> | undefined;
const isPlace = (word: string): boolean => {
  everyPlace ??= new Set(COUNTRY_CODES.flatMap((code) => [...placeOf(code)]));
  return everyPlace.has(word);
};

/** An initial tells nobody. */
const LEAST_NAME = 3;

/** Letters that stand in other words by chance; an ideograph is a word by itself. */
const leastRun = (joined: string): number => (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(joined) ? 3 : 8);

interface Read {
  /** All words that tell something. */
  all: readonly string[];
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
  const telling = core.filter((word) => !TASKS.has(word));
  return { all, core, telling, own: telling.filter((word) => !isPlace(word)), joined: all.join('') };
};

/** The same few names come again with each look at a deal. */
const known = new Map<string, Read>();
const MOST_KNOWN = 20_000;
const read = (name: string): Read => {
  const found = known.get(name);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const made = readNow(name);
  known.set(name, made);
  return made;
};

const holds = (longer: readonly string[], shorter: readonly string[]): boolean =>
  shorter.length > 0 && shorter.every((word) => longer.includes(word));

/** Tells whether all of one name stands in the other, apart or run together. */
const holdsAll = (longer: Read, shorter: Read): boolean =>
  (shorter.joined.length >= LEAST_NAME && holds(longer.all, shorter.all)) ||
  (shorter.joined.length >= leastRun(shorter.joined) && longer.joined.includes(shorter.joined));

/** What two deals have in common beside the names. */
export interface InCommon {
  /** Countries to which both go, ISO 3166-1 alpha-2. */
  countries: readonly string[];
  /** True with the same customer, or the same product and country. */
  sale: boolean;
}

/** Two words, one of them no common task, or the whole name, with a word of its own. */
const isPart = (longer: Read, shorter: Read): boolean =>
  (shorter.core.length > 1 && shorter.telling.length > 0 && holds(longer.core, shorter.core)) ||
  (shorter.own.length > 0 && holdsAll(longer, shorter));

/** In one country: the same but for forms and the country's name, or two words of any kind within the other. */
const isPartThere = (longer: Read, shorter: Read, place: ReadonlySet<string>): boolean => {
  const less = (words: readonly string[]): string[] => words.filter((word) => !place.has(word));
  const [one, other, all] = [less(shorter.core), less(longer.core), less(shorter.all)];
  const isSame = holds(other, one) && holds(one, other) && (one.length > 1 || TASKS.has(one[0]!));
  return isSame || (all.length > 1 && holds(longer.all, all));
};

/** All but one word, and all that are its own. */
const sharesMost = (one: Read, other: Read): boolean => {
  const shared = one.core.filter((word) => other.core.includes(word));
  return shared.length >= Math.max(2, one.core.length - 1) && holds(other.telling, one.telling);
};

/** Tells at once that two names have no word in common, and neither stands in the other: then they are never of one end-user. */
export const areStrangers = (one: string, other: string): boolean => {
  const [a, b] = [read(one), read(other)];
  return !a.all.some((word) => b.all.includes(word)) && !a.joined.includes(b.joined) && !b.joined.includes(a.joined);
};

/**
 * Tells whether two names may be of one end-user though they are not the same name. Forms ("Ministry", "National", "Unit",
 * "Ltd") are left out first; plurals are singulars. Then one name must hold all words of the other: two at least, one of them
 * no common task ("Police", "Interior"), or all that the name is, with a word of its own. Where both deals go to the same
 * country, its name counts for nothing, and two common words are enough. In the same sale, one common word may differ.
 */
export const mayBeSame = (one: string, other: string, { countries, sale }: InCommon): boolean => {
  const [a, b] = [read(one), read(other)];
  return [
    [a, b],
    [b, a],
  ].some(
    ([longer, shorter]) =>
      isPart(longer!, shorter!) ||
      countries.some((country) => isPartThere(longer!, shorter!, placeOf(country))) ||
      (sale && sharesMost(shorter!, longer!)),
  );
};

/** A shorter word is another one with another letter. */
const LEAST_SPELLED = 5;
const LEAST_ALONE = 6;

/** From so many letters on, a word or two words together may differ in two. */
const LEAST_TWICE = 8;
const LEAST_TWICE_IN_ALL = 10;
const MOST_TWICE = 40;
const MOST_WORDS = 8;

/** A long word of a name, or two, and all others of it in one order. */
export interface Spelled {
  word: string;
  second?: string | undefined;
  others: string;
}

const spelledNow = (name: string): Spelled[] => {
  const words = wordsOf(name).toSorted();
  const without = (...gone: string[]): string => words.filter((one) => !gone.includes(one)).join(' ');
  const long = words.filter((word) => word.length >= LEAST_SPELLED && !/\p{N}/u.test(word) && !isPlace(word));
  const one = long.flatMap((word): Spelled[] => {
    const others = without(word);
    return others === '' && word.length < LEAST_ALONE ? [] : [{ word, others }];
  });
  const two = long
    .slice(0, MOST_WORDS)
    .flatMap((word, n) =>
      long
        .slice(n + 1, MOST_WORDS)
        .map((second): Spelled => ({ word, second, others: `${TWO}${without(word, second)}` })),
    );
  return [...one, ...two];
};
/** Two words are looked for among two. */
const TWO = '2:';

const spelled = new Map<string, readonly Spelled[]>();

/**
 * Returns the words of a name that may be spelled otherwise: not those with digits, and no places, which are told apart by one
 * letter. Two names with the same others may be of one end-user where the words are `spelledAlike`.
 */
export const spelledIn = (name: string): readonly Spelled[] => {
  const found = spelled.get(name);
  if (found) return found;
  if (spelled.size >= MOST_KNOWN) spelled.clear();
  const made = spelledNow(name);
  spelled.set(name, made);
  return made;
};

/** Tells whether two words differ in one letter at most: added, missing, another, or in the place of its neighbour. */
export const nearlySpelled = (one: string, other: string): boolean => {
  const [a, b] = [[...one], [...other]];
  const differs = a.findIndex((letter, i) => letter !== b[i]);
  const from = differs < 0 ? a.length : differs;
  const rest = (word: readonly string[], skip: number): string => word.slice(from + skip).join('');
  return (
    rest(a, 1) === rest(b, 1) ||
    rest(a, 1) === rest(b, 0) ||
    rest(a, 0) === rest(b, 1) ||
    (a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2))
  );
};

/** Words that differ in two letters, and of which each is a word by itself. */
const APART: ReadonlySet<string> = new Set([
  ...FORMS,
  ...TASKS,
  ...set('northern southern eastern western northwest southwest northeast southeast internal external'),
]);

/** Tells whether two long words differ in two letters at most, where neither is a common word of names as the other is. */
const spelledTwice = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= LEAST_TWICE &&
  Math.max(one.length, other.length) <= MOST_TWICE &&
  Math.abs(one.length - other.length) <= 2 &&
  !(APART.has(one) && APART.has(other)) &&
  distance(one, other) <= 2;

/**
 * Tells whether names with the same other words may be of one end-user: their words differ in one letter; in a name of ten
 * letters, in two, be they in one word of eight or one in each of two words.
 */
export const spelledAlike = (one: Spelled, other: Spelled): boolean => {
  const { word, second } = one;
  if (second === undefined || other.second === undefined) {
    return (
      nearlySpelled(word, other.word) ||
      (word.length + one.others.replaceAll(' ', '').length >= LEAST_TWICE_IN_ALL && spelledTwice(word, other.word))
    );
  }
  // A changed first letter may change their order.
  return (
    (nearlySpelled(word, other.word) && nearlySpelled(second, other.second)) ||
    (nearlySpelled(word, other.second) && nearlySpelled(second, other.word))
  );
};
