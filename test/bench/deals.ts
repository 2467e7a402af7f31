/** Generated deals for any policy, and the compared parts of their assessments. */

import type { CompiledPolicy, EndUserKind, Facts, FactValue, Question } from '../../flows/policy/policy.ts';
import type { Verdict } from './json-rules.ts';

const END_USERS: readonly EndUserKind[] = ['government', 'security', 'state-tied', 'private', 'unknown'];

/** Repeatable random numbers (mulberry32): the same deals in each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function answerTo(question: Question, random: () => number): FactValue {
  const one = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? 'unknown';
  if (random() < 0.15) return 'unknown';
  switch (question.kind) {
    case 'yes-no':
      return random() < 0.35 ? 'yes' : 'no';
    case 'choice':
      return one(question.options.map((option) => option.value));
    case 'choices':
      return question.options.filter(() => random() < 0.4).map((option) => option.value);
    case 'text':
      return 'some words';
    default: {
      const never: never = question.kind;
      return never;
    }
  }
}

/** The same deals in each run, all in scope; answers lean towards the harmless. */
export function generatedDeals(policy: CompiledPolicy, count: number): Facts[] {
  const random = chance(20200930);
  const questions = policy.sections.flatMap((section) => section.questions);
  const deals: Facts[] = [];
  for (let tries = 0; deals.length < count && tries < count * 100; tries += 1) {
    const facts: Facts = {
      endUser: END_USERS[Math.floor(random() * END_USERS.length)] ?? 'unknown',
      intermediaries: random() < 0.5,
      answers: Object.fromEntries(questions.map((question) => [question.id, answerTo(question, random)])),
    };
    if (policy.evaluate(facts).scope === 'in') deals.push(facts);
  }
  return deals;
}

export const verdictOf = (policy: CompiledPolicy, facts: Facts): Verdict => {
  const { flags, openQuestions, tier } = policy.evaluate(facts);
  return {
    flags: flags.map((flag) => `${flag.id}:${flag.weight}`),
    open: openQuestions.filter(({ id }) => policy.question(id)).map(({ id }) => id),
    tier,
  };
};
