/** What data suggests at a question of a brief: confirmed by a person it is their answer on that source; it never is one by itself. */

import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { readSheetForm, sheetForm } from '../../../blocks/forms/sheet.ts';
import type { DatasetsInUse } from '../../../flows/indicators/suggest.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { defaultDocument, defaultPolicy } from '../../flows/policy/deals.ts';
import { inUse, vDem } from '../../support/indicators.ts';
import { COUNTRY, sheetContext, sheetPlay, type SheetPlay } from '../../support/sheets.ts';
import { presets } from './support.ts';

const low = inUse(vDem({ v2x_freexp_altinf: '0.12' }));
const SOURCE = { name: 'V-Dem 2025: freedom of expression 0.12 of 1', year: 2025, url: 'https://www.v-dem.net/' };
const LINE = 'V-Dem 2025: freedom of expression 0.12 of 1, 2025, https://www.v-dem.net/';
const ON = { dataset: 'v-dem', year: 2025, indicator: 'expression', value: 0.12 } as const;
const TICK = { 'd:L-RF2': ['expression@2025'] };

const options = (play: SheetPlay | undefined, datasets: DatasetsInUse = low, policy = defaultPolicy) => ({
  policy,
  on: COUNTRY,
  sheet: play?.state.sheets['country:NO'],
  months: 12,
  datasets,
});
const read = (values: FormValues, play?: SheetPlay, datasets?: DatasetsInUse) => {
  const found = readSheetForm(options(play, datasets), values);
  return found.ok ? found.value.answers['L-RF2'] : found.errors;
};
const drawn = (play?: SheetPlay, datasets?: DatasetsInUse, values?: FormValues) =>
  sheetForm(options(play, datasets), values);
const words = (form = drawn()): string => JSON.stringify(form.blocks);
const ticks = (form = drawn()): string[] =>
  form.blocks.flatMap((block) => (block.kind === 'input' && block.name.startsWith('d:') ? [block.name] : []));
const said = (value: string, note?: string): SheetPlay =>
  sheetPlay().and('counsel-1', {
    type: 'SaveSheet',
    on: COUNTRY,
    from: 0,
    answers: {
      'L-RF2': {
        value,
        sources: [{ name: 'Sample report', year: 2024, url: 'https://reports.example.org/a' }],
        ...(note === undefined ? {} : { note }),
      },
    },
  });

describe('a suggestion in the form of a brief', () => {
  it('stands at its question with dataset, year and value, and nothing is chosen', () => {
    expect(words()).toContain('V-Dem 2025, freedom of expression 0.12 of 1');
    expect(words()).toContain(': suggests “Yes”.');
    expect(ticks()).toEqual(['d:L-RF2']);
    expect(presets(drawn())).toEqual({});
    const at = drawn().blocks.findIndex((block) => block.kind === 'input' && block.name === 'q:L-RF2');
    const tick = drawn().blocks.findIndex((block) => block.kind === 'input' && block.name === 'd:L-RF2');
    expect(tick).toBeGreaterThan(at);
    expect(tick - at).toBeLessThan(7);
  });

  it('is no answer unless somebody confirms it', () => {
    expect(readSheetForm(options(undefined), {})).toMatchObject({ ok: true, value: { answers: {} } });
  });

  it('that is confirmed is the person’s answer, on that source', () => {
    expect(read(TICK)).toEqual({ value: 'yes', sources: [SOURCE], suggested: [ON] });
    expect(read({ ...TICK, 'q:L-RF2': 'yes' })).toMatchObject({ value: 'yes', suggested: [ON] });
  });

  it('keeps what else is typed there', () => {
    expect(read({ ...TICK, 'n:L-RF2': 'Two editors were jailed.', 's:L-RF2': 'Sample report, 2026' })).toMatchObject({
      value: 'yes',
      note: 'Two editors were jailed.',
      sources: [{ name: 'Sample report', year: 2026 }, SOURCE],
    });
    expect(read({ ...TICK, 's:L-RF2': LINE })).toMatchObject({ sources: [SOURCE] });
  });

  it('and another answer exclude each other', () => {
    expect(read({ ...TICK, 'q:L-RF2': 'no' })).toEqual({
      'd:L-RF2': 'You chose another answer above. Please change one of the two.',
    });
  });

  it('takes the place of an answer that stood there unchanged, with its note and sources', () => {
    const play = said('no', 'Nothing was found.');
    const values = { ...presets(drawn(play)), ...TICK } as FormValues;
    expect(values).toMatchObject({ 'q:L-RF2': 'no', 'n:L-RF2': 'Nothing was found.' });
    expect(words(drawn(play))).toContain('That is heavier than what stands: “No”.');
    expect(read(values, play)).toEqual({ value: 'yes', sources: [SOURCE], suggested: [ON] });
  });

  it('that is lighter than what stands is shown, and cannot be pressed', () => {
    const document = defaultDocument();
    document.indicators = [
      {
        id: 'free',
        dataset: 'v-dem',
        variable: 'v2x_freexp_altinf',
        title: 'freedom of expression',
        atLeast: 0.9,
        question: 'L-RF2',
        answer: 'no',
      },
    ];
    const policy = compile(document, 'sample');
    const high = inUse(vDem({ v2x_freexp_altinf: '0.99' }));
    const form = sheetForm(options(said('yes'), high, policy));
    expect(words(form)).toContain('That is lighter than what stands: “Yes” counts on.');
    expect(ticks(form)).toEqual([]);
    expect(presets(form)).toMatchObject({ 'q:L-RF2': 'yes' });
    const forged = readSheetForm(options(said('yes'), high, policy), {
      ...presets(form),
      'd:L-RF2': ['free@2025'],
    } as FormValues);
    expect(forged).toMatchObject({ ok: false, errors: { 'd:L-RF2': expect.stringContaining('another by now') } });
    expect(ticks(sheetForm(options(undefined, high, policy)))).toEqual(['d:L-RF2']);
  });

  it('of a year that is not in use any more, or that nobody made, is not taken', () => {
    for (const forged of ['expression@2024', 'nothing@2025', 'expression@2025 '])
      expect(read({ 'd:L-RF2': [forged] })).toMatchObject({ 'd:L-RF2': expect.stringContaining('another by now') });
    expect(read(TICK, undefined, inUse(vDem({ v2x_freexp_altinf: '0.99' })))).toMatchObject({
      'd:L-RF2': expect.stringContaining('another by now'),
    });
  });

  it('on which the answer stands is said, and not asked again; saved as it is, it stands on it still', () => {
    const play = sheetPlay().and('counsel-1', {
      type: 'SaveSheet',
      on: COUNTRY,
      from: 0,
      answers: { 'L-RF2': { value: 'yes', sources: [SOURCE], suggested: [ON] } },
    });
    const form = drawn(play);
    expect(words(form)).toContain('The answer stands on it.');
    expect(ticks(form)).toEqual([]);
    expect(read(presets(form) as FormValues, play)).toEqual({ value: 'yes', sources: [SOURCE], suggested: [ON] });
    const without = { ...presets(form), 's:L-RF2': 'Sample report, 2026' } as FormValues;
    expect(read(without, play)).not.toHaveProperty('suggested');
  });

  it('that moved since somebody confirmed it says so, and the answer stays', () => {
    const play = sheetPlay().and('counsel-1', {
      type: 'SaveSheet',
      on: COUNTRY,
      from: 0,
      answers: { 'L-RF2': { value: 'yes', sources: [SOURCE], suggested: [ON] } },
    });
    const newer = inUse(vDem({ v2x_freexp_altinf: '0.55' }, 2026));
    const form = drawn(play, newer);
    expect(words(form)).toContain(
      'It stands on V-Dem 2025, freedom of expression 0.12 of 1. V-Dem 2026 has 0.55 of 1, which suggests it no more.',
    );
    expect(read(presets(form) as FormValues, play, newer)).toMatchObject({ value: 'yes', suggested: [ON] });
  });

  it('never makes a brief lighter: the register wants a reason, and compliance, as for any other answer', () => {
    const play = said('yes');
    expect(
      play.refused('counsel-1', {
        type: 'SaveSheet',
        on: COUNTRY,
        from: 1,
        answers: { 'L-RF2': { value: 'no', sources: [SOURCE], suggested: [ON] } },
      }),
    ).toContain('Please say why');
    expect(sheetContext().policy?.indicators.every(({ answer }) => answer === 'yes')).toBe(true);
  });
});
