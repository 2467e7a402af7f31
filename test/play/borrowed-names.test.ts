/** Ids from outside that every object has (`constructor`, `__proto__`): they name nothing, break nothing, and stop no clock. */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { countries, type CountriesEvent } from '../../flows/registers/countries.ts';
import type { Json } from '../../store/event-store.ts';
import { atDesk, type AtDesk } from '../support/desk.ts';
import { TIMED } from '../support/ticking.ts';

const { buttons, forms } = z
  .object({ buttons: z.array(z.string()), forms: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/data-2026-11/expected.json', import.meta.url), 'utf8')));

const BORROWED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
const PEOPLE = ['rep-1', 'compliance-1', 'chief-1'];
const KEYS = [
  'alert',
  'hold',
  'country',
  'course',
  'deal',
  'section',
  'flag',
  'request',
  'condition',
  'duty',
  'seen',
  'for',
];
/** Enough for most forms to be accepted, were the id good. */
const VALUES = {
  reason: 'A reason that says enough.',
  why: 'Elections were called off.',
  review: '2027-03-20',
  note: 'Nothing new was found.',
  found: 'nothing new',
  watcher: 'senior-1',
  person: 'product-1',
  on: '2027-03-01',
  verdict: 'accept',
  opinion: 'admit',
  weight: 'heavy',
  text: 'Done as agreed.',
  until: '2027-03-05',
};

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

it.each(BORROWED)('%s in every id of every button and form', async (id) => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  const before = await at.deals.view(deal);
  for (const person of PEOPLE) {
    for (const name of buttons) {
      for (const value of [id, `${deal}/${id}`, `${id}/${id}`]) await at.ask(person, { kind: 'click', name, value });
    }
    for (const form of forms) {
      const borrowed = Object.fromEntries(KEYS.map((key) => [key, id]));
      for (const context of [borrowed, { ...borrowed, deal }, { ...borrowed, deal, step: 0, page: 1, factsHash: id }]) {
        for (const values of [
          VALUES,
          { ...VALUES, ...Object.fromEntries(Object.keys(VALUES).map((key) => [key, id])) },
        ]) {
          await at.ask(person, { kind: 'submit', form, context: JSON.stringify(context), values });
        }
      }
    }
  }
  const after = await at.deals.view(deal);
  expect(after?.deal.answers).toEqual(before?.deal.answers);
  expect(Object.keys(after?.deal.handOvers ?? {})).not.toContain(id);

  // Every register still ticks, and what compliance decides still reaches the deals.
  const country = after?.deal.details.destination ?? '';
  const issued = await at.desk.registers.countries.handle(
    { type: 'IssueAlert', country, why: 'Elections were called off.', on: '2027-03-01' },
    { actor: 'compliance-1', cause: `alert ${id}` },
  );
  expect(issued.kind).toBe('accepted');
  const sweep = async (stream: string): Promise<void> => {
    if (stream === 'register:countries') await at.spreading.tickCountries(stream, '2027-03-01T09:00:00.000Z');
    else await at.spreading.tickHolds(stream, '2027-03-01T09:00:00.000Z');
  };
  for (const stream of ['register:countries', 'register:holds']) await sweep(stream);
  await at.travel('2027-03-02T12:00:00.000Z');
  expect((await at.deals.view(deal))?.deal.warned).toHaveLength(1);
});

it('an alert that was once ended under such a name stops no other', async () => {
  const deal = await at.openDeal();
  const stream = 'register:countries';
  const stamp = { at: '2027-03-01T09:00:00.000Z', by: 'compliance-1' };
  // `alert` was a function, which no record keeps.
  const event = { ...stamp, type: 'CountryAlertEnded', reason: 'Typo.' } as unknown as CountriesEvent;
  expect(countries.evolve(countries.none, event)).toEqual(countries.none);
  const what = { of: 'ended', reason: 'Typo.', by: stamp.by };
  const spread = { id: 'undefined:ended', what, reached: 0, of: 0, at: stamp.at, owners: {} };
  const state = { ...countries.none, spreads: { [spread.id]: spread } };
  await at.store.append(
    {
      stream,
      expectedVersion: 0,
      at: stamp.at,
      actor: stamp.by,
      cause: 'an old press',
      contextVersions: {},
      body: { events: [event as unknown as Json], notices: [] },
    },
    {
      snapshot: {
        version: 1,
        kind: 'register',
        status: 'kept',
        tier: null,
        owner: 'system',
        nextDueAt: stamp.at,
        format: 1,
        state: JSON.parse(JSON.stringify(state)) as Json,
      },
      outbox: [],
    },
  );
  const country = (await at.deals.view(deal))?.deal.details.destination ?? '';
  const issued = await at.desk.registers.countries.handle(
    { type: 'IssueAlert', country, why: 'Elections were called off.', on: '2027-03-01' },
    { actor: 'compliance-1', cause: 'alert' },
  );
  expect(issued.kind).toBe('accepted');
  await at.travel('2027-03-02T12:00:00.000Z');
  expect((await at.deals.view(deal))?.deal.warned).toHaveLength(1);
  expect(Object.keys((await at.desk.registers.countries.now()).state.spreads)).toEqual([]);
});
