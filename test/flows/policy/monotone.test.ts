/** Where a list of rules sets the tier: a worse answer never lowers it, on generated deals. See `picture-properties`. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import {
  TIERS,
  type CompiledPolicy,
  type EndUserKind,
  type Facts,
  type FactValue,
} from '../../../flows/policy/policy.ts';
import type { QuestionDocument } from '../../../flows/policy/schema.ts';
import { KINDS, oldDocument } from './deals.ts';

const oldPolicy = compile(oldDocument(), 'old');

const questions = oldDocument().sections.flatMap((s) => s.questions);

/** Each question's values from the best to the worst, in steps. */
const ladder = (q: QuestionDocument): FactValue[] => {
  const options = q.options.map((o) => o.value);
  switch (q.kind) {
    case 'text':
      return ['Counting cars.', 'unknown'];
    case 'choice':
      return [options[0]!, 'unknown', ...options.slice(1)];
    case 'choices':
      return [[], 'unknown', ...options.map((_, i) => options.slice(0, i + 1))];
    case 'yes-no':
      return q.worse === 'yes' ? ['no', 'unknown', 'yes'] : ['yes', 'unknown', 'no'];
  }
};

const oneWorse = (q: QuestionDocument, value: FactValue): FactValue | undefined => {
  const steps = ladder(q);
  if (value === 'not-applicable') return q.worse === 'yes' ? 'unknown' : undefined;
  const at = steps.findIndex((step) => JSON.stringify(step) === JSON.stringify(value));
  return at < 0 ? undefined : steps[at + 1];
};

const answersOf = (q: QuestionDocument): FactValue[] => [...ladder(q), 'not-applicable'];
const anyAnswers: fc.Arbitrary<Record<string, FactValue>> = fc.record<Record<string, FactValue>>(
  Object.fromEntries(questions.map((q) => [q.id, fc.constantFrom(...answersOf(q))])),
  {
    requiredKeys: [],
  },
);
/** Good answers but for a few: where tiers still have room to move. */
const mostlyGood = fc
  .subarray(questions, { maxLength: 7 })
  .chain((odd) => fc.record(Object.fromEntries(odd.map((q) => [q.id, fc.constantFrom(...answersOf(q))]))))
  .map((odd): Record<string, FactValue> => ({
    ...Object.fromEntries(questions.map((q) => [q.id, ladder(q)[0]!])),
    G1: 'yes',
    G2: 'yes',
    ...odd,
  }));

const deal: fc.Arbitrary<Facts> = fc.record({
  endUser: fc.constantFrom(...KINDS),
  intermediaries: fc.option(fc.boolean(), { nil: undefined }),
  answers: fc.oneof({ weight: 1, arbitrary: anyAnswers }, { weight: 4, arbitrary: mostlyGood }),
});

const grade = (policy: CompiledPolicy, facts: Facts): number => {
  const { tier } = policy.evaluate(facts);
  return tier === null ? -1 : TIERS.indexOf(tier);
};

/** The first change for the worse that lowers this deal's tier. */
const lighter = (policy: CompiledPolicy, facts: Facts): string | undefined => {
  const before = grade(policy, facts);
  const { endUser, intermediaries, answers } = facts;
  for (const q of questions) {
    const value = answers[q.id];
    const worse = value === undefined ? undefined : oneWorse(q, value);
    if (worse === undefined) continue;
    const after = grade(policy, { endUser, intermediaries, answers: { ...answers, [q.id]: worse } });
    if (after < before) return `${endUser}: ${q.id} from ${String(value)} to ${String(worse)}`;
  }
  const unknown: EndUserKind = 'unknown';
  if (grade(policy, { endUser: unknown, intermediaries, answers }) < before) return `${endUser} to unknown`;
  if (intermediaries === false && grade(policy, { endUser, answers }) < before) return 'intermediaries';
  return undefined;
};

describe('a worse answer', () => {
  test('never lowers the tier', () => {
    const tiers = new Map<number, number>();
    fc.assert(
      fc.property(deal, (facts) => {
        const now = grade(oldPolicy, facts);
        tiers.set(now, (tiers.get(now) ?? 0) + 1);
        expect(lighter(oldPolicy, facts)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
    // The generated deals reach every outcome, or the property would say little.
    expect([...tiers.keys()].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3]);
  });

  test('is looked at for every kind of end-user on at least 200 deals', () => {
    for (const endUser of KINDS) {
      fc.assert(
        fc.property(deal, (facts) => {
          expect(lighter(oldPolicy, { ...facts, endUser })).toBeUndefined();
        }),
        { numRuns: 200 },
      );
    }
  });

  test.each([
    [
      'a flag on the better answer',
      (d: ReturnType<typeof oldDocument>) => {
        d.flags.find((f) => f.id === 'H-RF3')!.when = { question: 'H-RF3', is: ['no'] };
      },
    ],
    [
      'a modifier that a bad answer makes lighter',
      (d: ReturnType<typeof oldDocument>) => {
        const when = { question: 'L-RF4', is: ['yes'] };
        d.flags.find((f) => f.id === 'H-RF6')!.modifiers.push({ id: 'm', text: 'm', effect: 'lighter', when });
        d.tiers = d.tiers!.filter((t) => t.id !== 'security-misuse');
      },
    ],
    [
      'scope that don’t know leaves',
      (d: ReturnType<typeof oldDocument>) => {
        d.scope.out[0]!.when = { question: 'G1', is: ['no', 'unknown'] };
        d.scope.out.push({ id: 'o', text: 'o', when: { question: 'S4', is: ['unknown'] } });
      },
    ],
  ])('this test sees %s', (_, change) => {
    const document = oldDocument();
    change(document);
    const broken = compile(document, 'changed');
    const found = fc.check(
      fc.property(deal, (facts) => lighter(broken, facts) === undefined),
      { numRuns: 3000, seed: 1, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});
