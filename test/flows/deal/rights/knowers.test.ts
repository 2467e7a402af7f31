/** Who might know a section's answers: the likeliest first, and nobody who could not get it. */

import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../flows/deal/answer-shapes.ts';
import { whoMightKnow } from '../../../../flows/deal/rights/knowers.ts';
import { joinsTeamRefusal } from '../../../../flows/deal/rights/picking.ts';
import { aDeal, aView } from '../../../support/deal-builders.ts';
import { atOncePolicy } from '../../../support/picture-deal.ts';
import { sheetOrganisation, withoutManager } from '../../../support/sheets.ts';

const given = (by: string, at: string): Answer => ({ value: 'no', sources: [], by, at });
const viewOf = (more: Parameters<typeof aDeal>[0] = {}, organisation = sheetOrganisation()) =>
  aView(aDeal(more), { organisation, policy: atOncePolicy });
const SAID = {
  product: {
    P1: given('rep-2', '2027-03-01T09:00:00.000Z'),
    P2: given('rep-1', '2027-03-02T09:00:00.000Z'),
    P3: given('product-1', '2027-03-03T09:00:00.000Z'),
  },
};

describe('who might know', () => {
  it('is the manager of the product where its section asks about the product', () => {
    expect(whoMightKnow(viewOf(), 'product', 'rep-1', 'rep-2')).toEqual([
      { person: 'product-1', why: 'manages the product' },
    ]);
    expect(whoMightKnow(viewOf(), 'context', 'rep-1', 'rep-2')).toEqual([]);
  });

  it('is who watches the country where its section asks about the country', () => {
    expect(whoMightKnow(viewOf(), 'laws', 'rep-1', 'rep-2')).toEqual([{ person: 'rep-2', why: 'watches the country' }]);
  });

  it('is who answered it before, each person once', () => {
    expect(whoMightKnow(viewOf({ answers: SAID }), 'product', 'rep-1', undefined)).toEqual([
      { person: 'product-1', why: 'manages the product' },
      { person: 'rep-2', why: 'answered it here before' },
    ]);
  });

  it('is nobody who asks or has it already', () => {
    const handOvers = { product: { to: 'product-1', by: 'rep-1', at: '2027-03-03T09:00:00.000Z' } };
    expect(whoMightKnow(viewOf({ answers: SAID, handOvers }), 'product', 'rep-2', undefined)).toEqual([
      { person: 'rep-1', why: 'answered it here before' },
    ]);
  });

  it('is nobody who left or who may be needed to decide', () => {
    const organisation = sheetOrganisation({ products: withoutManager() });
    const people = organisation.people.filter(({ id }) => id !== 'rep-2');
    const view = viewOf({ answers: SAID }, { ...organisation, people });
    expect(whoMightKnow(view, 'product', 'rep-1', undefined)).toEqual([
      { person: 'product-1', why: 'answered it here before' },
    ]);
    const judges = view.organisation.people.filter(({ id }) => joinsTeamRefusal(view, 'rep-1', id) !== undefined);
    expect(judges.map(({ id }) => id)).toContain('counsel-1');
    for (const { id } of judges) expect(whoMightKnow(view, 'laws', 'rep-1', id)).toEqual([]);
  });
});
