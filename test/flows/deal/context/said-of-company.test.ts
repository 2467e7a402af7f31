/** A company in between that one deal says more of than the next: a rep writes another end-user, and the same company. */

import { describe, expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { DealId } from '../../../../flows/ids.ts';
import { pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, noteOf, openNamed, told } from '../../../support/twins.ts';

const LINK = { name: 'Steppe Link', role: 'reseller' };
const LAMPS = { id: 'lamps', name: 'Sample Lamps' };
const catalogue = pictureContext({
  products: [...pictureContext().organisation.products, { ...LAMPS, category: 'Lamps of harbours' }],
});
const GRAVE = { ...LINK, role: 'buys for the secret police to hunt marchers' };

const KESTREL: Partial<DealDetails> = {
  endUser: { name: 'Kestrel Wool House', kind: 'private' },
  customer: 'Kestrel Wool House',
  intermediaries: [GRAVE],
};
const first = (details: Partial<DealDetails> = {}): Story =>
  openNamed('D-F1RST1', { ...KESTREL, ...details }, catalogue);
const answered = (): Story => dealNamed('D-F1RST1', {}, KESTREL, catalogue);
const second = (details: Partial<DealDetails> = {}): Story =>
  openNamed(
    'D-SEC0ND',
    {
      endUser: { name: 'Curlew Loom Office', kind: 'private' },
      customer: 'Curlew Loom Office',
      intermediaries: [LINK],
      ...details,
    },
    catalogue,
  );
const withdrawn = (deal: Story): Story => deal.and('rep-1', { type: 'Withdraw', reason: 'Another plan' });
const corrected = (deal: Story, more: Partial<DealDetails>): Story =>
  deal.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...deal.view.deal.details, ...more },
    reason: 'A typing error',
  });

const heard = (deal: Story, ...others: Story[]) => {
  const note = noteOf(deal, ...others);
  return note?.type === 'NoteOthers' ? (note.worries ?? []).filter(({ of }) => of === 'named') : [];
};

describe('whom a company in between is said to buy for', () => {
  it.each([
    ['stands', first()],
    ['stands in a deal that was withdrawn', withdrawn(first())],
    ['was replaced, and the deal withdrawn', withdrawn(corrected(answered(), { intermediaries: [LINK] }))],
    ['was taken out, and the deal withdrawn', withdrawn(corrected(answered(), { intermediaries: [] }))],
    ['is said of it in capitals', withdrawn(first({ intermediaries: [{ ...GRAVE, name: 'STEPPE-LINK' }] }))],
    ['goes to another country', withdrawn(first({ destination: 'KZ' }))],
  ])('is heard of by the next deal through it where it %s', (_, other) => {
    const [worry, ...more] = heard(second(), other);
    expect(more).toEqual([]);
    expect(worry).toMatchObject({ deal: 'D-F1RST1', by: 'rep-1' });
    expect(worry?.text).toMatch(/^steppe.link buys for the secret police to hunt marchers$/iu);
    expect(['sale', 'product']).toContain(worry?.shares);
    const { view } = told(second(), other);
    // Whoever may not read that deal knows the company by this one.
    for (const readable of [new Set<DealId>(), new Set<DealId>(['D-F1RST1'])])
      expect(JSON.stringify(againstItems(view, readable, true))).toContain('buys for the secret police');
  });

  it('is heard of where it is the customer of the next', () => {
    expect(heard(second({ customer: LINK.name, intermediaries: [] }), withdrawn(first()))).toHaveLength(1);
  });

  it('is heard of where the next is for another service', () => {
    const service = { name: 'Curlew National Security Office', kind: 'security' as const };
    expect(heard(second({ endUser: service }), withdrawn(first()))).toHaveLength(1);
  });

  it('is none where the next says as much itself', () => {
    expect(heard(second({ intermediaries: [GRAVE] }), first())).toEqual([]);
    expect(heard(second({ intermediaries: [{ ...LINK, role: 'sells to the secret police' }] }), first())).toEqual([]);
  });

  it('is none of another company, nor of another product, nor of a part that says nothing', () => {
    expect(heard(second({ intermediaries: [{ name: 'Osprey Freight', role: 'reseller' }] }), first())).toEqual([]);
    expect(heard(second(), first({ product: LAMPS }))).toEqual([]);
    expect(heard(second(), first({ intermediaries: [LINK] }))).toEqual([]);
  });
});
