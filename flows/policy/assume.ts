/** Turns a few facts by Guidance id into answers, for a compliance lead who tries a policy. */

import { benignAnswer } from './compile-picture.ts';
import type { FactCondition } from './condition.ts';
import type { FactValue, QuestionId } from './policy.ts';
import type { PolicyDocument, QuestionDocument } from './schema.ts';
import { SOME_WORDS } from './sentence.ts';

export type GivenFacts = Readonly<Record<string, FactValue>>;

export interface Assumed {
  answers: Record<QuestionId, FactValue>;
  /** Absent for a policy without a risk picture. */
  based?: Record<QuestionId, number> | undefined;
  accepted?: QuestionId[] | undefined;
}

export type Assuming = (Assumed & { problems?: undefined }) | { answers?: undefined; problems: string[] };

export interface Supposed {
  /** `open`: what is left out was not answered. Else it was answered well. */
  missing?: 'open' | undefined;
  /** `none`: no benign answer stands on anything. */
  basis?: 'none' | undefined;
  /** Ids of which compliance accepted that they are not known. */
  accepted?: readonly string[] | undefined;
}

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

/** Answers everything that was left out well but for the scope, and says on what the benign answers stand. */
const rest = (
  { sections, scope }: PolicyDocument,
  said: Readonly<Record<QuestionId, FactValue>>,
  { missing, basis }: Supposed,
): Pick<Assumed, 'answers' | 'based'> => {
  const answers = { ...said };
  const based: Record<QuestionId, number> = {};
  for (const section of sections) {
    for (const question of section.questions) {
      if (missing === undefined && answers[question.id] === undefined) {
        // A deal that is tried is meant to be in scope.
        const asked = section.id === scope.section && question.kind === 'yes-no';
        answers[question.id] = asked ? 'yes' : (benignAnswer(question) ?? SOME_WORDS);
      }
      if (basis === undefined) based[question.id] = question.publishersWhenHigh ?? 1;
    }
  }
  return { answers, based };
};

/**
 * Turns facts into answers. An id means the question that establishes that item, or a flag that several answers raise
 * together. In a policy with a risk picture, what is left out counts as answered well and on something.
 */
export const assume = (policy: PolicyDocument, facts: GivenFacts, supposed: Supposed = {}): Assuming => {
  const questions = policy.sections.flatMap((section) => section.questions);
  const serving = (id: string): QuestionDocument[] => questions.filter((q) => q.sources?.includes(id));
  const questionFor = (id: string): QuestionDocument | undefined =>
    questions.find((q) => q.id === id) ?? serving(id)[0];
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
      // An item that is asked in several questions is said to be so, or not so, in all of them.
      for (const other of question.id === id ? [] : serving(id)) {
        const its = answerTo(other, value);
        if (its !== undefined && !(other.id in facts)) answers[other.id] ??= its;
      }
      continue;
    }
    const flag = policy.flags.find((f) => f.id === id);
    if (!flag) problems.push(`facts.${id}: this policy has no question or flag with that id.`);
    else if (typeof value !== 'string' || !COMMON.includes(value)) {
      problems.push(`facts.${id} must be one of ${COMMON.join(', ')}; found ${shown}.`);
    } else if (value === 'yes' || value === 'unknown') derived.push({ when: flag.when, value });
  }
  const accepted = (supposed.accepted ?? []).flatMap((id) => {
    const question = questionFor(id);
    if (!question) problems.push(`accepted: this policy has no question ${id}.`);
    else if (question.mustBeKnown) problems.push(`accepted: ${id} must be known, so nobody can accept that it is not.`);
    return question ? [question.id] : [];
  });
  if (problems.length > 0) return { problems };
  // "Yes" before "unknown": a flag that is said to be raised is not weakened by one that may be.
  for (const { when, value } of derived.toSorted((a, b) => (a.value === b.value ? 0 : a.value === 'yes' ? -1 : 1))) {
    Object.assign(answers, parts(when, value, answers));
  }
  return policy.picture ? { ...rest(policy, answers, supposed), accepted } : { answers };
};
