/** Rows of list files: the Consolidated Screening List as its file has them, and the simple form. */

import { describe, expect, it } from 'vitest';
import { columnsOf, entryIn } from '../../flows/screening/rows.ts';

const CONSOLIDATED =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,' +
  'license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,' +
  'remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids';

const read = (header: string, fields: readonly string[], seen = new Set<string>()) => {
  const columns = columnsOf(header.split(','));
  if (typeof columns === 'string') throw new Error(columns);
  return entryIn(columns, fields, seen);
};
const row = (header: string, values: Readonly<Record<string, string>>): string[] =>
  header.split(',').map((column) => values[column] ?? '');

describe('a row of the Consolidated Screening List', () => {
  it('becomes an entry with aliases, countries of addresses and people, programmes and link', () => {
    const fields = row(CONSOLIDATED, {
      _id: 'a1',
      source: 'Made-up List (MUL) - Nobody’s Department',
      entity_number: '77',
      type: 'Individual',
      programs: 'MADE-UP; MADE-UP-2',
      name: 'KARIMANOV,  Yusuf',
      addresses: '12 Lantern Street, Oldbridge, UZ; Somewhere, XX; 5 Mill Lane, CH',
      end_date: '2020-10-15',
      alt_names: 'Karimanov Y.; ; KARIMANOV, Yusuf;-',
      citizenships: 'UZ; DE',
      source_information_url: 'http://lists.example/a',
      source_list_url: 'https://lists.example/b',
    });
    expect(read(CONSOLIDATED, fields)).toEqual({
      ok: true,
      entry: {
        id: 'a1',
        name: 'KARIMANOV, Yusuf',
        aliases: ['Karimanov Y.'],
        type: 'person',
        countries: ['UZ', 'CH', 'DE'],
        addresses: ['12 Lantern Street, Oldbridge, UZ', 'Somewhere, XX', '5 Mill Lane, CH'],
        programmes: ['MADE-UP', 'MADE-UP-2'],
        source: 'Made-up List (MUL) - Nobody’s Department',
        url: 'https://lists.example/b',
        until: '2020-10-15',
      },
    });
  });

  it('loses what a source adds to the name itself', () => {
    const named = (name: string) => {
      const found = read(CONSOLIDATED, row(CONSOLIDATED, { _id: '1', source: 'S', name }));
      return found.ok ? found.entry.name : found.reason;
    };
    expect(named('Zarkonil Import Company; and any successor, sub-unit, or subsidiary thereof')).toBe(
      'Zarkonil Import Company',
    );
    expect(named('Zarkonil Trading, a.k.a., the following two aliases: -Zarko; and -Nil')).toBe('Zarkonil Trading');
  });

  it('is known by its source and number where it has no id', () => {
    const found = read(CONSOLIDATED, row(CONSOLIDATED, { source: 'S', entity_number: '7', name: 'Zarkonil' }));
    expect(found).toMatchObject({ ok: true, entry: { id: 'S 7', type: 'unknown', countries: [], url: undefined } });
  });
});

describe('a row of the simple form', () => {
  const HEAD = 'id,name,aliases,type,country,address,programme,url';

  it.each([
    ['DE', ['DE']],
    ['de', ['DE']],
    ['Holland', ['NL']],
    ['西班牙', ['ES']],
    ['Kosovo', ['XK']],
    ['DE; France', ['DE', 'FR']],
    ['Nowhereland', []],
    ['', []],
  ])('reads the country “%s”', (country, countries) => {
    expect(read(HEAD, row(HEAD, { id: '1', name: 'Zarkonil', country }))).toMatchObject({
      ok: true,
      entry: { countries },
    });
  });

  it('may have its columns in any order, and more of them', () => {
    expect(read('Remark,NAME , id', ['x', 'Zarkonil', '1'])).toMatchObject({
      ok: true,
      entry: { id: '1', name: 'Zarkonil' },
    });
  });

  it.each([
    [['1', 'Zarkonil'], 'it has 2 columns, and the first line names 8'],
    [row(HEAD, { name: 'Zarkonil' }), 'it has no id'],
    [row(HEAD, { id: '1', name: 'N/A' }), 'it has no name that can be compared'],
    [row(HEAD, { id: '9', name: 'Zarkonil' }), 'an earlier line has the id 9'],
  ])('%j is broken', (fields, reason) => {
    expect(read(HEAD, fields, new Set(['9']))).toEqual({ ok: false, reason });
  });
});

describe('a first line', () => {
  it.each([['a,b,c'], ['<!DOCTYPE html>'], ['id;name'], ['source,name,type'], ['']])(
    '“%s” is of no known form',
    (line) => {
      expect(columnsOf(line.split(','))).toMatch(/^The first line must name the columns: .* It names /u);
    },
  );

  it('names no column twice', () => {
    expect(columnsOf(['id', 'name', 'Name'])).toBe('The first line names the column name twice.');
  });
});
