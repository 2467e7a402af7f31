/** Scores a name of a list against the one that is asked about: which of their words are the same, and what is left over. */

import type { Asked } from './finding.ts';
import type { NameIndex } from './name-index.ts';
import { hasInitials, mayBeInitials, otherNamesOfCountries, spelledOut } from './told-twice.ts';
import { CLASS_WEIGHT, placesNamed, type WordClass } from './words.ts';

/** Countries by which a word that only one of the names has may be said on the other side. */
export interface Countries {
  party: readonly string[];
  entry: readonly string[];
}

interface Pair {
  from: number;
  to: number;
  /** Positions in the name of the list. */
  at: readonly number[];
  like: number;
  weight: number;
}

/** An initial says little of the name that it stands for. */
const INITIAL = 0.9;

const positionsOf = (ids: Uint32Array, id: number): number[] => {
  const found: number[] = [];
  for (let at = 0; at < ids.length; at += 1) if (ids[at] === id) found.push(at);
  return found;
};

/** Returns the weight of each word of a name of the list. A family name that ends as patronymics do counts as one. */
const weightsOn = (index: NameIndex, name: number, ids: Uint32Array): ((at: number) => number) => {
  const family = index.familyOf[name]!;
  return (at) => {
    const weight = index.weights[ids[at]!]!;
    return at < family && index.kinds[ids[at]!] === 'patronymic' ? weight / CLASS_WEIGHT.patronymic : weight;
  };
};

const pairsOf = (index: NameIndex, asked: Asked, ids: Uint32Array, weight: (at: number) => number): Pair[] => {
  const pairs: Pair[] = [];
  for (const { from, to, like } of asked.units) {
    for (let at = 0; at < ids.length; at += 1) {
      const alike = like.get(ids[at]!);
      if (alike !== undefined) pairs.push({ from, to, at: [at], like: alike, weight: weight(at) });
    }
  }
  for (const { at: from, words } of asked.splits) {
    for (const one of positionsOf(ids, words[0])) {
      if (ids[one + 1] === words[1]) {
        pairs.push({ from, to: from + 1, at: [one, one + 1], like: 1, weight: weight(one) + weight(one + 1) });
      }
    }
  }
  for (const [from, word] of asked.words.entries()) {
    for (let at = 0; at < ids.length; at += 1) {
      const other = index.words[ids[at]!]!;
      if ((word.length === 1) === (other.length === 1) || word.charAt(0) !== other.charAt(0)) continue;
      const full = word.length === 1 ? weight(at) : asked.own[from]!;
      pairs.push({ from, to: from + 1, at: [at], like: INITIAL, weight: full / 2 });
    }
  }
  return pairs.sort((a, b) => b.like * b.weight - a.like * a.weight);
};

/** Beyond this, more words in common make nothing surer. */
const ENOUGH = 0.6;
/** What a name that only has common words is worth, however well it fits. */
const COMMON = 0.85;
const TELLING: ReadonlySet<WordClass> = new Set(['word', 'place', 'number', 'patronymic']);
const OTHER_PLACE = 0.75;
const OTHER_NUMBER = 0.8;
/** Of the two shares that are met, how much the smaller one counts. */
const SMALLER = 0.5;

/** A family name that is missing, and one that is met where all else that was asked about is met, too. */
const NO_FAMILY = 0.85;
const FAMILY_AND_MORE = 1.08;
const NEARLY_ALL = 0.95;

const familyShare = (index: NameIndex, name: number, met: Uint8Array, high: number): number => {
  const words = index.familyOf[name]!;
  if (words === 0) return 1;
  if (!met.subarray(0, words).includes(1)) return NO_FAMILY;
  return high >= NEARLY_ALL && met.subarray(words).includes(1) ? FAMILY_AND_MORE : 1;
};

/** A name that stands in another whole, word after word, is meant however much is written around it. */
const WHOLE = 0.9;
/** Words that are the same but for a letter. */
const SAME_WORD = 0.95;
/** Common words stand in many names: so much must be met, in weight. */
const LEAST_WHOLE = 0.8;
const LITTLE: ReadonlySet<WordClass> = new Set(['particle', 'form']);

/** Tells whether all that tells something of the list's name stands side by side in the other. `placed`: where, from 1. */
const isWhole = (index: NameIndex, asked: Asked, ids: Uint32Array, placed: Uint8Array): boolean => {
  let [first, last, weight, words] = [Infinity, 0, 0, 0];
  for (let at = 0; at < ids.length; at += 1) {
    if (LITTLE.has(index.kinds[ids[at]!]!)) continue;
    if (placed[at] === 0) return false;
    first = Math.min(first, placed[at]!);
    last = Math.max(last, placed[at]!);
    weight += index.weights[ids[at]!]!;
    words += 1;
  }
  const between = asked.kinds.slice(first - 1, last).filter((kind) => !LITTLE.has(kind)).length;
  return words > 1 && weight >= LEAST_WHOLE && between <= words;
};

/** Names that share less are not read a second time. */
const LEAST_SHARED = 0.3;

/** Which words of both names are met, by their places, and the weight of these. */
interface Met {
  taken: Uint8Array;
  met: Uint8Array;
  shared: number;
  mine: number;
  theirs: number;
}

const nameOn = ({ entries, entryOf, aliasOf }: NameIndex, name: number): string => {
  const entry = entries[entryOf[name]!]!;
  const alias = aliasOf[name]!;
  return alias === 0 ? entry.name : entry.aliases[alias - 1]!;
};

/** Takes initials for the words that they stand for, in either name: `NTC`, `J.-B.` written as `JB`. */
const meetInitials = (index: NameIndex, asked: Asked, name: number, ids: Uint32Array, so: Met): void => {
  const meet = (run: readonly number[], done: Uint8Array, weightOf: (at: number) => number): void => {
    for (const at of run) {
      if (done[at] === 1) continue;
      done[at] = 1;
      const weight = weightOf(at) / 2;
      so.shared += INITIAL * weight;
      so.mine += weight;
      so.theirs += weight;
    }
  };
  for (const n of asked.initials) {
    if (so.taken[n] === 1) continue;
    const [words, kinds] = [Array.from(ids, (id) => index.words[id]!), Array.from(ids, (id) => index.kinds[id]!)];
    const run = spelledOut(asked.words[n]!, { words, kinds });
    if (!run) continue;
    so.taken[n] = 1;
    meet(run, so.met, (at) => index.weights[ids[at]!]!);
  }
  if (asked.words.length < 2) return;
  for (let at = 0; at < ids.length; at += 1) {
    if (so.met[at] === 1 || !mayBeInitials(index.words[ids[at]!]!, index.kinds[ids[at]!])) continue;
    const run = spelledOut(index.words[ids[at]!]!, asked);
    if (!run || !hasInitials(nameOn(index, name))) continue;
    so.met[at] = 1;
    meet(run, so.taken, (n) => asked.own[n]!);
  }
};

/** So much alike, and so rare, a word that is there twice is one word in two spellings. */
const TWICE = 0.8;
const LEAST_TWICE = 0.6;

const mayBeTwice = (weight: number, kind: WordClass | undefined): boolean =>
  weight >= LEAST_TWICE || kind === 'patronymic';

/** Takes words that say again what is met: a family name in a second spelling, the other name of a country. */
const meetAgain = (index: NameIndex, asked: Asked, ids: Uint32Array, { taken, met }: Met): void => {
  const here =
    asked.places.length === 0
      ? []
      : otherNamesOfCountries(Array.from(ids, (id) => index.words[id]!)).filter((one) => asked.places.includes(one));
  const isOfPlace = (word: string): boolean => here.some((one) => one.has(word));
  const [wasTaken, wasMet] = [taken.slice(), met.slice()];
  const isAlike = (n: number, at: number): boolean => (asked.alike[n]!.get(ids[at]!) ?? 0) >= TWICE;
  for (let n = 0; n < taken.length; n += 1) {
    if (taken[n] === 1) continue;
    const isTwice = mayBeTwice(asked.own[n]!, asked.kinds[n]) && wasMet.some((is, at) => is === 1 && isAlike(n, at));
    if (isTwice || isOfPlace(asked.words[n]!)) taken[n] = 1;
  }
  for (let at = 0; at < met.length; at += 1) {
    if (met[at] === 1) continue;
    const id = ids[at]!;
    const isTwice =
      mayBeTwice(index.weights[id]!, index.kinds[id]) && wasTaken.some((is, n) => is === 1 && isAlike(n, at));
    if (isTwice || isOfPlace(index.words[id]!)) met[at] = 1;
  }
};

/** Returns 0 to 1: how well the names fit, and whether another country's or another number's stands in them. */
export const nameScore = (index: NameIndex, asked: Asked, name: number, countries: Countries): number => {
  const ids = index.names.items.subarray(index.names.start[name]!, index.names.start[name + 1]!);
  const [taken, met] = [new Uint8Array(asked.words.length), new Uint8Array(ids.length)];
  const placed = new Uint8Array(ids.length);
  const weight = weightsOn(index, name, ids);
  let [shared, mine, theirs, telling] = [0, 0, 0, false];
  for (const { from, to, at, like, weight: counts } of pairsOf(index, asked, ids, weight)) {
    if (at.some((one) => met[one] === 1) || taken.subarray(from, to).includes(1)) continue;
    for (const one of at) {
      met[one] = 1;
      if (like >= SAME_WORD) placed[one] = from + 1;
      telling ||= TELLING.has(index.kinds[ids[one]!]!);
    }
    taken.fill(1, from, to);
    shared += like * counts;
    mine += counts;
    theirs += counts;
  }
  if (shared === 0) return 0;
  const so: Met = { taken, met, shared, mine, theirs };
  if (shared >= LEAST_SHARED && (taken.includes(0) || met.includes(0))) {
    meetInitials(index, asked, name, ids, so);
    meetAgain(index, asked, ids, so);
    ({ shared, mine, theirs } = so);
  }
  const isSaid = (word: string, by: readonly string[]): boolean => {
    const places = placesNamed(word);
    const said = places !== undefined && by.some((code) => places.has(code));
    telling ||= said;
    return said;
  };
  const left = new Set<WordClass>();
  for (const [n, word] of asked.words.entries()) {
    if (taken[n] === 1 || isSaid(word, countries.entry)) continue;
    left.add(asked.kinds[n]!);
    mine += asked.own[n]!;
  }
  const missing = new Set<WordClass>();
  for (let at = 0; at < ids.length; at += 1) {
    const word = index.words[ids[at]!]!;
    if (met[at] === 1 || isSaid(word, countries.party)) continue;
    missing.add(index.kinds[ids[at]!]!);
    theirs += weight(at);
  }
  const shares = [shared / mine, shared / theirs] as const;
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  const isOther = (kind: WordClass): boolean => left.has(kind) && missing.has(kind);
  const place = isOther('place') ? OTHER_PLACE : 1;
  const number = isOther('number') ? OTHER_NUMBER : 1;
  const family = familyShare(index, name, met, high);
  const sure = COMMON + (telling ? (1 - COMMON) * Math.min(1, shared / ENOUGH) : 0);
  const whole = telling && isWhole(index, asked, ids, placed) ? WHOLE : 0;
  return Math.max(whole, Math.min(1, low ** SMALLER * high ** (1 - SMALLER) * sure * place * number * family));
};
