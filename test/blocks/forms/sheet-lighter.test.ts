/** The form of a sheet asks why exactly where the register wants a reason. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheetForm, sheetForm } from '../../../blocks/forms/sheet.ts';
import { sheets } from '../../../flows/registers/sheets.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { runs } from '../../support/runs.ts';
import { MILD, PRODUCT, sheetContext, sheetPlay, type SheetPlay } from '../../support/sheets.ts';
import { names } from './support.ts';

const IDS = ['P1', 'P2', 'P5', 'P-RF1'] as const;
const LINE = 'Sample datasheet, 2026, https://makers.example.org/sheet';
type Said = Partial<Record<(typeof IDS)[number], string>>;

const valuesOf = (said: Said, note: string) => ({
  ...Object.fromEntries(Object.entries(said).map(([id, value]) => [`q:${id}`, value])),
  ...(note === '' ? {} : Object.fromEntries(Object.keys(said).map((id) => [`n:${id}`, note]))),
  'b:sources': LINE,
});
const optionsOf = (play: SheetPlay) => ({
  policy: defaultPolicy,
  on: PRODUCT,
  sheet: play.state.sheets['product:analytics'],
  months: 12,
});

/** Whether the register refuses what the form reads, for want of a reason. */
const wantsWhy = (play: SheetPlay, values: Record<string, string>): boolean => {
  const read = readSheetForm(optionsOf(play), { ...values, why: 'That part was taken out.' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const decided = sheets.decide(
    { type: 'SaveSheet', on: PRODUCT, from: optionsOf(play).sheet?.version ?? 0, answers: read.value.answers },
    play.state,
    { actor: 'product-1', at: '2027-03-01T09:00:00.000Z', id: 'x' },
    sheetContext(),
  );
  return decided.kind === 'refused' && decided.refusal.about === 'why';
};
const asksWhy = (play: SheetPlay, values: Record<string, string>): boolean =>
  names(sheetForm(optionsOf(play), values)).includes('why');

const WHY = { why: 'That part was taken out.' };
const worse = sheetPlay().save('product-1', PRODUCT, { ...MILD, P5: 'yes' });

describe('the form asks why', () => {
  it('where a lighter answer that waits is given otherwise', () => {
    const waiting = worse.save('product-1', PRODUCT, { P5: 'no' }, WHY);
    const values = valuesOf({ P5: 'no' }, 'Seen on the label.');
    expect(wantsWhy(waiting, values)).toBe(true);
    expect(asksWhy(waiting, values)).toBe(true);
  });

  it('where what was not known is found out to be well, and was said against deals before', () => {
    const open = worse
      .save('product-1', PRODUCT, { P5: 'unknown' }, WHY)
      .and('compliance-1', { type: 'ConfirmSheet', sheet: 'product:analytics', asOf: '2027-02-01T09:01:00.000Z' });
    const values = valuesOf({ P5: 'no' }, '');
    expect(wantsWhy(open, values)).toBe(true);
    expect(asksWhy(open, values)).toBe(true);
  });

  it('exactly where the register does', () => {
    const said = fc.record(
      Object.fromEntries(IDS.map((id) => [id, fc.constantFrom('yes', 'no', 'unknown')])) as Record<
        (typeof IDS)[number],
        fc.Arbitrary<string>
      >,
      { requiredKeys: ['P1'] },
    );
    const step = fc.record({ said, note: fc.constantFrom('', 'As the label says.'), confirm: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        let play = sheetPlay();
        for (const { said: given, note, confirm } of steps) {
          const values = valuesOf(given, note);
          expect(asksWhy(play, values)).toBe(wantsWhy(play, values));
          const read = readSheetForm(optionsOf(play), { ...values, ...WHY });
          if (!read.ok) throw new Error(JSON.stringify(read.errors));
          const from = optionsOf(play).sheet?.version ?? 0;
          play = play.and('product-1', { type: 'SaveSheet', on: PRODUCT, from, answers: read.value.answers, ...WHY });
          const waits = optionsOf(play).sheet?.waits;
          if (confirm && waits)
            play = play.and('compliance-1', { type: 'ConfirmSheet', sheet: 'product:analytics', asOf: waits.at });
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
