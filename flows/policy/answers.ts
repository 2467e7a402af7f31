/** Answers as bits, so that a compiled condition is one comparison: a question has a bit for each of its values. */

import { NONE, type FactValue, type Question } from './policy.ts';
import type { QuestionDocument } from './schema.ts';

export const YES = 1;
export const NO = 2;
export const UNKNOWN = 4;
export const NOT_APPLICABLE = 8;
/** Free text, or a picker with nothing picked. */
const SAID = 16;
const FIRST_OPTION = 32;
/** The 31 bits leave room for 26 options. */
export const MOST_OPTIONS = 26;

const COMMON: Readonly<Record<string, number>> = {
  yes: YES,
  no: NO,
  unknown: UNKNOWN,
  'not-applicable': NOT_APPLICABLE,
};

/** Tells whether an answer leaves its question open. */
export const isOpenValue = (value: FactValue): boolean => value === 'unknown' || value === 'not-applicable';

export const sameValue = (a: FactValue | undefined, b: FactValue | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

export interface Coded {
  id: string;
  bits: ReadonlyMap<string, number>;
  /** The bits that leave the question open: don't know, and "not done" where yes is the good answer. */
  open: number;
}

export const coded = (question: Pick<QuestionDocument, 'id' | 'options' | 'worse' | 'kind'>): Coded => {
  const bits = new Map(Object.entries(COMMON));
  question.options.forEach((option, i) => bits.set(option.value, FIRST_OPTION << i));
  const picker = question.kind === 'choice' || question.kind === 'choices';
  return { id: question.id, bits, open: question.worse === 'no' && !picker ? UNKNOWN | NO | NOT_APPLICABLE : UNKNOWN };
};

export const valuesOf = (question: Pick<QuestionDocument, 'kind' | 'options' | 'allowNotApplicable'>): string[] => [
  ...(question.kind === 'yes-no' ? ['yes', 'no'] : question.options.map((o) => o.value)),
  'unknown',
  ...(question.allowNotApplicable ? ['not-applicable'] : []),
];

/** Encodes an answer; 0 where there is none. */
export const encode = ({ bits }: Coded, value: FactValue | undefined): number => {
  if (value === undefined) return 0;
  if (typeof value === 'string') return bits.get(value) ?? SAID;
  let all = 0;
  for (const one of value) all |= bits.get(one) ?? SAID;
  return all === 0 ? SAID : all;
};

export const maskOf = ({ bits }: Coded, values: readonly string[]): number =>
  values.reduce((mask, value) => mask | (bits.get(value) ?? 0), 0);

/** True when `value` is one that the question offers. */
export const validValue = (question: Question, value: FactValue): boolean => {
  const options = new Set(question.options.map((o) => o.value));
  switch (question.kind) {
    case 'yes-no':
      return (
        value === 'yes' ||
        value === 'no' ||
        value === 'unknown' ||
        (value === 'not-applicable' && question.allowNotApplicable)
      );
    case 'choice':
      return typeof value === 'string' && (value === 'unknown' || options.has(value));
    case 'choices':
      if (!Array.isArray(value)) return value === 'unknown';
      return value.length > 0 && value.every((v) => options.has(v)) && (value.length === 1 || !value.includes(NONE));
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};
