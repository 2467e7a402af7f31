/** A form that was opened for one country is saved for another: not without a second look. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
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
