/** Evaluates one deal against a compiled policy: scope, flags, open questions, tier and the reasons for each. */

import { encode, type Coded } from './answers.ts';
import type { Test, Weighed } from './conditions.ts';
import {
  WEIGHTS,
  type Assessment,
  type Facts,
  type OpenQuestion,
  type RaisedFlag,
  type Tier,
  type TraceLine,
} from './policy.ts';
import type { FlagRule } from './weigh.ts';

export interface Rules {
  coded: readonly Coded[];
  /** The tests by which a question is asked; undefined: always. */
  asked: readonly (Test | undefined)[];
  open: readonly OpenQuestion[];
  endUserKind: OpenQuestion;
  scope: {
    out: readonly { test: Test; line: TraceLine }[];
    in: readonly { test: Test; line: TraceLine }[];
    otherwise: TraceLine;
  };
  flags: readonly FlagRule[];
  tiers: readonly { test: Test; tier: Tier; id: string; line: TraceLine }[];
  principles: readonly { test: Test; line: TraceLine }[];
}

/** Reads the answers that count: those whose question is asked. Questions may only depend on earlier ones. */
export const read = ({ coded, asked }: Pick<Rules, 'coded' | 'asked'>, facts: Facts): Weighed => {
  const answers = coded.map(() => 0);
  const deal: Weighed = {
    endUser: facts.endUser,
    intermediaries: facts.intermediaries !== false,
    answers,
    flags: [],
    heaviest: -1,
    weightyOpen: false,
    outOfScope: false,
  };
  for (let i = 0; i < coded.length; i++) {
    const question = coded[i]!;
    const value = facts.answers[question.id];
    if (value === undefined) continue;
    const test = asked[i];
    if (!test || test(deal)) answers[i] = encode(question, value);
  }
  return deal;
};

const matching = (rules: readonly { test: Test; line: TraceLine }[], deal: Weighed): TraceLine[] => {
  const lines: TraceLine[] = [];
  for (const rule of rules) if (rule.test(deal)) lines.push(rule.line);
  return lines;
};

export const isOutOfScope = ({ scope }: Pick<Rules, 'scope'>, deal: Weighed): boolean => {
  for (const rule of scope.out) if (rule.test(deal)) return true;
  return false;
};

export const evaluate = (rules: Rules, facts: Facts): Assessment => {
  const deal = read(rules, facts);
  const trace = matching(rules.scope.out, deal);
  if (trace.length > 0) {
    deal.outOfScope = true;
    const scopeReasons = trace.map((line) => line.text);
    trace.push(...matching(rules.principles, deal));
    return { scope: 'out', scopeReasons, flags: [], openQuestions: [], tier: null, rule: null, trace };
  }

  trace.push(...matching(rules.scope.in, deal));
  if (trace.length === 0) trace.push(rules.scope.otherwise);
  const scopeReasons = trace.map((line) => line.text);

  const flags: RaisedFlag[] = [];
  for (let i = 0; i < rules.flags.length; i++) {
    const rule = rules.flags[i]!;
    const weight = rule.weigh(deal);
    deal.flags[i] = weight;
    if (weight < 0) continue;
    if (weight > deal.heaviest) deal.heaviest = weight;
    const { flag, line } = rule.show(deal, weight);
    flags.push(flag);
    trace.push(line);
  }
  for (const { id, title, weight } of facts.ownFlags ?? []) {
    deal.heaviest = Math.max(deal.heaviest, WEIGHTS.indexOf(weight));
    const citation = 'House rule';
    flags.push({
      id,
      title,
      why: 'Somebody who knows this deal raised it.',
      citation,
      weight,
      baseWeight: weight,
      because: [id],
      modifiers: [],
      safeguards: [],
    });
    trace.push({ id, text: `${title}: ${weight} (raised by a colleague).` });
  }

  const openQuestions: OpenQuestion[] = [];
  if (facts.endUser === 'unknown') openQuestions.push(rules.endUserKind);
  for (let i = 0; i < rules.coded.length; i++) {
    if ((deal.answers[i]! & rules.coded[i]!.open) !== 0) openQuestions.push(rules.open[i]!);
  }
  for (const question of openQuestions) {
    if (question.weighty) deal.weightyOpen = true;
    trace.push({ id: question.id, text: `Open: ${question.text} (${question.citation})` });
  }

  const decided = rules.tiers.find((rule) => rule.test(deal));
  if (!decided) throw new Error('No tier rule holds: the last one must hold always.');
  trace.push(decided.line, ...matching(rules.principles, deal));
  return { scope: 'in', scopeReasons, flags, openQuestions, tier: decided.tier, rule: decided.id, trace };
};
