import { expect, it } from 'vitest';
import { actionsOf } from '../../../blocks/card.ts';
import { sectionCard } from '../../../blocks/cards/section.ts';
import { answersForm } from '../../../blocks/forms/answers.ts';
import { defaultPolicy, walk, worst } from '../../flows/policy/deals.ts';
import { aDeal, aDecidingDeal, allAnswers, aView, NOW } from '../../support/deal-builders.ts';
import { brokenRules, wordsOf } from './support.ts';

const { facts, asked } = walk(defaultPolicy, { endUser: 'security', intermediaries: true }, worst);
const answers = Object.fromEntries(
  defaultPolicy.sections.map(({ id, questions }) => [
    id,
    Object.fromEntries(
      questions.flatMap((question) => {
        const value = facts.answers[question.id];
        if (value === undefined || !asked.includes(question)) return [];
        const note = `Note on ${question.id}`;
        return [[question.id, { value, note, sources: [], by: 'product-1', at: NOW }]];
      }),
    ),
  ]),
);
const long = aView(aDeal({ answers }), { policy: defaultPolicy });

it('shows every answer of a section with its note, who gave it and when', () => {
  for (const { id, questions } of defaultPolicy.sections) {
    const form = answersForm(long, id, 'rep-1');
    expect(brokenRules(form)).toEqual([]);
    for (const question of questions.filter((one) => answers[id]?.[one.id] !== undefined)) {
      expect(wordsOf(form)).toContain(question.text);
      expect(wordsOf(form)).toContain(`“Note on ${question.id}.”`);
    }
    expect(wordsOf(form)).toContain('{"person":"product-1"},", 12 March 2027"');
  }
});

it('is a press away where a card has no room for all, also for those who may not change them', () => {
  const full = defaultPolicy.sections.find(({ id }) => Object.keys(answers[id] ?? {}).length > 8);
  const buttons = actionsOf(sectionCard(long, full?.id ?? '')).map(({ name, value }) => `${name} ${value}`);
  expect(buttons).toContain(`deal.answers ${long.deal.id}/${full?.id}`);
});

it('leads to the other sections, to a change of whoever may, and back to the review of whoever can vote', () => {
  const view = aView(aDecidingDeal({ answers: allAnswers() }));
  const leads = (person: string): string[] =>
    answersForm(view, 'product', person).blocks.flatMap((block) =>
      block.kind === 'actions' ? block.actions.map(({ label }) => label) : [],
    );
  const sections = view.policy.sections.filter(({ id }) => id !== 'product').map(({ title }) => title);
  expect(leads('compliance-1')).toEqual(['Review', 'All evidence', ...sections]);
  expect(leads('rep-1')).toEqual(['Change', 'All evidence', ...sections]);
});
