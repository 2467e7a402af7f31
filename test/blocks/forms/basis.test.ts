/** What a section's answers stand on: asked once for all of them, preselected for the next, kept on an error. */

import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { readSectionDraft, readSectionForm } from '../../../blocks/forms/section-read.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import type { Opened } from '../../../flows/deal/state.ts';
import { basisPolicy, lawsNote, SOURCE } from '../../support/basis-deals.ts';
import { aDeal, answered, aView } from '../../support/deal-builders.ts';
import { inputOf, names, presets, wordsOf } from './support.ts';

const viewOf = (overrides: Partial<Opened> = {}) => aView(aDeal(overrides), { policy: basisPolicy() });
const LINE = 'Sample report, 2026, https://reports.example.org/a';
const NO_TO_ALL: FormValues = { 'all:none': 'all' };
const errorsOf = (values: FormValues): Record<string, string> => {
  const read = readSectionForm(viewOf(), 'record', values);
  return read.ok ? {} : read.errors;
};
const answersOf = (values: FormValues, section = 'record') => {
  const read = readSectionForm(viewOf(), section, values);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

describe('the inputs', () => {
  it('stand in sections that need a basis, and nowhere else', () => {
    expect(names(sectionForm(viewOf(), 'record'))).toEqual(expect.arrayContaining(['b:sources', 'b:told']));
    expect(names(sectionForm(viewOf(), 'scope'))).not.toContain('b:sources');
    expect(inputOf(sectionForm(viewOf(), 'record'), 'b:sources').label).toBe('What do these answers stand on?');
    expect(wordsOf(sectionForm(viewOf(), 'record'))).toContain('stands on nothing counts as not known');
  });

  it('are empty in the first section', () => {
    const shown = presets(sectionForm(viewOf(), 'record'));
    expect([shown['b:sources'], shown['b:told']]).toEqual([undefined, undefined]);
  });

  it('are filled in from the section that was answered last', () => {
    const of = (at: string, basis: object) => ({ value: 'no', sources: [], basis, by: 'rep-1', at });
    const earlier = of('2027-03-10T08:00:00.000Z', { told: 'product-1' });
    const later = of('2027-03-11T08:00:00.000Z', { sources: [SOURCE] });
    for (const record of [
      { H1: earlier, H2: later },
      { H1: later, H2: earlier },
    ]) {
      expect(presets(sectionForm(viewOf({ answers: { record } }), 'laws'))).toMatchObject({ 'b:sources': LINE });
      expect(presets(sectionForm(viewOf({ answers: { record } }), 'laws'))['b:told']).toBeUndefined();
    }
  });

  it('say where nobody chose that person for this section', () => {
    const told = { value: 'no', sources: [], basis: { told: 'product-1' } };
    const answers = { record: answered({ H1: told, H2: told }) };
    const hintOf = (section: string, typed?: FormValues): string =>
      JSON.stringify(sectionForm(viewOf({ answers }), section, typed).blocks).includes('Taken over')
        ? 'taken over'
        : '';
    expect(hintOf('laws')).toBe('taken over');
    expect(hintOf('record')).toBe('');
    expect(hintOf('laws', { 'b:told': 'legal-1' })).toBe('');
  });

  it('show the section’s own again, never another’s', () => {
    const told = { value: 'no', sources: [], basis: { told: 'product-1' } };
    const laws = answered({ L2: { value: 'yes', sources: [], basis: { sources: [SOURCE] } } });
    const answers = { record: answered({ H1: told, H2: told }), laws };
    expect(presets(sectionForm(viewOf({ answers }), 'record'))).toMatchObject({ 'b:told': 'product-1' });
    expect(presets(sectionForm(viewOf({ answers }), 'record'))['b:sources']).toBeUndefined();
    const without = { ...answers, record: answered({ H1: 'yes', H2: 'yes' }) };
    expect(presets(sectionForm(viewOf({ answers: without }), 'record'))['b:sources']).toBeUndefined();
  });

  it('keep what was typed when the form comes back with an error', () => {
    const typed = { 'all:none': 'one', 'q:H1': 'no', 'b:sources': 'not a source, http://x', 'b:told': 'product-1' };
    const errors = errorsOf(typed);
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(['q:H2', 'b:sources']));
    expect(presets(sectionForm(viewOf(), 'record', typed, errors))).toMatchObject({
      'b:sources': 'not a source, http://x',
      'b:told': 'product-1',
    });
  });
});

describe('what is read', () => {
  it('stands under every good answer of the one press', () => {
    expect(answersOf({ ...NO_TO_ALL, 'b:sources': LINE, 'b:told': 'product-1' })).toMatchObject({
      H1: { value: 'no', basis: { sources: [SOURCE], told: 'product-1' } },
      H2: { value: 'no', basis: { sources: [SOURCE], told: 'product-1' } },
    });
  });

  it('is kept as the source of what is said against the deal where no good answer takes it, also for later', () => {
    const typed = { 'all:none': 'one', 'q:H1': 'yes', 'b:sources': LINE };
    const { answers, errors } = readSectionDraft(viewOf(), 'record', typed);
    expect(errors).toEqual({});
    expect(answers['H1']).toMatchObject({ value: 'yes', sources: [SOURCE] });
    expect(answersOf({ ...typed, 'q:H2': 'unknown' })).toMatchObject({
      H1: { value: 'yes', sources: [SOURCE] },
      H2: { value: 'unknown', sources: [] },
    });
    expect(answersOf({ ...typed, 'q:H2': 'no' })).toMatchObject({
      H1: { sources: [] },
      H2: { basis: { sources: [SOURCE] } },
    });
  });

  it('is not lost where there is no answer yet, or each has its own', () => {
    const lost = { 'b:sources': expect.stringContaining('No answer here takes this source') };
    const { answers, errors } = readSectionDraft(viewOf(), 'record', { 'b:sources': LINE });
    expect([answers, errors]).toEqual([{}, lost]);
    const own = { 'all:none': 'one', 'q:H1': 'yes', 's:H1': LINE, 'q:H2': 'no', 's:H2': LINE };
    expect(errorsOf({ ...own, 'b:sources': `They follow the strikers, ${LINE}` })).toEqual(lost);
    expect(errorsOf({ 'all:none': 'one', 'b:sources': LINE })['b:sources']).toBeUndefined();
    // Typed twice, it is kept where an answer has it.
    expect(errorsOf({ ...own, 'b:sources': LINE })).toEqual({});
  });

  it('is nothing new where the section began with it', () => {
    const before = answered({ L2: { value: 'yes', sources: [], basis: { sources: [SOURCE] } } });
    const read = readSectionDraft(viewOf({ answers: { laws: before } }), 'record', { 'b:sources': LINE });
    expect(read.errors).toEqual({});
  });

  it('stands under none where nothing is named', () => {
    for (const answer of Object.values(answersOf(NO_TO_ALL))) expect(answer.basis).toBeUndefined();
  });

  it('stands under no bad answer, and none that has a source of its own', () => {
    const { H1, H2 } = answersOf({ 'all:none': 'one', 'q:H1': 'yes', 'q:H2': 'no', 'b:sources': LINE });
    expect([H1?.basis, H2?.basis]).toEqual([undefined, { sources: [SOURCE] }]);
  });

  it('stands under no question for counsel', () => {
    const { L1, L2 } = answersOf({ 'q:L1': 'yes', 'q:L2': 'yes', 'b:sources': LINE }, 'laws');
    expect([L1?.basis, L2?.basis]).toEqual([undefined, { sources: [SOURCE] }]);
  });

  it('names somebody of the organisation', () => {
    expect(errorsOf({ ...NO_TO_ALL, 'b:told': 'nobody-1' })).toHaveProperty(['b:told']);
  });
});

describe('a source that others can’t look up', () => {
  const record = { 'all:none': 'one', 'q:H1': 'no', 'q:H2': 'no' };
  it.each([
    ['They told me at dinner that they pick marchers with it', /^Line 1: a source has a name.*note under its question/],
    ['Sample report', /^Line 1: add the year/],
    ['Sample report, https://reports.example.org', /^Line 1: add the year/],
    ['Sample report, 2026', /^Line 1: add the link/],
    [`${LINE}\n\nAnother, 2026`, /^Line 3: add the link/],
    ['x, 2026, https://reports.example.org', /^Line 1: add the name/],
    ['N/A, 2026, https://reports.example.org', /^Line 1: add the name/],
    ['Sample report, 1989, https://reports.example.org', /^Line 1: .*1990/],
    ['Sample report, 2028, https://reports.example.org', /^Line 1: 2028 is a year to come/],
    ['Sample report, 2026, https://wiki.internal/a', /^Line 1: give a link that others can open/],
    ['Sample report, 2026, https://192.168.0.1/a', /^Line 1: give a link that others can open/],
  ])('is refused with what it lacks, and kept: %j', (line, message) => {
    const typed = { ...record, 'b:sources': line };
    const errors = errorsOf(typed);
    expect(errors).toEqual({ 'b:sources': expect.stringMatching(message) });
    expect(presets(sectionForm(viewOf(), 'record', typed, errors))).toMatchObject({ 'b:sources': line });
    // Under the answer itself it is worth as little.
    expect(errorsOf({ ...record, 's:H1': line })).toEqual({ 's:H1': expect.stringMatching(message) });
  });

  it('may stand under an answer that speaks against the deal', () => {
    const { H1 } = answersOf({ ...record, 'q:H1': 'yes', 's:H1': 'A colleague at a fair' });
    expect(H1?.sources).toEqual([{ name: 'A colleague at a fair' }]);
  });
});

describe('counsel’s note', () => {
  const laws = (overrides: Partial<Opened> = {}) => wordsOf(sectionForm(viewOf(overrides), 'laws'));
  it('is shown where it stands', () => {
    expect(laws({ laws: lawsNote() })).toContain('Counsel’s note on Norway stands');
    expect(laws({ laws: lawsNote() })).not.toContain('deal.ask-counsel');
  });
  it('can be asked for where it does not', () => {
    for (const text of [laws(), laws({ laws: lawsNote({ country: 'SE' }) })]) {
      expect(text).toContain('Counsel has written no note on Norway yet');
      expect(text).toContain('deal.ask-counsel');
    }
    expect(laws({ counselAsked: { by: 'rep-1', at: '2027-03-01T09:00:00.000Z' } })).toContain('Ask counsel again');
  });
  it('is not spoken of in other sections', () => {
    expect(wordsOf(sectionForm(viewOf(), 'record'))).not.toContain('Counsel');
  });
});
