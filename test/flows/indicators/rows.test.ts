/** Files on countries: what is read of them, what is left out and named, and what is no such file. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectRows, indicatorColumns } from '../../../flows/indicators/rows.ts';
import { conflictFile, conflictRow, THIS_YEAR, vDemFile, vDemRow, versionOf } from '../../support/indicators.ts';
import { defaultPolicy } from '../policy/deals.ts';

const header = (text: string): string[] => text.split('\n')[0]!.split(',');
const columns = (...names: string[]) => indicatorColumns(names, defaultPolicy.indicators);

/** Why a row after a good one is left out. */
const reasonOf = (file: string, row: string): string => {
  const found = indicatorColumns(header(file), defaultPolicy.indicators);
  if (typeof found === 'string') throw new Error(found);
  const collected = collectRows(found, THIS_YEAR);
  const [good = '', next = ''] = [file.split('\n')[1] ?? '', row].map((line) => line.replaceAll('"', ''));
  expect(collected.take(good.split(','))).toEqual({ ok: true });
  const taken = collected.take(next.split(','));
  return taken.ok ? 'taken' : taken.reason;
};
const vDemReason = (row: string): string => reasonOf(vDemFile(vDemRow('SWE', 2025)), row);
const conflictReason = (row: string): string => reasonOf(conflictFile(conflictRow('1', 2025, '1')), row);

describe('V-Dem', () => {
  it('is read by the columns that the policy maps, of its newest year alone', () => {
    const read = versionOf(
      vDemFile(
        vDemRow('NOR', 2024, { v2x_rule: '0.1' }),
        vDemRow('NOR', 2025, { v2x_rule: '0.98' }),
        vDemRow('DDR', 1989),
        vDemRow('SWE', 2025, { v2x_rule: '', v2x_jucon: 'NA' }),
        vDemRow('SWE', 2023),
      ),
    );
    expect(read).toMatchObject({ dataset: 'v-dem', year: 2025, rows: 5, otherYears: 3, badRows: 0, unknown: [] });
    expect(Object.keys(read.values)).toEqual(['NO', 'SE']);
    expect(read.values['NO']).toEqual({
      v2x_freexp_altinf: 0.9,
      v2xcs_ccsi: 0.9,
      v2x_clphy: 0.9,
      v2x_rule: 0.98,
      v2x_jucon: 0.9,
      v2smgovsmmon_osp: 3.6,
    });
    expect(read.values['SE']).not.toHaveProperty('v2x_rule');
    expect(read.values['SE']).not.toHaveProperty('v2x_jucon');
  });

  it('says the same in whatever order its rows come', () => {
    const rows = [
      vDemRow('NOR', 2024, { v2x_rule: '0.1' }),
      vDemRow('NOR', 2025),
      vDemRow('SWE', 2025, { v2x_rule: '0.3' }),
      vDemRow('DDR', 1989),
      vDemRow('PSG', 2025),
      vDemRow('DNK', 2023),
    ];
    const usual = versionOf(vDemFile(...rows));
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const read = versionOf(vDemFile(...shuffled));
        expect(read.values).toEqual(usual.values);
        expect([read.year, read.otherYears, read.unknown]).toEqual([2025, 3, [{ code: 'PSG', name: 'Sample PSG' }]]);
      }),
    );
  });

  it('names a country that is none of ours, and leaves it out', () => {
    const read = versionOf(vDemFile(vDemRow('NOR', 2025), vDemRow('SML', 2025, { country_name: 'Somaliland' })));
    expect(read.unknown).toEqual([{ code: 'SML', name: 'Somaliland' }]);
    expect(Object.keys(read.values)).toEqual(['NO']);
  });

  it('leaves a country out that is there twice with different values, and keeps one that is there twice alike', () => {
    const twice = versionOf(
      vDemFile(
        vDemRow('NOR', 2025),
        vDemRow('NOR', 2025, { v2x_rule: '0.1' }),
        vDemRow('SWE', 2025),
        vDemRow('SWE', 2025),
      ),
    );
    expect(twice).toMatchObject({ doubled: ['NO'], badRows: 2 });
    expect(Object.keys(twice.values)).toEqual(['SE']);
  });

  it.each([
    [vDemRow('SWE', 2025), 'an earlier line has SWE for the same year'],
    [vDemRow('', 2025, { country_name: 'Nowhere' }), 'it names no country for "Nowhere"'],
    [vDemRow('NOR', 2027), '2027 is still to come'],
    [vDemRow('NOR', 2025, { year: 'soon' }), 'year is "soon"'],
    [vDemRow('NOR', 2025, { v2x_rule: '=1+1' }), 'v2x_rule is "=1+1", which is no number'],
    [vDemRow('NOR', 2025, { v2x_rule: '1.2' }), 'v2x_rule is 1.2, and goes from 0 to 1'],
    [vDemRow('NOR', 2025, { v2x_rule: '-0.1' }), 'v2x_rule is -0.1, and goes from 0 to 1'],
    [vDemRow('NOR', 2025, { v2x_rule: '0x1' }), 'v2x_rule is "0x1", which is no number'],
    ['NOR,2025', 'it has 2 columns, and the first line names 10'],
    [vDemRow('NOR', 2025), 'taken'],
    [vDemRow('NOR', 1999, { v2x_rule: 'old' }), 'taken'],
  ])('reads %s: %s', (row, reason) => {
    expect(vDemReason(row)).toBe(reason);
  });
});

describe('conflicts of UCDP', () => {
  it('are counted where they were fought, with the gravest of them', () => {
    const read = versionOf(
      conflictFile(
        conflictRow('1', 2025, '775'),
        conflictRow('2', 2025, '775', '2'),
        conflictRow('3', 2025, '750, 770'),
        conflictRow('3', 2024, '750, 770', '2'),
      ),
    );
    expect(read).toMatchObject({ dataset: 'ucdp', year: 2025, rows: 4, otherYears: 1, badRows: 0 });
    expect(read.values).toEqual({
      MM: { conflicts: 2, intensity: 2 },
      IN: { conflicts: 1, intensity: 1 },
      PK: { conflicts: 1, intensity: 1 },
    });
  });

  it.each([
    [conflictRow('1', 2025, '700'), 'an earlier line has the conflict "1" for the same year'],
    [conflictRow('', 2025, '700'), 'it has no conflict_id'],
    [conflictRow('9', 2025, ''), 'it names no country in gwno_loc'],
    [conflictRow('9', 2025, '700', '3'), 'intensity_level is "3", and must be 1 or 2'],
    [conflictRow('9', 2025, '700'), 'taken'],
  ])('reads %s: %s', (row, reason) => {
    expect(conflictReason(row)).toBe(reason);
  });

  it('names a state that is gone', () => {
    const read = versionOf(conflictFile(conflictRow('1', 2025, '345'), conflictRow('2', 2025, '700')));
    expect(read.unknown).toEqual([{ code: '345', name: 'Sample place' }]);
  });
});

describe('a first line', () => {
  it.each([
    [
      ['country', 'year', 'value'],
      /^The first line must name the columns: of V-Dem’s .* It names "country", "year", "value"\.$/u,
    ],
    [
      header(vDemFile()).filter((name) => name !== 'v2x_rule' && name !== 'v2x_jucon'),
      /^It lacks columns that the policy maps: v2x_rule and v2x_jucon\.$/u,
    ],
    [[...header(vDemFile()), 'v2x_rule'], /^The first line names the column v2x_rule twice\.$/u],
    [['', ''], /It names "", ""\.$/u],
  ])('that has %j is refused', (names, says) => {
    expect(columns(...names)).toMatch(says);
  });

  it('of a dataset that the policy does not map is refused', () => {
    expect(indicatorColumns(header(conflictFile()), defaultPolicy.indicators.slice(0, 1))).toMatch(
      /^It is a file of UCDP, and the policy maps nothing of it/u,
    );
  });

  it('may say that the file is made up', () => {
    expect(columns(...header(vDemFile()), 'made_up')).toMatchObject({ madeUp: true });
    expect(columns(...header(vDemFile()))).toMatchObject({ madeUp: false });
  });
});
