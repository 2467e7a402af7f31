/** Digits and signs in the words of a name: read as the letters that they look like, or left apart from the word. House rule. */

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  '2z 3e 4a 5s 6g 7t 8b 9g @a $s !i €e £l ¥y'.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
/** Some are read either way. */
const OTHERWISE: Readonly<Record<string, string>> = { ...LETTERS, 6: 'b', 9: 'q' };

/** “2nd”, “3M” and “A4” are no words that somebody wrote with digits. */
const LEAST_LETTERS = 3;

const WORDS = /[\p{L}\p{M}\p{N}@$!€£¥|]+/gu;
const SIGN = /[2-9@$!€£¥]/gu;
const SIGN_OR_DIGIT = /[\p{N}\p{S}\p{P}]/u;

const asRead = (word: string, by: Readonly<Record<string, string>>): string =>
  (word.match(/\p{L}/gu) ?? []).length < LEAST_LETTERS ? word : word.replaceAll(SIGN, (sign) => by[sign] ?? sign);

/** Returns what a name may be read as besides, with letters for the digits and signs within its words: mostly nothing. */
export const withLetters = (name: string): string[] => {
  const plain = name.normalize('NFKC');
  if (plain.search(SIGN) < 0) return [];
  const all = [LETTERS, OTHERWISE].map((by) => plain.replaceAll(WORDS, (word) => asRead(word, by)));
  return [...new Set(all)].filter((one) => one !== plain);
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
