/** Which questions a product sheet or a country brief answers, and which of its answers are lighter than others. House rule. */

import { isOpenValue } from './answers.ts';
import type { CompiledPolicy, FactValue, Question, QuestionId } from './policy.ts';

export type SheetKind = 'product' | 'country';

/** Tells on which sheet a question is answered: what product managers know, or what counsel or compliance knows. */
export const sheetKindOf = ({ answeredBy = [] }: Pick<Question, 'answeredBy'>): SheetKind | undefined => {
  if (answeredBy.includes('product-managers')) return 'product';
  return answeredBy.includes('counsel') || answeredBy.includes('compliance') ? 'country' : undefined;
};

/** Tells whether the policy has product sheets, or country briefs. */
export const hasSheets = ({ sections }: CompiledPolicy, kind: SheetKind): boolean =>
  sections.some(({ questions }) => questions.some((question) => sheetKindOf(question) === kind));

/** More than any chain of questions that follow from one another. */
const MOST_ROUNDS = 100;

type Values = Readonly<Record<QuestionId, { value: FactValue }>>;

/** Returns the questions of a sheet that apply, given its answers so far, in the policy's order. */
export const sheetQuestions = (policy: CompiledPolicy, kind: SheetKind, answers: Values): Question[] => {
  let values: Record<QuestionId, FactValue> = {};
  // Starts from no answers, as a section's form does: each round finds at least one more question of a chain.
  for (let round = 0; ; round += 1) {
    const facts = { endUser: 'unknown' as const, answers: values };
    const found = policy.sections
      .flatMap(({ id }) => policy.questionsFor(id, facts))
      .filter((question) => sheetKindOf(question) === kind);
    const next = Object.fromEntries(
      found.flatMap(({ id }): [QuestionId, FactValue][] => {
        const value = Object.hasOwn(answers, id) ? answers[id]?.value : undefined;
        return value === undefined ? [] : [[id, value]];
      }),
    );
    if (JSON.stringify(next) === JSON.stringify(values) || round > MOST_ROUNDS) return found;
    values = next;
  }
};

/** Tells whether an answer speaks against deals: it says more than that it is not known. */
export const saysAgainst = (policy: CompiledPolicy, id: QuestionId, value: FactValue): boolean =>
  !isOpenValue(value) && policy.lightens(id, value, 'unknown');

/** Tells whether an answer is lighter than one of before. That it is not known is lighter than a definite concern. */
export const isLighterThan = (policy: CompiledPolicy, id: QuestionId, before: FactValue, now: FactValue): boolean =>
  policy.lightens(id, before, now) || (saysAgainst(policy, id, before) && isOpenValue(now));
