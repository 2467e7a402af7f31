/** Reads what somebody typed: its first word, and the ways in which people ask for a list. */

import { countryFirst } from '../../flows/countries.ts';
import { asksWhatWaits, asksWho } from '../../flows/lists/plain-questions.ts';

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
const QUEUE =
  /^(?:(?:(?:my|open|outstanding|pending) ){0,2}(?:queue|approvals?|votes?|decisions?|reviews?)|(?:(?:is |are )?(?:there )?(?:what|which|any|anything|something|deals?)\b.* )?(?:(?:do|must|should|can|may|shall) i (?:still )?(?:have to |need to |get to )?|to )(?:approve|decide|sign|vote on|review))$/u;

/** Ways to ask for all that waits for one, a decision or not. */
const HOME = [
  /^(?:home|what waits|(?:my )?(?:to-?dos?|to do|tasks?|work|turn)|what (?:are|is) my (?:to-?dos?|tasks?|work|turn)|is it my turn)$/u,
  /^(?:(?:is |are )?(?:there )?(?:anything|something|what|any deals?|which deals?)(?:'s| is| are)? )?(?:still )?(?:waits?|waiting|pending|open|due|left|new) (?:for|on) me$/u,
  /^(?:is |are )?(?:there )?(?:anything|something|what|any tasks?)(?:'s| is)? (?:for me|to do|for me to do|there for me to do|there to do|on my (?:plate|desk|list))$/u,
  /^what (?:do|must|should|can) i (?:still )?(?:have to |need to )?(?:do|answer)$/u,
];
/** In characters: whoever asks for a list takes no more. */
const MOST_ASKING = 80;

/** Nothing is asked yet. */
const GREETING = /^(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening))(?: there| clearthread)?$/u;

/** Ways to ask for all deals that one may read. */
const ALL = new Set(['list', 'all', 'all deals', 'list all', 'list deals', 'list all deals', 'show all deals']);

/** Words before what is to be found. */
const FINDS = new Set(['find', 'search', 'list', 'deals', 'all']);

/** Ways to ask for what is overdue. */
const OVERDUE =
  /^(?:(?:all|anything|find|list|show|show me|the|what|what's|what is|which) ){0,3}(?:deals? )?(?:(?:is|are|that are) )?overdue(?: deals?)?$/u;

/** Ways to ask for numbers over time, and for the board. */
const NUMBERS = /^(?:(?:show|show me|the) ){0,2}(?:numbers|statistics)(?: over time)?(?: (by (?:month|quarter)))?$/u;
const BOARD = /^(?:(?:my|our|show|the) ){0,2}(?:saved )?views$/u;

/** Small letters, single spaces, no full stop or question mark at the end. */
const said = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .split(/\s+/u)
    .join(' ')
    .replaceAll('’', "'")
    // Typed in a hurry.
    .replace(/^(what|where|who)s /u, "$1's ")
    .replace(/[\s?!.…]{1,20}$/u, '');

/** Says nothing of what is meant. */
const withoutWhen = (text: string): string => text.replace(/ (?:now|next|today|right now|please)$/u, '');

const LEAST_SAID = 4;

/** Tells whether words say something and ask nothing: whoever wrote them may think that somebody reads them. */
export const saysSomething = (words: string): boolean =>
  !asksWho(words) &&
  !ASKS.test(words) &&
  words.split(/\s+/u).filter((word) => /\p{L}/u.test(word) && !DEAL.test(word)).length >= LEAST_SAID;
const ASKS =
  /\?\s*$|^\s*(?:who|whose|what|which|where|when|why|how|is|are|does|do|did|can|could|should|will)\b[^.!]*$/iu;
const DEAL = /^D-[0-9A-Z]{6}\b/iu;

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

/** What may follow is the year. */
const YEARLY = /^(?:the |our )?(?:yearly|annual) report(?: (?:of|for))?(?: (\d{4}))?$/u;

const PROGRAMME = /^(?:the |our )?(?:human[- ]rights |due[- ]diligence )?program(?:me)?(?: page)?$/u;

/** Words that ask for what a command does, as that command; undefined where they do not. */
export const asCommand = (words: string): string | undefined => {
  const text = said(words);
  if (SHEETS.test(text)) return 'sheet';
  const yearly = YEARLY.exec(text);
  if (yearly) return `report-year ${yearly[1] ?? ''}`.trim();
  if (PROGRAMME.test(text)) return 'programme';
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
  if (GREETING.test(text)) return { verb: 'help' };
  const asking = text.length > MOST_ASKING ? '' : withoutWhen(text);
  if (QUEUE.test(asking)) return { verb, list: 'queue' };
  if (ALL.has(text)) return { verb, list: 'all' };
  if (HOME.some((way) => way.test(asking)) || asksWhatWaits(asking)) return { verb, list: 'home' };
  if (OVERDUE.test(asking)) return { verb: 'find', list: 'find', query: 'overdue:yes' };
  const [numbers, by = ''] = NUMBERS.exec(text) ?? [];
  if (numbers !== undefined) return { verb: 'board', list: 'numbers', query: by };
  if (BOARD.test(text)) return { verb: 'board', list: 'board', query: '' };
  const rest = (): string => words.trim().replace(/^\S+\s*/u, '');
  if (/^board numbers?\b/u.test(text)) return { verb, list: 'numbers', query: rest().replace(/^\S+\s*/u, '') };
  if (verb === 'board') return { verb, list: 'board', query: rest() };
  if (FINDS.has(verb)) return { verb, list: 'find', query: rest() };
  return { verb };
};
