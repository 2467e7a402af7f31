/** What a card or a form has no room for is counted, with where it stands: nothing is cut without a word. */

import { describe, expect, it } from 'vitest';
import { holdsInFull } from '../../blocks/cards/hold-words.ts';
import { reviewCard } from '../../blocks/cards/review.ts';
import { sheetCard, sheetsCard } from '../../blocks/cards/sheet-list.ts';
import { conditionBlocks } from '../../blocks/forms/review-conditions.ts';
import { startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { sheetForm } from '../../blocks/forms/sheet.ts';
import type { SheetAsked, SheetOf } from '../../flows/sheet.ts';
import { defaultPolicy } from '../flows/policy/deals.ts';
import { aDecidingDeal, anOrganisation, aView, NOW } from '../support/deal-builders.ts';
import { PRODUCT, sheetOrganisation, sheetPlay, MILD } from '../support/sheets.ts';
import { plain } from './cards/plain.ts';

const at = '2027-02-01T09:00:00.000Z';
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const reading = (organisation = sheetOrganisation()) => ({
  reader: 'compliance-1',
  organisation,
  policy: defaultPolicy,
  now: '2027-03-01T09:00:00.000Z',
});
const sheet = sheetPlay().save('product-1', PRODUCT, MILD).of(PRODUCT);

describe('a sheet', () => {
  it('with more answers than a message shows', () => {
    const answers = Object.fromEntries(many(42, (i) => [`Q${i}`, { value: 'no', sources: [], by: 'product-1', at }]));
    const text = plain(sheetCard(PRODUCT, { ...sheet, answers }, undefined, { ...reading(), policy: undefined }));
    expect(text).toContain('and 12 more: the form shows all');
  });

  it('that others changed in more than a form shows', () => {
    const changes = many(25, (i) => ({ version: 2, question: `Q${i}`, before: 'no' }));
    const form = sheetForm({
      policy: defaultPolicy,
      on: PRODUCT,
      sheet: { ...sheet, version: 2, changes },
      months: 12,
      opened: 1,
    });
    expect(JSON.stringify(form.blocks)).toContain('and 5 more');
  });

  it('in a list with more that are missing, or not begun', () => {
    const countries = 'AT BE CH DE DK ES FI FR GB IE'.split(' ');
    const asked = countries.map((country): SheetAsked => ({ on: { of: 'country', country }, at, to: ['counsel-1'] }));
    expect(plain(sheetsCard('country', [], asked, reading()))).toContain('And 2 more that were asked for.');
    const products = many(11, (i) => ({ id: `p${i}`, name: `Product ${i}`, manager: 'product-1' }));
    const mine = plain(sheetsCard('product', [], [], reading(sheetOrganisation({ products: products as never }))));
    expect(mine).toContain('And 3 more');
    const other: SheetOf = { of: 'product', product: 'p1', name: 'Product 1' };
    expect(mine).toContain(other.name);
  });
});

it('holds of one deal, each with its reason', () => {
  const deal = aDecidingDeal();
  const holds = many(5, (i) => ({
    id: `hold-${i}`,
    on: { of: 'deal', deal: deal.id },
    stop: ['support'],
    because: 'breach',
    reason: `Reason ${i}`,
    review: '2027-09-01',
    by: 'compliance-1',
    at,
  }));
  const blocks = holdsInFull(aView(deal, { organisation: anOrganisation({ holds: holds as never }) }));
  expect(JSON.stringify(blocks)).toContain('And 2 more holds: compliance has the list of all.');
});

it('conditions of an earlier approval that a vote may take over', () => {
  const conditions = many(11, (i) => ({ id: `c${i}`, text: `Condition ${i}`, owner: 'rep-1', due: '2027-09-01' }));
  const decision = { outcome: 'approved with conditions', at, tier: 'high', conditions, votes: [] };
  const deal = aDecidingDeal({
    standing: {
      decision,
      since: at,
      basis: { details: aDecidingDeal().details, answers: {}, ownFlags: [], requests: [] },
      conditions: Object.fromEntries(conditions.map(({ id }) => [id, { status: 'open', evidence: [] }])),
    } as never,
  });
  expect(JSON.stringify(conditionBlocks(aView(deal), {}))).toContain('And 3 more');
});

it('approvers who asked and have not looked at the answer', () => {
  const requests = ['compliance-1', 'compliance-2'].map((by, i) => ({
    id: `ask-${i}`,
    by,
    at: NOW,
    step: 0,
    round: 1,
    question: `Who runs it, ${i}?`,
    holds: true as const,
    answer: { by: 'rep-1', at: NOW, text: 'The ministry.', sources: [] },
  }));
  const view = aView(aDecidingDeal({ requests }));
  expect(plain(reviewCard(view, 0))).toContain('@compliance-1 and @compliance-2 look at the answers first');
  const form = JSON.stringify(reviewForm(view, 0, startReview(view, 0)!, 1).blocks);
  expect(form).toMatch(
    /not looked at yet. "\},\{"person":"compliance-1"\}," and ",\{"person":"compliance-2"\}," asked/u,
  );
});
