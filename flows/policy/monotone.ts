/** Checks rule by rule, on the policy's text, that a worse answer never makes a deal lighter. */

import { valuesOf } from './answers.ts';
import type { Criterion } from './condition.ts';
import type { QuestionId } from './policy.ts';
import type { QuestionDocument } from './schema.ts';

/** Ranks how bad a value is: "don't know" lies between the best answer and the worse ones. */
const badness = (question: QuestionDocument, value: string): number => {
  if (value === 'unknown') return 1;
  const option = question.options.findIndex((o) => o.value === value);
  if (option >= 0) return option === 0 ? 0 : 1 + option;
  const worst = question.worse === 'yes' ? value === 'yes' : value === 'no' || value === 'not-applicable';
  return worst ? 2 : 0;
};

/** Tells whether the condition leans the right way. More picks are worse, whichever they are. */
const leansRight = (question: QuestionDocument, is: readonly string[], worse: boolean): boolean => {
  if (question.kind === 'choices') return worse && !is.includes('unknown');
  const named = is.map((value) => badness(question, value));
  const others = valuesOf(question)
    .filter((value) => !is.includes(value))
    .map((value) => badness(question, value));
  return worse ? Math.max(-1, ...others) <= Math.min(...named) : Math.min(9, ...others) >= Math.max(...named);
};

/**
 * Returns the ids in the condition through which a worse answer works the wrong way. `worse`: the condition makes a
 * deal heavier where it holds; false: lighter, or out of scope.
 */
export const wrongWay = (
  condition: Criterion,
  worse: boolean,
  questions: ReadonlyMap<QuestionId, QuestionDocument>,
): string[] => {
  if ('all' in condition) return condition.all.flatMap((c) => wrongWay(c, worse, questions));
  if ('any' in condition) return condition.any.flatMap((c) => wrongWay(c, worse, questions));
  if ('not' in condition) return wrongWay(condition.not, !worse, questions);
  if ('is' in condition) {
    const ids = 'question' in condition ? [condition.question] : condition.anyOf;
    return ids.filter((id) => {
      const question = questions.get(id);
      return question !== undefined && !leansRight(question, condition.is, worse);
    });
  }
  // An end-user of unknown kind counts as the worst that it could be.
  if ('endUser' in condition) return condition.endUser.includes('unknown') === worse ? [] : ['endUser'];
  if ('intermediaries' in condition || 'always' in condition || 'scope' in condition) return [];
  if ('flag' in condition) return worse ? [] : [condition.flag];
  if ('anyFlag' in condition) return worse ? [] : ['anyFlag'];
  if ('flags' in condition) return worse ? [] : ['flags'];
  if ('row' in condition) return worse ? [] : ['row'];
  if ('accepted' in condition) return condition.accepted === worse ? [] : ['accepted'];
  if ('alert' in condition) return condition.alert === worse ? [] : ['alert'];
  return condition.weightyOpen === worse ? [] : ['weightyOpen'];
};
