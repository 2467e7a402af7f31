import { describe, expect, it } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import type { Assessment, Facts, Weight } from '../../../flows/policy/policy.ts';
import { answersOf, asks, raises, smallDocument } from './small.ts';

const judge = (facts: Facts, changed: Record<string, unknown> = {}): Assessment =>
  compile(smallDocument(changed), 'hash').evaluate(facts);
const traced = ({ trace }: Assessment): string[] => trace.map(({ id }) => id);
const IN = { in: [{ id: 'contradicts', text: 'It is used.', when: { question: 'U1', is: ['yes'] } }] };
const scopeWith = (more: Record<string, unknown>): Record<string, unknown> => ({
  scope: { ...smallDocument().scope, ...more },
});
const PRINCIPLES = [
  { id: 'always', text: 'Think. Then ask.', citation: 'Rule 0', when: { always: true } },
  { id: 'outside', text: 'Tell them why.', citation: 'Rule 1', when: { scope: 'out' } },
  { id: 'never', text: 'Nothing.', citation: 'Rule 2', when: { not: { always: true } } },
];

describe('out of scope', () => {
  it('a deal has reasons, no tier, no flags and nothing open, whatever else was answered', () => {
    const facts = answersOf({ G1: 'no', U1: 'yes', U2: 'unknown' }, { endUser: 'unknown' });
    expect(judge(facts, { principles: PRINCIPLES })).toEqual({
      scope: 'out',
      scopeReasons: ['It watches nobody.'],
      flags: [],
      openQuestions: [],
      tier: null,
      rule: null,
      trace: [
        { id: 'harmless', text: 'It watches nobody.' },
        { id: 'always', text: 'Think. Then ask (Rule 0).' },
        { id: 'outside', text: 'Tell them why (Rule 1).' },
      ],
    });
  });
  it('every rule that takes it out is named', () => {
    const out = [
      { id: 'one', text: 'First.', when: { question: 'G1', is: ['no'] } },
      { id: 'two', text: 'Second.', when: { question: 'U1', is: ['yes'] } },
      { id: 'three', text: 'Third.', when: { endUser: ['private'] } },
    ];
    expect(judge(answersOf({ G1: 'no' }), scopeWith({ out })).scopeReasons).toEqual(['First.', 'Third.']);
  });
});

describe('in scope', () => {
  it('the reasons are the rules that speak for it, or else the one that is left', () => {
    expect(judge(answersOf({ U1: 'yes' }), scopeWith(IN)).scopeReasons).toEqual(['It is used.']);
    expect(judge(answersOf({ U1: 'no' }), scopeWith(IN))).toMatchObject({
      scope: 'in',
      scopeReasons: ['Nothing takes it out.'],
    });
  });
  it('the trace tells scope, flags, what is open, the tier and the principles, in this order', () => {
    const facts = answersOf(
      { G1: 'yes', U1: 'yes', U2: 'unknown' },
      { ownFlags: [{ id: 'own-1', title: 'A worry', weight: 'light' }] },
    );
    expect(traced(judge(facts, { principles: PRINCIPLES }))).toEqual([
      'scope',
      'U1',
      'own-1',
      'U2',
      'tier-elevated',
      'always',
    ]);
  });
  it('the first tier rule that holds sets the tier', () => {
    expect(judge(answersOf({}))).toMatchObject({ tier: 'low', rule: 'tier-low', flags: [] });
    expect(judge(answersOf({ U1: 'yes' }))).toMatchObject({ tier: 'elevated', rule: 'tier-elevated' });
    const flags = [raises('U1'), raises('U2', { weight: 'severe' })];
    expect(judge(answersOf({ U2: 'yes' }), { flags })).toMatchObject({ tier: 'high', rule: 'tier-high' });
    expect(judge(answersOf({ U1: 'yes' })).trace.at(-1)?.text).toBe('Elevated: something is raised');
  });
  it('a policy whose tier rules leave a deal out is at fault', () => {
    const tiers = [{ id: 'never', tier: 'low', text: 'never', when: { not: { always: true } } }];
    expect(() => judge(answersOf({}), { tiers })).toThrow(/No tier rule holds/);
  });
  it('the heaviest flag counts, whichever comes first', () => {
    const [severe, light] = [raises('U1', { weight: 'severe' }), raises('U2', { weight: 'light' })];
    const both = answersOf({ U1: 'yes', U2: 'yes' });
    expect(judge(both, { flags: [severe, light] }).tier).toBe('high');
    expect(judge(both, { flags: [light, severe] }).tier).toBe('high');
  });
  it('a tier rule may ask for one flag by its name', () => {
    const tiers = [
      { id: 'named', tier: 'high', text: 'that one', when: { flag: 'U2', atLeast: 'light' } },
      { id: 'rest', tier: 'low', text: 'the rest', when: { always: true } },
    ];
    const flags = [raises('U1'), raises('U2', { weight: 'light' })];
    expect(judge(answersOf({ U1: 'yes', U2: 'no' }), { tiers, flags }).rule).toBe('rest');
    expect(judge(answersOf({ U1: 'no', U2: 'yes' }), { tiers, flags }).rule).toBe('named');
  });
});

describe('a flag that somebody raised', () => {
  const own = (weight: Weight) => ({ ownFlags: [{ id: 'own-1', title: 'A worry', weight }] });

  it('weighs as much as they said, and never makes the deal lighter', () => {
    expect(judge(answersOf({}, own('light'))).tier).toBe('elevated');
    expect(judge(answersOf({}, own('severe'))).tier).toBe('high');
    const severe = { flags: [raises('U1', { weight: 'severe' })] };
    expect(judge(answersOf({ U1: 'yes' }, own('light')), severe).tier).toBe('high');
  });
  it('shows as a house rule, without modifiers and safeguards', () => {
    const assessment = judge(answersOf({}, own('heavy')));
    expect(assessment.flags).toEqual([
      {
        id: 'own-1',
        title: 'A worry',
        why: 'Somebody who knows this deal raised it.',
        citation: 'House rule',
        weight: 'heavy',
        baseWeight: 'heavy',
        because: ['own-1'],
        modifiers: [],
        safeguards: [],
      },
    ]);
    expect(assessment.trace).toContainEqual({ id: 'own-1', text: 'A worry: heavy (raised by a colleague).' });
  });
});

describe('an open question', () => {
  const sections = [
    { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1')] },
    {
      id: 'use',
      title: 'Use',
      intro: 'What it does.',
      questions: [asks('U1', { weighty: true }), asks('U2'), asks('U3', { when: { question: 'U1', is: ['yes'] } })],
    },
  ];
  const tiers = [
    { id: 'open', tier: 'elevated', text: 'something weighty is open', when: { weightyOpen: true } },
    { id: 'rest', tier: 'low', text: 'the rest', when: { always: true } },
  ];
  const openIn = (facts: Facts): [string[], string | null] => {
    const { openQuestions, rule } = judge(facts, { sections, tiers });
    return [openQuestions.map(({ id }) => id), rule];
  };

  it('is one that nobody knows, and counts where it is weighty', () => {
    expect(openIn(answersOf({ U1: 'no', U2: 'no' }))).toEqual([[], 'rest']);
    expect(openIn(answersOf({ U2: 'unknown' }))).toEqual([['U2'], 'rest']);
    expect(openIn(answersOf({ U1: 'unknown' }))).toEqual([['U1'], 'open']);
    expect(openIn(answersOf({ U1: 'unknown', U2: 'unknown' }))).toEqual([['U1', 'U2'], 'open']);
  });
  it('is not one that is not asked', () => {
    expect(openIn(answersOf({ U1: 'no', U3: 'unknown' }))).toEqual([[], 'rest']);
    expect(openIn(answersOf({ U1: 'yes', U3: 'unknown' }))).toEqual([['U3'], 'rest']);
  });
  it('is who the end-user is, where nobody knows', () => {
    expect(openIn(answersOf({}, { endUser: 'unknown' }))).toEqual([['end-user-kind'], 'open']);
    expect(openIn(answersOf({}, { endUser: 'government' }))).toEqual([[], 'rest']);
    expect(judge(answersOf({}, { endUser: 'unknown' })).openQuestions).toEqual([
      { id: 'end-user-kind', text: 'Who is the end-user?', citation: 'Rule E', weighty: true },
    ]);
  });
  it('is told with its citation', () => {
    expect(judge(answersOf({ U2: 'unknown' })).trace).toContainEqual({ id: 'U2', text: 'Open: Is it U2? (Rule U2)' });
  });
});

describe('intermediaries', () => {
  it('are there where nobody said that there are none', () => {
    const flags = [raises('U1', { when: { intermediaries: true } })];
    const raised = (intermediaries: boolean | undefined): number =>
      judge(answersOf({}, { intermediaries }), { flags }).flags.length;
    expect([raised(true), raised(undefined), raised(false)]).toEqual([1, 1, 0]);
  });
});
