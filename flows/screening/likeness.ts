/** How much alike two words are, as they are spelled: 0 to 1. */

import { isBare, soundOf } from './spelling.ts';

/** Typing errors that a word of that length may have. */
export const mistakesIn = (length: number): number => (length < 4 ? 0 : length < 9 ? 1 : 2);

/** Three rows of the table of steps, which no two calls are in at once. */
const LONGEST_ROW = 256;
const rows = [new Uint8Array(LONGEST_ROW), new Uint8Array(LONGEST_ROW), new Uint8Array(LONGEST_ROW)] as const;

/**
 * Counts letters to insert, delete, replace or swap with the next (optimal string alignment) to get from one word to the
 * other; `most + 1` where there are more, or where they differ in more than 250 letters.
 */
export const mistakesBetween = (one: string, other: string, most: number): number => {
  let [from, to, end] = [0, one.length, other.length];
  if (Math.abs(to - end) > most) return most + 1;
  // What both begin and end with costs nothing.
  while (to > 0 && end > 0 && one.charCodeAt(to - 1) === other.charCodeAt(end - 1)) [to, end] = [to - 1, end - 1];
  while (from < to && from < end && one.charCodeAt(from) === other.charCodeAt(from)) from += 1;
  const [height, width] = [to - from, end - from];
  if (height === 0 || width === 0) return Math.min(height + width, most + 1);
  if (Math.max(height, width) > LONGEST_ROW - 4) return most + 1;
  let [before, last, now]: Uint8Array[] = [rows[0], rows[1], rows[2]];
  for (let n = 0; n <= width; n += 1) last![n] = n;
  for (let i = 1; i <= height; i += 1) {
    const letter = one.charCodeAt(from + i - 1);
    let least = i;
    now![0] = i;
    for (let j = 1; j <= width; j += 1) {
      const target = other.charCodeAt(from + j - 1);
      let steps = Math.min(last![j]! + 1, now![j - 1]! + 1, last![j - 1]! + (letter === target ? 0 : 1));
      if (i > 1 && j > 1 && letter === other.charCodeAt(from + j - 2) && one.charCodeAt(from + i - 2) === target) {
        steps = Math.min(steps, before![j - 2]! + 1);
      }
      now![j] = steps;
      if (steps < least) least = steps;
    }
    if (least > most) return most + 1;
    [before, last, now] = [last, now, before];
  }
  return Math.min(last![width]!, most + 1);
};

/** By the number of consonants, where one word is spelled without vowels. */
const BARE_LIKENESS = [0, 0.72, 0.84, 0.92, 0.96];

/** Long vowels are written all the same, as w and y: each that the other word has room for tells as much as a consonant. */
const longVowels = (bare: string, other: string): number =>
  (/.w/.test(bare) && /[ouvw]/.test(other) ? 1 : 0) + (/.y/.test(bare) && /[eijy]/.test(other) ? 1 : 0);

/** What each mistake takes off, for a word of one letter. */
const MISTAKE = 1.5;
/** Words that sound the same without their vowels are another's where they differ in more of their letters. */
const MOST_VOWELS = 0.45;

/** Long vowels as one letter: `Noor` and `Nur`, `Saeed` and `Said`. */
const short = (word: string): string =>
  word.replace(/oo|ou/g, 'u').replace(/ee|ii/g, 'i').replace(/aa/g, 'a').replace(/uu/g, 'u');

/** `sounds`: results of `soundOf`, where known. 0: two words that have nothing to do with each other. */
export const likeness = (
  one: string,
  other: string,
  sounds: readonly [string, string] = [soundOf(one), soundOf(other)],
): number => {
  if (one === other) return 1;
  const soundsAlike = sounds[0] !== '' && sounds[0] === sounds[1];
  if (soundsAlike && (isBare(one) || isBare(other))) {
    const long = isBare(one) && isBare(other) ? 0 : isBare(one) ? longVowels(one, other) : longVowels(other, one);
    return BARE_LIKENESS[Math.min(sounds[0].length + long, 4)]!;
  }
  const length = Math.max(one.length, other.length);
  const allowed = mistakesIn(Math.min(one.length, other.length) + (one.length === other.length ? 0 : 1));
  const most = soundsAlike ? Math.max(allowed, 4) : allowed;
  const mistakes = soundsAlike && short(one) === short(other) ? 0 : mistakesBetween(one, other, most);
  const mostVowels = sounds[0].length > 1 ? MOST_VOWELS * length : 1;
  if (soundsAlike && mistakes <= mostVowels) return 0.98 - (0.35 * mistakes) / length;
  return mistakes > allowed ? 0 : Math.max(0, 1 - (MISTAKE * mistakes) / length);
};
