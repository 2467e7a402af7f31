import { expect, it } from 'vitest';
import { perJson } from '../../flows/per-json.ts';

it('gives the first of those that say the same, and for something else that itself', () => {
  const first = perJson<{ answers: Record<string, string>; alert?: boolean }>();
  const [one, same, other] = [{ answers: { G1: 'yes' } }, { answers: { G1: 'yes' } }, { answers: { G1: 'no' } }];
  expect(first(one)).toBe(one);
  expect(first(same)).toBe(one);
  expect(first(other)).toBe(other);
  const alert = { answers: { G1: 'yes' }, alert: true };
  expect(first(alert)).toBe(alert);
});

it('forgets what was not asked for during many others', () => {
  const first = perJson<{ n: number }>(2);
  const one = { n: 1 };
  first(one);
  for (let n = 2; n < 7; n += 1) first({ n });
  const again = { n: 1 };
  expect(first(again)).toBe(again);
});
