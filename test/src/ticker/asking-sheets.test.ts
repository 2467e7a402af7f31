/** Who knows is asked for missing sheets once for each, without anybody's press; the rep sees whom and since when. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../../flows/countries.ts';
import { silentLogger } from '../../../src/log.ts';
import { missingSheets } from '../../../src/ticker/asking-sheets.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { atOncePolicy } from '../../support/picture-deal.ts';
import { FINE, givenAll, MILD, PRODUCT, sheetOrganisation, withoutManager } from '../../support/sheets.ts';
import { tellAll } from '../../support/telling.ts';

let at: AtDesk;
const begin = (organisation = sheetOrganisation()): void => {
  at = atDesk({ policy: atOncePolicy, organisation });
};
beforeEach(() => begin());
afterEach(() => at.end());

const look = (): Promise<number> => tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
const asked = async () => Object.values((await at.desk.registers.sheets.now()).state.asked);
const told = async () => (await tellAll(at, /Deals wait for what you know/u)).told.map(({ to }) => to);
const brief = (country: string) =>
  at.desk.registers.sheets.handle(
    { type: 'SaveSheet', on: { of: 'country', country }, from: 0, answers: givenAll(FINE) },
    { actor: 'counsel-1', cause: `brief-${country}` },
  );

describe('a missing product sheet', () => {
  it('is asked of the manager whom the catalogue names, once, however many deals want it', async () => {
    await at.openDeal();
    await at.openDeal();
    await look();
    await look();
    expect(await told()).toEqual(['product-1']);
    expect(await asked()).toMatchObject([{ on: PRODUCT, to: ['product-1'], at: '2027-03-01T09:00:00.000Z' }]);
  });

  it('is shown to the rep, with whom it was asked of and since when, until it is there', async () => {
    const deal = await at.openDeal();
    await look();
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1-capability': 'yes' });
    const open = async () =>
      JSON.stringify(
        formIn(await at.ask('rep-1', { kind: 'click', name: 'deal.answer', value: `${deal}/product` })).blocks,
      );
    expect(await open()).toContain('has been asked for it since ');
    await at.desk.registers.sheets.handle(
      { type: 'SaveSheet', on: PRODUCT, from: 0, answers: givenAll(MILD) },
      { actor: 'product-1', cause: 'save' },
    );
    expect(await open()).not.toContain('has been asked for it since ');
  });

  it('is asked of nobody where the catalogue names no manager, nor for a deal that is over', async () => {
    await at.end();
    begin(sheetOrganisation({ products: withoutManager() }));
    await at.openDeal();
    await look();
    expect(await asked()).toEqual([]);
    await at.end();
    begin();
    const deal = await at.openDeal();
    await at.deals.handle(
      deal,
      { type: 'Withdraw', reason: 'The buyer went elsewhere.' },
      { actor: 'rep-1', cause: 'gone' },
    );
    await look();
    expect(await asked()).toEqual([]);
  });
});

describe('a missing country brief', () => {
  it('is asked of counsel once the company writes briefs', async () => {
    await at.openDeal();
    await look();
    expect((await asked()).filter(({ on }) => on.of === 'country')).toEqual([]);
    await brief('SE');
    await look();
    expect((await asked()).filter(({ on }) => on.of === 'country')).toMatchObject([
      { on: { country: 'NO' }, to: ['counsel-1'] },
    ]);
  });
});

it('what is missing is not cut before it is known who was asked lately', () => {
  const deals = COUNTRY_CODES.map((destination) => ({
    open: true,
    destination,
    summary: { product: { id: 'analytics', name: 'Sample Analytics' } },
  }));
  const sheets = { [`country:${COUNTRY_CODES[0]}`]: { on: { of: 'country', country: COUNTRY_CODES[0] } } };
  const missing = missingSheets(
    deals as never,
    { sheets, asked: {}, reminded: {}, spreads: {} } as never,
    sheetOrganisation(),
    atOncePolicy,
  );
  expect(missing).toHaveLength(COUNTRY_CODES.length);
});
