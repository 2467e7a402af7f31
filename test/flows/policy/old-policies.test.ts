import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { END_USER_KINDS } from '../../../flows/policy/condition.ts';
import { WEIGHTS, type Facts, type FactValue } from '../../../flows/policy/policy.ts';
import { loadPolicy } from '../../../src/config/policy-file.ts';
import { numbersFrom } from './deals.ts';

// The default policy of November 2026, which deals were opened under, and what that version's code made of 500 deals.
const at = (name: string): string => fileURLToPath(new URL(`../../fixtures/policies/${name}`, import.meta.url));
const policy = loadPolicy(at('2026-11.yml')).compiled;
const golden = readFileSync(at('2026-11.golden.txt'), 'utf8').trim().split('\n');

const GOOD_IF_YES = new Set(['G1', 'H1', 'H2', 'L1', 'L2', 'L3', 'L4', 'S1-resellers', 'G8']);

const factsFrom = (seed: number): Facts => {
  const next = numbersFrom(seed);
  // Some deals are nearly clean, others nearly all bad.
  const clean = next(4) === 0;
  const [bad, unknown, missing] = clean ? [next(4), next(2), 0] : [1 + next(40), next(25), next(30)];
  const answers: Record<string, FactValue> = {};
  for (const { id, kind, options, allowNotApplicable } of policy.sections.flatMap((s) => s.questions)) {
    if (next(100) < missing) continue;
    if (next(100) < unknown) answers[id] = allowNotApplicable && next(3) === 0 ? 'not-applicable' : 'unknown';
    else if (kind === 'yes-no') answers[id] = next(100) < bad !== GOOD_IF_YES.has(id) ? 'yes' : 'no';
    else if (kind === 'text') answers[id] = 'some words';
    else if (kind === 'choice') answers[id] = options[next(options.length)]!.value;
    else answers[id] = options.filter(() => next(100) < bad).map((o) => o.value);
  }
  if (answers['G1'] === 'no' && next(3) > 0) answers['G1'] = 'yes';
  if (answers['K1'] === 'yes' && next(5) > 0) answers['K1'] = 'no';
  const ownFlags = next(8) === 0 ? [{ id: 'own-1', title: 'Seen at a fair', weight: WEIGHTS[next(4)]! }] : undefined;
  const intermediaries = [true, false, undefined][next(3)];
  return { endUser: END_USER_KINDS[next(END_USER_KINDS.length)]!, intermediaries, answers, ownFlags };
};

const lineOf = (seed: number): string => {
  const facts = factsFrom(seed);
  const assessment = policy.evaluate(facts);
  const asked = policy.sectionsFor(facts).map((s) => [s.id, policy.questionsFor(s.id, facts).map((q) => q.id)]);
  const hash = createHash('sha256')
    .update(JSON.stringify([facts, assessment, asked]))
    .digest('hex');
  return [seed, assessment.scope, assessment.tier, assessment.rule, assessment.flags.length, hash.slice(0, 32)].join(
    ' ',
  );
};

describe('the policy of November 2026', () => {
  it('is stored under the hash that deals name', () => {
    expect(policy.hash).toBe('f3e2873a908e8ac727f5c8c780a289cee8b79925cc3151d4cf80b4110ac2453a');
  });

  it('makes of 500 deals what it made of them then, byte for byte', () => {
    expect(golden).toHaveLength(500);
    expect(golden.map((_, seed) => lineOf(seed))).toEqual(golden);
  });

  it('has a line of every kind', () => {
    const column = (n: number): Set<string> => new Set(golden.map((line) => line.split(' ')[n]!));
    expect([...column(1)].toSorted()).toEqual(['in', 'out']);
    expect([...column(2)].toSorted()).toEqual(['', 'elevated', 'high', 'low', 'prohibited']);
  });
});
