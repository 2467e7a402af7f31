import { expect, it } from 'vitest';
import { compile } from '../../flows/policy/compile.ts';
import { policyDocument } from '../../flows/policy/schema.ts';
import { generatedDeals, verdictOf } from './deals.ts';
import { jsonRulesEngine } from './json-rules.ts';

const words = { text: 'Words', citation: 'Sample' };
const scale = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];

const document = policyDocument.parse({
  name: 'Sample',
  version: '1',
  scope: { section: 's', out: [{ id: 'out', text: 'Out', when: { question: 'G', is: ['no'] } }], otherwise: 'In' },
  endUserKind: words,
  sections: [
    {
      id: 's',
      title: 'S',
      intro: 'S',
      questions: [
        { id: 'G', ...words },
        { id: 'A', ...words, weighty: true },
        { id: 'B', ...words, worse: 'no', when: { question: 'A', is: ['yes', 'unknown'] } },
        { id: 'C', ...words, kind: 'choice', options: scale, when: { not: { question: 'B', is: ['yes'] } } },
        { id: 'D', ...words, kind: 'choices', options: scale },
      ],
    },
  ],
  flags: [
    {
      id: 'F1',
      title: 'F1',
      why: 'F1',
      citation: 'Sample',
      weight: 'light',
      when: { anyOf: ['A', 'B'], is: ['yes'] },
      modifiers: [
        { id: 'm1', text: 'M', effect: 'heavier', when: { endUser: ['security', 'unknown'] } },
        { id: 'm2', text: 'M', effect: 'lighter', when: { question: 'D', is: ['b'] } },
      ],
    },
    {
      id: 'F2',
      title: 'F2',
      why: 'F2',
      citation: 'Sample',
      weight: 'heavy',
      when: { all: [{ question: 'C', is: ['b'] }, { intermediaries: true }] },
      modifiers: [{ id: 'm3', text: 'M', effect: 'heavier', when: { question: 'D', is: ['a'] } }],
    },
  ],
  safeguards: [],
  tiers: [
    {
      id: 't1',
      tier: 'prohibited',
      text: 'T',
      when: {
        all: [
          { flag: 'F2', atLeast: 'severe' },
          { flag: 'F1', atLeast: 'light' },
        ],
      },
    },
    { id: 't2', tier: 'high', text: 'T', when: { anyFlag: { atLeast: 'heavy' } } },
    {
      id: 't3',
      tier: 'elevated',
      text: 'T',
      when: { any: [{ weightyOpen: true }, { anyFlag: { atLeast: 'moderate' } }] },
    },
    { id: 't4', tier: 'low', text: 'T', when: { always: true } },
  ],
  routes: { low: { steps: [{ group: 'g', quorum: 1 }] } },
  weighing: { leverage: scale, crucial: scale, severity: scale, ending: scale },
});

it('the translated rules give the verdicts of the compiled ones', async () => {
  const policy = compile(document, 'sample');
  const engine = jsonRulesEngine(document);
  const deals = generatedDeals(policy, 150);
  expect(deals).toHaveLength(150);
  const verdicts = deals.map((facts) => verdictOf(policy, facts));
  expect(new Set(verdicts.map((verdict) => verdict.tier))).toEqual(new Set(['low', 'elevated', 'high', 'prohibited']));
  for (const [index, facts] of deals.entries()) expect(await engine(facts)).toEqual(verdicts[index]);
});
