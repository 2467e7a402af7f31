/** Names and words in which a sign stands for a letter or two, whichever: “Sult.n”, “Pol#ce”. House rule. */

import { looksKey } from './end-user.ts';
import { perText } from './per-text.ts';

const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Between two letters, with no blank beside it: names have hyphens, apostrophes and “&” there. Some stand in no name at all. */
const BETWEEN = /(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}\p{Zs}\s\p{Pd}&'’‘ʼ`]+(?=[\p{L}\p{M}\p{N}])/u;
const NOWHERE = /[#*%~^=<>{}\\+°•¤†‡]+/u;
const ODD = new RegExp(`${BETWEEN.source}|${NOWHERE.source}`, 'u');
const ALL_ODD = new RegExp(ODD, 'gu');
/** So many letters one may stand for, or none. */
const MOST_LETTERS = 2;

/** Fewer letters fit too much. */
const LEAST_LETTERS = 3;

/** What stands before, between and after such signs, compared as `looksKey`. */
export type Parts = readonly string[];

/** Undefined: a text has no such signs. */
export const partsOf = (text: string): Parts | undefined => {
  const seen = text.replaceAll(UNSEEN, '');
  if (!ODD.test(seen)) return undefined;
  const parts = seen.split(ALL_ODD).map(looksKey);
  return parts.join('').length < LEAST_LETTERS ? undefined : parts;
};

/** Tells whether a key is the parts with a few letters for each sign. Takes time by their lengths alone, whatever somebody types. */
export const fitsParts = ([first = '', ...parts]: Parts, key: string): boolean => {
  if (!key.startsWith(first)) return false;
  let ends = new Set([first.length]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const end of ends)
      for (let letters = 0; letters <= MOST_LETTERS; letters += 1)
        if (key.startsWith(part, end + letters)) next.add(end + letters + part.length);
    ends = next;
  }
  return ends.has(key.length);
};

interface Signs {
  parts: Parts | undefined;
  key: string;
}

/** Names whose signs are kept: the same come again with each look at a deal, and all with a look at all deals. */
const MOST_KEPT = 20_000;

export const signsOf = perText((name): Signs => ({ parts: partsOf(name), key: looksKey(name) }), MOST_KEPT);

/** Tells whether one name is the other by its signs. */
export const fits = (one: string, other: string): boolean => {
  const [a, b] = [signsOf(one), signsOf(other)];
  return (a.parts !== undefined && fitsParts(a.parts, b.key)) || (b.parts !== undefined && fitsParts(b.parts, a.key));
};
