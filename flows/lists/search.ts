/** Finding deals by words: each must fit something of the deal, whatever its order, case, accents or script. */

import { countriesCalled, countryAlso, countryName } from '../countries.ts';
import { fold } from '../fold.ts';
import type { Instant, PersonId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { EndUserKind, FlagId } from '../policy/policy.ts';
import { isBetween, isFiller, leavesOut } from './fillers.ts';
import { phrasesIn, dateSaid } from './flag-phrases.ts';
import { markOf, type Mark } from './mark.ts';
import { alone, askedOnce, type AskedOnce, type Common } from './sharing.ts';
import { stageOf, type Stage } from './stage.ts';
import type { DealSummary } from './summary.ts';

/** A deal as search sees it. Made once for each summary. */
export interface Searchable {
  summary: DealSummary;
  stage: Stage;
  /** What a board counts of it. */
  mark: Mark;
  /** Folded words of its end-user and customer, each after a space. */
  names: string;
  /** How the words of its names begin, in two numbers. Absent: it is not known. */
  begins?: number | undefined;
  beginsToo?: number | undefined;
  /** Its other words, which many deals share: of its country, of where it stands, and of its product. */
  countryWords: Common<string>;
  standingWords: Common<string>;
  productWords: Common<string>;
  sold: Common<DealSummary['product']>;
  raised: Common<DealSummary['flags']>;
}

/** A bit for how each word begins, of two numbers: where one is missing, no word begins so, and most names need not be read. */
export type Beginnings = readonly [number, number];

const BITS = 30;
export const SPACE = 32;
/** So many letters tell. */
const FIRST_LETTERS = 3;
const NO_WORD: Beginnings = [0, 0];

/** Of words that stand after a space each; of shorter ones too, which no longer needle begins. */
export const beginnings = (spacedWords: string): Beginnings => {
  const bits: [number, number] = [0, 0];
  for (let at = spacedWords.indexOf(' '); at >= 0; at = spacedWords.indexOf(' ', at + 1)) {
    let hash = 0;
    for (let letter = 1; letter <= FIRST_LETTERS; letter += 1) {
      const code = spacedWords.charCodeAt(at + letter);
      hash = (hash * 31 + (code >= 0 ? code : SPACE)) % (2 * BITS);
    }
    bits[hash < BITS ? 0 : 1] |= 1 << (hash % BITS);
  }
  return bits;
};

/** Tells whether words that begin so may be among these. */
export const mayBegin = ([one, other]: Beginnings, first: number, second: number): boolean =>
  (first & one) === one && (second & other) === other;

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
export const spaced = (...texts: readonly string[]): string => ['', ...texts.map(fold)].join(' ');

export const namesOf = ({ endUser, customer }: Pick<DealSummary, 'endUser' | 'customer'>): string =>
  spaced(endUser.name, customer);
export const productWords = ({ name }: Pick<DealSummary['product'], 'name'>): string => spaced(name);
export const countryWords = (code: string): string => spaced(countryName(code) ?? '', ...countryAlso(code));
/** Returns the words for where it stands, its tier, and its end-user's kind. */
export const standingWords = (summary: DealSummary): string =>
  spaced(KIND_WORDS[summary.endUser.kind], summary.tier ?? '', standing(summary));

export const searchable = (summary: DealSummary): Searchable => {
  const stage = stageOf(summary);
  return {
    summary,
    stage,
    mark: markOf(summary, stage),
    names: namesOf(summary),
    countryWords: alone(countryWords(summary.destination)),
    standingWords: alone(standingWords(summary)),
    productWords: alone(productWords(summary.product)),
    sold: alone(summary.product),
    raised: alone(summary.flags),
  };
};

/** A word to look for. */
export interface Needle {
  text: string;
  /** It has to be a whole word: "just" is not the beginning of "Justice". */
  whole: boolean;
  /** What has to be among the beginnings of names that have it. Nothing: it may stand within a word, or is very short. */
  begins: Beginnings;
  isIn: AskedOnce<string>;
}

const isSaidIn = (words: string, text: string, whole: boolean): boolean =>
  words.includes(text) && (!whole || `${words} `.includes(`${text} `));

export const needleOf = (text: string, whole = false): Needle => ({
  text,
  whole,
  begins: text.startsWith(' ') && text.length > FIRST_LETTERS ? beginnings(text) : NO_WORD,
  isIn: askedOnce((words) => isSaidIn(words, text, whole)),
});

export const namesSay = (
  { names, begins = -1, beginsToo = -1 }: Searchable,
  { text, whole, begins: of }: Needle,
): boolean => mayBegin(of, begins, beginsToo) && isSaidIn(names, text, whole);

/** Tells whether it stands among the words of its names, or among its other words. */
export const says = (deal: Searchable, needle: Needle): boolean =>
  needle.isIn(deal.standingWords) ||
  needle.isIn(deal.countryWords) ||
  needle.isIn(deal.productWords) ||
  namesSay(deal, needle);

export interface Term {
  /** As it was typed. */
  said: string;
  /** In capitals: a deal's number, or a country's code. */
  code: string;
  isCountry: boolean;
  isProduct: AskedOnce<DealSummary['product']>;
  isAmong: AskedOnce<DealSummary['flags']>;
  /** `2026` or `2026-03`. */
  date: string | undefined;
  needles: readonly Needle[];
  countries: ReadonlySet<string>;
  owners: ReadonlySet<PersonId>;
  /** Flags that it names otherwise than by their code. */
  flags: readonly FlagId[];
}

/** Free words, ready to be compared with many deals. Empty: nothing was asked. */
export type Terms = readonly Term[];

const isCode = (word: string): boolean => /^[A-Z]{2}$/.test(word);

/** Letters of scripts that put no spaces between words. */
const NO_SPACES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** What to look for in spaced text: words begin with it, but in scripts without spaces it may stand anywhere. */
export const needlesIn = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (NO_SPACES.test(word) ? word : ` ${word}`));

const MOST_TERMS = 12;
/** The longest name of a country in words. */
const MOST_IN_NAME = 5;

/** Tells whether each of these words begins one of the name. */
export const isNamed = (name: string, text: string): boolean => {
  const [needles, called] = [needlesIn(text), spaced(name)];
  return needles.length > 0 && needles.every((needle) => called.includes(needle));
};

/** Returns those who are called so. */
export const peopleCalled = ({ people }: Organisation, text: string): ReadonlySet<PersonId> =>
  new Set(people.flatMap(({ id, name }) => (isNamed(name, text) ? [id] : [])));

const termOf = (
  said: readonly string[],
  { organisation, now }: Pick<Reading, 'organisation' | 'now'>,
  flags: readonly FlagId[] = [],
): Term => {
  const text = said.join(' ');
  const [code, product] = [text.toUpperCase(), text.toLowerCase()];
  const meant = new Set([code, ...flags.map((id) => id.toUpperCase())]);
  return {
    said: text,
    flags,
    code,
    isCountry: isCode(code) && !(leavesOut(text) && text !== code),
    isProduct: askedOnce(({ id }) => id.toLowerCase() === product),
    isAmong: askedOnce((raised) => raised.some(({ id }) => meant.has(id.toUpperCase()))),
    date: /^\d{4}(?:-\d{2})?$/u.test(text) ? text : dateSaid(text, now),
    needles: needlesIn(text).map((needle) => needleOf(needle, isFiller(text) || leavesOut(text))),
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
  /** An instant, for "this year". */
  now: Instant;
  /** Something else is asked, too. */
  beside?: boolean;
  /** Returns the flags that these words name. Absent: none does. */
  flagsFor?: ((text: string) => readonly FlagId[]) | undefined;
  /** Each word may name a flag, and not only what can mean nothing else. */
  wide?: boolean;
}

/** Reads free words. Names of countries of several words are one term, and so is what means a flag or a year together. */
export const readTerms = (
  { words, quoted }: FreeWords,
  { beside = false, flagsFor = () => [], wide = false, ...reading }: Reading,
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
    .map((text) => termOf([text], reading, flagsFor(text)));
  for (let at = 0; at < said.length;) {
    let length = Math.min(MOST_IN_NAME, said.length - at);
    while (length > 1 && countriesCalled(said.slice(at, at + length).join(' ')).size === 0) length -= 1;
    const some = said.slice(at, at + length);
    terms.push(termOf(some, reading, wide ? flagsFor(some.join(' ')) : []));
    at += length;
  }
  return terms;
};

const isDated = ({ openedAt, decision, endedAt }: DealSummary, date: string): boolean =>
  openedAt.startsWith(date) || (decision?.at.startsWith(date) ?? false) || (endedAt?.startsWith(date) ?? false);

/** Tells whether it is a code, a date or a person of the deal. */
const fitsExactly = (
  { summary: deal, sold, raised }: Searchable,
  { code, isCountry, isProduct, isAmong, date, countries, owners }: Term,
): boolean =>
  (isCountry ? deal.destination === code : deal.id === code) ||
  (countries.size > 0 && countries.has(deal.destination)) ||
  (owners.size > 0 && owners.has(deal.owner)) ||
  isProduct(sold) ||
  isAmong(raised) ||
  (date !== undefined && isDated(deal, date));

const fitsOne = (deal: Searchable, term: Term): boolean => {
  let isSaid = term.needles.length > 0;
  for (const needle of term.needles) {
    isSaid = says(deal, needle);
    if (!isSaid) break;
  }
  return isSaid || fitsExactly(deal, term);
};

/** Tells whether every term fits something of the deal. */
export const fits = (deal: Searchable, terms: Terms): boolean => {
  for (const term of terms) if (!fitsOne(deal, term)) return false;
  return true;
};
