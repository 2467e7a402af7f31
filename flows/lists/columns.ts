/**
 * What lists, boards and searches ask of every deal first, in one array and in the order of the deals: most are passed over by it, and of a
 * hundred thousand objects few are opened.
 */

import type { PersonId } from '../ids.ts';
import { walked, type Walk } from '../walk.ts';
import { isDecidingIn, type Mark } from './mark.ts';
import { mayBegin, type Needle, type Searchable, type Term, type Terms } from './search.ts';
import type { AskedOnce, Common } from './sharing.ts';
import type { Today } from './waits.ts';
import { concernedIn, concerns, readersIn, reading } from './who.ts';

type Part = (deal: Searchable) => Common<unknown>;

const WORDS: readonly Part[] = [(deal) => deal.standingWords, (deal) => deal.countryWords, (deal) => deal.productWords];
const PARTS: readonly Part[] = [...WORDS, (deal) => deal.sold, (deal) => deal.raised];
const [SOLD, RAISED] = [WORDS.length, WORDS.length + 1];
const [BEGINS, BEGINS_TOO] = [PARTS.length, PARTS.length + 1];
const [MARK, CONCERNED, READERS] = [PARTS.length + 2, PARTS.length + 3, PARTS.length + 4];
const WIDTH = PARTS.length + 5;

export interface Columns {
  deals: readonly Searchable[];
  rows: Int32Array;
}

const NONE: Columns = { deals: [], rows: new Int32Array(0) };

const write = (rows: Int32Array, at: number, deal: Searchable): void => {
  const from = at * WIDTH;
  for (let n = 0; n < PARTS.length; n += 1) rows[from + n] = PARTS[n]?.(deal).n ?? -1;
  // Every word may begin a name whose beginnings are not known.
  rows[from + BEGINS] = deal.begins ?? -1;
  rows[from + BEGINS_TOO] = deal.beginsToo ?? -1;
  rows[from + MARK] = deal.mark;
  rows[from + CONCERNED] = concernedIn(deal.summary);
  rows[from + READERS] = readersIn(deal.summary);
};

/** Deals of one step. */
const TOGETHER = 500;

/** Makes the columns of these deals. `before`: of most of them, in the same order. */
export function* columnsWalk(deals: readonly Searchable[], before: Columns = NONE): Walk<Columns> {
  const rows = new Int32Array(deals.length * WIDTH);
  let [was, written] = [0, 0];
  for (let at = 0; at < deals.length;) {
    let same = 0;
    while (at + same < deals.length && deals[at + same] === before.deals[was + same]) same += 1;
    if (same > 0) {
      rows.set(before.rows.subarray(was * WIDTH, (was + same) * WIDTH), at * WIDTH);
      at += same;
      was += same;
      continue;
    }
    const deal = deals[at];
    if (deal === undefined) break;
    // One is gone, is new, or took the place of another.
    if (deal === before.deals[was + 1]) was += 1;
    else {
      write(rows, at, deal);
      written += 1;
      if (written % TOGETHER === 0) yield;
      if (deals[at + 1] !== before.deals[was]) was += 1;
      at += 1;
    }
  }
  return { deals, rows };
}

export const columnsOf = (deals: readonly Searchable[], before?: Columns): Columns =>
  walked(columnsWalk(deals, before));

/** It holds for all of them, as far as the columns tell. */
const isOpenTo = ({ countries, owners, date, isCountry, code }: Term): boolean =>
  countries.size > 0 || owners.size > 0 || date !== undefined || isCountry || code.startsWith('D-');

const asks = ({ deals, rows }: Columns, at: number, column: number, test: AskedOnce<never>): boolean => {
  const known = test.known(rows[at * WIDTH + column] ?? -1);
  if (known !== undefined) return known;
  const deal = deals[at];
  const common = deal && PARTS[column]?.(deal);
  return common !== undefined && test(common as Common<never>);
};

const maySay = (columns: Columns, at: number, { begins, isIn }: Needle): boolean => {
  const from = at * WIDTH;
  if (mayBegin(begins, columns.rows[from + BEGINS] ?? -1, columns.rows[from + BEGINS_TOO] ?? -1)) return true;
  for (let column = 0; column < WORDS.length; column += 1)
    if (asks(columns, at, column, isIn as AskedOnce<never>)) return true;
  return false;
};

const mayFit = (columns: Columns, at: number, { needles, isProduct, isAmong }: Term): boolean => {
  let isSaid = needles.length > 0;
  for (const needle of needles) {
    isSaid = maySay(columns, at, needle);
    if (!isSaid) break;
  }
  return (
    isSaid ||
    asks(columns, at, SOLD, isProduct as AskedOnce<never>) ||
    asks(columns, at, RAISED, isAmong as AskedOnce<never>)
  );
};

/** Returns a test by place: false where the deal fits not all terms; true where it has to be looked at. */
export const mayFitAll = (columns: Columns, terms: Terms): MayBe => {
  const told = terms.filter((term) => !isOpenTo(term));
  return (at) => {
    for (const term of told) if (!mayFit(columns, at, term)) return false;
    return true;
  };
};

const NOT_ASKED = -1;

/**
 * Asks once of all deals that share it: where they stand, their country, their product or their flags. Returns the answer by
 * place, a whole number from 0 to 127.
 */
export const askedAt = (
  { deals, rows }: Columns,
  what: 'standing' | 'country' | 'sold' | 'raised',
  ask: (deal: Searchable) => number,
): ((at: number) => number) => {
  const column = { standing: 0, country: 1, sold: SOLD, raised: RAISED }[what];
  let answers = new Int8Array(1024).fill(NOT_ASKED);
  return (at) => {
    const n = rows[at * WIDTH + column] ?? -1;
    const found = answers[n] ?? NOT_ASKED;
    if (found !== NOT_ASKED) return found;
    const deal = deals[at];
    const answer = deal ? ask(deal) : 0;
    if (n >= answers.length) {
      const longer = new Int8Array(n * 2).fill(NOT_ASKED);
      longer.set(answers);
      answers = longer;
    }
    // Of what is not shared nothing is remembered.
    if (n >= 0) answers[n] = answer;
    return answer;
  };
};

export const markAt = ({ rows }: Columns, at: number): Mark => rows[at * WIDTH + MARK] ?? 0;

/** A test by place. False: surely not. True: the deal has to be looked at. */
export type MayBe = (at: number) => boolean;

const hasAny =
  ({ rows }: Columns, column: number, bits: number): MayBe =>
  (at) =>
    ((rows[at * WIDTH + column] ?? 0) & bits) !== 0;

/** Tells by place whether a deal may be the person's, or something may wait there for them or for whom they act. */
export const mayConcern = (columns: Columns, today: Today, person: PersonId): MayBe =>
  hasAny(columns, CONCERNED, concerns(today, person));

/** Tells by place whether something may wait there for their decision, confirmation or judgement. */
export const mayDecideIn = (columns: Columns, today: Today, person: PersonId): MayBe => {
  const may = mayConcern(columns, today, person);
  return (at) => isDecidingIn(markAt(columns, at)) && may(at);
};

/** Tells by place whether the person may be allowed to read it. `every`: they may read all. */
export const mayBeRead = (columns: Columns, today: Today, person: PersonId): MayBe & { every?: true } => {
  const bits = reading(today, person);
  if (bits === 'every') return Object.assign(() => true, { every: true as const });
  return bits === undefined ? () => true : hasAny(columns, READERS, bits);
};
