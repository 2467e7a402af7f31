/** The order of answers: whatever makes some deal lighter is lighter, and what is only worse is not. */

import { describe, expect, it } from 'vitest';
import { benignAnswer } from '../../../flows/policy/compile-picture.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { TIERS, WEIGHTS, type Assessment, type Facts, type FactValue } from '../../../flows/policy/policy.ts';
import type { PolicyDocument, QuestionDocument } from '../../../flows/policy/schema.ts';
import { runs } from '../../support/runs.ts';
import { defaultDocument, defaultPolicy, KINDS, oldDocument } from './deals.ts';

const random = (seed: number) => {
  let a = seed;
  return (below: number): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

/** What a form can send. */
const valuesOf = (q: QuestionDocument, next: (below: number) => number): FactValue => {
  const values = q.options.map(({ value }) => value);
  const n = next(8);
  if (n === 0) return 'unknown';
  if (n === 1 && q.allowNotApplicable) return 'not-applicable';
  if (q.kind === 'text') return next(2) === 0 ? 'Counting cars.' : 'Counting buses.';
  if (q.kind === 'choice') return values[next(values.length)]!;
  if (q.kind === 'choices') {
    const some = values.filter(() => next(3) === 0);
    return some.length > 0 ? some : [values[0]!];
  }
  return next(2) === 0 ? 'yes' : 'no';
};

const lighter = (before: Assessment, now: Assessment): boolean => {
  const rank = ({ tier }: Assessment): number => (tier === null ? -1 : TIERS.indexOf(tier));
  if (rank(now) < rank(before)) return true;
  if (now.tier === null) return false;
  return before.flags.some(({ id, weight }) => {
    const flag = now.flags.find((one) => one.id === id);
    return !flag || WEIGHTS.indexOf(flag.weight) < WEIGHTS.indexOf(weight);
  });
};

/** Searches for a change of one answer that makes a deal lighter; returns those that `lightens` does not know of. */
const search = (document: PolicyDocument, runs: number): { unknown: string[]; found: Set<string> } => {
  const policy = compile(document, '');
  const questions = document.sections.flatMap((s) => s.questions);
  const found = new Set<string>();
  const unknown = new Set<string>();
  for (let seed = 1; seed <= runs; seed++) {
    const next = random(seed);
    const odd = [2, 6, 20, 60][next(4)]!;
    const answers: Record<string, FactValue> = Object.fromEntries(
      questions.flatMap((q) => {
        const best = q.id === 'G1-capability' || q.id === 'G1' || q.id === 'G2' ? 'yes' : benignAnswer(q);
        const value = next(60) < odd ? valuesOf(q, next) : (best ?? 'Counting cars.');
        return next(120) === 0
          ? []
          : [[q.id, Array.isArray(value) && value.length === 0 ? [q.options[0]!.value] : value]];
      }),
    );
    const facts: Facts = {
      endUser: KINDS[next(KINDS.length)]!,
      intermediaries: next(2) === 0,
      answers,
      based: Object.fromEntries(questions.filter(() => next(30) > 0).map((q) => [q.id, 2])),
      accepted: next(3) === 0 ? questions.filter(() => next(8) === 0).map((q) => q.id) : [],
      alert: next(6) === 0,
      confirmed: next(2) === 0 ? ['clean-benefit'] : [],
    };
    const then = policy.evaluate(facts);
    for (let n = 0; n < 15; n++) {
      const q = questions[next(questions.length)]!;
      const before = answers[q.id];
      // An answer that stands on nothing is not known yet: with a basis, or as one that needs none, it is found out.
      if (before === undefined || then.openQuestions.some(({ id, why }) => id === q.id && why === 'no basis')) continue;
      const now = valuesOf(q, next);
      if (!lighter(then, policy.evaluate({ ...facts, answers: { ...answers, [q.id]: now } }))) continue;
      const change = `${q.id}: ${JSON.stringify(before)} to ${JSON.stringify(now)}`;
      found.add(change);
      if (!policy.lightens(q.id, before, now)) unknown.add(`${change} (seed ${seed})`);
    }
  }
  return { unknown: [...unknown], found };
};

describe('the order of answers', () => {
  it('knows every change of one answer that makes some deal lighter, under the default policy', () => {
    const { unknown, found } = search(defaultDocument(), runs(4000));
    expect(unknown).toEqual([]);
    expect(found.size).toBeGreaterThan(100);
  });

  it('does so where a list of rules sets the tier', () => {
    const { unknown, found } = search(oldDocument(), runs(3000));
    expect(unknown).toEqual([]);
    expect(found.size).toBeGreaterThan(100);
  });

  it.each([
    ['P4', 'yes', 'no'],
    ['P6', 'yes', 'no'],
    ['H2', 'no', 'yes'],
    ['G8', 'no', 'yes'],
    ['G10', 'cause', 'contribute'],
    ['G10', 'contribute', 'linked'],
    ['S2-record', 'poor', 'unchecked'],
    ['H-RF1', 'yes', 'unknown'],
    ['K1', 'yes', 'no'],
    ['G1-capability', 'yes', 'no'],
    ['G11', ['dissent', 'critics'], ['none']],
    ['G11', ['dissent', 'critics'], ['critics']],
    ['G11', ['dissent', 'critics'], 'unknown'],
  ] as const)('%s is lighter by %j to %j, and not the other way', (id, before, now) => {
    const [a, b] = [before, now].map((value) => (typeof value === 'string' ? value : [...value])) as [
      FactValue,
      FactValue,
    ];
    expect(defaultPolicy.lightens(id, a, b)).toBe(true);
    if (!(b === 'unknown')) expect(defaultPolicy.lightens(id, b, a)).toBe(false);
  });

  it.each([
    ['P1', 'no', 'unknown'],
    ['P1', 'no', 'yes'],
    ['S1', 'Counting cars.', 'Counting buses.'],
    ['P6-how', 'By following cars.', 'By following buses.'],
    ['P6-rights', ['privacy', 'belief'], ['privacy']],
    ['G11', ['none'], ['dissent']],
    ['G11', ['critics', 'dissent'], ['dissent', 'critics']],
    ['nothing', 'yes', 'no'],
  ] as const)('%s is no lighter by %j to %j', (id, before, now) => {
    const [a, b] = [before, now].map((value) => (typeof value === 'string' ? value : [...value])) as [
      FactValue,
      FactValue,
    ];
    expect(defaultPolicy.lightens(id, a, b)).toBe(false);
  });
});
