/** Whether two names are of the same end-user, or of the same company in between. House rule. */

import unhomoglyph from 'unhomoglyph';
import { withLetters } from './name-digits.ts';
import { perObject } from './per-object.ts';

/** Letters that Unicode does not decompose into a letter and its accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  ᴁ: 'ae',
  ɶ: 'oe',
};

/** Shown as blanks, whatever Unicode calls them: the Hangul fillers among them are letters. */
const BLANKS = /[\u115F\u1160\u3164\uFFA0\u2800]/gu;
/** Shown as nothing. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Apostrophes, dashes and dots that Unicode calls letters. Those that East Asian words are written with stay. */
const MODIFIERS = /(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}])\p{Lm}/gu;

const pairs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(' ').map((pair) => [pair.charAt(0).toLowerCase(), pair.charAt(1)]));

/** Letters of other alphabets and small capitals, each before the Latin letter that it or its capital looks like. */
const LOOK_ALIKES = pairs(
  'аa вb сc ԁd еe һh нh іi јj кk ӏl мm пn оo рp ԛq гr ѕs тt иu ѵv ԝw хx уy үy ' +
    'αa βb ϲc εe ηh ιi ϳj κk μm νn οo ρp τt υy χx ζz ωw γy օo ոn սu ցg հh ɑa ɡg ɩi ȷj ' +
    // Lisu, Cherokee, and small capitals.
    'ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu ' +
    'Ꭰd Ꭱr Ꭲt Ꭵi Ꭹy Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮍy Ꮐg Ꮒh Ꮓz Ꮜu Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮳg Ꮶk Ꮷd Ᏻg Ᏼb Ꮻo Ꮎo Ꮖi ' +
    'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ᴃb ᴆd ᴌl ʛg ' +
    // With a hook, a stroke or a tail, and the “kra”, which is a small capital, too.
    'ĸk ƙk ⱪk ꝁk ƀb ƃb ɓb ƈc ȼc ɗd ɖd ƌd ɛe ɜe ɇe єe ꞓe ɠg ǥg ɦh ħh ⱨh ɨi ɉj ʝj ɫl ƚl ɱm ɲn ɳn ŋn ƞn ɵo ꝋo ƥp ʠq ɼr ɽr ɾr ɍr ʂs ƭt ʈt ŧt ⱦt ʉu ʋv ƴy ɏy ʐz ƶz ȥz ԃd',
);
/** Small Greek letters that look like another Latin letter than their capitals do. */
const SMALL: Readonly<Record<string, string>> = { η: 'n', ν: 'v', υ: 'u' };

/** Words that tell nothing in a name. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  'the of and for a an de la le les du des del el los las et y e da do dos di della van von der die das und für fur'.split(
    ' ',
  ),
);

const ASCII = /^[\u0000-\u007f]*$/u;
/** Tells whether a table has none of the letters that most names are written in. */
const isForeign = perObject((by: Readonly<Record<string, string>>) => !Object.keys(by).some((key) => ASCII.test(key)));

const swap = (text: string, by: Readonly<Record<string, string>>): string => {
  if (isForeign(by) && ASCII.test(text)) return text;
  let swapped = '';
  for (const letter of text) swapped += by[letter] ?? letter;
  return swapped;
};

/** Signs and letters that look like Latin ones, and that no word ends at: read before anything else is made of them. */
const SIGNS: Readonly<Record<string, string>> = {
  ...pairs('|l ǀl ∣l ❘l ⵏl וl ןl ɭl ߊl ○o ◯o ◦o ⵔo ߀o ᱛo ⲟo ϲc ƒf ᑭp ᑌu ᗪd ᖇr ᒪl ᐯv ᗷb ᗅa ᗴe ᕼh ᒍj ᗰm ᑎn ᔕs ᔑs ᙭x Ϩs'),
  ...pairs('ⲁa ⲃb ⲥc ⲉe ⲏh ⲓi ⲕk ⲙm ⲛn ⲣp ⲧt ⲩy ⲭx ⲍz ⲅr ⳑl ⲱw'),
};
/** The same of capitals. */
const SEEN_SIGNS: Readonly<Record<string, string>> = {
  ...SIGNS,
  ...Object.fromEntries(Object.entries(SIGNS).map(([sign, letter]) => [sign.toUpperCase(), letter])),
};

/** No case, no accents. To upper case and back, so that ß and ss are the same. */
export const plainLetters = (text: string): string => swap(text.toUpperCase().toLowerCase(), PLAIN);

/** @param blank - what stands for a blank; `unseen`: for a character that nobody sees */
const unmarked = (name: string, blank = '', unseen = ''): string =>
  name.normalize('NFKD').replace(BLANKS, blank).replace(UNSEEN, unseen).replace(/\p{M}/gu, '').replace(MODIFIERS, '');

/** The same, with signs as the letters that they look like. */
const bare = (name: string, blank = '', unseen = ''): string => unmarked(swap(name, SEEN_SIGNS), blank, unseen);

const words = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Normalises a name without reading its letters as those of another alphabet. Empty where nothing is left. */
const asWritten = (name: string): string => words(plainLetters(unmarked(name))).join('');

const LATIN = /^[a-z0-9]+$/u;

/** What one letter looks like by Unicode's list of confusables (UTS 39, section 4). Undefined: no Latin letter. */
const seenAs = (letter: string): string | undefined => {
  const seen = plainLetters(unmarked(unhomoglyph(letter)));
  return LATIN.test(seen) ? seen : undefined;
};

/** Of a letter, and of its capital: words are compared without case. */
const standard = new Map<string, readonly [small: string | undefined, capital: string | undefined]>();
const standardOf = (letter: string): readonly [small: string | undefined, capital: string | undefined] => {
  const found = standard.get(letter);
  if (found) return found;
  const [small, capital] = LATIN.test(letter) ? [letter, letter] : [seenAs(letter), seenAs(letter.toUpperCase())];
  const made = [small ?? capital, capital ?? small] as const;
  standard.set(letter, made);
  return made;
};

/** Returns a word that reads as a Latin one as that. One of which a single letter does not stays: it is of another language. */
const seenWord = (word: string, as: 'small' | 'capital' = 'small'): string => {
  if (LATIN.test(word)) return word;
  const read = [...word].map((letter) => standardOf(letter)[as === 'small' ? 0 : 1]);
  return read.every((letter) => letter !== undefined) ? read.join('') : word;
};

/** Returns the words of a name, with letters of other alphabets as those that they look like. */
export const nameWords = (name: string): string[] =>
  words(swap(plainLetters(bare(name)), LOOK_ALIKES)).map((word) => seenWord(word));

/** Returns the words of a name, with letters that look the same in many fonts as one. */
export const lookWords = (name: string): string[] => nameWords(name).map(alike);

/**
 * Normalises a name: no case, spaces, punctuation, accents or unseen characters, and every letter as the Latin one that it
 * looks like. Empty where nothing is left.
 */
export const endUserKey = (name: string): string => nameWords(name).join('');

/** As `endUserKey`, with letters that look the same in many fonts as one. */
export const looksKey = (name: string): string => lookWords(name).join('');

/** Strokes and rings of the Latin alphabet and the digits, which one can't tell apart in many fonts. */
const alike = (word: string): string =>
  word.replace(/[l1]/g, 'i').replace(/0/g, 'o').replace(/rn/g, 'm').replace(/vv/g, 'w');

/** The rule of the first versions, by which keys are stored: what was one name then stays one. */
const firstKey = (name: string): string =>
  plainLetters(name.normalize('NFKD').replace(/\p{M}/gu, '')).replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Returns the keys of a name: two are of the same end-user where they share one. Beside case, spaces, punctuation,
 * accents and characters that nobody sees, they ignore the order of words, words such as "of" and "the", and whether a
 * letter is Latin or one of another alphabet that looks like it, or another that looks the same in many fonts (I, l and 1), or
 * a digit or sign within a word for the letter that it looks like ("Pol!ce", "5ecret").
 * A name is the same as its own key of any version.
 *
 * Acronyms ("MoI"), translations, transliterations and typing errors are other names here: that takes a screening of
 * names.
 */
export const endUserKeys = (name: string): readonly string[] => {
  const known = kept.get(name);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const keys = keysOf(name);
  kept.set(name, keys);
  return keys;
};

/** The same few names come again with each look at a deal. */
const kept = new Map<string, readonly string[]>();
const MOST_KEPT = 2000;

const keysOf = (name: string): string[] => {
  // Either may stand within a word, or between two.
  const read = [name, ...withLetters(name)]
    .flatMap((one) => [bare(one), bare(one, ' '), bare(one, ' ', ' ')])
    .flatMap((text) => [text, swap(text, SMALL)]);
  const letters = read.flatMap((text) => {
    const all = words(swap(plainLetters(text), LOOK_ALIKES));
    return all.every((word) => LATIN.test(word))
      ? [all]
      : [all.map((word) => seenWord(word)), all.map((word) => seenWord(word, 'capital'))];
  });
  const keys = [...letters, ...letters.map((all) => all.map(alike))].flatMap((all) => {
    const said = all.filter((word) => !STOP_WORDS.has(word));
    const telling = said.length > 0 ? said : all;
    return [all.join(''), telling.join(''), telling.toSorted().join('')];
  });
  const seen = keys.filter((key) => key !== '');
  return seen.length === 0 ? [] : [...new Set([...seen, firstKey(name)])];
};

/** Tells whether keys of two names share one. */
export const shareKey = <Key extends string | number>(one: readonly Key[], other: readonly Key[]): boolean =>
  one.some((key) => other.includes(key));

/** Turns the bits of a whole number so that each depends on each. */
const mixed = (high: number, low: number): number =>
  Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);

/** A whole number of 53 bits in place of a key: of all keys of a company no two have the same, and it takes eight bytes. */
export const markOf = (key: string): number => {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  [high, low] = [mixed(high, low), mixed(low, high)];
  return 4294967296 * (2097151 & low) + (high >>> 0);
};
export const marksOf = (keys: readonly string[]): number[] => keys.map(markOf);

export const sameEndUser = (one: string, other: string): boolean => shareKey(endUserKeys(one), endUserKeys(other));

/** What people write between words, one way or another. */
const BETWEEN_WORDS = /[\s.,;:'’‘"“”„()[\]]+|(?<=[\p{L}\p{M}])[-‐‑–](?=\p{L})/gu;

/**
 * Returns a name as it is written: without case, and with blanks for what stands between words. Any other sign counts ("1²" is not
 * "12", nor "ß" "ss"). Whoever's answers, licence or approval stay
 * has the same name in this sense: what only reads alike ("Mall", "Mali") may be somebody else. Empty where nothing is left.
 */
export const writtenName = (name: string): string =>
  name.normalize('NFC').replace(BLANKS, ' ').replace(UNSEEN, '').toLowerCase().replace(BETWEEN_WORDS, ' ').trim();

/** Tells whether two names read alike and are written with letters of different alphabets. */
export const readAlike = (one: string, other: string): boolean =>
  asWritten(one) !== asWritten(other) &&
  endUserKeys(one)[0] !== undefined &&
  (endUserKey(one) === endUserKey(other) ||
    endUserKey(swap(bare(one), SMALL)) === endUserKey(swap(bare(other), SMALL)));
