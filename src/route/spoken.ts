/** Reads what somebody typed: its first word, and the ways in which people ask for a list. */

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

export const spoken = (words: string): Spoken => {
  const text = said(words);
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
