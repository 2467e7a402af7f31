/**
 * An index of the names of lists: a dictionary of their words, found by spelling, sound and three letters in a row, and the
 * names in which each word stands. In typed arrays throughout: 60,000 names take some tens of megabytes with their entries.
 */

import type { Walk } from '../walk.ts';
import type { ListEntry } from './entry.ts';
import { soundOf, spelledWords } from './spelling.ts';
import { CLASS_WEIGHT, classOf, meaningOf, type WordClass } from './words.ts';

/** Groups of whole numbers, one after the other: those of group `n` stand from `start[n]` up to `start[n + 1]`. */
export interface Groups {
  start: Uint32Array;
  items: Uint32Array;
}

export interface NameIndex {
  entries: readonly ListEntry[];
  words: readonly string[];
  idOf: ReadonlyMap<string, number>;
  kinds: readonly WordClass[];
  sounds: readonly string[];
  bySound: ReadonlyMap<string, readonly number[]>;
  /** Words by three letters in a row, a blank on either side of the word. */
  grams: Groups;
  /** How much a word counts: 0 to 1, rare ones most. */
  weights: Float32Array;
  /** For each name its words in order, and for each word the names that have it. */
  names: Groups;
  having: Groups;
  /** Of each name: its entry, and 0 for the name itself or the number of the alias. */
  entryOf: Uint32Array;
  aliasOf: Uint32Array;
  /** Of each name: how many of its first words are a family name, as the list writes it; 0 where that can't be told. */
  familyOf: Uint8Array;
  /** Weight of all words of a name. */
  totals: Float32Array;
}

/** `A.S.` is a legal form, and `as` another language's article. */
const isForm = (letters: string): boolean => ['form', 'particle'].includes(classOf(letters));

/** In characters: beyond them nothing is compared. */
const LONGEST_NAME = 400;
const LONGEST_WORD = 40;

/** A word of a name as names are compared by, and as it is spelled; `written` is empty where the word is but a part of it. */
export interface NameWord {
  word: string;
  written: string;
}

/** Calls back with the words of a name: spelled, and one for what several languages have words for. */
const eachWord = (name: string, each: (word: string, written: string) => void): void => {
  for (const long of spelledWords(name.slice(0, LONGEST_NAME), isForm)) {
    const word = long.slice(0, LONGEST_WORD);
    const servant = word.startsWith('abd') ? servantIn(word) : undefined;
    if (!servant) each(meaningOf(word), word);
    else if (servant.length === 1) each(servant[0]!, word);
    else for (const part of servant) each(part, '');
  }
};

/** The servant of a name of God: written in one word or in two, with an article of many spellings. */
const servantIn = (word: string): readonly string[] | undefined => {
  if (/^abd(?:[aeou]|ou)l{1,2}ah?$/u.test(word)) return ['abdullah'];
  if (/^abd[aeiou][lrnsz]?$/u.test(word)) return ['abd'];
  const servant = /^abd(?:[aeiu]?[lrsnzdt])?(?=[^aeiou])(?!l?lah$)(.{3,})$/u.exec(word);
  return servant ? ['abd', servant[1]!] : undefined;
};

export const spelledAndMeant = (name: string): NameWord[] => {
  const found: NameWord[] = [];
  eachWord(name, (word, written) => found.push({ word, written }));
  return found;
};

/** Returns the words of a name as names are compared by. */
export const wordsOfName = (name: string): string[] => {
  const found: string[] = [];
  eachWord(name, (word) => found.push(word));
  return found;
};

/** Lists write the family name of a person before a comma, or in capitals before other words: then its words come first. */
const FAMILY = /^(?:([^,]+),\s*[^,]+|((?:[\p{Lu}\p{M}'’-]{2,}\s+)+)[\p{Lu}][\p{Ll}\p{M}].*)$/u;
const familyIn = (name: string): number => {
  const found = FAMILY.exec(name.trim());
  return found ? Math.min(255, wordsOfName(found[1] ?? found[2] ?? '').length) : 0;
};

/** In how many letters a gram is counted: letters, digits, and the blank. */
const SIGNS = 37;
export const GRAMS = SIGNS ** 3;
const signOf = (code: number): number => (code >= 97 ? code - 96 : code >= 48 && code <= 57 ? code - 21 : 0);

/** Calls back with the grams of a word, some perhaps twice. */
export const eachGram = (word: string, each: (gram: number) => void): void => {
  let [a, b] = [0, 0];
  for (let at = 0; at <= word.length; at += 1) {
    const c = at < word.length ? signOf(word.charCodeAt(at)) : 0;
    each((a * SIGNS + b) * SIGNS + c);
    [a, b] = [b, c];
  }
};

/** Names or words: a turn takes some milliseconds. */
const BETWEEN_PAUSES = 1000;

/** Sorts items into groups, in two turns: `fill` says each pair of group and item, the same twice. */
function* grouped(count: number, fill: (put: (group: number, item: number) => void) => void): Walk<Groups> {
  const start = new Uint32Array(count + 1);
  fill((group) => {
    start[group + 1]! += 1;
  });
  yield;
  for (let n = 0; n < count; n += 1) start[n + 1]! += start[n]!;
  const items = new Uint32Array(start[count]!);
  const next = start.slice();
  fill((group, item) => {
    items[next[group]!] = item;
    next[group]! += 1;
  });
  return { start, items };
}

/** Makes something of each word, in turns. */
function* ofEach<T>(words: readonly string[], make: (word: string) => T): Walk<T[]> {
  const made: T[] = [];
  for (const word of words) {
    if (made.length % BETWEEN_PAUSES === BETWEEN_PAUSES - 1) yield;
    made.push(make(word));
  }
  return made;
}

/** The least that a word counts before its class does, however often it stands on the list. */
const LEAST_RARITY = 0.15;
/** Of a few dozen names none is common. */
const LEAST_NAMES = 500;

/** Returns how much a word counts. @param share - of all names those with the word, at least one */
const weightOf = (kind: WordClass, having: number, names: number): number => {
  const all = Math.max(names, LEAST_NAMES);
  const rarity = Math.max(LEAST_RARITY, Math.log(all / having) / Math.log(all));
  // A country's name tells which authority is meant, however many stand on the list.
  return CLASS_WEIGHT[kind] * (kind === 'place' || kind === 'number' ? Math.max(0.7, rarity) : rarity);
};

/** Weight of a word that stands on no list. */
export const weightOfStranger = (word: string): number =>
  word.length === 1 ? CLASS_WEIGHT.form : CLASS_WEIGHT[classOf(word)];

/** Makes the index in turns, so that others get theirs in between. */
export function* indexing(entries: readonly ListEntry[]): Walk<NameIndex> {
  const idOf = new Map<string, number>();
  const words: string[] = [];
  const starts: number[] = [0];
  const flat: number[] = [];
  const entryOf: number[] = [];
  const aliasOf: number[] = [];
  const family: number[] = [];
  for (const [at, { name, aliases, type }] of entries.entries()) {
    if (at % BETWEEN_PAUSES === BETWEEN_PAUSES - 1) yield;
    for (let alias = 0; alias <= aliases.length; alias += 1) {
      for (const word of wordsOfName(alias === 0 ? name : aliases[alias - 1]!)) {
        let id = idOf.get(word);
        if (id === undefined) {
          id = words.length;
          idOf.set(word, id);
          words.push(word);
        }
        flat.push(id);
      }
      if (flat.length === starts.at(-1)) continue;
      family.push(type === 'person' ? familyIn(alias === 0 ? name : aliases[alias - 1]!) : 0);
      starts.push(flat.length);
      entryOf.push(at);
      aliasOf.push(alias);
    }
  }
  yield;
  const names: Groups = { start: Uint32Array.from(starts), items: Uint32Array.from(flat) };
  const count = entryOf.length;
  const having = yield* grouped(words.length, (put) => {
    for (let name = 0; name < count; name += 1) {
      const [from, to] = [names.start[name]!, names.start[name + 1]!];
      for (let at = from; at < to; at += 1) {
        if (names.items.indexOf(names.items[at]!, from) === at) put(names.items[at]!, name);
      }
    }
  });
  yield;
  const kinds = yield* ofEach(words, classOf);
  yield;
  const weights = Float32Array.from(kinds, (kind, id) =>
    weightOf(kind, Math.max(1, having.start[id + 1]! - having.start[id]!), count),
  );
  const totals = new Float32Array(count);
  for (let name = 0; name < count; name += 1) {
    for (let at = names.start[name]!; at < names.start[name + 1]!; at += 1) totals[name]! += weights[names.items[at]!]!;
  }
  yield;
  const sounds = yield* ofEach(words, soundOf);
  yield;
  const bySound = new Map<string, number[]>();
  for (const [id, sound] of sounds.entries()) {
    if (sound === '') continue;
    const same = bySound.get(sound);
    if (same) same.push(id);
    else bySound.set(sound, [id]);
  }
  yield;
  const grams = yield* grouped(GRAMS, (put) => {
    for (const [id, word] of words.entries()) eachGram(word, (gram) => put(gram, id));
  });
  return {
    entries,
    words,
    idOf,
    kinds,
    sounds,
    bySound,
    grams,
    weights,
    names,
    having,
    entryOf: Uint32Array.from(entryOf),
    aliasOf: Uint32Array.from(aliasOf),
    familyOf: Uint8Array.from(family),
    totals,
  };
}
