/** Officers name whom a deal is for, in a register of something else: compliance is asked once, of that one, and again once they say more. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { severalDeals, type Parties, type SeveralDeals } from '../support/between-deals.ts';
import { filled } from '../support/late-words.ts';
import { playOf, type Play } from '../support/said-matrix-play.ts';

const GARDEN: Parties = {
  endUser: 'Gulnar Rose Garden',
  kind: 'private',
  customer: 'Bekzat Supply',
  between: [],
  product: 'weather',
  destination: 'NO',
};
const NO = { value: 'no' as const };

let deals: SeveralDeals;
beforeEach(() => {
  deals = severalDeals({ confirmScope: 'able' });
});
afterEach(() => deals.end());

const alert = (why: string) =>
  deals.register(
    ({ countries }, ask) => countries.handle({ type: 'IssueAlert', country: 'FI', why, on: '2027-03-01' }, ask),
    'compliance-1',
  );
const saidOut = async (parties: Partial<Parties> = {}): Promise<Play> => {
  const play = playOf(deals, await deals.open({ ...GARDEN, ...parties }), 'ordinary');
  await play.gives('rep-1', 'scope', { 'G1-capability': NO, G2: NO });
  return play;
};
const isOut = async (play: Play): Promise<boolean> => (await play.view()).deal.status === 'out of scope';
const confirms = async (play: Play): Promise<void> => {
  const form = await play.form('compliance-2', 'deal.confirm-scope');
  expect(form && (await form.send(filled(form))).kind).toBe('done');
  await deals.later(1);
};

it('once read, asks for none of the same; said again in other words, it does', async () => {
  await alert('Guards of Gulnar Rose Garden beat people.');
  const first = await saidOut();
  expect(await isOut(first)).toBe(false);
  await confirms(first);
  expect(await isOut(await saidOut())).toBe(true);
  await alert('Gulnar Rose Garden hired more guards.');
  expect(await isOut(await saidOut())).toBe(false);
});

it('read with another end-user, it is not read of this one', async () => {
  await alert('Alma House sells to Gulnar Rose Garden.');
  const through = await saidOut({ endUser: 'Tolbun Ferry', customer: 'Tolbun Ferry', between: ['Alma House'] });
  expect(await isOut(through)).toBe(false);
  await confirms(through);
  // Whoever goes through the company alone is read by now; whom it names, too, is not.
  expect(await isOut(await saidOut({ endUser: 'Kesvar Rail', customer: 'Kesvar Rail' }))).toBe(true);
  expect(await isOut(await saidOut({ customer: 'Gulnar Rose Garden' }))).toBe(false);
});

it('read of the end-user, it is not read of a company that it names, too', async () => {
  await alert('Alma House sells to Gulnar Rose Garden.');
  await confirms(await saidOut());
  expect(await isOut(await saidOut())).toBe(true);
  expect(await isOut(await saidOut({ between: ['Alma House'] }))).toBe(false);
});
