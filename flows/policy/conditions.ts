/** Conditions compiled to closures over the coded answers: nothing is interpreted when a deal is evaluated. */

import { maskOf, type Coded } from './answers.ts';
import type { Criterion } from './condition.ts';
import { WEIGHTS, type EndUserKind } from './policy.ts';

/** A deal during its evaluation. Indexes are those of the policy's questions and flags, in the file's order. */
export interface Weighed {
  endUser: EndUserKind;
  /** True where it was not said. */
  intermediaries: boolean;
  answers: number[];
  /** Index into WEIGHTS, -1 where not raised. */
  flags: number[];
  heaviest: number;
  /** Of the flags that colleagues raised, indexes as above. */
  ownFlags: readonly number[];
  weightyOpen: boolean;
  outOfScope: boolean;
  /** Index of the risk picture's row, -1 without one. */
  row: number;
  /** Compliance accepted that something is not known. */
  accepted: boolean;
  /** A country alert stands. */
  alert: boolean;
}

export type Test = (deal: Weighed) => boolean;
/** Adds the ids of the questions whose answers made the condition hold. */
export type AddReasons = (deal: Weighed, ids: Set<string>) => void;

export interface Compiled {
  test: Test;
  because: AddReasons;
}

export interface Indexes {
  questions: ReadonlyMap<string, number>;
  flags: ReadonlyMap<string, number>;
  coded: readonly Coded[];
  /** The rows of the risk picture; absent without one. */
  rows?: ReadonlyMap<string, number> | undefined;
}

const nothing: AddReasons = () => {};

const holdsAll = (tests: readonly Test[]): Test => {
  const [first, second, third] = tests;
  if (first && !second) return first;
  if (first && second && !third) return (deal) => first(deal) && second(deal);
  return (deal) => {
    for (const test of tests) if (!test(deal)) return false;
    return true;
  };
};

const holdsAny = (tests: readonly Test[]): Test => {
  const [first, second, third] = tests;
  if (first && !second) return first;
  if (first && second && !third) return (deal) => first(deal) || second(deal);
  return (deal) => {
    for (const test of tests) if (test(deal)) return true;
    return false;
  };
};

const whereTrue =
  (parts: readonly Compiled[]): AddReasons =>
  (deal, ids) => {
    for (const part of parts) if (part.test(deal)) part.because(deal, ids);
  };

/** A missing id is a fault: `check.ts` reports it to the policy's author before anything is compiled. */
const place = (indexes: ReadonlyMap<string, number>, id: string): number => {
  const index = indexes.get(id);
  if (index === undefined) throw new Error(`The policy refers to ${id}, which it doesn't have.`);
  return index;
};

const countFrom = ({ flags, ownFlags }: Weighed, least: number): number => {
  let count = 0;
  for (const weight of flags) if (weight >= least) count += 1;
  for (const weight of ownFlags) if (weight >= least) count += 1;
  return count;
};

const answerIs = (indexes: Indexes, id: string, values: readonly string[]): Compiled => {
  const index = place(indexes.questions, id);
  const mask = maskOf(indexes.coded[index]!, values);
  return {
    test: (deal) => (deal.answers[index]! & mask) !== 0,
    because: (_, ids) => ids.add(id),
  };
};

export const compileCondition = (condition: Criterion, indexes: Indexes): Compiled => {
  if ('all' in condition) {
    const parts = condition.all.map((c) => compileCondition(c, indexes));
    return { test: holdsAll(parts.map((p) => p.test)), because: whereTrue(parts) };
  }
  if ('any' in condition) {
    const parts = condition.any.map((c) => compileCondition(c, indexes));
    return { test: holdsAny(parts.map((p) => p.test)), because: whereTrue(parts) };
  }
  if ('not' in condition) {
    const { test } = compileCondition(condition.not, indexes);
    return { test: (deal) => !test(deal), because: nothing };
  }
  if ('question' in condition) return answerIs(indexes, condition.question, condition.is);
  if ('anyOf' in condition) {
    const parts = condition.anyOf.map((id) => answerIs(indexes, id, condition.is));
    return { test: holdsAny(parts.map((p) => p.test)), because: whereTrue(parts) };
  }
  if ('endUser' in condition) {
    const kinds = new Set<EndUserKind>(condition.endUser);
    return { test: (deal) => kinds.has(deal.endUser), because: nothing };
  }
  if ('intermediaries' in condition) {
    const wanted = condition.intermediaries;
    return { test: (deal) => deal.intermediaries === wanted, because: nothing };
  }
  if ('flag' in condition) {
    const index = place(indexes.flags, condition.flag);
    const least = WEIGHTS.indexOf(condition.atLeast);
    return { test: (deal) => deal.flags[index]! >= least, because: nothing };
  }
  if ('anyFlag' in condition) {
    const least = WEIGHTS.indexOf(condition.anyFlag.atLeast);
    return { test: (deal) => deal.heaviest >= least, because: nothing };
  }
  if ('flags' in condition) {
    const { count } = condition.flags;
    const least = WEIGHTS.indexOf(condition.flags.atLeast);
    return { test: (deal) => countFrom(deal, least) >= count, because: nothing };
  }
  if ('row' in condition) {
    const least = place(indexes.rows ?? new Map<string, number>(), condition.row.atLeast);
    return { test: (deal) => deal.row >= least, because: nothing };
  }
  if ('accepted' in condition) {
    const wanted = condition.accepted;
    return { test: (deal) => deal.accepted === wanted, because: nothing };
  }
  if ('alert' in condition) {
    const wanted = condition.alert;
    return { test: (deal) => deal.alert === wanted, because: nothing };
  }
  if ('weightyOpen' in condition) {
    const wanted = condition.weightyOpen;
    return { test: (deal) => deal.weightyOpen === wanted, because: nothing };
  }
  if ('scope' in condition) {
    const out = condition.scope === 'out';
    return { test: (deal) => deal.outOfScope === out, because: nothing };
  }
  if ('always' in condition) return { test: () => true, because: nothing };
  const never: never = condition;
  return never;
};
