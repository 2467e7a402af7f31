/** A company in between that one deal says more of than the next: a rep writes another end-user, and the same company. */

import { describe, expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import type { SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { heardBy, listenersTo } from '../../../../flows/deal/context/news-of-some.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { DealId } from '../../../../flows/ids.ts';
import { walked } from '../../../../flows/walk.ts';
import { pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, noteOf, noteOfParties, NOW, openNamed, told } from '../../../support/twins.ts';

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
    ['was replaced before anything was answered', withdrawn(corrected(first(), { intermediaries: [LINK] }))],
    ['was taken out then', withdrawn(corrected(first(), { intermediaries: [] }))],
    [
      'is said of one that is written almost the same',
      withdrawn(first({ intermediaries: [{ ...GRAVE, name: 'Stepe Link' }] })),
    ],
    ['goes to another country', withdrawn(first({ destination: 'KZ' }))],
  ])('is heard of by the next deal through it where it %s', (_, other) => {
    const [worry, ...more] = heard(second(), other);
    expect(more).toEqual([]);
    expect(worry).toMatchObject({ deal: 'D-F1RST1', by: 'rep-1' });
    expect(worry?.text).toMatch(/^step+e.link, buys for the secret police to hunt marchers$/iu);
    expect(['sale', 'product']).toContain(worry?.shares);
    const { view } = told(second(), other);
    const shownTo = (readable: DealId[]) => JSON.stringify(againstItems(view, new Set(readable), true));
    expect(shownTo(['D-F1RST1'])).toContain('buys for the secret police');
    // Whoever may not read that deal knows the company by this one, where it is called the same.
    if (worry?.text?.startsWith('Stepe')) expect(shownTo([])).not.toContain('Stepe');
    else expect(shownTo([])).toContain('buys for the secret police');
  });

  it('is heard of where it is the customer of the next', () => {
    expect(heard(second({ customer: LINK.name, intermediaries: [] }), withdrawn(first()))).toHaveLength(1);
  });

  it('is heard of where the next is for another service', () => {
    const service = { name: 'Curlew National Security Office', kind: 'security' as const };
    expect(heard(second({ endUser: service }), withdrawn(first()))).toHaveLength(1);
  });

  it('is none where the next says it itself, and is one once it says so no more, or denies it', () => {
    expect(heard(second({ intermediaries: [GRAVE] }), first())).toEqual([]);
    const denied = second({ intermediaries: [{ ...LINK, role: 'reseller, never to the secret police' }] });
    expect(heard(denied, first())).toHaveLength(1);
    expect(heard(corrected(denied, { intermediaries: [LINK] }), first())).toHaveLength(1);
  });

  it('is heard of a name in brackets, by the name without its legal form, and beside another company', () => {
    const bracketed = { name: 'Steppe Link (for the secret police) LLP', role: 'reseller' };
    const osprey = { name: 'Osprey Freight', role: 'carrier' };
    expect(heard(second(), first({ intermediaries: [bracketed, osprey] }))).toHaveLength(1);
    expect(
      heard(second({ intermediaries: [LINK, osprey] }), first({ intermediaries: [bracketed, osprey] })),
    ).toHaveLength(1);
    const unknown = { endUser: { name: 'Curlew Loom Office', kind: 'unknown' as const } };
    expect(heard(second(unknown), first({ intermediaries: [{ ...GRAVE, name: 'Steppe Link LLP' }] }))).toHaveLength(1);
  });

  it('is heard of also where the two share more', () => {
    const consultant = { name: 'Kestrel Wool House', role: 'consultant' };
    const service = { name: 'Curlew National Security Office', kind: 'security' as const };
    expect(heard(second({ endUser: service, intermediaries: [LINK, consultant] }), first())).toHaveLength(1);
  });

  it('is heard of once, whatever is corrected there, and anew of a company that comes later', () => {
    const OSPREY = { name: 'Osprey Freight', role: 'carries for the secret police' };
    const both = first({ intermediaries: [GRAVE, OSPREY] });
    const one = told(second({ intermediaries: [{ ...OSPREY, role: 'carrier' }] }), both);
    expect(heard(one, corrected(both, { expectedSigning: '2027-09-09' }))).toEqual([]);
    const more = corrected(one, { intermediaries: [{ ...OSPREY, role: 'carrier' }, LINK] });
    expect(heard(more, both).map(({ text }) => text)).toEqual([
      'Steppe Link, buys for the secret police to hunt marchers',
    ]);
    const shown = JSON.stringify(againstItems(told(more, both).view, new Set(['D-F1RST1'])));
    for (const text of [OSPREY.role, GRAVE.role]) expect(shown).toContain(text);
  });

  it('is pushed off by no later deals of whoever wrote it that say something of another company', () => {
    const flagged = first().and('rep-1', { type: 'RaiseFlag', title: 'The reseller sells to torturers' });
    const dummies = Array.from({ length: 8 }, (_, n) =>
      openNamed(
        `D-DUMMY${n}`,
        {
          endUser: { name: `Sample Loft ${n}`, kind: 'private' },
          customer: `Sample Loft ${n}`,
          intermediaries: [LINK, { name: 'Osprey Freight', role: 'carries for a navy museum' }],
        },
        catalogue,
      ),
    );
    expect(heard(second(), flagged, ...dummies)).toHaveLength(1);
    expect(JSON.stringify(noteOf(second(), flagged, ...dummies))).toContain('sells to torturers');
  });

  it('is pushed off by nothing that its rep says of the same company, where a colleague said it', () => {
    const handed = first({ intermediaries: [LINK] }).and('rep-1', {
      type: 'HandOverSection',
      section: 'scope',
      to: 'product-1',
    });
    const theirs = handed.and('product-1', {
      type: 'CorrectDetails',
      details: { ...handed.view.deal.details, intermediaries: [GRAVE] },
      reason: 'I know them',
    });
    const dummies = Array.from({ length: 8 }, (_, n) =>
      openNamed(
        `D-DUMMY${n}`,
        {
          endUser: { name: `Sample Loft ${n}`, kind: 'private' },
          customer: `Sample Loft ${n}`,
          intermediaries: [{ ...LINK, role: `sells to police museum ${n}` }],
        },
        catalogue,
      ),
    );
    const found = heard(second(), theirs, ...dummies);
    expect(found[0]).toMatchObject({ by: 'product-1', text: `${LINK.name}, ${GRAVE.role}` });
    expect(found).toHaveLength(5);
  });

  it('is hidden by no three later deals of the same person, which say less of the same company', () => {
    const later = Array.from({ length: 6 }, (_, n) =>
      openNamed(
        `D-LATER${n}`,
        {
          endUser: { name: `Sample Loft ${n}`, kind: 'private' },
          customer: `Sample Loft ${n}`,
          intermediaries: [{ ...LINK, role: `never to a secret police ${n}` }],
        },
        catalogue,
      ),
    );
    const found = heard(second(), first(), ...later);
    expect(found.map(({ text }) => text)).toContain(`${LINK.name}, ${GRAVE.role}`);
    // What was heard before counts: a busy reseller is not told of for ever.
    expect(found).toHaveLength(4);
    const once = told(second(), first(), ...later);
    expect(heard(once, first(), ...later)).toHaveLength(3);
    expect(heard(told(once, first(), ...later), first(), ...later)).toEqual([]);
  });

  it('is heard of a company that was its end-user at first', () => {
    const wrong = first({ endUser: { name: LINK.name, kind: 'private' }, intermediaries: [] });
    const right = corrected(wrong, {
      endUser: { name: 'Kestrel Wool House', kind: 'private' },
      intermediaries: [GRAVE],
    });
    expect(heard(second(), right)).toHaveLength(1);
  });

  it('is not told where the name says it already, here as there', () => {
    const police = { name: 'Steppe Police Supplies', role: 'reseller' };
    const there = first({ intermediaries: [{ ...police, role: 'distributor' }] });
    expect(heard(second({ intermediaries: [police] }), there)).toEqual([]);
    expect(heard(second({ intermediaries: [{ ...police, name: 'Steppe Police Supplies LLP' }] }), there)).toHaveLength(
      1,
    );
  });

  it('is told to one that rests on another’s confirmation where it was said before that, and to none that is settled', () => {
    const at = (when: string, more: Partial<SaidElsewhere>) => {
      const one = { ...saidElsewhere(second().view), isOut: true, restsAt: when, ...more };
      return newsOfOthers([one, saidElsewhere(first().view)], NOW).get(one.id)?.worries ?? [];
    };
    const [{ openedAt }] = [first().view.deal];
    const before = new Date(Date.parse(openedAt) - 2 * 3_600_000).toISOString();
    expect(at(openedAt, {}).map(({ of }) => of)).toEqual(['named']);
    expect(at(before, {})).toEqual([]);
    expect(at(openedAt, { settled: 'found' })).toEqual([]);
  });

  it('is none of another company, nor of another product, nor of a part that says nothing', () => {
    expect(heard(second({ intermediaries: [{ name: 'Osprey Freight', role: 'reseller' }] }), first())).toEqual([]);
    expect(heard(second(), first({ product: LAMPS }))).toEqual([]);
    expect(heard(second(), first({ intermediaries: [LINK] }))).toEqual([]);
  });
});

describe('a deal that is corrected before anything is said of it', () => {
  const FLAG = { type: 'RaiseFlag', title: 'The first one resells to the secret police' } as const;
  it.each<[string, Partial<DealDetails>, Partial<DealDetails>, Partial<DealDetails>]>([
    ['customer', { customer: 'Tulip Import' }, { customer: 'Aspen' }, { customer: 'Tulip Import' }],
    [
      'company in between',
      { intermediaries: [LINK] },
      { intermediaries: [] },
      { customer: 'Steppe Link', intermediaries: [] },
    ],
    [
      'end-user',
      { endUser: { name: 'Ramtha Timber', kind: 'private' } },
      { endUser: { name: 'Ramtha Paper', kind: 'private' } },
      { endUser: { name: 'Ramtha Timber', kind: 'private' }, intermediaries: [] },
    ],
    ['product', { customer: 'Tulip Import' }, { product: LAMPS }, { customer: 'Tulip Import' }],
    ['country', { customer: 'Tulip Import' }, { destination: 'SE' }, { customer: 'Tulip Import' }],
  ])('is heard of by whoever names its %s of before, and shows nothing of it itself', (_, was, now, next) => {
    const deal = corrected(first({ intermediaries: [], ...was }), now);
    expect((deal.view.deal.renamed ?? []).filter(({ of }) => of !== 'product' && of !== 'destination')).toEqual([]);
    const other = second({ intermediaries: [], ...next });
    expect(JSON.stringify(noteOf(other, deal.and('product-1', FLAG)) ?? {})).toContain('resells to the secret police');
    expect(noteOfParties(second({ intermediaries: [], customer: 'Elm' }), deal.and('product-1', FLAG))).toBeUndefined();
  });
});

it('is read in its own deal where it is corrected before anything is said, as no other correction is', () => {
  const read = (deal: Story) => JSON.stringify(saidBefore(deal.view));
  expect(read(corrected(first(), { intermediaries: [LINK] }))).toContain('buys for the secret police to hunt marchers');
  const named = first({ customer: 'Tern Goods for the secret police', intermediaries: [] });
  expect(read(corrected(named, { customer: 'Tern Goods' }))).toContain('Tern Goods for the secret police');
  expect(read(corrected(first({ intermediaries: [LINK] }), { intermediaries: [] }))).toBe('[]');
});

it('is no news in its own deal that a police is spelled otherwise', () => {
  const police = { name: 'Curlew Police Headqarters', kind: 'security' as const };
  const deal = first({ endUser: police, customer: police.name, intermediaries: [] });
  const right = corrected(deal, {
    endUser: { ...police, name: 'Curlew Police Headquarters' },
    customer: 'Curlew Police Headquarters',
  });
  expect(JSON.stringify(saidBefore(right.view))).toBe('[]');
});

it('is found by a look at a few deals, too', () => {
  const one = saidElsewhere(second().view);
  for (const other of [
    corrected(first(), { intermediaries: [] }),
    corrected(first({ intermediaries: [LINK] }), { intermediaries: [] }),
    first({ intermediaries: [{ ...GRAVE, name: 'Steppe Link (Almaty) LLP' }] }),
  ]) {
    const said = saidElsewhere(other.view);
    const elsewhere = saidElsewhere(
      openNamed('D-THIRD1', { endUser: { name: 'Elm', kind: 'private' }, customer: 'Elm' }, catalogue).view,
    );
    const all = [one, said, elsewhere];
    const change = { before: undefined, now: said };
    expect(walked(listenersTo(all, [change])).map(({ id }) => id)).toContain(one.id);
    expect(walked(heardBy(all, [one])).map(({ id }) => id)).toContain(said.id);
  }
});

it('hears nothing itself by whom it named before anything was said', () => {
  const flagged = second({ customer: 'Tulip Import', intermediaries: [] }).and('product-1', {
    type: 'RaiseFlag',
    title: 'They beat porters',
  });
  const wrong = first({ customer: 'Tulip Import', intermediaries: [] });
  expect(noteOf(wrong, flagged)).toBeDefined();
  expect(noteOfParties(corrected(wrong, { customer: 'Kestrel Wool House' }), flagged)).toBeUndefined();
  const asked = first({ endUser: { name: 'Curlew Loom Office', kind: 'private' }, intermediaries: [] });
  expect(
    noteOfParties(corrected(asked, { endUser: { name: 'Kestrel Wool House', kind: 'private' } }), flagged),
  ).toBeUndefined();
});
