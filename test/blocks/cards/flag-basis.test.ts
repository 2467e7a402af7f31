/** Who gave what a red flag rests on, while a lighter answer waits for compliance. */

import { describe, expect, it } from 'vitest';
import type { Block, Card, Form } from '../../../blocks/card.ts';
import { startReview } from '../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { Answer } from '../../../flows/deal/answer-shapes.ts';
import type { Opened } from '../../../flows/deal/state.ts';
import { SYSTEM } from '../../../flows/organisation.ts';
import { aDecidingDeal, allAnswers, aView } from '../../support/deal-builders.ts';
import { plain } from './plain.ts';

const words = ({ blocks }: Form): string =>
  plain({ blocks: blocks.flatMap((block): Block[] => (block.kind === 'input' ? [] : [block])) } as Card);

const source = (name: string) => ({ name, year: 2026, url: 'https://reports.example.org/a' });
const before: Answer = {
  value: 'yes',
  note: 'Twice last year',
  sources: [source('Report of a colleague')],
  by: 'product-1',
  at: '2027-03-01T09:00:00.000Z',
};
const { record, ...answers } = allAnswers();
const now = { ...record!['H-RF1']!, note: 'Somebody else', sources: [source('Report of the rep')] };
const said = (answer: Answer | undefined, was: Opened['was'] = []) =>
  aDecidingDeal({
    answers: { ...answers, record: { ...record, 'H-RF1': now } },
    was,
    lighterSaid: {
      was: { endUser: 'security', product: { id: 'analytics', name: 'Sample Analytics' } },
      before: [{ endUser: 'security', answers: { 'H-RF1': 'yes' } }],
      answers: answer ? [{ section: 'record', question: 'H-RF1', answer }] : [],
      changes: [{ of: 'answers', by: 'rep-1', at: now.at, why: 'It was about somebody else' }],
      at: now.at,
    },
  });

/** What page 1 says of the flags, and no more. */
const flagsOn = (deal: ReturnType<typeof said>): string => {
  const view = aView(deal);
  const page = words(reviewForm(view, 0, startReview(view, 0)!, 1));
  return page.slice(page.indexOf('Reported misuse (')).split('##')[0] ?? '';
};
const whyOf = (deal: ReturnType<typeof said>): string => {
  const lines = words(whyForm(aView(deal))).split('\n');
  return lines.find((line) => line.startsWith('- Yes to “Are there reports')) ?? '';
};

describe('a red flag that rests on a heavier answer', () => {
  it('names who gave that one, with their note and sources, and not who gave the lighter one', () => {
    const deal = said(before);
    expect(flagsOn(deal)).toContain('Note: “Twice last year.” On: ');
    expect(flagsOn(deal)).toContain('Report of a colleague');
    expect(flagsOn(deal)).toContain('Said by @product-1 on 1 March 2027.');
    expect(flagsOn(deal)).not.toMatch(/rep-1|Report of the rep|Somebody else/u);
    expect(whyOf(deal)).toContain('@product-1');
  });

  it('names who gave what was said in between, and no basis', () => {
    const past = { question: 'H-RF1', until: now.at, changedBy: 'rep-1', why: 'It was about somebody else' };
    const between = { ...past, before: 'yes', by: 'counsel-1', at: '2027-03-05T09:00:00.000Z' };
    const deal = said({ ...before, value: 'unknown' }, [
      { ...past, before: 'unknown', by: before.by, at: before.at },
      between,
    ]);
    expect(flagsOn(deal)).toContain('Said by @counsel-1 on 5 March 2027.');
    expect(flagsOn(deal)).not.toMatch(/On: |Note: |rep-1|product-1/u);
    expect(whyOf(deal)).toContain('@counsel-1');
  });

  it('names nobody where nobody is known, and the catalogue where that says it', () => {
    expect(flagsOn(said(undefined))).not.toMatch(/rep-1|On: |Said by/u);
    expect(whyOf(said(undefined))).not.toContain('@');
    const supposed = said({ value: 'yes', sources: [], by: SYSTEM, at: now.at });
    expect(flagsOn(supposed)).toContain('Said by the catalogue, which marks the product as able.');
    expect(whyOf(supposed)).toContain('the catalogue, which marks the product as able');
  });

  it('names who gave the answer where that is the present one', () => {
    const heavy = aDecidingDeal({ answers: { ...answers, record: { ...record, 'H-RF1': { ...now, value: 'yes' } } } });
    expect(flagsOn(heavy)).toContain('Report of the rep');
    expect(flagsOn(heavy)).toContain('Said by @rep-1 on 10 March 2027.');
  });
});
