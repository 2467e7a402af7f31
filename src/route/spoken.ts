/** Reads what somebody typed: its first word, and the ways in which people ask for a list. */

import { countryFirst } from '../../flows/countries.ts';

/** Ways to ask for one's own deals. */
const MINE = new Set([
  'mine',
  'deals',
  'my deals',
  'my list',
  'list mine',
  'list my deals',
  'show my deals',
  'where are my deals',
  'where is my deal',
  'what are my deals',
]);

/** Ways to ask for what waits for one's decision. */
const QUEUE = new Set(['queue', 'my queue', 'approvals', 'my approvals', 'to approve']);

/** Ways to ask for all that waits for one, a decision or not. */
const HOME = new Set([
  'home',
  'waits for me',
  'waiting for me',
  'what waits',
  'what waits for me',
  'what is waiting for me',
  "what's waiting for me",
  'todo',
  'todos',
  'to do',
  'to-do',
  'my todo',
  'my todos',
  'my to do',
  'my to-do',
  'my to-dos',
  'tasks',
  'my tasks',
  'what are my tasks',
  'my work',
  'my turn',
  'is it my turn',
  'what is my turn',
  'what do i have to do',
  'what do i need to do',
  'what do i have to answer',
  'what do i do',
  'what should i do',
  'what must i do',
  'what is there to do',
  'what is there for me to do',
]);

/** Ways to ask for all deals that one may read. */
const ALL = new Set(['list', 'all', 'all deals', 'list all', 'list deals', 'list all deals', 'show all deals']);

/** Words before what is to be found. */
const FINDS = new Set(['find', 'search', 'list', 'deals', 'all']);

/** Small letters, single spaces, no full stop or question mark at the end. */
const said = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .split(/\s+/u)
    .join(' ')
    .replaceAll('’', "'")
    .replace(/[\s?!.…]{1,20}$/u, '');

/** Says nothing of what is meant. */
const withoutWhen = (text: string): string => text.replace(/ (?:now|next|today|right now|please)$/u, '');

export interface Spoken {
  /** The first word. */
  verb: string;
  /** The list that was asked for, whatever the words. */
  list?: 'mine' | 'queue' | 'find' | 'all' | 'board' | 'numbers' | 'home' | undefined;
  /** What is to be found, as it was typed. */
  query?: string | undefined;
}

/** Ways to ask for the sheets of one's products, and for counsel's notes and the briefs of countries. */
const SHEETS =
  /^(?:(?:my )?products?|(?:my )?(?:product )?sheets?|product sheets?|fill in (?:my |the |a )?(?:product|sheet|product sheet))$|\bknow about (?:my|our|the) products?\b/u;
/** What follows is the country. */
const NOTES = /^(?:note|notes|law)(?: on| of| for)? (?=\S)/u;
const BRIEFS = /\bknow about (?=\S)/u;

/** Words that ask for what a command does, as that command; undefined where they do not. */
export const asCommand = (words: string): string | undefined => {
  const text = said(words);
  if (SHEETS.test(text)) return 'sheet';
  const [note] = NOTES.exec(text) ?? [];
  const ofCountry = (from: number): string | undefined => {
    const named = text.slice(from).replace(/ once$/u, '');
    return countryFirst(named) ? named : undefined;
  };
  const noted = note === undefined ? undefined : ofCountry(note.length);
  if (noted !== undefined) return `laws ${noted}`;
  const about = BRIEFS.exec(text);
  const known = about ? ofCountry(about.index + about[0].length) : undefined;
  return known === undefined ? undefined : `brief ${known}`;
};

/** Where deals stand, as a word alone asks for it. */
const STANDING = /^(?:all )?(approved|declined|withdrawn|suspended|stopped|open|in review|out of scope)(?: deals)?$/u;

export const spoken = (words: string): Spoken => {
  const text = said(words);
  const [, standing] = STANDING.exec(text) ?? [];
  if (standing !== undefined) return { verb: 'find', list: 'find', query: `status:${standing.replaceAll(' ', '-')}` };
  const [verb = ''] = text.split(' ');
  if (MINE.has(text)) return { verb, list: 'mine' };
  if (QUEUE.has(text)) return { verb, list: 'queue' };
  if (ALL.has(text)) return { verb, list: 'all' };
  if (HOME.has(withoutWhen(text))) return { verb, list: 'home' };
  const rest = (): string => words.trim().replace(/^\S+\s*/u, '');
  if (/^board numbers?\b/u.test(text)) return { verb, list: 'numbers', query: rest().replace(/^\S+\s*/u, '') };
  if (verb === 'board') return { verb, list: 'board', query: rest() };
  if (FINDS.has(verb)) return { verb, list: 'find', query: rest() };
  return { verb };
};
