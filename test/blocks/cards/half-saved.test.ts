/** How much of a section is left, in words. */

import { describe, expect, it } from 'vitest';
import { effortOf, toAnswer } from '../../../blocks/cards/half-saved.ts';
import { offersFor } from '../../../flows/deal/reuse/offers.ts';
import { aDeal, answered, aView } from '../../support/deal-builders.ts';
import { approved, beside, opened } from '../../support/reuse-story.ts';

const ids = (questions: readonly { id: string }[]): string[] => questions.map(({ id }) => id);

describe('what is left of a section', () => {
  const scope = answered({ G1: 'yes' });
  it('is all that is asked where each is answered: nothing is said to be 0 questions', () => {
    const product = answered({ P1: 'no', P2: 'no', P4: 'common' });
    expect(ids(toAnswer(aView(aDeal({ answers: { scope, product } })), 'product'))).toEqual(['P1', 'P2', 'P4']);
    const { P1: _one, ...rest } = product;
    expect(ids(toAnswer(aView(aDeal({ answers: { scope, product: rest } })), 'product'))).toEqual(['P1']);
  });

  it('and is not 0 questions where an earlier deal answered all of them', () => {
    const view = beside(opened(), [approved('D-OLD001')]);
    const section = view.policy.sections.find(({ id }) => id === 'end-user')!;
    const offers = offersFor(view);
    const questions = section.questions.filter(({ id }) => offers.has(id));
    expect(questions.length).toBeGreaterThan(2);
    const n = questions.length;
    expect(effortOf(view, section, questions)).toBe(
      `${n} questions, answered in an earlier deal, to confirm one by one`,
    );
    expect(effortOf(view, section, questions.slice(0, 1))).toBe('1 question, answered in an earlier deal, to confirm');
  });
});
