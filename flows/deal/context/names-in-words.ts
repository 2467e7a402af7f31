/**
 * Names that stand in a deal's words alone: whoever names that company, or sells to that end-user, next hears of it by no name of a party.
 * House rule.
 */

import { shortCompany } from '../../company-name.ts';
import { lookWords, markOf, marksOf, STOP_WORDS } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import { isCountry } from '../../name-reading.ts';
import { FORM_WORDS, TASK_WORDS } from '../../name-words.ts';
import { perText } from '../../per-text.ts';
import { othersFirst } from '../rights/others-first.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { besideAnswers, type Wording } from './beside-answers.ts';
import type { SaidElsewhere } from './elsewhere.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';

/** More than one deal's words name honestly: its flags and reports come first, and capitals before small letters. */
const MOST_MARKS = 200;
/** Shorter words are of most texts, unless they are written as names of two letters are: “K2”, “华为”. */
const LEAST_LETTERS = 3;
const LEAST_CAPITALS = 2;
/** A shorter name stands in other words by chance: it is looked for in capitals. */
const LEAST_NAME = 5;

/** Words that sentences begin with, and names do not. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  lookWords(
    'a an and any are as at based because but by can could did do does for from had has have he her his how however i if in is it ' +
      'its may no none nobody not nothing now of on once one only or our please see she should since so some somebody such that the ' +
      'their them then there these they this those to under was we were what when where whether which while who whose why will with ' +
      'would yes yet you your said says told asked through also into than more very all buy buys sell sells new deal',
  ),
);

const isName = (word: string): boolean =>
  word.length >= LEAST_LETTERS && !STOP_WORDS.has(word) && !BEGINNINGS.has(word);

/** A capital, a digit, or a letter of an alphabet that has no capitals. */
const OF_NAME = /[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const CAPITAL = /^[\p{Lu}\p{Lt}]\p{L}/u;

/** Without a small letter: in capitals, digits, or letters of an alphabet that has no capitals. */
const isCapitals = (word: string): boolean => OF_NAME.test(word) && word === word.toUpperCase();
const isShortName = (word: string): boolean => {
  const look = lookOf(word);
  return look.length >= LEAST_CAPITALS && isCapitals(word) && !STOP_WORDS.has(look) && !BEGINNINGS.has(look);
};

/** The same words come again in many names. */
const lookOf = perText((word) => lookWords(word).join(''));
const wordsIn = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

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
  const pairs = read.flatMap((word, n) => {
    const next = read[n + 1] ?? '';
    return isName(word) && isName(next) ? [word + next] : [];
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
  return [...new Set(words)].slice(0, MOST_MARKS).map(markOf);
};

const GENERIC: ReadonlySet<string> = new Set(lookWords(`${FORM_WORDS} ${TASK_WORDS}`));

/**
 * A name that a sentence may hold. `common`: authorities of many countries are called so. `as`: how it is to be written there, as a word of
 * small letters may be any.
 */
export interface NameToFind {
  of: 'end-user' | 'other';
  name: string;
  common: boolean;
  as?: 'a capital' | 'capitals' | undefined;
}

const LAST_WORDS: ReadonlySet<string> = new Set(
  lookWords(
    'trading trade international global services solutions systems technologies technology industries export exports import imports ' +
      'logistics distribution digital group shipping freight intl',
  ),
);
const isLast = (word: string): boolean => LAST_WORDS.has(lookOf(word)) || isCountry(lookOf(word));

const ANDS = ['and', 'und', 'et', 'y'];

/** The same with what may stand for “&”, and without. */
const withAnd = (name: string): string[] => {
  const words = name.split(' ');
  const at = words.findIndex((word, n) => n > 0 && (word === '&' || word === '+' || ANDS.includes(word.toLowerCase())));
  if (at < 0) return [name];
  const [before, after] = [words.slice(0, at), words.slice(at + 1)];
  return [name, ...['', ...ANDS].map((and) => [...before, ...(and === '' ? [] : [and]), ...after].join(' '))];
};

const FORMS: ReadonlySet<string> = new Set(lookWords(FORM_WORDS));
const isForm = (word: string): boolean => FORMS.has(lookOf(word)) || STOP_WORDS.has(lookOf(word));
/** Of fewer words many are called so. */
const LEAST_CALLED = 2;

/** “Okavango Parks” for “Okavango Parks Authority”: without what authorities of all kinds are called, where a name of some words is left. */
const withoutForm = (words: readonly string[]): string[] => {
  const isOwn = (word: string): boolean => !isForm(word);
  const left = words.slice(Math.max(0, words.findIndex(isOwn)), words.findLastIndex(isOwn) + 1);
  return left.length < LEAST_CALLED || left.every((word) => GENERIC.has(lookOf(word))) ? [] : left;
};

/** What people call a company of several words: without the last, where those are a country or what many are called by. */
const called = (name: string, of: NameToFind['of']): NameToFind[] => {
  const words = shortCompany(name).split(/\s+/u);
  const first = words.slice(0, words.findLastIndex((word) => !isLast(word)) + 1);
  const all = [words, first, withoutForm(words), withoutForm(first)].map((some) => some.join(' '));
  const wholes = [...new Set(all.flatMap(withAnd))].filter((one) => one !== '');
  return wholes.map((one): NameToFind => {
    const read = lookWords(one).filter((word) => !STOP_WORDS.has(word));
    const common = read.every((word) => GENERIC.has(word));
    const { length } = lookOf(one);
    if (length < LEAST_NAME) return { of, name: one, common, as: 'capitals' };
    return {
      of,
      name: one,
      common,
      ...(read.length === 1 && one !== words.join(' ') ? { as: 'a capital' as const } : {}),
    };
  });
};

const IN_BRACKETS = /[(（[]([^)）\]]+)[)）\]]/gu;
/** Before whom somebody acts for, or what they are called besides. */
const BESIDE =
  /(?:\bc\/o|\bon behalf of|\bagents? (?:for|of)|\bacting for|\brepresent(?:ing|s)|\bd\/?b\/?a|\ba\/?k\/?a|\balso known as|\bformerly(?: known as)?|\bf\/k\/a|\btrading as|\bt\/a)\s+(.+)$/iu;

/** Tells whether it has the first letters of these words, but for such as “of”: “(UK)” and “(LLC)” say something else. */
const isAbbreviation = (inside: string, words: readonly string[]): boolean => {
  const looks = words.map(lookOf).filter((look) => look !== '');
  const firstOf = (some: readonly string[]): string => some.map(([letter = '']) => letter).join('');
  return [looks, looks.filter((look) => !STOP_WORDS.has(look))].some((some) => firstOf(some) === lookOf(inside));
};

/** What a name has beside it: its abbreviation, or another of some words, in brackets; and whoever stands behind “c/o” or “agent for”. */
const namesBeside = (name: string): string[] => {
  const rest = name.replaceAll(IN_BRACKETS, ' ').trim();
  const inside = [...name.matchAll(IN_BRACKETS)].map(([, text = '']) => text.trim());
  const behind = BESIDE.exec(rest)?.[1] ?? '';
  return [
    ...inside.filter((one) => isAbbreviation(one, wordsIn(rest)) || withoutForm(wordsIn(one)).length > 0),
    ...(behind === '' ? [] : [behind]),
  ];
};

/** Names of a deal's parties that a sentence may hold. */
export const namesToFind = ({ endUsers, besides }: SaidElsewhere['called']): NameToFind[] => {
  const found = [
    ...besides.map((name) => ({ name, of: 'other' as const })),
    ...endUsers.map((name) => ({ name, of: 'end-user' as const })),
  ].flatMap(({ name, of }) => [name, ...namesBeside(name)].flatMap((one) => (isFiller(one) ? [] : called(one, of))));
  const byName = new Map(found.map((one) => [one.name, one]));
  return [...byName.values()].filter(({ name }) => lookOf(name).length >= LEAST_LETTERS || isShortName(name.trim()));
};

/**
 * Returns the longest word of each, and all of them in one: a text without any of those, alone or as two words, hardly names one. Of what is
 * called by fewer of its words that is told by those: “Logistics” alone names no “Kairat Logistics”.
 */
export const wordsOfNames = (names: readonly NameToFind[]): string[] => {
  const all = names.map(({ name }) => lookWords(name));
  const isLonger = (words: readonly string[]): boolean =>
    all.some((other) => other.length < words.length && other.every((word) => words.includes(word)));
  return all.flatMap((words) => {
    const [longest = ''] = words.toSorted((one, other) => other.length - one.length);
    return [...new Set([...(isLonger(words) ? [] : [longest]), words.join('')])];
  });
};

/** Returns marks of those words: without one a text hardly names one of them. */
export const marksOfNames = (called: SaidElsewhere['called']): number[] => [
  ...new Set(marksOf(wordsOfNames(namesToFind(called)))),
];

/** Tells whether the text has it as it is to be written. One word of an alphabet without capitals is written so. */
const isWrittenSo = (text: string, { name, as }: NameToFind): boolean => {
  if (as === undefined) return true;
  const look = lookOf(name);
  const words = wordsIn(text);
  // “Eagle-Eye” is “EagleEye”.
  const all = [...words, ...words.slice(1).map((word, n) => `${words[n]}${word}`)];
  return all.some((word) => lookOf(word) === look && OF_NAME.test(word) && (as === 'a capital' || isCapitals(word)));
};

/** Returns those of these names that a text has. */
export const namesFound = <Name extends NameToFind>(names: readonly Name[]): ((text: string) => Name[]) => {
  const all = names.map((name) => ({ name, isIn: namesOneOf([name.name]) }));
  return (text) => all.flatMap(({ name, isIn }) => (isIn(text) && isWrittenSo(text, name) ? [name] : []));
};

/** “Target” sells for many, and “they target” names nobody: of a company one word is looked for with its capital. */
export const withCapital = (name: NameToFind): NameToFind =>
  name.of === 'other' && lookWords(name.name).length === 1 ? { as: 'a capital', ...name } : name;

/** Returns marks of all words of a text, and of each two of them, run together. */
export const marksOfText = (text: string): number[] => {
  const words = lookWords(text);
  const pairs = words.slice(1).map((word, n) => (words[n] ?? '') + word);
  return marksOf([...new Set([...words, ...pairs])]);
};

/** Tells by a deal's marks, and whether it goes to one of the same countries, whether its words may name one of these. */
export const mayStandIn = (
  names: readonly NameToFind[],
): ((marks: readonly number[], sameCountry: () => boolean) => boolean) => {
  const wanted = names.map(({ name, common }) => {
    const words = lookWords(name);
    return { common, joined: markOf(words.join('')), parts: words.filter(isName).map(markOf) };
  });
  return (marks, sameCountry) =>
    marks.length > 0 &&
    wanted.some(
      ({ common, joined, parts }) =>
        ((parts.length > 0 && parts.every((part) => marks.includes(part))) || marks.includes(joined)) &&
        (!common || sameCountry()),
    );
};
