/** Turns a few facts by Guidance id into answers, for a compliance lead who tries a policy. */

import type { FactCondition } from './condition.ts';
import type { FactValue, QuestionId } from './policy.ts';
import type { PolicyDocument, QuestionDocument } from './schema.ts';

export type GivenFacts = Readonly<Record<string, FactValue>>;

export type Assumed =
  | { answers: Record<QuestionId, FactValue>; problems?: undefined }
  | { answers?: undefined; problems: string[] };

const COMMON = ['yes', 'no', 'unknown', 'not-applicable'];

/** Answers for a fact. On a picker, "no" is its mildest option and "yes" its worst: yes rules nothing out. */
const answerTo = (question: QuestionDocument, value: FactValue): FactValue | undefined => {
  const options = question.options.map((o) => o.value);
  if (Array.isArray(value)) {
    return question.kind === 'choices' && value.every((v) => options.includes(v)) ? value : undefined;
  }
  if (value === 'unknown' || value === 'not-applicable') return value;
  switch (question.kind) {
    case 'text':
      return value;
    case 'yes-no':
      return COMMON.includes(value) ? value : undefined;
    case 'choice':
      if (value === 'yes') return options.at(-1);
      if (value === 'no') return options[0];
      return options.includes(value) ? value : undefined;
    case 'choices':
      if (value === 'yes') return options;
      if (value === 'no') return [];
      return options.includes(value) ? [value] : undefined;
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

/**
 * Finds answers that would raise a flag which no single question asks about. Parts that were given stay as given; of
 * several ways, the first that these leave open is taken.
 */
const parts = (
  condition: FactCondition,
  value: string,
  given: Readonly<Record<QuestionId, FactValue>>,
): Record<QuestionId, FactValue> => {
  const fits = (id: QuestionId, is: readonly string[]): boolean => [given[id] ?? []].flat().some((v) => is.includes(v));
  if ('all' in condition) return Object.assign({}, ...condition.all.map((c) => parts(c, value, given)));
  if ('question' in condition) {
    const { question, is } = condition;
    return question in given ? {} : { [question]: value === 'unknown' ? 'unknown' : (is[0] ?? 'yes') };
  }
  if ('anyOf' in condition) {
    const ways = condition.anyOf.map((question) => ({ question, is: condition.is }));
    return parts({ any: ways }, value, given);
  }
  if ('any' in condition) {
    const ways = condition.any;
    if (ways.some((way) => 'question' in way && fits(way.question, way.is))) return {};
    const open = ways.find((way) => Object.keys(parts(way, value, given)).length > 0);
    return open ? parts(open, value, given) : {};
  }
  return {};
};

/** An id means the question that establishes that item, or a flag that several answers raise together. */
export const assume = (policy: PolicyDocument, facts: GivenFacts): Assumed => {
  const questions = policy.sections.flatMap((section) => section.questions);
  const questionFor = (id: string): QuestionDocument | undefined =>
    questions.find((q) => q.id === id) ?? questions.find((q) => q.sources?.includes(id));
  const answers: Record<QuestionId, FactValue> = {};
  const derived: { when: FactCondition; value: string }[] = [];
  const problems: string[] = [];
  for (const [id, value] of Object.entries(facts)) {
    const question = questionFor(id);
    const shown = JSON.stringify(value);
    if (question) {
      const answer = answerTo(question, value);
      const options = question.options.map((o) => o.value);
      const allowed = [...COMMON, ...options].join(', ');
      if (answer === undefined) problems.push(`facts.${id} must be one of ${allowed}; found ${shown}.`);
      else if (question.id === id || !(question.id in facts)) answers[question.id] = answer;
      continue;
    }
    const flag = policy.flags.find((f) => f.id === id);
    if (!flag) problems.push(`facts.${id}: this policy has no question or flag with that id.`);
    else if (typeof value !== 'string' || !COMMON.includes(value)) {
      problems.push(`facts.${id} must be one of ${COMMON.join(', ')}; found ${shown}.`);
    } else if (value === 'yes' || value === 'unknown') derived.push({ when: flag.when, value });
  }
  if (problems.length > 0) return { problems };
  // "Yes" before "unknown": a flag that is said to be raised is not weakened by one that may be.
  for (const { when, value } of derived.toSorted((a, b) => (a.value === b.value ? 0 : a.value === 'yes' ? -1 : 1))) {
    Object.assign(answers, parts(when, value, answers));
  }
  return { answers };
};
