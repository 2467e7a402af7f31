/** The index of all deals: never older than the version that it names. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/log.ts';
import { createDealIndex } from '../../../src/streams/deal-index.ts';
import { traced } from '../../../src/trace.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

it('reads what another act wrote, though this one has read the deal before', async () => {
  const deal = await at.openDeal();
  const { index } = at.desk;
  expect((await index()).map(({ id, open }) => [id, open])).toEqual([[deal, true]]);
  await traced('A', async () => {
    await at.deals.view(deal);
    await traced('B', () =>
      at.deals.handle(deal, { type: 'Withdraw', reason: 'The customer went away.' }, { actor: 'rep-1', cause: 'x' }),
    );
    expect((await index()).map(({ open, over }) => [open, over])).toEqual([[false, true]]);
  });
  expect((await index()).map(({ open, over }) => [open, over])).toEqual([[false, true]]);
});

it('reads every deal again where the catalogue changed', async () => {
  await at.openDeal();
  let listed = anOrganisation();
  const viewed: string[] = [];
  const view = (id: string) => {
    viewed.push(id);
    return at.deals.view(id).then((found) => found && { ...found, organisation: listed });
  };
  const index = createDealIndex({
    store: at.store,
    deals: { view },
    logger: silentLogger,
    organisation: () => listed,
  });
  const products = async () => (await index()).map(({ said }) => said.products);
  expect(await products()).toEqual([['analytics']]);
  await index();
  expect(viewed).toHaveLength(1);
  listed = anOrganisation({ products: listed.products.map((product) => ({ ...product, id: 'analysis' })) });
  expect(await products()).toEqual([['analytics', 'analysis']]);
  expect(viewed).toHaveLength(2);
});
