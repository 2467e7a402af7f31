/** Conditions as a policy file writes them: structured data, never code. */

import { z } from 'zod';

export const END_USER_KINDS = ['government', 'security', 'state-tied', 'private', 'unknown'] as const;
const weight = z.enum(['light', 'moderate', 'heavy', 'severe']);
const id = z.string().min(1);
const values = z.array(z.string().min(1)).min(1);

/** A condition on answers and the deal's details. An answer counts only where its question is asked. */
export type FactCondition =
  | { all: FactCondition[] }
  | { any: FactCondition[] }
  | { not: FactCondition }
  /** The answer is one of these; for several options: at least one of these was picked. */
  | { question: string; is: string[] }
  /** At least one of these questions has one of these answers. */
  | { anyOf: string[]; is: string[] }
  | { endUser: (typeof END_USER_KINDS)[number][] }
  /** `true` also holds where nobody said whether there are any. */
  | { intermediaries: boolean };

/** A condition that can be evaluated once the flags are weighed: tier rules and principles only. */
export type WeighedCondition =
  | { all: WeighedCondition[] }
  | { any: WeighedCondition[] }
  | { not: WeighedCondition }
  | Extract<FactCondition, { is: string[] } | { endUser: unknown } | { intermediaries: unknown }>
  | { flag: string; atLeast: z.infer<typeof weight> }
  | { anyFlag: { atLeast: z.infer<typeof weight> } }
  /** At least so many flags, those that colleagues raised among them. */
  | { flags: { atLeast: z.infer<typeof weight>; count: number } }
  /** Only in a risk picture: the deal stands in this row or in a graver one. */
  | { row: { atLeast: string } }
  /** Only in a risk picture. `true`: compliance accepted that something is not known. */
  | { accepted: boolean }
  /** Only in a risk picture. `true`: a country alert stands. */
  | { alert: boolean }
  /** `true`: a weighty question is still open. */
  | { weightyOpen: boolean }
  | { scope: 'in' | 'out' }
  | { always: true };

const FORMS = 'all, any, not, question with is, anyOf with is, endUser or intermediaries';

const answerAtoms = [
  z.strictObject({ question: id, is: values }),
  z.strictObject({ anyOf: z.array(id).min(1), is: values }),
  z.strictObject({ endUser: z.array(z.enum(END_USER_KINDS)).min(1) }),
  z.strictObject({ intermediaries: z.boolean() }),
] as const;

export const factCondition: z.ZodType<FactCondition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(factCondition).min(1) }),
      z.strictObject({ any: z.array(factCondition).min(1) }),
      z.strictObject({ not: factCondition }),
      ...answerAtoms,
    ],
    { error: `must be one condition: ${FORMS}` },
  ),
);

export const weighedCondition: z.ZodType<WeighedCondition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(weighedCondition).min(1) }),
      z.strictObject({ any: z.array(weighedCondition).min(1) }),
      z.strictObject({ not: weighedCondition }),
      ...answerAtoms,
      z.strictObject({ flag: id, atLeast: weight }),
      z.strictObject({ anyFlag: z.strictObject({ atLeast: weight }) }),
      z.strictObject({ flags: z.strictObject({ atLeast: weight, count: z.int().min(1).max(20) }) }),
      z.strictObject({ row: z.strictObject({ atLeast: id }) }),
      z.strictObject({ accepted: z.boolean() }),
      z.strictObject({ alert: z.boolean() }),
      z.strictObject({ weightyOpen: z.boolean() }),
      z.strictObject({ scope: z.enum(['in', 'out']) }),
      z.strictObject({ always: z.literal(true) }),
    ],
    {
      error: `must be one condition: ${FORMS}, flag with atLeast, anyFlag, flags, row, accepted, alert, weightyOpen, scope or always`,
    },
  ),
);

export type Criterion = FactCondition | WeighedCondition;
type Atom = Exclude<WeighedCondition, { all: unknown } | { any: unknown } | { not: unknown }>;

/** Yields every atom inside a condition, with its path from the condition's root. */
export const atomsOf = (
  condition: Criterion,
  path: readonly (string | number)[] = [],
): { atom: Atom; path: readonly (string | number)[] }[] => {
  if ('all' in condition) return condition.all.flatMap((c, i) => atomsOf(c, [...path, 'all', i]));
  if ('any' in condition) return condition.any.flatMap((c, i) => atomsOf(c, [...path, 'any', i]));
  if ('not' in condition) return atomsOf(condition.not, [...path, 'not']);
  return [{ atom: condition, path }];
};
