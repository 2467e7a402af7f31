/** Which conditions a worse answer would make work the wrong way. */

import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../flows/policy/condition.ts';
import { wrongWay } from '../../../flows/policy/monotone.ts';
import type { QuestionDocument } from '../../../flows/policy/schema.ts';
import { asks, smallDocument } from './small.ts';

// Mildest first.
const options = ['little', 'some', 'much'].map((value) => ({ value, label: value }));
const questions = new Map<string, QuestionDocument>(
  smallDocument({
    sections: [
      {
        id: 'scope',
        title: 'Scope',
        intro: 'What it is.',
        questions: [
          asks('BAD'),
          asks('GOOD', { worse: 'no', allowNotApplicable: true }),
          asks('ONE', { kind: 'choice', options }),
          asks('MANY', { kind: 'choices', options }),
        ],
      },
    ],
  }).sections[0]?.questions.map((q) => [q.id, q]),
);

const heavier = (condition: Criterion): string[] => wrongWay(condition, true, questions);
const lighter = (condition: Criterion): string[] => wrongWay(condition, false, questions);
const when = (question: string, ...is: string[]): { question: string; is: string[] } => ({ question, is });

describe('what makes a deal heavier', () => {
  it.each([
    ['the worse answer', when('BAD', 'yes')],
    ['the worse answer or don’t know', when('BAD', 'yes', 'unknown')],
    ['any answer at all', when('BAD', 'yes', 'no', 'unknown')],
    ['what should be done and is not', when('GOOD', 'no')],
    ['what should be done and is said not to apply', when('GOOD', 'not-applicable')],
    ['the worst option', when('ONE', 'much')],
    ['all but the mildest option', when('ONE', 'unknown', 'some', 'much')],
    ['an option that was picked among others', when('MANY', 'little')],
  ])('may be %s', (_, condition) => {
    expect(heavier(condition)).toEqual([]);
  });
  it.each([
    ['the better answer', when('BAD', 'no')],
    ['don’t know alone, which is better than the worse answer', when('BAD', 'unknown')],
    ['both answers but not don’t know', when('BAD', 'yes', 'no')],
    ['what should be done and is', when('GOOD', 'yes')],
    ['the mildest option', when('ONE', 'little')],
    ['an option in the middle', when('ONE', 'some')],
    ['every option but not don’t know', when('ONE', 'little', 'some', 'much')],
    ['don’t know where more picks are worse', when('MANY', 'unknown')],
  ])('may not be %s', (_, condition) => {
    expect(heavier(condition)).toEqual([condition.question]);
  });
});

describe('what makes a deal lighter', () => {
  it.each([
    ['the better answer', when('BAD', 'no')],
    ['the better answer or don’t know', when('BAD', 'no', 'unknown')],
    ['any answer at all', when('BAD', 'yes', 'no', 'unknown')],
    ['all but one of the worst answers', when('GOOD', 'yes', 'unknown', 'no')],
    ['the mildest option', when('ONE', 'little')],
  ])('may be %s', (_, condition) => {
    expect(lighter(condition)).toEqual([]);
  });
  it.each([
    ['the worse answer', when('BAD', 'yes')],
    ['don’t know alone', when('BAD', 'unknown')],
    ['both answers but not don’t know', when('BAD', 'yes', 'no')],
    ['an option that is not the mildest', when('ONE', 'some')],
    ['a pick, since fewer picks are better', when('MANY', 'little')],
  ])('may not be %s', (_, condition) => {
    expect(lighter(condition)).toEqual([condition.question]);
  });
});

describe('a condition of several parts', () => {
  it('names each question that is the wrong way round', () => {
    const parts = [when('BAD', 'no'), when('GOOD', 'no'), when('ONE', 'little')];
    expect(heavier({ all: parts })).toEqual(['BAD', 'ONE']);
    expect(heavier({ any: parts })).toEqual(['BAD', 'ONE']);
    expect(heavier({ anyOf: ['BAD', 'GOOD'], is: ['no'] })).toEqual(['BAD']);
  });
  it('turns round with “not”', () => {
    expect(heavier({ not: when('BAD', 'no') })).toEqual([]);
    expect(heavier({ not: when('BAD', 'yes') })).toEqual(['BAD']);
    expect(lighter({ not: { not: when('BAD', 'no') } })).toEqual([]);
  });
  it('leaves questions that are not there to the check of references', () => {
    expect(heavier(when('NONE', 'no'))).toEqual([]);
  });
});

describe('beside the answers', () => {
  it('an end-user whose kind is not known counts as the worst', () => {
    expect(heavier({ endUser: ['security', 'unknown'] })).toEqual([]);
    expect(heavier({ endUser: ['security'] })).toEqual(['endUser']);
    expect(lighter({ endUser: ['private'] })).toEqual([]);
    expect(lighter({ endUser: ['private', 'unknown'] })).toEqual(['endUser']);
  });
  it('intermediaries, the scope and what always holds work either way', () => {
    for (const condition of [{ intermediaries: true }, { scope: 'out' }, { always: true }] as const) {
      expect(heavier(condition)).toEqual([]);
      expect(lighter(condition)).toEqual([]);
    }
  });
  it('flags and open questions make a deal heavier only', () => {
    expect(heavier({ flag: 'F', atLeast: 'light' })).toEqual([]);
    expect(lighter({ flag: 'F', atLeast: 'light' })).toEqual(['F']);
    expect(heavier({ anyFlag: { atLeast: 'light' } })).toEqual([]);
    expect(lighter({ anyFlag: { atLeast: 'light' } })).toEqual(['anyFlag']);
    expect([heavier({ weightyOpen: true }), lighter({ weightyOpen: false })]).toEqual([[], []]);
    expect([heavier({ weightyOpen: false }), lighter({ weightyOpen: true })]).toEqual([
      ['weightyOpen'],
      ['weightyOpen'],
    ]);
  });
});
