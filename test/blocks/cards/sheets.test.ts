/** Messages about sheets: a button is there for who can use it. */

import { describe, expect, it } from 'vitest';
import { sheetFactCard } from '../../../blocks/cards/sheets.ts';
import type { SheetsFact } from '../../../flows/registers/sheet-shapes.ts';
import type { SheetOf } from '../../../flows/sheet.ts';
import { COUNTRY, MILD, PRODUCT, sheetContext, sheetPlay } from '../../support/sheets.ts';
import { plain, presses } from './plain.ts';

const play = sheetPlay().save('product-1', PRODUCT, { ...MILD, P5: 'yes' });
const waiting = play.save('product-1', PRODUCT, { P5: 'no' }, { why: 'That part was taken out.' });
const disputed = play.and('rep-1', {
  type: 'DisputeSheet',
  sheet: 'product:analytics',
  questions: ['P1'],
  reason: 'It records faces.',
});
const drawn = (fact: SheetsFact, reader: string, state = waiting.state) =>
  sheetFactCard(fact, state, { ...sheetContext(), now: '2027-03-01T09:00:00.000Z', deals: [], reader });

const until = '2028-02-01';
const runOut = (of: 'overdue' | 'escalation', sheets: SheetOf[]): SheetsFact => ({
  fact: 'sheets run out',
  of,
  sheets: sheets.map((on) => ({ on, until })),
});

describe('a sheet that runs out', () => {
  it('has a button for each that the reader may fill in, and none for a manager who may not', () => {
    const fact = runOut('escalation', [PRODUCT, COUNTRY]);
    expect(presses(drawn(fact, 'product-1'))).toEqual(['desk.sheet product/analytics']);
    expect(presses(drawn(fact, 'compliance-1'))).toEqual(['desk.sheet product/analytics', 'desk.sheet country/NO']);
    expect(presses(drawn(fact, 'boss-1'))).toEqual([]);
    expect(plain(drawn(fact, 'boss-1'))).toContain('Please ask them');
  });

  it('is in the list of all where there are more than buttons', () => {
    const many = ['NO', 'SE', 'DK', 'FI', 'IS', 'DE', 'FR'].map((country): SheetOf => ({ of: 'country', country }));
    const card = drawn(runOut('overdue', many), 'counsel-1');
    expect(presses(card)).toHaveLength(6);
    expect(presses(card)).toContain('desk.sheets country/1');
  });
});

describe('what waits for somebody', () => {
  const waits = waiting.of(PRODUCT).waits!;
  it('of lighter answers is decided by compliance, and not by who gave them', () => {
    const fact: SheetsFact = {
      fact: 'sheet waits',
      sheet: 'product:analytics',
      on: PRODUCT,
      by: waits.by,
      why: waits.why,
      questions: ['P5'],
    };
    expect(presses(drawn(fact, 'compliance-1'))).toEqual(['desk.judge-sheet product:analytics']);
    expect(presses(drawn(fact, 'product-1'))).toEqual([]);
  });

  it('of a dispute is answered by who looks after the sheet, and settled by who did not give the answer', () => {
    const dispute = disputed.of(PRODUCT).disputes[0]!;
    const fact: SheetsFact = { fact: 'sheet disputed', sheet: 'product:analytics', on: PRODUCT, dispute };
    const id = `desk.settle-dispute ${dispute.id}/product:analytics`;
    expect(presses(drawn(fact, 'compliance-1', disputed.state))).toEqual(['desk.sheet product/analytics', id]);
    expect(presses(drawn(fact, 'product-1', disputed.state))).toEqual(['desk.sheet product/analytics']);
    expect(plain(drawn(fact, 'product-1', disputed.state))).toContain('somebody else says why it stays');
    expect(presses(drawn(fact, 'senior-1', disputed.state))).toEqual([]);
  });
});
