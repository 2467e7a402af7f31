/** The catalogue meets the questions of the default policy, whatever their ids. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../flows/deal/decide.ts';
import { catalogueAgainst, catalogueSays, isAbility } from '../../../../flows/deal/said/contradictions.ts';
import { noDeal } from '../../../../flows/deal/state.ts';
import { sharesMost } from '../../../../flows/end-user.ts';
import { OTHER_PRODUCT } from '../../../../flows/organisation.ts';
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
    expect(sharesMost('Sample facial recognition', 'The facial recognition kit')).toBe(true);
    expect(sharesMost('Sample facial recognition', 'Sample gate')).toBe(false);
    expect(shown('MyFaceFlnderKit')).toHaveLength(2);
  });
});
