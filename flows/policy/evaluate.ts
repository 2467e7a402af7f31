/** Evaluates one deal against a compiled policy: scope, flags, open questions, tier and the reasons for each. */

import { encode, type Coded } from './answers.ts';
import type { Test, Weighed } from './conditions.ts';
import { placed, readings, weighAll, type PictureRules } from './picture.ts';
import { type WhyOpen } from './policy.ts';
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
  /** Sets the tier where there is one, else the first of `tiers` that holds. */
  picture?: PictureRules | undefined;
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
    ownFlags: (facts.ownFlags ?? []).map(({ weight }) => WEIGHTS.indexOf(weight)),
    weightyOpen: false,
    outOfScope: false,
    row: -1,
    accepted: false,
    alert: false,
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

const outOfScope = (rules: Rules, deal: Weighed, trace: TraceLine[]): Assessment => {
  deal.outOfScope = true;
  const scopeReasons = trace.map((line) => line.text);
  trace.push(...matching(rules.principles, deal));
  return { scope: 'out', scopeReasons, flags: [], openQuestions: [], tier: null, rule: null, trace };
};

/** Starts the trace of a deal in scope with the reasons for that. */
const inScope = (rules: Rules, deal: Weighed): TraceLine[] => {
  const trace = matching(rules.scope.in, deal);
  return trace.length === 0 ? [rules.scope.otherwise] : trace;
};

/** Weighs the flags and returns those that are raised, each with its line in the trace. */
const raised = (rules: Rules, deal: Weighed, facts: Facts, trace: TraceLine[]): RaisedFlag[] => {
  weighAll(rules.flags, deal);
  const flags: RaisedFlag[] = [];
  for (let i = 0; i < rules.flags.length; i++) {
    const weight = deal.flags[i]!;
    if (weight < 0) continue;
    const { flag, line } = rules.flags[i]!.show(deal, weight);
    flags.push(flag);
    trace.push(line);
  }
  for (const { id, title, weight } of facts.ownFlags ?? []) {
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
  return flags;
};

const NOT_KNOWN: Record<WhyOpen, string> = {
  unanswered: 'Not answered yet',
  unknown: 'Not known',
  'not applicable': 'Said not to apply',
  'not done': 'Answered “no”',
  'no basis': 'The answer stands on nothing',
  'one publisher': 'One source only',
};

const evaluateInPicture = (rules: Rules, picture: PictureRules, facts: Facts): Assessment => {
  const read = readings({ picture, asked: rules.asked }, facts);
  const { counted, said, known, why } = read;
  const out = matching(rules.scope.out, said);
  if (out.length > 0) return outOfScope(rules, said, out);
  const trace = inScope(rules, said);
  const scopeReasons = trace.map((line) => line.text);
  const flags = raised(rules, known, facts, trace);
  weighAll(rules.flags, counted);
  const { tier, rule, line, placed: where } = placed(picture, read, facts);

  const openQuestions: OpenQuestion[] = [];
  if (facts.endUser === 'unknown') openQuestions.push({ ...rules.endUserKind, why: 'unknown' });
  for (let i = 0; i < picture.questions.length; i++) {
    const { coded, publishersWhenHigh, mustBeKnown } = picture.questions[i]!;
    const { id } = coded;
    const several = tier === 'high' && publishersWhenHigh > 1 && said.answers[i] !== 0;
    const alone = several && (facts.based?.[id] ?? 0) < publishersWhenHigh;
    const reason = why[i] ?? (alone ? 'one publisher' : undefined);
    if (reason === undefined || reason === 'unanswered') continue;
    const taken = facts.accepted?.includes(id) === true && !mustBeKnown;
    openQuestions.push({ ...rules.open[i]!, why: reason, ...(taken ? { accepted: true as const } : {}) });
  }
  for (const { id, text, citation, why: reason, accepted } of openQuestions) {
    const taken = accepted ? ' Compliance accepted that: it counts as a concern.' : '';
    trace.push({ id, text: `${NOT_KNOWN[reason!]}: ${text} (${citation})${taken}` });
  }
  trace.push(...where.steps, line, ...matching(rules.principles, known));
  return { scope: 'in', scopeReasons, flags, openQuestions, tier, rule, trace, placed: where };
};

export const evaluate = (rules: Rules, facts: Facts): Assessment => {
  if (rules.picture) return evaluateInPicture(rules, rules.picture, facts);
  const deal = read(rules, facts);
  const out = matching(rules.scope.out, deal);
  if (out.length > 0) return outOfScope(rules, deal, out);
  const trace = inScope(rules, deal);
  const scopeReasons = trace.map((line) => line.text);
  const flags = raised(rules, deal, facts, trace);

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
