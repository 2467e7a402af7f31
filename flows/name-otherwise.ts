/** A name as people write it in a sentence: cut short or in full, in another spelling, with a number in digits or in words. House rule. */

import { lookWords } from './end-user.ts';
import { COUNTED_WORDS, SHORT_WORDS, SPELLED_WORDS } from './name-words.ts';
import { perText } from './per-text.ts';

/** Few names have more than two words that are written in several ways. */
const MOST = 12;

const lookOf = (word: string): string => lookWords(word).join('');

/** Each word with those that stand for it. */
const OTHERS: ReadonlyMap<string, readonly string[]> = (() => {
  const others = new Map<string, string[]>();
  const add = (one: string, other: string): void => {
    const look = lookOf(one);
    others.set(look, [...(others.get(look) ?? []), other]);
  };
  for (const pair of `${SHORT_WORDS} ${COUNTED_WORDS} ${SPELLED_WORDS}`.split(' ')) {
    const [one = '', other = ''] = pair.split(':');
    add(one, other);
    add(other, one);
  }
  return others;
})();

/** Letters that are written as two where a keyboard has none of them. */
const AS_TWO: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const MARKED = /[äöüøå]/giu;
const TWO = /(?<![qg])([aou])e|aa/giu;

const asTwo = (word: string): string =>
  word.normalize('NFC').replaceAll(MARKED, (letter) => AS_TWO[letter.toLowerCase()] ?? letter);
const asOne = (word: string): string => word.replaceAll(TWO, ([letter = '']) => letter);

const asIt = (word: string, other: string): string =>
  /^\p{Lu}/u.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other;

const wordOtherwise = (word: string): string[] => [
  ...new Set([word, ...(OTHERS.get(lookOf(word)) ?? []).map((other) => asIt(word, other)), asTwo(word), asOne(word)]),
];

/** Returns the name as it is written, and then as it is written besides: mostly nothing. */
export const writtenOtherwise = perText((name: string): readonly string[] =>
  name
    .split(/\s+/u)
    .reduce<string[][]>(
      (begun, word) => begun.flatMap((words) => wordOtherwise(word).map((one) => [...words, one])).slice(0, MOST),
      [[]],
    )
    .map((words) => words.join(' ')),
);
