/** The parts of a policy that came later: an older policy is stored and used without them, as before. */

import { describe, expect, it } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import { policyDocument } from '../../../flows/policy/schema.ts';
import { scaleOf } from '../../../flows/policy/weighing.ts';
import { defaultDocument, defaultPolicy } from './deals.ts';

const SEVERITY = [
  { value: 'slight', label: 'Slight' },
  { value: 'grave', label: 'Grave' },
];
const older = () => {
  const { reminders: { licence: _licence, reassessments, ...reminders } = {}, weighing, ...rest } = defaultDocument();
  const { before = [], within = 30, after = [], escalate } = reassessments ?? {};
  const { leverage, crucial, ending } = weighing;
  return {
    ...rest,
    reminders: { ...reminders, reassessments: { before, within, after, escalate } },
    weighing: { leverage, crucial, severity: SEVERITY, ending },
  };
};
const problemsOf = (weighing: object): [string, string][] =>
  policyDocument
    .safeParse({ ...older(), weighing })
    .error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];

describe('a policy without the newer parts', () => {
  it('is stored exactly as it was written', () => {
    const text = JSON.stringify(older());
    expect(JSON.stringify(policyDocument.parse(JSON.parse(text)))).toHaveLength(text.length);
    expect(policyDocument.parse(JSON.parse(text))).toStrictEqual(JSON.parse(text));
  });
  it('has one scale for all of severity, asks nobody why, and names no latest day', () => {
    const policy = compile(policyDocument.parse(older()), 'hash');
    for (const part of ['scale', 'scope', 'irremediability'] as const) expect(scaleOf(policy, part)).toEqual(SEVERITY);
    expect(policy.weighing.askWhy).toBeUndefined();
    expect(policy.reminders.reassessments.atMost).toBeUndefined();
    expect(policy.reminders.licence).toBeUndefined();
  });
});

describe('the weighing of a policy', () => {
  it('has a scale for each part', () => {
    const { severity: _all, ...rest } = older().weighing;
    expect(problemsOf(rest).map(([at]) => at)).toEqual([
      'weighing.scale',
      'weighing.scope',
      'weighing.irremediability',
    ]);
  });
  it('asks why of choices that it offers', () => {
    expect(problemsOf({ ...older().weighing, askWhy: { leverage: ['litle'] } })).toEqual([
      ['weighing.askWhy.leverage.0', 'is no choice of leverage.'],
    ]);
  });
  it('is, by default, cited, and counts people in numbers', () => {
    expect(defaultPolicy.weighing.citation).toMatch(/^Guidance/);
    expect(scaleOf(defaultPolicy, 'scope').map(({ label }) => label)).toEqual([
      'Up to 10 people',
      'Up to 1,000',
      'Up to 100,000',
      'More',
    ]);
    expect(defaultPolicy.reminders).toMatchObject({
      reassessments: { atMost: { high: 12, others: 24 } },
      licence: { every: 10 },
    });
  });
});
