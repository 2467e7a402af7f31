import { describe, expect, it } from 'vitest';
import { coded, encode, maskOf, valuesOf } from '../../../flows/policy/answers.ts';

const question = (more: Partial<Parameters<typeof coded>[0]> = {}) =>
  coded({ id: 'Q', kind: 'yes-no', options: [], worse: 'yes', ...more });
const options = ['first', 'second', 'third'].map((value) => ({ value, label: value }));

describe('an answer in bits', () => {
  it('is another bit for each value that a question can take', () => {
    const picker = question({ kind: 'choice', options });
    const values = ['yes', 'no', 'unknown', 'not-applicable', 'first', 'second', 'third'];
    const bits = values.map((value) => encode(picker, value));
    expect(new Set(bits).size).toBe(values.length);
    for (const bit of bits) expect(bit & (bit - 1)).toBe(0);
  });
  it('is nothing where there is none, and something where anything was said', () => {
    const text = question({ kind: 'text' });
    expect(encode(text, undefined)).toBe(0);
    const said = encode(text, 'Counting cars.');
    expect(said).toBeGreaterThan(0);
    expect(said & maskOf(text, ['yes', 'no', 'unknown', 'not-applicable'])).toBe(0);
  });
  it('is all the options that were picked, and something also where none was', () => {
    const picker = question({ kind: 'choices', options });
    expect(encode(picker, ['first', 'third'])).toBe(maskOf(picker, ['first', 'third']));
    expect(encode(picker, ['first'])).toBe(encode(picker, 'first'));
    expect(encode(picker, [])).toBe(encode(question({ kind: 'text' }), 'words'));
    expect(encode(picker, ['elsewhere'])).toBe(encode(picker, []));
  });
  it('asks for none of the values that the question does not have', () => {
    expect(maskOf(question(), ['maybe'])).toBe(0);
    expect(maskOf(question(), [])).toBe(0);
    expect(maskOf(question(), ['yes', 'no', 'no'])).toBe(encode(question(), 'yes') | encode(question(), 'no'));
  });
});

describe('a question is open', () => {
  const openOf = (q: ReturnType<typeof coded>): string[] =>
    ['yes', 'no', 'unknown', 'not-applicable'].filter((value) => (encode(q, value) & q.open) !== 0);

  it('where nobody knows', () => {
    expect(openOf(question())).toEqual(['unknown']);
  });
  it('where what should be done is not, or is said not to apply', () => {
    expect(openOf(question({ worse: 'no' }))).toEqual(['no', 'unknown', 'not-applicable']);
  });
  it('by no option of a picker', () => {
    expect(openOf(question({ worse: 'no', kind: 'choice', options }))).toEqual(['unknown']);
    expect(openOf(question({ worse: 'no', kind: 'choices', options }))).toEqual(['unknown']);
  });
});

describe('the values that somebody can give', () => {
  it('are yes and no, or the options; don’t know always; and not applicable where that is allowed', () => {
    const none = { options: [], allowNotApplicable: false };
    expect(valuesOf({ ...none, kind: 'yes-no' })).toEqual(['yes', 'no', 'unknown']);
    expect(valuesOf({ ...none, kind: 'yes-no', allowNotApplicable: true })).toContain('not-applicable');
    expect(valuesOf({ ...none, kind: 'choice', options })).toEqual(['first', 'second', 'third', 'unknown']);
  });
});
