/** Suggestions: only ever what a value says, never an answer, never lighter than a person's. */

import { describe, expect, it } from 'vitest';
import { dataset, datasetWords, valueWords } from '../../../flows/dataset.ts';
import { sourceProblem } from '../../../flows/deal/basis/source.ts';
import {
  movedUnder,
  standingOf,
  suggestedWords,
  suggestionSource,
  suggestionsOf,
} from '../../../flows/indicators/suggest.ts';
import type { FactValue } from '../../../flows/policy/policy.ts';
import type { SheetAnswer } from '../../../flows/sheet.ts';
import { conflictFile, conflictRow, inUse, vDem, versionOf } from '../../support/indicators.ts';
import { defaultPolicy } from '../policy/deals.ts';

const low = vDem({ v2x_freexp_altinf: '0.12' });
const suggested = (...versions: Parameters<typeof inUse>) => suggestionsOf(defaultPolicy, inUse(...versions), 'NO');
const answer = (value: FactValue, more: Partial<SheetAnswer> = {}): SheetAnswer => ({
  value,
  sources: [],
  by: 'counsel-1',
  at: '2026-11-03T09:00:00.000Z',
  ...more,
});

describe('a suggestion', () => {
  it('says which value of which year suggests which answer', () => {
    const [one, ...more] = suggested(low);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ question: 'L-RF2', answer: 'yes' });
    expect(suggestedWords(one!)).toBe('V-Dem 2025, freedom of expression 0.12 of 1');
  });

  it('is a source that counts as one', () => {
    const source = suggestionSource(suggested(low)[0]!);
    expect(source).toEqual({
      name: 'V-Dem 2025: freedom of expression 0.12 of 1',
      year: 2025,
      url: 'https://www.v-dem.net/',
    });
    expect(sourceProblem(source, '2026-11-27T09:00:00.000Z')).toBeUndefined();
  });

  it('comes from each side of its line', () => {
    expect(suggested(vDem({ v2x_freexp_altinf: '0.4' }))).toEqual([]);
    expect(suggested(vDem({ v2x_freexp_altinf: '0.399' }))).toHaveLength(1);
    const conflict = versionOf(conflictFile(conflictRow('1', 2025, '385')));
    expect(suggested(conflict).map(({ question }) => question)).toEqual(['H-RF3-conflict']);
    expect(suggestionsOf(defaultPolicy, inUse(conflict), 'SE')).toEqual([]);
  });

  it('is none where a file says that all is well: a country’s own brief counts on', () => {
    expect(suggested(vDem({ v2x_freexp_altinf: '0.99' }))).toEqual([]);
  });

  it('of a made-up file says so, and leads to no publisher', () => {
    const [one] = suggested({ ...low, madeUp: true });
    expect(suggestedWords(one!)).toBe('Made-up V-Dem 2025, freedom of expression 0.12 of 1');
    expect(suggestionSource(one!).url).toContain('example.org');
  });

  it('stands to an answer as what it is', () => {
    const one = suggested(low)[0]!;
    const { indicator, dataset: from, year, value } = one;
    const on = { indicator, dataset: from, year, value };
    const stand = (given?: SheetAnswer) => standingOf(defaultPolicy, one, given);
    expect(stand()).toBe('unanswered');
    expect(stand(answer('no'))).toBe('heavier');
    expect(stand(answer('unknown'))).toBe('heavier');
    expect(stand(answer('yes'))).toBe('same');
    expect(stand(answer('yes', { suggested: [on] }))).toBe('stands');
    expect(stand(answer('yes', { suggested: [{ ...on, year: 2024 }] }))).toBe('same');
    const lighter = { ...one, answer: 'no' };
    expect(standingOf(defaultPolicy, lighter, answer('yes'))).toBe('lighter');
    expect(standingOf(defaultPolicy, lighter, answer('unknown'))).toBe('lighter');
  });

  it('moves under an answer that stands on it, when a new year says otherwise', () => {
    const { indicator, dataset: from, year, value } = suggested(low)[0]!;
    const given = answer('yes', { suggested: [{ indicator, dataset: from, year, value }] });
    const moved = (...versions: Parameters<typeof inUse>) => movedUnder(defaultPolicy, inUse(...versions), 'NO', given);
    expect(moved(low)).toEqual([]);
    expect(moved()).toEqual([]);
    expect(moved(vDem({ v2x_freexp_altinf: '0.12' }, 2026))).toEqual([]);
    expect(moved(vDem({ v2x_freexp_altinf: '0.55' }, 2026))).toMatchObject([
      { year: 2026, now: { value: 0.55, suggests: false } },
    ]);
    expect(moved(vDem({ v2x_freexp_altinf: '' }, 2026))).toMatchObject([{ now: undefined }]);
  });
});

describe('words', () => {
  it('keep a value as its publisher prints it', () => {
    expect(valueWords(0.1234, 1)).toBe('0.123 of 1');
    expect(valueWords(2)).toBe('2');
    expect(datasetWords({ dataset: 'ucdp', year: 2025 })).toBe('UCDP 2025');
    for (const { url } of Object.values(dataset)) expect(url).toMatch(/^https:\/\//u);
  });
});
