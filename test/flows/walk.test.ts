/** Sorting in steps gives what sorting at once gives. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortingWalk, walked } from '../../flows/walk.ts';

const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
const many = (count: number, keys: number): { key: number; n: number }[] =>
  Array.from({ length: count }, (_, n) => ({ key: (n * 7919) % keys, n }));

it.each([0, 1, 3999, 4000, 4001, 12_001, 50_000])('sorts %i, equals as they stood', (count) => {
  for (const keys of [1, 97, 100_003])
    expect(walked(sortingWalk(many(count, keys), byKey))).toEqual(many(count, keys).toSorted(byKey));
});

it('sorts whatever it is given, and leaves that as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 50 }), (words) => {
      const before = [...words];
      const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
      expect(walked(sortingWalk(words, compare))).toEqual(before.toSorted(compare));
      expect(words).toEqual(before);
    }),
  );
});

it('stops after each few thousand', () => {
  const steps = [...sortingWalk(many(40_000, 997), byKey)].length;
  expect(steps).toBeGreaterThan(40);
});
