/** The compiled policy beside json-rules-engine with the same rules: same verdicts first, then time. */
import type { CompiledPolicy, EndUserKind, Facts, FactValue, Question } from '../../flows/policy/policy.ts';
import type { PolicyDocument } from '../../flows/policy/schema.ts';
import { jsonRulesEngine, type Verdict } from './json-rules.ts';

const DEALS = 300;
const SECONDS = 2;
const END_USERS: readonly EndUserKind[] = ['government', 'security', 'state-tied', 'private', 'unknown'];

/** Repeatable chance (mulberry32): the same deals in each run. */
function chance(seed: number): () => number {
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

function dealsInScope(policy: CompiledPolicy): Facts[] {
  const random = chance(20200930);
  const questions = policy.sections.flatMap((section) => section.questions);
  const deals: Facts[] = [];
  for (let tries = 0; deals.length < DEALS && tries < DEALS * 100; tries += 1) {
    const facts: Facts = {
      endUser: END_USERS[Math.floor(random() * END_USERS.length)] ?? 'unknown',
      intermediaries: random() < 0.5,
      answers: Object.fromEntries(questions.map((question) => [question.id, answerTo(question, random)])),
    };
    if (policy.evaluate(facts).scope === 'in') deals.push(facts);
  }
  return deals;
}

const verdictOf = (policy: CompiledPolicy, facts: Facts): Verdict => {
  const { flags, openQuestions, tier } = policy.evaluate(facts);
  return {
    flags: flags.map((flag) => `${flag.id}:${flag.weight}`),
    open: openQuestions.filter(({ id }) => policy.question(id)).map(({ id }) => id),
    tier,
  };
};

export async function policyBench(document: PolicyDocument, policy: CompiledPolicy): Promise<string[]> {
  const deals = dealsInScope(policy);
  const engine = jsonRulesEngine(document);
  let agreed = 0;
  for (const facts of deals) {
    if (JSON.stringify(await engine(facts)) === JSON.stringify(verdictOf(policy, facts))) agreed += 1;
  }

  let ours = 0;
  const sink = new Set<unknown>();
  const oursStart = performance.now();
  while (performance.now() - oursStart < SECONDS * 1000) {
    for (const facts of deals) sink.add(policy.evaluate(facts).tier);
    ours += deals.length;
  }
  const oursRate = ours / (performance.now() - oursStart);

  let theirs = 0;
  const theirsStart = performance.now();
  while (performance.now() - theirsStart < SECONDS * 1000) {
    sink.add((await engine(deals[theirs % deals.length] as Facts)).tier);
    theirs += 1;
  }
  const theirsRate = theirs / (performance.now() - theirsStart);

  return [
    `Policy, ${deals.length} generated deals in scope, tiers seen: ${[...sink].join(', ')}`,
    `  same flags, weights, open questions and tier in ${agreed} of ${deals.length}`,
    `  compiled policy     ${Math.round(oursRate * 1000).toLocaleString('en')} evaluations/s`,
    `  json-rules-engine   ${Math.round(theirsRate * 1000).toLocaleString('en')} evaluations/s`,
    `  ratio               ${(oursRate / theirsRate).toFixed(0)} x (aim: at least 150 x)`,
  ];
}
