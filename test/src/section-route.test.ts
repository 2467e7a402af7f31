/** A section sent twice under one cause, through the route: nothing acknowledged is left out of the record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDeals, type Deals } from '../../src/handle.ts';
import type { Reply } from '../../src/interaction.ts';
import { createRoute } from '../../src/route.ts';
import type { EventStore } from '../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../support/deal-builders.ts';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';

const policy = aPolicy();
const organisation = anOrganisation();
const clock = (): Date => new Date('2027-03-01T09:00:00.000Z');
let folder: SqliteFolder;
let store: EventStore;
let deals: Deals;

beforeAll(() => {
  folder = sqliteFolder();
  store = folder.open();
  const policies = { current: policy, get: async () => policy };
  deals = createDeals({ store, policies, organisation: () => organisation, clock, wake: () => {} });
});
afterAll(() => folder.remove());

it('keeps the edit of a form that was answered "it may be saved"', async () => {
  const route = createRoute({ deals, store, organisation: () => organisation, command: '/deal' });
  const home = { platform: 'slack' as const, channel: 'C0CLEAR' };
  const outcome = await deals.open(
    { type: 'OpenDeal', home, details: aDeal().details },
    { actor: 'rep-1', cause: 'open' },
  );
  const deal = outcome.view?.deal.id ?? '';
  const send = (value: string): Promise<Reply> =>
    route({
      kind: 'submit',
      form: 'deal.section',
      context: JSON.stringify({ deal, section: 'scope' }),
      values: { 'q:G1': value },
      person: 'rep-1',
      place: undefined,
      cause: 'view:V1:showing',
      trace: 'T',
    });
  const scope = async () => (await deals.view(deal))?.deal.answers['scope']?.['G1']?.value;
  await send('unknown');
  expect(await scope()).toBe('unknown');
  await send('yes');
  expect(await scope()).toBe('yes');
  await send('yes');
  expect((await store.read(deal)).length).toBe(3);
});
