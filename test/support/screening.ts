/** A made-up list, a background of made-up names as long as a real list, and the pairs that screening is measured by. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { ENTRY_TYPES, type EntryType, type ListEntry, type Party } from '../../flows/screening/entry.ts';
import type { Screen } from '../../flows/screening/screening.ts';

/** Also found from where the bench is compiled to. */
const root = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../../..' : '../..', import.meta.url));
export const FIXTURES = `${root}/test/fixtures/screening`;

const rowsOf = (name: string): Record<string, string>[] =>
  parse(readFileSync(`${FIXTURES}/${name}`, 'utf8'), { columns: true }) as Record<string, string>[];

const typeOf = (text: string): EntryType => ENTRY_TYPES.find((type) => type === text) ?? 'unknown';

/** Entries by hand, some with aliases. */
export const madeUpList = (): ListEntry[] =>
  rowsOf('list.csv').map(
    ({ id = '', name = '', aliases = '', type = '', country = '', address = '', programme = '' }) => ({
      id,
      name,
      aliases: aliases === '' ? [] : aliases.split(';').map((alias) => alias.trim()),
      type: typeOf(type),
      countries: country === '' ? [] : [country],
      addresses: address === '' ? [] : [address],
      programmes: [programme],
    }),
  );

/** In the order in which they were written and looked at. */
export const PARTS = ['tune', 'first look', 'second look', 'held out', 'fourth look', 'fifth look'] as const;

/** No rule was made by it: mend by another one, so that this still says how it goes with names that nobody has seen. */
export const NOT_SEEN = 'fifth look';

export interface Pair {
  part: string;
  kind: string;
  party: Party;
  /** Id of the entry that is meant; empty where it is nobody of the list. */
  entry: string;
}

export const pairs = (): Pair[] =>
  rowsOf('pairs.csv').map(({ part = '', kind = '', party = '', country = '', type = '', entry = '' }) => ({
    part,
    kind,
    party: {
      name: party,
      ...(country === '' ? {} : { countries: [country] }),
      ...(type === 'person' || type === 'organisation' ? { type } : {}),
    },
    entry,
  }));

/** The same numbers each time (mulberry32). */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const GIVEN =
  'Mohammed Ahmed Ali Hassan Hussein Omar Khaled Ibrahim Yusuf Said Abdullah Mahmoud Mustafa Fatima Zahra Reza Mehdi Hamid Karim ' +
  'Ivan Dmitriy Sergey Aleksandr Vladimir Andrey Oksana Natalya Rustam Aslan Wei Ming Jun Li Xiao Hua Chen Wang Zhang Jose Luis ' +
  'Juan Carlos Maria Pedro Kim Chol Song Yassin Jawad Faisal Tarek Bilal Samir Nabil Walid Emeka Chukwuemeka Chinedu Bright Jean Paul Pierre Emmanuel Patrick John Michael David';
const TRADES =
  'Trading;General Trading;Technology;Electronics;Import and Export;Shipping;Marine Services;Construction;Industries;Petroleum;' +
  'Exchange;Aviation;Logistics;Engineering;Research Institute;Machinery;Telecom;Investment';
const FORMS = 'LLC;Ltd;Co., Ltd.;FZE;GmbH;JSC;OOO;S.A.;Company;Corporation;Group;';
const STARTS =
  'ba be bo da do fa ga gha ha ja ka kha la ma mi na no pa qa ra ro sa sha shi ta tu va ve wa ya za zhe chu du gri bru'.split(
    ' ',
  );
const ENDS =
  'ran lov din zai mir kash bek dar nia pour vich enko ian ova sen han ton bad far gul rud yan zur mat lek'.split(' ');
const COUNTRIES = 'RU IR CN SY IQ KP AE TR LB PK BY VE MX CO SD LY YE DE GB US'.split(' ');

/** Names that nobody has, some words of them as common as on a real list; two names to an entry, nearly. */
export const backgroundList = (names: number): ListEntry[] => {
  const next = numbersFrom(20_261_127);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const [given, trades, forms] = [GIVEN.split(' '), TRADES.split(';'), FORMS.split(';')];
  const made = (): string => {
    const word = pick(STARTS) + (next() < 0.6 ? pick(STARTS) : '') + pick(ENDS);
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const person = (): string => `${made().toUpperCase()}, ${pick(given)}${next() < 0.6 ? ` ${pick(given)}` : ''}`;
  const organisation = (): string =>
    `${made()}${next() < 0.5 ? ` ${made()}` : ''} ${pick(trades)} ${pick(forms)}`.trim();
  const entries: ListEntry[] = [];
  for (let count = 0, n = 0; count < names; n += 1) {
    const isPerson = next() < 0.45;
    const name = isPerson ? person() : organisation();
    const aliases = Array.from({ length: Math.floor(next() * 3.4) }, isPerson ? person : organisation);
    count += 1 + aliases.length;
    entries.push({
      id: `B${n}`,
      name,
      aliases,
      type: isPerson ? 'person' : next() < 0.9 ? 'organisation' : 'unknown',
      countries: [pick(COUNTRIES)],
      addresses: [`${Math.floor(next() * 200)} ${made()} Street, ${made()}, ${pick(COUNTRIES)}`],
      programmes: [pick(['MADE-UP', 'MADE-UP-2', 'MADE-UP-3'])],
      source: 'Made-up list',
      url: 'https://lists.example/made-up',
    });
  }
  return entries;
};

export interface Figures {
  trueOnes: number;
  missed: Pair[];
  clean: number;
  /** Parties of nobody on the list that had a hit. */
  falsely: { pair: Pair; matched: string; score: number }[];
}

/** What a screen finds of the pairs; a pair is found where the entry that is meant is among the hits. */
export const figuresOf = (screen: Pick<Screen, 'check'>, asked: readonly Pair[]): Figures => {
  const figures: Figures = { trueOnes: 0, missed: [], clean: 0, falsely: [] };
  for (const pair of asked) {
    const hits = screen.check(pair.party) ?? [];
    if (pair.entry === '') {
      figures.clean += 1;
      const [first] = hits;
      if (first) figures.falsely.push({ pair, matched: first.matched, score: first.score });
    } else {
      figures.trueOnes += 1;
      if (!hits.some(({ entry }) => entry.id === pair.entry)) figures.missed.push(pair);
    }
  }
  return figures;
};
