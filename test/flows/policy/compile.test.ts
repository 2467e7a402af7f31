import { describe, expect, it } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import { answersOf, asks, raises, smallDocument } from './small.ts';

const policyOf = (changed: Record<string, unknown> = {}) => compile(smallDocument(changed), 'hash');
const rule = (after: number[], more: Record<string, unknown> = {}) => ({ after, ...more });

describe('a compiled policy', () => {
  it('has its name, version, hash and look-ups', () => {
    const policy = policyOf({ safeguards: [{ id: 'C1', title: 'C', condition: 'C', citation: 'C', dueInDays: 3 }] });
    expect(policy).toMatchObject({ name: 'Small policy', version: '1', hash: 'hash', scopeSection: 'scope' });
    expect(policy.safeguards).toMatchObject({ C1: { dueInDays: 3 } });
    expect(policy.question('U2')).toMatchObject({ id: 'U2', section: 'use' });
    expect(policy.question('nowhere')).toBeUndefined();
    expect(policy.flagTitle('U1')).toBe('Flag U1');
    expect(policy.flagTitle('nowhere')).toBeUndefined();
  });
  it('names a question by its own id where it names no source, and resolves its references', () => {
    const questions = [
      asks('U1', { references: ['R1', 'R2'] }),
      asks('U2', { sources: ['G1', 'G2'], worse: 'no', when: { question: 'U1', is: ['yes'] } }),
    ];
    const sections = [{ id: 'scope', title: 'Scope', intro: 'What it is.', questions }];
    const scope = { ...smallDocument().scope, out: [] };
    const references = [
      { id: 'R2', name: 'Second' },
      { id: 'R1', name: 'First', url: 'https://example.org/' },
    ];
    const policy = policyOf({ sections, scope, references });
    expect(policy.question('U1')).toMatchObject({
      sources: ['U1'],
      references: [{ id: 'R1', name: 'First', url: 'https://example.org/' }, { name: 'Second' }],
    });
    expect(policy.question('U2')).toMatchObject({ sources: ['G1', 'G2'], references: [] });
    // What only the evaluation needs.
    expect(policy.question('U2')).not.toHaveProperty('when');
    expect(policy.question('U2')).not.toHaveProperty('worse');
  });
  it('puts the scope first, and keeps the order of the others', () => {
    const section = (id: string, question: string) => ({
      id,
      title: id,
      intro: id,
      questions: [asks(question)],
    });
    const sections = [section('one', 'U1'), section('two', 'U2'), section('scope', 'G1'), section('three', 'U3')];
    expect(policyOf({ sections }).sections.map(({ id }) => id)).toEqual(['scope', 'one', 'two', 'three']);
  });
});

describe('what is asked', () => {
  const sections = [
    { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1'), asks('G2')] },
    {
      id: 'use',
      title: 'Use',
      intro: 'What it does.',
      questions: [asks('U1'), asks('U2', { when: { question: 'U1', is: ['yes'] } })],
    },
    {
      id: 'abroad',
      title: 'Abroad',
      intro: 'Where.',
      questions: [asks('A1', { when: { question: 'U2', is: ['yes'] } })],
    },
  ];
  const policy = policyOf({ sections });
  const asked = (answers: Record<string, string>): Record<string, string[]> =>
    Object.fromEntries(
      policy
        .sectionsFor(answersOf(answers))
        .map(({ id }) => [id, policy.questionsFor(id, answersOf(answers)).map((q) => q.id)]),
    );

  it('is each question whose condition holds, and no section without one', () => {
    expect(asked({})).toEqual({ scope: ['G1', 'G2'], use: ['U1'] });
    expect(asked({ U1: 'yes' })).toEqual({ scope: ['G1', 'G2'], use: ['U1', 'U2'] });
    expect(asked({ U1: 'yes', U2: 'yes' })).toEqual({ scope: ['G1', 'G2'], use: ['U1', 'U2'], abroad: ['A1'] });
  });
  it('counts an answer only where its own question is asked', () => {
    expect(asked({ U1: 'no', U2: 'yes' })).toEqual({ scope: ['G1', 'G2'], use: ['U1'] });
  });
  it('is the scope alone where the deal is out of it', () => {
    expect(asked({ G1: 'no', U1: 'yes' })).toEqual({ scope: ['G1', 'G2'] });
    expect(policy.questionsFor('use', answersOf({ G1: 'no' }))).toEqual([]);
  });
  it('is nothing in a section that is not there', () => {
    expect(policy.questionsFor('nowhere', answersOf({}))).toEqual([]);
  });
});

describe('routes', () => {
  const steps = [{ group: 'compliance', quorum: 2 }];
  it('are those of each tier', () => {
    const policy = policyOf({ routes: { low: { steps }, high: { steps, weighing: true } } });
    expect(policy.routeFor('low')).toMatchObject({ tier: 'low', weighing: false, steps: [{ quorum: 2 }] });
    expect(policy.routeFor('high')).toMatchObject({ tier: 'high', weighing: true });
    expect(() => policy.routeFor('elevated')).toThrow(/no route for tier elevated/);
  });
});

describe('reminders', () => {
  it('before a date come the most days first, however they are written', () => {
    const { reminders } = policyOf({
      reminders: {
        conditions: rule([2], { before: [3, 14, 7] }),
        reassessments: rule([2], { before: [7, 90] }),
        holds: rule([2], { before: [1, 2] }),
        channelReview: { everyMonths: 6, before: [0, 30] },
      },
    });
    expect(reminders.conditions.before).toEqual([14, 7, 3]);
    expect(reminders.reassessments.before).toEqual([90, 7]);
    expect(reminders.holds.before).toEqual([2, 1]);
    expect(reminders.channelReview).toMatchObject({ everyMonths: 6, before: [30, 0] });
  });
  it('are the usual ones where a policy says nothing', () => {
    const { reminders } = policyOf();
    expect(reminders).toMatchObject({
      sections: { after: [2, 4] },
      conditions: { before: [14, 3] },
      reassessments: { before: [90, 60, 30, 7], within: 30 },
      holds: { before: [7] },
      watch: { every: 90 },
    });
    expect(reminders).not.toHaveProperty('channelReview');
    expect(reminders).not.toHaveProperty('training');
  });
  it('of training are the policy’s, or the usual ones, where there is training', () => {
    const training = {
      courses: [{ id: 'c', title: 'C', about: 'C', citation: 'C', validMonths: 12, for: { groups: ['senior'] } }],
    };
    expect(policyOf().training).toBeUndefined();
    expect(policyOf({ training }).training?.reminders).toMatchObject({ before: [30, 7, 0], weeklyAfter: true });
    const own = policyOf({ training, reminders: { training: { before: [5, 50] } } }).training;
    expect(own).toMatchObject({ courses: [{ id: 'c' }], reminders: { before: [50, 5], weeklyAfter: false } });
    expect(policyOf({ training, reminders: {} }).training?.reminders.before).toEqual([30, 7, 0]);
  });
});

describe('a reference into nothing', () => {
  it('is a fault', () => {
    expect(() => policyOf({ flags: [raises('U9')] })).toThrow(/refers to U9/);
  });
});
