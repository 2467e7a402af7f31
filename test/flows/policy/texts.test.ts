/** Questions of the default policy against the Guidance's own words: no meaning is lost on the way. */

import { describe, expect, it } from 'vitest';
import type { EndUserKind, Facts, FactValue } from '../../../flows/policy/policy.ts';
import { answersTo, best, defaultDocument, defaultPolicy as policy, walk } from './deals.ts';

const document = defaultDocument();
const questions = document.sections.flatMap((s) => s.questions);
const textOf = (id: string): string => questions.find((q) => q.id === id)?.text ?? 'There is no such question.';

/** Old id, new id, words that carry the meaning, words that changed it. */
const CHANGED: [before: string, now: string, has: RegExp[], hasNot?: RegExp][] = [
  [
    'G1',
    'G1-capability',
    [/detect/, /intercept/, /exploit/, /protect/, /pass on/, /keep/, /meant to or not/, /identifying/],
  ],
  ['H3', 'H3-targeted', [/exercising their rights/, /who they are/]],
  ['H5', 'H5-legitimate', [/other than a legitimate police or intelligence purpose/], /lawful/],
  ['H-RF3', 'H-RF3-conflict', [/conflict going on in the region/], /armed/],
  [
    'H-RF5',
    'H-RF5-oversight',
    [/independent oversight/, /by courts or others/, /rule of law/],
    /nobody|missing|end-user/,
  ],
  ['L-RF4', 'L-RF4-arbitrary', [/arbitrarily or unlawfully/, /online/]],
  ['L-RF5', 'L-RF5-oversight', [/independent oversight/, /rule of law/, /collected or shared/], /nobody/],
  ['L-RF8', 'L-RF8-control', [/total or significant control or ownership/, /beyond its own/], /\bmost\b/],
  ['S2', 'S2-contracted', [/contracted out/], /nobody|record/],
];

describe('a question', () => {
  it.each(CHANGED)('%s keeps the meaning, and is %s since that changed', (before, now, has, hasNot = /nobody/) => {
    for (const words of has) expect(textOf(now)).toMatch(words);
    expect(textOf(now)).not.toMatch(hasNot);
    expect(questions.map((q) => q.id)).not.toContain(before);
    // The first with that source is the one that facts by the Guidance's id mean.
    expect(questions.find((q) => q.sources?.includes(before))?.id).toBe(now);
  });

  it('takes "legitimate" and "arbitrary" from no law', () => {
    const hint = (id: string): string => questions.find((q) => q.id === id)?.hint ?? '';
    expect(hint('H5-legitimate')).toMatch(/Universal Declaration of Human Rights, whatever the law there allows/);
    expect(hint('L-RF4-arbitrary')).toMatch(/also where a law there allows it/);
  });

  it('says nothing twice over with "nobody" and "no"', () => {
    expect(questions.filter((q) => /\bnobody\b|\bnot\b.*\bno\b/i.test(q.text)).map((q) => q.id)).toEqual([]);
  });

  it('leaves flags their ids', () => {
    expect(document.flags.map((f) => f.id)).toEqual(
      expect.arrayContaining(['H-RF3', 'H-RF5', 'H-RF6', 'L-RF4', 'L-RF5', 'L-RF8', 'S2']),
    );
  });
});

const raisedBy = (endUser: EndUserKind, facts: Record<string, FactValue>): string[] =>
  policy
    .evaluate({ endUser, intermediaries: false, answers: answersTo({ G1: 'yes', ...facts }) })
    .flags.map((f) => f.id);

describe('a fact by the Guidance’s id', () => {
  it.each([
    ['security', 'H5', 'H-RF6'],
    ['government', 'H3', 'H-RF8'],
    ['government', 'H-RF3', 'H-RF3'],
    ['government', 'H-RF5', 'H-RF5'],
    ['government', 'L-RF4', 'L-RF4'],
    ['government', 'L-RF5', 'L-RF5'],
    ['government', 'L-RF8', 'L-RF8'],
    ['government', 'S2', 'S2'],
  ] as const)('%s, %s: yes, raises %s as before', (endUser, id, flag) => {
    expect(raisedBy(endUser, { [id]: 'yes' })).toContain(flag);
    expect(raisedBy(endUser, { [id]: 'no' })).not.toContain(flag);
  });
});

/** A good deal but for these answers. */
const dealWith = (answers: Record<string, FactValue>, endUser: EndUserKind = 'government'): Facts => ({
  ...walk(policy, { endUser, intermediaries: false }, (q) => answers[q.id] ?? best(q)).facts,
  based: Object.fromEntries(questions.map(({ id }) => [id, 2])),
});
const asked = (answers: Record<string, FactValue>): string[] => {
  const facts = dealWith(answers);
  return policy.sectionsFor(facts).flatMap((s) => policy.questionsFor(s.id, facts).map((q) => q.id));
};

describe('contractors', () => {
  it.each([
    ['clean', false],
    ['unchecked', true],
    ['poor', true],
    ['unknown', true],
  ])('whose record is %s raise a flag: %s', (record, raised) => {
    const facts = dealWith({ 'S2-contracted': 'yes', 'S2-record': record });
    expect(policy.evaluate(facts).flags.some((f) => f.id === 'S2')).toBe(raised);
  });

  it('are asked about by name only where there are some', () => {
    expect(asked({ 'S2-contracted': 'yes' })).toContain('S2-record');
    expect(asked({})).not.toContain('S2-record');
  });
});

describe('a follow-up', () => {
  it.each(['P1', 'P2', 'P3', 'P5'])('asks which rights and how, where %s holds too', (id) => {
    const found = asked({ [id]: 'yes', P6: 'yes' });
    expect(found).toEqual(expect.arrayContaining(['P6-rights', 'P6-how']));
    expect(asked({ [id]: 'yes' })).not.toContain('P6-how');
    expect(policy.question('P6-how')?.kind).toBe('text');
  });

  it.each(['H3-targeted', 'H-RF1', 'P-RF1'])('asks in which forms where %s is yes, and none is an answer', (id) => {
    expect(asked({ [id]: 'yes' })).toContain('G11');
    expect(policy.question('G11')?.section).toBe('end-user');
    expect(policy.question('P-RF1-forms')?.section).toBe('product');
    for (const picker of ['G11', 'P-RF1-forms']) {
      expect(policy.question(picker)?.options[0]).toEqual({ value: 'none', label: 'None that we can see' });
    }
    expect(asked({ 'P-RF1': 'yes' })).toContain('P-RF1-forms');
  });

  it.each(['H-RF1', 'H-RF4', 'H-RF8'])('asks whom they turned to where %s speaks against the end-user', (id) => {
    expect(asked({ [id]: 'yes' })).toContain('H2-whom');
    expect(asked({ [id]: 'yes', H2: 'no' })).not.toContain('H2-whom');
    // A harmless deal stays as quick as it was.
    expect(asked({})).not.toContain('H2-whom');
  });
});

describe('a follow-up of a risk picture', () => {
  const follows = ['P6-how', 'P-RF1-forms', 'G11', 'H2-whom', 'S2-record'];
  const parents = ['P6', 'P-RF1', 'H2', 'S2-contracted'];

  it('asks on after what was said, not after what it counts as', () => {
    const said = (value: string): string[] => {
      const { facts } = walk(policy, { endUser: 'government', intermediaries: false }, (q) =>
        parents.includes(q.id) ? value : best(q),
      );
      // No answer here stands on anything, so that all count as their worse ones.
      const ids = policy.sectionsFor(facts).flatMap((s) => policy.questionsFor(s.id, facts).map((q) => q.id));
      return ids.filter((id) => follows.includes(id));
    };
    expect(said('yes')).toEqual(['P6-how', 'P-RF1-forms', 'G11', 'S2-record']);
    expect(said('unknown')).toEqual(['G11']);
    expect(said('no')).toEqual([]);
  });
});

describe('an end-user who is not known', () => {
  it('is offered a licence with safeguards (C2), whatever the flags', () => {
    const { openQuestions } = policy.evaluate(dealWith({}, 'unknown'));
    expect(openQuestions.find((q) => q.id === 'end-user-kind')?.safeguards).toEqual(['C2']);
    expect(policy.evaluate(dealWith({}, 'government')).openQuestions).toEqual([]);
  });
});

describe('"Why?"', () => {
  it('says under the Guidance’s name only what the Guidance says', () => {
    const lines = document.principles.filter(({ id }) => id === 'G4' || id === 'G5');
    expect(lines.filter(({ text }) => /Anyone here can raise one/.test(text)).map((l) => l.citation)).toEqual([
      'House rule, from Guidance, Risk Mitigation Recommendations',
    ]);
    for (const { text } of lines) expect(text).not.toMatch(/never counted|What is asked and offered follows/);
  });

  it('consoles nobody who knows that it is meant for repression', () => {
    const said = (facts: Record<string, FactValue>): string =>
      policy
        .evaluate(dealWith({ 'H-RF1': 'yes', ...facts }))
        .trace.map(({ text }) => text)
        .join(' ');
    expect(said({})).toContain('A red flag is not a verdict');
    expect(said({ K1: 'yes' })).not.toContain('A red flag is not a verdict');
  });

  it('promises no weighing where the route asks for none', () => {
    for (const { text } of document.principles.filter(({ id }) => id === 'G6')) expect(text).not.toMatch(/Approvers/);
  });

  it('puts a flag’s citation at the flag, not at its weight', () => {
    const { trace } = policy.evaluate(dealWith({ 'H-RF4': 'yes', 'H-RF5-oversight': 'yes' }));
    expect(trace.find((line) => line.id === 'H-RF4')?.text).toBe(
      'Minorities, activists or journalists are abused or detained (Guidance 2, red flag 4): severe here, from heavy. Heavier: Independent oversight is lacking.',
    );
  });
});
