/** Whether two names are of the same end-user, or of the same company in between. House rule. */

/** Letters that Unicode does not decompose into a letter and its accent. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };

const pairs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

/** Small Cyrillic, Greek and Armenian letters, each before the Latin one that it or its capital looks like. */
const LOOK_ALIKES = pairs(
  'аa вb сc ԁd еe һh нh іi јj кk ӏl мm пn оo рp ԛq гr ѕs тt иu ѵv ԝw хx уy үy ' +
    'αa βb ϲc εe ηh ιi ϳj κk μm νn οo ρp τt υy χx ζz ωw γy օo ոn սu ցg հh ɑa ɡg ɩi',
);
/** Small Greek letters that look like another Latin letter than their capitals do. */
const SMALL: Readonly<Record<string, string>> = { η: 'n', ν: 'v', υ: 'u' };

const STOP_WORDS: ReadonlySet<string> = new Set(
  'the of and for a an de la le les du des del el los las et y e da do dos di della van von der die das und für fur'.split(
    ' ',
  ),
);

const swap = (text: string, by: Readonly<Record<string, string>>): string =>
  [...text].map((letter) => by[letter] ?? letter).join('');

/** No case, no accents. To upper case and back, so that ß and ss are the same. */
const small = (text: string): string => swap(text.toUpperCase().toLowerCase(), PLAIN);

const bare = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '');

const words = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Normalises a name without reading its letters as those of another alphabet. Empty where nothing is left. */
const asWritten = (name: string): string => words(small(bare(name))).join('');

/**
 * Normalises a name: no case, spaces, punctuation or accents, and every letter as the Latin one that it looks like. Empty
 * where nothing is left.
 */
export const endUserKey = (name: string): string => words(swap(small(bare(name)), LOOK_ALIKES)).join('');

/**
 * Returns the keys of a name: two are of the same end-user where they share one. Beside case, spaces, punctuation and
 * accents, they ignore the order of words, words such as "of" and "the", and whether a letter is Latin or a Cyrillic, Greek
 * or Armenian one that looks like it. A name is the same as its own key of any version.
 *
 * Acronyms ("MoI"), translations, transliterations, typing errors, and digits in place of letters are other names here:
 * that takes a screening of names.
 */
export const endUserKeys = (name: string): string[] => {
  const letters = [bare(name), swap(bare(name), SMALL)].map((text) => words(swap(small(text), LOOK_ALIKES)));
  const keys = letters.flatMap((all) => {
    const said = all.filter((word) => !STOP_WORDS.has(word));
    const telling = said.length > 0 ? said : all;
    return [all.join(''), telling.join(''), telling.toSorted().join('')];
  });
  return [...new Set(keys)].filter((key) => key !== '');
};

/** Tells whether keys of two names share one. */
export const shareKey = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((key) => other.includes(key));

export const sameEndUser = (one: string, other: string): boolean => shareKey(endUserKeys(one), endUserKeys(other));

/** Tells whether two names read alike and are written with letters of different alphabets. */
export const readAlike = (one: string, other: string): boolean =>
  asWritten(one) !== asWritten(other) &&
  endUserKeys(one)[0] !== undefined &&
  (endUserKey(one) === endUserKey(other) ||
    endUserKey(swap(bare(one), SMALL)) === endUserKey(swap(bare(other), SMALL)));
