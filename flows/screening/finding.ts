/** Finds the names of an index that may be meant by a name: which words of it are like which words of the list. */

import { likeness, mistakesIn } from './likeness.ts';
import { eachGram, spelledAndMeant, weightOfStranger, type NameIndex, type NameWord } from './name-index.ts';
import { isBare, soundOf } from './spelling.ts';
import { hasInitials, mayBeInitials, otherNamesOfCountries } from './told-twice.ts';
import { classOf, meaningOf, meaningOfMistyped, type WordClass } from './words.ts';

/** One word of the name that is looked up, or up to four that may be one word on the list. */
export interface Unit {
  /** Positions of its words: from `from`, `to` not among them. */
  from: number;
  to: number;
  /** How much alike words of the list are, by their number. */
  like: ReadonlyMap<number, number>;
}

/** A word of the name that is two words on the list. */
export interface Split {
  at: number;
  words: readonly [number, number];
}

export interface Asked {
  words: readonly string[];
  kinds: readonly WordClass[];
  /** Weight of each word as if nothing on the list were like it. */
  own: readonly number[];
  units: readonly Unit[];
  /** Of each word by itself: how much alike words of the list are, by their number. */
  alike: readonly ReadonlyMap<number, number>[];
  splits: readonly Split[];
  /** Positions of words that may be initials. */
  initials: readonly number[];
  /** All words of each country of two names that stands there by one of them. */
  places: readonly ReadonlySet<string>[];
}

const MOST_WORDS = 24;
const MOST_JOINED = 4;
/** Longer words are no two that somebody wrote together. */
const LONGEST_JOINED = 24;
const LEAST_LIKE = 0.7;

type Likes = Map<number, number>;

const note = (likes: Likes, id: number, like: number): void => {
  if (like >= LEAST_LIKE && like > (likes.get(id) ?? 0)) likes.set(id, like);
};

/** `least`: how much alike words must be beside their sound. */
const bySound = (
  index: NameIndex,
  word: string,
  likes: Likes,
  less: number,
  { least = 0, sound = soundOf(word) }: { least?: number; sound?: string } = {},
): void => {
  if ((sound.length < 2 && !isBare(word)) || classOf(word) === 'form') return;
  for (const id of index.bySound.get(sound) ?? []) {
    const like = likeness(word, index.words[id]!, [sound, sound]);
    if (like >= least) note(likes, id, less * like);
  }
};

const exactly = (index: NameIndex, word: string, likes: Likes, less: number): void => {
  const id = index.idOf.get(word);
  if (id !== undefined) note(likes, id, less);
};

/** Words that people cut short: `Sys.`, `Gen.`, `Imp.` */
const ABBREVIATED: ReadonlySet<string> = new Set(['form', 'task']);
const ABBREVIATION = 0.8;
const LEAST_ABBREVIATED = 3;

/** `shared` counts for each word of the list; all zero before and after. */
const bySpelling = (index: NameIndex, word: string, likes: Likes, shared: Uint8Array): void => {
  const most = mistakesIn(word.length + 1);
  if (word.length < LEAST_ABBREVIATED || /^\d+$/u.test(word)) return;
  const { start, items } = index.grams;
  const seen: number[] = [];
  const counted = new Set<number>();
  eachGram(word, (gram) => counted.add(gram));
  for (const gram of counted) {
    for (let at = start[gram]!; at < start[gram + 1]!; at += 1) {
      const id = items[at]!;
      if (shared[id] === 0) seen.push(id);
      if (shared[id]! < 255) shared[id]! += 1;
    }
  }
  // Each mistake spoils three letters in a row at most, two letters that changed places four.
  const least = Math.max(1, counted.size - 3 * most - 1);
  const sound = soundOf(word);
  for (const id of seen) {
    if (index.words[id]!.length > word.length && index.words[id]!.startsWith(word)) {
      if (ABBREVIATED.has(index.kinds[id]!)) note(likes, id, ABBREVIATION);
    } else if (shared[id]! >= least && Math.abs(index.words[id]!.length - word.length) <= most) {
      note(likes, id, likeness(word, index.words[id]!, [sound, index.sounds[id]!]));
    }
    shared[id] = 0;
  }
};

/** The article, written in one word with its noun. */
const ARTICLE = /^(?:al|el|ul)(?=.{4})/u;
const WITH_ARTICLE = 0.97;
const JOINED = 0.97;
const LEAST_JOINED = 0.92;

const OTHERWISE = 0.95;
const LEAST_OTHERWISE = 0.86;
/** Letters that languages write for each other's: the j of `Ljudmila`, the w of `Iwanow`, the h of `Serhiy`. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/j/g, 'y'],
  [/y/g, 'j'],
  [/w/g, 'v'],
  [/w/g, ''],
  [/v/g, 'w'],
  [/(?<![kscztpgd])h/g, 'g'],
  [/g(?!h)/g, 'h'],
  [/w(?=[^w]*$)/g, 'v'],
  [/dh/g, 'th'],
  [/th/g, 'dh'],
  [/dh/g, 'z'],
  [/z(?!h)/g, 'dh'],
  [/z(?!h)/g, 'th'],
  [/ou/g, 'u'],
  [/q/g, 'gh'],
  [/gh/g, 'q'],
  [/(?<=...)ul$/g, ''],
  [/eu/g, 'ev'],
  // Belarusian, whose d and t are soft.
  [/dz(?=[imvy])/g, 'd'],
  [/ts(?=[imvy])/g, 't'],
];
const writtenOtherwise = (word: string): string[] =>
  word.length < (isBare(word) ? 3 : 4)
    ? []
    : [...new Set(LETTERS.map(([letter, other]) => word.replace(letter, other)).filter((other) => other !== word))];

/** Words that have been looked up; one counter for each word of the list. */
export interface Finder {
  index: NameIndex;
  shared: Uint8Array;
  reached: Float32Array;
}

export const finderOn = (index: NameIndex): Finder => ({
  index,
  shared: new Uint8Array(index.words.length),
  reached: new Float32Array(index.entryOf.length),
});

const splitsOf = (index: NameIndex, word: string, at: number): Split[] => {
  const found: Split[] = [];
  for (let cut = 2; cut <= word.length - 2; cut += 1) {
    const [one, other] = [word.slice(0, cut), word.slice(cut)].map((part) => index.idOf.get(meaningOf(part)));
    if (one !== undefined && other !== undefined) found.push({ at, words: [one, other] });
  }
  return found;
};

/** More letters one by one are no initials. */
const LEAST_SPACED = 6;
const LEAST_OF_SPACED = 3;

/** Reads letters that run together as words of the list; as one word where they are none. */
const parted = (index: NameIndex, letters: string): string[] => {
  /** For each length: the words up to there, the fewest. */
  const best: (string[] | undefined)[] = [[]];
  for (let to = 1; to <= letters.length; to += 1) {
    for (let from = 0; from <= to - LEAST_OF_SPACED; from += 1) {
      const before = best[from];
      const word = letters.slice(from, to);
      if (before && index.idOf.has(word) && before.length + 1 < (best[to]?.length ?? Infinity)) {
        best[to] = [...before, word];
      }
    }
  }
  return best[letters.length] ?? [letters];
};

/** A name that is written with a blank after each letter, as its words. */
const unspaced = (index: NameIndex, words: readonly NameWord[]): NameWord[] => {
  const read: NameWord[] = [];
  for (let at = 0; at < words.length;) {
    let to = at;
    while (words[to]?.word.length === 1) to += 1;
    if (to - at >= LEAST_SPACED) {
      const letters = words.slice(at, to).map(({ word }) => word);
      read.push(...parted(index, letters.join('')).map((word) => ({ word, written: word })));
    } else read.push(...words.slice(at, Math.max(to, at + 1)));
    at = Math.max(to, at + 1);
  }
  return read;
};

/** Words run together stand on a list as they are spelled, whatever they mean. */
const joinedWords = (words: readonly NameWord[]): string =>
  words.map(({ word, written }) => (written === '' ? word : written)).join('');

const MISTYPED = 0.85;
const PERHAPS_A_NAME = 0.9;
const DOUBLED = /(.)\1/;
/** Of letters without a vowel, where vowels are written: they stand for words, and sound like none. */
const MOST_INITIALS = 3;

/** Looks up all words of a name. */
export const askedOf = ({ index, shared }: Finder, name: string): Asked => {
  const both = unspaced(index, spelledAndMeant(name)).slice(0, MOST_WORDS);
  const words = both.map(({ word }) => word);
  const units: Unit[] = [];
  const alike: Likes[] = [];
  const hasVowels = hasInitials(name);
  const splits: Split[] = [];
  for (const [from, word] of words.entries()) {
    const like: Likes = new Map();
    exactly(index, word, like, 1);
    const sound = soundOf(word);
    const meant = like.size === 0 ? meaningOfMistyped(word) : undefined;
    if (meant !== undefined) exactly(index, meant, like, MISTYPED);
    if (!hasVowels || word.length > MOST_INITIALS || !isBare(word)) bySound(index, word, like, 1, { sound });
    const { written } = both[from]!;
    // Where vowels are left out, what looks like a word with a meaning may be a name.
    if (written !== word && isBare(written)) bySound(index, written, like, PERHAPS_A_NAME);
    if (isBare(word) && DOUBLED.test(word)) bySound(index, word, like, 1, { sound: soundOf(word, true) });
    bySpelling(index, word, like, shared);
    if (like.size === 0 && word.endsWith('s')) bySpelling(index, word.slice(0, -1), like, shared);
    for (const other of writtenOtherwise(word)) {
      exactly(index, other, like, OTHERWISE);
      const otherSound = soundOf(other);
      if (otherSound !== sound) bySound(index, other, like, OTHERWISE, { least: LEAST_OTHERWISE, sound: otherSound });
    }
    if (ARTICLE.test(word)) {
      exactly(index, word.replace(ARTICLE, ''), like, WITH_ARTICLE);
      bySound(index, word.replace(ARTICLE, ''), like, WITH_ARTICLE);
    }
    alike.push(like);
    units.push({ from, to: from + 1, like });
    splits.push(...splitsOf(index, written || word, from));
    for (let to = from + 2; to <= Math.min(words.length, from + MOST_JOINED); to += 1) {
      const joined = joinedWords(both.slice(from, to));
      if (joined.length > LONGEST_JOINED) break;
      const likes: Likes = new Map();
      exactly(index, joined, likes, JOINED);
      exactly(index, words.slice(from, to).join(''), likes, JOINED);
      if (joined.length > 4) bySound(index, joined, likes, JOINED, { least: LEAST_JOINED });
      if (likes.size > 0) units.push({ from, to, like: likes });
    }
  }
  const own = words.map((word) => {
    const id = index.idOf.get(word);
    return id === undefined ? weightOfStranger(word) : index.weights[id]!;
  });
  const kinds = words.map(classOf);
  const initials = hasVowels ? [...words.keys()].filter((n) => mayBeInitials(words[n]!, kinds[n])) : [];
  return { words, kinds, own, units, alike, splits, initials, places: otherNamesOfCountries(words) };
};

/** Names that are looked at closely, the likeliest first. */
const MOST_CLOSE = 80;
/** What shares so little, beside the one that shares most, is not meant. */
const LEAST_OF_BEST = 0.4;
/** Legal forms and particles that so many names have are looked up only where another word is there. */
const MANY = 2000;

/** Returns the numbers of the names that share most with the one that is asked about. */
export const candidates = ({ index, reached }: Finder, { units, splits }: Asked): number[] => {
  const touched: number[] = [];
  const { start, items } = index.having;
  const reach = (id: number, like: number): void => {
    const add = like * index.weights[id]!;
    for (let at = start[id]!; at < start[id + 1]!; at += 1) {
      const name = items[at]!;
      if (reached[name] === 0) touched.push(name);
      reached[name]! += add;
    }
  };
  const wanted = [
    ...units.flatMap(({ like }) => [...like]),
    ...splits.flatMap(({ words }) => words.map((id) => [id, JOINED] as const)),
  ];
  const telling = wanted.filter(
    ([id]) => start[id + 1]! - start[id]! <= MANY || !['form', 'particle'].includes(index.kinds[id]!),
  );
  for (const [id, like] of telling.length > 0 ? telling : wanted) reach(id, like);
  // A short name that is met whole comes before a long one that is met in part.
  const rank = (name: number): number => reached[name]! / Math.sqrt(0.3 + index.totals[name]!);
  let best = 0;
  for (const name of touched) {
    reached[name] = rank(name);
    best = Math.max(best, reached[name]!);
  }
  const likely = touched.filter((name) => reached[name]! >= best * LEAST_OF_BEST);
  if (likely.length > MOST_CLOSE) likely.sort((a, b) => reached[b]! - reached[a]!);
  for (const name of touched) reached[name] = 0;
  return likely.slice(0, MOST_CLOSE);
};
