/** Whether names differ in a letter or two. House rule. */

import { asRead, isCommon, isCountry, type Read } from './name-reading.ts';
import { mistakesBetween } from './screening/likeness.ts';

/** A shorter word is another one with another letter. Of two that differ in one, the longer one counts. */
const LEAST_SPELLED = 5;
const LEAST_ALONE = 6;

/** From so many letters on, a word or two words together may differ in two. */
const LEAST_TWICE = 8;
const LEAST_TWICE_IN_ALL = 10;
const MOST_TWICE = 40;
const MOST_WORDS = 8;

/** Words that differ in two letters, and of which each is a word by itself. */
const DIRECTIONS: ReadonlySet<string> = new Set(
  'northern southern eastern western northwest southwest northeast southeast internal external'.split(' ').map(asRead),
);
const isKnown = (word: string): boolean => isCommon(asRead(word)) || DIRECTIONS.has(asRead(word));

/** Two letters that look like one at a glance, as `lookWords` writes them: “cl” and “d”, “nn” and “m”. */
const GLANCES: readonly (readonly [RegExp, string])[] = [
  [/ci/gu, 'd'],
  [/nn/gu, 'm'],
];
/** Returns a word as it looks at a glance. */
export const glance = (word: string): string =>
  GLANCES.reduce((seen, [pair, letter]) => seen.replace(pair, letter), word);

/** A letter stands in another place so many letters on at most: "Cobalt", "Colbat". */
const MOST_MOVED = 3;

/** Tells whether two words differ in one letter at most: added, missing, another, or a few places from where it was. */
export const nearlySpelled = (one: string, other: string): boolean =>
  isNearly(one, other) || glance(one) === glance(other);

const isNearly = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short.charCodeAt(from) === long.charCodeAt(from)) from += 1;
  let left = short.length - from;
  const later = long.length - short.length;
  while (left > 0 && short.charCodeAt(from + left - 1) === long.charCodeAt(from + left - 1 + later)) left -= 1;
  // What is left differs from its first letter to its last.
  if (later === 1) return left === 0;
  if (left <= 1) return true;
  const end = from + left - 1;
  const isMoved = (one: string, other: string): boolean =>
    one[from] === other[end] && one.slice(from + 1, end + 1) === other.slice(from, end);
  return left <= MOST_MOVED + 1 && (isMoved(short, long) || isMoved(long, short));
};

/** From so many letters on, a name run together with other blanks may differ in one. */
const LEAST_JOINED = 12;

/** Tells whether two names, each run together, differ in one letter at most: added, missing or another. Digits tell apart. */
const nearlyJoined = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= LEAST_JOINED &&
  !/\p{N}/u.test(one + other) &&
  halvesNear(one).some((half) => halvesOf(other).includes(half)) &&
  isNearly(one, other);

/** Returns the first and the last half of a name run together: of two that differ in one letter, one half is the same. */
export const halvesOf = (joined: string, length = joined.length): string[] => {
  const half = Math.floor(length / 2);
  return joined.length < LEAST_JOINED ? [] : [`^${joined.slice(0, half)}`, `${joined.slice(-half)}$`];
};
/** Returns the halves that names of a letter more or less may share with it. */
export const halvesNear = (joined: string): string[] => [
  ...new Set([-1, 0, 1].flatMap((more) => halvesOf(joined, joined.length + more))),
];

/** Tells whether two long words differ in two letters at most, where neither is a common word of names as the other is. */
const spelledTwice = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= LEAST_TWICE &&
  Math.max(one.length, other.length) <= MOST_TWICE &&
  Math.abs(one.length - other.length) <= 2 &&
  !(isKnown(one) && isKnown(other)) &&
  mistakesBetween(one, other, 2) <= 2;

/** Tells whether a word may be spelled otherwise: not where it is short or has digits. */
const maySpell = (word: string): boolean => word.length >= LEAST_SPELLED - 1 && !/\p{N}/u.test(word);

/** How many letters of a word may differ in all: 0 to 2. */
export const mayDiffer = (word: string): number =>
  !maySpell(word) ? 0 : word.length >= LEAST_TWICE && word.length <= MOST_TWICE ? 2 : 1;

/** Which letters a word has, as bits: what differs in two letters has few others. */
export const lettersOf = (word: string): number => {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 32);
  return letters;
};
/** Tells whether no more than so many bits are set. */
export const isFewer = (bits: number, most: number): boolean => {
  let [left, count] = [bits, 0];
  while (left !== 0 && count <= most) {
    left &= left - 1;
    count += 1;
  }
  return count <= most;
};

/** Counts the letters in which two words differ, to two; Infinity where it is more. */
export const differsIn = (one: string, other: string): number =>
  one === other
    ? 0
    : nearlySpelled(one, other)
      ? 1
      : Math.abs(one.length - other.length) <= 2 && mistakesBetween(one, other, 2) <= 2
        ? 2
        : Infinity;

/** Letters of a word that goes on in another name, and most that it goes on for: "Coast", "Coastline". */
export const LEAST_BEGUN = 4;
const MOST_LONGER = 5;

/** Tells whether one word goes on where the other ends. */
export const goesOn = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (
    short.length >= LEAST_BEGUN &&
    long.length - short.length <= MOST_LONGER &&
    long.startsWith(short) &&
    !isCountry(one) &&
    !isCountry(other)
  );
};

const isPair = (one: string, other: string): boolean =>
  Math.max(one.length, other.length) >= LEAST_SPELLED && maySpell(one) && maySpell(other);

/** Two countries are told apart by one letter. */
const areCountries = (one: string, other: string): boolean => isCountry(one) && isCountry(other);

/** Tells whether one word of a name may be another with a letter wrong. What many names have, or where they are, is another one. */
export const mayBeMisspelled = (one: string, other: string): boolean =>
  isPair(one, other) && nearlySpelled(one, other) && !areCountries(one, other) && !isKnown(one) && !isKnown(other);

const areNear = (one: readonly string[], other: readonly string[]): boolean => {
  if (one.length !== other.length) return false;
  const [mine, theirs] = [one.filter((word) => !other.includes(word)), other.filter((word) => !one.includes(word))];
  if (mine.length !== theirs.length) return false;
  const [[a = '', b = ''], [c = '', d = '']] = [mine, theirs];
  const near = (word: string, by: string): boolean =>
    isPair(word, by) && nearlySpelled(word, by) && !areCountries(word, by);
  if (mine.length === 1) {
    if (!isPair(a, c) || (one.length === 1 && Math.min(a.length, c.length) < LEAST_ALONE)) return false;
    const letters = Math.max(one.join('').length, other.join('').length);
    return (nearlySpelled(a, c) || (letters >= LEAST_TWICE_IN_ALL && spelledTwice(a, c))) && !areCountries(a, c);
  }
  return mine.length === 2 && one.length <= MOST_WORDS && ((near(a, c) && near(b, d)) || (near(a, d) && near(b, c)));
};

/**
 * Tells whether names differ in one letter of a long word; or, with ten letters, in two, be they in one word of eight or one in
 * each of two words. The letters that are written count, too: of a plural, a country's adjective or letters that look alike ("rn" and "m"),
 * another word is read where one is misplaced.
 */
export const areSpelledAlike = (one: Read, other: Read): boolean =>
  areNear(one.all, other.all) ||
  areNear(one.said, other.said) ||
  (one.all.length !== other.all.length && nearlyJoined(one.joined, other.joined));
