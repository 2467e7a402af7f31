/** Which questions product sheets and country briefs answer, and what the check of a policy says of them. */

import { describe, expect, it } from 'vitest';
import { policyProblems } from '../../../flows/policy/check.ts';
import { policyDocument } from '../../../flows/policy/schema.ts';
import { sheetKindOf, sheetQuestions } from '../../../flows/policy/sheet-questions.ts';
import { defaultPolicy, defaultDocument } from './deals.ts';
import { asks, smallDocument } from './small.ts';

const idsOf = (kind: 'product' | 'country', answers: Record<string, string | string[]> = {}): string[] =>
  sheetQuestions(
    defaultPolicy,
    kind,
    Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value }])),
  ).map(({ id }) => id);

describe('the default policy', () => {
  it('has the seven questions about the product on its sheet, and what follows from them', () => {
    const well = { P1: 'no', P2: 'no', P3: 'no', P4: 'no', P5: 'no', P6: 'no', 'P-RF1': 'no' };
    expect(idsOf('product', well)).toEqual(Object.keys(well));
    expect(idsOf('product', { ...well, P1: 'yes', P6: 'yes', 'P-RF1': 'yes' })).toEqual([
      'P1',
      'P2',
      'P4',
      'P5',
      'P6',
      'P6-rights',
      'P6-how',
      'P-RF1',
      'P-RF1-forms',
    ]);
  });

  it('has sixteen about the country in its brief, whoever the end-user is', () => {
    expect(idsOf('country')).toHaveLength(16);
    expect(idsOf('country').every((id) => /^(?:H-RF[2-5]|L)/u.test(id))).toBe(true);
  });

  it('leaves seventeen and what is said of the use to the deal team', () => {
    const all = defaultPolicy.sections.flatMap(({ questions }) => questions);
    expect(all.filter((question) => sheetKindOf(question) === 'product')).toHaveLength(10);
    for (const id of ['G1-capability', 'P-RF2', 'H1', 'H-RF1', 'H3-targeted', 'K1', 'S1']) {
      const question = all.find((one) => one.id === id);
      expect(question && sheetKindOf(question)).toBeUndefined();
    }
  });
});

describe('a check', () => {
  const problems = (id: string, changed: Record<string, unknown>): string[] => {
    const document = defaultDocument();
    const sections = document.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) => (question.id === id ? { ...question, ...changed } : question)),
    }));
    return policyProblems(policyDocument.parse({ ...document, sections })).flatMap(({ severity, message }) =>
      severity === 'error' ? [message] : [],
    );
  };

  it('finds a question on two sheets, on the wrong one, and one that depends on a single deal', () => {
    expect(problems('P1', {})).toEqual([]);
    expect(problems('P1', { answeredBy: ['product-managers', 'counsel'] }).join()).toMatch(
      /name product-managers, or counsel/,
    );
    expect(problems('P4', { answeredBy: ['counsel'] }).join()).toMatch(/about the product/);
    expect(problems('L1', { when: { endUser: ['security'] } }).join()).toMatch(/answered for every deal/);
    expect(problems('P-RF1-forms', { when: { question: 'P1', is: ['yes'] } }).join()).toBe('');
    expect(problems('L-RF1', { when: { question: 'P1', is: ['yes'] } }).join()).toMatch(/same sheet/);
    expect(problems('P1', { answeredBy: ['requester'] })).not.toEqual([]);
  });

  it('takes a policy that names nobody', () => {
    expect(
      policyProblems(
        smallDocument({ sections: [{ id: 'scope', title: 'S', intro: 'I', questions: [asks('G1')] }], flags: [] }),
      ).filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });
});
