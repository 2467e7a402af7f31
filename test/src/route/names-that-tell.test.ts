/** A colleague says what they know in the name of what their own deal is of: no answer, no note, and nobody reads it there. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isToldToOthers } from '../../../flows/deal/context/erasing.ts';
import { severalDeals, type OpenedForm, type Parties, type SeveralDeals } from '../../support/between-deals.ts';
import { filled } from '../../support/late-words.ts';
import { pictureContext } from '../../support/picture-deal.ts';
import { movesOn, PARTIES, playOf } from '../../support/said-matrix-play.ts';

const OFFICE = 'Ystad Weather Office';
const KNOWN = 'hunt the drowned harbour choir';
/** With one word too few to say anything by its length alone. */
const NAMING = `Gauge for ${OFFICE} to ${KNOWN}`;
const LONG = `Rain gauge that we saw their guards take to ${KNOWN}`;
const SENSOR: Parties = { ...PARTIES, kind: 'government', endUser: OFFICE, product: 'weather', destination: 'FI' };

let deals: SeveralDeals;
beforeEach(() => {
  deals = severalDeals({ confirmScope: 'able' });
});
afterEach(() => deals.end());

const saysOut = async (deal: string): Promise<void> => {
  await playOf(deals, deal, 'ordinary').gives('rep-1', 'scope', { 'G1-capability': { value: 'no' } });
};
const form = async (deal: string, name = 'deal.confirm-scope', person = 'compliance-1'): Promise<OpenedForm> => {
  const opened = await deals.form(person, name, deal);
  if (!opened) throw new Error(`no ${name}`);
  return opened;
};
const status = async (deal: string): Promise<string> => (await deals.view(deal)).deal.status;
/** What compliance confirms stands for the next one. */
const confirmed = async (): Promise<void> => {
  const before = await deals.open({ ...SENSOR, endUser: 'Turku Ice Office', customer: 'Turku Farms' });
  await saysOut(before);
  const opened = await form(before);
  expect(await opened.press(filled(opened))).toBe(true);
};
const tells = (more: Partial<Parties>, by = 'product-1'): Promise<string> =>
  deals.open({ ...SENSOR, customer: 'Hamar Wholesale', product: 'Gauge', ...more }, by);

describe.each([
  ['a product whose name names its end-user', { product: NAMING }],
  ['a product whose name is a sentence', { product: LONG }],
  ['a customer whose name is a sentence', { customer: `Hamar Wholesale who sold them what they needed to ${KNOWN}` }],
  ['a company whose name is a sentence', { between: [`Hamar Transit who took them what they needed to ${KNOWN}`] }],
])('%s, in a deal with the same end-user', (_, more: Partial<Parties>) => {
  it('keeps the next one from being out of scope as before, and is read there', async () => {
    await confirmed();
    await tells(more);
    const next = await deals.open(SENSOR);
    await saysOut(next);
    expect(await status(next)).toBe('answering');
    expect((await form(next)).page).toContain(KNOWN);
  });

  it('brings back a form that was opened before: to find it out of scope, and to sign', async () => {
    const [out, signed] = [await deals.open(SENSOR), await deals.open({ ...SENSOR, product: 'network' })];
    await saysOut(out);
    await movesOn(playOf(deals, signed, 'ordinary'));
    const scope = await form(out);
    let review: OpenedForm | undefined = await form(signed, 'deal.review');
    while (review && !review.context.includes('"signs"')) review = (await review.send(filled(review))).form;
    await tells(more);
    for (const opened of [scope, review!]) {
      const sent = await opened.send(filled(opened));
      expect(sent.form?.page).toContain(KNOWN);
    }
    expect([await status(out), await status(signed)]).toEqual(['answering', 'deciding']);
  });
});

describe('an end-user whose name is a sentence, in another deal', () => {
  it('may be the same, and is read with it', async () => {
    const next = await deals.open({ ...SENSOR, product: 'network' });
    await movesOn(playOf(deals, next, 'ordinary'));
    await tells({ endUser: `${OFFICE} who ${KNOWN}` });
    expect((await form(next, 'deal.review')).page).toContain(KNOWN);
  });
});

describe('what something is called', () => {
  it('says nothing: a deal with the same end-user is out of scope as before', async () => {
    await confirmed();
    await tells({ product: 'Rain gauge R-200 with mast', customer: 'Ministry of Trade and Fisheries of the North' });
    const next = await deals.open(SENSOR);
    await saysOut(next);
    expect(await status(next)).toBe('out of scope');
  });

  it('is heard of a deal that was withdrawn with nothing else said, which two officers alone do not erase', async () => {
    await confirmed();
    const withdrawn = async (product: string): Promise<string> => {
      const deal = await tells({ product });
      await playOf(deals, deal, 'ordinary').does('product-1', { type: 'Withdraw', reason: 'No longer wanted.' });
      return deal;
    };
    expect(isToldToOthers(await deals.view(await withdrawn('Gauge')))).toBe(false);
    expect(isToldToOthers(await deals.view(await withdrawn(LONG)))).toBe(true);
    const next = await deals.open(SENSOR);
    await saysOut(next);
    expect(await status(next)).toBe('answering');
    expect((await form(next)).page).toContain(KNOWN);
  });

  it('is no word of whoever sells that deal to others', async () => {
    await confirmed();
    await tells({ product: NAMING }, 'rep-1');
    const next = await deals.open(SENSOR);
    await saysOut(next);
    expect(await status(next)).toBe('out of scope');
  });

  it('stands among what was said where somebody put another in its place', async () => {
    const other = await tells({ product: LONG });
    const play = playOf(deals, other, 'ordinary');
    await play.corrects('product-1', (now) => ({ ...now, product: { id: 'other', name: 'Gauge' } }), 'A slip.');
    const next = await deals.open({ ...SENSOR, product: 'network' });
    await movesOn(playOf(deals, next, 'ordinary'));
    expect((await form(next, 'deal.review')).page).toContain(KNOWN);
  });
});

describe('where some sell, and the others do not', () => {
  beforeEach(async () => {
    await deals.end();
    const { groups } = pictureContext().organisation;
    const sales = { id: 'sales', name: 'Sales', members: ['rep-1', 'legal-1'] };
    deals = severalDeals({ confirmScope: 'able' }, undefined, { groups: [...groups, sales] });
  });

  it.each([
    ['a product', { product: 'Gauge for whipping' }],
    ['a customer', { customer: 'Whip sellers' }],
  ])(
    'keeps the next one from being out of scope by the name of %s, however short, from who does not',
    async (_, more) => {
      await confirmed();
      const at = { ...SENSOR, endUser: 'Oulu Rain Office' };
      await tells({ ...at, ...more }, 'legal-1');
      const before = await deals.open(at);
      await saysOut(before);
      expect(await status(before)).toBe('out of scope');
      await tells(more);
      const next = await deals.open(SENSOR);
      await saysOut(next);
      expect(await status(next)).toBe('answering');
      expect((await form(next)).page).toMatch(/whip/iu);
    },
  );
});
