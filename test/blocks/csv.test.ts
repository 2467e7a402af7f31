import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvText } from '../../blocks/csv.ts';
import { digestRow, DIGEST_COLUMNS } from '../../blocks/digest-csv.ts';
import { everyLine, nothingShown, shownWith } from '../support/digests.ts';

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1', "'+49 30 1"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'=1"],
    ['\r=1', "'=1"],
    ['\tplain', "'plain"],
    ['  =1', "'=1"],
    ['"=1"', `"'""=1"""`],
    ['\u202E=1', "'=1"],
    ['\u200B@x', "'@x"],
    ['＝1', "'＝1"],
    ["'=1", "''=1"],
    ['say "hi"', '"say ""hi"""'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['two\nlines', 'two lines'],
    ['a=b', 'a=b'],
    ['', ''],
    [-5, '-5'],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  it('never begins a formula, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const read = csvCell(value).replace(/^"|"$/g, '').replaceAll('""', '"');
        expect(read).not.toMatch(/^[\s"]*[=+\-@\t\r]/u);
        expect(csvCell(value)).not.toMatch(/[\r\n\u202A-\u202E]/);
      }),
    );
  });
});

it('opens as UTF-8, a row a line', () => {
  expect(
    csvText([
      ['a', 'Zoë'],
      [1, '=x'],
    ]),
  ).toBe("\uFEFFa,Zoë\r\n1,'=x\r\n");
});

describe('a line of a digest', () => {
  it.each(everyLine.map((line) => [line.of, line] as const))('is a row: %s', (of, line) => {
    for (const shown of [shownWith, nothingShown]) {
      const row = digestRow(line, shown);
      expect(row).toHaveLength(DIGEST_COLUMNS.length);
      expect(row.slice(0, 3)).toEqual([of, line.days, line.deal ?? '']);
    }
  });

  it('names the deal, the people and the condition', () => {
    const overdue = everyLine.find(({ of }) => of === 'condition overdue')!;
    expect(digestRow(overdue, shownWith)).toEqual([
      'condition overdue',
      overdue.days,
      overdue.deal,
      'Sample Telecom',
      expect.any(String),
      expect.any(String),
      expect.any(String),
      expect.any(String),
      'Sample Counsel; Sample Senior One',
      'End access on misuse',
    ]);
  });
});
