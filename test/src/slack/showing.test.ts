/** One showing of a form is one act, however often it is redrawn and submitted; the next form is another. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { startBot, view, type Bot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const formOf = (more: Partial<Form> = {}): Form => ({
  name: 'deal.open',
  title: 'Open a deal',
  submit: 'Open',
  context: '{"channel":"C0DEALS"}',
  blocks: [{ kind: 'input', name: 'customer', label: 'Customer', control: { type: 'line' } }],
  ...more,
});
const replyOf = (form: Form, again?: boolean): Reply => ({ kind: 'form', form, again });

interface Shown {
  callback_id: string;
  private_metadata: string;
}
let hash = 0;
/** The view as Slack returns it: each time it was drawn it has another hash. */
const open = (shown: Shown): object => {
  bot.api.views = { V1: { hash: `h${(hash += 1)}` } };
  const { callback_id, private_metadata } = shown;
  return view({ callback_id, private_metadata, hash: `h${hash}` });
};
const opened = async (form = formOf()): Promise<Shown> => {
  bot.answers.push(replyOf(form));
  await bot.command();
  return bot.api.of('views.open').at(-1)?.['view'] as Shown;
};
const act = async (shown: Shown, action: object, reply: Reply): Promise<Shown> => {
  bot.answers.push(reply);
  await bot.act({
    type: 'block_actions',
    trigger_id: `t${hash}`,
    container: { type: 'view' },
    view: open(shown),
    actions: [action],
  });
  return bot.api.of('views.update').at(-1)?.['view'] as Shown;
};
const change = (shown: Shown, reply = replyOf(formOf({ context: '{"channel":"C0DEALS","shown":["customer"]}' }))) =>
  act(shown, { type: 'radio_buttons', action_id: 'v', block_id: 'customer' }, reply);
const press = (shown: Shown, reply: Reply) =>
  act(shown, { type: 'button', action_id: 'deal.review-back#1', value: 'x' }, reply);
const submit = async (shown: Shown, reply: Reply = { kind: 'done' }): Promise<Shown> => {
  bot.answers.push(reply);
  const response = await bot.act({ type: 'view_submission', view: open(shown) });
  const text = await response.text();
  return text === '' ? shown : ((JSON.parse(text) as { view: Shown }).view ?? shown);
};
const causes = () => bot.asked.flatMap((a) => (a.kind === 'submit' ? [a.cause] : []));
const distinct = () => new Set(causes()).size;

describe('the cause of a submit stays', () => {
  it('when a reactive input redraws the form between two presses', async () => {
    const first = await opened();
    await submit(first);
    const grown = await change(first);
    expect(grown.private_metadata).toContain('shown');
    await submit(grown);
    expect([causes().length, distinct()]).toEqual([2, 1]);
  });

  it('when the first press was answered with mistakes', async () => {
    const first = await opened();
    await submit(first, { kind: 'errors', errors: { customer: 'Please say who.' } });
    await submit(first);
    expect([causes().length, distinct()]).toEqual([2, 1]);
  });

  it('when the form comes back because more has to be filled in', async () => {
    const again = await submit(await opened(), replyOf(formOf(), true));
    await submit(again);
    expect([causes().length, distinct()]).toEqual([2, 1]);
  });
});

describe('the cause of a submit is another', () => {
  it('for the next form in the same window', async () => {
    const next = await submit(
      await opened(),
      replyOf(formOf({ name: 'deal.section', context: '{"section":"scope"}' })),
    );
    const after = await submit(next, replyOf(formOf({ name: 'deal.section', context: '{"section":"product"}' })));
    await submit(after);
    expect([causes().length, distinct()]).toEqual([3, 3]);
  });

  it('for the same page that comes again with new facts, or after Back', async () => {
    const page = formOf({ name: 'deal.review', context: '{"page":1}' });
    const again = await submit(await opened(page), replyOf(page));
    const back = await press(again, replyOf(page));
    await submit(back);
    await submit(await press(back, replyOf(page)));
    expect([causes().length, distinct()]).toEqual([3, 3]);
  });

  it('for a form that a change replaces with another one', async () => {
    const other = await change(await opened(), replyOf(formOf({ name: 'deal.details' })));
    await submit(other);
    await submit(await opened());
    expect([causes().length, distinct()]).toEqual([2, 2]);
  });

  it('for the same form opened once more', async () => {
    await submit(await opened());
    await submit(await opened());
    expect([causes().length, distinct()]).toEqual([2, 2]);
  });
});
