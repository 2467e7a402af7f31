/** A quick look at whether two names may be of one end-user: it says no to most, and never to two that may be. House rule. */

import { signsOf } from './name-patterns.ts';
import { isPlace, reading } from './name-reading.ts';
import { differsIn, glance, goesOn, halvesNear, halvesOf, isFewer, lettersOf, mayDiffer } from './names-spelled.ts';
import { perText } from './per-text.ts';

interface Word {
  word: string;
  /** How it looks at a glance. */
  glance: string;
  letters: number;
  /** How many of its letters may differ. */
  most: number;
}

interface Words {
  words: readonly Word[];
  joined: readonly string[];
  /** It is one word beside forms and countries: that is enough to share. */
  isShort: boolean;
  /** Signs stand in it for any letters. */
  hasSigns: boolean;
}

/** As many as a company's deals of some years name. They have their words in common, so that each takes little more than its name. */
const MOST_KEPT = 200_000;
const MOST_WORDS = 50_000;

const wordRead = perText(
  (word): Word => ({ word, glance: glance(word), letters: lettersOf(word), most: mayDiffer(word) }),
  MOST_WORDS,
);

const wordsOf = perText((name): Words => {
  const read = reading(name);
  const words = new Set(read.flatMap(({ all, said }) => [...all, ...said]));
  return {
    words: [...words].map(wordRead),
    joined: [...new Set(read.map(({ joined }) => joined))],
    isShort: read.some(({ core }) => core.filter((word) => !isPlace(word)).length < 2),
    hasSigns: signsOf(name).parts !== undefined,
  };
}, MOST_KEPT);

const mayBeWord = (one: Word, other: Word): boolean => {
  if (one.word === other.word || goesOn(one.word, other.word) || one.glance === other.glance) return true;
  const most = Math.max(one.most, other.most);
  return (
    one.most > 0 &&
    other.most > 0 &&
    Math.abs(one.word.length - other.word.length) <= most &&
    isFewer(one.letters ^ other.letters, 2 * most) &&
    differsIn(one.word, other.word) <= most
  );
};

const isWithin = (one: Words, other: Words): boolean =>
  one.joined.some((mine) => other.joined.some((theirs) => mine.includes(theirs)));

/** Tells whether their names run together have as many letters but for one, and one half in common. */
const joinedWith = ({ joined }: Words): ((other: Words) => boolean) => {
  const near = joined.map((mine) => ({ letters: mine.length, halves: new Set(halvesNear(mine)) }));
  return (other) =>
    near.some(({ letters, halves }) =>
      other.joined.some(
        (theirs) => Math.abs(letters - theirs.length) <= 1 && halvesOf(theirs).some((half) => halves.has(half)),
      ),
    );
};

/** Returns the look from one name at others: most of their words come again. */
export const mayBeAtOnce = (name: string): ((other: string) => boolean) => {
  const mine = wordsOf(name);
  const isJoined = joinedWith(mine);
  const known = new Map<string, boolean>();
  const isShared = (word: Word): boolean => {
    const found = known.get(word.word) ?? mine.words.some((one) => mayBeWord(one, word));
    known.set(word.word, found);
    return found;
  };
  return (other) => {
    const theirs = wordsOf(other);
    if (mine.hasSigns || theirs.hasSigns) return true;
    let left = mine.isShort || theirs.isShort ? 1 : 2;
    for (const word of theirs.words) {
      if (isShared(word)) left -= 1;
      if (left === 0) return true;
    }
    return isWithin(mine, theirs) || isWithin(theirs, mine) || isJoined(theirs);
  };
};
