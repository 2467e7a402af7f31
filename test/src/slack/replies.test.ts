/** Each reply of the route, and the calls to Slack that it becomes. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { buttonClick, startBot, view, type Bot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());
beforeEach(() => {
  bot.forget();
  bot.api.views = { V1: { hash: '1.abc' } };
});

const form: Form = {
  name: 'deal.section',
  title: 'Product',
  submit: 'Save',
  context: '{"deal":"D-1"}',
  blocks: [{ kind: 'input', name: 'P1', label: 'Yes or no?', control: { type: 'line' } }],
};
const tell = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] } });
const submit = (more: object = {}) => bot.act({ type: 'view_submission', view: view(more) });
const change = (more: object = {}) =>
  bot.act({
    type: 'block_actions',
    trigger_id: 't',
    container: { type: 'view' },
    view: view(more),
    actions: [{ type: 'radio_buttons', action_id: 'v', block_id: 'P1' }],
  });
const pressInView = (more: object = {}) =>
  bot.act({
    type: 'block_actions',
    trigger_id: 't',
    container: { type: 'view' },
    view: view(more),
    actions: [{ type: 'button', action_id: 'deal.why#1', value: 'D-1' }],
  });
const click = (trigger: string, more: object = {}) => {
  bot.api.triggers.add(trigger);
  return bot.act(buttonClick(trigger, {}, more));
};
const textOf = async (response: Response) => [response.status, await response.text()];
const methods = () =>
  bot.api.calls.map((c) => c.method).filter((m) => m !== 'users.info' && m !== 'conversations.info');

describe('done', () => {
  it.each([
    ['a command', () => bot.command()],
    ['a click', () => click('d1')],
    ['a submit', () => submit()],
    ['a change', () => change()],
  ])('acknowledges %s with an empty 200', async (_, act) => {
    expect(await textOf(await act())).toEqual([200, '']);
    expect(methods()).toEqual([]);
  });
});

describe('a form', () => {
  it.each([
    ['a command', () => bot.command()],
    ['a click', () => click('f1')],
  ])('opens after %s, and remembers where', async (_, act) => {
    bot.answers.push({ kind: 'form', form });
    expect(await textOf(await act())).toEqual([200, '']);
    const [opened] = bot.api.of('views.open');
    expect(opened?.['view']).toMatchObject({ callback_id: 'deal.section', title: { text: 'Product' } });
    const opening = opened?.['view'] as { private_metadata: string } | undefined;
    expect(JSON.parse(opening?.private_metadata ?? 'null')).toMatchObject({
      context: form.context,
      place: { channel: 'C0DEALS' },
    });
  });

  it('that comes too late for its trigger is told about', async () => {
    bot.answers.push({ kind: 'form', form });
    expect((await bot.act(buttonClick('expired'))).status).toBe(200);
    expect(JSON.stringify(bot.api.of('chat.postEphemeral'))).toContain('Please press again');
  });

  it('takes the place of the one that was submitted', async () => {
    bot.answers.push({ kind: 'form', form });
    expect(await (await submit()).json()).toMatchObject({
      response_action: 'update',
      view: { type: 'modal', callback_id: 'deal.section' },
    });
  });

  it.each([
    ['a change', change],
    ['a button in it', pressInView],
  ])('updates the open one after %s', async (_, act) => {
    bot.answers.push({ kind: 'form', form });
    expect(await textOf(await act())).toEqual([200, '']);
    expect(bot.api.of('views.update')).toMatchObject([{ view_id: 'V1', hash: '1.abc' }]);
  });

  it('that is older than what is on the screen gives way to it, but a button is never dead', async () => {
    bot.answers.push({ kind: 'form', form }, { kind: 'form', form });
    await change({ hash: '0.old' });
    expect(bot.api.of('views.update')).toHaveLength(1);
    await pressInView({ hash: '0.old' });
    expect(bot.api.of('views.update').at(-1)).not.toHaveProperty('hash');
    expect(bot.api.of('chat.postEphemeral')).toEqual([]);
  });

  it('cannot open after a mention: the words say how', async () => {
    bot.answers.push({ kind: 'form', form });
    await bot.event({ event: { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'change' } });
    expect(JSON.stringify(bot.api.of('chat.postEphemeral'))).toContain('opens a form only after a button');
  });
});

describe('errors', () => {
  it('stand at their inputs', async () => {
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.', gone: 'Also this.', '': 'And this.' } });
    expect(await (await submit()).json()).toEqual({
      response_action: 'errors',
      errors: { P1: 'Please choose. Also this. And this.' },
    });
  });

  it('of a form without inputs are shown in it', async () => {
    bot.answers.push({ kind: 'errors', errors: { any: 'Not now.' } });
    const body = await (await submit({ blocks: [{ type: 'rich_text', block_id: 'x' }] })).json();
    expect(body).toMatchObject({ response_action: 'update', view: { title: { text: 'Product' } } });
    expect(JSON.stringify(body)).toContain('Not now.');
  });

  it('after a click are told', async () => {
    bot.answers.push({ kind: 'errors', errors: { any: 'Not now.' } });
    await click('e1');
    expect(JSON.stringify(bot.api.of('views.open'))).toContain('Not now.');
  });
});

describe('words for one person', () => {
  it('answer a command in its acknowledgement', async () => {
    bot.answers.push(tell('Only you <!here>'));
    const body = (await (await bot.command({ channel_id: 'C0OTHER' })).json()) as { text: string };
    expect(body).toMatchObject({ response_type: 'ephemeral', text: 'Only you &lt;!here&gt;' });
    expect(methods()).toEqual([]);
  });

  it.each([
    ['a click', () => click('w1')],
    ['a submit', () => submit()],
  ])('after %s are ephemeral in the thread', async (_, act) => {
    bot.api.messages.push({ channel: 'C0DEALS', ts: '1700000000.000001', text: 'x', blocks: [], bot_id: 'B0BOT' });
    bot.answers.push(tell('Only you'));
    expect(await textOf(await act())).toEqual([200, '']);
    expect(bot.api.of('chat.postEphemeral')).toMatchObject([
      { channel: 'C0DEALS', user: 'U0REP', thread_ts: '1700000000.000001', text: 'Only you' },
    ]);
  });

  it.each([
    ['a command', () => bot.command({ channel_id: 'C0DEALS' })],
    ['a click', () => click('w3')],
  ])('with a picture go to the direct conversation after %s, in words where Slack takes no file', async (_, act) => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    bot.answers.push({ kind: 'tell', card: { blocks: [{ kind: 'picture', svg, alt: 'Three were approved' }] } });
    expect(await textOf(await act())).toEqual([200, '']);
    await expect.poll(() => bot.api.of('chat.postEphemeral').length, { timeout: 5000 }).toBe(1);
    expect(bot.api.of('chat.postMessage')).toMatchObject([{ channel: 'D0REP', text: 'Three were approved' }]);
    expect(bot.api.of('chat.postEphemeral')).toMatchObject([
      { user: 'U0REP', text: 'It stands in your direct messages with me, with a picture.' },
    ]);
  });

  it('go to the direct conversation where the bot is not in the channel', async () => {
    bot.answers.push(tell('Only you'));
    await click('w2', { channel: { id: 'C0OTHER' } });
    expect(methods()).toEqual(['chat.postEphemeral', 'conversations.open', 'chat.postMessage']);
    expect(bot.api.of('chat.postMessage')).toMatchObject([{ channel: 'D0REP', text: 'Only you' }]);
  });

  it('are a message in a direct conversation', async () => {
    bot.answers.push(tell('Only you'));
    await bot.event({ event: { type: 'message', channel_type: 'im', user: 'U0REP', channel: 'D0REP', text: 'help' } });
    expect(methods()).toEqual(['chat.postMessage']);
  });

  it('that cannot be said anywhere are logged, and the click is acknowledged', async () => {
    bot.api.fail('chat.postEphemeral', 'channel_not_found');
    bot.api.fail('conversations.open', { status: 503 });
    bot.answers.push(tell('Only you'));
    expect((await click('w3')).status).toBe(200);
    expect(bot.log.lines.map((l) => l.event)).toEqual(['slack.say-elsewhere', 'slack.say-failed']);
  });
});

describe('a refusal', () => {
  const refused: Reply = {
    kind: 'tell',
    refused: true,
    card: {
      blocks: [
        { kind: 'title', text: 'You cannot open this deal', tone: 'attention' },
        { kind: 'text', text: 'Ask somebody.' },
      ],
    },
  };
  /** As a card in a channel that has answers: the client shows the thread only once it is opened. */
  const onRoot = { message: { ts: '1700000000.000002', thread_ts: '1700000000.000002', text: 'x' } };
  const atHome = (trigger: string) => {
    bot.api.triggers.add(trigger);
    return bot.act({
      type: 'block_actions',
      trigger_id: trigger,
      container: { type: 'view' },
      view: view({ type: 'home' }),
      actions: [{ type: 'button', action_id: 'deal.why#1', value: 'D-1' }],
    });
  };

  it.each([
    ['a card in the channel', () => click('r1', onRoot)],
    ['a card without answers yet', () => click('r1', { message: { ts: '1700000000.000002', text: 'x' } })],
    ['a card in a thread', () => click('r1')],
    ['a card in a direct conversation', () => click('r1', { channel: { id: 'D0REP' } })],
    ['the page', () => atHome('r1')],
  ])('of a press on %s opens over it', async (_, press) => {
    bot.answers.push(refused);
    expect(await textOf(await press())).toEqual([200, '']);
    expect(methods()).toEqual(['views.open']);
    const shown = JSON.stringify(bot.api.of('views.open')[0]?.['view']);
    expect(shown).toContain('You cannot open this deal');
    expect(shown).toContain('Ask somebody.');
    expect(bot.api.of('views.open')).toMatchObject([{ trigger_id: 'r1', view: { type: 'modal' } }]);
    expect(bot.api.of('views.open')[0]?.['view']).not.toHaveProperty('submit');
  });

  it('of a press in a form opens over the form, whose values stay', async () => {
    bot.answers.push(refused);
    bot.api.triggers.add('t');
    expect(await textOf(await pressInView())).toEqual([200, '']);
    expect(methods()).toEqual(['views.push']);
  });

  it('that comes too late for its trigger is said where the press was', async () => {
    bot.answers.push(refused);
    expect((await bot.act(buttonClick('expired'))).status).toBe(200);
    expect(methods()).toEqual(['views.open', 'chat.postEphemeral']);
    expect(JSON.stringify(bot.api.of('chat.postEphemeral'))).toContain('Ask somebody.');
  });

  it('of words stays where they were said', async () => {
    bot.answers.push(refused);
    expect(await (await bot.command()).json()).toMatchObject({ response_type: 'ephemeral' });
    expect(methods()).toEqual([]);
  });

  it('by the edge itself is seen as well', async () => {
    bot.answers.push(new Error('boom'));
    await click('r2', onRoot);
    expect(methods()).toEqual(['views.open']);
    expect(JSON.stringify(bot.api.of('views.open'))).toContain('Something went wrong');
  });
});

it('what came of a press on a card in the channel is seen though its thread is closed', async () => {
  bot.answers.push(tell('Nudged.'));
  await click('o1', { message: { ts: '1700000000.000002', thread_ts: '1700000000.000002', text: 'x' } });
  expect(methods()).toEqual(['views.open']);
  expect(JSON.stringify(bot.api.of('views.open'))).toContain('Nudged.');
});

describe('options', () => {
  const suggest = () => bot.act({ type: 'block_suggestion', action_id: 'v:countries', value: 'n', view: view() });

  it('answer a type-ahead, a hundred at most', async () => {
    bot.answers.push({
      kind: 'options',
      options: Array.from({ length: 120 }, (_, i) => ({ value: `${i}`, label: `Country ${i} `.repeat(9) })),
    });
    const { options } = (await (await suggest()).json()) as { options: { text: { text: string } }[] };
    expect(options).toHaveLength(100);
    expect(options.every((o) => o.text.text.length <= 75)).toBe(true);
  });

  it('are none when the route fails', async () => {
    bot.answers.push(new Error('boom'));
    expect(await (await suggest()).json()).toEqual({ options: [] });
  });
});

describe('a fault', () => {
  it('keeps the form open and names its reference', async () => {
    bot.answers.push(new TypeError('secret words'));
    const body = (await (await submit()).json()) as { errors: Record<string, string> };
    const ref = /\(ref ([0-9A-Z]{8})\)/.exec(body.errors['P1'] ?? '')?.[1];
    expect(body.errors['P1']).toContain('Nothing you typed is lost if you press again');
    expect(bot.log.lines).toMatchObject([
      { level: 'error', event: 'slack.fault', fields: { trace: ref, kind: 'submit' } },
    ]);
    expect(bot.logged()).not.toContain('secret words');
  });

  it('after a click, a command and a mention is told once', async () => {
    bot.answers.push(new Error('x'), new Error('y'), new Error('z'));
    expect((await click('x1')).status).toBe(200);
    expect(JSON.stringify(await (await bot.command()).json())).toContain('Something went wrong');
    await bot.event({ event: { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'status' } });
    expect(bot.api.of('chat.postEphemeral')).toHaveLength(1);
    expect(bot.api.of('views.open')).toHaveLength(1);
  });

  it('whose outcome is not known says so', async () => {
    bot.answers.push(new StoreFault('timeout', 'unknown', 'no answer'));
    expect(JSON.stringify(await (await submit()).json())).toContain('It may be saved. Press again');
  });

  it('whose outcome is not known promises nothing about another press of a button', async () => {
    bot.answers.push(new StoreFault('timeout', 'unknown', 'no answer'));
    await click('x3');
    const told = JSON.stringify(bot.api.of('views.open'));
    expect(told).toContain('Please look at the thread before you try again');
    expect(told).not.toContain('twice');
  });

  it('of Slack while it is asked who somebody is, is told too', async () => {
    const fresh = await startBot();
    fresh.api.fail('users.info', { status: 500 });
    expect(JSON.stringify(await (await fresh.command()).json())).toContain('Something went wrong');
    expect(JSON.stringify(await (await fresh.command()).text())).toBe('""');
    await fresh.stop();
  });

  it('in a form that Slack cannot show is ours, and told', async () => {
    bot.answers.push({ kind: 'form', form: { ...form, context: 'x'.repeat(3000) } });
    expect((await click('x2')).status).toBe(200);
    expect(JSON.stringify(bot.api.of('views.open'))).toContain('Something went wrong');
  });
});
