/**
 * Whatever somebody types into an input of a register's form that is then taken stands in that register, or in the deals that it is of; or
 * the form comes back and says what to do with it.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FormValues } from '../../blocks/card.ts';
import * as play from '../support/register-words-play.ts';
import { aDesk, type Desk } from '../support/register-words-play.ts';
import { choicesOf, drawnWith, filledIn, PEOPLE, textsOf, TOKEN, typedIn, WHY } from '../support/typed-kept.ts';

let start: Desk;
/** Deals that forms are of, or that acts of registers reach. */
let deals: string[];
beforeAll(async () => {
  start = await aDesk();
  await play.alerts(start, 'compliance-1', WHY);
  await play.notesLaws(start, 'counsel-1', WHY);
  await play.accepts(start, 'compliance-1', WHY);
  await play.saves(start, 'compliance-1', 'product');
  await play.saves(start, 'compliance-1', 'country');
  await play.saves(start, 'compliance-1', 'product', { P2: 'yes' });
  await play.saves(start, 'compliance-1', 'product', {}, {}, WHY);
  await play.disputes(start, 'rep-1', 'country', 'H-RF4', WHY);
  await play.holds(start, 'compliance-1', WHY, { name: 'Nazar Loom House' });
  await play.asks(start, 'compliance-1', WHY, 'They answered.');
  const out = await start.after({ customer: 'Odrin Retail' });
  await out.gives('rep-1', 'scope', { 'G1-capability': { value: 'no' } });
  deals = [(await start.before.view()).deal.id, (await out.view()).deal.id];
});
afterAll(() => start.end());

const recordOf = async (desk: Desk): Promise<string> => {
  const registers = await desk.see(async ({ countries, gaps, holds, programme, sheets, scopes }) =>
    Promise.all([countries, gaps, holds, programme, sheets, scopes].map(async (one) => (await one.now()).state)),
  );
  return JSON.stringify([registers, await Promise.all(deals.map((deal) => desk.record(deal)))]);
};

/** Each form, with the value of the button that opens it. */
const formsOf = (desk: Desk): Promise<(readonly [string, string])[]> =>
  desk.see(async ({ countries, gaps, holds, programme, sheets }) => {
    const all = (register: { now(): Promise<{ state: object }> }, part: string): Promise<string[]> =>
      register.now().then(({ state }) => Object.keys((state as Record<string, object>)[part] ?? {}));
    const asked = (await programme.now()).state.asked.map(({ id }) => id);
    const disputed = Object.values((await sheets.now()).state.sheets).flatMap(({ id, disputes }) =>
      disputes.map((dispute) => `${dispute.id}/${id}`),
    );
    const held = await all(holds, 'holds');
    const of = (name: string, ids: readonly string[]) => ids.map((id) => [`desk.${name}`, id] as const);
    return [
      ...of('laws', ['NO', 'SE']),
      ...of('alert', ['', 'NO']),
      ...of('end-alert', await all(countries, 'alerts')),
      ...of('looked', ['NO']),
      ...of('sheet', ['product/weather', 'country/NO', 'country/SE']),
      ...of('judge-sheet', ['product:weather', 'country:NO']),
      ...of('settle-dispute', disputed),
      ...of('end-gap', await all(gaps, 'acceptances')),
      ...of('hold', ['', deals[1]!]),
      ...of('lift-hold', held),
      ...of('programme-say', ['training']),
      ...of('programme-asked', ['']),
      ...of('programme-came', asked),
    ];
  });

/** What such a form takes no made-up value for. */
const given = (): Readonly<Record<string, FormValues>> => ({
  'desk.hold': { from: '2027-03-02', deal: deals[1]! },
  'desk.programme-asked': { on: '2027-02-01' },
});

const seen = new Set<string>();
let taken = 0;

/** Opens it for whoever may, at the first page. */
const openedFor = async (desk: Desk, [name, value]: readonly [string, string]) => {
  for (const person of PEOPLE) {
    const opened = await desk.form(person, name, '', value);
    if (opened?.submit !== undefined) return opened;
  }
  return undefined;
};

const MOST_PAGES = 3;
const isDropped = async (form: readonly [string, string], choice: FormValues, input: string): Promise<boolean> => {
  const desk = start.fork();
  try {
    const opened = await drawnWith((await openedFor(desk, form))!, choice);
    const was = await recordOf(desk);
    const also = { ...given()[form[0]], ...choice };
    let sent = await opened.send(filledIn(opened, { ...also, [input]: typedIn(input) }));
    // What it shows first is shown once.
    for (let page = 0; page < MOST_PAGES && sent.form && sent.form.context !== opened.context; page += 1)
      sent = await sent.form.send(filledIn(sent.form, also));
    const now = await recordOf(desk);
    if (now === was) return false;
    taken += 1;
    seen.add(form[0]);
    return !now.includes(TOKEN);
  } finally {
    await desk.end();
  }
};

it('is kept, or comes back', async () => {
  const dropped: string[] = [];
  const forms = await formsOf(start);
  for (const form of forms) {
    const desk = start.fork();
    const first = await openedFor(desk, form);
    for (const choice of first ? choicesOf(first) : []) {
      const names = textsOf(await drawnWith(first!, choice));
      for (const name of names)
        if (await isDropped(form, choice, name)) dropped.push(`${form.join(' ')}, ${JSON.stringify(choice)}: ${name}`);
    }
    await desk.end();
  }
  expect(dropped).toEqual([]);
  expect(seen).toEqual(new Set(forms.map(([name]) => name)));
  expect(taken).toBeGreaterThan(50);
});
