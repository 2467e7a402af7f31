/** The message to a person when the route takes longer than Slack waits, and the later result. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { buttonClick, startBot, view, type Bot } from './bot.ts';

const form: Form = {
  name: 'deal.section',
  title: 'Product',
  submit: 'Save',
  context: '{"deal":"D-1"}',
  blocks: [{ kind: 'input', name: 'P1', label: 'Yes or no?', control: { type: 'line' } }],
};
const tell = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] } });
const MAYBE = { response_action: 'errors', errors: { P1: "It may be saved. Press again; it can't count twice." } };

let bot: Bot;
let answer: (reply: Reply) => void;
beforeEach(async () => {
  bot = await startBot({ deadlineMs: 20 });
  bot.answers.push(new Promise<Reply>((resolve) => (answer = resolve)));
  bot.api.views = { V1: { hash: '1.abc' } };
});
afterEach(() => bot.stop());

const submit = (more: object = {}) => bot.act({ type: 'view_submission', view: view(more) });
const inView = (action: object) =>
  bot.act({ type: 'block_actions', trigger_id: 't', container: { type: 'view' }, view: view(), actions: [action] });
const shown = () => JSON.stringify(bot.api.of('views.update').at(-1)?.['view']);
const said = () => JSON.stringify([...bot.api.of('chat.postEphemeral'), ...bot.api.of('chat.postMessage')]);

describe('a submit that is slow', () => {
  it('leaves the form open with words that it may be saved', async () => {
    expect(await (await submit()).json()).toEqual(MAYBE);
    answer({ kind: 'errors', errors: { P1: 'Please choose.' } });
    await bot.slack.idle();
    expect(bot.api.of('views.update')).toEqual([]);
  });

  it('moves the window on to the next form once that is there', async () => {
    await submit();
    answer({ kind: 'form', form: { ...form, title: 'The next one' } });
    await expect.poll(shown).toContain('The next one');
  });

  it('says in the window that it was saved', async () => {
    await submit();
    answer({ kind: 'done' });
    await expect.poll(shown).toContain('Saved. You can close this window.');
  });

  it('is one act with the press that follows while it is worked on: both are answered by one form', async () => {
    expect(await (await submit()).json()).toEqual(MAYBE);
    expect(await (await submit()).json()).toEqual(MAYBE);
    answer({ kind: 'form', form });
    await bot.slack.idle();
    expect(bot.asked).toHaveLength(1);
    expect(bot.api.of('views.update')).toHaveLength(1);
  });

  it('is followed by an edit that was sent meanwhile: that is asked for itself, and alone answered in the window', async () => {
    const typed = (value: string) => ({ state: { values: { P1: { P1: { type: 'plain_text_input', value } } } } });
    bot.answers.push({ kind: 'form', form: { ...form, title: 'After the edit' } });
    await submit(typed('first'));
    await submit(typed('edited'));
    expect(bot.asked).toHaveLength(1);
    answer({ kind: 'form', form: { ...form, title: 'After the first' } });
    await bot.slack.idle();
    expect(bot.asked.map((act) => act.kind === 'submit' && act.values)).toEqual([{ P1: 'first' }, { P1: 'edited' }]);
    expect(bot.api.of('views.update').map((call) => JSON.stringify(call['view']))).toEqual([
      expect.stringContaining('After the edit'),
    ]);
  });

  it('whose window is closed by then is logged, and that is all', async () => {
    await submit();
    bot.api.views = {};
    answer({ kind: 'done' });
    await bot.slack.idle();
    expect(bot.log.lines.at(-1)).toMatchObject({ level: 'info', event: 'slack.late-form-not-shown' });
    expect(said()).toBe('[]');
  });
});

describe('what only asks for something is not said to be saved', () => {
  it('by a command, which still hears words that come later', async () => {
    const told = JSON.stringify(await (await bot.command()).json());
    expect(told).toContain('This took too long. Please try again.');
    expect(told).not.toContain('saved');
    answer(tell('Late words'));
    await expect.poll(said).toContain('Late words');
  });

  it('by a button', async () => {
    await bot.act(buttonClick('t-slow'));
    await expect.poll(said).toContain('This took too long. Please press again.');
    answer({ kind: 'form', form });
    await bot.slack.idle();
    // The words were to open over the card, for as long as its trigger lives; the form no more.
    expect(bot.api.of('views.open')).toHaveLength(1);
    expect(JSON.stringify(bot.api.of('views.open'))).toContain('This took too long. Please press again.');
  });
});

describe('in an open form', () => {
  it.each([
    ['a changed input', { type: 'radio_buttons', action_id: 'v', block_id: 'P1' }],
    ['a button', { type: 'button', action_id: 'deal.why#1', value: 'D-1' }],
  ])('%s is answered whenever its form is there, and nothing is said until then', async (_, action) => {
    expect(await (await inView(action)).text()).toBe('');
    answer({ kind: 'form', form });
    await expect.poll(() => bot.api.of('views.update')).toHaveLength(1);
    expect(said()).toBe('[]');
  });
});
