/** Data on countries of a test: files as their publishers lay them out, and what the register makes of them. */

import { collectRows, indicatorColumns } from '../../flows/indicators/rows.ts';
import type { DatasetsInUse } from '../../flows/indicators/suggest.ts';
import {
  indicators,
  type Concerned,
  type DatasetVersion,
  type IndicatorsCommand,
  type IndicatorsState,
} from '../../flows/registers/indicators.ts';
import { defaultPolicy } from '../flows/policy/deals.ts';

const V_DEM = [
  'country_name',
  'country_text_id',
  'country_id',
  'year',
  'v2x_freexp_altinf',
  'v2xcs_ccsi',
  'v2x_clphy',
  'v2x_rule',
  'v2x_jucon',
  'v2smgovsmmon_osp',
];

/** A row of V-Dem in which all is well but for what is given. */
export const vDemRow = (code: string, year: number, more: Readonly<Record<string, string>> = {}): string =>
  V_DEM.map((column) => {
    const usual = { country_name: `Sample ${code}`, country_text_id: code, country_id: '7', year: String(year) };
    const value = more[column] ?? (usual as Record<string, string>)[column];
    return value ?? (column === 'v2smgovsmmon_osp' ? '3.6' : '0.9');
  }).join(',');

export const vDemFile = (...rows: string[]): string => `${[V_DEM.join(','), ...rows].join('\n')}\n`;

const UCDP = ['conflict_id', 'location', 'side_a', 'side_b', 'year', 'intensity_level', 'gwno_loc', 'version'];

export const conflictRow = (conflict: string, year: number, countries: string, level = '1'): string =>
  [conflict, 'Sample place', 'Sample A', 'Sample B', String(year), level, `"${countries}"`, '26.1'].join(',');

export const conflictFile = (...rows: string[]): string => `${[UCDP.join(','), ...rows].join('\n')}\n`;

export const THIS_YEAR = 2026;

const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,|^)(?=,|$)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** What a file without broken quotes is read as. */
export const versionOf = (text: string, more: Partial<DatasetVersion> = {}): DatasetVersion => {
  const [first = '', ...lines] = text.trim().split('\n');
  const columns = indicatorColumns(fieldsOf(first), defaultPolicy.indicators);
  if (typeof columns === 'string') throw new Error(columns);
  const collected = collectRows(columns, THIS_YEAR);
  const badRows = lines.filter((line) => !collected.take(fieldsOf(line)).ok).length;
  const { year = 0, ...found } = collected.done();
  return {
    dataset: columns.dataset,
    year,
    ...(columns.madeUp ? { madeUp: true } : {}),
    from: 'sample.csv',
    sha256: 'a'.repeat(64),
    rows: lines.length,
    badRows,
    variables: columns.variables.map(({ name }) => name),
    ...found,
    ...more,
  };
};

/** V-Dem of a year with one country of which it says that: all else is well. */
export const vDem = (values: Readonly<Record<string, string>>, year = 2025, country = 'NOR'): DatasetVersion =>
  versionOf(vDemFile(vDemRow(country, year, values)), { sha256: `${year}${JSON.stringify(values)}` });

export const inUse = (...versions: DatasetVersion[]): DatasetsInUse =>
  Object.fromEntries(versions.map((one) => [one.dataset, one]));

export const importing = (version: DatasetVersion, more: Partial<IndicatorsCommand> = {}): IndicatorsCommand => ({
  type: 'ImportIndicators',
  version,
  concerned: [],
  older: false,
  shorter: false,
  ...more,
});

export const concerned = (more: Partial<Concerned> = {}): Concerned => ({
  country: 'NO',
  keepers: [],
  against: [],
  deals: [],
  ...more,
});

export const IMPORT_AT = '2026-11-27T09:00:00.000Z';

export const stateWith = (...versions: DatasetVersion[]): IndicatorsState =>
  versions.reduce<IndicatorsState>(
    (state, version) =>
      indicators.evolve(state, { type: 'IndicatorsImported', version, moved: [], by: 'operator', at: IMPORT_AT }),
    indicators.none,
  );
