/**
 * Names that stand in a deal's words alone: whoever names that company, or sells to that end-user, next hears of it by no name of a party.
 * House rule.
 */

import { shortCompany } from '../../company-name.ts';
import { lookWords, markOf, STOP_WORDS } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import { perText } from '../../per-text.ts';
import type { DealView } from '../view.ts';
import { calledEver } from './ever-said.ts';
import { heldAgainst, reasonsIn } from './held-against.ts';
import { wordsEver } from './words-ever.ts';

/** More than one deal's words name honestly: it keeps the latest. */
const MOST_MARKS = 200;
/** In a text of no capitals any word may be of a name. Shorter ones are of most texts. */
const LEAST_LETTERS = 3;
/** A name of fewer letters stands in other words by chance. */
const LEAST_NAME = 5;

/** Words that sentences begin with, and names do not. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  lookWords(
    'a an and any are as at based because but by can could did do does for from had has have he her his how however i if in is it ' +
      'its may no none nobody not nothing now of on once one only or our please see she should since so some somebody such that the ' +
      'their them then there these they this those to under was we were what when where whether which while who whose why will with ' +
      'would yes yet you your he said says told asked they’re don’t didn’t it’s',
  ),
);

const isName = (word: string): boolean =>
  word.length >= LEAST_LETTERS && !STOP_WORDS.has(word) && !BEGINNINGS.has(word);

const hasCapitals = (text: string): boolean => /[\p{Lu}\p{Lt}]/u.test(text);

/** The words of a text that may be of a name: those with a capital, those of an alphabet that has none, and all where nobody wrote any. */
const namesIn = perText((text): readonly string[] => {
  const written = text.split(/[^\p{L}\p{M}\p{N}]+/u);
  const some = hasCapitals(text) ? written.filter((word) => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word)) : written;
  return some.map((word) => lookWords(word).join('')).filter(isName);
});

/** Returns marks of the words that may be of names, but for those of the deal's own parties: those hear of it by themselves. */
export const marksInWords = (view: DealView): number[] => {
  const { endUsers, besides } = calledEver(view.deal);
  const mine = new Set([...endUsers, ...besides].flatMap(lookWords));
  const texts = [
    ...wordsEver(view).filter(({ of }) => of !== 'role' && of !== 'source'),
    ...heldAgainst(view),
    ...reasonsIn(view),
    ...(view.deal.remarks ?? []),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const words = new Set(texts.flatMap(({ text }) => namesIn(text)).filter((word) => !mine.has(word)));
  return [...words].slice(0, MOST_MARKS).map(markOf);
};

/** Names of a deal's parties that a sentence may hold. */
export const namesToFind = ({ deal }: Pick<DealView, 'deal'>): string[] => {
  const { endUsers, besides } = calledEver(deal);
  const names = [...new Set([...endUsers, ...besides].map(shortCompany))];
  return names.filter((name) => !isFiller(name) && lookWords(name).join('').length >= LEAST_NAME);
};

/** Tells by a deal's marks whether its words may name one of these: half of a name's words, or all of them in one. */
export const mayStandIn = (names: readonly string[]): ((marks: readonly number[]) => boolean) => {
  const wanted = names.map((name) => {
    const words = lookWords(name);
    const parts = [...new Set(words.filter(isName))].map(markOf);
    return { joined: markOf(words.join('')), parts, least: Math.max(1, Math.ceil(parts.length / 2)) };
  });
  return (marks) =>
    marks.length > 0 &&
    wanted.some(
      ({ joined, parts, least }) =>
        marks.includes(joined) || parts.filter((part) => marks.includes(part)).length >= least,
    );
};
