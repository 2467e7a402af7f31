/** What the next deal hears of a product, a country or its parties that somebody said in deals for others. */

import { describe, expect, it } from 'vitest';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { HeardOfProduct } from '../../../../flows/deal/heard-shapes.ts';
import { isProductNamed } from '../../../../flows/product-names.ts';
import { pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { NOW, openNamed } from '../../../support/twins.ts';

const products = [
  { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather', able: false },
  { id: 'mast', name: 'Sample Mast', category: 'Masts', able: false },
];
const CONTEXT = pictureContext({ products });
const [EARLY, LATE] = ['2027-03-01T12:00:00.000Z', '2027-03-01T15:00:00.000Z'];
const privately = (name: string): { name: string; kind: 'private' } => ({ name, kind: 'private' });

const next = openNamed(
  'D-NEXT01',
  {
    endUser: privately('Vole Quarry Makers'),
    customer: 'Vole Trading',
    intermediaries: [{ name: 'Heron Freight', role: 'reseller' }],
    product: { id: 'analytics', name: 'Sample Analytics' },
    destination: 'NO',
  },
  CONTEXT,
);

/** A colleague gives a deal for others back, and says why. */
const saysIn = (id: string, text: string, at: string, { product = 'analytics', destination = 'NO' } = {}): Story => {
  const { name } = products.find((one) => one.id === product)!;
  const other = openNamed(
    id,
    { endUser: privately(`Crane ${id}`), customer: `Crane ${id}`, product: { id: product, name }, destination },
    CONTEXT,
  );
  const lent = other.and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look after it.' });
  return lent.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: text }, at);
};

const heardIn = (others: readonly Story[], now = NOW): HeardOfProduct | undefined =>
  newsOfOthers(
    [next, ...others].map(({ view }) => saidElsewhere(view)),
    now,
  ).get('D-NEXT01')?.ofProduct;

describe('what is said in deals for others', () => {
  const SAME = 'As on the data sheet.';
  it('is heard as of when its author said it first, where they say the same again', () => {
    expect(heardIn([saysIn('D-F1RST1', SAME, EARLY), saysIn('D-SEC0ND', SAME, LATE)])?.at).toBe(EARLY);
    expect(heardIn([saysIn('D-F1RST1', SAME, EARLY), saysIn('D-SEC0ND', 'Police aim by it.', LATE)])?.at).toBe(LATE);
  });
  it('is new once more after a year: what was said before is held against nothing', () => {
    const again = '2028-03-10T09:00:00.000Z';
    const others = [saysIn('D-F1RST1', SAME, EARLY), saysIn('D-SEC0ND', SAME, again)];
    expect(heardIn(others, '2028-03-11T09:00:00.000Z')?.at).toBe(again);
  });
  it.each([
    ['its end-user', 'The Vole Quarry Makers are a front.', { named: LATE }],
    ['who is in between', 'Heron Freight told us.', { company: LATE }],
    ['in small letters', 'the vole quarry makers are a front', { named: LATE }],
  ])('is heard by name: %s', (_, text, heard) => {
    const elsewhere = { product: 'mast', destination: 'SE' };
    const said = { deal: 'D-F1RST1', by: 'product-1', at: LATE };
    expect(heardIn([saysIn('D-F1RST1', text, LATE, elsewhere)])).toEqual({ ...said, ...heard });
  });
  it('is heard of a company whose name is one word where that has its capital', () => {
    const another = (text: string): Story => saysIn('D-F1RST1', text, LATE, { product: 'mast', destination: 'SE' });
    const through = openNamed(
      'D-NEXT01',
      {
        endUser: privately('Wren Mill'),
        customer: 'Target Ltd',
        product: next.view.deal.details.product,
        destination: 'NO',
      },
      CONTEXT,
    );
    const heard = (text: string) =>
      newsOfOthers(
        [through, another(text)].map(({ view }) => saidElsewhere(view)),
        NOW,
      ).get('D-NEXT01')?.ofProduct?.company;
    expect(heard('In the north they target fishers.')).toBeUndefined();
    expect(heard('We heard of Target, too.')).toBe(LATE);
  });
  it('is heard where the name runs together there', () => {
    const text = 'Volequarry Makers are a front.';
    expect(heardIn([saysIn('D-F1RST1', text, LATE, { product: 'mast', destination: 'SE' })])?.named).toBe(LATE);
  });
  it('is heard of each of many people', () => {
    const lent = saysIn('D-F1RST1', 'Police aim by it.', LATE);
    const more = [
      ['compliance-1', 'product-1'],
      ['compliance-2', 'rep-1'],
    ].reduce(
      (deal, [who = '', to = ''], n) =>
        deal.and(who, { type: 'ReassignOwner', to, reason: 'As they asked.' }, `2027-03-01T16:0${n}:00.000Z`),
      lent,
    );
    expect(saidElsewhere(more.view).spoke?.map(({ text }) => text)).toContain('Police aim by it.');
  });
  it('is not heard where it names nobody', () => {
    const text = 'The makers of quarries are a front.';
    expect(heardIn([saysIn('D-F1RST1', text, LATE, { product: 'mast', destination: 'SE' })])).toBeUndefined();
  });
  it.each([
    ['product, country', 'The Sample Analytics aims their guns in Norway.', 'mast', 'SE', true],
    ['products, country', 'The sample analytics’ makers: Norway.', 'mast', 'SE', true],
    ['product', 'The Sample Analytics aims their guns.', 'mast', 'NO', true],
    ['country', 'It aims their guns in Norway.', 'analytics', 'SE', true],
    ['product, and it goes elsewhere', 'The Sample Analytics aims their guns.', 'mast', 'SE', false],
    ['country, and it is another product', 'It aims their guns in Norway.', 'mast', 'SE', false],
  ])('is of both where it names what the deal is not of: %s', (_, text, product, destination, isOfBoth) => {
    const heard = heardIn([saysIn('D-F1RST1', text, LATE, { product, destination })]);
    expect(heard?.sale).toBe(isOfBoth ? LATE : undefined);
  });
});

describe('a product', () => {
  it.each([
    ['One sample mast.', true],
    ['Many Sample masts!', true],
    ['A mast.', false],
    ['A sample mastery.', false],
  ])('is named in full: %s', (text, isNamed) => {
    expect(isProductNamed('Sample Mast')(text)).toBe(isNamed);
  });
});
