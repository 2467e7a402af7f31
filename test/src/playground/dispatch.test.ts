import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage, ShownView } from '../../../src/playground/page/wire.ts';
import { CHANNEL, COUNSEL, openBench, plain, REP, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.end());
beforeEach(() => {
  bench.heard.length = 0;
  bench.answer = () => undefined;
});

const last = () => bench.heard.at(-1);
const messages = (query: object = {}, user = REP) =>
  bench.see<ShownMessage[]>('messages', { channel: CHANNEL, ...query }, user);
const stack = () => bench.see<ShownView[]>('views', { tab: 'tab-1' });
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: 'v', ...element },
  ...more,
});

/** Opens a modal as a bot does: with the trigger of a command. */
const open = async (blocks: object[], more: object = {}): Promise<string> => {
  await bench.ui('say', { channel: CHANNEL, text: '/deal' });
  const view = {
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Save'),
    private_metadata: 'kept',
    blocks,
    ...more,
  };
  const opened = await bench.web.apiCall('views.open', { trigger_id: last()?.fields['trigger_id'] ?? '', view });
  return (opened as { view?: { id: string } }).view?.id ?? '';
};

describe('a slash command', () => {
  it('arrives signed, with what Slack sends', async () => {
    expect(await bench.ui('say', { channel: CHANNEL, text: '/deal  for a sensor ' })).toEqual({});
    expect(last()).toMatchObject({
      signed: true,
      fields: {
        command: '/deal',
        text: 'for a sensor',
        channel_id: CHANNEL,
        channel_name: 'deal-clearance',
        user_id: REP,
      },
    });
    expect(last()?.fields['response_url']).toMatch(/\/playground\/response\/[0-9a-f]{32}$/);
  });

  it.each([
    [{ status: 500 }, '/deal failed with the error "http_service_error"'],
    [{ status: 404 }, '/deal failed with the error "http_client_error"'],
    [{ body: { text: 'x', blocks: [{ type: 'nothing' }] } }, '/deal failed with the error "invalid_command_response"'],
  ])('that is answered with %j fails as in Slack', async (answer, error) => {
    bench.answer = () => answer;
    expect(await bench.ui('say', { channel: CHANNEL, text: '/deal' })).toEqual({ error });
  });

  it('waits three seconds', async () => {
    let release = (): void => undefined;
    bench.answer = () =>
      new Promise((resolve) => {
        release = () => resolve(undefined);
      });
    const done = await bench.ui('say', { channel: CHANNEL, text: '/deal' });
    release();
    expect(done).toEqual({ error: '/deal failed with the error "operation_timeout"' });
  });

  it('is not heard in threads', async () => {
    const { error } = await bench.ui('say', { channel: CHANNEL, thread: '1.1', text: '/deal' });
    expect(error).toBe('/deal is not supported in threads. Sorry!');
    expect(bench.heard).toEqual([]);
  });

  it('is answered to one person or to all', async () => {
    bench.answer = () => ({ body: { text: 'Only you' } });
    await bench.ui('say', { channel: CHANNEL, text: '/deal' });
    expect((await messages()).at(-1)).toMatchObject({ text: 'Only you', onlyForYou: true });
    expect((await messages({}, COUNSEL)).map((m) => m.text)).not.toContain('Only you');
    const url = last()?.fields['response_url'] ?? '';
    const reply = (body: object) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect((await reply({ response_type: 'in_channel', text: 'For all' })).status).toBe(200);
    expect((await messages({}, COUNSEL)).at(-1)?.text).toBe('For all');
    for (let n = 0; n < 4; n++) expect((await reply({ text: `More ${n}` })).status).toBe(200);
    // Five posts are Slack's limit.
    expect((await reply({ text: 'Too many' })).status).toBe(404);
  });
});

describe('an event', () => {
  it('tells a mention in a thread', async () => {
    await bench.ui('say', { channel: CHANNEL, text: 'A root' });
    const root = (await messages()).at(-1)?.ts ?? '';
    await bench.ui('say', { channel: CHANNEL, thread: root, text: '@Clearthread status <!here> & @Sample counsel' });
    expect(last()).toMatchObject({
      signed: true,
      payload: {
        type: 'event_callback',
        event: {
          type: 'app_mention',
          user: REP,
          thread_ts: root,
          text: `<@U0CLEARTHRD> status &lt;!here&gt; &amp; <@${COUNSEL}>`,
        },
      },
    });
    expect(last()?.payload['event_id']).toMatch(/^Ev/);
  });

  it('tells a direct message', async () => {
    await bench.ui('say', { channel: 'D0SAMPLEREP1', text: 'Hello' });
    expect(last()?.payload).toMatchObject({ event: { type: 'message', channel_type: 'im', text: 'Hello' } });
  });

  it('is sent again once, with the same id', async () => {
    bench.answer = () => ({ status: 500 });
    await bench.ui('say', { channel: CHANNEL, text: '@Clearthread help' });
    const ids = bench.heard.map((h) => h.payload['event_id']);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(last()?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
  });

  it('is not told where the bot is not', async () => {
    const { error } = await bench.ui('say', { channel: 'C0NOBOT00001', text: '@Clearthread help' });
    expect(error).toContain('is not in #no-bot');
    expect(bench.heard).toEqual([]);
  });
});

describe('a click on a message', () => {
  const post = async (more: object = {}) => {
    const blocks = [
      {
        type: 'actions',
        block_id: 'b',
        elements: [
          { type: 'button', action_id: 'go', text: plain('Go'), value: 'D-1' },
          {
            type: 'radio_buttons',
            action_id: 'pick',
            options: [
              { text: plain('One'), value: '1' },
              { text: plain('Two'), value: '2' },
            ],
          },
        ],
      },
    ];
    const { ts = '' } = await bench.web.chat.postMessage({ channel: CHANNEL, text: 'Card', blocks, ...more } as never);
    return ts;
  };
  const click = (ts: string, more: object = {}, user = REP) =>
    bench.ui(
      'click',
      {
        container: { kind: 'message', channel: CHANNEL, ts },
        block: 'b',
        action: 'go',
        value: null,
        entries: {},
        ...more,
      },
      user,
    );

  it('carries the message, the state and a way to answer', async () => {
    const ts = await post();
    expect(await click(ts, { entries: { b: { pick: '2' } } })).toEqual({});
    expect(last()).toMatchObject({
      signed: true,
      payload: {
        type: 'block_actions',
        container: { type: 'message', message_ts: ts, is_ephemeral: false },
        channel: { id: CHANNEL },
        user: { id: REP },
        message: { ts, text: 'Card' },
        state: { values: { b: { pick: { type: 'radio_buttons', selected_option: { value: '2' } } } } },
        actions: [{ action_id: 'go', block_id: 'b', type: 'button', value: 'D-1' }],
      },
    });
    const url = String(last()?.payload['response_url']);
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Done', replace_original: true }),
    });
    expect((await messages()).find((m) => m.ts === ts)).toMatchObject({ text: 'Done', edited: true });
  });

  it('is refused where the element is not, and shown as trouble when the bot fails', async () => {
    const ts = await post();
    expect((await click(ts, { action: 'other' })).error).toBe('This is no longer here.');
    expect(bench.heard).toEqual([]);
    bench.answer = () => ({ status: 500 });
    expect((await click(ts)).error).toBe('We had some trouble connecting. Try again?');
  });

  it('reaches no message that the person cannot see', async () => {
    const { channel } = await bench.web.conversations.open({ users: COUNSEL });
    const ts = await post({ channel: channel?.id });
    const done = await bench.ui('click', {
      container: { kind: 'message', channel: channel?.id, ts },
      block: 'b',
      action: 'go',
      value: null,
      entries: {},
    });
    expect(done.error).toBe('This is no longer here.');
  });

  it('may be a shortcut of the bot', async () => {
    const ts = await post();
    await bench.ui('shortcut', { channel: CHANNEL, ts, callbackId: 'status' });
    expect(last()).toMatchObject({
      signed: true,
      payload: { type: 'message_action', callback_id: 'status', message: { ts } },
    });
  });
});

describe('a form', () => {
  it('is checked before it is sent', async () => {
    const view = await open([
      input('name', { type: 'plain_text_input', min_length: 3 }),
      input('when', { type: 'datepicker' }),
      input('note', { type: 'plain_text_input' }, { optional: true }),
    ]);
    bench.heard.length = 0;
    const done = await bench.ui('submit', { view, entries: { name: { v: 'ab' } } });
    expect(done.errors).toEqual({
      name: 'Please use at least 3 characters (now 2).',
      when: 'Please complete this required field.',
    });
    expect(bench.heard).toEqual([]);
  });

  it('carries its values, and closes on an empty answer', async () => {
    const option = { text: plain('One'), value: '1' };
    const view = await open([
      input('name', { type: 'plain_text_input', initial_value: 'Untouched' }),
      input('pick', { type: 'static_select', options: [option] }),
      input('who', { type: 'users_select' }),
      input('tick', { type: 'checkboxes', options: [option], initial_options: [option] }),
      input('find', { type: 'external_select' }),
      input('when', { type: 'datepicker' }),
    ]);
    const entries = {
      pick: { v: '1' },
      who: { v: COUNSEL },
      find: { v: { value: 'NL', label: 'Netherlands' } },
      when: { v: '2026-11-25' },
    };
    expect(await bench.ui('submit', { view, entries })).toEqual({});
    expect(last()?.payload).toMatchObject({
      type: 'view_submission',
      view: {
        id: view,
        callback_id: 'form',
        private_metadata: 'kept',
        state: {
          values: {
            name: { v: { type: 'plain_text_input', value: 'Untouched' } },
            pick: { v: { selected_option: option } },
            who: { v: { selected_user: COUNSEL } },
            tick: { v: { selected_options: [option] } },
            find: { v: { selected_option: { value: 'NL', text: { text: 'Netherlands' } } } },
            when: { v: { selected_date: '2026-11-25' } },
          },
        },
      },
    });
    expect(await stack()).toEqual([]);
  });

  it('stays open with the errors of the bot', async () => {
    const view = await open([input('name', { type: 'plain_text_input' })]);
    bench.answer = () => ({ body: { response_action: 'errors', errors: { name: 'Taken' } } });
    expect(await bench.ui('submit', { view, entries: { name: { v: 'A' } } })).toEqual({ errors: { name: 'Taken' } });
    bench.answer = () => ({ body: { response_action: 'errors', errors: { other: 'Taken' } } });
    expect((await bench.ui('submit', { view, entries: { name: { v: 'A' } } })).error).toContain('trouble connecting');
    expect((await stack()).map((v) => v.id)).toEqual([view]);
  });

  it('is replaced, pushed and cleared', async () => {
    const next = (title: string) => ({
      type: 'modal',
      title: plain(title),
      submit: plain('On'),
      blocks: [{ type: 'divider' }],
    });
    const view = await open([{ type: 'divider' }]);
    const titles = async () => (await stack()).map((v) => v.title);
    bench.answer = () => ({ body: { response_action: 'update', view: next('Second') } });
    await bench.ui('submit', { view, entries: {} });
    expect(await titles()).toEqual(['Second']);
    bench.answer = () => ({ body: { response_action: 'push', view: next('Third') } });
    await bench.ui('submit', { view, entries: {} });
    expect(await titles()).toEqual(['Second', 'Third']);
    bench.answer = () => ({ body: { response_action: 'update', view: next('x'.repeat(25)) } });
    expect((await bench.ui('submit', { view, entries: {} })).error).toContain('must be less than 25 characters');
    bench.answer = () => ({ body: { response_action: 'clear' } });
    await bench.ui('submit', { view, entries: {} });
    expect(await titles()).toEqual([]);
  });

  it('tells when it is closed, if asked to', async () => {
    const view = await open([{ type: 'divider' }], { notify_on_close: true });
    await bench.ui('close', { view, all: false });
    expect(last()?.payload).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id: view } });
  });

  it('is another person’s business to nobody', async () => {
    const view = await open([{ type: 'divider' }]);
    bench.heard.length = 0;
    expect((await bench.ui('submit', { view, entries: {} }, COUNSEL)).error).toBe('This is no longer here.');
    expect(bench.heard).toEqual([]);
  });

  it('asks for suggestions', async () => {
    const view = await open([input('find', { type: 'external_select', min_query_length: 0 })]);
    const suggest = () =>
      bench.ui('suggest', { container: { kind: 'view', view }, block: 'find', action: 'v', query: 'neth' });
    const option = { text: plain('Netherlands'), value: 'NL' };
    bench.answer = () => ({ body: { options: [option] } });
    expect(await suggest()).toEqual({ options: [option] });
    expect(last()?.payload).toMatchObject({
      type: 'block_suggestion',
      value: 'neth',
      block_id: 'find',
      view: { id: view },
    });
    bench.answer = () => ({ body: { options: [{ ...option, text: plain('x'.repeat(76)) }] } });
    expect((await suggest()).error).toContain("couldn't be loaded");
  });
});

describe('files in a form', () => {
  const upload = async (name: string, body: string, origin = bench.url): Promise<Response> => {
    const query = new URLSearchParams({ user: REP, tab: 'tab-1', name });
    return fetch(`${bench.url}/playground/ui/file?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'text/html', origin },
      body,
    });
  };

  it('are sent with their names and links, and are there to be had', async () => {
    const view = await open([input('proof', { type: 'file_input', max_files: 2 })]);
    const { id } = (await (await upload('clause 14.html', '<script>1</script>')).json()) as { id: string };
    expect(await bench.ui('submit', { view, entries: { proof: { v: [id] } } })).toEqual({});
    const permalink = `https://files.playground.test/${id}/clause%2014.html`;
    expect(last()?.payload).toMatchObject({
      view: { state: { values: { proof: { v: { type: 'file_input', files: [{ id, size: 18, permalink }] } } } } },
    });
    const had = await fetch(`${bench.url}/playground/files/${id}/clause%2014.html`);
    expect(await had.text()).toBe('<script>1</script>');
    // Saved, never opened in the page itself.
    expect(had.headers.get('content-disposition')).toContain('attachment');
    expect((await fetch(`${bench.url}/playground/files/F0NONE/x`)).status).toBe(404);
  });

  it('are counted, asked for, and taken from the page alone', async () => {
    const view = await open([input('proof', { type: 'file_input', max_files: 1 })]);
    const ids = await Promise.all(
      ['a', 'b'].map(async (name) => ((await (await upload(name, name)).json()) as { id: string }).id),
    );
    expect((await bench.ui('submit', { view, entries: {} })).errors?.['proof']).toContain('required');
    expect((await bench.ui('submit', { view, entries: { proof: { v: ['F0NONE'] } } })).errors?.['proof']).toContain(
      'required',
    );
    expect((await bench.ui('submit', { view, entries: { proof: { v: ids } } })).errors?.['proof']).toContain(
      'at most 1',
    );
    expect((await upload('x', 'x', 'http://127.0.0.1:1')).status).toBe(403);
    expect((await upload('x', '')).status).toBe(400);
  });
});
