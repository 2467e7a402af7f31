/** Searches for a deal in which a condition holds: so a check knows that a flag can be raised or a question asked. */

import { coded, encode, valuesOf, type Coded } from './answers.ts';
import { END_USER_KINDS, type FactCondition } from './condition.ts';
import type { Facts, FactValue, QuestionId } from './policy.ts';
import type { PolicyDocument, QuestionDocument } from './schema.ts';
import { SOME_WORDS } from './sentence.ts';

/** The possibilities left: kinds, intermediaries (1 no, 2 yes), and the answers that a question may have. */
interface Term {
  kinds: number;
  intermediaries: number;
  answers: ReadonlyMap<number, number>;
}

/** The answer is missing, or its question is not asked. Above every bit of `answers.ts`. */
const MISSING = 1 << 31;
const ALL_KINDS = (1 << END_USER_KINDS.length) - 1;
/** More than any honest policy needs; beyond it the search gives up and assumes that the condition can hold. */
const MOST_STEPS = 50_000;

interface Search {
  questions: readonly QuestionDocument[];
  coded: readonly Coded[];
  indexes: ReadonlyMap<QuestionId, number>;
  steps: number;
}

const possible = (search: Search, index: number): number => {
  const question = search.questions[index]!;
  const code = search.coded[index]!;
  const given = valuesOf(question).reduce((bits, value) => bits | encode(code, value), MISSING);
  return question.kind === 'text' || question.kind === 'choices' ? given | encode(code, SOME_WORDS) : given;
};

const narrowed = (search: Search, term: Term, index: number, mask: number): Term | undefined => {
  const now = (term.answers.get(index) ?? possible(search, index)) & mask;
  return now === 0 ? undefined : { ...term, answers: new Map(term.answers).set(index, now) };
};

function* each(search: Search, parts: readonly FactCondition[], holds: boolean, term: Term, from = 0): Generator<Term> {
  const part = parts[from];
  if (!part) {
    yield term;
    return;
  }
  for (const next of terms(search, part, holds, term)) yield* each(search, parts, holds, next, from + 1);
}

/** Yields every way in which the condition holds (or doesn't) within the term. */
function* terms(search: Search, condition: FactCondition, holds: boolean, term: Term): Generator<Term> {
  search.steps += 1;
  if ('not' in condition) yield* terms(search, condition.not, !holds, term);
  else if ('all' in condition) {
    if (holds) yield* each(search, condition.all, true, term);
    else for (const part of condition.all) yield* terms(search, part, false, term);
  } else if ('any' in condition) {
    if (!holds) yield* each(search, condition.any, false, term);
    else for (const part of condition.any) yield* terms(search, part, true, term);
  } else if ('anyOf' in condition) {
    const parts = condition.anyOf.map((question) => ({ question, is: condition.is }));
    yield* terms(search, { any: parts }, holds, term);
  } else if ('question' in condition) {
    const index = search.indexes.get(condition.question);
    if (index === undefined) return;
    const mask = condition.is.reduce((bits, value) => bits | (search.coded[index]!.bits.get(value) ?? 0), 0);
    const next = narrowed(search, term, index, holds ? mask : ~mask);
    if (next) yield next;
  } else if ('endUser' in condition) {
    const mask = condition.endUser.reduce((bits, kind) => bits | (1 << END_USER_KINDS.indexOf(kind)), 0);
    const kinds = term.kinds & (holds ? mask : ~mask);
    if (kinds !== 0) yield { ...term, kinds };
  } else {
    const intermediaries = term.intermediaries & (condition.intermediaries === holds ? 2 : 1);
    if (intermediaries !== 0) yield { ...term, intermediaries };
  }
}

/** A question whose answer is needed must be asked. Questions depend on earlier ones only: last first. */
const settled = (search: Search, term: Term, below: number): Term | undefined => {
  const needed = [...term.answers].filter(([i, mask]) => i < below && (mask & MISSING) === 0).map(([i]) => i);
  if (needed.length === 0 || search.steps > MOST_STEPS) return term;
  const last = Math.max(...needed);
  const { when } = search.questions[last]!;
  if (!when) return settled(search, term, last);
  for (const next of terms(search, when, true, term)) {
    const found = settled(search, next, last);
    if (found) return found;
  }
  return undefined;
};

const factsFrom = (search: Search, term: Term): Facts => {
  const answers: Record<QuestionId, FactValue> = {};
  for (const [index, mask] of term.answers) {
    if ((mask & MISSING) !== 0) continue;
    const question = search.questions[index]!;
    const value = valuesOf(question).find((v) => (encode(search.coded[index]!, v) & mask) !== 0) ?? SOME_WORDS;
    answers[question.id] = question.kind === 'choices' && value !== 'unknown' ? [value] : value;
  }
  const endUser = END_USER_KINDS.find((_, i) => (term.kinds & (1 << i)) !== 0) ?? 'unknown';
  return { endUser, intermediaries: (term.intermediaries & 2) !== 0, answers };
};

/** Finds a deal that is in scope and in which the condition holds, or undefined where there is none. */
export const witness = (policy: PolicyDocument, condition: FactCondition): Facts | undefined => {
  const questions = policy.sections.flatMap((section) => section.questions);
  const search: Search = {
    questions,
    coded: questions.map(coded),
    indexes: new Map(questions.map((q, i) => [q.id, i])),
    steps: 0,
  };
  const start: Term = { kinds: ALL_KINDS, intermediaries: 3, answers: new Map() };
  const inScope: FactCondition[] = policy.scope.out.map((rule) => ({ not: rule.when }));
  for (const term of each(search, [condition, ...inScope], true, start)) {
    const found = settled(search, term, questions.length);
    if (found) return factsFrom(search, found);
    if (search.steps > MOST_STEPS) return factsFrom(search, term);
  }
  return undefined;
};
