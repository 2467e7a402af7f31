/**
 * The order of a question's answers by what the policy makes of them. A check proves that every condition leans the way of
 * that order (`monotone.ts`), so it holds whatever else is answered.
 */

import { isOpenValue, sameValue } from './answers.ts';
import { atomsOf, type Criterion } from './condition.ts';
import type { FactValue, QuestionId } from './policy.ts';
import type { PolicyDocument, QuestionDocument } from './schema.ts';

type Named = { id: QuestionId; is: readonly string[] };

/** Returns the questions that these name, each with the values of it. */
export const named = (conditions: readonly Criterion[]): Named[] =>
  conditions.flatMap((condition) =>
    atomsOf(condition).flatMap(({ atom }) =>
      'question' in atom
        ? [{ id: atom.question, is: atom.is }]
        : 'anyOf' in atom
          ? atom.anyOf.map((id) => ({ id, is: atom.is }))
          : [],
    ),
  );

const whens = (rules: readonly { when?: Criterion | undefined }[] = []): Criterion[] =>
  rules.flatMap(({ when }) => (when ? [when] : []));

/** By question, the values that conditions name. */
export type Weighed = ReadonlyMap<QuestionId, ReadonlySet<string>>;

/**
 * Returns the questions whose answers can move the scope, a red flag or the tier: conditions name them, they are weighty,
 * or such a question is asked by them.
 */
export const weighedQuestions = ({ sections, scope, flags, picture, tiers }: PolicyDocument): Weighed => {
  const questions = sections.flatMap((section) => section.questions);
  const weighed = new Map<QuestionId, Set<string>>();
  const add = ({ id, is }: Named): void => {
    weighed.set(id, new Set([...(weighed.get(id) ?? []), ...is]));
  };
  for (const { id, weighty } of questions) if (weighty) add({ id, is: [] });
  const rules = [scope.out, flags, flags.flatMap(({ modifiers }) => modifiers), tiers];
  const bands = [picture?.rows, picture?.rowDown, picture?.columns, picture?.rules, picture?.exceptions];
  for (const one of named([...rules, ...bands].flatMap((some) => whens(some)))) add(one);
  // Questions depend on earlier ones only: last first.
  for (const { id, when, notApplicableWhen } of questions.toReversed()) {
    if (weighed.has(id)) for (const one of named(whens([{ when }, { when: notApplicableWhen }]))) add(one);
  }
  return weighed;
};

const list = (value: FactValue): readonly string[] => (Array.isArray(value) ? value : []);

/** Picks that speak against a deal. The first option is the mildest: often it says that there is none of the others. */
const picksAgainst = ({ options }: QuestionDocument, value: FactValue, weighed: ReadonlySet<string>): string[] =>
  list(value).filter((one) => one !== options[0]?.value || weighed.has(one));

/** What is open counts as worse than the best answer, and shows less than the worst. */
const OPEN = 1;

const rankOf = ({ kind, worse, options }: QuestionDocument, value: FactValue): number => {
  if (isOpenValue(value)) return OPEN;
  if (kind === 'yes-no') return value === worse ? OPEN + 1 : 0;
  const option = options.findIndex((one) => one.value === value);
  return option <= 0 ? 0 : OPEN + option;
};

/**
 * Tells whether an answer in place of another can make a deal lighter, with some answers to the other questions. `weighed`:
 * the values of the question that conditions name.
 */
export const isLighterAnswer = (
  question: QuestionDocument,
  weighed: ReadonlySet<string>,
  before: FactValue,
  now: FactValue,
): boolean => {
  if (sameValue(before, now)) return false;
  const [was, is] = [isOpenValue(before), isOpenValue(now)];
  // "Doesn't apply" is a good answer where the policy says so.
  if (was && is) return before === 'unknown' ? question.allowNotApplicable : question.worse === 'no';
  switch (question.kind) {
    case 'text':
      return was;
    case 'choices':
      return was || picksAgainst(question, before, weighed).some((one) => is || !list(now).includes(one));
    case 'yes-no':
    case 'choice':
      return rankOf(question, now) < rankOf(question, before);
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};
