/**
 * Names that stand in a deal's words alone: whoever names that company, or sells to that end-user, next hears of it by no name of a party.
 * House rule.
 */

import { shortCompany } from '../../company-name.ts';
import { lookWords, markOf, STOP_WORDS } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { isCountry } from '../../name-reading.ts';
import { FORM_WORDS, TASK_WORDS } from '../../name-words.ts';
import { perText } from '../../per-text.ts';
import { othersFirst } from '../rights/others-first.ts';
import type { DealView } from '../view.ts';
import { writtenIn } from './beside-answers.ts';
import { calledEver } from './ever-said.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';

/** More than one deal's words name honestly. */
const MOST_MARKS = 60;
/** Shorter words are of most texts. */
const LEAST_LETTERS = 3;
/** A name of fewer letters stands in other words by chance, unless it is all capitals. */
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
/** Beyond those with which sentences begin. */
const CAPITAL_WITHIN = /[^\s.!?:“"']\s+\P{Lu}*?[\p{Lu}\p{Lt}]/u;

const lookOf = (word: string): string => lookWords(word).join('');

/**
 * The words of a text that may be of a name, and each two of them run together: those with a capital; those of an alphabet that has none;
 * and all where nobody wrote any within a sentence.
 */
const namesIn = perText((text): readonly string[] => {
  const written = text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const all = !CAPITAL_WITHIN.test(text);
  const read = written.map((word) => (all || OF_NAME.test(word) ? lookOf(word) : ''));
  const pairs = read.flatMap((word, n) => {
    const next = read[n + 1] ?? '';
    return word !== '' && next !== '' && isName(word) && isName(next) ? [word + next] : [];
  });
  return [...read.filter(isName), ...pairs];
});

/** What somebody wrote of a deal. */
interface Text {
  by: PersonId;
  at: Instant;
  text: string;
}

/** Returns marks of the words that may be of names: of each author in turn, those who sell the deal last, the latest first. */
export const marksInWords = (view: DealView): number[] => {
  const texts: Text[] = [
    ...wordsEver(view).filter(({ of }) => of !== 'role' && of !== 'source'),
    ...heldAgainst(view),
    ...reasonsIn(view),
    ...writtenIn(view),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const words = othersFirst(
    view.deal,
    texts.flatMap(({ by, text }) => namesIn(text).map((word) => ({ by, word }))),
  );
  return [...new Set(words.map(({ word }) => word))].slice(0, MOST_MARKS).map(markOf);
};

const GENERIC: ReadonlySet<string> = new Set(lookWords(`${FORM_WORDS} ${TASK_WORDS}`));

/** A name that a sentence may hold. `common`: authorities of many countries are called so. */
export interface NameToFind {
  name: string;
  common: boolean;
}

const LAST_WORDS: ReadonlySet<string> = new Set(
  lookWords(
    'trading trade international global services solutions systems technologies technology industries export exports import imports ' +
      'logistics distribution',
  ),
);

/** What people call a company of several words: without the last, where that is a country or what many are called by. */
const called = (name: string): string[] => {
  const words = shortCompany(name).split(/\s+/u);
  const last = words.findLastIndex((word) => !LAST_WORDS.has(lookOf(word)) && !isCountry(lookOf(word)));
  const short = words.slice(0, Math.max(2, last + 1)).join(' ');
  return [...new Set([words.join(' '), short])];
};

const isLong = (name: string): boolean => {
  const { length } = lookOf(name);
  return length >= LEAST_NAME || (length >= LEAST_LETTERS && name === name.toUpperCase());
};

/** Names of a deal's parties that a sentence may hold. */
export const namesToFind = ({ deal }: Pick<DealView, 'deal'>): NameToFind[] => {
  const { endUsers, besides } = calledEver(deal);
  const names = [...endUsers, ...besides].filter((name) => !isFiller(name)).flatMap(called);
  return [...new Set(names)].filter(isLong).map((name) => {
    const words = lookWords(name).filter((word) => !STOP_WORDS.has(word));
    return { name, common: words.every((word) => GENERIC.has(word)) };
  });
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
