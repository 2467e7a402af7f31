/** Each request of Slack, and the call to the route that it becomes. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreFault } from '../../../store/event-store.ts';
import { buttonClick, startBot, VALUES, view, type Bot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ graceMs: 100 });
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const trace = expect.stringMatching(/^[0-9A-Z]{8}$/) as unknown;
const channel = { platform: 'slack', channel: 'C0DEALS', botIsMember: true };
const thread = { ...channel, thread: '1700000000.000001' };
/** A view remembers where it was opened, not the state there at that time. */
const opened = { platform: 'slack', channel: 'C0DEALS', thread: '1700000000.000001' };

describe('the route is asked', () => {
  it('words, for a command', async () => {
    await bot.command({ text: ' status D-7K3QXM &amp; more', trigger_id: 't9' });
    expect(bot.asked).toEqual([
      {
        kind: 'words',
        words: 'status D-7K3QXM & more',
        canOpen: true,
        person: 'rep-1',
        place: channel,
        cause: 'trigger:t9',
        trace,
      },
    ]);
  });

  it('words, for a mention in a thread', async () => {
    const event = {
      type: 'app_mention',
      user: 'U0REP',
      channel: 'C0DEALS',
      text: '<@U0BOT> status',
      ts: '2.1',
      thread_ts: '1700000000.000001',
    };
    await bot.event({ event_id: 'Ev-mention', event });
    expect(bot.asked).toEqual([
      { kind: 'words', words: 'status', person: 'rep-1', place: thread, cause: 'event:Ev-mention', trace },
    ]);
  });

  it('words, for a direct message', async () => {
    await bot.event({
      event: { type: 'message', channel_type: 'im', user: 'U0REP', channel: 'D0REP', text: 'help', ts: '2.2' },
    });
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'help', place: { channel: 'D0REP', direct: true } }]);
  });

  it('words, for a message shortcut, with the thread of its message', async () => {
    const shortcut = { type: 'message_action', trigger_id: 't1', channel: { id: 'C0DEALS' } };
    await bot.act({ ...shortcut, callback_id: 'change', message: { ts: '3.3', thread_ts: '1700000000.000001' } });
    await bot.act({ ...shortcut, callback_id: 'status', message: { ts: '1700000000.000001' } });
    await bot.act({ ...shortcut, callback_id: 'new', message: { ts: '1700000000.000001' } });
    expect(bot.asked).toMatchObject([
      { kind: 'words', words: 'change', place: thread, canOpen: true },
      { kind: 'words', words: 'status', place: thread },
      { kind: 'words', words: 'new', place: thread, canOpen: true },
    ]);
  });

  it('a click, for a button in a message', async () => {
    await bot.act(buttonClick('t2'));
    expect(bot.asked).toEqual([
      {
        kind: 'click',
        name: 'deal.answer',
        value: 'D-7K3QXM/product',
        person: 'rep-1',
        place: thread,
        cause: 'trigger:t2',
        trace,
      },
    ]);
  });

  it('a click in the thread of the root card itself, and in none for what only one person sees', async () => {
    await bot.act(buttonClick('t3', {}, { message: { ts: '1700000000.000001' } }));
    await bot.act(
      buttonClick(
        't4',
        {},
        { message: undefined, container: { type: 'message', message_ts: '9.9', is_ephemeral: true } },
      ),
    );
    expect(bot.asked.map((a) => a.place)).toEqual([thread, channel]);
  });

  it('a click with the form, for a button in a view', async () => {
    const click = { type: 'block_actions', trigger_id: 't5', container: { type: 'view' }, view: view() };
    await bot.act({ ...click, actions: [{ type: 'button', action_id: 'deal.review-back#1', value: 'x' }] });
    const form = { name: 'deal.section', context: '{"deal":"D-7K3QXM"}', values: VALUES };
    expect(bot.asked).toEqual([
      {
        kind: 'click',
        name: 'deal.review-back',
        value: 'x',
        form,
        person: 'rep-1',
        place: opened,
        cause: 'trigger:t5',
        trace,
      },
    ]);
  });

  it('a change, for a reactive input', async () => {
    const change = { type: 'block_actions', trigger_id: 't6', container: { type: 'view' }, view: view() };
    await bot.act({
      ...change,
      actions: [{ type: 'radio_buttons', action_id: 'v', block_id: 'P1', selected_option: { value: 'yes' } }],
    });
    expect(bot.asked).toMatchObject([
      { kind: 'change', form: 'deal.section', input: 'P1', values: VALUES, cause: 'trigger:t6' },
    ]);
  });

  it('a submit; of a form from before showings had names, the hash of the view is the cause', async () => {
    await bot.act({ type: 'view_submission', view: view() });
    await bot.act({ type: 'view_submission', view: view({ hash: '2.def' }) });
    expect(bot.asked).toMatchObject([
      {
        kind: 'submit',
        form: 'deal.section',
        context: '{"deal":"D-7K3QXM"}',
        values: VALUES,
        place: opened,
        cause: 'view:V1:1.abc',
      },
      { cause: 'view:V1:2.def' },
    ]);
    expect(Object.keys(bot.asked[0]?.kind === 'submit' ? bot.asked[0].values : {}).sort()).toEqual(
      Object.keys(VALUES).sort(),
    );
  });

  it('a suggestion, for a type-ahead', async () => {
    await bot.act({
      type: 'block_suggestion',
      action_id: 'v:countries',
      block_id: 'destination',
      value: 'nor',
      view: view(),
    });
    expect(bot.asked).toMatchObject([{ kind: 'suggest', source: 'countries', query: 'nor', person: 'rep-1' }]);
  });

  it('once for an event that is delivered twice', async () => {
    const event = { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'status' };
    await bot.event({ event_id: 'Ev-again', event, n: 1 });
    await bot.event({ event_id: 'Ev-again', event, n: 2 });
    expect(bot.asked).toHaveLength(1);
  });

  const mention = { event: { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'status' } };
  it('not at all for an event that another process has answered', async () => {
    for (const more of ['', ' answered']) bot.store.seen.add(`slack:event:Ev-elsewhere${more}`);
    expect((await bot.event({ event_id: 'Ev-elsewhere', ...mention })).status).toBe(200);
    expect(bot.asked).toEqual([]);
  });

  it('once for an event that another process died of', async () => {
    bot.store.seen.add('slack:event:Ev-died');
    for (const n of [1, 2]) expect((await bot.event({ event_id: 'Ev-died', ...mention, n })).status).toBe(200);
    expect(bot.asked).toHaveLength(1);
    expect(bot.store.seen).toContain('slack:event:Ev-died answered');
  });

  it('and an event is acknowledged after it was answered: whoever dies before hears it again', async () => {
    bot.answers.push({ kind: 'tell', card: { blocks: [{ kind: 'text', text: 'Here.' }] } });
    const order: string[] = [];
    bot.api.delayMs = () => 200;
    bot.api.trouble = ({ method }) => void (method === 'chat.postEphemeral' && order.push('said'));
    await bot.event({ event_id: 'Ev-order', ...mention }, () => order.push('acknowledged'));
    bot.api.delayMs = () => 0;
    bot.api.trouble = () => undefined;
    expect(order).toEqual(['said', 'acknowledged']);
  });

  it('for an event, even while the store can not say whether it was answered', async () => {
    const { firstTime } = bot.store;
    bot.store.firstTime = async (key, expires) => {
      if (key.startsWith('slack:event:')) throw new StoreFault('locked', 'unknown', 'database is locked');
      return firstTime(key, expires);
    };
    await bot.event({ event_id: 'Ev-unsure', ...mention });
    bot.store.firstTime = firstTime;
    expect(bot.asked).toHaveLength(1);
  });
});

describe('nobody is asked', () => {
  it.each([
    ['a bot speaks', { bot_id: 'B1' }],
    ['a message is edited', { edited: { ts: '1' } }],
    ['a message has a subtype', { subtype: 'message_changed' }],
    ['the bot itself speaks', { user: 'U0BOT' }],
  ])('when %s', async (_, more) => {
    const event = { type: 'message', channel_type: 'im', user: 'U0REP', channel: 'D0REP', text: 'help', ...more };
    expect((await bot.event({ event })).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(bot.api.of('chat.postMessage')).toEqual([]);
  });

  it('when a button only opens a link', async () => {
    expect((await bot.act(buttonClick('t7', { action_id: 'deal.open-thread#1!link' }))).status).toBe(200);
    expect(bot.asked).toEqual([]);
  });

  it('when a view carries no context of ours', async () => {
    expect((await bot.act({ type: 'view_submission', view: view({ private_metadata: 'x' }) })).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines).toMatchObject([{ event: 'slack.unsupported' }]);
  });

  // It leads to a form, whose view could not keep them: Slack's own are 17 characters long.
  const long = '1'.repeat(10_000);
  const metadata = (place: object): string =>
    JSON.stringify({ context: '{}', place: { channel: 'C0DEALS', ...place } });
  it.each([
    ['a press', buttonClick('t10', {}, { message: { ts: '1.1', thread_ts: long } })],
    [
      'a press on what only one person sees',
      buttonClick('t11', {}, { message: undefined, container: { message_ts: long } }),
    ],
    [
      'a shortcut',
      {
        type: 'message_action',
        trigger_id: 't12',
        callback_id: 'new',
        channel: { id: 'C0DEALS' },
        message: { ts: long },
      },
    ],
    ['a form', { type: 'view_submission', view: view({ private_metadata: metadata({ thread: long }) }) }],
    ['a form of a channel', { type: 'view_submission', view: view({ private_metadata: metadata({ channel: long }) }) }],
  ])('when %s names a thread or channel that is too long for one', async (_, payload) => {
    expect((await bot.act(payload)).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines).toMatchObject([{ event: 'slack.unsupported' }]);
  });
});

describe('a person is refused in words', () => {
  const click = (user: string, more: object = {}) =>
    bot.act({ ...buttonClick(`t-${user}`), user: { id: user }, ...more });
  const told = () =>
    [...bot.api.of('chat.postEphemeral'), ...bot.api.of('chat.postMessage')]
      .map((args) => JSON.stringify(args['blocks']))
      .join();

  it.each([
    ['unknown', 'U0NOBODY', 'Ask Sample Compliance to add your Slack id U0NOBODY'],
    ['unknown', 'U0TWIN', 'does not know you yet'],
  ])('who is %s: %s', async (code, user, words) => {
    expect((await click(user)).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines[0]).toMatchObject({
      event: 'slack.person-refused',
      fields: { code, kind: 'press', channel: 'C0DEALS' },
    });
    expect(bot.turnedAway).toEqual([{ chat: 'slack', account: user, why: code }]);
    if (user === 'U0NOBODY') expect(told()).toContain(words);
  });

  it.each([
    ['guest', { is_restricted: true }, 'Guest accounts'],
    ['guest', { is_ultra_restricted: true }, 'Guest accounts'],
    ['deactivated', { deleted: true }, 'deactivated'],
    ['foreign', { team_id: 'T0OTHER' }, 'own workspace'],
    ['foreign', { is_stranger: true }, 'own workspace'],
  ])('who is %s: %j', async (code, standing, words) => {
    const fresh = await startBot();
    fresh.api.users['U0COUNSEL'] = { id: 'U0COUNSEL', ...standing };
    const response = await fresh.command({ user_id: 'U0COUNSEL' });
    expect(JSON.stringify(await response.json())).toContain(words);
    expect(fresh.asked).toEqual([]);
    expect(fresh.log.lines[0]).toMatchObject({ event: 'slack.person-refused', fields: { code } });
    expect(fresh.turnedAway).toEqual([{ chat: 'slack', account: 'U0COUNSEL', why: code }]);
    await fresh.stop();
  });

  it('who belongs to another team, by payload or by person', async () => {
    const response = await bot.command({ team_id: 'T0OTHER' });
    expect(JSON.stringify(await response.json())).toContain('own workspace');
    await click('U0REP', { team: { id: 'T0OTHER' } });
    await click('U0REP', { user: { id: 'U0REP', team_id: 'T0OTHER' } });
    await bot.act({ team: null, type: 'view_submission', view: view() });
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines.filter((l) => l.fields.code === 'foreign')).toHaveLength(4);
    expect(bot.turnedAway.map(({ why }) => why)).toEqual(['foreign', 'foreign', 'foreign', 'foreign']);
  });

  it('in a channel that is shared with another organisation', async () => {
    const response = await bot.command({ channel_id: 'C0SHARED' });
    expect(JSON.stringify(await response.json())).toContain('shared with another organisation');
    expect(bot.turnedAway).toEqual([]);
    await bot.event({
      is_ext_shared_channel: true,
      event: { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'status' },
    });
    expect(bot.asked).toEqual([]);
  });

  it('on the input, who chose somebody that is not in the organisation file', async () => {
    const chosen = view({ state: { values: { P1: { v: { type: 'users_select', selected_user: 'U0NOBODY' } } } } });
    const response = await bot.act({ type: 'view_submission', view: chosen });
    const body = (await response.json()) as { response_action: string; errors: Record<string, string> };
    expect(body.response_action).toBe('errors');
    expect(body.errors['P1']).toContain('U0NOBODY');
    expect(bot.asked).toEqual([]);
  });
});

it('a value named like a built-in is a value', async () => {
  const values = JSON.parse('{"__proto__": {"v": {"value": "x"}}, "constructor": {"v": {"value": "y"}}}') as object;
  await bot.act({ type: 'view_submission', view: view({ state: { values } }) });
  expect(({} as Record<string, unknown>)['v']).toBeUndefined();
  expect(bot.asked[0]?.kind === 'submit' && bot.asked[0].values['constructor']).toBe('y');
});
