/** Words as names are found by them in sentences. House rule. */

import { lookWords, STOP_WORDS } from '../../end-user.ts';
import { wordsOf as readWords } from '../../name-reading.ts';
import { perText } from '../../per-text.ts';

/** Shorter words are of most texts, unless they are written as names of two letters are: “K2”, “华为”. */
export const LEAST_LETTERS = 3;
const LEAST_CAPITALS = 2;
/** Texts have more words than names. */
const MOST_READ = 20_000;

/** Words that sentences begin with, and names do not. */
export const BEGINNINGS: ReadonlySet<string> = new Set(
  lookWords(
    'a an and any are as at based because but by can could did do does for from had has have he her his how however i if in is it ' +
      'its may no none nobody not nothing now of on once one only or our please see she should since so some somebody such that the ' +
      'their them then there these they this those to under was we were what when where whether which while who whose why will with ' +
      'would yes yet you your said says told asked through also into than more very all buy buys sell sells new deal',
  ),
);

export const isName = (word: string): boolean =>
  word.length >= LEAST_LETTERS && !STOP_WORDS.has(word) && !BEGINNINGS.has(word);

/** A capital, a digit, or a letter of an alphabet that has no capitals. */
export const OF_NAME = /[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;

/** Without a small letter: in capitals, digits, or letters of an alphabet that has no capitals. */
export const isCapitals = (word: string): boolean => OF_NAME.test(word) && word === word.toUpperCase();
export const isShortName = (word: string): boolean => {
  const look = lookOf(word);
  return look.length >= LEAST_CAPITALS && isCapitals(word) && !STOP_WORDS.has(look) && !BEGINNINGS.has(look);
};

/** The same words come again in many names. */
export const lookOf = perText((word) => lookWords(word).join(''));
/** Two letters for one that not every keyboard has: “Mueller”, “Aarhus”. */
const AS_TWO = /(?<![qg])([aou])e|aa/gu;
/** As it is read: a plural as its singular, a country for its adjective, a word in full, in one spelling. */
export const readOf = perText((look): string => {
  const [one = look, ...more] = readWords(look);
  return (more.length > 0 ? look : one).replaceAll(AS_TWO, ([letter = '']) => letter);
}, MOST_READ);
export const wordsIn = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
