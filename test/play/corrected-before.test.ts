/** A deal that is opened for somebody else, and corrected before anything is said of it: whoever decides reads for whom it was, and what is said of them. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { severalDeals, type Parties, type SeveralDeals } from '../support/between-deals.ts';
import { movesOn, playOf, type Play } from '../support/said-matrix-play.ts';
import { OFFICERS } from '../support/said-matrix.ts';

const WHO = 'Norsk Data Brokers';
const BAD = 'They sell whom marchers meet (zq7x).';
const SLIP = 'A slip of the pen, it was another account.';
const OF_WHO: Parties = {
  endUser: WHO,
  kind: 'private',
  customer: WHO,
  between: [],
  product: 'network',
  destination: 'DK',
};
const OTHER = { endUser: 'Tundra Media', customer: 'Tundra Media' };

let deals: SeveralDeals;
beforeAll(async () => {
  deals = severalDeals({ confirmScope: 'always' });
  const there = await deals.open(OF_WHO);
  await deals.act(there, 'legal-1', { type: 'RaiseFlag', title: BAD });
});
afterAll(() => deals.end());

/** Opened for them, and then for somebody else. */
const opened = async (was: Partial<Parties>, now: Partial<Parties>): Promise<Play> => {
  const parties = { ...OF_WHO, product: 'recorder', destination: 'LV', ...was };
  const play = playOf(deals, await deals.open(parties), 'ordinary');
  await play.corrects(
    'rep-1',
    (details) => ({
      ...details,
      customer: now.customer ?? details.customer,
      endUser: { ...details.endUser, name: now.endUser ?? details.endUser.name },
      intermediaries: (now.between ?? []).map((name) => ({ name, role: 'reseller' })),
    }),
    SLIP,
  );
  return play;
};
const pageOf = async (play: Play, name: string): Promise<string> => {
  for (const officer of OFFICERS) {
    const form = await play.form(officer, name);
    if (form?.submit !== undefined) return form.page;
  }
  return '';
};

it.each<[string, Partial<Parties>, Partial<Parties>]>([
  ['its end-user', {}, OTHER],
  ['a company', { ...OTHER, between: [WHO] }, { ...OTHER, between: [] }],
])('%s', async (_, was, now) => {
  const out = await opened(was, now);
  await out.gives('rep-1', 'scope', { 'G1-capability': { value: 'no' }, G2: { value: 'no' } });
  const scope = await pageOf(out, 'deal.confirm-scope');
  const decided = await opened(was, now);
  await movesOn(decided);
  const review = await pageOf(decided, 'deal.review');
  for (const page of [scope, review]) {
    expect(page).toContain('zq7x');
    expect(page).toContain(SLIP);
    expect(page).toMatch(new RegExp(`“${WHO}.*→`));
  }
});
