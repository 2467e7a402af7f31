/** The catalogue meets the questions of the default policy, whatever their ids. */

import { describe, expect, it } from 'vitest';
import { isAbility } from '../../../../flows/catalogue.ts';
import { productsEver } from '../../../../flows/deal/context/ever-said.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import { catalogueAgainst, catalogueSays, mayBeAble } from '../../../../flows/deal/said/product-against.ts';
import { noDeal } from '../../../../flows/deal/state.ts';
import { OTHER_PRODUCT } from '../../../../flows/organisation.ts';
import { calledAlike } from '../../../../flows/product-names.ts';
import { aDeal, anOrganisation, aView } from '../../../support/deal-builders.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const view = (category: string, able?: boolean) => {
  const deal = aDeal();
  const products = [{ ...deal.details.product, category, ...(able === undefined ? {} : { able }) }];
  return aView(deal, { policy: defaultPolicy, organisation: anOrganisation({ products }) });
};
const asks = defaultPolicy.sections.flatMap((s) => s.questions).filter(isAbility);
const scope = asks.find(({ sources }) => sources.includes('G1'))!.id;

describe('what the catalogue says', () => {
  it('is held against the scope question and those on the product', () => {
    expect(asks.map(({ id }) => id)).toEqual([scope, 'P1', 'P2', 'P3', 'P5']);
    expect(catalogueAgainst(view('Biometric identification'), { [scope]: 'no' })).toHaveLength(1);
    expect(catalogueAgainst(view('Sensors', true), { [scope]: 'no' })).toHaveLength(1);
    expect(catalogueAgainst(view('Biometric identification'), { P1: 'no', P2: 'no' })).toHaveLength(1);
  });

  it.each([
    [{ P1: 'no', P2: 'unknown' }, 1],
    [{ P1: 'unknown', P2: 'no' }, 1],
    [{ P1: 'no', P2: 'no', P3: 'yes', P5: 'yes' }, 1],
    [{ P1: 'unknown', P2: 'unknown', P3: 'no' }, 1],
    [{ P1: 'unknown', P2: 'unknown', P3: 'unknown', P5: 'no' }, 1],
    // It says that it gathers or analyses: either admits it, and then no other “no” contradicts.
    [{ P1: 'no', P2: 'yes', P5: 'no' }, 0],
    [{ P1: 'yes', P2: 'no', P3: 'no', P5: 'no' }, 0],
    // Nobody has said that it can't.
    [{ P1: 'unknown', P2: 'unknown', P3: 'unknown', P5: 'unknown' }, 0],
    [{ P1: 'no' }, 0],
    [{ P5: 'no' }, 0],
  ] as [Record<string, string>, number][])('an able product, answered %j: %i', (answers, found) => {
    expect(catalogueAgainst(view('Sensors', true), answers)).toHaveLength(found);
  });

  it('is nothing where the product is not marked, and where an answer admits it', () => {
    expect(catalogueAgainst(view('Sensors'), { [scope]: 'no' })).toEqual([]);
    expect(catalogueAgainst(view('Biometric identification'), { [scope]: 'yes', P1: 'yes', P2: 'no' })).toEqual([]);
  });
});

describe('a product that has another id in the catalogue now, or is not there any more', () => {
  const products = [{ id: 'face-recognition', name: 'Face Finder', category: 'Sensors', able: true }];
  const sold = (name: string, listed = products) =>
    aView(
      { ...aDeal(), details: { ...aDeal().details, product: { id: 'facial-recognition', name } } },
      { policy: defaultPolicy, organisation: anOrganisation({ products: listed }) },
    );

  it('is what the catalogue says of the one of its name', () => {
    const says = ['The catalogue says that this product can gather or analyse data about people.'];
    expect(catalogueSays(sold('Face Finder'))).toEqual(says);
    expect(catalogueAgainst(sold('Face Finder'), { [scope]: 'no' })).toEqual(says);
    expect(mayBeAble(sold('Face Finder', [{ ...products[0]!, able: false }]))).toBe(false);
  });

  it('is held against those that are called much the same, and nothing else', () => {
    expect(catalogueSays(sold('Face Finder Two'))[0]).toContain('“Face Finder”, which is called much the same,');
    expect(catalogueSays(sold('A harbour gate'))).toEqual([]);
    expect(mayBeAble(sold('A harbour gate'))).toBe(true);
  });

  it('is the same in two deals, by its own id, its name, and the one of its name', () => {
    const keys = productsEver(sold('Face Finder'));
    expect(keys).toEqual(['facial-recognition', 'face-recognition']);
    expect(productsEver(sold('Face Finder', []))).toEqual(['facial-recognition', expect.stringMatching(/^other /u)]);
    const now = sold('Face Finder');
    const twin = {
      ...now.deal,
      details: { ...now.deal.details, product: { id: 'face-recognition', name: 'Face Finder' } },
    };
    expect(productsEver({ ...now, deal: twin })).toEqual(['face-recognition']);
  });
});

describe('a product outside the catalogue', () => {
  const products = [{ id: 'face', name: 'Face Finder', category: 'Biometric identification', able: true }];
  const organisation = anOrganisation({ products });
  const called = (name: string) => ({ ...aDeal().details, product: { id: OTHER_PRODUCT, name } });
  const opening = (name: string) => {
    const command = { type: 'OpenDeal' as const, deal: 'D-1', home: aDeal().home, details: called(name), policy: 'p' };
    const meta = { actor: 'rep-1', at: '2027-03-01T09:00:00.000Z', id: 'x' };
    return decide(command, noDeal, meta, { policy: defaultPolicy, organisation, hash: String });
  };

  it.each(['Face Finder', ' finder, FACE', 'Fаce Finder', 'FaceFinder', 'Face F1nder', 'Face Fⲓnder'])(
    'is refused as %j, which the catalogue has',
    (name) => {
      const refusal = { text: '“Face Finder” is in the list. Please choose it there.', about: 'product' };
      expect(opening(name)).toMatchObject({ kind: 'refused', refusal });
    },
  );

  it('is held against what the catalogue says of one whose name it has', () => {
    const shown = (name: string) =>
      catalogueSays(aView({ ...aDeal(), details: called(name) }, { policy: defaultPolicy, organisation }));
    expect(opening('Face Finder Two').kind).toBe('accepted');
    expect(shown('Face Finder Two')).toEqual([
      'The catalogue says that “Face Finder”, which is called much the same, can gather or analyse data about people.',
      'In the catalogue “Face Finder”, which is called much the same, is in the category Biometric identification.',
    ]);
    expect(shown('Finder')).toHaveLength(2);
    expect(shown('A harbour gate')).toEqual([]);
    expect(calledAlike('Sample facial recognition', 'The facial recognition kit')).toBe(true);
    expect(calledAlike('Sample facial recognition', 'Sample gate')).toBe(false);
    expect(shown('MyFaceFlnderKit')).toHaveLength(2);
  });
});
