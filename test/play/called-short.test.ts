/** A colleague writes of a company as people call it, under a question of something else: whoever decides on the company's next deal reads it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { severalDeals, type Parties, type SeveralDeals } from '../support/between-deals.ts';
import { handsOver, playOf } from '../support/said-matrix-play.ts';
import { openedBy } from '../support/said-matrix.ts';

const CUSTOMER = 'Cedar Raven Orchards';
const BETWEEN = 'Stork Harbour Carriers';
const THERE: Parties = {
  endUser: 'Canyon Wells Ministry',
  kind: 'government',
  customer: CUSTOMER,
  between: [BETWEEN],
  product: 'recorder',
  destination: 'OM',
};
const HERE: Parties = {
  endUser: 'Plum Malters Club',
  kind: 'private',
  customer: 'Dill Lane Stores',
  between: [],
  product: 'weather',
  destination: 'TG',
};

let deals: SeveralDeals;
let said: string;
beforeAll(async () => {
  deals = severalDeals({ confirmScope: 'always' });
  said = await deals.open(THERE);
});
afterAll(() => deals.end());

/** What stands on the form that confirms the next deal, after a colleague wrote that note in a deal of the same company. */
const confirmedAfter = async (note: string, same: Partial<Parties>): Promise<string> => {
  const fork = deals.fork();
  try {
    const there = playOf(fork, said, 'ordinary');
    await handsOver(there, 'context', 'legal-1');
    await there.gives('legal-1', 'context', { G8: { value: 'unknown', note } });
    const out = playOf(fork, await fork.open({ ...HERE, ...same }), 'ordinary');
    await out.gives('rep-1', 'scope', { 'G1-capability': { value: 'no' }, G2: { value: 'no' } });
    const form = await openedBy(out, 'legal-1', 'deal.confirm-scope');
    return form?.page ?? '';
  } finally {
    await fork.end();
  }
};

it.each([
  ['a customer without its last word', { customer: CUSTOMER }, 'Cedar Raven sells what it buys from us on (zq7x).'],
  ['a customer by one word', { customer: CUSTOMER }, 'We met those of Cedar again (zq7x).'],
  ['a customer in another order', { customer: CUSTOMER }, 'To me Raven Cedar is a front (zq7x).'],
  ['a customer in small letters', { customer: CUSTOMER }, 'i hear cedar raven sells it all on (zq7x).'],
  ['who is in between', { between: [BETWEEN] }, 'Stork Harbour ships for the militia (zq7x).'],
])('%s', async (_, same, note) => {
  expect(await confirmedAfter(note, same)).toContain('zq7x');
});

it('is none of a company that a note names by no word', async () => {
  const page = await confirmedAfter('The courts there are slow (zq7x).', { customer: CUSTOMER });
  expect(page).toContain(CUSTOMER);
  expect(page).not.toContain('zq7x');
});
