/** What compliance and approvers are shown of before: what weighs is shown first, and nothing is dropped in silence. */

import { describe, expect, it } from 'vitest';
import type { Block, Card, Form } from '../../../blocks/card.ts';
import { scopeSaidBlocks } from '../../../blocks/cards/said-words.ts';
import { confirmAllForm } from '../../../blocks/forms/confirm-several.ts';
import { confirmLighterForm, confirmScopeForm } from '../../../blocks/forms/confirm.ts';
import { startReview } from '../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { PastAnswer } from '../../../flows/deal/said-shapes.ts';
import type { Opened } from '../../../flows/deal/state.ts';
import { aDeal, aDecidingDeal, allAnswers, aView, anOrganisation, NOW } from '../../support/deal-builders.ts';
import { plain } from './plain.ts';

const words = ({ blocks }: Pick<Card | Form, 'blocks'>): string =>
  plain({ blocks: blocks.flatMap((block): Block[] => (block.kind === 'input' ? [] : [block])) } as Card);

const minute = (n: number): string => `2026-11-20T09:${String(n).padStart(2, '0')}:00.000Z`;
const past = (n: number, question: string, before: string, why: string): PastAnswer => ({
  question,
  before,
  by: 'rep-1',
  at: minute(n),
  until: minute(n),
  changedBy: 'rep-1',
  why,
});
const REAL = 'The report was about somebody else';
const junk = Array.from({ length: 15 }, (_, n) => past(n, 'P4', n % 2 === 0 ? 'unique' : 'common', `A typo ${n}`));
const real = past(20, 'H-RF1', 'yes', REAL);
const was = [...junk, real, ...Array.from({ length: 8 }, (_, n) => past(30 + n, 'P4', 'unique', `A typo ${20 + n}`))];
const lighterSaid: Opened['lighterSaid'] = {
  was: { endUser: 'security', product: { id: 'analytics', name: 'Sample Analytics' } },
  before: [{ endUser: 'security', answers: { 'H-RF1': 'yes' } }],
  answers: [
    { section: 'product', question: 'P4', answer: { value: 'unique', sources: [], by: 'rep-1', at: minute(0) } },
    { section: 'record', question: 'H-RF1', answer: { value: 'yes', sources: [], by: 'rep-1', at: minute(0) } },
  ],
  changes: was.map(({ until: at, why }) => ({ of: 'answers', by: 'rep-1', at, why })),
  at: minute(59),
};

describe('a change that weighs among many that do not', () => {
  const deal = aDecidingDeal({ answers: allAnswers({ 'H-RF1': 'no' }), was, lighterSaid });
  const view = aView(deal);

  it('is the first that compliance reads, with its reason; the rest is counted, and where it is shown', () => {
    const form = words(confirmLighterForm(view));
    expect(form).toContain(REAL);
    expect(form).toContain('Was yes, by ');
    expect(form.indexOf('Was yes, by ')).toBeLessThan(form.indexOf('Was “'));
    expect(form.indexOf(REAL)).toBeLessThan(form.indexOf('A typo'));
    const several = words(confirmAllForm([view], 1));
    expect(several).toContain(REAL);
    expect(several).toContain('And 18 more: “Why?” shows all.');
  });

  it('names a colleague who said something heavier than what counted before, and was answered over', () => {
    const [p4, record] = lighterSaid.answers;
    const no = { ...record!, answer: { ...record!.answer, value: 'no' } };
    const theirs = { ...past(25, 'H-RF1', 'yes', 'It was another desk'), by: 'product-1' };
    const over = { ...deal, was: [theirs], lighterSaid: { ...lighterSaid, answers: [p4!, no] } };
    expect(words(confirmLighterForm(aView(over)))).toMatch(
      /Was no, by @rep-1 .* In between it was yes, by @product-1 on 20 November 2026; @rep-1 changed it\./u,
    );
  });

  it('names the colleague first where the rep had said the same before them, or after', () => {
    const own = (n: number): PastAnswer => past(n, 'H-RF1', 'yes', 'A slip');
    const theirs = { ...past(25, 'H-RF1', 'yes', 'It was another desk'), by: 'product-1' };
    for (const all of [
      [own(20), theirs],
      [theirs, own(30)],
    ])
      expect(words(whyForm(aView({ ...deal, was: all })))).toMatch(
        /Was yes until .*changed 2 times: .* @product-1 said so on 20 November 2026, as did @rep-1\. @rep-1 changed it/u,
      );
  });

  it('has the colleague’s own line where the rep then picked or said another', () => {
    const theirs = { ...past(25, 'H-RF1', 'yes', 'It was another desk'), by: 'product-1' };
    const text = words(whyForm(aView({ ...deal, was: [theirs, past(30, 'H-RF1', 'unknown', 'A slip')] })));
    expect(text).toMatch(/Was yes until .* @product-1 said so/u);
    expect(text).toMatch(/Was don't know until .* @rep-1 said so/u);
  });

  it('names them on the form that confirms, too, whoever toggled it last', () => {
    const own = (n: number): PastAnswer => past(n, 'H-RF1', 'yes', 'A slip');
    const theirs = { ...past(25, 'H-RF1', 'yes', 'It was another desk'), by: 'product-1' };
    const record = { ...lighterSaid, answers: lighterSaid.answers.filter(({ question }) => question === 'H-RF1') };
    for (const was of [
      [own(20), theirs, own(30)],
      [theirs, own(30)],
    ])
      expect(words(confirmLighterForm(aView({ ...deal, was, lighterSaid: record })))).toMatch(
        /Was yes, by @product-1 on 20 November 2026, as did @rep-1; now/u,
      );
  });

  it('is first on page 1 of the review and in “Why?”, where toggles of one question are one line', () => {
    for (const page of [reviewForm(view, 0, startReview(view, 0)!, 1), whyForm(view)]) {
      const text = words(page);
      const before = text.slice(text.indexOf('What was said before'));
      expect(before).toContain(REAL);
      expect(before.match(/Was /gu)).toHaveLength(2);
      expect(before.indexOf('Was yes')).toBeLessThan(before.indexOf('changed 23 times'));
    }
  });

  it('stands in brief where there is no room for all of them, and is counted where nobody writes so many', () => {
    const reasons = Array.from({ length: 60 }, (_, n) => ({
      by: 'rep-1',
      at: minute(n % 60),
      reason: `They came back, ${n}`,
    }));
    const many = aView(aDecidingDeal({ answers: allAnswers(), reopenings: reasons }));
    const page = words(reviewForm(many, 0, startReview(many, 0)!, 1));
    expect(page).toMatch(/and \d+ more changes: “Why\?” shows more of them/u);
    expect(page.match(/They came back, /gu)!.length).toBeGreaterThanOrEqual(50);
    for (const { reason } of reasons) expect(words(whyForm(many))).toContain(reason);
  });
});

describe('what speaks against a scope', () => {
  const alerts = Array.from({ length: 30 }, (_, n) => `A country alert stands: “Something happened, ${n}”`);
  const scopeSaid = {
    reasons: ['It watches nobody'],
    contradicts: ['The catalogue says otherwise.', ...alerts],
    rules: [],
    factsHash: 'facts',
    by: 'rep-1',
    at: NOW,
  };
  const others: Opened['others'] = { ended: [{ deal: 'D-0THER1', how: 'declined', at: NOW }], otherwise: [] };
  const view = aView({ ...aDeal({ others }), scopeSaid }, { organisation: anOrganisation() });

  it('shows an earlier declined deal before alerts, and on a card counts what it leaves out', () => {
    const form = words(confirmScopeForm(view));
    expect(form).toContain('D-0THER1 with the same end-user was declined');
    for (const alert of alerts) expect(form).toContain(alert);
    const card = words({ blocks: scopeSaidBlocks(view) });
    expect(card).toContain('Another deal with the same end-user was declined');
    expect(card).toContain('And 26 more: compliance sees all of it before it confirms.');
    expect(words(confirmAllForm([view], 1))).toContain('D-0THER1 with the same end-user was declined');
  });
});
