/** What compliance's forms show of a change that waits, and that a press counts only for what its form showed. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { detailsForm } from '../../../blocks/forms/open.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const DONE: Reply = { kind: 'done' };
const organisation = anOrganisation({
  products: [
    { id: 'analytics', name: 'Sample Analytics', category: 'Data analytics' },
    { id: 'sensor', name: 'Sample Sensor', category: 'Sensors', able: false },
  ],
});

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy: aPolicy({ confirmScope: 'able', lighter: 'confirm' }), organisation });
});
afterEach(() => at.end());

const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const send = (person: string, { name, context }: Form, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: name, context, values });
/** Corrects details as the form that is open now would. */
const correct = async (deal: string, changed: FormValues): Promise<void> => {
  const form = detailsForm(await view(deal));
  expect(await send('rep-1', form, { ...presets(form), reason: 'Wrong line in the list.', ...changed })).toEqual(DONE);
};
const answer = (deal: string, section: string, values: FormValues): Promise<Reply> =>
  at.submit('rep-1', 'deal.section', { deal, section }, values);
const list = async (): Promise<Form> =>
  formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true }));
const toConfirm = async (deal: string): Promise<Form> =>
  formIn(await click('compliance-1', 'deal.confirm-lighter', deal));

describe('the rep who moves the deal to another country', () => {
  it('shows compliance which, in the form of the deal and in the list, and every approver', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await correct(deal, { destination: 'SE', endUserKind: 'private', product: 'sensor' });
    for (const words of [
      wordsOf(await toConfirm(deal)),
      wordsOf(await list()),
      wordsOf(formIn(await click('compliance-1', 'deal.why', deal))),
      wordsOf(formIn(await click('compliance-1', 'deal.review', `${deal}/0`))),
    ]) {
      expect(words).toContain('Destination: was Norway, now Sweden.');
      expect(words).toMatch(/Product: was .*, now Sample Sensor\./);
      expect(words).toMatch(/End-user: was .*, now private\./);
    }
  });
});

describe('the rep who changes something while compliance reads', () => {
  const NEWER = /changed while you were reading/;
  const moved = async (): Promise<string> => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await correct(deal, { destination: 'SE' });
    return deal;
  };

  it.each([
    ['a detail that waits for nobody', (deal: string) => correct(deal, { customer: 'Another agency' })],
    [
      'an answer that gets heavier',
      (deal: string) => answer(deal, 'product', { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' }),
    ],
    ['the end-user', (deal: string) => correct(deal, { endUserName: 'The agency next door' })],
  ])('gets no old press counted: %s', async (_what, change) => {
    const deal = await moved();
    const form = await toConfirm(deal);
    await change(deal);
    const again = formIn(await send('compliance-1', form, { verdict: 'confirm' }));
    expect(wordsOf(again)).toMatch(NEWER);
    expect(presets(again)['verdict']).toBeUndefined();
    expect((await view(deal)).deal.lighterSaid).toBeDefined();
    expect(await send('compliance-1', again, { verdict: 'confirm' })).toEqual(DONE);
    expect((await view(deal)).deal.lighterSaid).toBeUndefined();
  });

  it('gets none counted in one press for several, while the others count', async () => {
    const [one, two] = [await moved(), await moved()];
    const form = await list();
    await correct(one, { customer: 'Another agency' });
    const done = formIn(await send('compliance-1', form, { deals: [one, two] }));
    expect(wordsOf(done)).toContain(`Confirmed: ${two}.`);
    expect(wordsOf(done)).toMatch(new RegExp(`${one}: .*changed`));
    expect((await view(one)).deal.lighterSaid).toBeDefined();
  });

  it('keeps the reason that compliance typed to send it back', async () => {
    const deal = await moved();
    const form = await toConfirm(deal);
    await correct(deal, { customer: 'Another agency' });
    const again = formIn(await send('compliance-1', form, { verdict: 'refuse', reason: 'The list is right' }));
    expect(presets(again)).toMatchObject({ verdict: 'refuse', reason: 'The list is right' });
  });

  it('gets no scope confirmed past a flag that was raised meanwhile', async () => {
    const deal = await at.openDeal();
    await answer(deal, 'scope', { 'q:G1': 'no' });
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    const several = await list();
    await at.submit('counsel-1', 'deal.raise-flag', { deal }, { title: 'The reseller was fined last year' });
    const again = formIn(await send('compliance-1', form, { verdict: 'confirm' }));
    expect(wordsOf(again)).toMatch(NEWER);
    expect(wordsOf(again)).toContain('The reseller was fined last year');
    expect(wordsOf(formIn(await send('compliance-1', several, { deals: [deal] })))).toContain('Nothing was confirmed');
    expect((await view(deal)).deal.status).toBe('answering');
    // It is settled first.
    const held = await send('compliance-1', again, { verdict: 'confirm' });
    expect(held.kind === 'errors' && held.errors['verdict']).toContain('must first admit or dismiss');
    const [flag] = (await view(deal)).deal.ownFlags;
    const settled = { verdict: 'dismiss', reason: 'It was another reseller' };
    await at.submit('compliance-1', 'deal.settle-flag', { deal, flag: flag?.id }, settled);
    const last = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    expect(await send('compliance-1', last, { verdict: 'confirm' })).toEqual(DONE);
    expect((await view(deal)).deal.status).toBe('out of scope');
  });

  it('gets no scope confirmed for other facts, and compliance sees which', async () => {
    const deal = await at.openDeal();
    await answer(deal, 'scope', { 'q:G1': 'no' });
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    await correct(deal, { endUserName: 'The secret police' });
    const again = formIn(await send('compliance-1', form, { verdict: 'confirm' }));
    expect(wordsOf(again)).toMatch(NEWER);
    expect(wordsOf(again)).toContain('The secret police');
    expect(await send('compliance-1', again, { verdict: 'confirm' })).toEqual(DONE);
  });
});
