/** Questions in whole sentences: the words in them that say what is to be found, or that one's own deals are meant. */

import { phrasesIn } from './flag-phrases.ts';
import { isBetween } from './search.ts';

/** Words of questions that may also stand in a name. */
const ASKING = new Set(
  'could current currently do does did doing done got had has have having find flagged give go goes going here how i if it its left long longer many more much list need needs next now please question questions right risk should show since sit sits sitting stand standing stands status still take takes tell that there they thing things time today turn up wait waiting waits what when why will would you your'.split(
    ' ',
  ),
);
const QUESTION = new Set(['how', 'what', 'when', 'where', 'which', 'who', 'why']);
const OWN = new Set(['me', 'mine', 'my']);

/** `high-risk` */
const RISK = /\b(high|elevated|low)-risk\b/giu;

/** Without marks around it, and without the `'s` of `what's` and `Nordwetter's`. */
const bare = (word: string): string => word.replace(/^[\s"“”„«»(]+|[\s"“”„«»),;?!.…]+$/gu, '').replace(/['’]s$/iu, '');

const wordsIn = (text: string): string[] =>
  text
    .split(/\s+/u)
    .map(bare)
    .filter((word) => word !== '');

/** `no`, `ok`: it names nothing. Countries' codes are written in capitals. */
const isShort = (word: string): boolean => /^[a-z]{1,2}$/u.test(word);

/** A colon in it makes no filter. */
const asWord = (word: string): string => (/[:：]/u.test(word) ? `"${word}"` : word);

/** Tells whether it only makes a question of the words around it. */
export const isFiller = (word: string): boolean => isBetween(word) || ASKING.has(word.toLowerCase());

/**
 * Returns what to look for in a question, as it is typed to find deals, to be tried in this order: at first only words
 * that stand in no name are left out. Empty: nothing is named.
 */
export const searchesIn = (text: string): string[] => {
  const { phrases, rest } = phrasesIn(text.replace(RISK, '$1'));
  const some = wordsIn(rest).filter((word) => !isBetween(word) && !isShort(word));
  const few = some.filter((word) => !isFiller(word));
  if (few.length === 0 && phrases.length === 0) return [];
  return [...new Set([some, few].map((words) => [...phrases, ...words.map(asWord)].join(' ')))];
};

/** Tells whether it asks for the people who decided. */
export const asksWho = (text: string): boolean => /\b(?:who|whom|approvers?|signed|voted)\b/iu.test(text);

/** Tells whether it asks about one's own deals: a question that names nothing. */
export const asksOfOwn = (text: string): boolean => {
  const words = wordsIn(text).map((word) => word.toLowerCase());
  return words.some((word) => QUESTION.has(word) || OWN.has(word)) && words.length > 1 && searchesIn(text).length === 0;
};
