/** Finding deals by words: each must fit something of the deal, whatever its order, case, accents or script. */

import { countriesCalled, countryAlso, countryName } from '../countries.ts';
import { readerIn } from '../deal/rights/readers.ts';
import { fold } from '../fold.ts';
import type { DealId, PersonId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { EndUserKind, FlagId } from '../policy/policy.ts';
import { phrasesIn } from './flag-phrases.ts';
import { markOf, type Mark } from './mark.ts';
import { remembering } from './sharing.ts';
import { orderOf, type Order, type Sort } from './sort.ts';
import { stageOf, type Stage } from './stage.ts';
import type { DealSummary } from './summary.ts';
import type { Today } from './waits.ts';

/** A deal as search sees it. Made once for each summary. */
export interface Searchable {
  summary: DealSummary;
  stage: Stage;
  /** What a board counts of it. */
  mark: Mark;
  /** Folded words of its end-user and customer, each after a space. */
  names: string;
  /** Tells whether a word stands among those, or among its other words. `isIn`: remembers of which it does, as many deals share them. */
  says(needle: string, isIn?: (words: string) => boolean): boolean;
}

const KIND_WORDS: Record<EndUserKind, string> = {
  government: 'government agency',
  security: 'security police intelligence',
  'state-tied': 'state owned',
  private: 'private',
  unknown: 'kind not known',
};

const STATUS_WORDS: Record<DealSummary['status'], string> = {
  answering: 'open answering',
  deciding: 'open in review deciding waiting for approval',
  decided: 'decided',
  'out of scope': 'out of scope closed',
  stopped: 'stopped closed',
  withdrawn: 'withdrawn closed',
};

const standing = ({ status, decision, reassessed, suspended, holds, waits, conditions, open }: DealSummary): string =>
  [
    STATUS_WORDS[status],
    decision?.outcome === 'declined' ? 'declined rejected closed' : (decision?.outcome ?? ''),
    reassessed ? 'reassessment' : '',
    suspended ? 'suspended' : '',
    holds ? 'on hold held' : '',
    conditions ? 'conditions' : '',
    open > 0 ? 'gaps' : '',
    waits.some(({ of }) => of === 'scope') ? 'scope to confirm' : '',
  ].join(' ');

/** Joined at once, since a hundred thousand of them are kept: what is put together by parts takes more room. */
const spaced = (...texts: readonly string[]): string => ['', ...texts.map(fold)].join(' ');

export const namesOf = ({ endUser, customer }: Pick<DealSummary, 'endUser' | 'customer'>): string =>
  spaced(endUser.name, customer);
export const productWords = ({ name }: Pick<DealSummary['product'], 'name'>): string => spaced(name);
export const countryWords = (code: string): string => spaced(countryName(code) ?? '', ...countryAlso(code));
/** Returns the words for where it stands, its tier, and its end-user's kind. */
export const standingWords = (summary: DealSummary): string =>
  spaced(KIND_WORDS[summary.endUser.kind], summary.tier ?? '', standing(summary));

const standsIn =
  (needle: string) =>
  (words: string): boolean =>
    words.includes(needle);

export const searchable = (summary: DealSummary): Searchable => {
  const names = namesOf(summary);
  const words = [names, countryWords(summary.destination), standingWords(summary), productWords(summary.product)];
  const stage = stageOf(summary);
  const says: Searchable['says'] = (needle) => words.some(standsIn(needle));
  return { summary, stage, mark: markOf(summary, stage), names, says };
};

export interface Term {
  /** As it was typed. */
  said: string;
  /** In capitals: a deal's number, or a country's code. */
  code: string;
  /** Most deals sell the same few products, and many have the same flags: each is compared once. */
  isProduct: (product: DealSummary['product']) => boolean;
  isAmong: (flags: DealSummary['flags']) => boolean;
  /** `2026` or `2026-03`. */
  date: string | undefined;
  needles: readonly string[];
  /** For each of them, which of the words that deals share have it. */
  isIn: readonly ((words: string) => boolean)[];
  countries: ReadonlySet<string>;
  owners: ReadonlySet<PersonId>;
  /** Flags that it names otherwise than by their code. */
  flags: readonly FlagId[];
}

/** Free words, ready to be compared with many deals. Empty: nothing was asked. */
export type Terms = readonly Term[];

/** Words between those that are meant: "all high deals to Vietnam with flag H-RF4 in 2026". */
const BETWEEN = new Set(
  'a about all an and at by deal deals flag flags for from in is me my of on show the tier to was were where which who with year'.split(
    ' ',
  ),
);

const isCode = (word: string): boolean => /^[A-Z]{2}$/.test(word);

/** Tells whether it stands between words that are meant, and is no country's code. */
export const isBetween = (word: string): boolean => !isCode(word) && BETWEEN.has(word.toLowerCase());

/** Letters of scripts that put no spaces between words. */
const NO_SPACES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** What to look for in spaced text: words begin with it, but in scripts without spaces it may stand anywhere. */
const needlesOf = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (NO_SPACES.test(word) ? word : ` ${word}`));

const MOST_TERMS = 12;
/** The longest name of a country in words. */
const MOST_IN_NAME = 5;

/** Tells whether each of these words begins one of the name. */
export const isNamed = (name: string, text: string): boolean => {
  const [needles, called] = [needlesOf(text), spaced(name)];
  return needles.length > 0 && needles.every((needle) => called.includes(needle));
};

/** Returns those who are called so. */
export const peopleCalled = ({ people }: Organisation, text: string): ReadonlySet<PersonId> =>
  new Set(people.flatMap(({ id, name }) => (isNamed(name, text) ? [id] : [])));

const termOf = (said: readonly string[], organisation: Organisation, flags: readonly FlagId[] = []): Term => {
  const text = said.join(' ');
  const [code, product] = [text.toUpperCase(), text.toLowerCase()];
  const meant = new Set([code, ...flags.map((id) => id.toUpperCase())]);
  const needles = needlesOf(text);
  return {
    said: text,
    flags,
    code,
    isProduct: remembering(({ id }) => id.toLowerCase() === product),
    isAmong: remembering((raised) => raised.some(({ id }) => meant.has(id.toUpperCase()))),
    date: /^\d{4}(?:-\d{2})?$/u.test(text) ? text : undefined,
    needles,
    isIn: needles.map((needle) => remembering(standsIn(needle))),
    countries: countriesCalled(text),
    owners: peopleCalled(organisation, text),
  };
};

export interface FreeWords {
  words: readonly string[];
  /** Texts whose words have to stand in one and the same place. */
  quoted: readonly string[];
}

export interface Reading {
  organisation: Organisation;
  /** Something else is asked, too. */
  beside?: boolean;
  /** Returns the flags that these words name. Absent: none does. */
  flagsFor?: ((text: string) => readonly FlagId[]) | undefined;
  /** Each word may name a flag, and not only what can mean nothing else. */
  wide?: boolean;
}

/** Reads free words. Names of countries of several words are one term, and so is what means a flag together. */
export const readTerms = (
  { words, quoted }: FreeWords,
  { organisation, beside = false, flagsFor = () => [], wide = false }: Reading,
): Terms => {
  const { phrases, rest } = phrasesIn(words.join(' '));
  const typed = rest
    .split(/[\s,;]+/u)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[?!.…]{1,9}$/u, ''));
  const meant = typed.filter((word) => !isBetween(word));
  const isOther = beside || quoted.length > 0 || phrases.length > 0;
  // A customer may be called "The Deal".
  const said = (meant.length > 0 || isOther ? meant : typed).slice(0, MOST_TERMS);
  const terms: Term[] = [...phrases, ...quoted]
    .slice(0, MOST_TERMS)
    .map((text) => termOf([text], organisation, flagsFor(text)));
  for (let at = 0; at < said.length;) {
    let length = Math.min(MOST_IN_NAME, said.length - at);
    while (length > 1 && countriesCalled(said.slice(at, at + length).join(' ')).size === 0) length -= 1;
    const some = said.slice(at, at + length);
    terms.push(termOf(some, organisation, wide ? flagsFor(some.join(' ')) : []));
    at += length;
  }
  return terms;
};

const isDated = ({ openedAt, decision, endedAt }: DealSummary, date: string): boolean =>
  openedAt.startsWith(date) || (decision?.at.startsWith(date) ?? false) || (endedAt?.startsWith(date) ?? false);

/** Tells whether it is a code, a date or a person of the deal. */
const fitsExactly = (deal: DealSummary, { code, isProduct, isAmong, date, countries, owners }: Term): boolean =>
  deal.id === code ||
  deal.destination === code ||
  (countries.size > 0 && countries.has(deal.destination)) ||
  (owners.size > 0 && owners.has(deal.owner)) ||
  isProduct(deal.product) ||
  isAmong(deal.flags) ||
  (date !== undefined && isDated(deal, date));

const fitsOne = (deal: Searchable, term: Term): boolean => {
  const { needles, isIn } = term;
  let says = needles.length > 0;
  for (let n = 0; says && n < needles.length; n += 1) says = deal.says(needles[n] ?? '', isIn[n]);
  return says || fitsExactly(deal.summary, term);
};

/** Tells whether every term fits something of the deal. */
export const fits = (deal: Searchable, terms: Terms): boolean => {
  for (const term of terms) if (!fitsOne(deal, term)) return false;
  return true;
};

/** How well names fit: 0 the whole name of the end-user or the customer, 1 whole words of them, 2 beginnings, 3 not at all. */
export type NameRank = 0 | 1 | 2 | 3;

/** Ranks a deal by the words that stand in its names, whatever else the others fit. */
export const nameRank = (texts: readonly (readonly string[])[]): ((deal: Searchable) => NameRank) => {
  const words = texts.filter((needles) => needles.length > 0).map((needles) => ({ needles, text: needles.join('') }));
  return ({ names, summary }) => {
    let called = '';
    let whole = true;
    for (const { needles, text } of words) {
      if (!needles.every((needle) => names.includes(needle))) continue;
      called += text;
      whole &&= needles.every((needle) => `${names} `.includes(`${needle} `));
    }
    if (called === '') return 3;
    // Names are folded anew for the few where that can be.
    const isCalled = (name: string): boolean => spaced(name) === called;
    if (names.endsWith(called) && isCalled(summary.customer)) return 0;
    if (names.startsWith(called) && isCalled(summary.endUser.name)) return 0;
    return whole ? 1 : 2;
  };
};

/** Puts those whose names fit best first, and within them as `sort` says. */
export const ranked = (deals: readonly Searchable[], rank: (deal: Searchable) => NameRank, sort?: Sort): Order => {
  const order = orderOf(sort);
  const ranks = new Map(deals.map((deal) => [deal.summary, rank(deal)]));
  return (a, b) => (ranks.get(a) ?? 3) - (ranks.get(b) ?? 3) || order(a, b);
};

/** Returns those that the person may read. */
export const readableAmong = (
  deals: readonly Searchable[],
  today: Today,
  person: PersonId,
  order: Order = orderOf(),
): DealId[] =>
  deals
    .map(({ summary }) => summary)
    .filter(readerIn(today, person))
    .toSorted(order)
    .map(({ id }) => id);

/** Returns the deals whose end-user or customer is called so, and that the person may read: who is just called so first. */
export const findNamed = (deals: readonly Searchable[], text: string, today: Today, person: PersonId): DealId[] => {
  const needles = needlesOf(text);
  if (needles.length === 0) return [];
  const found = deals.filter(({ names }) => needles.every((needle) => names.includes(needle)));
  return readableAmong(found, today, person, ranked(found, nameRank([needles])));
};
