/**
 * Rows of list files as entries: of the U.S. Consolidated Screening List (`consolidated.csv` of trade.gov), and of a simple
 * form into which any other list can be brought.
 */

import { isDay } from '../calendar.ts';
import { countriesCalled, countryName } from '../countries.ts';
import type { EntryType, ListEntry } from './entry.ts';
import { isName } from './screening.ts';

export type ListForm = 'consolidated' | 'simple';

/** Columns that a file must have, and those that are read where it has them. Others do no harm. */
const COLUMNS: Readonly<Record<ListForm, { must: readonly string[]; may: readonly string[] }>> = {
  consolidated: {
    must: ['source', 'name', 'type', 'programs', 'addresses', 'alt_names'],
    may: [
      '_id',
      'entity_number',
      'end_date',
      'citizenships',
      'nationalities',
      'source_information_url',
      'source_list_url',
    ],
  },
  simple: { must: ['id', 'name'], may: ['aliases', 'type', 'country', 'address', 'programme', 'url'] },
};

/** What a row has under the name of a column; empty where there is none. */
export type Row = (column: string) => string;

export interface ListColumns {
  form: ListForm;
  row(fields: readonly string[]): Row;
  /** Number of columns. */
  width: number;
}

const MOST_SHOWN = 12;

/** Reads the first line of a file. Returns a sentence where it is of neither form. */
export const columnsOf = (fields: readonly string[]): ListColumns | string => {
  const names = fields.map((field) => field.trim().toLowerCase());
  const form = (['consolidated', 'simple'] as const).find((one) =>
    COLUMNS[one].must.every((column) => names.includes(column)),
  );
  if (!form) {
    const shown = names.slice(0, MOST_SHOWN).map((name) => JSON.stringify(name.slice(0, 40)));
    return (
      `The first line must name the columns: of the Consolidated Screening List ${COLUMNS.consolidated.must.join(', ')}; ` +
      `of the simple form ${COLUMNS.simple.must.join(' and ')}, and as far as known ${COLUMNS.simple.may.join(', ')}. ` +
      `It names ${shown.join(', ')}${names.length > MOST_SHOWN ? ' and more' : ''}.`
    );
  }
  const twice = [...COLUMNS[form].must, ...COLUMNS[form].may].find(
    (column) => names.indexOf(column) !== names.lastIndexOf(column),
  );
  if (twice !== undefined) return `The first line names the column ${twice} twice.`;
  const at = new Map(names.map((name, n) => [name, n] as const));
  return { form, width: names.length, row: (row) => (column) => row[at.get(column) ?? -1]?.trim() ?? '' };
};

const listed = (text: string): string[] =>
  text
    .split(';')
    .map((one) => one.replaceAll(/\s+/gu, ' ').trim())
    .filter((one) => one !== '');

const unique = (all: readonly string[]): string[] => [...new Set(all)];

const TYPES: Readonly<Record<string, EntryType>> = {
  individual: 'person',
  person: 'person',
  entity: 'organisation',
  organisation: 'organisation',
  organization: 'organisation',
  company: 'organisation',
  business: 'organisation',
  vessel: 'vessel',
  aircraft: 'aircraft',
};
export const typeOf = (text: string): EntryType => TYPES[text.toLowerCase()] ?? 'unknown';

/** Names of an entry that say nothing of it by themselves, as some sources add them to the name. */
const ADDED = [
  /;? and any (?:successor|sub-?unit|subsidiary)\b.*$/iu,
  /,? (?:a\.?k\.?a\.?|also known as),? the following\b.*$/iu,
];
const cleanName = (name: string): string =>
  ADDED.reduce((text, added) => text.replace(added, ''), name)
    .replaceAll(/\s+/gu, ' ')
    .trim();

export const aliasesOf = (name: string, aliases: readonly string[]): string[] =>
  unique(aliases.map(cleanName)).filter((alias) => alias !== name && isName(alias));

/** Only https: the address is shown as a link. */
const urlOf = (...texts: string[]): string | undefined => texts.find((text) => /^https:\/\/[^\s]+$/u.test(text));

/** An address of the Consolidated Screening List ends with the code of its country. */
const countryOfAddress = (address: string): string | undefined => /,\s*([A-Z]{2})$/u.exec(address)?.[1];

const isCountry = (code: string | undefined): code is string => code !== undefined && countryName(code) !== undefined;

const consolidated = (row: Row): ListEntry => {
  const name = cleanName(row('name'));
  const addresses = listed(row('addresses'));
  const codes = [...addresses.map(countryOfAddress), ...listed(row('citizenships')), ...listed(row('nationalities'))];
  const until = row('end_date');
  return {
    id: row('_id') || `${row('source')} ${row('entity_number')}`.trim(),
    name,
    aliases: aliasesOf(name, listed(row('alt_names'))),
    type: typeOf(row('type')),
    countries: unique(codes.filter(isCountry)),
    addresses,
    programmes: listed(row('programs')),
    source: row('source'),
    url: urlOf(row('source_information_url'), row('source_list_url')),
    ...(isDay(until) ? { until } : {}),
  };
};

/** A code, or a name in many languages. Those that are called nothing known are left out: nothing is compared with them. */
export const countriesIn = (text: string): string[] =>
  listed(text).flatMap((one) => (isCountry(one.toUpperCase()) ? [one.toUpperCase()] : [...countriesCalled(one)]));

const simple = (row: Row): ListEntry => {
  const name = cleanName(row('name'));
  const { address, programme } = { address: listed(row('address')), programme: listed(row('programme')) };
  return {
    id: row('id'),
    name,
    aliases: aliasesOf(name, listed(row('aliases'))),
    type: typeOf(row('type')),
    countries: unique(countriesIn(row('country'))),
    addresses: address,
    programmes: programme,
    url: urlOf(row('url')),
  };
};

/** Reads one row after the first. `seen`: ids of the rows before it; its own is added. */
export const entryIn = (
  columns: ListColumns,
  fields: readonly string[],
  seen: Set<string>,
): { ok: true; entry: ListEntry } | { ok: false; reason: string } => {
  if (fields.length !== columns.width) {
    return { ok: false, reason: `it has ${fields.length} columns, and the first line names ${columns.width}` };
  }
  const row = columns.row(fields);
  const entry = columns.form === 'consolidated' ? consolidated(row) : simple(row);
  if (entry.id === '') return { ok: false, reason: 'it has no id' };
  if (!isName(entry.name)) return { ok: false, reason: 'it has no name that can be compared' };
  if (seen.has(entry.id)) return { ok: false, reason: `an earlier line has the id ${entry.id}` };
  seen.add(entry.id);
  return { ok: true, entry };
};
