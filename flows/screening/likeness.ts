/** How much alike two words are, as they are spelled: 0 to 1. */

import { isBare, soundOf } from './spelling.ts';

/** Typing errors that a word of that length may have. */
export const mistakesIn = (length: number): number => (length < 4 ? 0 : length < 9 ? 1 : 2);

/**
 * Counts letters to insert, delete, replace or swap with the next (optimal string alignment) to get from one word to the
 * other; `most + 1` where there are more.
 */
export const mistakesBetween = (one: string, other: string, most: number): number => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i += 1) {
    const now = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one.charCodeAt(i - 1) === other.charCodeAt(j - 1) ? 0 : 1;
      let steps = Math.min(last[j]! + 1, now[j - 1]! + 1, last[j - 1]! + same);
      if (
        i > 1 &&
        j > 1 &&
        one.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
        one.charCodeAt(i - 2) === other.charCodeAt(j - 1)
      ) {
        steps = Math.min(steps, before[j - 2]! + 1);
      }
      now.push(steps);
      if (steps < least) least = steps;
    }
    if (least > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[other.length]!;
};

/** By the number of consonants, where one word is spelled without vowels. */
const BARE_LIKENESS = [0, 0.72, 0.84, 0.92, 0.96];

/** What each mistake takes off, for a word of one letter. */
const MISTAKE = 1.5;
/** Words that sound the same without their vowels are another's where they differ in more of their letters. */
const MOST_VOWELS = 0.45;

/** `sounds`: results of `soundOf`, where known. 0: two words that have nothing to do with each other. */
export const likeness = (
  one: string,
  other: string,
  sounds: readonly [string, string] = [soundOf(one), soundOf(other)],
): number => {
  if (one === other) return 1;
  const soundsAlike = sounds[0] !== '' && sounds[0] === sounds[1];
  if (soundsAlike && (isBare(one) || isBare(other))) return BARE_LIKENESS[Math.min(sounds[0].length, 4)]!;
  const length = Math.max(one.length, other.length);
  const allowed = mistakesIn(Math.min(one.length, other.length) + (one.length === other.length ? 0 : 1));
  const most = soundsAlike ? Math.max(allowed, 4) : allowed;
  const mistakes = mistakesBetween(one, other, most);
  const mostVowels = sounds[0].length > 1 ? MOST_VOWELS * length : 1;
  if (soundsAlike && mistakes <= mostVowels) return 0.98 - (0.35 * mistakes) / length;
  return mistakes > allowed ? 0 : Math.max(0, 1 - (MISTAKE * mistakes) / length);
};
