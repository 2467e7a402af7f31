/** What officers wrote in registers that names a deal: what it names, what counts as read, and what is shown by itself. */

import { describe, expect, it } from 'vitest';
import { namedByOfficers, officersElsewhere } from '../../../../flows/deal/context/named-by-officers.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import type { Sheet } from '../../../../flows/sheet.ts';
import { opened } from '../../../support/reuse-story.ts';

const [EARLY, LATE] = ['2027-02-01T09:00:00.000Z', '2027-02-10T09:00:00.000Z'];
const PRODUCTS = [
  { id: 'camera', name: 'Sample camera', category: 'Cameras' },
  { id: 'recorder', name: 'Sample camera recorder', category: 'Cameras' },
  { id: 'a+b', name: 'Sample (a+b) box', category: 'Boxes' },
];
const deal = (facts: Partial<Organisation>, product = PRODUCTS[0]!): DealView => {
  const { view } = opened();
  const details = {
    ...view.deal.details,
    destination: 'NO',
    customer: 'Askar Trade',
    endUser: { name: 'Gulnar Rose Garden', kind: 'private' as const },
    intermediaries: [{ name: 'Alma House', role: 'reseller' }],
    product: { id: product.id, name: product.name },
  };
  return {
    ...view,
    deal: { ...view.deal, details },
    organisation: { ...view.organisation, products: PRODUCTS, ...facts },
  };
};
const alert = (why: string, at = EARLY, country = 'FI') =>
  ({ id: `a-${why}-${at}`, country, why, on: '2027-02-01', by: 'compliance-1', at }) as const;
const sheet = (product: (typeof PRODUCTS)[number], note: string, source = 'Sample data sheet'): Sheet => ({
  id: `product:${product.id}`,
  on: { of: 'product', product: product.id, name: product.name },
  version: 1,
  by: 'compliance-1',
  at: EARLY,
  until: '2028-02-01',
  answers: {
    P2: {
      value: 'no',
      note,
      sources: [{ name: source, year: 2026, url: 'https://x.example.org' }],
      by: 'compliance-1',
      at: EARLY,
    },
  },
  changes: [],
  said: [],
  disputes: [],
});
const texts = (view: DealView): string[] => officersElsewhere(view).map(({ text }) => text);

describe('what officers wrote names', () => {
  it('each of the end-user, a company and the product, where it names several', () => {
    const all = 'Gulnar Rose Garden uses the Sample camera, sold by Alma House, on crowds.';
    expect(namedByOfficers(deal({ alerts: [alert(all)] }))).toEqual({
      'end-user': EARLY,
      company: EARLY,
      product: EARLY,
    });
    const two = [alert('Alma House sells to anybody.', EARLY), alert('Watch the Sample cameras.', LATE)];
    expect(namedByOfficers(deal({ alerts: two }))).toEqual({ company: EARLY, product: LATE });
    expect(namedByOfficers(deal({ alerts: [alert('There is unrest.')] }))).toEqual({});
  });

  it('a product by its name alone, and not within the longer one of another', () => {
    const longer = sheet(PRODUCTS[1]!, 'The sample camera recorder keeps faces.', 'Sample camera recorder datasheet');
    expect(namedByOfficers(deal({ sheets: [longer] }))).toEqual({});
    expect(namedByOfficers(deal({ alerts: [alert('A SAMPLE CAMERA RECORDER was found.')] }))).toEqual({});
    const both = sheet(PRODUCTS[1]!, 'Sample camera recorder: with a Sample camera it finds faces.');
    expect(namedByOfficers(deal({ sheets: [both] }))).toEqual({ product: EARLY });
    expect(namedByOfficers(deal({ alerts: [alert('A Sample (a+b) box was found.')] }, PRODUCTS[2]))).toEqual({
      product: EARLY,
    });
  });

  it('whom words of the deal name, where a hold is on them', () => {
    const hold = {
      id: 'hold-1',
      on: { of: 'end-user', name: 'Norsk Data Brokers', key: 'norskdatabrokers' },
      stop: ['support'],
      because: 'inquiry',
      reason: 'They hunt people.',
      review: '2027-12-01',
      by: 'compliance-1',
      at: EARLY,
    } as const;
    const other = deal({ holds: [{ ...hold, stop: ['support'] }] });
    expect(namedByOfficers(other)).toEqual({});
    const flag = {
      id: 'f-1',
      title: 'Norsk Data Brokers will run it for them.',
      by: 'product-1',
      at: LATE,
      status: 'pending',
      weight: 'severe',
    } as const;
    const naming = { ...other, deal: { ...other.deal, ownFlags: [flag] } };
    expect(namedByOfficers(naming)).toEqual({ company: EARLY });
    expect(texts(naming)).toEqual(['They hunt people.']);
  });

  it('nothing by the name of a product on its own sheet, but a party there', () => {
    expect(namedByOfficers(deal({ sheets: [sheet(PRODUCTS[0]!, 'The Sample camera is fine.')] }))).toEqual({});
    const letter = 'A letter of guards of Gulnar Rose Garden';
    const own = deal({ sheets: [sheet(PRODUCTS[0]!, 'Fine.', letter)] });
    expect(namedByOfficers(own)).toEqual({ 'end-user': EARLY });
    expect(texts(own)).toEqual([letter]);
  });
});

describe('shown by itself is', () => {
  const BAD = 'Gulnar Rose Garden hunts people.';
  it('what no page of the deal has: what is of the same, and ended, waits or was accepted, too', () => {
    const gap = {
      id: 'g-1',
      on: { of: 'country', country: 'NO' },
      questions: ['H1'],
      reason: BAD,
      until: '2027-08-01',
      by: 'compliance-1',
      at: EARLY,
    } as const;
    expect(texts(deal({ acceptances: [gap] }))).toEqual([BAD]);
    const ended = { alert: alert(BAD, EARLY, 'NO'), reason: 'It is over.', by: 'compliance-2', at: LATE };
    expect(texts(deal({ alertsEnded: [ended] }))).toEqual([BAD]);
    const waits = { ...sheet(PRODUCTS[0]!, 'Fine.'), waits: { answers: {}, why: BAD, by: 'compliance-1', at: EARLY } };
    expect(texts(deal({ sheets: [waits] }))).toEqual([BAD]);
  });

  it('not what stands on each page: an alert of its country, a note on its sheet', () => {
    expect(texts(deal({ alerts: [alert(BAD, EARLY, 'NO')] }))).toEqual([]);
    expect(texts(deal({ sheets: [sheet(PRODUCTS[0]!, BAD)] }))).toEqual([]);
  });

  it('each text of one person once; what names the end-user before what names the product', () => {
    const alerts = [alert('Watch the Sample camera.', LATE), alert(BAD, EARLY), alert(BAD, EARLY, 'SE')];
    expect(texts(deal({ alerts }))).toEqual([BAD, 'Watch the Sample camera.']);
  });
});
