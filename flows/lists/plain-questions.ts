/** Questions in whole sentences: the words in them that say what is to be found, or that one's own deals are meant. */

import { isBetween, isCommon, isFiller, leavesOut } from './fillers.ts';
import { hasLetters, phrasesIn } from './flag-phrases.ts';

const QUESTION = new Set(['how', 'what', 'when', 'where', 'which', 'who', 'why']);
const WHO = /\b(?:who|whom)\b/iu;
const OWN = new Set(['me', 'mine', 'my']);

/** `high-risk`, `high-tier` */
const RISK = /\b(high|elevated|low|prohibited)-(?:risk|tier)\b/giu;

/** Without marks around it, and without the `'s` of `what's` and `Nordwetter's`. */
const bare = (word: string): string => word.replace(/^[\s"“”„«»(]+|[\s"“”„«»),;?!.…]+$/gu, '').replace(/['’]s$/iu, '');

const wordsIn = (text: string): string[] => text.split(/\s+/u).map(bare).filter(hasLetters);

/** `no`, `ok`: it names nothing. Countries' codes are written in capitals. */
const isShort = (word: string): boolean => /^[a-z]{1,2}$/u.test(word);

/** A colon in it makes no filter. */
const asWord = (word: string): string => (/[:：]/u.test(word) ? `"${word}"` : word);

/** `few`, with "waiting for" before whom it is said of; undefined where nobody is waited for. */
const waitsFor = (all: readonly string[], few: readonly string[]): string[] | undefined => {
  const at = all.findIndex((word, i) => /^wait(?:s|ing)?$/iu.test(word) && /^(?:for|on)$/iu.test(all[i + 1] ?? ''));
  const whom = at < 0 ? undefined : all.slice(at + 2).find((word) => few.includes(word));
  if (whom === undefined) return undefined;
  const before = few.indexOf(whom);
  return [...few.slice(0, before), 'waiting', 'for', ...few.slice(before)];
};

/**
 * Returns what to look for in a question, as it is typed to find deals, to be tried in this order: at first only words
 * that stand in no name are left out. Empty: nothing is named.
 */
export const searchesIn = (text: string): string[] => {
  const { phrases, rest } = phrasesIn(text.replace(RISK, '$1'));
  const all = wordsIn(rest);
  const words = all.filter((word) => !isBetween(word));
  // “No” alone names nothing; among others it turns them round.
  const some = words.filter((word) => (leavesOut(word) ? words.some((one) => !isShort(one)) : !isShort(word)));
  const few = some.filter((word) => !isFiller(word) && !isCommon(word));
  if (few.length === 0 && phrases.length === 0) return [];
  const waits = waitsFor(all, few);
  return [
    ...new Set([...(waits ? [waits] : []), some, few].map((words) => [...phrases, ...words.map(asWord)].join(' '))),
  ];
};

/** Tells whether it asks about one's own deals: a question that names nothing. */
export const asksOfOwn = (text: string): boolean => {
  const words = wordsIn(text).map((word) => word.toLowerCase());
  return words.some((word) => QUESTION.has(word) || OWN.has(word)) && words.length > 1 && searchesIn(text).length === 0;
};

/** Words about a decision. */
const DECIDING =
  /^(?:approv(?:e|ed|es|al|als|er|ers|ing)|cleared|declin(?:e|ed)|reject(?:ed)?|deci(?:de|ded|des|sion|sions)|signed|signs|votes?|voted|basis|evidence|grounds?|reasons?|rationale|ok|okay|okayed|ok'd|granted)$/iu;
const namesDecision = (text: string): boolean => wordsIn(text).some((word) => DECIDING.test(word));

/** Returns the common words of a question that a search for `query` leaves out. */
export const commonLeftOut = (text: string, query: string): string[] => {
  const kept = new Set(wordsIn(query));
  return wordsIn(text).filter((word) => isCommon(word) && !kept.has(word));
};

/** Words that a question for what waits may have; any other names something. */
const OF_WAITING = new Set(
  `a action actions all am an and any anything anywhere are assigned at awaiting be been by can could currently deal deals desk do does doing done else for
  from get give gives got gotta had has have help i if in inbox is it item items job jobs just left list me must my need needed needs new now of on
  open outstanding owe pending plate please pls plz queue required right shall should show some something somewhere still stuff supposed task tasks
  that the there thing things to today to-do to-dos todo todos up us wait waiting waits want wanted wants what what's whats which work you your`.split(
    /\s+/u,
  ),
);
/** Words that ask for it by themselves. */
const WORK = /^(?:actions?|inbox|items?|outstanding|pending|tasks?|to-?dos?)$/u;
/** Those that ask for it beside "I", "me" or "my". */
const WORK_OF_MINE =
  /^(?:actions?|anything|assigned|awaiting|do|done|got|inbox|items?|jobs?|must|need(?:ed|s)?|new|open|outstanding|owe|pending|required|something|stuff|tasks?|things?|to-?dos?|wait(?:ing|s)?|wants?|wanted|work)$/u;
/** Those that ask for it after "any" or "what". */
const WORK_OF_ANY = /^(?:actions?|do|items?|outstanding|pending|tasks?|to-?dos?|work)$/u;
const ANY = /^(?:any|anything|something|what|what's|whats)$/u;
const ME = /^(?:i|me|my)$/u;
const YOU = /^(?:you|your)$/u;
/** A list of deals is asked for by other words: these say that they wait. */
const DEAL = /^deals?$/u;
const WAITED = /^(?:assigned|awaiting|outstanding|owe|pending|wait(?:ing|s)?)$/u;
/** “Show me” names nobody who is waited for. */
const SHOWN = /\b(?:get|give|list|show) me\b/u;
const WANTED = /^(?:need(?:ed|s)?|wants?|wanted|wait(?:ing|s)?)$/u;
/** More words ask for more. */
const MOST_ASKING = 14;

/** Tells whether it asks for all that waits for whoever asks, and names nothing: "do I have to do anything", "any work for me". */
export const asksWhatWaits = (text: string): boolean => {
  const words = text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[\s,;?!.…]+/u)
    .filter(hasLetters);
  if (words.length > MOST_ASKING || !words.every((word) => OF_WAITING.has(word))) return false;
  const has = (one: RegExp): boolean => words.some((word) => one.test(word));
  if (has(DEAL)) {
    const mine = words.filter((word) => ME.test(word)).length;
    return has(WAITED) && mine > (SHOWN.test(text.toLowerCase()) ? 1 : 0);
  }
  const [first = '', another] = words;
  if (another === undefined) return WORK.test(first);
  if (has(YOU) && !has(WANTED)) return false;
  return (has(ME) && has(WORK_OF_MINE)) || (words.some((word) => ANY.test(word)) && has(WORK_OF_ANY));
};

/** What a deal needs, its tier says. */
const NEEDING = /\b(?:needs?|requires?|takes?)\b/iu;

/**
 * Tells whether it asks why something was decided, and by whom: "why was D-7K3QXM approved". "why D-7K3QXM" and "why does it
 * need two votes" ask what gave it its tier.
 */
export const asksWhyDecided = (text: string): boolean =>
  /\bwhy\b/iu.test(text) && !NEEDING.test(text) && (namesDecision(text) || WHO.test(text));

/** Tells whether it asks for the people who decided. */
export const asksWho = (text: string): boolean =>
  WHO.test(text) || /\b(?:approvers?|signed|voted)\b/iu.test(text) || asksWhyDecided(text);

/** A list of deals is asked for, and not of one. */
const ALL_OF = new Set(['all', 'any', 'every', 'find', 'list', 'search', 'show', 'which']);

/**
 * Returns whom a question about a decision names: `Mekong` of "who approved Mekong and on what basis?", "is Mekong approved yet?" and
 * "Mekong approvals". Undefined where no decision, or nobody, is meant.
 */
export const decisionOn = (text: string): string | undefined => {
  const words = wordsIn(text);
  const [first = ''] = words;
  if (ALL_OF.has(first.toLowerCase())) return undefined;
  const isWhy = first.toLowerCase() === 'why';
  if (!isWhy && !namesDecision(text)) return undefined;
  const named = words.filter((word) => !DECIDING.test(word) && !isFiller(word) && !isShort(word));
  return named.length === 0 ? undefined : named.join(' ');
};
