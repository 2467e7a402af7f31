/** Names and words in which a sign stands for a letter or two, whichever: “Sult.n”, “Pol#ce”. House rule. */

import { looksKey } from './end-user.ts';

const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Between two letters, with no blank beside it: names have hyphens, apostrophes and “&” there. Some stand in no name at all. */
const BETWEEN = /(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}\p{Zs}\s\p{Pd}&'’‘ʼ`]+(?=[\p{L}\p{M}\p{N}])/u;
const NOWHERE = /[#*%~^=<>{}\\+°•¤†‡]+/u;
const ODD = new RegExp(`${BETWEEN.source}|${NOWHERE.source}`, 'u');
const ALL_ODD = new RegExp(ODD, 'gu');
const SOME_LETTERS = '.{0,2}';

/** Fewer letters fit too much. */
const LEAST_LETTERS = 3;

/** Returns what fits a text with letters in place of such signs, compared as `looksKey`. Undefined: it has none. */
export const patternOf = (text: string): RegExp | undefined => {
  const seen = text.replaceAll(UNSEEN, '');
  if (!ODD.test(seen)) return undefined;
  const parts = seen.split(ALL_ODD).map(looksKey);
  return parts.join('').length < LEAST_LETTERS ? undefined : new RegExp(`^${parts.join(SOME_LETTERS)}$`, 'u');
};

/** The same few names come again with each look at a deal. */
const kept = new Map<string, { pattern: RegExp | undefined; key: string }>();
const MOST_KEPT = 4000;

export const signsOf = (name: string): { pattern: RegExp | undefined; key: string } => {
  const found = kept.get(name);
  if (found) return found;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = { pattern: patternOf(name), key: looksKey(name) };
  kept.set(name, made);
  return made;
};

/** Tells whether one name fits the other by its signs. */
export const fits = (one: string, other: string): boolean => {
  const [a, b] = [signsOf(one), signsOf(other)];
  return a.pattern?.test(b.key) === true || b.pattern?.test(a.key) === true;
};
