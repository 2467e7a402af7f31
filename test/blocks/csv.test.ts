import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvText } from '../../blocks/csv.ts';
import { digestRow, DIGEST_COLUMNS } from '../../blocks/digest-csv.ts';
import { factsIn, LIST_COLUMNS, listRow } from '../../blocks/list-csv.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { summaryOf } from '../../flows/lists/summary.ts';
import { aDecidingDeal, aView, NOW } from '../support/deal-builders.ts';
import { everyLine, nothingShown, shownWith } from '../support/digests.ts';
import { askedAgainDeal, saidOut, toReassess } from '../support/every-deal.ts';

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

  it('says why a deal is looked at again, not by which id', () => {
    const why = 'The product sheet of Sample Analytics says worse by now.';
    const task = { id: 'sheet-product:analytics:2', trigger: 'A4', why, by: 'system', since: NOW, due: '2027-03-01' };
    const view = aView({ ...toReassess, reassessments: [task] } as OpenedDeal);
    const of = { organisation: view.organisation, deals: new Map([[view.deal.id, view]]) };
    const line = {
      of: 'reassessment overdue' as const,
      deal: view.deal.id,
      people: ['rep-1'],
      days: 3,
      about: task.id,
    };
    expect(digestRow(line, of).at(-1)).toBe(why);
    expect(digestRow({ ...line, about: 'renewal-contract-2029-06-01' }, of).at(-1)).toBe('The contract is renewed.');
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

describe('a deal of a list', () => {
  const organisation = aView().organisation;
  const rowOf = (deal: OpenedDeal, now = NOW): Record<string, unknown> => {
    const facts = factsIn({ organisation, now })(summaryOf(aView(deal, { now })));
    return Object.fromEntries(LIST_COLUMNS.map((column, n) => [column, listRow(facts)[n]]));
  };

  it('says what waits to be confirmed', () => {
    expect(rowOf(saidOut)).toMatchObject({
      'to confirm': 'out of scope',
      reassessment: 'none',
      'reassessment due': '',
    });
    const own = { id: 'own-1', title: 'Not named', by: 'senior-1', at: NOW, weight: 'moderate', status: 'pending' };
    expect(rowOf(aDecidingDeal({ ownFlags: [own] } as never))).toMatchObject({ 'to confirm': 'flag' });
    expect(rowOf(aDecidingDeal())).toMatchObject({ 'to confirm': '' });
  });
  it('says how many gaps compliance accepted and how many flags fell', () => {
    const fell = [
      { flags: ['H-RF1', 'H-RF3'], by: 'rep-1', at: NOW, why: 'It was another ministry.' },
      { flags: ['H-RF1'], by: 'rep-1', at: NOW, why: 'Again.' },
    ];
    expect(rowOf(aDecidingDeal({ fell }))).toMatchObject({ 'gaps accepted': 0, 'flags fallen': 2 });
    const gone = summaryOf(aView(aDecidingDeal({ fell })));
    const old = factsIn({ organisation, now: NOW })({ ...gone, accepted: undefined, fell: undefined });
    expect(old).toMatchObject({ gapsAccepted: null, flagsFallen: null });
  });
  it('says that it is to be looked at again, until when, and that it is late, also once that was begun', () => {
    expect(rowOf(toReassess, '2027-03-12T10:00:00.000Z')).toMatchObject({
      reassessment: 'asked',
      'reassessment due': '2027-03-01',
      overdue: 'yes',
    });
    expect(rowOf(askedAgainDeal, '2027-03-12T10:00:00.000Z')).toMatchObject({
      reassessment: 'begun',
      'reassessment due': '2027-03-01',
      overdue: 'yes',
    });
    expect(rowOf(askedAgainDeal, '2027-02-12T10:00:00.000Z')).toMatchObject({ reassessment: 'begun', overdue: 'no' });
  });
});
