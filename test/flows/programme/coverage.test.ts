import { expect, it } from 'vitest';
import { coverageOf } from '../../../flows/programme/coverage.ts';
import { guidance } from '../../../src/config/guidance-file.ts';
import { defaultPolicy } from '../policy/deals.ts';

it('the default policy names every point on single deals', () => {
  const { points, without } = coverageOf(guidance, defaultPolicy);
  expect(without).toEqual([]);
  expect(points).toBeGreaterThan(55);
});

it('a policy without a flag, a question or a safeguard says which', () => {
  const { sections, flagNames, safeguards } = defaultPolicy;
  const { T7: _gone, ...rest } = safeguards;
  const policy = {
    ...defaultPolicy,
    sections: sections.map((one) => ({
      ...one,
      questions: one.questions.filter(({ id, sources }) => ![id, ...sources].some((one) => one.startsWith('S5'))),
    })),
    flagNames: flagNames.filter(({ id }) => id !== 'H-RF9'),
    safeguards: rest,
  };
  expect(coverageOf(guidance, policy).without.toSorted()).toEqual(['H-RF9', 'S5', 'T7']);
});
