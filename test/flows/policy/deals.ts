/** Deals for the policy's tests: the default policy, and answers given as a person would. */

import { readFileSync } from 'node:fs';
import { perText } from '../../../flows/per-text.ts';
import { assume, type GivenFacts } from '../../../flows/policy/assume.ts';
import type {
  CompiledPolicy,
  EndUserKind,
  Facts,
  FactValue,
  Question,
  SectionId,
} from '../../../flows/policy/policy.ts';
import type { PolicyDocument } from '../../../flows/policy/schema.ts';
import { checkPolicyText, defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';

export const KINDS: readonly EndUserKind[] = ['government', 'security', 'state-tied', 'private', 'unknown'];
export const defaultText = readFileSync(defaultPolicyFile, 'utf8');
export const defaultPolicy = loadPolicy(defaultPolicyFile).compiled;

/**
 * Returns numbers below what each is asked for, the same for the same seed (mulberry32): no library's next version changes
 * the deals.
 */
export const numbersFrom = (seed: number) => {
  let a = seed;
  return (below: number): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const documentOf = perText((text): PolicyDocument => {
  const { document, errors } = checkPolicyText(text, 'policy.yml');
  if (!document) throw new Error(errors.join('\n'));
  return document;
});

/** Returns a fresh copy to change. */
export const defaultDocument = (): PolicyDocument => structuredClone(documentOf(defaultText));

const oldText = (): string => readFileSync(new URL('../../fixtures/policies/2026-11.yml', import.meta.url), 'utf8');
/** The default policy of November 2026, whose tiers are a list of rules. */
export const oldDocument = (): PolicyDocument => structuredClone(documentOf(oldText()));

/** Answers by the Guidance's ids (`H5`), as a compliance lead gives them: a question has an id of its own. */
export const answersTo = (facts: GivenFacts): Record<string, FactValue> => {
  const { answers, problems } = assume(defaultDocument(), facts, { missing: 'open' });
  if (!answers) throw new Error(problems.join('\n'));
  return answers;
};

/** Tells whether the question settles the scope: deals of the tests are in scope. */
export const isOfScope = ({ sources }: Question): boolean => sources.includes('G1') || sources.includes('G2');

const worseById = new Map(defaultDocument().sections.flatMap((s) => s.questions.map((q) => [q.id, q.worse] as const)));

/** Answers of a person for a deal that is as good, or as bad, as possible. */
export const best = (question: Question): FactValue => {
  if (isOfScope(question)) return 'yes';
  if (question.kind === 'text') return 'The police count cars.';
  if (question.kind === 'choice') return question.options[0]!.value;
  if (question.kind === 'choices') return [];
  return worseById.get(question.id) === 'no' ? 'yes' : 'no';
};

export const worst = (question: Question): FactValue => {
  if (question.kind === 'text') return 'unknown';
  if (question.kind === 'choice') return question.options.at(-1)!.value;
  if (question.kind === 'choices') return question.options.map((o) => o.value);
  return worseById.get(question.id) === 'no' && !question.sources.includes('G1') ? 'no' : 'yes';
};

/** Every answer stands on enough. */
export const wellBased: Readonly<Record<string, number>> = Object.fromEntries(
  defaultDocument().sections.flatMap((s) => s.questions.map((q) => [q.id, 2])),
);

/** Answers every question, section by section, until no more is asked. `asked` is in the order of asking. */
export const walk = (
  policy: CompiledPolicy,
  start: Pick<Facts, 'endUser' | 'intermediaries'>,
  choose: (question: Question) => FactValue,
): { facts: Facts; asked: Question[] } => {
  const answers: Record<string, FactValue> = {};
  const facts = { ...start, answers, based: wellBased };
  const asked: Question[] = [];
  const nextIn = (section: SectionId): Question | undefined =>
    policy.questionsFor(section, facts).find((question) => answers[question.id] === undefined);
  for (;;) {
    const open = policy.sectionsFor(facts).find(({ id }) => nextIn(id));
    if (!open) return { facts, asked };
    // A question depends on earlier ones alone, so a section is done before the others are looked at again.
    for (let next = nextIn(open.id); next; next = nextIn(open.id)) {
      answers[next.id] = choose(next);
      asked.push(next);
    }
  }
};
