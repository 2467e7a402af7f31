/**
 * Rows of the files of two publishers as values by country: V-Dem's country-year file (`V-Dem-CY-*.csv`), and the UCDP/PRIO
 * Armed Conflict Dataset (`ucdp-prio-acd-*.csv`). Only rows of the newest year in a file are taken.
 */

import { countryOfAlpha3, countryOfNumber } from '../country-codes.ts';
import { dataset as datasets, type DatasetId } from '../dataset.ts';
import type { Indicator } from '../policy/schema-indicators.ts';
import type { CountryValues } from './suggest.ts';

/** Columns that a file must have, besides those of V-Dem that the policy maps. */
const COLUMNS: Readonly<Record<DatasetId, readonly string[]>> = {
  'v-dem': ['country_name', 'country_text_id', 'year'],
  ucdp: ['conflict_id', 'location', 'year', 'intensity_level', 'gwno_loc'],
};
/** A file with this column says of itself that nothing in it is real. */
const MADE_UP = 'made_up';

export interface IndicatorColumns {
  dataset: DatasetId;
  /** The mapped variables, each once, with the largest value that each can have. */
  variables: readonly { name: string; of: number | undefined }[];
  madeUp: boolean;
  width: number;
  at: ReadonlyMap<string, number>;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const MOST_SHOWN = 8;

/** Reads the first line of a file. Returns a sentence where it is not a file that the policy maps. */
export const indicatorColumns = (
  fields: readonly string[],
  indicators: readonly Indicator[],
): IndicatorColumns | string => {
  const names = fields.map((field) => field.trim().toLowerCase());
  const at = new Map(names.map((name, n) => [name, n] as const));
  const found = (['v-dem', 'ucdp'] as const).find((id) => COLUMNS[id].every((name) => at.has(name)));
  if (!found) {
    const shown = names.slice(0, MOST_SHOWN).map((name) => JSON.stringify(name.slice(0, 40)));
    return (
      `The first line must name the columns: of V-Dem’s country-year file ${listed(COLUMNS['v-dem'])}; of the UCDP/PRIO ` +
      `Armed Conflict Dataset ${listed(COLUMNS.ucdp)}. It names ${shown.join(', ')}${names.length > MOST_SHOWN ? ' and more' : ''}.`
    );
  }
  const mapped = indicators.filter((one) => one.dataset === found);
  const { name, variables: offered } = datasets[found];
  if (mapped.length === 0) return `It is a file of ${name}, and the policy maps nothing of it: see indicators there.`;
  const variables = [...new Map(mapped.map((one) => [one.variable.toLowerCase(), one])).values()];
  const missing = offered
    ? []
    : variables.flatMap(({ variable }) => (at.has(variable.toLowerCase()) ? [] : [variable]));
  if (missing.length > 0) {
    return `It lacks ${missing.length === 1 ? 'a column' : 'columns'} that the policy maps: ${listed(missing)}.`;
  }
  const twice = [...COLUMNS[found], ...(offered ? [] : variables.map(({ variable }) => variable.toLowerCase()))].find(
    (column) => names.indexOf(column) !== names.lastIndexOf(column),
  );
  if (twice !== undefined) return `The first line names the column ${twice} twice.`;
  return {
    dataset: found,
    variables: variables.map(({ variable, of }) => ({ name: variable, of })),
    madeUp: at.has(MADE_UP),
    width: names.length,
    at,
  };
};

/** A country of the publisher that is none of ours. */
export interface UnknownCountry {
  code: string;
  name: string;
}

export interface Collected {
  /** The newest year; undefined where no row had one. */
  year: number | undefined;
  values: CountryValues;
  unknown: UnknownCountry[];
  /** Rows of other years. */
  otherYears: number;
  /** Countries left out: there twice, with different values. */
  doubled: string[];
}

type Taken = { ok: true } | { ok: false; reason: string };
const OK: Taken = { ok: true };
const no = (reason: string): Taken => ({ ok: false, reason });

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

interface Newest {
  values: Map<string, Record<string, number>>;
  unknown: Map<string, string>;
  doubled: Set<string>;
  /** UCDP: conflicts whose row was read. */
  conflicts: Set<string>;
}
const nothing = (): Newest => ({ values: new Map(), unknown: new Map(), doubled: new Set(), conflicts: new Set() });

const numberIn = (text: string): number | undefined =>
  /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/iu.test(text) ? Number(text) : undefined;

const sameValues = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Collects the rows after the first, in whatever order they come. `thisYear`: no row can be of a later one. */
export const collectRows = (
  { dataset, variables, width, at }: IndicatorColumns,
  thisYear: number,
): { take(fields: readonly string[]): Taken; done(): Collected } => {
  let year: number | undefined;
  let otherYears = 0;
  let newestRows = 0;
  let newest = nothing();
  const cell = (fields: readonly string[], column: string): string => fields[at.get(column) ?? -1]?.trim() ?? '';

  const takeVDem = (fields: readonly string[]): Taken => {
    const [code, name] = [cell(fields, 'country_text_id'), cell(fields, 'country_name')];
    if (code === '') return no(`it names no country${name === '' ? '' : ` for ${shown(name)}`}`);
    const country = countryOfAlpha3(code);
    if (country === undefined) {
      newest.unknown.set(code, name);
      return OK;
    }
    const values: Record<string, number> = {};
    for (const { name: variable, of } of variables) {
      const text = cell(fields, variable.toLowerCase());
      if (text === '' || text === 'NA') continue;
      const value = numberIn(text);
      if (value === undefined) return no(`${variable} is ${shown(text)}, which is no number`);
      if (of !== undefined && (value < 0 || value > of)) return no(`${variable} is ${text}, and goes from 0 to ${of}`);
      values[variable] = value;
    }
    const before = newest.values.get(country);
    if (!before) newest.values.set(country, values);
    else {
      if (!sameValues(before, values)) newest.doubled.add(country);
      return no(`an earlier line has ${code} for the same year`);
    }
    return OK;
  };

  const takeConflict = (fields: readonly string[]): Taken => {
    const [conflict, level] = [cell(fields, 'conflict_id'), cell(fields, 'intensity_level')];
    if (conflict === '') return no('it has no conflict_id');
    if (level !== '1' && level !== '2') return no(`intensity_level is ${shown(level)}, and must be 1 or 2`);
    const numbers = cell(fields, 'gwno_loc')
      .split(/[,;\s]+/u)
      .filter((one) => one !== '');
    if (numbers.length === 0) return no('it names no country in gwno_loc');
    if (newest.conflicts.has(conflict))
      return no(`an earlier line has the conflict ${shown(conflict)} for the same year`);
    newest.conflicts.add(conflict);
    for (const number of numbers) {
      const country = countryOfNumber(number);
      if (country === undefined) newest.unknown.set(number, cell(fields, 'location'));
      else {
        const { conflicts = 0, intensity = 0 } = newest.values.get(country) ?? {};
        newest.values.set(country, { conflicts: conflicts + 1, intensity: Math.max(intensity, Number(level)) });
      }
    }
    return OK;
  };

  const take = (fields: readonly string[]): Taken => {
    if (fields.length !== width) return no(`it has ${fields.length} columns, and the first line names ${width}`);
    const text = cell(fields, 'year');
    const of = /^\d{4}$/u.test(text) ? Number(text) : undefined;
    if (of === undefined) return no(`year is ${shown(text)}`);
    if (of > thisYear) return no(`${of} is still to come`);
    if (year !== undefined && of < year) {
      otherYears += 1;
      return OK;
    }
    if (year === undefined || of > year) {
      otherYears += newestRows;
      newestRows = 0;
      year = of;
      newest = nothing();
    }
    newestRows += 1;
    return dataset === 'v-dem' ? takeVDem(fields) : takeConflict(fields);
  };

  return {
    take,
    done: () => ({
      year,
      values: Object.fromEntries([...newest.values].filter(([country]) => !newest.doubled.has(country))),
      unknown: [...newest.unknown].map(([code, name]) => ({ code, name })),
      otherYears,
      doubled: [...newest.doubled],
    }),
  };
};
