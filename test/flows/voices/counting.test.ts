import { expect, it } from 'vitest';
import { countIn, countOf, rangeOf, yearLines, type CaseCount } from '../../../flows/voices/counting.ts';
import { workOf } from '../../../flows/voices/steps.ts';

const count: CaseCount = {
  year: 2026,
  found: 'credible',
  outcome: 'partly',
  remedied: true,
  acknowledged: 3,
  answered: 60,
  reopened: false,
};

it('counts classes and days of a case, and no word of it', () => {
  const work = workOf([
    { number: 1, by: 'h-1', step: { kind: 'finding', as: 'not ours', why: 'It is about Sample Other.' } },
  ]);
  const events = [
    { kind: 'acknowledged' as const, by: 'h-1', day: '2026-12-30' },
    { kind: 'feedback' as const, by: 'h-1', day: '2027-01-05' },
  ];
  expect(countOf({ day: '2026-12-28', events }, work)).toEqual({
    year: 2026,
    found: 'not ours',
    remedied: false,
    acknowledged: 2,
    answered: 8,
    reopened: false,
  });
  expect(countOf({ day: '2026-12-28', events }, workOf([]))).toBeUndefined();
});

it('reads a count back, and nothing else', () => {
  expect(countIn({ kind: 'count', count })).toEqual(count);
  for (const wrong of [{ ...count, found: 'x' }, { ...count, year: '2026' }, { ...count, answered: 'soon' }, null]) {
    expect(countIn({ kind: 'count', count: wrong })).toBeUndefined();
  }
  expect(countIn({ kind: 'words', count })).toBeUndefined();
});

it('hands on ranges, never a number of few', () => {
  expect([0, 1, 4, 5, 9, 10, 24, 25, 999, 1000, 5000].map(rangeOf)).toEqual([
    'none',
    '1 to 4',
    '1 to 4',
    '5 to 9',
    '5 to 9',
    '10 to 24',
    '10 to 24',
    '25 to 49',
    '500 to 999',
    '1000 or more',
    '1000 or more',
  ]);
  const few = yearLines([count, { ...count, year: 2025 }], 2026).join('\n');
  expect(few).toContain('are closed: 1 to 4');
  expect(few).toContain('not said of fewer than 5');
  expect(few).not.toMatch(/\b(?:3|60)\b/);
  const more = yearLines(
    Array.from({ length: 6 }, (_, i) => ({ ...count, acknowledged: i })),
    2026,
  );
  expect(more).toContain('Days until it was said that they arrived, in the middle: 2');
});
