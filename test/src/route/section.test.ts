/** A section sent twice under one cause, through the route: nothing acknowledged is left out of the record. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Reply } from '../../../src/edge/interaction.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeAll(() => {
  at = atDesk();
});
afterAll(() => at.end());

it('keeps the edit of a form that was answered "it may be saved"', async () => {
  const deal = await at.openDeal();
  const context = JSON.stringify({ deal, section: 'scope' });
  const send = (value: string): Promise<Reply> =>
    at.ask(
      'rep-1',
      { kind: 'submit', form: 'deal.section', context, values: { 'q:G1': value } },
      undefined,
      'view:V1:showing',
    );
  const scope = async () => (await at.deals.view(deal))?.deal.answers['scope']?.['G1']?.value;
  await send('unknown');
  expect(await scope()).toBe('unknown');
  await send('yes');
  expect(await scope()).toBe('yes');
  await send('yes');
  expect((await at.store.read(deal)).length).toBe(3);
});
