/** Trace ids, the letters of deal numbers, and deal numbers in text. */

import { randomUUID } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U to misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Spells ids that people read out, one letter for each byte. */
export const spell = (bytes: Uint8Array): string => [...bytes].map((byte) => LETTERS[byte % 32]).join('');

/** Groups of four, as people read letters out. */
export const inFours = (letters: string): string => (letters.match(/.{1,4}/g) ?? []).join(' ');

/** Reads letters that somebody typed after hearing them: in small letters, with blanks, or for those that are left out. */
export const readSpelled = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

/** Returns eight letters to read out by phone. Node keeps UUIDs in stock; other random bytes it makes one by one. */
export const newTrace = (): string => spell(Buffer.from(randomUUID().replaceAll('-', '').slice(16), 'hex'));

const DEAL_ID = /\bD-[0-9A-Z]{6,20}\b/;

/** Tells a deal's stream from a register's. */
export const isDealId = (stream: string): boolean => /^D-[0-9A-Z]{1,20}$/.test(stream);

/** As `spell` writes the rest of a deal's number, after at most a `D`. */
const SPELLED = /(?<![0-9A-Z-])(?:D[ -]?)?([0-9A-HJKMNP-TV-Z]{6})(?![0-9A-Z-])/g;
/** Of more words each might be one. */
const MOST_SPELLED = 3;

/**
 * Returns what may be deal ids though no `D-` says so: `7K3QXM` and `D7K3QXM`. Letters alone are a word, and figures alone are a
 * date.
 */
export const dealsSpelledIn = (words: string): string[] =>
  [...words.toUpperCase().matchAll(SPELLED)]
    .map(([, letters = '']) => letters)
    .filter((letters) => /\d/.test(letters) && /[A-Z]/.test(letters))
    .slice(0, MOST_SPELLED)
    .map((letters) => `D-${letters}`);

/** Writes an id that `dealsSpelledIn` returned as people write deal numbers. */
export const withDealNamed = (words: string, id: string): string =>
  words.replace(new RegExp(`(?<![0-9A-Z-])(?:D[ -]?)?${id.slice('D-'.length)}`, 'i'), id);

/** Returns the first deal id among words, in capitals, just as the route reads them. */
export const dealNamedIn = (words: string): string | undefined => DEAL_ID.exec(words.toUpperCase())?.[0];
