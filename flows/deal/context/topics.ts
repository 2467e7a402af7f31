/** What an answer is about, and what another deal's answer to the same question holds against it. House rule. */

import { isOpenValue } from '../../policy/answers.ts';
import { NONE, type CompiledPolicy, type FactValue, type Question, type QuestionId } from '../../policy/policy.ts';
import type { HeardOtherwise } from '../heard-shapes.ts';
import type { DealView } from '../view.ts';

/**
 * Deals share what an answer is about where they have the same destination, end-user or product. `sale`: what was picked of a
 * product is compared where its end-user is the same, too.
 */
export type Topic = 'country' | 'end-user' | 'product' | 'sale';

/**
 * What was said of another deal that is over, or answered there, is held against this one for so long: a year, and no less than a confirmation
 * of scope stands for, to the end of its last day anywhere, so that none outlives what was written after it.
 */
export const RECENT_MS = 368 * 24 * 3_600_000;

/** The Guidance's items on the end-user's record, on who is involved, on what is known of the use, and on our part in it. */
const ON_END_USER = /^(?:H|K|S|G2$|G8$|G10$|G11$)/u;

/** Those on what the product can do, and whether it is in scope. */
const ON_PRODUCT = /^(?:G1$|P)/u;

/** Those that are of a sale where "yes" is the good answer: whom it serves, and what those in between do with it. */
const ON_SALE = /^(?:G8|S1)$/u;

/** What was done for one deal, where "yes" is the good answer, says nothing of another. Words contradict nothing. */
export const topicOf = (policy: CompiledPolicy, question: Question | undefined): Topic | undefined => {
  if (!question || question.kind === 'text') return undefined;
  const serves = (items: RegExp): boolean => question.sources.some((id) => items.test(id));
  if (policy.isBenign(question.id, 'yes')) return serves(ON_SALE) ? 'sale' : undefined;
  if (question.about === 'country') return 'country';
  if (serves(ON_PRODUCT)) return question.kind === 'yes-no' ? 'product' : 'sale';
  return question.about === undefined && serves(ON_END_USER) ? 'end-user' : undefined;
};

/** What a question is about whoever buys the product: words under it are read wherever it goes, or whatever goes there. */
export const subjectOf = (question: Question | undefined): 'country' | 'product' | undefined => {
  if (!question) return undefined;
  return question.about ?? (question.sources.some((id) => ON_PRODUCT.test(id)) ? 'product' : undefined);
};

/** Returns what an answer says against the deal: the worse of "yes" and "no", or the options picked but for the mildest. */
export const gravePart = (policy: CompiledPolicy, question: QuestionId, value: FactValue): string[] => {
  if (isOpenValue(value)) return [];
  if (Array.isArray(value)) return value.filter((one) => one !== NONE && !isOpenValue(one));
  return policy.isBenign(question, value) ? [] : [value];
};

/** Returns what graver answers say and this one does not. Not known is as little as well: somebody else may know. */
export const leftUnsaid = (policy: CompiledPolicy, { id, kind, options }: Question, value: FactValue): string[] => {
  const values = options.map((option) => option.value);
  switch (kind) {
    case 'yes-no':
      return [policy.isBenign(id, 'yes') ? 'no' : 'yes'].filter((worse) => worse !== value);
    case 'choice':
      return typeof value === 'string' ? values.slice(Math.max(0, values.indexOf(value)) + 1) : [];
    case 'choices':
      return values.filter((one) => one !== NONE && !value.includes(one));
    case 'text':
      return [];
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** An answer of a deal that graver ones of others contradict. */
export interface Milder {
  question: QuestionId;
  topic: Topic;
  unsaid: readonly string[];
}

/** Returns the present answers that another deal's may contradict. */
export const milderAnswers = ({ deal, policy }: DealView): Milder[] =>
  Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([id, { value }]) => {
      const question = policy.question(id);
      const topic = topicOf(policy, question);
      const unsaid = question && topic ? leftUnsaid(policy, question, value) : [];
      return topic && unsaid.length > 0 ? [{ question: id, topic, unsaid }] : [];
    }),
  );

/** Returns what of these words was not heard yet. Older notes name none: then all of it was. */
export const unheard = (
  known: readonly HeardOtherwise[] | undefined,
  question: QuestionId,
  values: readonly string[],
): string[] => {
  const heard = (known ?? []).filter((one) => one.question === question);
  return values.filter((value) => !heard.some(({ says }) => says?.includes(value) ?? true));
};

/** Returns what was heard of deals with which this one's team has nothing to do: what its own say is heard once more of another. */
export const othersOnly = (known: readonly HeardOtherwise[] | undefined): HeardOtherwise[] | undefined =>
  known?.filter(({ own }) => !own);

/** Returns what was heard of answers that still say less, of others' deals first. */
export const heardOtherwise = (view: DealView): HeardOtherwise[] => {
  const heard = view.deal.others?.otherwise ?? [];
  if (heard.length === 0) return [];
  const milder = new Map(milderAnswers(view).map((one) => [one.question, one.unsaid]));
  return heard
    .filter(({ question, says }) => {
      const unsaid = milder.get(question);
      return unsaid !== undefined && (says ?? unsaid).some((one) => unsaid.includes(one));
    })
    .toSorted((a, b) => Number(a.own ?? false) - Number(b.own ?? false));
};
