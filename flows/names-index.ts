/**
 * Names by what two of them have in common where they may be of one end-user: a pair of words, one of which is no common one, or
 * one word where that is all. So a name is compared with few others, however many there are and however many of them say "Police".
 */

import { fitsParts, signsOf, type Parts } from './name-patterns.ts';
import { asRead, isCommon, isTask, placeOf, reading, type Read } from './name-reading.ts';
import { leastRun } from './names-alike.ts';
import {
  differsIn,
  glance,
  goesOn,
  halvesNear,
  halvesOf,
  isFewer,
  LEAST_BEGUN,
  lettersOf,
  mayDiffer,
} from './names-spelled.ts';

/** More words of a name are not looked at. */
const MOST_WORDS = 24;

const pairKey = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** Where a deal goes, ISO 3166-1 alpha-2: two common words count within one country. Or `ANYWHERE`. */
export type Scopes = readonly string[];
export const ANYWHERE = '*';

/** The first letter of a name that begins with a sign for some. */
const ANY = '';

/** By what names find each other. */
interface Keys {
  /** Both have it. */
  equal: string[];
  /** What stands in the longer one is the shorter one as a whole. */
  within: string[];
  whole: string[];
}

/** Returns all parts of so many letters. */
const runsIn = (joined: string, length: number): string[] =>
  Array.from({ length: Math.max(0, joined.length - length + 1) }, (_, at) => joined.slice(at, at + length));

/** One name may stand in another, run together with other words: with ideographs, also one that has none. */
const runsOf = ({ joined }: Read): Pick<Keys, 'within' | 'whole'> => {
  const [least, latin] = [leastRun(joined), leastRun('')];
  return {
    within: [...new Set([least, latin])].flatMap((length) => runsIn(joined, length)),
    whole: runsIn(joined, least).slice(0, 1),
  };
};

const areCommon = (one: string, other: string): boolean => isCommon(asRead(one)) && isCommon(asRead(other));

type Like = (word: string) => readonly string[];

const pairsOf = (words: readonly string[], like: Like): string[] =>
  words.length === 1
    ? [...like(words[0]!)]
    : words.flatMap((word, n) =>
        words
          .slice(n + 1)
          .flatMap((other) =>
            like(word).flatMap((mine) =>
              like(other).flatMap((theirs) => (areCommon(mine, theirs) ? [] : [pairKey(mine, theirs)])),
            ),
          ),
      );

/** Pairs of words as they are read; and as they are written, where that is another word. */
const equalOf = ({ all, said }: Read, like: Like): string[] => [
  ...pairsOf(all.slice(0, MOST_WORDS), like),
  ...(said.every((word) => all.includes(word)) ? [] : pairsOf(said.slice(0, MOST_WORDS), like)),
];

/** @param like - words that each is nearly spelled as, the word itself among them; `halves`: of the name run together */
const freeOf = (name: Read, like: Like, halves: (joined: string) => readonly string[]): Keys => {
  const words = name.all.slice(0, MOST_WORDS);
  const free: Keys = { equal: [...equalOf(name, like), ...halves(name.joined)], ...runsOf(name) };
  if (words.length > 1) free.within.push(...words.flatMap(like).map((word) => `= ${word}`));
  else free.whole.push(...words.flatMap(like).map((word) => `= ${word}`));
  return free;
};

const scopedOf = (name: Read, scopes: Scopes): string[] => {
  const words = name.all.slice(0, MOST_WORDS);
  const scoped: string[] = [];
  for (const [n, word] of words.entries())
    for (const other of words.slice(n + 1))
      if (areCommon(word, other)) scoped.push(...scopes.map((scope) => `${scope} ${pairKey(word, other)}`));
  for (const scope of scopes) {
    if (scope === ANYWHERE) continue;
    const place = placeOf(scope);
    const [only = '', ...more] = name.core.filter((word) => !place.has(word));
    if (more.length === 0 && isTask(only)) scoped.push(`${scope} ${only}`);
  }
  return scoped;
};

/** Words by their length, with which letters they have: what differs in two letters has few others. */
interface Words {
  letters: number[];
  words: string[];
}
const put = (to: Map<string, number[]>, keys: readonly string[], name: number): void => {
  for (const key of keys) {
    const known = to.get(key);
    if (!known) to.set(key, [name]);
    else if (known.at(-1) !== name) known.push(name);
  }
};

export interface NamesIndex {
  /** Returns the number of that name. The same name may be put in with more scopes. */
  add(name: string, scopes: Scopes): number;
  /** Returns the numbers of names that may be of one end-user with that one, and of many more: `free` whatever the scopes. */
  like(name: string): ReadonlySet<number>;
  /** Returns the numbers of those that have two common words with it within a scope. */
  likeIn(name: string, scopes: Scopes): ReadonlySet<number>;
}

export const namesIndex = (): NamesIndex => {
  const numbers = new Map<string, { at: number; scopes: Set<string> }>();
  const [equal, within, whole] = [
    new Map<string, number[]>(),
    new Map<string, number[]>(),
    new Map<string, number[]>(),
  ];
  const scoped = new Map<string, number[]>();
  /** Those that have signs for letters, by their first letter: few, of which each is looked at. */
  const withSigns = new Map<string, { parts: Parts; at: number }[]>();
  const keys: { key: string; at: number }[] = [];
  const vocabulary = new Map<number, Words>();
  const words = new Set<string>();
  /** By their first letters, and by how they look at a glance. */
  const [begun, glanced] = [new Map<string, string[]>(), new Map<string, string[]>()];
  /** By the word that is looked for. */
  let near = new Map<string, readonly string[]>();

  const learn = (word: string): void => {
    if (words.has(word) || mayDiffer(word) === 0) return;
    words.add(word);
    const start = word.slice(0, LEAST_BEGUN);
    begun.set(start, [...(begun.get(start) ?? []), word]);
    const seen = glance(word);
    glanced.set(seen, [...(glanced.get(seen) ?? []), word]);
    const known = vocabulary.get(word.length) ?? { letters: [], words: [] };
    vocabulary.set(word.length, known);
    known.letters.push(lettersOf(word));
    known.words.push(word);
    near = new Map();
  };
  const learnSigns = (name: string, at: number): void => {
    const { parts, key } = signsOf(name);
    keys.push({ key, at });
    if (!parts) return;
    const start = parts[0]?.charAt(0) ?? ANY;
    withSigns.set(start, [...(withSigns.get(start) ?? []), { parts, at }]);
  };
  const nearTo = (word: string): readonly string[] => {
    const most = mayDiffer(word);
    if (most === 0) return [word];
    const found = near.get(word);
    if (found) return found;
    const letters = lettersOf(word);
    const all = [word];
    for (let length = word.length - most; length <= word.length + most; length += 1) {
      const those = vocabulary.get(length);
      if (!those) continue;
      for (const [at, has] of those.letters.entries()) {
        if (!isFewer(has ^ letters, 2 * most)) continue;
        const other = those.words[at]!;
        if (other !== word && differsIn(word, other) <= Math.max(most, mayDiffer(other))) all.push(other);
      }
    }
    for (const other of begun.get(word.slice(0, LEAST_BEGUN)) ?? [])
      if (goesOn(word, other) && !all.includes(other)) all.push(other);
    for (const other of glanced.get(glance(word)) ?? []) if (!all.includes(other)) all.push(other);
    near.set(word, all);
    return all;
  };
  const self = (word: string): readonly string[] => [word];
  const those = (from: ReadonlyMap<string, readonly number[]>, keys: readonly string[], into: Set<number>): void => {
    for (const key of keys) for (const at of from.get(key) ?? []) into.add(at);
  };

  return {
    add: (name, scopes) => {
      const known = numbers.get(name) ?? { at: numbers.size, scopes: new Set() };
      const more = scopes.filter((scope) => !known.scopes.has(scope));
      const isNew = !numbers.has(name);
      numbers.set(name, known);
      if (!isNew && more.length === 0) return known.at;
      for (const scope of more) known.scopes.add(scope);
      for (const made of reading(name)) {
        put(scoped, scopedOf(made, more), known.at);
        if (!isNew) continue;
        [...made.all, ...made.said].forEach(learn);
        const free = freeOf(made, self, halvesOf);
        put(equal, free.equal, known.at);
        put(within, free.within, known.at);
        put(whole, free.whole, known.at);
      }
      if (isNew) learnSigns(name, known.at);
      return known.at;
    },
    like: (name) => {
      const found = new Set<number>();
      for (const made of reading(name)) {
        const free = freeOf(made, nearTo, halvesNear);
        those(equal, free.equal, found);
        those(whole, free.within, found);
        those(within, free.whole, found);
      }
      const { parts: mine, key } = signsOf(name);
      for (const start of [key.charAt(0), ANY])
        for (const { parts, at } of withSigns.get(start) ?? []) if (fitsParts(parts, key)) found.add(at);
      if (mine) for (const one of keys) if (fitsParts(mine, one.key)) found.add(one.at);
      return found;
    },
    likeIn: (name, scopes) => {
      const found = new Set<number>();
      if (scoped.size > 0) for (const made of reading(name)) those(scoped, scopedOf(made, scopes), found);
      return found;
    },
  };
};
