/** A form that was opened for one country is saved for another: not without a second look. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { EndUserKind } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { atOncePolicy } from '../../support/picture-deal.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk({ policy: atOncePolicy });
  deal = await at.openDeal();
  await answer('scope', { 'q:G1-capability': 'yes' });
});
afterEach(() => at.end());

const answer = (section: string, values: FormValues, context: object = {}): Promise<Reply> =>
  at.submit('rep-1', 'deal.section', { deal, section, ...context }, values);
const open = async (section: string) =>
  formIn(await at.ask('rep-1', { kind: 'click', name: 'deal.answer', value: `${deal}/${section}` }));
const moveTo = async (destination: string): Promise<void> => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  const outcome = await at.deals.handle(
    deal,
    { type: 'CorrectDetails', details: { ...view.deal.details, destination }, reason: 'The office there signs.' },
    { actor: 'rep-1', cause: `move-${destination}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const turn = async (kind: EndUserKind): Promise<void> => {
  const { details } = (await at.deals.view(deal))!.deal;
  const corrected = { ...details, endUser: { ...details.endUser, kind } };
  const outcome = await at.deals.handle(
    deal,
    { type: 'CorrectDetails', details: corrected, reason: 'A slip in our list.' },
    { actor: 'rep-1', cause: `turn-${kind}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const given = async (section: string) => (await at.deals.view(deal))?.deal.answers[section];

it('keeps what was typed, says that the deal is another, and is saved by the second press', async () => {
  const { context } = await open('laws');
  await moveTo('TD');
  const reply = await answer(
    'laws',
    { 'all:laws-reviewed': 'all', 'all:laws-none': 'all' },
    JSON.parse(context) as object,
  );
  expect(await given('laws')).toBeUndefined();
  const again = formIn(reply);
  expect(JSON.stringify(again.blocks)).toContain('it asks about another deal now');
  const saved = await answer('laws', { ...presets(again) }, JSON.parse(again.context) as object);
  expect(JSON.stringify(saved)).not.toContain('Not saved yet');
});

it('of a section that asks nothing of what changed is saved as it was', async () => {
  const { context } = await open('product');
  await moveTo('TD');
  await answer('product', { 'all:product-none': 'all', 'q:P4': 'common' }, JSON.parse(context) as object);
  const reply = await answer('product', { 'all:product-none': 'all' }, JSON.parse(context) as object);
  expect(JSON.stringify(reply)).not.toContain('it asks about another deal now');
});

it('offers as a flag what is not asked any more and speaks against the deal, and keeps the rest', async () => {
  await at.submit('rep-1', 'deal.hand-over', { deal, section: 'end-user' }, { person: 'product-1' });
  const theirs = async () =>
    formIn(await at.ask('product-1', { kind: 'click', name: 'deal.answer', value: `${deal}/end-user` }));
  const form = await theirs();
  const typed = { ...presets(form), 'q:H-RF9': 'yes', 'n:H-RF9': 'The union says so.', 'q:H-RF2': 'no' };
  await turn('private');
  const sent = { kind: 'submit', form: form.name, context: form.context, values: typed } as const;
  const kept = formIn(await at.ask('product-1', sent));
  expect(kept).toMatchObject({ name: 'deal.raise-flag', submit: 'Raise it' });
  expect(JSON.stringify(kept.blocks)).toMatch(/is not asked any more, and counts for nothing. The rest is kept/);
  expect(JSON.stringify(kept.blocks)).not.toContain('H-RF2');
  await at.ask('product-1', { kind: 'submit', form: kept.name, context: kept.context, values: { ...presets(kept) } });
  expect((await at.deals.view(deal))?.deal.ownFlags).toMatchObject([
    { by: 'product-1', title: expect.stringContaining('The union says so.') },
  ]);
  expect(presets(await theirs())).toMatchObject({ 'q:H-RF2': 'no' });
});

it('says of a press that is delivered again what it said before, whatever the deal became since', async () => {
  const form = await open('end-user');
  const values = {
    ...presets(form),
    'all:end-user-reviewed': 'all',
    'all:end-user-none': 'rest',
    'q:H-RF9': 'yes',
    'n:H-RF9': 'The union says so.',
    'q:H2-whom': 'We asked the union.',
    'q:H4-how': 'A judge orders it.',
  };
  const sent = { kind: 'submit', form: form.name, context: form.context, values } as const;
  const press = async () => JSON.stringify(await at.ask('rep-1', sent, undefined, 'pressed'));
  const first = await press();
  expect(await given('end-user'), first.slice(0, 3000)).toBeDefined();
  await turn('private');
  expect(await press()).not.toContain('not asked any more');
});
