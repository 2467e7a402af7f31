/**
 * Whether two names that are not the same may still be of one end-user: a part of it, a longer or shorter name, or nearly the
 * same spelling. It is no equivalence: what may be the same as a third name need not be the same as each other. House rule.
 */

import { fits } from './name-patterns.ts';
import { isCountry, kindOf, isPlace, isTask, placeOf, reading, type Kind, type Read } from './name-reading.ts';
import { areSpelledAlike, differsIn, goesOn, nearlySpelled } from './names-spelled.ts';

/** An initial tells nobody. */
const LEAST_NAME = 3;

/** Letters that stand in other words by chance; an ideograph is a word by itself. */
export const leastRun = (joined: string): number => (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(joined) ? 3 : 8);

/** A shorter word is another one with another letter. Of two that differ in their length, the longer one counts. */
const LEAST_NEAR = 6;
/** A name of one word stands in longer ones with a letter in it misspelled. */
const LEAST_ALONE = 8;

/** Tells whether two words are one with a letter added, missing, another or in another place. Countries are told apart by one. */
const isNear = (one: string, other: string): boolean =>
  Math.max(one.length, other.length) >= LEAST_NEAR &&
  Math.abs(one.length - other.length) <= 1 &&
  !/\p{N}/u.test(one + other) &&
  nearlySpelled(one, other) &&
  !(isCountry(one) && isCountry(other));

const holds = (longer: readonly string[], shorter: readonly string[]): boolean =>
  shorter.length > 0 && shorter.every((word) => longer.includes(word));

/** The same, where one word may be spelled nearly the same. */
const holdsNear = (longer: readonly string[], shorter: readonly string[]): boolean => {
  let near = 0;
  for (const word of shorter) {
    if (longer.includes(word)) continue;
    near += 1;
    if (near > 1 || !longer.some((other) => !shorter.includes(other) && isNear(word, other))) return false;
  }
  return shorter.length > 0;
};

/** Digits, some of which are read as letters. */
const isDigit = (letter: string | undefined): boolean => letter !== undefined && /[\p{N}io]/u.test(letter);

/** Tells whether one name stands in the other, run together. A number is no part of a longer one. */
const runsIn = ({ joined: longer }: Read, { all, joined: shorter }: Read): boolean => {
  const [first, last] = [all[0], all.at(-1)].map((word) => word !== undefined && kindOf(word) === 'number');
  for (let at = longer.indexOf(shorter); at !== -1; at = longer.indexOf(shorter, at + 1))
    if (!(first && isDigit(longer[at - 1])) && !(last && isDigit(longer[at + shorter.length]))) return true;
  return false;
};

/** Tells whether all of one name stands in the other, apart or run together. */
const holdsAll = (longer: Read, shorter: Read): boolean =>
  (shorter.joined.length >= LEAST_NAME && holds(longer.all, shorter.all)) ||
  (shorter.joined.length >= leastRun(shorter.joined) && runsIn(longer, shorter));

/** What two deals have in common beside the names. */
export interface InCommon {
  /** Countries to which both go, ISO 3166-1 alpha-2. */
  countries: readonly string[];
  /** Countries to which one of them goes at least. */
  either?: readonly string[] | undefined;
  /** True with the same customer, or the same product and country. */
  sale: boolean;
}

/** A word that is no common task is one in both: "Order" is not "Border" with a letter less. */
const sharesTelling = ({ telling: longer }: Read, { telling: shorter }: Read): boolean =>
  shorter.some((word) => longer.some((other) => other === word || isNear(word, other)));

/** Two words, one of them no common task, or the whole name, with a word of its own. */
const isPart = (longer: Read, shorter: Read): boolean =>
  (shorter.core.length > 1 && holdsNear(longer.core, shorter.core) && sharesTelling(longer, shorter)) ||
  (shorter.own.length > 0 && holdsAll(longer, shorter));

/** Tells whether a long name of one word stands in the other, with a letter misspelled. */
const isNearPart = (longer: Read, { all: [only = '', ...more], own }: Read): boolean =>
  more.length === 0 &&
  own.length === 1 &&
  only.length >= LEAST_ALONE &&
  longer.all.some((word) => word.length >= LEAST_ALONE && isNear(word, only));

/** Two of these in one name, and another in the other, are of two end-users. */
const APART: readonly Kind[] = ['place', 'task', 'number'];

/**
 * Two words of their own in common, where the rest of one name says little and nothing against the other's: a word less and one
 * more. `places`: words of countries that say nothing new, either.
 */
const sharesOwn = (one: Read, other: Read, places: (word: string) => boolean): boolean => {
  const isOwn = (word: string): boolean => kindOf(word) === 'own';
  const mine = one.core.filter((word) => other.core.includes(word));
  const isOnly = (word: string): boolean => !mine.includes(word);
  const near = one.core.filter(isOnly).find((word) => other.core.filter(isOnly).some((each) => isNear(word, each)));
  if ([...mine, ...(near === undefined ? [] : [near])].filter(isOwn).length < 2) return false;
  const left = (from: Read, by: Read): string[] =>
    from.core.filter((word) => !by.core.includes(word) && word !== near && !(near !== undefined && isNear(word, near)));
  const [first, second] = [left(one, other), left(other, one)];
  const isLight = (word: string): boolean => {
    const kind = kindOf(word);
    return kind !== 'own' && (kind !== 'place' || places(word));
  };
  const has = (words: readonly string[], kind: Kind): boolean => words.some((word) => kindOf(word) === kind);
  return (
    (first.every(isLight) || second.every(isLight)) && !APART.some((kind) => has(first, kind) && has(second, kind))
  );
};
const nowhere = (): boolean => false;

/** In one country: the same but for forms and the country's name, or two words of any kind within the other. */
const isPartThere = (longer: Read, shorter: Read, place: ReadonlySet<string>): boolean => {
  const less = (words: readonly string[]): string[] => words.filter((word) => !place.has(word));
  const [one, other, all] = [less(shorter.core), less(longer.core), less(shorter.all)];
  const isSame = holds(other, one) && holds(one, other) && (one.length > 1 || isTask(one[0]!));
  return isSame || (all.length > 1 && holds(longer.all, all));
};

/** All but one word, and all that are its own. */
const sharesMost = (one: Read, other: Read): boolean => {
  const shared = one.core.filter((word) => other.core.includes(word));
  return shared.length >= Math.max(2, one.core.length - 1) && holds(other.telling, one.telling);
};

/** The shortest that is misspelled where all else is the same. */
const LEAST_SHORT = 3;

/** Returns the only word that the other has not. Undefined: none, or more than one. */
const onlyWord = (from: readonly string[], by: readonly string[]): string | undefined => {
  let only: string | undefined;
  for (const word of from) {
    if (by.includes(word)) continue;
    if (only !== undefined) return undefined;
    only = word;
  }
  return only;
};

/** All but one word, which goes on in one of them, or is of its own and spelled nearly the same; another of its own is shared. Asked of very many: at once where it cannot be. */
const sharesAllNearly = (one: Read, other: Read): boolean => {
  if (one.all.length !== other.all.length || one.all.length < 2) return false;
  const mine = onlyWord(one.all, other.all);
  const theirs = mine === undefined ? undefined : onlyWord(other.all, one.all);
  return (
    mine !== undefined &&
    theirs !== undefined &&
    one.own.some((word) => other.own.includes(word)) &&
    !/\p{N}/u.test(mine + theirs) &&
    (goesOn(mine, theirs) ||
      (one.all.length > 2 &&
        Math.max(mine.length, theirs.length) >= LEAST_SHORT &&
        [mine, theirs].every((word) => kindOf(word) === 'own') &&
        differsIn(mine, theirs) === 1))
  );
};

type Compares = (one: Read, other: Read) => boolean;

/** Tells whether one reading of a name and one of another do so. */
const anyRead = (one: string, other: string, compares: Compares): boolean =>
  reading(one).some((a) => reading(other).some((b) => compares(a, b)));

const areAnywhere: Compares = (a, b) =>
  isPart(a, b) ||
  isPart(b, a) ||
  isNearPart(a, b) ||
  isNearPart(b, a) ||
  sharesOwn(a, b, nowhere) ||
  sharesOwn(b, a, nowhere) ||
  sharesAllNearly(a, b) ||
  areSpelledAlike(a, b);

/** Tells whether two names may be of one end-user whatever else their deals have in common. */
export const mayBeSameAnywhere = (one: string, other: string): boolean =>
  anyRead(one, other, areAnywhere) || fits(one, other);

const mayHere: Compares = (a, b) => {
  const isIn = (longer: readonly string[], shorter: readonly string[]): boolean =>
    shorter.every((word) => isPlace(word) || longer.includes(word));
  const isHeld = (longer: Read, shorter: Read): boolean =>
    isIn(longer.core, shorter.core) || isIn(longer.all, shorter.all) || sharesMost(shorter, longer);
  return isHeld(a, b) || isHeld(b, a) || sharesOwn(a, b, isPlace) || sharesOwn(b, a, isPlace) || sharesAllNearly(a, b);
};

/** Tells at once that names are never of one end-user by what their deals have in common: most that share a word or two are not. */
export const isNeverHere = (one: string, other: string): boolean => !anyRead(one, other, mayHere);

/** Tells whether two names may be of one end-user by what their deals have in common. */
export const mayBeSameHere = (
  one: string,
  other: string,
  { countries, either = countries, sale }: InCommon,
): boolean => {
  const isThere = (longer: Read, shorter: Read): boolean =>
    countries.some((country) => isPartThere(longer, shorter, placeOf(country))) ||
    (sale && sharesMost(shorter, longer));
  const isOfEither = (word: string): boolean => either.some((country) => placeOf(country).has(word));
  return anyRead(
    one,
    other,
    (a, b) => isThere(a, b) || isThere(b, a) || sharesOwn(a, b, isOfEither) || sharesOwn(b, a, isOfEither),
  );
};

/**
 * Tells whether two names may be of one end-user though they are not the same name. Forms ("Ministry", "National", "Unit",
 * "Ltd") are left out first; plurals are singulars; a country is the same in other languages and as an adjective. Then one name
 * must hold all words of the other: two at least, one of them no common task ("Police", "Interior") and one of them perhaps
 * spelled with another letter, or all that the name is, with a word of its own. Or both have two words of their own, and what
 * else one has is a task, a number, a unit, or a country to which a deal goes, where the other has no other one. Or they are spelled nearly the same,
 * or are but for a letter of a short word, or for one that goes on in one of them, where another word of its own is the same.
 * A digit or sign within a word is read as the letter that it looks like, too, and a number at its end as one by itself.
 * Where both deals go to the same country, its name counts for nothing, and two common words are enough. In the same sale, one
 * common word may differ.
 */
export const mayBeSame = (one: string, other: string, common: InCommon): boolean =>
  mayBeSameAnywhere(one, other) || mayBeSameHere(one, other, common);

/**
 * Tells where two names may be of one end-user: whatever their deals have in common, by that alone (`mayBeSameHere`), or never. Asked
 * once of two names that many deals have.
 */
export const whereSame = (one: string, other: string): 'anywhere' | 'here' | 'never' => {
  if (mayBeSameAnywhere(one, other)) return 'anywhere';
  return isNeverHere(one, other) ? 'never' : 'here';
};
