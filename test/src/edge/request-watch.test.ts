import { expect, it } from 'vitest';
import { createWatch } from '../../../src/edge/request-watch.ts';

it('says once how a request was answered, and how long that took', () => {
  const seen: unknown[] = [];
  const watch = createWatch((result, ms) => void seen.push([result, typeof ms]));
  const [good, late, fault] = ['A', 'B', 'C'].map((trace) => watch.begin(trace));
  watch.trouble('B', 'late');
  watch.trouble('C', 'fault');
  watch.trouble('unknown', 'fault');
  for (const answered of [good, good, late, fault]) answered?.();
  watch.trouble('A', 'fault');
  good?.();
  expect(seen).toEqual([
    ['answered', 'number'],
    ['late', 'number'],
    ['fault', 'number'],
  ]);
});
