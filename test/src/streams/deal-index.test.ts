/** The index of all deals: never older than the version that it names. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { traced } from '../../../src/trace.ts';
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
