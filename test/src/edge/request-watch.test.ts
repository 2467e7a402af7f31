import { expect, it } from 'vitest';
import { createRequestWatch } from '../../../src/edge/request-watch.ts';

it('says once how a request was answered, and how long that took', () => {
  const seen: unknown[] = [];
  const watch = createRequestWatch((result, ms) => void seen.push([result, typeof ms]));
  for (const trace of ['A', 'B', 'C']) watch.begin(trace);
  watch.trouble('B', 'late');
  watch.trouble('C', 'fault');
  watch.trouble('unknown', 'fault');
  for (const trace of ['A', 'A', 'B', 'C']) watch.answered(trace);
  watch.trouble('A', 'fault');
  watch.answered('A');
  expect(seen).toEqual([
    ['answered', 'number'],
    ['late', 'number'],
    ['fault', 'number'],
  ]);
});
