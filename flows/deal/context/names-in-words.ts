/**
 * Names that stand in a deal's words alone: whoever names that company, or sells to that end-user, next hears of it by no name of a party.
 * House rule.
 */

import { lookWords, markOf, marksOf, STOP_WORDS } from '../../end-user.ts';
import { isCountry } from '../../name-reading.ts';
import { mayBeMisspelled } from '../../names-spelled.ts';
import { perText } from '../../per-text.ts';
import { othersFirst } from '../rights/others-first.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import type { SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import {
  BEGINNINGS,
  isCapitals,
  isName,
  isShortName,
  LEAST_LETTERS,
  lookOf,
  OF_NAME,
  readOf,
  wordsIn,
} from './name-look.ts';
import { namesToFind, ownOf, type NameToFind } from './names-to-find.ts';
import { wordsEver } from './words-ever.ts';

/** More than one deal's words name honestly: its flags and reports come first, and capitals before small letters. */
const MOST_MARKS = 200;

const CAPITAL = /^[\p{Lu}\p{Lt}]\p{L}/u;
/** Tells whether somebody wrote a capital beyond those with which sentences begin. */
const hasCapitals = (text: string): boolean =>
  text.split(/(?<=[.!?:;])\s+/u).some((sentence) =>
    wordsIn(sentence)
      .slice(1)
      .some((word) => CAPITAL.test(word)),
  );

/** Words of a text that may be of a name. */
interface NamesIn {
  /** With a capital or a digit, or of an alphabet that has no capitals; and each two of them, run together. */
  told: readonly string[];
  /** All others, where nobody wrote a capital within a sentence. */
  small: readonly string[];
}
const namesIn = perText((text): NamesIn => {
  const written = wordsIn(text);
  const read = written.map((word) => (OF_NAME.test(word) ? lookOf(word) : ''));
  const short = written.filter((word) => [...word].length < LEAST_LETTERS && isShortName(word)).map(lookOf);
  // “Al-Rashid” is “Alrashid”.
  const isPart = (word: string): boolean => word !== '' && !STOP_WORDS.has(word) && !BEGINNINGS.has(word);
  const pairs = read.flatMap((word, n) => {
    const next = read[n + 1] ?? '';
    return isPart(word) && isPart(next) && (isName(word) || isName(next)) ? [word + next] : [];
  });
  const small = hasCapitals(text) ? [] : written.filter((word) => !OF_NAME.test(word)).map(lookOf);
  return { told: [...read.filter(isName), ...short, ...pairs], small: small.filter(isName) };
});

const HELD: ReadonlySet<string> = new Set(['flag', 'report']);

/** Returns marks of the words that may be of names: of each author in turn, those who sell the deal last, the latest first. */
export const marksInWords = (view: DealView): number[] => {
  const latest = <T extends Wording>(texts: readonly T[]): T[] => texts.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const held = heldAgainst(view);
  const against = latest(held.filter(({ of }) => HELD.has(of)));
  const others = latest<Wording>([
    ...wordsEver(view).filter(({ of }) => of !== 'role'),
    ...held.filter(({ of }) => !HELD.has(of)),
    ...reasonsIn(view),
    ...besideAnswers(view),
  ]);
  const inOrder = (texts: readonly Wording[], of: keyof NamesIn): string[] =>
    othersFirst(
      view.deal,
      texts.flatMap(({ by, text }) => namesIn(text)[of].map((word) => ({ by, word }))),
    ).map(({ word }) => word);
  const words = [
    ...inOrder(against, 'told'),
    ...inOrder(against, 'small'),
    ...inOrder(others, 'told'),
    ...inOrder(others, 'small'),
  ];
  return [...new Set(words.map(readOf))].slice(0, MOST_MARKS).map(markOf);
};

const wordsOfName = perText((name): readonly string[] => lookWords(name));
/** Of one word each letter counts: of more, one may be written with a letter wrong. */
const LEAST_WORDS = 2;
/** Words of a name without one of which it is not named: those that few others have, or of an authority its country, or any. */
const tellingOf = perText((name): readonly string[] => {
  const [words, own] = [wordsOfName(name), ownOf(name)];
  if (own.length > 0 || words.length < LEAST_WORDS) return own;
  const countries = words.filter((word) => isCountry(word));
  return countries.length > 0 ? countries : words.filter(isName);
});

/**
 * Returns the longest word of each, all of them in one, and those that tell it: a text without any of those, alone or as two words, hardly
 * names one. Of what is called by fewer of its words the longest of those: “Logistics” alone names no “Kairat Logistics”.
 */
export const wordsOfNames = (names: readonly NameToFind[]): string[] => {
  const all = names.map(({ name }) => wordsOfName(name));
  const telling = names.flatMap(({ name }) => tellingOf(name));
  const isLonger = (words: readonly string[]): boolean =>
    all.some((other) => other.length < words.length && other.every((word) => words.includes(word)));
  const told = all.flatMap((words) => {
    const [longest = ''] = words.toSorted((one, other) => other.length - one.length);
    return [...(isLonger(words) ? [] : [longest]), words.join('')];
  });
  return [...new Set([...told, ...telling].map(readOf))];
};

/** Returns marks of those words: without one a text hardly names one of them. */
export const marksOfNames = (called: SaidElsewhere['called']): number[] => [
  ...new Set(marksOf(wordsOfNames(namesToFind(called)))),
];

/** Tells whether the text has it as it is to be written. One word of an alphabet without capitals is written so. */
const isWrittenSo = (text: string, { name, as }: NameToFind): boolean => {
  if (as === undefined) return true;
  const read = readOf(lookOf(name));
  const words = wordsIn(text);
  // “Eagle-Eye” is “EagleEye”.
  const all = [...words, ...words.slice(1).map((word, n) => `${words[n]}${word}`)];
  const isIt = (word: string): boolean => readOf(lookOf(word)) === read;
  return all.some((word) => isIt(word) && OF_NAME.test(word) && (as === 'a capital' || isCapitals(word)));
};

interface Written {
  look: string;
  /** A plural as its singular. */
  read: string;
  /** With a capital, a digit, or a letter of an alphabet that has no capitals. */
  isTold: boolean;
}
const writtenIn = perText((text): { words: readonly Written[]; reads: ReadonlySet<string> } => {
  const words = wordsIn(text).flatMap((word): Written[] => {
    const look = lookOf(word);
    return STOP_WORDS.has(look) ? [] : [{ look, read: readOf(look), isTold: OF_NAME.test(word) }];
  });
  return { words, reads: new Set(words.map(({ read }) => read)) };
});

/** Tells whether a text has the name in other words: in plural, in another order, or with a letter wrong in one of several. */
const nearlyIn = ({ name }: NameToFind): ((text: string) => boolean) => {
  const words = wordsOfName(name).filter((word) => !STOP_WORDS.has(word));
  const read = words.map(readOf);
  const ordered = read.toSorted().join(' ');
  const telling = new Set(tellingOf(name).map(readOf));
  const tells = ({ read: one, isTold }: Written): boolean => telling.has(one) && (isTold || words.length > 1);
  const isIt = (there: readonly Written[]): boolean => {
    const isSame = there.map((one, n) => one.read === read[n]);
    const wrong = isSame.indexOf(false);
    if (isSame.lastIndexOf(false) === wrong) {
      const [word = '', other] = [words[wrong], there[wrong]];
      const isNear = other === undefined || (other.isTold && mayBeMisspelled(word, other.look));
      return isNear && there.some((one, n) => isSame[n] && tells(one));
    }
    const reads = there.map((one) => one.read).toSorted();
    return there.some((one) => one.isTold && telling.has(one.read)) && reads.join(' ') === ordered;
  };
  return (text) => {
    const written = writtenIn(text);
    if (![...telling].some((word) => written.reads.has(word))) return false;
    const last = written.words.length - words.length;
    for (let at = 0; at <= last; at += 1) if (isIt(written.words.slice(at, at + words.length))) return true;
    return false;
  };
};

/** Returns those of these names that a text has. */
export const namesFound = <Name extends NameToFind>(names: readonly Name[]): ((text: string) => Name[]) => {
  const all = names.map((name) => ({ name, isIn: namesOneOf([name.name]), isNearly: nearlyIn(name) }));
  return (text) =>
    all.flatMap(({ name, isIn, isNearly }) =>
      (isIn(text) || isNearly(text)) && isWrittenSo(text, name) ? [name] : [],
    );
};

/** As many of its own words name it also in small letters. */
const LEAST_SMALL = 2;

/**
 * Tells whether a text has a word of one of these names that few others have, with its capital, or several: in a deal with a company
 * that is what people call it, in whatever order.
 */
export const hasOwnWord = (names: readonly string[]): ((text: string) => boolean) => {
  const all = names.map((name) => new Set(ownOf(name).map(readOf)));
  return (text) => {
    const { words } = writtenIn(text);
    return all.some((own) => {
      const said = words.filter(({ read }) => own.has(read));
      return said.some(({ isTold }) => isTold) || new Set(said.map(({ read }) => read)).size >= LEAST_SMALL;
    });
  };
};

/** “Target” sells for many, and “they target” names nobody: of a company one word is looked for with its capital. */
export const withCapital = (name: NameToFind): NameToFind =>
  name.of === 'other' && lookWords(name.name).length === 1 ? { as: 'a capital', ...name } : name;

/** Returns marks of all words of a text, and of each two of them, run together. */
export const marksOfText = (text: string): number[] => {
  const words = lookWords(text);
  const pairs = words.slice(1).map((word, n) => (words[n] ?? '') + word);
  return marksOf([...new Set([...words, ...pairs].map(readOf))]);
};

const markRead = (word: string): number => markOf(readOf(word));

/** Tells by a deal's marks, and whether it goes to one of the same countries, whether its words may name one of these. */
export const mayStandIn = (
  names: readonly NameToFind[],
): ((marks: readonly number[], sameCountry: () => boolean) => boolean) => {
  const wanted = names.map(({ name, common }) => {
    const words = wordsOfName(name);
    // “Four” is “4”, which texts are not looked through for.
    const parts = words.filter((word) => isName(word) && isName(readOf(word)));
    const telling = tellingOf(name);
    return {
      common,
      joined: markRead(words.join('')),
      parts: parts.map(markRead),
      // Without one of these it is not named.
      told: (telling.length > 0 ? telling : parts).map(markRead),
      near: words.length < LEAST_WORDS ? [] : ownOf(name).map(markRead),
    };
  });
  const told = new Set(wanted.flatMap((one) => [one.joined, ...one.told]));
  const parts = new Set(wanted.flatMap((one) => [one.joined, ...one.parts]));
  return (marks, sameCountry) => {
    if (!marks.some((mark) => told.has(mark))) return false;
    const here = new Set(marks.filter((mark) => parts.has(mark)));
    const hasAllButOne = (some: readonly number[]): boolean => some.filter((one) => !here.has(one)).length < 2;
    return wanted.some(
      (one) =>
        (here.has(one.joined) ||
          (one.parts.length > 0 && one.parts.every((part) => here.has(part))) ||
          (one.near.some((part) => here.has(part)) && hasAllButOne(one.parts))) &&
        (!one.common || sameCountry()),
    );
  };
};
