/** A policy document, translated rule by rule for json-rules-engine. Knows no id of the default policy. */

import {
  Engine,
  type Almanac,
  type NestedCondition,
  type RuleProperties,
  type RuleResult,
  type TopLevelCondition,
} from 'json-rules-engine';
import { coded } from '../../flows/policy/answers.ts';
import type { WeighedCondition } from '../../flows/policy/condition.ts';
import { WEIGHTS, type Facts, type Weight } from '../../flows/policy/policy.ts';
import type { FlagDocument, PolicyDocument, QuestionDocument } from '../../flows/policy/schema.ts';

/** Results that both engines must agree on. */
export interface Verdict {
  /** `H-RF1:heavy`, in the file's order. */
  flags: string[];
  open: string[];
  tier: string | null;
}

/** Names the condition under which a question is asked: it is no reason for a flag. */
const ASKED = 'asked';

type Read = <T>(fact: string) => Promise<T>;

const top = (condition: NestedCondition): TopLevelCondition =>
  'fact' in condition ? { all: [condition] } : (condition as TopLevelCondition);

/** Questions that depend on other answers count only if they are asked: that condition goes in front. */
function translator(questions: ReadonlyMap<string, QuestionDocument>) {
  const answered = (id: string, values: readonly string[]): NestedCondition => {
    const picked = { fact: `answer ${id}`, operator: 'picked', value: values };
    const when = questions.get(id)?.when;
    return when ? { all: [{ ...translate(when), name: ASKED }, picked] } : picked;
  };

  const translate = (condition: WeighedCondition): NestedCondition => {
    if ('all' in condition) return { all: condition.all.map(translate) };
    if ('any' in condition) return { any: condition.any.map(translate) };
    if ('not' in condition) return { not: translate(condition.not) };
    if ('question' in condition) return answered(condition.question, condition.is);
    if ('anyOf' in condition) return { any: condition.anyOf.map((id) => answered(id, condition.is)) };
    if ('endUser' in condition) return { fact: 'end-user', operator: 'in', value: condition.endUser };
    if ('intermediaries' in condition) {
      return { fact: 'intermediaries', operator: 'equal', value: condition.intermediaries };
    }
    if ('flag' in condition) {
      const value = WEIGHTS.indexOf(condition.atLeast);
      return { fact: `weight ${condition.flag}`, operator: 'greaterThanInclusive', value };
    }
    if ('anyFlag' in condition) {
      return { fact: 'heaviest', operator: 'greaterThanInclusive', value: WEIGHTS.indexOf(condition.anyFlag.atLeast) };
    }
    if ('weightyOpen' in condition) return { fact: 'weighty-open', operator: 'equal', value: condition.weightyOpen };
    if ('flags' in condition || 'row' in condition || 'accepted' in condition || 'alert' in condition)
      throw new Error('Only a risk picture has this condition, and the rules of November 2026 have none.');
    if ('scope' in condition) return { fact: 'always', operator: 'equal', value: condition.scope === 'in' };
    if ('always' in condition) return { fact: 'always', operator: 'equal', value: true };
    const never: never = condition;
    return never;
  };
  return { translate, answered };
}

/** The questions whose answers fulfilled the conditions, from the engine's result (which leaves out the root's). */
function becauseOf(result: object): string[] {
  if (!('result' in result) || !result.result || 'not' in result) return [];
  if ('name' in result && result.name === ASKED) return [];
  if ('fact' in result) {
    const fact = String(result.fact);
    return fact.startsWith('answer ') ? [fact.slice('answer '.length)] : [];
  }
  const inner: unknown = 'all' in result ? result.all : 'any' in result ? result.any : [];
  return (inner as object[]).flatMap(becauseOf);
}

/** Gives `verdict`, for deals that are in scope. */
export function jsonRulesEngine(policy: PolicyDocument): (facts: Facts) => Promise<Verdict> {
  const questions = policy.sections.flatMap((section) => section.questions);
  const byId = new Map(questions.map((question) => [question.id, question]));
  const { translate, answered } = translator(byId);
  const weighty = new Set(questions.filter((question) => question.weighty).map((question) => question.id));
  const rules: RuleProperties[] = [];

  // The engine runs priorities one after the other: first the rules on answers, then the rules on weights.
  const add = (
    kind: string,
    id: string,
    condition: NestedCondition,
    priority: number,
    onSuccess?: RuleProperties['onSuccess'],
  ) =>
    rules.push({
      name: `${kind} ${id}`,
      conditions: top(condition),
      event: { type: kind, params: { id } },
      priority,
      ...(onSuccess ? { onSuccess } : {}),
    });

  for (const rule of [...policy.scope.out, ...policy.scope.in]) add('scope', rule.id, translate(rule.when), 3);
  for (const flag of policy.flags) {
    add('flag', flag.id, translate(flag.when), 3, (_, almanac, result: RuleResult) =>
      almanac.addRuntimeFact(`because ${flag.id}`, becauseOf({ ...result.conditions, result: true })),
    );
    for (const modifier of flag.modifiers) {
      add('modifier', `${flag.id} ${modifier.id}`, { all: [translate(flag.when), translate(modifier.when)] }, 3);
    }
  }
  for (const question of questions) {
    const { bits, open } = coded(question);
    const values = [...bits].filter(([, bit]) => (bit & open) !== 0).map(([value]) => value);
    add('open', question.id, answered(question.id, values), 3);
  }
  for (const rule of policy.tiers ?? []) add('tier', rule.id, translate(rule.when), 1);
  for (const rule of policy.principles) add('principle', rule.id, translate(rule.when), 1);

  const engine = new Engine(rules, { allowUndefinedFacts: true });
  engine.addOperator<string | string[] | undefined, string[]>('picked', (answer, values) =>
    Array.isArray(answer)
      ? answer.some((one) => values.includes(one))
      : answer !== undefined && values.includes(answer),
  );

  const happened = (almanac: Almanac): ReadonlySet<string> =>
    new Set(
      (almanac as unknown as EventSource).getEvents('success').map((event) => `${event.type} ${event.params.id}`),
    );

  const weightOf = async (flag: FlagDocument, events: ReadonlySet<string>, read: Read): Promise<number> => {
    if (!events.has(`flag ${flag.id}`)) return -1;
    const applied = flag.modifiers.filter((modifier) => events.has(`modifier ${flag.id} ${modifier.id}`));
    const shifted = applied.reduce(
      (sum, modifier) => sum + (modifier.effect === 'heavier' ? 1 : -1),
      WEIGHTS.indexOf(flag.weight),
    );
    const because = await read<string[]>(`because ${flag.id}`);
    const least = because.some((id) => weighty.has(id)) ? WEIGHTS.indexOf('moderate') : 0;
    return Math.min(Math.max(shifted, least), WEIGHTS.length - 1);
  };
  const reader =
    (almanac: Almanac): Read =>
    (fact) =>
      almanac.factValue(fact);

  engine.addFact('weights', async (_, almanac) => {
    const events = happened(almanac);
    const weights = new Map<string, number>();
    for (const flag of policy.flags) weights.set(flag.id, await weightOf(flag, events, reader(almanac)));
    return weights;
  });
  for (const { id } of policy.flags) {
    engine.addFact(`weight ${id}`, async (_, almanac) =>
      (await reader(almanac)<Map<string, number>>('weights')).get(id),
    );
  }
  engine.addFact('heaviest', async (_, almanac) =>
    Math.max(...(await reader(almanac)<Map<string, number>>('weights')).values()),
  );
  engine.addFact('weighty-open', async (_, almanac) => {
    const events = happened(almanac);
    return (
      (await reader(almanac)<string>('end-user')) === 'unknown' || [...weighty].some((id) => events.has(`open ${id}`))
    );
  });

  return async (facts) => {
    const run = await engine.run({
      always: true,
      'end-user': facts.endUser,
      intermediaries: facts.intermediaries !== false,
      ...Object.fromEntries(Object.entries(facts.answers).map(([id, answer]) => [`answer ${id}`, answer])),
    });
    const weights = await run.almanac.factValue<Map<string, number>>('weights');
    const events = happened(run.almanac);
    return {
      flags: policy.flags.flatMap(({ id }) => {
        const weight: Weight | undefined = WEIGHTS[weights.get(id) ?? -1];
        return weight ? [`${id}:${weight}`] : [];
      }),
      open: questions.filter(({ id }) => events.has(`open ${id}`)).map(({ id }) => id),
      tier: policy.tiers?.find(({ id }) => events.has(`tier ${id}`))?.tier ?? null,
    };
  };
}

/** Documented by the engine, absent from its types. */
interface EventSource {
  getEvents(outcome: 'success'): { type: string; params: { id: string } }[];
}
