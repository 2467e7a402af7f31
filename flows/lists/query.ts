/** One language for finding deals, in chat and on the command line: filters such as `tier:high`, and free words. */

import { readerIn } from '../deal/rights/readers.ts';
import type { DealId, PersonId } from '../ids.ts';
import { nearest } from '../nearest.ts';
import { clausesIn, FILTERS, type Clause, type Filter } from './clauses.ts';
import { mayBeRead, mayFitAll, type Columns } from './columns.ts';
import { datesFit, readDates } from './dates.ts';
import { TESTS, type Asking, type Fits, type Misread } from './filters.ts';
import { flagsNamed } from './flags-named.ts';
import { firstRanked, nameRank } from './name-rank.ts';
import { readAs } from './read-as.ts';
import { fits, readTerms, type Searchable, type Terms } from './search.ts';
import { firstOf, isSort, orderOf, SORTS, type Sort } from './sort.ts';
import type { DealSummary } from './summary.ts';
import { waitingSaid } from './waiting-said.ts';
import type { Today } from './waits.ts';

/** What was asked, ready to be compared with many deals. */
export interface Query {
  clauses: readonly Clause[];
  tests: readonly Fits[];
  terms: Terms;
  /** Absent: the usual order. */
  sort?: Sort | undefined;
  /** How its words were read, in their order. Absent: as names, which need no explaining. */
  readAs?: readonly string[] | undefined;
}

/** `text` is for the person: what is not understood, and what is near. `wider`: where words may name flags, too. */
export type ReadQuery = { ok: true; query: Query; wider?: Query | undefined } | { ok: false; text: string };

const isFilter = (name: string): name is Filter => FILTERS.some((filter) => filter === name);

const noFilter = (name: string): string => {
  const near = nearest(name, FILTERS);
  const meant = near === undefined ? '' : ` Did you mean ${near}:?`;
  return `There is no filter “${name}:”.${meant} Filters are ${FILTERS.join(', ')}.`;
};

const EXAMPLES: Record<Filter, string> = {
  country: 'Vietnam',
  product: 'analytics',
  tier: 'high',
  flag: 'H-RF4',
  kind: 'security',
  owner: 'me',
  status: 'open',
  waiting: 'compliance',
  overdue: 'yes',
  hold: 'yes',
  scope: 'out',
  since: '2026-01-01',
  until: '2026-06-30',
  year: '2026',
  sort: 'waiting',
};

const isDated = (filter: Filter): filter is 'since' | 'until' | 'year' =>
  filter === 'since' || filter === 'until' || filter === 'year';

const readSort = ([value = '', another]: readonly string[]): Sort | Misread => {
  if (another === undefined && isSort(value)) return value.toLowerCase() as Sort;
  const near = nearest(value, SORTS);
  return {
    text: `“${value}” is no order.${near === undefined ? '' : ` Did you mean ${near}?`} There is ${SORTS.join(', ')}.`,
  };
};

/** Reads what somebody typed. */
export const readQuery = (text: string, asking: Asking): ReadQuery => {
  const typed = clausesIn(text);
  const { words, clause } = waitingSaid(typed.words, asking);
  const clauses = clause === undefined ? typed.clauses : [...typed.clauses, clause];
  const { quoted } = typed;
  const tests: Fits[] = [];
  let sort: Sort | undefined;
  const dated: { filter: 'since' | 'until' | 'year'; values: readonly string[] }[] = [];
  for (const { filter, values } of clauses) {
    if (!isFilter(filter)) return { ok: false, text: noFilter(filter) };
    if (values.length === 0)
      return { ok: false, text: `Please say what after “${filter}:”, as in ${filter}:${EXAMPLES[filter]}.` };
    if (isDated(filter)) {
      dated.push({ filter, values });
      continue;
    }
    if (filter === 'sort') {
      const found = readSort(values);
      if (typeof found === 'object') return { ok: false, text: found.text };
      sort = found;
      continue;
    }
    const some: Fits[] = [];
    for (const value of values) {
      const test: Fits | Misread = TESTS[filter](value, asking);
      if (typeof test !== 'function') return { ok: false, text: test.text };
      some.push(test);
    }
    const [only] = some;
    tests.push(some.length === 1 && only ? only : (deal) => some.some((test) => test(deal)));
  }
  const dates = readDates(dated);
  if ('text' in dates) return { ok: false, text: dates.text };
  if (dated.length > 0) tests.push((deal) => datesFit(deal, dates));
  const names = new Map((asking.flagNames ?? []).map((name) => [name.id, name]));
  const free = { words, quoted };
  const reading = {
    organisation: asking.organisation,
    now: asking.now,
    beside: clauses.length > 0,
    flagsFor: (said: string) => flagsNamed(said, [...names.values()]).map(({ id }) => id),
  };
  const queryOf = (terms: Terms): Query => ({
    clauses,
    tests,
    terms,
    sort,
    readAs: readAs({ clauses, terms, names, asking }),
  });
  const query = queryOf(readTerms(free, reading));
  const wide = readTerms(free, { ...reading, wide: true });
  if (wide.every(({ flags }, n) => flags.length === query.terms[n]?.flags.length)) return { ok: true, query };
  const wider = queryOf(wide);
  // Whoever says so means a flag.
  return words.some((word) => /^flags?$/iu.test(word)) ? { ok: true, query: wider } : { ok: true, query, wider };
};

/** Returns the query that finds something: the wider one where no deal fits the other. */
export const settled = (
  { query, wider }: Pick<Extract<ReadQuery, { ok: true }>, 'query' | 'wider'>,
  deals: readonly Searchable[],
  reads: (deal: DealSummary) => boolean,
): Query => (wider && !deals.some((deal) => fitsQuery(query, deal) && reads(deal.summary)) ? wider : query);

/** Tells whether nothing was asked: every deal fits. */
export const asksNothing = ({ tests, terms }: Query): boolean => tests.length === 0 && terms.length === 0;

export const fitsQuery = ({ tests, terms }: Query, deal: Searchable): boolean => {
  for (const test of tests) if (!test(deal.summary)) return false;
  return fits(deal, terms);
};

const rankOf = ({ terms }: Query) => nameRank(terms.map(({ needles }) => needles));

/** Returns the first of those that fit. An order that was asked for counts alone. */
const firstIn = (deals: readonly Searchable[], query: Query, most: number): DealSummary[] =>
  query.sort === undefined && query.terms.length > 0
    ? firstRanked(deals, rankOf(query), most)
    : firstOf(
        deals.map(({ summary }) => summary),
        orderOf(query.sort),
        most,
      );

const fittingFor = (deals: readonly Searchable[], query: Query, today: Today, person: PersonId, columns?: Columns) => {
  const reads = readerIn(today, person);
  const known = columns?.deals === deals ? columns : undefined;
  const may = known && query.terms.length > 0 ? mayFitAll(known, query.terms) : undefined;
  const mayRead = known && mayBeRead(known, today, person);
  const found: Searchable[] = [];
  for (let at = 0; at < deals.length; at += 1) {
    if ((may && !may(at)) || (mayRead && !mayRead(at))) continue;
    const deal = deals[at];
    if (deal && fitsQuery(query, deal) && reads(deal.summary)) found.push(deal);
  }
  return found;
};

/** Returns the deals that fit and that the person may read, sorted as asked; else those whose names fit best first. */
export const find = (
  deals: readonly Searchable[],
  query: Query,
  today: Today,
  person: PersonId,
  columns?: Columns,
): DealId[] => {
  const found = fittingFor(deals, query, today, person, columns);
  return firstIn(found, query, found.length).map(({ id }) => id);
};

/**
 * One page of what `find` returns, and how many there are on all pages. `page`: from 1; one beyond the last is the last.
 * `columns`: of these deals, where there are very many.
 */
export const findPage = (
  deals: readonly Searchable[],
  query: Query,
  today: Today,
  person: PersonId,
  { page, size, columns }: { page: number; size: number; columns?: Columns | undefined },
): { ids: DealId[]; page: number; all: number } => {
  const found = fittingFor(deals, query, today, person, columns);
  const there = Math.min(Math.max(1, page), Math.max(1, Math.ceil(found.length / size)));
  const ids = firstIn(found, query, there * size).slice((there - 1) * size);
  return { ids: ids.map(({ id }) => id), page: there, all: found.length };
};
