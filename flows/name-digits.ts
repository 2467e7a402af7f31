/** Digits and signs in the words of a name: read as the letters that they look like, or left apart from the word. House rule. */

const LETTERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  '2z 3e 4a 5s 6gb 7t 8b 9gq @a $s §s !i ¡i €ec £l ¥y ¢c ©c +ti †t °o •o ●o ∅o ⊙o /l *aeiou'
    .split(' ')
    .map(([sign = '', ...letters]) => [sign, letters]),
);

/** “2nd”, “3M” and “A4” are no words that somebody wrote with digits. */
const LEAST_LETTERS = 3;
/** A longer word may have fewer. */
const LONG = 5;

const WORDS = /[\p{L}\p{M}\p{N}@$§!¡€£¥¢©+†°•●∅⊙/*|]+/gu;
const SIGN = /[2-9@$§!¡€£¥¢©+†°•●∅⊙/*]/u;
const SIGN_OR_DIGIT = /[\p{N}\p{S}\p{P}]/u;

/** Some signs are read in more than one way: so many readings of a name are looked at. */
const MOST_READINGS = 24;

/** Returns each beginning with each end. */
const each = (begun: readonly string[], ends: readonly string[]): string[] =>
  begun.flatMap((start) => ends.map((end) => start + end)).slice(0, MOST_READINGS);

const wordRead = (word: string): string[] => {
  const letters = (word.match(/\p{L}/gu) ?? []).length;
  const isWord = letters >= LEAST_LETTERS || (letters >= LEAST_LETTERS - 1 && word.length >= LONG);
  return isWord ? [...word].reduce<string[]>((read, sign) => each(read, LETTERS[sign] ?? [sign]), ['']) : [word];
};

/** Returns what a name may be read as besides, with letters for the digits and signs within its words: mostly nothing. */
export const withLetters = (name: string): string[] => {
  const plain = name.normalize('NFKC');
  if (plain.search(SIGN) < 0) return [];
  let [read, end]: [string[], number] = [[''], 0];
  for (const { 0: word, index } of plain.matchAll(WORDS)) {
    read = each(
      read,
      wordRead(word).map((one) => plain.slice(end, index) + one),
    );
    end = index + word.length;
  }
  return [...new Set(read.map((one) => one + plain.slice(end)))].filter((one) => one !== plain);
};

/** Where a number stands beside a word. */
const NUMBERS = /(?<=\p{L})\d+(?![\p{L}\d])|(?<![\p{L}\d])\d+(?=\p{L})/gu;

/** Returns a name with what stands there in place of each number that is written in one word with letters. */
export const numbersAs = (name: string, as: (number: string) => string): string => name.replaceAll(NUMBERS, as);

/** Returns a name as it is read, and as it may be read besides. */
export const readingsOf = (name: string): string[] =>
  name.search(SIGN_OR_DIGIT) < 0
    ? [name]
    : [...new Set([name, ...withLetters(name), numbersAs(name, (number) => ` ${number} `)])];
