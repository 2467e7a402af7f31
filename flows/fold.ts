/** Text as search compares it. Every script keeps its letters, so that nothing typed is found by nothing. */

import { plainLetters } from './end-user.ts';

/** Accents of Latin, Greek and Cyrillic letters, and the vowel points of Hebrew and Arabic, which few people type. */
const ACCENTS = /[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670]/gu;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Most names are written so: nothing of them has to be taken apart. */
const IS_PLAIN = /^[\x20-\x7e]*$/;

/** Returns small letters, without accents and punctuation, with single spaces: `Côte d’Ivoire` as `cote d ivoire`. */
export const fold = (text: string): string =>
  IS_PLAIN.test(text)
    ? text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
    : plainLetters(text.normalize('NFKD').replace(UNSEEN, '').replace(ACCENTS, '').normalize('NFC'))
        .replaceAll('ς', 'σ')
        .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
        .trim();
