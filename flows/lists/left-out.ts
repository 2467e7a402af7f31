/** Where nothing fits all that was asked: which words alone are the reason, and what fits without them. */

import { clauseText, type Filter } from './clauses.ts';
import { isFiller } from './fillers.ts';
import type { Asking } from './filters.ts';
import { isPhrase } from './flag-phrases.ts';
import { fitsQuery, type Query, type ReadQuery } from './query.ts';
import type { Searchable, Term } from './search.ts';
import type { DealSummary } from './summary.ts';

/** Words for tiers and for where deals stand. They can be meant for nothing else. */
const STANDING = new Set(
  'prohibited high elevated low open answering review deciding decided approved declined rejected suspended stopped withdrawn closed scope conditions reassessment hold held'.split(
    ' ',
  ),
);

/** `text`: what is left, as it is typed. */
export interface Fewer {
  text: string;
  /** In the order in which they were typed. */
  left: readonly string[];
  /** Deals that fit what is left. */
  fitting: number;
}

type Flags = Pick<Asking, 'isFlag' | 'flags'>;

/** Tells whether it was recognised: a flag by its code, a country, a date, a deal's number, a tier, or where it stands. */
const isData = ({ said, code, date, countries }: Term, { isFlag, flags }: Flags): boolean =>
  date !== undefined ||
  countries.size > 0 ||
  isPhrase(said) ||
  STANDING.has(said.toLowerCase()) ||
  /^D-[0-9A-Z]{6}$/u.test(code) ||
  (/^[A-Z]{2}$/u.test(said) && said === code) ||
  isFlag(code) ||
  [...flags()].some((id) => id.toUpperCase() === code);

const written = ({ said }: Term): string => (/[\s:：]/u.test(said) && !isPhrase(said) ? `"${said}"` : said);

const textOf = ({ clauses }: Query, terms: readonly Term[]): string =>
  [...clauses.map(({ filter, values }) => clauseText(filter as Filter, values)), ...terms.map(written)].join(' ');

/**
 * Leaves out words that no deal has beside what was recognised, as few as may be. `reads`: the deals that count. Undefined
 * where nothing would be left, or where no word is to blame.
 */
export const fewerWords = (
  read: ReadQuery,
  deals: readonly Searchable[],
  reads: (deal: DealSummary) => boolean,
  flags: Flags,
): Fewer | undefined => {
  if (!read.ok) return undefined;
  const { wider = read.query } = read;
  const among = (some: readonly Searchable[], terms: readonly Term[]): Searchable[] =>
    some.filter((deal) => fitsQuery({ ...wider, terms }, deal));
  const kept = new Set(wider.terms.filter((term) => isData(term, flags)));
  const free = wider.terms.filter((term) => !kept.has(term));
  if (free.length === 0) return undefined;
  // Of those that have what was recognised: each word is looked for among what the words before it left.
  let fitting = among(deals, [...kept]).filter(({ summary }) => reads(summary));
  if (among(fitting, free).length > 0) return undefined;
  if (fitting.length > 0) {
    // Words of names come before those that only make a sentence.
    for (const term of free.toSorted((x, y) => Number(isFiller(x.said)) - Number(isFiller(y.said)))) {
      const found = among(fitting, [term]);
      if (found.length === 0) continue;
      kept.add(term);
      fitting = found;
    }
  }
  const terms = wider.terms.filter((term) => kept.has(term));
  if (terms.every(({ said }) => isFiller(said)) && wider.clauses.length === 0) return undefined;
  const left = wider.terms.filter((term) => !kept.has(term)).map(({ said }) => said);
  return { text: textOf(wider, terms), left, fitting: fitting.length };
};

/** A recognised word without which deals fit, as typed; the others as they are typed, and how many fit these. */
export interface Blamed {
  said: string;
  text: string;
  fitting: number;
}

/** Of so many words each is tried alone. */
const MOST_TRIED = 6;

/**
 * Returns what keeps everything out where all of it was recognised: each word without which any of the deals that count fits.
 * Undefined where a word was not recognised, or where there is only one.
 */
export const toBlame = (
  read: ReadQuery,
  deals: readonly Searchable[],
  reads: (deal: DealSummary) => boolean,
  flags: Flags,
): Blamed[] | undefined => {
  if (!read.ok) return undefined;
  const { query } = read;
  const { terms } = query;
  if (terms.length < 2 || !terms.every((term) => isData(term, flags))) return undefined;
  return terms.slice(0, MOST_TRIED).flatMap((term) => {
    const others = terms.filter((one) => one !== term);
    const fitting = deals.filter((deal) => fitsQuery({ ...query, terms: others }, deal) && reads(deal.summary)).length;
    return fitting === 0 ? [] : [{ said: term.said, text: textOf(query, others), fitting }];
  });
};
