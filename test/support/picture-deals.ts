/** Deals under the default policy, whose tier is a cell of its risk picture. */

import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { compile } from '../../flows/policy/compile.ts';
import type { CompiledPolicy, Facts, FactValue, Question, Tier } from '../../flows/policy/policy.ts';
import { best, defaultDocument, defaultPolicy, walk } from '../flows/policy/deals.ts';
import { aDeal, aDecidingDeal, answered, aRoute, aView } from './deal-builders.ts';

const KIND = { endUser: 'security', intermediaries: true } as const;

export type Choose = (question: Question) => FactValue;

/** Answers as well as possible but for these. */
export const bestBut = (changed: Readonly<Record<string, FactValue>>): Choose => {
  // A question whose meaning changed has a new id: a test that names the old one would test nothing.
  for (const id of Object.keys(changed)) if (!defaultPolicy.question(id)) throw new Error(`no question ${id}`);
  return (question) => changed[question.id] ?? best(question);
};

/** The default policy, in which a good answer counts only where it stands on something. */
const strict = (): CompiledPolicy => {
  const document = defaultDocument();
  if (!document.picture) throw new Error('the default policy has a risk picture');
  return compile({ ...document, picture: { ...document.picture, bases: 'required' } }, defaultPolicy.hash);
};

/** `strict` where each good answer stands on something, and with whatever else `facts` adds. */
export const withFacts = (facts: Partial<Facts> = {}): CompiledPolicy => {
  const policy = strict();
  const based = Object.fromEntries(
    defaultPolicy.sections.flatMap(({ questions }) => questions).map(({ id }) => [id, 2] as const),
  );
  const more = (given: Facts): Facts => ({ ...given, based, ...facts });
  return {
    ...policy,
    evaluate: (given) => policy.evaluate(more(given)),
    wouldLower: (given) => policy.wouldLower(more(given)),
  };
};

const answersOf = (choose: Choose, sections: number): OpenedDeal['answers'] => {
  const { facts, asked } = walk(defaultPolicy, KIND, choose);
  const answers: Record<string, ReturnType<typeof answered>> = {};
  for (const { id, section } of asked) {
    answers[section] = {
      ...answers[section],
      ...answered({ [id]: { value: facts.answers[id] ?? 'unknown', sources: [] } }),
    };
  }
  return Object.fromEntries(Object.entries(answers).slice(0, sections));
};

const details = (): OpenedDeal['details'] => ({
  ...aDeal().details,
  intermediaries: [{ name: 'Sample Reseller', role: 'reseller' }],
});

/** A deal that is being answered: its first `sections` are in. */
export const answeringView = (choose: Choose, sections: number, policy = withFacts()): DealView =>
  aView(aDeal({ details: details(), answers: answersOf(choose, sections) }), { policy });

/** A deal before its first vote. */
export const decidingView = (choose: Choose, policy = withFacts()): DealView => {
  const answers = answersOf(choose, Infinity);
  const { assessment } = aView(aDeal({ details: details(), answers }), { policy });
  const tier = (assessment.tier ?? 'low') as Exclude<Tier, 'prohibited'>;
  return aView(aDecidingDeal({ details: details(), answers, tier, rule: assessment.rule ?? '', route: aRoute(tier) }), {
    policy,
  });
};
