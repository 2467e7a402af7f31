import { describe, expect, it } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import type { Facts, RaisedFlag } from '../../../flows/policy/policy.ts';
import { answersOf, asks, raises, smallDocument } from './small.ts';

const SECTIONS = [
  { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1')] },
  {
    id: 'use',
    title: 'Use',
    intro: 'What it does.',
    questions: [asks('U1'), asks('U2'), asks('W1', { weighty: true }), asks('M1'), asks('M2')],
  },
];
const shift = (id: string, effect: 'heavier' | 'lighter') => ({
  id,
  text: `${id} holds`,
  effect,
  when: { question: id, is: ['yes'] },
});
const policyOf = (flag: Record<string, unknown>) =>
  compile(smallDocument({ sections: SECTIONS, flags: [flag] }), 'hash');
const raisedBy = (flag: Record<string, unknown>, answers: Facts['answers']): RaisedFlag[] => [
  ...policyOf(flag).evaluate(answersOf(answers)).flags,
];
const weightOf = (flag: Record<string, unknown>, answers: Facts['answers']): string | undefined =>
  raisedBy(flag, answers)[0]?.weight;

describe('a flag', () => {
  it('is raised by what its condition says, with its own weight', () => {
    expect(raisedBy(raises('U1'), { U1: 'no' })).toEqual([]);
    expect(raisedBy(raises('U1', { safeguards: ['C1'] }), { U1: 'yes' })).toEqual([
      {
        id: 'U1',
        title: 'Flag U1',
        why: 'Because of U1.',
        citation: 'Rule U1',
        weight: 'moderate',
        baseWeight: 'moderate',
        because: ['U1'],
        modifiers: [],
        safeguards: ['C1'],
      },
    ]);
  });
  it('is a step heavier or lighter for each modifier that holds', () => {
    const flag = raises('U1', { weight: 'heavy', modifiers: [shift('M1', 'heavier'), shift('M2', 'lighter')] });
    expect(weightOf(flag, { U1: 'yes' })).toBe('heavy');
    expect(weightOf(flag, { U1: 'yes', M1: 'yes' })).toBe('severe');
    expect(weightOf(flag, { U1: 'yes', M2: 'yes' })).toBe('moderate');
    expect(weightOf(flag, { U1: 'yes', M1: 'yes', M2: 'yes' })).toBe('heavy');
  });
  it('stays on the scale', () => {
    const heavier = [shift('M1', 'heavier'), shift('M2', 'heavier')];
    expect(weightOf(raises('U1', { weight: 'heavy', modifiers: heavier }), { U1: 'yes', M1: 'yes', M2: 'yes' })).toBe(
      'severe',
    );
    const lighter = [shift('M1', 'lighter'), shift('M2', 'lighter')];
    expect(weightOf(raises('U1', { weight: 'light', modifiers: lighter }), { U1: 'yes', M1: 'yes', M2: 'yes' })).toBe(
      'light',
    );
  });
  it('that a weighty question raised is never lighter than moderate', () => {
    const either = { anyOf: ['U1', 'W1'], is: ['yes'] };
    expect(weightOf(raises('W1', { weight: 'light' }), { W1: 'yes' })).toBe('moderate');
    expect(weightOf(raises('U1', { weight: 'light' }), { U1: 'yes' })).toBe('light');
    expect(weightOf(raises('F', { weight: 'light', when: either }), { U1: 'yes', W1: 'yes' })).toBe('moderate');
    expect(weightOf(raises('F', { weight: 'light', when: either }), { U1: 'yes', W1: 'no' })).toBe('light');
    const twice = { weight: 'moderate', modifiers: [shift('M1', 'lighter'), shift('M2', 'lighter')] };
    expect(weightOf(raises('W1', twice), { W1: 'yes', M1: 'yes', M2: 'yes' })).toBe('moderate');
    expect(weightOf(raises('W1', { ...twice, weight: 'severe' }), { W1: 'yes', M1: 'yes' })).toBe('heavy');
  });
});

describe('how it shows', () => {
  const flag = raises('F', {
    title: 'Misuse',
    citation: 'Rule F',
    weight: 'heavy',
    when: { anyOf: ['U1', 'U2'], is: ['yes'] },
    modifiers: [shift('M1', 'heavier'), shift('M2', 'lighter')],
  });
  const lineOf = (answers: Facts['answers']): string | undefined =>
    policyOf(flag)
      .evaluate(answersOf(answers))
      .trace.find(({ id }) => id === 'F')?.text;

  it('says the weight, and from which one where a modifier changed it', () => {
    expect(lineOf({ U1: 'yes' })).toBe('Misuse: heavy (Rule F).');
    expect(lineOf({ U1: 'yes', M1: 'yes' })).toBe('Misuse: severe here, from heavy (Rule F). Heavier: M1 holds');
    expect(lineOf({ U1: 'yes', M2: 'yes' })).toBe('Misuse: moderate here, from heavy (Rule F). Lighter: M2 holds');
    expect(lineOf({ U1: 'yes', M1: 'yes', M2: 'yes' })).toBe(
      'Misuse: heavy (Rule F). Heavier: M1 holds Lighter: M2 holds',
    );
  });
  it('names the answers that raised it and the modifiers that hold, deal after deal', () => {
    const policy = policyOf(flag);
    const shown = (answers: Facts['answers']): [readonly string[], string[]] | undefined => {
      const [raised] = policy.evaluate(answersOf(answers)).flags;
      return raised && [raised.because, raised.modifiers.map(({ id }) => id)];
    };
    // One policy judges every deal: none may show what belongs to the one before.
    for (let round = 0; round < 2; round += 1) {
      expect(shown({ U1: 'yes' })).toEqual([['U1'], []]);
      expect(shown({ U2: 'yes' })).toEqual([['U2'], []]);
      expect(shown({ U1: 'yes', U2: 'yes' })).toEqual([['U1', 'U2'], []]);
      expect(shown({ U1: 'yes', M1: 'yes' })).toEqual([['U1'], ['M1']]);
      expect(shown({ U1: 'yes', M2: 'yes' })).toEqual([['U1'], ['M2']]);
      expect(shown({ U1: 'yes', M1: 'yes', M2: 'yes' })).toEqual([['U1'], ['M1', 'M2']]);
      expect(shown({ M1: 'yes' })).toBeUndefined();
    }
  });
});
