/** Whether two products may be one, by their names. House rule. */

import { lookWords, sameEndUser } from './end-user.ts';
import { fold } from './fold.ts';
import { nearlySpelled } from './names-spelled.ts';
import type { Organisation, Product } from './organisation.ts';

/** A shorter name stands in other words by chance. */
const LEAST_RUN = 6;

/** A shorter word is another one with another letter. */
const LEAST_NEAR = 5;

/** The same word, or one with a letter more, less, in another place or another: "screen" and "screens". Not where it has digits. */
const sameWord = (one: string, other: string): boolean =>
  one === other ||
  (Math.min(one.length, other.length) >= LEAST_NEAR && !/\p{N}/u.test(one + other) && nearlySpelled(one, other));

const isIn = (word: string, words: readonly string[]): boolean => words.some((other) => sameWord(word, other));

/** A shorter name of one word is a word like others. */
const LEAST_WORD = 4;
const IS_NAME = /^[\p{Lu}\p{N}]/u;

/** Tells whether a text has the name in full: one of several words however it is written, also of several such products; another as it is written, with its capital. */
export const isProductNamed = (name: string): ((text: string) => boolean) => {
  const words = fold(name);
  if (words.includes(' '))
    return (text) => {
      const read = ` ${fold(text)} `;
      return ['', 's', 'es'].some((ending) => read.includes(` ${words}${ending} `));
    };
  const written = name.trim();
  if (words.length < LEAST_WORD || !IS_NAME.test(written)) return () => false;
  return (text) => text.split(/[^\p{L}\p{N}\p{M}]+/u).includes(written);
};

/** Tells whether all words of the first name stand in the other, apart or run together. Of nothing none does. */
const isNamedIn = (all: readonly string[], written: readonly string[]): boolean => {
  const joined = all.join('');
  const runsTogether = joined.length >= LEAST_RUN && written.join('').includes(joined);
  return joined !== '' && (all.every((word) => isIn(word, written)) || runsTogether);
};

/** Tells whether two names share at least two words, and all of the first but one. */
const sharesMost = (all: readonly string[], written: readonly string[]): boolean =>
  all.filter((word) => isIn(word, written)).length >= Math.max(2, all.length - 1);

/** Tells whether one of two products' names stands in the other, or they share all words but one. */
export const calledAlike = (name: string, other: string): boolean => {
  const [one, another] = [lookWords(name), lookWords(other)];
  return isNamedIn(one, another) || isNamedIn(another, one) || sharesMost(one, another);
};

/**
 * Returns the products of the catalogue that share their words, or all but one, with the name of one outside it. `same`: the
 * one that has no other words, which is to be chosen from the list: as another product, nothing said of it would be heard.
 */
export const catalogueNamed = (
  { products }: Pick<Organisation, 'products'>,
  { id, name }: Pick<Product, 'id' | 'name'>,
): { alike: Product[]; same: Product | undefined } => {
  // An id that is not there any more says nothing: the name does.
  if (products.some((product) => product.id === id)) return { alike: [], same: undefined };
  const same = products.find((product) => sameEndUser(product.name, name));
  return { alike: products.filter((product) => product === same || calledAlike(product.name, name)), same };
};
